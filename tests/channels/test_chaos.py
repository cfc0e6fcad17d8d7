"""Servers that are killed again and again with messages under way: afterwards each message is answered, and once.

Takes minutes, so it has a command of its own: make chaos. A round that fails tells its seed; CHAOS_SEED repeats it.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from bot.storage import deliveries
from tests.channels.slack import conftest as slack
from tests.channels.telegram import conftest as telegram
from tests.support.ports import free_port
from tests.support.processes import Process
from tests.support.slack_api import APP_TOKEN, BOT_TOKEN, SlackApi
from tests.support.telegram_api import TOKEN, TelegramApi
from tests.support.tiny import tiny_model
from tests.support.waiting import random_moment, wait_until

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(1200)]

KILLS, STOPS = 20, 5
IN_A_ROUND = 8
"""Messages that people write in each round: two in each of four new conversations."""
LATEST = 20
"""Requests to the platform at most between the first message of a round and the server's end."""

Start = Callable[[], Process]


def torment(start: Start, write: Callable[[str, str], object], calls: list) -> Process:
    """Kill and stop servers at random moments while people write; return one more that nobody kills."""
    seed = int(os.environ.get("CHAOS_SEED") or random.randrange(10**6))
    print(f"CHAOS_SEED={seed}")
    chance = random.Random(seed)
    ends = ["kill"] * KILLS + ["stop"] * STOPS
    chance.shuffle(ends)
    for number, end in enumerate(ends):
        server = start()
        # Now with the server still starting, now with it at work.
        wait_for_calls(calls, 1, chance.uniform(0, 1))
        for message in range(IN_A_ROUND):
            write(f"{number}x{message % 4}", f"when {number}.{message}?")
        wait_for_calls(calls, chance.randrange(LATEST), 2)
        random_moment(chance, 0.03)
        if end == "kill":
            server.kill()
        else:
            # Killed by the signal where there was nothing to stop yet.
            assert server.stop() in (0, -signal.SIGTERM), server.log
    return start()


def wait_for_calls(calls: list, more: int, seconds: float) -> None:
    """Wait at most so long for the bot to make so many more requests."""
    before = len(calls)
    with contextlib.suppress(AssertionError):
        wait_until(lambda: len(calls) >= before + more, seconds=seconds)


def count(conversations: Iterable[list[str]]) -> int:
    """Check that every message was answered in a turn of its own; return how many answers were sent twice."""
    turns: dict[str, set[tuple[str, int]]] = defaultdict(set)
    sent: Counter[str] = Counter()
    for place, texts in enumerate(conversations):
        for text in texts:
            turn, asked = text.splitlines()[0].split(": ")
            turns[asked].add((turn, place))
            sent[asked] += 1
        # Two messages, two turns: none was taken twice.
        assert {text.split(":")[0] for text in texts} == {"Question 1", "Question 2"}, texts
    asked = {f"when {number}.{message}?" for number in range(KILLS + STOPS) for message in range(IN_A_ROUND)}
    assert set(turns) == asked
    assert all(len(taken) == 1 for taken in turns.values()), turns
    return sum(sent.values()) - len(asked)


@pytest.fixture
def settled(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., str]:
    """Run the torment, wait until everything is said, stop the last server, and return the log."""

    def settled(
        environment: dict[str, str], credentials: Path, write: Callable[[str, str], object], calls: list, done: Callable
    ) -> str:
        model = tiny_model(request.config.cache)
        given = {"PORT": "0", "DATABASE": str(tmp_path / "conversations.sqlite"), **environment}
        servers: list[Process] = []

        def start() -> Process:
            servers.append(Process(model, tmp_path, given, credentials, deliveries.LEASE))
            return servers[-1]

        try:
            last = torment(start, write, calls)
            wait_until(done, lambda: last.log[-3000:], 300)
            assert last.stop() == 0
        finally:
            for server in servers:
                server.kill()
        assert "Traceback" not in last.log, last.log[-5000:]
        assert "never awaited" not in last.log
        assert "Event loop is closed" not in last.log
        return last.log

    return settled


Settled = Callable[..., str]


@pytest.mark.parametrize("way", ["polling", "webhook"])
def test_telegram(tmp_path: Path, settled: Settled, way: str) -> None:
    with TelegramApi().running() as api:
        people: dict[str, int] = {}

        def write(who: str, text: str) -> None:
            api.write(text, people.setdefault(who, 1000 + len(people)))

        port = free_port()
        environment = {"PORT": str(port), "TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api.url}
        if way == "webhook":
            environment["TELEGRAM_WEBHOOK_URL"] = f"http://127.0.0.1:{port}"
        settled(environment, telegram.credentials_in(tmp_path), write, api.calls, lambda: not api.waiting)
        again = count(api.chat(user).texts for user in people.values())
    print(f"{way}: {KILLS} kills, {STOPS} stops, {again} answers sent twice")
    # Where a server dies between Telegram's taking a message and the note of it, nobody can know; see docs/telegram.md.
    assert again <= KILLS


def test_slack_sockets(tmp_path: Path, settled: Settled) -> None:
    with SlackApi().running() as workspace:
        # At once, after a minute, after five: faster here, but still longer than the kills take.
        workspace.redeliver_after, workspace.hold = (0.1, 20.0, 60.0), 60.0

        def write(who: str, text: str) -> None:
            workspace.say(text, f"U{who.upper()}", wait=False)

        def done() -> bool:
            return all(delivery.done.is_set() for delivery in workspace.deliveries)

        environment = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "SLACK_API_URL": workspace.url}
        settled(environment, slack.credentials_in(tmp_path), write, workspace.calls, done)
        assert all(delivery.acknowledged for delivery in workspace.deliveries)
        again = count(channel.texts for channel in workspace.channels.values())
    print(f"slack: {KILLS} kills, {STOPS} stops, {again} answers sent twice")
    # Slack can be asked whether a message arrived.
    assert again == 0
