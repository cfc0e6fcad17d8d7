"""An event that is delivered several times is handled once, by one task or process at a time."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import deliveries
from bot.deliveries import Deliveries
from bot.errors import DeliveryBusy
from bot.turns_database import TurnsDatabase


@pytest.fixture
def databases(tmp_path: Path) -> Iterator[list[TurnsDatabase]]:
    """Two processes' views of one file."""
    opened = [TurnsDatabase(tmp_path / "c.sqlite") for _ in range(2)]
    yield opened
    for database in opened:
        database.close()


def test_event_is_handled_once_however_often_it_comes(databases: list[TurnsDatabase]) -> None:
    handled: list[int] = []

    async def handle(database: TurnsDatabase) -> None:
        async with Deliveries(database).claim("tg:1") as delivery:
            if not delivery.done:
                handled.append(1)
                await asyncio.sleep(0.05)
                await delivery.finish()

    async def redeliver() -> None:
        await asyncio.gather(*(handle(databases[number % 2]) for number in range(5)))
        await handle(databases[0])

    asyncio.run(redeliver())
    assert handled == [1]


def test_redelivery_goes_on_where_a_failed_one_stopped(databases: list[TurnsDatabase]) -> None:
    async def run() -> tuple[int, bool]:
        with contextlib.suppress(ConnectionError):
            async with Deliveries(databases[0]).claim("tg:1") as delivery:
                await delivery.mark_sent(2)
                raise ConnectionError
        async with Deliveries(databases[1]).claim("tg:1") as delivery:
            return delivery.sent, delivery.done

    assert asyncio.run(run()) == (2, False)


def test_event_of_a_process_that_died_is_taken_over(
    databases: list[TurnsDatabase], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "LEASE", 0.4)

    async def run() -> float:
        await Deliveries(databases[0])._take("tg:1", 1.0)  # and no word of it again
        started = time.monotonic()
        async with Deliveries(databases[1]).claim("tg:1"):
            return time.monotonic() - started

    assert 0.2 < asyncio.run(run()) < 2


def test_event_under_way_elsewhere_is_refused_after_a_while(
    databases: list[TurnsDatabase], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "LEASE", 0.3)

    async def run() -> None:
        async with Deliveries(databases[0]).claim("tg:1"):
            with pytest.raises(DeliveryBusy):  # the lease is renewed meanwhile
                async with Deliveries(databases[1]).claim("tg:1", wait=0.6):
                    pass

    asyncio.run(run())


def test_old_events_are_forgotten(databases: list[TurnsDatabase], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deliveries, "KEPT", -1.0)

    async def run() -> bool:
        async with Deliveries(databases[0]).claim("tg:1") as delivery:
            await delivery.finish()
        async with Deliveries(databases[0]).claim("tg:2"):
            pass
        async with Deliveries(databases[1]).claim("tg:1") as delivery:  # another one's first claim tidies up
            return delivery.done

    assert asyncio.run(run()) is False
