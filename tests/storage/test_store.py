"""Conversations survive, cost the same at any length, and a fault stays where it is."""

from __future__ import annotations

import asyncio
import itertools
import json
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.core.tracker_store import (
    FailSafeTrackerStore,
    TrackerStore,
    check_if_tracker_store_async,
)
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    AllSlotsReset,
    BotUttered,
    ConversationPaused,
    ConversationResumed,
    Event,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

import bot.engine.light_imports  # noqa: F401  (before Rasa)
from bot.errors import StoreError
from bot.storage.clock import DAY
from bot.storage.sqlite.database import SqliteDatabase
from bot.storage.store import ConversationStore, fault_of
from tests.support.waiting import pass_on

DOMAIN = Domain.from_dict(
    {
        "slots": {
            name: {"type": "any", "influence_conversation": False, "mappings": [{"type": "custom"}]}
            | ({"initial_value": "start"} if name == "c" else {})
            for name in "abc"
        }
    }
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new" / "conversations.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[ConversationStore]:
    store = ConversationStore(DOMAIN, address=path, retention_days=90)
    yield store
    store.close()


def turn(text: str, *events: Event) -> list[Event]:
    return [
        UserUttered(text, {"name": "ask", "confidence": 1.0}, input_channel="rest"),
        ActionExecuted("action_answer"),
        BotUttered("Answer to " + text, {"custom": {"answer": {"status": "answered"}}}),
        *events,
        ActionExecuted("action_listen"),
    ]


async def add(store: TrackerStore, conversation: str, events: list[Event]) -> DialogueStateTracker:
    """Take a turn the way Rasa's processor does."""
    tracker = await store.get_or_create_tracker(conversation, append_action_listen=False)
    tracker.update_with_events(events, DOMAIN)
    await store.save(tracker)
    return tracker


def state(tracker: DialogueStateTracker) -> dict[str, Any]:
    """What Rasa and our actions read of a conversation."""
    current = tracker.current_state()
    del current["latest_event_time"]
    return current


# ---- Round trips -----------------------------------------------------------------

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(), max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)
EVENTS = st.one_of(
    st.builds(SlotSet, st.sampled_from("abc"), VALUES),
    st.just("reset").map(lambda _: AllSlotsReset()),
    st.just("restart").map(lambda _: Restarted()),
    st.just("session").map(lambda _: SessionStarted()),
    st.just("pause").map(lambda _: ConversationPaused()),
    st.just("resume").map(lambda _: ConversationResumed()),
)
TURN = st.tuples(st.text(st.characters(), min_size=1, max_size=10), st.lists(EVENTS, max_size=3))
TURNS = st.lists(TURN, min_size=1, max_size=8)


def test_last_turns_and_snapshot_equal_a_replay_of_everything(store: ConversationStore) -> None:
    numbers = itertools.count()

    async def run(name: str, turns: list[tuple[str, list[Event]]]) -> None:
        everything = DialogueStateTracker(name, DOMAIN.slots)
        for text, events in turns:
            new = turn(text, *events)
            assert fault_of(await add(store, name, new)) is None
            for event in new:
                everything.update(event, DOMAIN)
            assert state(await store.retrieve(name)) == state(everything)
        full = await store.retrieve_full_tracker(name)
        assert state(full) == state(everything)
        assert [event.as_dict() for event in full.events] == [event.as_dict() for event in everything.events]

    @settings(max_examples=100, deadline=None)
    @given(TURNS)
    def check(turns: list[tuple[str, list[Event]]]) -> None:
        asyncio.run(run(f"rest:{next(numbers)}", turns))

    check()


def test_conversation_survives_a_restart(path: Path) -> None:
    async def run() -> None:
        store = ConversationStore(DOMAIN, address=path)
        for number in range(5):
            await add(store, "rest:a", turn(f"q{number}", SlotSet("a", number)))
        store.close()
        again = ConversationStore(DOMAIN, address=path)
        tracker = await again.retrieve("rest:a")
        assert tracker.get_slot("a") == 4
        assert tracker.latest_message.text == "q4"
        assert await again.keys() == ["rest:a"]
        assert await again.exists("rest:a")
        assert not await again.exists("rest:b")
        assert await again.retrieve("rest:b") is None
        again.close()

    asyncio.run(run())


