"""Where conversations, deliveries and feedback are kept (settings: DATABASE)."""
