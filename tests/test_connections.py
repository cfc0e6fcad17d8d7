"""No more connections than the settings say, and the others are served."""

from __future__ import annotations

import http.client
import socket
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot import connections
from bot.settings import Settings
from tests.support.tiny import Client, serving, tiny_agent, tiny_model
from tests.support.waiting import CEILING, wait_until


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