def test_slot_set_long_ago_is_still_set_for_policies_that_replay(store: ConversationStore) -> None:
    async def run() -> None:
        await add(store, "rest:a", turn("first", SlotSet("a", {"topic": ["x"]})))
        for number in range(20):
            await add(store, "rest:a", turn(f"q{number}", SlotSet("b", number)))
        tracker = await store.retrieve("rest:a")
        assert tracker.get_slot("a") == {"topic": ["x"]}
        assert tracker.copy().get_slot("a") == {"topic": ["x"]}

    asyncio.run(run())


def test_slots_that_a_new_domain_lacks_are_left_out(store: ConversationStore) -> None:
    async def run() -> None:
        await add(store, "rest:a", turn("first", SlotSet("a", 1)))
        for _ in range(3):
            await add(store, "rest:a", turn("next"))
        store.domain = Domain.empty()
        tracker = await store.retrieve("rest:a")
        assert fault_of(tracker) is None
        assert "a" not in tracker.slots

    asyncio.run(run())


# ---- Cost ------------------------------------------------------------------------


def test_turn_500_costs_what_turn_5_costs(store: ConversationStore) -> None:
    async def run() -> dict[int, tuple[int, int, int]]:
        statements: list[str] = []
        costs: dict[int, tuple[int, int, int]] = {}
        await store.open()
        for connection in (store.database._reader, store.database._writer):
            await connection.run(lambda c: c.set_trace_callback(statements.append))
        for number in range(1, 501):
            statements.clear()
            tracker = await store.get_or_create_tracker("rest:a")
            read = len(tracker.events)
            tracker.update_with_events(turn(f"question {number:03}", SlotSet("a", number)), DOMAIN)
            await store.save(tracker)
            written = sum(len(s) for s in statements if s.startswith(("INSERT", "UPDATE")))
            costs[number] = (len(statements), read, written)
        return costs

    costs = asyncio.run(run())
    assert costs[500][:2] == costs[100][:2] == costs[5][:2]
    # Time stamps are written with more or fewer digits, so what is written differs by some characters.
    assert abs(costs[500][2] - costs[100][2]) <= 40


def test_many_other_conversations_make_no_difference(store: ConversationStore, path: Path) -> None:
    async def run() -> int:
        """Count the steps of SQLite's own machine: the same on every computer."""
        for number in range(50):
            await add(store, "rest:a", turn(f"q{number}"))
        steps = 0

        def count() -> None:
            nonlocal steps
            steps += 1

        connections = (store.database._reader, store.database._writer)
        for connection in connections:
            await connection.run(lambda c: c.set_progress_handler(count, 1))
        for number in range(50):
            await add(store, "rest:a", turn(f"q{number}"))
        for connection in connections:
            await connection.run(lambda c: c.set_progress_handler(None, 0))
        return steps

    async def fill() -> None:
        await store.open()
        with sqlite3.connect(path) as connection:
            now = time.time()
            connection.executemany(
                "INSERT INTO conversations (id, last_turn, touched, state) VALUES (?, 1, ?, '{}')",
                ((f"x:{number}", now) for number in range(100_000)),
            )
            plan = connection.execute(
                "EXPLAIN QUERY PLAN SELECT number, last_turn, state FROM conversations WHERE id = 'a'"
            ).fetchall()
        connection.close()
        assert "SEARCH" in plan[0][3]

    alone = asyncio.run(run())
    asyncio.run(fill())
    assert alone > 1000  # it counts
    assert asyncio.run(run()) <= 1.2 * alone


# ---- Faults ----------------------------------------------------------------------


def spoil(path: Path, statement: str) -> None:
    with sqlite3.connect(path) as connection:
        assert connection.execute(statement).rowcount
    connection.close()


