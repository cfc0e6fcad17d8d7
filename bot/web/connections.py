"""How many connections may be open, in all and from one address, and which requests Sanic gets to see."""

from __future__ import annotations

import ipaddress
from asyncio import BaseTransport
from typing import Any

from sanic.exceptions import PayloadTooLarge, SanicException
from sanic.http import HTTP_CONTINUE, Http, Stage
from sanic.server import HttpProtocol

from bot.web.request_heads import MAX_CHUNK_LINE, BadRequestHead, check_head, chunk_size, for_sanic


class BoundedHttp(HttpProtocol):
    """Sanic's HTTP, which drops a connection at once where too many are open, and waits for no slow request.

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

    def data_received(self, data: bytes) -> None:
        """Take what came; a request that has begun gets no more time by coming a little at a time."""
        began = self._time
        super().data_received(data)
        reading = getattr(self, "_http", None)  # not there yet, or no longer
        if reading is not None and reading.stage is not Stage.IDLE:
            self._time = began

    def _setup_connection(self) -> None:
        super()._setup_connection()
        self._http = CheckedHttp(self)


class CheckedHttp(Http):
    """Sanic's reading of requests, of which it sees no head and no chunk that `bot.web.request_heads` refuses."""

    async def http1_request_header(self) -> None:
        """Read a head, or refuse it before its body is looked at."""
        head = await self._head()
        try:
            check_head(head)
        except BadRequestHead as error:
            raise SanicException(str(error), error.status, quiet=True) from None
        self.recv_buffer[: len(head)] = for_sanic(head)
        await super().http1_request_header()
        self.upgrade_websocket = False  # we have none; Sanic sets no time limit for one

    async def read(self) -> bytes | None:
        """Read some of a body, or refuse it."""
        if self.request_body == "chunked" and not self.request_bytes_left:
            if self.expecting_continue:
                self.expecting_continue = False
                await self._send(HTTP_CONTINUE)
            try:
                await self._check_chunk()
            except BadRequestHead as error:
                self.keep_alive, self.request_body = False, None
                # When it reads on after an answer, this is the only error that Sanic expects.
                raise PayloadTooLarge(str(error), error.status, quiet=True) from None
        return await super().read()

    async def _head(self) -> bytes:
        buffer = self.recv_buffer
        while (end := buffer.find(b"\r\n\r\n")) < 0 and len(buffer) < self.HEADER_MAX_SIZE:
            await self._receive_more()
        if not 0 <= end < self.HEADER_MAX_SIZE:
            raise SanicException(f"The head is larger than {self.HEADER_MAX_SIZE} bytes.", 431, quiet=True)
        return bytes(buffer[:end])

    async def _check_chunk(self) -> None:
        """Check what stands before a chunk: the line end of what came before, its size, the line end."""
        buffer = self.recv_buffer
        while (end := buffer.find(b"\r\n", 2)) < 0 and len(buffer) < MAX_CHUNK_LINE:
            await self._receive_more()
        if buffer[:2] != b"\r\n":
            raise BadRequestHead("A chunk is longer than its size says.")
        if chunk_size(bytes(buffer[2:end]) if end > 0 else b"") > 0:
            return
        while len(buffer) < end + 4:
            await self._receive_more()
        if buffer[end : end + 4] != b"\r\n\r\n":
            raise BadRequestHead("Header fields after a chunked body are not taken.")


def _address(transport: BaseTransport) -> str | None:
    """Return the address that a connection comes from, None for this machine itself and for what is no address."""
    try:
        address = ipaddress.ip_address((transport.get_extra_info("peername") or ("",))[0].partition("%")[0])
    except ValueError:
        return None
    address = getattr(address, "ipv4_mapped", None) or address
    return None if address.is_loopback else str(address)
