"""The Telegram channel, on python-telegram-bot's client.

`incoming` reads an update, `handling` has the bot answer it, `render` puts the reply into
Telegram's form, `send` sends it. `polling` asks Telegram for updates, `channel` takes those
that Telegram delivers itself; both hand them to `handling` and acknowledge only afterwards.
"""