def rows(path: Path) -> list[tuple]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute("SELECT * FROM turns").fetchall()
    finally:
        connection.close()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE turns SET events = '{'",
        'UPDATE turns SET events = \'[{"event": "nonsense"}]\'',
        "UPDATE turns SET events = '[1]'",
        "UPDATE turns SET events = '[{}]'",
        "UPDATE turns SET events = x'ff00'",
        "UPDATE conversations SET state = ''",
        "UPDATE conversations SET state = '[]'",
        "UPDATE conversations SET state = '{\"slots\": 1}'",
    ],
)
def test_damaged_row_is_a_fault_of_its_conversation_only(store: ConversationStore, path: Path, damage: str) -> None:
    async def run() -> None:
        await add(store, "rest:a", turn("q", SlotSet("a", 1)))
        await add(store, "rest:b", turn("q", SlotSet("a", 2)))
        table = "conversation" if "turns" in damage else "number"
        spoil(path, damage + f" WHERE {table} = 1")
        before = rows(path)
        tracker = await add(store, "rest:a", turn("again"))
        assert fault_of(tracker)
        assert "rest:a" in str(fault_of(tracker))
        assert rows(path) == before
        other = await store.retrieve("rest:b")
        assert fault_of(other) is None
        assert other.get_slot("a") == 2

    asyncio.run(run())


@pytest.mark.parametrize("conversation", ["\ud800", "a\x00b", "x" * 100_000, "", "'; DROP TABLE turns; --"])
def test_odd_id_stops_nothing(store: ConversationStore, conversation: str) -> None:
    async def run() -> None:
        await add(store, conversation, turn("q", SlotSet("a", 1)))
        await add(store, "rest:b", turn("q", SlotSet("a", 2)))
        tracker = await store.retrieve(conversation)
        assert fault_of(tracker) or tracker.get_slot("a") == 1
        assert (await store.retrieve("rest:b")).get_slot("a") == 2

    asyncio.run(run())


def test_fault_is_not_a_blank_conversation_even_under_rasas_own_wrapper(store: ConversationStore, path: Path) -> None:
    async def run() -> None:
        wrapped = FailSafeTrackerStore(store)
        await add(wrapped, "rest:a", turn("q", SlotSet("a", 1)))
        spoil(path, "UPDATE turns SET events = '{'")
        tracker = await wrapped.get_or_create_tracker("rest:a", append_action_listen=False)
        # A paused conversation gets no reply from Rasa; one with events starts no session.
        assert tracker.is_paused()
        assert tracker.applied_events()
        before = rows(path)
        await wrapped.save(tracker)
        assert rows(path) == before

    asyncio.run(run())


