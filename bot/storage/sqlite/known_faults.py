"""Whether the conversations' database can be used; what is wrong with it is logged once, not with each message."""

from __future__ import annotations

import logging
import sqlite3
import threading
from pathlib import Path

from bot.errors import DatabaseFault, NewerLayout
from bot.messages import database as texts
from bot.storage.sqlite.database_file import FileIdentity

logger = logging.getLogger(__name__)

# sqlite3 of Python 3.10 gives no error codes, only SQLite's texts, which it never translates.
_KINDS = {
    "locked": texts.LOCKED,
    "malformed": texts.DAMAGED,
    "not a database": texts.DAMAGED,
    "full": texts.FULL,
    "readonly": texts.READ_ONLY,
    "disk i/o error": texts.UNREACHABLE,
    "unable to open": texts.UNREACHABLE,
    "locking protocol": texts.UNREACHABLE,
}


def kind_of(error: BaseException) -> str | None:
    """Say what an error tells about the file: a kind from bot.messages.database.

    None where it is a matter of what was asked (a duplicate, an odd id), or of one table, not of the file.
    """
    if isinstance(error, NewerLayout):
        return texts.NEWER
    if isinstance(error, OSError):
        return texts.UNREACHABLE
    if type(error) not in (sqlite3.DatabaseError, sqlite3.OperationalError):
        return None
    text = str(error).lower()
    return next((kind for sign, kind in _KINDS.items() if sign in text), None)


class KnownFaults:
    """What is wrong with one file, as its connections find it; for several threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.damaged = False
        """Found damaged, and not checked to be whole since."""
        self.mended = 0
        """How many times a damaged file was found whole again; a connection from before must not be used."""
        self._faults: dict[object, tuple[str, bool]] = {}
        self._told: str | None = None
        self._gone: tuple[FileIdentity | None, ...] = ()
        self._lock = threading.Lock()

    def failed(self, connection: object, error: BaseException, kind: str, opening: bool) -> DatabaseFault:
        """Note what a connection met, in use or while it was `opening`; return the error to raise."""
        advice = texts.fault(self.path, kind, error)
        with self._lock:
            if kind == texts.DAMAGED:
                self.damaged = True
            else:
                self._faults[connection] = (kind, opening)
            if kind != self._told:
                self._told = kind
                logger.error(advice)
        return DatabaseFault(str(error), advice)

    def opened(self, connection: object) -> None:
        """Note that a connection could be opened."""
        if connection in self._faults and self._faults[connection][1]:
            self.worked(connection)

    def worked(self, connection: object) -> None:
        """Note that a connection did what it was asked to."""
        if self._told is None:
            return
        with self._lock:
            self._faults.pop(connection, None)
            self._tell_recovery()

    def whole(self) -> None:
        """Note that the file has passed a check."""
        with self._lock:
            self.damaged = False
            self.mended += 1
            self._tell_recovery()

    def moved(self, gone: FileIdentity | None, text: str) -> None:
        """Note that another file, or none, stands under a name now, which each connection finds out for itself."""
        with self._lock:
            if gone not in self._gone:
                self._gone = (*self._gone[-1:], gone)  # of the latest database and log
                logger.error(text)

    def _tell_recovery(self) -> None:
        if self._told is not None and not self.damaged and not self._faults:
            self._told = None
            logger.warning(texts.works_again(self.path))
