"""A database that is damaged, full, locked, deleted or replaced: told once, nothing made worse, and on it goes."""

from __future__ import annotations

import asyncio
import logging
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import DatabaseFault
from bot.messages import database as texts
from bot.storage.sqlite import database as sqlite_database
from bot.storage.sqlite import database_file
from bot.storage.sqlite.database import SqliteDatabase
from bot.storage.sqlite.database_file import companion
from bot.storage.sqlite.known_faults import kind_of
from bot.storage.sqlite.schema import SCHEMA_VERSION

TURNS = 300
"""Turns that fill some dozen pages of the file."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "conversations.sqlite"


@pytest.fixture
def database(path: Path) -> Iterator[SqliteDatabase]:
    database = SqliteDatabase(path)
    yield database
    database.close()


async def add(database: SqliteDatabase, name: str, number: int = 1) -> None:
    """Add a conversation's turn of a number."""
    await database.turns.append(name, number - 1, f"[{number}]" + " " * 300, "{}")


async def last(database: SqliteDatabase, name: str) -> int | None:
    """Return the number of a conversation's last turn."""
    found = await database.turns.read(name, 1)
    return found and found.last_turn


async def refused(database: SqliteDatabase, times: int = 3) -> None:
    """See that nothing can be stored."""
    for number in range(times):
        with pytest.raises(DatabaseFault):
            await add(database, f"refused:{number}")


def fill(path: Path, turns: int = TURNS) -> None:
    """Make a database with one conversation."""

    async def run() -> None:
        database = SqliteDatabase(path)
        for number in range(1, turns + 1):
            await add(database, "old", number)
        database.close()

    asyncio.run(run())


