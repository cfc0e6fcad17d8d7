"""What the bot asks of a database, and whether the one that we have does all of it."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import get_type_hints

import pytest

from bot.errors import DatabaseFault, StartError, StoreError
from bot.storage import database as asked
from bot.storage.database import ConversationDatabase, open_database
from bot.storage.sqlite.database import SqliteDatabase
from bot.storage.store import ConversationStore


@pytest.fixture
def database(tmp_path: Path) -> Iterator[ConversationDatabase]:
    database = open_database(tmp_path / "conversations.sqlite")
    yield database
    database.close()


def methods(protocol: type) -> dict[str, inspect.Signature]:
    """Return the methods that a protocol asks for."""
    found = inspect.getmembers(protocol, inspect.isfunction)
    return {name: inspect.signature(method) for name, method in found if not name.startswith("_")}


TABLES = {name: kind for name, kind in get_type_hints(ConversationDatabase).items() if kind is not str}


@pytest.mark.parametrize("table", TABLES)
def test_each_table_has_the_methods_that_are_asked_for(database: ConversationDatabase, table: str) -> None:
    wanted = methods(TABLES[table])
    assert wanted
    kept = type(getattr(database, table))
    assert {name: inspect.signature(getattr(kept, name)) for name in wanted} == wanted
    assert all(inspect.iscoroutinefunction(getattr(kept, name)) for name in wanted)


def test_database_itself_has_the_methods_that_are_asked_for() -> None:
    wanted = methods(ConversationDatabase)
    assert {name: inspect.signature(getattr(SqliteDatabase, name)) for name in wanted} == wanted


def test_what_is_asked_of_a_database_knows_nothing_of_sqlite() -> None:
    assert not hasattr(asked, "sqlite3")
    assert not any("sqlite" in name for kind in TABLES.values() for name in methods(kind))


@pytest.mark.parametrize("bad", ["half a pair: \ud800", 2**70])
def test_what_cannot_be_stored_is_a_fault_of_the_turn_and_not_of_the_database(
    database: ConversationDatabase, bad: object
) -> None:
    async def run() -> None:
        with pytest.raises(StoreError) as caught:
            await database.ended.add(bad, 0.0, 0.0)
        assert not isinstance(caught.value, DatabaseFault)
        await database.ended.add("fine", 0.0, 0.0)
        assert await database.ended.has("fine")

    asyncio.run(run())


def test_second_answer_to_a_message_is_a_store_error(database: ConversationDatabase) -> None:
    async def run() -> None:
        assert await database.turns.append("web:1", 0, "[]", "{}", "m1") == 1
        for last_turn in (0, 1):  # another process has begun the conversation; the message is answered already
            with pytest.raises(StoreError) as caught:
                await database.turns.append("web:1", last_turn, "[]", "{}", "m1")
            assert not isinstance(caught.value, DatabaseFault)
        assert [number for number, _ in await database.turns.last("web:1", 5)] == [1]

    asyncio.run(run())


def test_address_reaches_the_database_of_its_scheme_as_it_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    address, opened = "postgresql://bot:secret@db.example//talk?sslmode=require", []

    def open_other(address: str, retention_days: int) -> SimpleNamespace:
        opened.append((address, retention_days))
        return SimpleNamespace(claims=None, waiting=None, opinions=None, turns=None, ended=None, close=lambda: None)

    monkeypatch.setitem(asked.BACKENDS, "postgresql", open_other)
    monkeypatch.setenv("DATABASE", address)
    ConversationStore(retention_days=7)
    ConversationStore(address=address.upper(), retention_days=8)
    assert opened == [(address, 7), (address.upper(), 8)]


def test_address_that_no_database_has_is_refused_by_its_scheme_alone() -> None:
    with pytest.raises(StartError) as caught:
        open_database("mysql://bot:secret@db.example/talk")
    assert "DATABASE: no database of this program has addresses that begin with mysql://" in str(caught.value)
    assert "the path of a file" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_file_exists_from_the_first_use_on(tmp_path: Path) -> None:
    database = open_database(tmp_path / "a: b" / "c.sqlite")
    assert not database.exists()
    asyncio.run(database.open())
    assert database.exists()
    database.close()


def test_database_that_cannot_be_used_is_a_database_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    database = open_database(tmp_path / "file" / "conversations.sqlite")
    with pytest.raises(DatabaseFault):
        asyncio.run(database.turns.ids())
    database.close()
