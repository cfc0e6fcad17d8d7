"""Channels: each takes a platform's message, has the bot take a turn, and renders the reply.

`intake` and `turn` are shared by all channels: what is refused, what is cleaned, and
what happens when a turn fails is the same everywhere. A channel converts only.
"""
