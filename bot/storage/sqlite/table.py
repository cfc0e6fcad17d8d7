"""What the tables of the SQLite file have in common."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Runs(Protocol):
    """Runs work on the file: `SqliteDatabase`."""

    async def query(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do what only reads."""

    async def change(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do what writes, in one transaction."""


class Table:
    """A table, or some that belong together."""

    def __init__(self, database: Runs) -> None:
        self._database = database

    async def _row(self, statement: str, *values: object) -> tuple | None:
        """Return the first row that a SELECT finds, None for none."""
        return await self._database.query(lambda connection: connection.execute(statement, values).fetchone())

    async def _rows(self, statement: str, *values: object) -> list[tuple]:
        """Return all rows that a SELECT finds."""
        return await self._database.query(lambda connection: connection.execute(statement, values).fetchall())

    async def _write(self, statement: str, *values: object) -> int:
        """Run a statement that changes rows; return how many it changed."""
        return await self._database.change(lambda connection: connection.execute(statement, values).rowcount)
