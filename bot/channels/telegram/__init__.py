"""The Telegram channel, on python-telegram-bot's client.

`incoming` reads an update, `handling` sees to its order and has it answered, `platform` says how a reply is shown and
sent there, with `render` (HTML, buttons) and `send`. `polling` asks Telegram for updates, `channel` takes those that
Telegram delivers itself, which `webhook` reads; both hand them to `handling` and acknowledge them only afterwards.
"""