def spoil(path: Path, page: int) -> None:
    """Overwrite a page of a file that this process does not have open with what is none."""
    content = bytearray(path.read_bytes())
    content[page * 4096 : (page + 1) * 4096] = b"\xa5" * 4096
    path.write_bytes(content)


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what operators were told."""
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


def test_file_that_is_no_database_is_told_once_and_another_in_its_place_used(
    database: SqliteDatabase, path: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path.write_bytes(b"this is no database" * 1000)
    path.chmod(0o600)
    good = tmp_path / "backup.sqlite"
    fill(good, 3)
    caplog.clear()

    async def run() -> None:
        for _ in range(5):
            with pytest.raises(DatabaseFault):
                await database.open()
            with pytest.raises(DatabaseFault):
                await database.turns.read("old", 1)
        await refused(database)
        assert path.read_bytes() == b"this is no database" * 1000
        good.rename(path)
        assert await last(database, "old") == 3
        await add(database, "old", 4)
        assert await last(database, "old") == 4

    asyncio.run(run())
    assert told(caplog) == [texts.fault(path, texts.DAMAGED, "file is not a database"), texts.works_again(path)]


def test_damage_found_in_use_is_told_once_and_nothing_is_written_until_it_is_mended(
    path: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    fill(path)
    backup = tmp_path / "backup.sqlite"
    shutil.copyfile(path, backup)
    spoil(path, path.read_bytes().index(b"[5] ") // 4096)
    caplog.clear()
    database = SqliteDatabase(path)

    async def run() -> None:
        await add(database, "new")  # what is damaged has not been touched yet
        for _ in range(3):
            with pytest.raises(DatabaseFault):
                await database.turns.read("old", None)
        await refused(database)
        assert await last(database, "new") == 1  # what can be read is read
        with pytest.raises(DatabaseFault):
            await database.open()
        backup.rename(path)
        assert await last(database, "old") == TURNS
        await add(database, "old", TURNS + 1)

    asyncio.run(run())
    database.close()
    damage, moved, *rest = (text for text in told(caplog) if "could be read by others" not in text)
    assert damage == texts.fault(path, texts.DAMAGED, "database disk image is malformed")
    assert moved == texts.replaced(path)
    assert rest == [texts.works_again(path)]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT id, last_turn FROM conversations").fetchall() == [("old", TURNS + 1)]


def test_file_repaired_in_its_place_is_used_again(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    fill(path)
    whole = path.read_bytes()
    spoil(path, 0)
    database = SqliteDatabase(path)

    async def run() -> None:
        with pytest.raises(DatabaseFault):
            await database.open()
        with pytest.raises(DatabaseFault):
            await database.turns.read("old", 1)
        path.write_bytes(whole)
        assert await last(database, "old") == TURNS
        await add(database, "old", TURNS + 1)

    asyncio.run(run())
    database.close()
    assert [text for text in told(caplog) if "works" in text or "again" in text][-1] == texts.works_again(path)


@pytest.mark.parametrize("with_log", [False, True])
def test_deleted_file_is_told_once_and_begun_anew(
    database: SqliteDatabase, path: Path, caplog: pytest.LogCaptureFixture, with_log: bool
) -> None:
    async def run() -> None:
        await add(database, "old")
        for ending in ("", "-wal", "-shm") if with_log else ("",):
            companion(path, ending).unlink()
        assert await last(database, "old") is None
        await add(database, "new")
        await add(database, "new", 2)
        assert await last(database, "new") == 2

    asyncio.run(run())
    assert told(caplog) == [texts.deleted(path)]
    database.close()
    assert path.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT id, last_turn FROM conversations").fetchall() == [("new", 2)]


def test_backup_in_the_place_of_a_file_in_use_is_not_mixed_with_its_log(
    database: SqliteDatabase, path: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    backup = tmp_path / "backup.sqlite"
    fill(backup, 2)
    caplog.clear()

    async def run() -> None:
        for number in range(1, 50):
            await add(database, "lost", number)
        assert companion(path, "-wal").stat().st_size
        backup.rename(path)
        assert await last(database, "lost") is None
        assert await last(database, "old") == 2
        await add(database, "old", 3)
        assert await last(database, "old") == 3

    asyncio.run(run())
    assert told(caplog) == [texts.replaced(path)]
    database.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT id, last_turn FROM conversations").fetchall() == [("old", 3)]


def test_turn_written_while_the_file_goes_is_not_taken_for_stored(
    database: SqliteDatabase, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def go(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM conversations")
        path.rename(path.with_name("elsewhere"))

    async def run() -> None:
        await add(database, "old")
        with pytest.raises(DatabaseFault):
            await database.change(go)

    asyncio.run(run())


def test_log_deleted_by_another_program_loses_nothing(
    database: SqliteDatabase, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def run() -> None:
        for number in range(1, 20):
            await add(database, "old", number)
        companion(path, "-wal").unlink()
        assert await last(database, "old") == 19
        for number in range(20, 30):
            await add(database, "old", number)
        assert await last(database, "old") == 29

    asyncio.run(run())
    assert told(caplog) == [texts.log_deleted(path)]
    # As after a kill: what is in the file and its log now is all there is.
    copy = path.with_name("copy.sqlite")
    for ending in ("", "-wal"):
        shutil.copyfile(companion(path, ending), companion(copy, ending))
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM turns").fetchone() == (29,)


def test_link_to_the_file_is_followed(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    target = path.with_name("elsewhere") / "kept.sqlite"
    fill(target, 2)
    path.symlink_to(target)
    database = SqliteDatabase(path)

    async def run() -> None:
        await add(database, "old", 3)
        assert companion(path, "-wal") == target.with_name("kept.sqlite-wal")
        assert companion(path, "-wal").stat().st_size
        companion(path, "-wal").unlink()
        assert await last(database, "old") == 3

    asyncio.run(run())
    database.close()
    assert told(caplog) == [texts.log_deleted(path)]


def test_full_disk_is_told_once_and_leaves_no_transaction_open(
    database: SqliteDatabase, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def room(pages: int) -> None:
        await database._writer.run(lambda connection: connection.execute(f"PRAGMA max_page_count = {pages}").fetchone())

    async def run() -> None:
        await add(database, "old")
        await room(1)  # SQLite takes the number of pages that there are
        for number in range(3):
            with pytest.raises(DatabaseFault):
                await database.turns.append(f"big:{number}", 0, "x" * 100_000, "{}")
            assert await last(database, "old") == 1
        assert (await database.turns.read("big:0", 1)) is None
        assert told(caplog) == [texts.fault(path, texts.FULL, "database or disk is full")]
        await room(100_000)
        await database.turns.append("big", 0, "x" * 100_000, "{}")

    asyncio.run(run())
    assert told(caplog)[1:] == [texts.works_again(path)]


def test_locked_file_is_told_once(
    database: SqliteDatabase, path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sqlite_database, "BUSY_SECONDS", 0.05)

    async def run() -> None:
        await add(database, "old")
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await refused(database)
            assert await last(database, "old") == 1
            await refused(database)
            other.execute("ROLLBACK")
        await add(database, "old", 2)

    asyncio.run(run())
    assert told(caplog) == [texts.fault(path, texts.LOCKED, "database is locked"), texts.works_again(path)]


def test_file_of_a_newer_program_is_left_alone(
    database: SqliteDatabase, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    path.chmod(0o600)
    before = path.read_bytes()
    for _ in range(3):
        asyncio.run(refused(database))
    newer = texts.newer_layout(SCHEMA_VERSION + 1, SCHEMA_VERSION)
    assert told(caplog) == [texts.fault(path, texts.NEWER, newer)]
    assert b"conversations" not in before + path.read_bytes()


def test_folder_that_cannot_be_made_is_told_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("in the way")
    database = SqliteDatabase(tmp_path / "file" / "conversations.sqlite")
    asyncio.run(refused(database))
    (tmp_path / "file").unlink()
    asyncio.run(add(database, "old"))
    database.close()
    first, second = told(caplog)
    assert "cannot be opened or read" in first
    assert second == texts.works_again(database.path)


def test_fault_of_what_was_asked_is_not_the_files() -> None:
    assert kind_of(sqlite3.IntegrityError("UNIQUE constraint failed")) is None
    assert kind_of(sqlite3.DataError("string or blob too big")) is None
    assert kind_of(sqlite3.OperationalError("interrupted")) is None
    assert kind_of(UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed")) is None


def test_file_is_never_open_to_others_not_even_for_a_moment(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    connect = sqlite3.connect

    def look(*given: object, **named: object) -> sqlite3.Connection:
        connection = connect(*given, **named)
        seen.append(path.stat().st_mode & 0o777)
        return connection

    monkeypatch.setattr(database_file.sqlite3, "connect", look)
    database = SqliteDatabase(path)
    asyncio.run(add(database, "old"))
    modes = {companion(path, ending).stat().st_mode & 0o777 for ending in ("", "-wal", "-shm")}
    database.close()
    assert {*seen, *modes} == {0o600}


def test_file_that_others_could_read_is_closed_to_them(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    fill(path, 1)
    path.chmod(0o644)
    fill(path.with_name("other.sqlite"), 1)
    database = SqliteDatabase(path)
    assert asyncio.run(last(database, "old")) == 1
    database.close()
    assert path.stat().st_mode & 0o777 == 0o600
    assert told(caplog) == [texts.was_open(path)]
