"""An event that is delivered several times is handled once, by one task or process at a time."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.errors import DeliveryBusy
from bot.storage import deliveries
from bot.storage.deliveries import Deliveries
from bot.storage.sqlite.database import SqliteDatabase
from tests.support.clock import Clock
from tests.support.waiting import until


@pytest.fixture
def databases(tmp_path: Path) -> Iterator[list[SqliteDatabase]]:
    """Two processes' views of one file."""
    opened = [SqliteDatabase(tmp_path / "c.sqlite") for _ in range(2)]
    yield opened
    for database in opened:
        database.close()


def test_event_is_handled_once_however_often_it_comes(databases: list[SqliteDatabase]) -> None:
    handled: list[int] = []

    async def handle(database: SqliteDatabase, clock: Clock, others_wait: asyncio.Event) -> None:
        async with Deliveries(database, clock).claim("tg:1") as delivery:
            if not delivery.done:
                handled.append(1)
                await others_wait.wait()
                await delivery.finish()

    async def redeliver() -> None:
        clock, others_wait = Clock(), asyncio.Event()
        five = asyncio.gather(*(handle(databases[number % 2], clock, others_wait) for number in range(5)))
        await until(lambda: clock.sleeping == 5)  # the renewal of the one, and four who wait
        others_wait.set()
        while not five.done():
            clock.move(0.2)
            await until(lambda: clock.sleeping or five.done())
        await five
        await handle(databases[0], clock, others_wait)

    asyncio.run(redeliver())
    assert handled == [1]


def test_redelivery_goes_on_where_a_failed_one_stopped(databases: list[SqliteDatabase]) -> None:
    async def run() -> tuple[int, bool]:
        with contextlib.suppress(ConnectionError):
            async with Deliveries(databases[0]).claim("tg:1") as delivery:
                await delivery.mark_sent(2)
                raise ConnectionError
        async with Deliveries(databases[1]).claim("tg:1") as delivery:
            return delivery.sent, delivery.done

    assert asyncio.run(run()) == (2, False)


def leased_until(database: SqliteDatabase) -> float:
    connection = sqlite3.connect(database.path)
    try:
        return connection.execute("SELECT leased_until FROM deliveries").fetchone()[0]
    finally:
        connection.close()


def test_event_of_a_process_that_died_is_taken_over(databases: list[SqliteDatabase]) -> None:
    clock = Clock()

    async def claim() -> float:
        async with Deliveries(databases[1], clock).claim("tg:1"):
            return clock.now

    async def run() -> float:
        await Deliveries(databases[0], clock)._take("tg:1", 1.0)  # and no word of it again
        waiting = asyncio.create_task(claim())
        while not waiting.done():
            clock.move(0.5)
            await until(lambda: clock.sleeping or waiting.done())
        return await waiting - clock.START

    assert deliveries.LEASE < asyncio.run(run()) <= deliveries.LEASE + 1.0


def test_event_under_way_elsewhere_is_refused_after_a_while(databases: list[SqliteDatabase]) -> None:
    clock = Clock()

    async def claim() -> None:
        async with Deliveries(databases[1], clock).claim("tg:1", wait=3 * deliveries.LEASE):
            pass

    async def run() -> float:
        async with Deliveries(databases[0], clock).claim("tg:1"):
            waiting = asyncio.create_task(claim())
            await until(lambda: clock.sleeping == 2)
            while not waiting.done():
                clock.move(deliveries.LEASE / 3 + 0.01)
                # The lease is renewed meanwhile.
                await until(lambda: leased_until(databases[0]) == clock.now + deliveries.LEASE)
                await until(lambda: clock.sleeping == 2 or waiting.done())
            with pytest.raises(DeliveryBusy):
                await waiting
        return clock.now - clock.START

    assert 3 * deliveries.LEASE < asyncio.run(run()) < 4 * deliveries.LEASE


def test_old_events_are_forgotten(databases: list[SqliteDatabase], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deliveries, "KEPT", -1.0)

    async def run() -> bool:
        async with Deliveries(databases[0]).claim("tg:1") as delivery:
            await delivery.finish()
        async with Deliveries(databases[0]).claim("tg:2"):
            pass
        async with Deliveries(databases[1]).claim("tg:1") as delivery:  # another one's first claim tidies up
            return delivery.done

    assert asyncio.run(run()) is False
