"""The web channel: the chat of the page and of the widget."""
