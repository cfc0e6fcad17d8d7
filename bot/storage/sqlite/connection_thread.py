"""One connection to the SQLite file, in a thread of its own.

This is the edge of the database: whatever SQLite or the file system raises leaves here as a StoreError.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from bot.errors import DatabaseFault, StoreError
from bot.messages import database as texts
from bot.storage.sqlite import database_file
from bot.storage.sqlite.known_faults import KnownFaults, kind_of

_CLASH_SECONDS = 2.0
"""How long to try to open a file that others open at the same time; less than a locked one is waited for."""

_FAULTS = (
    sqlite3.Error,
    OSError,
    StoreError,
    # What cannot be stored: half a surrogate pair, a number of more than 64 bits.
    ValueError,
    OverflowError,
)

T = TypeVar("T")


class ConnectionThread:
    """A connection opened at its first use, and again after a failed start or when the file is another one."""

    def __init__(
        self, path: Path, faults: KnownFaults, connect: Callable[[], sqlite3.Connection], writes: bool = False
    ) -> None:
        """Use what `connect` opens; one that `writes` keeps its hands off a damaged file."""
        self.path = path
        self._faults = faults
        self._connect = connect
        self._writes = writes
        self._connection: sqlite3.Connection | None = None
        self._opened = database_file.Opened(None, None)
        self._mended = 0
        self._found_damaged: tuple[object, ...] | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="conversations")

    @property
    def is_open(self) -> bool:
        """Whether the file is open, be it still the one in its place or not."""
        return self._connection is not None

    async def ready(self) -> None:
        """Open the connection unless it is open, and look whether it is on the file that is there now.

        StoreError where that fails.
        """
        await asyncio.get_running_loop().run_in_executor(self._thread, self._open)

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do the work in the thread, in one transaction.

        StoreError where it fails, DatabaseFault where the file is to blame for that.
        """
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._run, work)

    def close(self) -> None:
        """Finish what is under way and close the file."""
        self._thread.submit(self._close).result()

    def _run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        connection = self._open()
        try:
            # A writer that reads first must not find that somebody else has written meanwhile.
            with transaction(connection, "BEGIN IMMEDIATE" if self._writes else "BEGIN"):
                result = work(connection)
            if self._writes and database_file.opened(self.path).database != self._opened.database:
                raise DatabaseFault(texts.MOVED_MEANWHILE)  # what was written went with the old file
        except DatabaseFault:
            raise
        except _FAULTS as error:
            raise self._translated(error, opening=False) from error
        self._faults.worked(self)
        return result

    def _open(self) -> sqlite3.Connection:
        try:
            if self._connection is not None:
                self._look_whether_it_is_the_same()
            if self._writes and self._faults.damaged:
                self._look_whether_it_is_whole()
            elif self._connection is None:
                self._take(self._connect_patiently())
        except DatabaseFault:
            raise
        except _FAULTS as error:
            raise self._translated(error, opening=True) from error
        self._faults.opened(self)
        return self._connection

    def _translated(self, error: BaseException, opening: bool) -> StoreError:
        """Return an error as a StoreError; one that the file is to blame for is told once, and a DatabaseFault."""
        kind = kind_of(error)
        if kind is None:
            return error if isinstance(error, StoreError) else StoreError(str(error))
        if kind == texts.UNREACHABLE or (kind == texts.DAMAGED and not self._writes):
            self._close()  # so that what is mended or comes back is seen
        return self._faults.failed(self, error, kind, opening)

    def _look_whether_it_is_the_same(self) -> None:
        """Let go of a file that stands no longer under its name, or whose log was taken away."""
        now, then = database_file.opened(self.path), self._opened
        if now.database != then.database:
            told = texts.deleted(self.path) if now.database is None else texts.replaced(self.path)
            self._faults.moved(then.database, told)
            database_file.set_aside_log(self.path, then.log)  # before our hold on it ends: no other is its like
            self._close()  # SQLite sees too that the file is not in its place, and leaves the new one's log alone
        elif now.log != then.log:
            if now.log is None:
                # What was committed of late is in a log without a name; once in the database it is safe. The log
                # has to be empty in its index as well, which all connections of this process share.
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            told = texts.log_deleted(self.path) if now.log is None else texts.log_replaced(self.path)
            self._faults.moved(then.log, told)
            self._close()
        elif self._mended != self._faults.mended:
            self._close()

    def _look_whether_it_is_whole(self) -> None:
        """Write nothing to a file that was found damaged until it has passed a check, made when it has changed."""
        if database_file.contents_seen(self.path) == self._found_damaged:
            raise DatabaseFault(texts.DAMAGED)
        try:
            connection = self._connect_patiently()  # which checks it
        except sqlite3.Error as error:
            if kind_of(error) == texts.DAMAGED:
                self._found_damaged = database_file.contents_seen(self.path)
            raise
        self._close()
        self._faults.whole()
        self._take(connection)

    def _take(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._mended = self._faults.mended
        self._opened = database_file.opened(self.path)

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _connect_patiently(self) -> sqlite3.Connection:
        started = time.monotonic()
        while True:
            try:
                return self._connect()
            except sqlite3.OperationalError as error:
                # Of two processes that make the file at once, SQLite refuses one without letting it wait.
                if "locked" not in str(error) or time.monotonic() - started > _CLASH_SECONDS:
                    raise
                time.sleep(0.01)


@contextmanager
def transaction(connection: sqlite3.Connection, begin: str = "BEGIN") -> Iterator[None]:
    """Do all of the block or nothing, a failing COMMIT included."""
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite itself has ended it where the disk is full or fails
            connection.execute("ROLLBACK")
        raise
