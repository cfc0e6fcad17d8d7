"""pytest for the whole repository."""

import os

# The tests, and what they start, do without the settings of whoever runs them: a token there would start a channel.
os.environ["ENV_FILE"] = ""

pytest_plugins = ["converse.plugin", "pytester"]
