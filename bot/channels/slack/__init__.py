"""Slack: events, button presses and slash commands in, Block Kit out.

`incoming` reads what Slack sends and `render` makes what Slack shows; both are pure. `dispatch` has the bot answer, once
for each event, through `send`. Events come over `sockets` (Socket Mode) or `webhook` (Events API); `channel` joins them.
"""
