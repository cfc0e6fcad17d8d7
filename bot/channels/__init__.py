"""Channels: each takes what people write somewhere, has the bot take a turn, and shows the reply.

What is declined, how a message is cleaned and what happens when a turn fails is the same everywhere
(`bot.engine.turn`). `rest` and `web` answer the request that asks. Platforms, to which answers are sent, share more:
`platform` is what each of them gives, `answering`, `arrivals`, `retrying` and `platform_channel` are what all of them
get. How to add one: docs/add-a-channel.md.
"""
