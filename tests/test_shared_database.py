"""Several programs use one database: whoever comes, goes or dies, no turn is lost and none is read stale."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.commands import RAW_OPEN, Served, environment, run, served
from tests.support.tiny import Client, tiny_model

pytestmark = pytest.mark.timeout(1200)

NOWHERE = "http://127.0.0.1:9"
"""No platform answers there, so a channel keeps trying while the server serves."""
TELEGRAM = {"TELEGRAM_BOT_TOKEN": "123456:stand-in", "TELEGRAM_API_URL": NOWHERE}
SLACK = {"SLACK_BOT_TOKEN": "xoxb-stand-in", "SLACK_APP_TOKEN": "xapp-stand-in", "SLACK_API_URL": NOWHERE}


@pytest.fixture(scope="module")
def model(request: pytest.FixtureRequest) -> Path:
    return tiny_model(request.config.cache)


def ask(client: Client, sender: str, number: int) -> None:
    """Ask the conversation's question of a number, and see that all before it are remembered."""
    answer = client.say(sender, f"when {number}?")
    assert answer.status == 200, answer.body
    assert answer.text.startswith(f"Question {number}: ")


def turns(database: Path) -> dict[str, int]:
    """Return how many turns each conversation has, once nobody uses the file."""
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = "SELECT id, count(*) FROM turns JOIN conversations ON conversation = number GROUP BY id"
        return dict(connection.execute(rows).fetchall())


def test_every_command_may_run_beside_a_server_that_is_then_killed(model: Path, tmp_path: Path) -> None:
    database = tmp_path / "conversations.sqlite"
    given = environment(database)
    written: list[str] = []
    with served(model, given) as server:
        asked = 0

        def more(client: Client = server.client, number: int = 2) -> None:
            nonlocal asked
            for _ in range(number):
                asked += 1
                ask(client, "me", asked)

        more(number=3)
        for arguments, said in (
            (["feedback"], ""),
            (["chat"], "when?\nwho?\n"),
            (["ask", "when?"], ""),
            (["converse", "--help"], ""),
            (["facts", "check"], ""),
        ):
            written += run(model, given, *arguments, said=said)
            more()
        for name, settings in (("serve", {}), ("telegram", TELEGRAM), ("slack", SLACK)):
            with served(model, {**given, **settings}, name) as other:
                more(other.client)
                more()
                assert other.stop() == 0
                written += other.log
            more()
        assert not [name for name in server.open_files() if name.endswith(" (deleted)") and "conversations" in name]
        server.kill()
        written += server.log
    found = turns(database)
    assert found["rest:me"] == asked
    assert [number for name, number in found.items() if name.startswith("cli:")] == [2]
    assert not [line for line in written if RAW_OPEN in line]
    assert database.stat().st_mode & 0o077 == 0


EACH = 60
"""Questions in each of five conversations."""


def test_two_servers_of_which_one_restarts_lose_nothing(model: Path, tmp_path: Path) -> None:
    database = tmp_path / "conversations.sqlite"
    given = environment(database, TURN_TIMEOUT="120")
    stop = threading.Event()
    answered: dict[str, int] = {}

    def talk(name: str, clients: list[Client]) -> None:
        """Ask now the one server, now the other; both must know all that came before."""
        for number in range(1, EACH + 1):
            if stop.is_set():
                return
            ask(clients[number % len(clients)], name, number)
            answered[name] = number

    with served(model, given) as first, ThreadPoolExecutor(3) as people:
        try:
            talking = [people.submit(talk, f"steady{n}", [first.client]) for n in range(2)]
            for end in (Served.stop, Served.kill, Served.stop):
                with served(model, given) as second:
                    talk(f"both{end.__name__}{len(answered)}", [first.client, second.client])
                    end(second)
            for one in talking:
                one.result(600)
        finally:
            stop.set()
        first.kill()
    assert sum(answered.values()) == 5 * EACH
    assert turns(database) == {f"rest:{name}": number for name, number in answered.items()}
    assert not [line for line in first.log if "malformed" in line or "while in use" in line]
