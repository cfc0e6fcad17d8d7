"""No more connections than the settings say, no request that harms the server, and all others are served."""

from __future__ import annotations

import http.client
import socket
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.web import connections, server
from tests.support.commands import environment, served
from tests.support.tiny import Client, serving, tiny_agent, tiny_model
from tests.support.waiting import CEILING, wait_until
from tests.web.test_request_heads import BAD_FIELDS, BAD_HOSTS, BAD_LINES


def is_open(connection: socket.socket) -> bool:
    """Say whether the server answers on a connection; it drops one too many as soon as it takes it."""
    connection.settimeout(CEILING)
    try:
        connection.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        return connection.recv(1000).startswith(b"HTTP/1.1 200")
    except ConnectionError:
        return False


def opened(stack: ExitStack, client: Client, number: int) -> list[bool]:
    """Open connections, which stay open until the end of the test."""
    return [is_open(stack.enter_context(socket.create_connection(("127.0.0.1", client.port)))) for _ in range(number)]


def healthy(client: Client) -> bool:
    try:
        return client.request("GET", "/health").status == 200
    except (ConnectionError, http.client.HTTPException):
        return False


def test_connections_have_a_limit_in_all(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    settings = Settings(database=tmp_path / "c.sqlite", max_connections=5, max_address_connections=2)
    agent = tiny_agent(tiny_model(request.config.cache), settings)
    with serving(agent, settings) as client:
        with ExitStack() as stack:
            assert opened(stack, client, 8) == [True] * 5 + [False] * 3
        wait_until(lambda: healthy(client))  # as soon as the server has seen that they were closed


def test_connections_of_one_address_have_a_limit(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(database=tmp_path / "c.sqlite", max_connections=6, max_address_connections=2)
    agent = tiny_agent(tiny_model(request.config.cache), settings)
    with serving(agent, settings) as client, ExitStack() as stack:
        # All connections of a test come from loopback, which has no limit of its own.
        monkeypatch.setattr(connections, "_address", lambda transport: "203.0.113.7")
        assert opened(stack, client, 4) == [True, True, False, False]
        monkeypatch.setattr(connections, "_address", lambda transport: "203.0.113.8")
        assert opened(stack, client, 3) == [True, True, False]


class Transport:
    """Knows only where it comes from."""

    def __init__(self, peer: object) -> None:
        self.peer = peer

    def get_extra_info(self, name: str) -> object:
        return self.peer


@pytest.mark.parametrize(
    ("peer", "address"),
    [
        (("203.0.113.7", 1234), "203.0.113.7"),
        (("2001:db8::1", 1234, 0, 0), "2001:db8::1"),
        (("fe80::1%eth0", 1234, 0, 2), "fe80::1"),
        (("::ffff:203.0.113.7", 1234, 0, 0), "203.0.113.7"),
        (("127.0.0.1", 1234), None),
        (("::1", 1234, 0, 0), None),
        (("::ffff:127.0.0.1", 1234, 0, 0), None),
        ("", None),
        (None, None),
    ],
)
def test_address_is_where_a_connection_comes_from(peer: object, address: str | None) -> None:
    assert connections._address(Transport(peer)) == address


# ---- Requests that Sanic does not get to see -----------------------------------------

POST = b"POST / HTTP/1.1\r\nHost: x\r\n"
ASK = b"POST /webhooks/rest/webhook HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
CHUNKED = ASK + b"Transfer-Encoding: chunked\r\n\r\n"
QUESTION = b'{"sender": "chunks", "message": "when?"}'
REFUSED = {
    400: [
        *(POST + field + b"\r\n\r\nab" for field in BAD_FIELDS),
        *(line + b"\r\nHost: x\r\n\r\nab" for line in BAD_LINES),
        *(
            b"%b %b HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\nab" % (method, path)
            for method in (b"GET", b"POST", b"X")
            for path in (b"/health", b"/none", b"/webhooks/web/message", b"/webhooks/telegram/webhook")
        ),
        *(b"GET /health HTTP/1.1\r\nHost:" + host + b"\r\n\r\n" for host in BAD_HOSTS),
        b"GET /health HTTP/1.1\r\n\r\n",
        *(
            CHUNKED + chunk
            for chunk in (
                b"-1\r\nab\r\n0\r\n\r\n",
                b"+2\r\nab\r\n0\r\n\r\n",
                b"0_2\r\nab\r\n0\r\n\r\n",
                b"0x2\r\nab",
                b"\r\n\r\n",
                b"2;" + b"x" * 100,
                b"9" * 100,
                b"2\r\nabcd\r\n0\r\n\r\n",
                b"2\r\nab\r\n-2\r\n",
                b"2\r\nab\r\n0\r\nX: y\r\n\r\n",
            )
        ),
        b"POST /none HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
    ],
    413: [ASK + b"Content-Length: " + b"9" * 15 + b"\r\n\r\nab", CHUNKED + b"ffffffff\r\nab"],
    431: [POST + b"X: y\r\n" * 200 + b"\r\n", POST + b"X: " + b"y" * 20_000 + b"\r\n\r\n", b"x" * 20_000],
}


def answered(port: int, data: bytes) -> bytes:
    """Send something and return all that comes back until the server closes the connection, as it must."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(data)
        received = b""
        with suppress(ConnectionResetError):  # it need not read all that was sent
            while piece := connection.recv(65536):
                received += piece
        return received


def test_malformed_requests_are_refused_and_stop_nothing(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    with served(tiny_model(request.config.cache), environment(tmp_path / "c.sqlite")) as process:
        port = process.client.port
        for status, requests in REFUSED.items():
            for data in requests:
                assert answered(port, data).startswith(b"HTTP/1.1 %d " % status), data[:300]
        assert process.client.request("GET", "/health").status == 200
        assert process.client.say("after", "when?").status == 200
        with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
            # What is bad may come late on a connection, after an answer that did not need it.
            connection.sendall(
                b"POST /none HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nab\r\n0\r\n\r\n"
            )
            assert connection.recv(65536).startswith(b"HTTP/1.1 404 ")
        assert process.stop() == 0
    assert "Traceback" not in "".join(process.log)


def test_bodies_in_chunks_are_read(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    settings = Settings(database=tmp_path / "c.sqlite")
    agent = tiny_agent(tiny_model(request.config.cache), settings)
    chunks = b"".join(
        b"%x;piece\r\n%b\r\n" % (len(piece), piece) for piece in (QUESTION[:1], QUESTION[1:20], QUESTION[20:])
    )
    last = b"Connection: close\r\n"
    with serving(agent, settings) as client:
        both = (
            CHUNKED
            + chunks
            + b"0\r\n\r\n"
            + CHUNKED.replace(b"chunked", b"Chunked").replace(b"\r\n\r\n", b"\r\n" + last + b"\r\n")
            + chunks
            + b"0\r\n\r\n"
        )
        assert answered(client.port, both).count(b"HTTP/1.1 200 ") == 2
        with socket.create_connection(("127.0.0.1", client.port), timeout=60) as connection:
            connection.sendall(CHUNKED.replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n" + last + b"\r\n"))
            assert connection.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
            connection.sendall(chunks + b"0\r\n\r\n")
            assert connection.recv(1000).startswith(b"HTTP/1.1 200 ")


def test_request_that_comes_a_little_at_a_time_is_given_up(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "HEAD_SECONDS", 1)
    settings = Settings(database=tmp_path / "c.sqlite")
    agent = tiny_agent(tiny_model(request.config.cache), settings)
    with serving(agent, settings) as client, socket.create_connection(("127.0.0.1", client.port)) as connection:
        connection.settimeout(0.05)
        connection.sendall(b"GET /health HTTP/1.1\r\nX: ")
        received = None
        for _ in range(1200):  # a minute
            try:
                received = connection.recv(1000)
                break
            except TimeoutError:
                connection.sendall(b"y")
        assert received is not None
        assert received.startswith(b"HTTP/1.1 408 ")
