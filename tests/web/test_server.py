"""The server: what it offers and no more, how it starts, how it stops."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import messages, paths
from bot.errors import StartError
from bot.messages import database as texts
from bot.settings import Settings
from bot.web.server import create_app, open_socket, read_channels, warn_of_doubtful_settings
from tests.support.tiny import Client, serving, tiny_agent, tiny_model
from tests.support.waiting import CEILING
from tests.support.web import Reader

ROUTES = {
    ("GET", "/health"),
    ("GET", "/ready"),
    ("GET", "/webhooks/rest"),
    ("GET", "/webhooks/web"),
    ("GET", "/webhooks/web/<name:[a-z]+[.]png>"),
    ("GET", "/webhooks/web/content"),
    ("GET", "/webhooks/web/history"),
    ("GET", "/webhooks/web/transcript.md"),
    ("POST", "/webhooks/rest/webhook"),
    ("POST", "/webhooks/web/feedback"),
    ("POST", "/webhooks/web/message"),
    ("POST", "/webhooks/web/restart"),
    ("POST", "/webhooks/web/session"),
}
FILES = {"/", "/favicon.ico", "/favicon.svg", "/static/<path:path>", "/widget.js"}
ROUTES |= {(method, path) for method in ("GET", "HEAD") for path in FILES}
ROUTES |= {("OPTIONS", path) for _, path in ROUTES if path.startswith("/webhooks/") and path != "/webhooks/rest"}


@pytest.fixture(scope="module")
def model(request: pytest.FixtureRequest) -> Path:
    return tiny_model(request.config.cache)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(database=tmp_path_factory.mktemp("server") / "conversations.sqlite")


@pytest.fixture(scope="module")
def client(model: Path, settings: Settings) -> Iterator[Client]:
    agent = tiny_agent(model, settings)
    with serving(agent, settings) as client:
        yield client


def test_routes_are_these_and_no_others(model: Path, settings: Settings) -> None:
    app = create_app(tiny_agent(model, settings), settings, name="routes")
    found = {(method, "/" + route.path) for route in app.router.routes for method in route.methods}
    assert found == ROUTES


@pytest.mark.parametrize(
    "path",
    [
        "/conversations/rest:a/tracker",
        "/model",
        "/model/parse",
        "/domain",
        "/status",
        "/version",
        "/webhook",
        "/socket.io/",
        "/webhooks/slack/webhook",
        "/webhooks/telegram/set_webhook",
        "/webhooks/web/tracker",
        "/docs/",
    ],
)
def test_nothing_else_is_there(client: Client, path: str) -> None:
    for method in ("GET", "POST", "PUT", "DELETE"):
        answer = client.request(method, path)
        assert answer.status == 404
        assert set(answer.json["error"]) == {"code", "message"}


def test_signs_of_life(client: Client) -> None:
    assert client.request("GET", "/health").json == {"status": "ok"}
    assert client.request("GET", "/webhooks/rest").json == {"status": "ok"}
    ready = client.request("GET", "/ready")
    assert (ready.status, ready.json) == (200, {"status": "ready", "model": True, "store": True})


def test_ready_tells_when_conversations_cannot_be_read(model: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder.sqlite"
    settings = Settings(database=folder)
    agent = tiny_agent(model, settings)
    folder.mkdir()
    with serving(agent, settings) as client:
        assert client.request("GET", "/health").status == 200
        answer = client.request("GET", "/ready")
        assert answer.status == 503
        assert answer.json["store"] is False
        assert client.say("a", "when?").status == 503
        folder.rmdir()
        assert client.request("GET", "/ready").status == 200
        assert client.say("a", "when?").status == 200


def test_huge_request_is_refused_and_others_are_served(client: Client) -> None:
    with socket.create_connection(("127.0.0.1", client.port), timeout=CEILING) as connection:
        connection.sendall(
            b"POST /webhooks/rest/webhook HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            b"Content-Length: 100000000\r\n\r\n" + b" " * 100_000
        )
        assert b" 413 " in connection.recv(1000)
    assert client.say("after", "when?").status == 200


@pytest.mark.parametrize(
    "data",
    [b"\r\n\r\n", b"GET\r\n\r\n", b"\x16\x03\x01\x02", b"GET / HTTP/9.9\r\n\r\n", b"x" * 20_000 + b"\r\n\r\n"],
    ids=range(5),
)
def test_what_is_no_http_stops_nothing(client: Client, data: bytes) -> None:
    with socket.create_connection(("127.0.0.1", client.port), timeout=CEILING) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)  # nothing more comes, so whatever the server makes of it, it ends
        with contextlib.suppress(ConnectionError):
            while connection.recv(1000):
                pass
    assert client.request("GET", "/health").status == 200


# ---- Start and stop --------------------------------------------------------------


def test_unknown_channel_is_a_clear_error(tmp_path: Path) -> None:
    credentials = tmp_path / "credentials.yml"
    credentials.write_text("bot.channels.smoke.SmokeChannel:\n")
    with pytest.raises(StartError, match=r"SmokeChannel is not a channel"):
        read_channels(credentials, Settings())


def test_taken_port_is_a_clear_error() -> None:
    with open_socket("127.0.0.1", 0) as taken:
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(StartError, match=rf"Port {port} on 127\.0\.0\.1 is in use.*PORT={port + 1}"):
            open_socket("127.0.0.1", port)


@pytest.mark.parametrize("host", ["203.0.113.1", "no.such.host.invalid"])
def test_address_that_is_not_ours_is_a_clear_error(host: str) -> None:
    with pytest.raises(StartError, match="HOST must be .* PORT "):
        open_socket(host, 0)


@pytest.mark.parametrize(
    ("host", "told"),
    [
        ("127.0.0.1", None),
        ("127.0.0.2", None),
        ("localhost", None),
        ("::1", None),
        ("0.0.0.0", "all addresses"),
        ("::", "all addresses"),
        ("::ffff:0.0.0.0", "all addresses"),
    ],
)
def test_address_that_others_reach_is_warned_of(host: str, told: str | None, caplog: pytest.LogCaptureFixture) -> None:
    with open_socket(host, 0) as listener, caplog.at_level("WARNING"):
        warn_of_doubtful_settings(listener, {})
        port = listener.getsockname()[1]
    if told is None:
        assert not caplog.messages
        return
    (message,) = caplog.messages
    assert f"{told} of this machine, port {port}, by plain HTTP" in message
    assert "docs/settings.md#open-to-the-network" in message


def test_address_of_the_network_is_named_in_the_warning(caplog: pytest.LogCaptureFixture) -> None:
    class Listener:
        def getsockname(self) -> tuple[str, int, int, int]:
            return "fe80::1%eth0", 5005, 0, 2

    warn_of_doubtful_settings(Listener(), {})
    assert "Listening on fe80::1%eth0, port 5005, by plain HTTP" in caplog.text


def test_start_warns_of_an_open_port_and_of_a_misspelt_setting(tmp_path: Path) -> None:
    code = "import sys; from bot.web.server import serve; serve(model_path=sys.argv[1])"
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        env={**os.environ, "PORT": "0", "HOST": "0.0.0.0", "RETENTON_DAYS": "0", "PYTHONPATH": str(paths.ROOT)},
        cwd=tmp_path,
        text=True,
        capture_output=True,
        check=False,
    )
    assert "WARNING RETENTON_DAYS in the environment is not a setting. Is RETENTION_DAYS meant?" in done.stderr
    assert "WARNING Listening on all addresses of this machine" in done.stderr
    assert "No trained model" in done.stderr  # there is none in that folder; the warnings came before


SERVE = """
from pathlib import Path; import sys
from bot.web.server import serve
serve(model_path=Path(sys.argv[1]), actions="tests.support.tinyactions")
"""


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_server_starts_quietly_and_stops_when_told(model: Path, tmp_path: Path, sign: signal.Signals) -> None:
    environment = {**os.environ, "PORT": "0", "DATABASE": str(tmp_path / "c.sqlite"), "PYTHONPATH": str(paths.ROOT)}
    server = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(model)],
        env=environment,
        cwd=tmp_path,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        lines = []
        while not lines or "Ready" not in lines[-1]:
            lines.append(server.stdout.readline())
            assert lines[-1], "".join(lines)
        assert len(lines) == 3, "".join(lines)  # loading, loaded, ready
        client = Client(int(lines[-1].rsplit(":", 1)[1].strip(" /\n")))
        for text in ("when canary?", "hello canary"):
            assert client.say("a", text).status == 200
        server.send_signal(sign)
        rest, _ = server.communicate(timeout=CEILING)
    finally:
        server.kill()
    assert server.returncode == 0
    assert rest.count("\n") == 1
    assert "Stopping" in rest
    assert "canary" not in "".join(lines) + rest


# ---- A database that cannot be used --------------------------------------------------


def test_damaged_database_is_told_once_and_one_in_its_place_used_without_a_restart(
    model: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    database = tmp_path / "conversations.sqlite"
    settings = Settings(database=database, rate_per_second=0)
    agent = tiny_agent(model, settings)
    with serving(agent, settings) as client:
        assert client.say("a", "when?").text.startswith("Question 1: ")
        good = tmp_path / "backup.sqlite"
        with contextlib.closing(sqlite3.connect(database)) as source, contextlib.closing(sqlite3.connect(good)) as copy:
            source.backup(copy)
        damaged = tmp_path / "damaged"
        damaged.write_bytes(b"this is no database" * 500)
        damaged.rename(database)
        caplog.clear()
        reader = Reader(client)
        for _ in range(3):
            answer = client.say("a", "when?")
            assert (answer.status, answer.json["error"]["message"]) == (503, messages.NOT_STORED)
            assert client.request("GET", "/ready").status == 503
            assert client.request("GET", "/webhooks/web/content").status == 200
            assert reader.begin().status in (200, 503)
            assert reader.say("when?").status == 503
        assert database.read_bytes() == b"this is no database" * 500
        told = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
        assert told == [texts.replaced(database), texts.fault(database, texts.DAMAGED, "file is not a database")]
        good.rename(database)
        assert client.say("a", "when?").text.startswith("Question 2: ")
        assert client.request("GET", "/ready").status == 200
    assert [record.getMessage() for record in caplog.records].count(texts.works_again(database)) == 1


def test_server_starts_on_a_damaged_database(model: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    database = tmp_path / "conversations.sqlite"
    database.write_bytes(b"this is no database" * 500)
    settings = Settings(database=database)
    agent = tiny_agent(model, settings)
    with serving(agent, settings) as client:
        assert client.request("GET", "/health").status == 200
        assert [client.say("a", "when?").status for _ in range(3)] == [503] * 3
        told = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
        assert told == [texts.fault(database, texts.DAMAGED, "file is not a database")]
        database.unlink()
        assert client.say("a", "when?").text.startswith("Question 1: ")