def test_locked_database_is_a_fault_and_does_not_stall_the_loop(
    store: ConversationStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.sqlite.database.BUSY_SECONDS", 2.0)

    async def run() -> None:
        await add(store, "rest:a", turn("first", SlotSet("a", 1)))
        lock = sqlite3.connect(path, isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        adding = asyncio.create_task(add(store, "rest:a", turn("second", SlotSet("a", 2))))
        read = await store.retrieve("rest:a")  # reading goes on
        assert fault_of(read) is None
        assert read.get_slot("a") == 1
        await pass_on()
        assert not adding.done()  # the loop does other things while the database is waited for
        tracker = await adding
        assert "locked" in str(fault_of(tracker))
        lock.execute("ROLLBACK")
        lock.close()
        assert fault_of(await add(store, "rest:a", turn("third", SlotSet("a", 3)))) is None
        full = await store.retrieve_full_tracker("rest:a")
        said = [event.text for event in full.events if isinstance(event, UserUttered)]
        assert said == ["first", "third"]

    asyncio.run(run())


def test_unusable_file_is_a_fault_until_it_can_be_used(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"this is no database" * 100)

    async def run() -> None:
        store = ConversationStore(DOMAIN, address=path)
        assert fault_of(await store.retrieve("rest:a"))
        path.unlink()
        assert await store.retrieve("rest:a") is None
        assert fault_of(await add(store, "rest:a", turn("q"))) is None
        store.close()

    asyncio.run(run())


def test_turn_of_another_process_is_not_written_over(store: ConversationStore, path: Path) -> None:
    async def run() -> None:
        await add(store, "rest:a", turn("first"))
        late = await store.retrieve("rest:a")
        other = ConversationStore(DOMAIN, address=path)
        await add(other, "rest:a", turn("second", SlotSet("a", 2)))
        other.close()
        late.update_with_events(turn("late", SlotSet("a", 3)), DOMAIN)
        await store.save(late)
        assert fault_of(late)
        assert (await store.retrieve("rest:a")).get_slot("a") == 2

    asyncio.run(run())


def test_value_that_is_no_json_is_a_fault_and_nothing_is_stored(store: ConversationStore) -> None:
    async def run() -> None:
        tracker = await add(store, "rest:a", turn("q", SlotSet("a", object())))
        assert fault_of(tracker)
        assert await store.retrieve("rest:a") is None

    asyncio.run(run())


# ---- Retention and Rasa's own start ----------------------------------------------


def test_conversations_nobody_touched_are_deleted_at_start(path: Path) -> None:
    async def run() -> None:
        store = ConversationStore(DOMAIN, address=path, retention_days=90)
        await add(store, "rest:old", turn("q"))
        await add(store, "rest:new", turn("q"))
        store.close()
        spoil(path, f"UPDATE conversations SET touched = {time.time() - 91 * DAY} WHERE id = 'rest:old'")
        kept = ConversationStore(DOMAIN, address=path, retention_days=0)
        assert await kept.open() == 0
        kept.close()
        store = ConversationStore(DOMAIN, address=path, retention_days=90)
        assert await store.open() == 1
        assert await store.keys() == ["rest:new"]
        assert len(rows(path)) == 1
        store.close()

    asyncio.run(run())


def test_only_the_owner_may_read_the_file(store: ConversationStore, path: Path) -> None:
    asyncio.run(store.open())
    assert path.stat().st_mode & 0o077 == 0


def test_rasa_makes_the_store_from_endpoints_yml(path: Path) -> None:
    config = EndpointConfig(type="bot.storage.store.ConversationStore", address=str(path))
    store = TrackerStore.create(config, DOMAIN)
    assert isinstance(store, ConversationStore)
    assert store.database.path == path
    assert check_if_tracker_store_async(store)


def test_events_are_stored_as_rasa_writes_them(store: ConversationStore, path: Path) -> None:
    asyncio.run(add(store, "rest:a", turn("q")))
    stored = json.loads(rows(path)[0][2])
    assert [event["event"] for event in stored] == ["user", "action", "bot", "action"]


def test_file_of_the_version_before_is_taken_over(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.executescript(
            """
            CREATE TABLE conversations (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
                last_turn INTEGER NOT NULL, touched REAL NOT NULL, state TEXT NOT NULL);
            CREATE TABLE turns (conversation INTEGER NOT NULL, turn INTEGER NOT NULL, events TEXT NOT NULL,
                PRIMARY KEY (conversation, turn));
            INSERT INTO conversations VALUES (1, 'web:1', 1, 1e12, '{"slots": {}, "paused": false,
                "followup_action": null, "active_loop": null}');
            PRAGMA user_version = 1;
            """
        )
        events = json.dumps([event.as_dict() for event in turn("when?")])
        connection.execute("INSERT INTO turns VALUES (1, 1, ?)", (events,))
    connection.close()

    async def run() -> list:
        store = ConversationStore(DOMAIN, address=path, retention_days=0)
        await add(store, "web:1", turn("who?"))
        turns = await store.history("web:1")
        store.close()
        return turns

    assert [stored.text for stored in asyncio.run(run())] == ["when?", "who?"]


@pytest.mark.parametrize(("refusal", "opens"), [("database is locked", True), ("unable to open database file", False)])
def test_file_that_another_process_makes_at_the_same_time_is_opened_all_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch, refusal: str, opens: bool
) -> None:
    refused = []
    connect = SqliteDatabase._connect

    def refuse_once(database: SqliteDatabase, **how: bool) -> sqlite3.Connection:
        if not (opens and refused):
            refused.append(database)
            raise sqlite3.OperationalError(refusal)
        return connect(database, **how)

    monkeypatch.setattr(SqliteDatabase, "_connect", refuse_once)
    database = SqliteDatabase(path)
    try:
        if opens:
            assert asyncio.run(database.turns.read("test:1", 1)) is None
        else:
            with pytest.raises(StoreError, match=refusal):
                asyncio.run(database.turns.read("test:1", 1))
    finally:
        database.close()
    assert len(refused) == (1 if opens else 2)  # the writer that makes it, and the reader; neither tries again
