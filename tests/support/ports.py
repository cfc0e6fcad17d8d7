"""Ports for servers whose port must be known before they start, or that start again on the same one."""

from __future__ import annotations

import random
import socket

_PORTS = range(10_000, 30_000)
"""Below those that systems give to outgoing connections and to whoever asks for any port: nobody else is given one of
these between the choice and the start."""

_chance = random.SystemRandom()  # several test processes choose at once


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    while True:
        port = _chance.choice(_PORTS)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
