"""Neither tokens nor what people write reach a log, whatever goes wrong."""

from __future__ import annotations

import logging
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.channels.slack.conftest import credentials_in
from tests.support.ports import free_port
from tests.support.processes import Process, process
from tests.support.slack_api import APP_TOKEN, BOT_TOKEN, HANG, LOST, RESET, SIGNING_SECRET, SOCKET, SlackApi
from tests.support.tiny import Client, tiny_model
from tests.support.waiting import random_moment

TEXT = "when did the canary of the colonel sing"


@contextmanager
def served(model: Path, folder: Path, slack: SlackApi, **more: str) -> Iterator[tuple[Client, Process]]:
    """Run a server as a process of its own, logging as an operator sees it."""
    port = free_port()
    environment = {
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "DATABASE": str(folder / "conversations.sqlite"),
        "TURN_TIMEOUT": "0.5",
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_APP_TOKEN": APP_TOKEN,
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SLACK_API_URL": slack.url,
        **more,
    }
    with process(model, folder, environment, credentials_in(folder, {"request": 1.0})) as server:
        slack.via = SOCKET
        slack.bots = [f"http://127.0.0.1:{port}"]
        slack.wait_for(lambda: slack.sockets or not server.running)
        assert server.running, server.log
        yield Client(port), server


def misuse(slack: SlackApi, client: Client) -> None:
    """Have everything go wrong that can."""
    slack.fail("chat.postMessage", 500, (429, 0.1), HANG, "restricted_action", RESET, LOST, "invalid_blocks")
    slack.fail("conversations.replies", "missing_scope", 500)
    slack.fail("conversations.history", "missing_scope", 500)
    slack.fail("response_url", 500, 400)
    slack.fail("files.getUploadURLExternal", "missing_scope")
    slack.fail("chat.update", "cant_update_message")
    slack.fail("apps.connections.open", 500, "invalid_auth", RESET)
    for text in (TEXT, TEXT, f"@bot {TEXT}", f"break {TEXT}", f"wait {TEXT}", f"timeline {TEXT}", "x canary " * 500):
        slack.say(text)
        slack.say(text, channel="C1")
    slack.command(TEXT)
    slack.open_home()
    slack.press_home(0)
    slack.press(slack.direct().said[0], "More") if slack.direct().said else None
    slack.drop()
    slack.refresh(close_after=0.0)
    body = b'{"text": "canary"}'
    for headers in ({}, slack.sign(body), slack.sign(body, secret="x" * 20)):
        names = {name.replace("-", "_"): value for name, value in headers.items()}
        client.request("POST", "/webhooks/slack/events", body, Content_Type="application/json", **names)
    slack.tokens.clear()
    slack.say(TEXT, wait=False)
    slack.wait_for(lambda: any(call.error == "invalid_auth" for call in slack.called("chat.postMessage")))
    slack.tokens.add(BOT_TOKEN)
    slack.say(TEXT)


@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
def test_log_holds_no_secrets(request: pytest.FixtureRequest, tmp_path: Path, slack: SlackApi, level: str) -> None:
    model = tiny_model(request.config.cache)
    with served(model, tmp_path, slack, LOG_LEVEL=level) as (client, server):
        misuse(slack, client)
        assert server.stop() == 0
    text = server.log
    assert "slack" in text  # something was logged
    for secret in (BOT_TOKEN, APP_TOKEN, SIGNING_SECRET, "canary-ticket", "legacyVerificationToken", "/response/"):
        assert secret not in text
    if level == "INFO":
        assert "canary" not in text  # what people write
        assert "colonel" not in text


def test_caplog_sees_no_secrets_either(bot: Client, slack: SlackApi, caplog: pytest.LogCaptureFixture) -> None:
    """The records themselves, before the formatter that hides secrets."""
    with caplog.at_level(logging.INFO):
        slack.fail("chat.postMessage", 500, "restricted_action")
        slack.say(TEXT)
        slack.tokens.clear()
        slack.say(TEXT, wait=False)
        slack.wait_for(lambda: "SLACK_BOT_TOKEN" in caplog.text)  # it was refused, and that was logged
    assert "canary" not in caplog.text
    slack.tokens.add(BOT_TOKEN)


def test_killed_server_is_made_good(request: pytest.FixtureRequest, tmp_path: Path, slack: SlackApi) -> None:
    """Killed amid answers: every message is answered, none twice."""
    model = tiny_model(request.config.cache)
    deliveries, chance = [], random.Random()
    for round_number in range(2):
        with served(model, tmp_path, slack, TURN_TIMEOUT="20") as (_, server):
            for number in range(20):
                text = f"when {round_number}.{number}?"
                deliveries.append(slack.say(text, user=f"U{number % 4}", wait=False))
                random_moment(chance, 0.02)
            slack.wait_for(lambda seen=20 * round_number: sum(len(c.said) for c in slack.channels.values()) > seen + 5)
            if round_number == 0:
                server.kill()
                slack.wait_for(lambda: not slack.sockets)
            else:
                for delivery in deliveries:
                    delivery.wait()
    said = [text.splitlines()[0].split(": ")[1] for channel in slack.channels.values() for text in channel.texts]
    assert sorted(said) == sorted(f"when {a}.{b}?" for a in range(2) for b in range(20))
