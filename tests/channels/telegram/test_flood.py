"""Telegram says for how long it takes nothing for a chat: that is waited for, however long, and nothing gets lost."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest
from telegram.error import RetryAfter

from bot import messages
from bot.channels.telegram.send import pause
from bot.channels.telegram.timing import Timing
from tests.channels.telegram.conftest import Serve
from tests.channels.telegram.test_restart import Start, start  # noqa: F401  (a fixture)
from tests.channels.telegram.test_webhook import free_port
from tests.support.telegram_api import Chat, TelegramApi
from tests.support.telegram_rules import Refused
from tests.support.tiny import Client

BAN = 3600.0
"""Seconds; the tests have no time for it and put the clock forward (`end_ban`)."""
SLOW = 20.0
"""Seconds that a turn may take on a busy machine."""
BRIEF = Refused(429, "Too Many Requests: retry after 0", retry_after=0.1)


@pytest.fixture(params=["polling", "webhook"])
def either(request: pytest.FixtureRequest, serve: Serve, api: TelegramApi) -> AbstractContextManager[Client]:
    """The server that is to be entered, by either way of getting updates."""
    port = free_port()
    webhook = {"port": port, "telegram_webhook_url": f"http://127.0.0.1:{port}"} if request.param == "webhook" else {}
    return serve(turn_timeout=SLOW, **webhook)


def first_lines(chat: Chat) -> list[str]:
    return [text.split("\n")[0] for text in chat.texts]


def end_ban(api: TelegramApi, chat: Chat, folder: Path) -> None:
    """Have the time of a ban pass: for Telegram, and in the database of the bot. It must have been respected."""
    sent = [call.method for call in api.calls if call.chat == chat.data["id"] and call.status == 429]
    assert sent == ["sendChatAction", "sendMessage"]  # the message that found out about it, and none after it
    assert [call for call in api.calls if call.chat == chat.data["id"]][-1].status == 429
    chat.banned_until = 0.0
    with contextlib.closing(sqlite3.connect(folder / "conversations.sqlite")) as database, database:
        assert database.execute("UPDATE pauses SET until = 1").rowcount == 1


def test_chat_is_left_alone_and_answered_in_order(
    api: TelegramApi, either: AbstractContextManager[Client], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with either:
        banned = api.ban(42, BAN)
        for number in range(3):
            api.write(f"when {number}?")
        api.write("when?", 43)
        # Telegram is told that they are done: nobody else waits for them, and no delivery is repeated.
        api.wait(lambda: not api.waiting)
        assert first_lines(api.chat(43)) == ["Question 1: when?"]
        assert not banned.said
        end_ban(api, banned, tmp_path)
        api.write("when 3?")
        api.wait(lambda: len(banned.said) == 4)
    assert first_lines(banned) == [f"Question {number + 1}: when {number}?" for number in range(4)]
    assert sum("nothing can be sent to 42" in message for message in caplog.messages) == 1


def test_ban_outlasts_a_restart(api: TelegramApi, serve: Serve, tmp_path: Path) -> None:
    with serve(turn_timeout=SLOW):
        banned = api.ban(42, BAN)
        api.write("when 0?")
        api.write("/timeline")
        api.wait(lambda: not api.waiting)
    with serve(turn_timeout=SLOW):
        api.write("when 1?")
        api.wait(lambda: not api.waiting)
        assert not banned.said
        end_ban(api, banned, tmp_path)
        api.wait(lambda: len(banned.said) == 4)
    assert [line[:10] for line in first_lines(banned)] == ["Question 1", "First this", "This is th", "Question 2"]


def test_nothing_is_lost_where_the_server_is_killed(
    api: TelegramApi,
    start: Start,  # noqa: F811
    tmp_path: Path,
) -> None:
    with start() as server:
        banned = api.ban(42, BAN)
        api.write("when 0?")
        api.write("when 1?")
        api.wait(lambda: api.calls and not api.waiting)
        server.kill()
    end_ban(api, banned, tmp_path)
    with start():
        api.wait(lambda: len(banned.said) == 2)
    assert first_lines(banned) == ["Question 1: when 0?", "Question 2: when 1?"]


def test_reply_cut_in_two_by_a_ban_goes_on_where_it_stopped(api: TelegramApi, serve: Serve) -> None:
    with serve(turn_timeout=SLOW):
        api.fail("sendMessage", Refused(429, "Too Many Requests: retry after 3", retry_after=3))
        api.write("/timeline")
        api.wait(lambda: len(api.chat(42).said) == 2)
    assert len(api.of("sendPhoto")) == 1
    assert first_lines(api.chat(42)) == ["First this, then <that>.", "This is the order."]


def test_pauses_that_telegram_asks_for_cost_no_attempts(api: TelegramApi, serve: Serve) -> None:
    with serve(turn_timeout=SLOW):
        api.fail("sendMessage", *[BRIEF] * 9)
        api.write("when?")
        api.wait(lambda: api.chat(42).said)
    assert first_lines(api.chat(42)) == ["Question 1: when?"]
    assert len(api.of("sendMessage")) == 10


def test_many_messages_during_a_ban_are_bounded(api: TelegramApi, serve: Serve, tmp_path: Path) -> None:
    with serve(turn_timeout=SLOW, max_waiting=3):
        banned = api.ban(42, BAN)
        for number in range(8):
            api.write(f"when {number}?")
        api.wait(lambda: not api.waiting)
        end_ban(api, banned, tmp_path)
        api.wait(lambda: len(banned.said) == 4)
        api.write("when 9?")
        api.wait(lambda: len(banned.said) == 5)
    answered = [f"Question {number + 1}: when {number}?" for number in range(3)]
    assert first_lines(banned) == [*answered, messages.TOO_MANY, "Question 4: when 9?"]


def test_button_pressed_during_a_ban_stops_waiting_and_is_answered_later(
    api: TelegramApi, serve: Serve, tmp_path: Path
) -> None:
    with serve(turn_timeout=SLOW):
        api.write("when?")
        said = api.wait(lambda: api.chat(42).said)[0]
        more, thumb, _ = (b["callback_data"] for row in said["reply_markup"]["inline_keyboard"] for b in row)
        banned = api.ban(42, BAN)
        api.write("when 1?")
        api.wait(lambda: not api.waiting)
        api.press(said, more, query="q1")
        api.press(said, thumb, query="q2")  # nothing needs to be sent for it
        api.wait(lambda: not api.waiting)
        assert set(api.answered) == {"q1", "q2"}
        assert len(banned.said) == 1
        end_ban(api, banned, tmp_path)
        api.wait(lambda: len(banned.said) == 3)
    assert first_lines(banned)[1:] == ["Question 2: when 1?", "More"]


@pytest.mark.parametrize("asked", [3, 61, 3600, timedelta(hours=30)])
def test_no_pause_is_shorter_than_telegram_asks_for(asked: int | timedelta) -> None:
    random.seed(1)
    seconds = asked.total_seconds() if isinstance(asked, timedelta) else asked
    waited = pause(Timing(), 0, RetryAfter(asked))
    assert seconds < waited < seconds + 1
