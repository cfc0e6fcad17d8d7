"""The Slack channel, on Slack's own client library.

`incoming` reads an event, a button press or a slash command, `handling` has the bot answer it, `render` puts the reply
into Block Kit, `send` sends it. `sockets` gets events over Socket Mode, `webhook` checks those that Slack posts itself;
`channel` hands both to `handling` and acknowledges them only afterwards.
"""
