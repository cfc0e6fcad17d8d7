"""The conversations' file as the file system sees it: whose it is, and whether it is still the same one.

Nothing here opens the file or its companions (-wal, -shm): to close any descriptor of a file drops all POSIX locks that
this process has on it, SQLite's own among them, and the next program to leave would take itself for the last and remove
the log that this one writes to (https://sqlite.org/howtocorrupt.html, 2.2). Looking and renaming by path need none.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bot.messages import database as texts

_OTHERS = 0o077

_umask_lock = threading.Lock()

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class FileIdentity:
    """Which file is meant by a name at a moment; that of a file in use goes to no other."""

    device: int
    inode: int


@dataclass(frozen=True)
class Opened:
    """The files that a connection was opened on."""

    database: FileIdentity | None
    log: FileIdentity | None


def companion(path: Path, ending: str) -> Path:
    """Return the file beside a database that SQLite keeps with it: `-wal`, its log, or `-shm`, the log's index.

    Where the path is a link, they stand beside the file that it leads to.
    """
    return Path(os.path.realpath(path) + ending)


def connect_privately(path: Path, wait: float) -> sqlite3.Connection:
    """Open the file, and make it where there is none, readable by its owner only.

    `wait` is how many seconds to wait for a file that is locked. SQLite gives its companions the rights of the file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    _make_private(path)
    with _private_files():
        return sqlite3.connect(path, timeout=wait, isolation_level=None)


def opened(path: Path) -> Opened:
    """Say which files stand under the names of a database now."""
    return Opened(_identity(path), _identity(companion(path, "-wal")))


def contents_seen(path: Path) -> tuple[object, ...]:
    """Return what changes when somebody repairs or replaces the file."""
    return tuple(_traits(file) for file in (path, companion(path, "-wal")))


def set_aside_log(path: Path, log: FileIdentity | None) -> None:
    """Take the log of a file that is gone away from the one in its place, with which SQLite would mix it.

    A log other than the one that was in use came with the new file, and stays.
    """
    kept = companion(path, "-wal")
    if log is None or _identity(kept) != log:
        return
    with suppress(OSError):
        kept.replace(companion(path, "-wal-before"))
        companion(path, "-shm").unlink(missing_ok=True)


def _identity(path: Path) -> FileIdentity | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return FileIdentity(found.st_dev, found.st_ino)


def _traits(path: Path) -> tuple[int, ...] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _make_private(path: Path) -> None:
    """Close to others what a copy or an earlier version left open to them."""
    for file in (path, *(companion(path, ending) for ending in ("-wal", "-shm"))):
        with suppress(OSError):  # none there, or another user's: SQLite will say what it can't use
            mode = os.stat(file).st_mode
            if mode & _OTHERS and not file.is_dir():
                os.chmod(file, mode & 0o700)
                logger.warning(texts.was_open(file))


@contextmanager
def _private_files() -> Iterator[None]:
    # The mask is the whole process's; two threads at once would leave it as the other had set it.
    with _umask_lock:
        before = os.umask(_OTHERS)
        try:
            yield
        finally:
            os.umask(before)
