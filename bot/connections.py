"""How many connections may be open: in all, and from one address."""

from __future__ import annotations

import ipaddress
from asyncio import BaseTransport
from typing import Any

from sanic.server import HttpProtocol


class BoundedHttp(HttpProtocol):
    """Sanic's HTTP, which drops a connection at once where too many are open.

    Sanic 21.12 takes any number, until the process has no file left to open and serves nobody. Connections from this
    machine have only the limit for all: behind a proxy, that is where everybody comes from.
    """

    __slots__ = ("address",)

    def connection_made(self, transport: Any) -> None:
        """Serve a new connection, or drop it."""
        self.address = _address(transport)
        settings = self.app.ctx.settings
        others = sum(1 for other in self.connections if other.address == self.address) if self.address else 0
        if len(self.connections) >= settings.max_connections or others >= settings.max_address_connections:
            transport.abort()
            return
        super().connection_made(transport)


def _address(transport: BaseTransport) -> str | None:
    """Return the address that a connection comes from, None for this machine itself and for what is no address."""
    try:
        address = ipaddress.ip_address((transport.get_extra_info("peername") or ("",))[0].partition("%")[0])
    except ValueError:
        return None
    address = getattr(address, "ipv4_mapped", None) or address
    return None if address.is_loopback else str(address)
