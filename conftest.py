"""pytest for the whole repository."""

pytest_plugins = ["bot.converse.plugin", "pytester"]
