"""The HTTP server: pages, limits, connections."""
