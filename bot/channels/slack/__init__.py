"""The Slack channel, on Slack's own client library.

`incoming` reads an event, a button press or a slash command, `handling` sees to its order and has it answered,
`platform` says how a reply is shown and sent there, with `render` (Block Kit) and `send`. `sockets` gets events over
Socket Mode, `webhook` checks those that Slack posts itself; `channel` hands both to `handling` and acknowledges them
only afterwards.
"""
