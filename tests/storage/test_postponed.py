"""What waits for its answer until its place takes something again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from bot.errors import Paused, PutOff, StoreError
from bot.storage import deliveries
from bot.storage.deliveries import Deliveries
from bot.storage.postponed import ROUNDS, Kept, Postponed, Resuming
from bot.storage.sqlite.database import SqliteDatabase
from tests.support.clock import Clock
from tests.support.waiting import pass_on, until

PLACE, OTHER = "telegram:1:42", "telegram:1:43"


@pytest.fixture
def databases(tmp_path: Path) -> Iterator[list[SqliteDatabase]]:
    """Two processes' views of one file."""
    opened = [SqliteDatabase(tmp_path / "c.sqlite") for _ in range(2)]
    yield opened
    for database in opened:
        database.close()


def test_place_is_left_alone_for_as_long_as_was_asked_for_last(databases: list[SqliteDatabase]) -> None:
    async def run() -> list[float]:
        first, second = (Postponed(database) for database in databases)
        before = await second.seconds(PLACE)
        await first.pause(PLACE, 7200)
        await first.pause(PLACE, 60)  # of two that are told different times the longer holds
        return [before, await second.seconds(PLACE), await second.seconds(OTHER)]

    before, left, other = asyncio.run(run())
    assert before == other == 0
    assert 3600 < left <= 7200


def test_only_what_must_wait_is_kept(databases: list[SqliteDatabase]) -> None:
    async def run() -> list[bool]:
        postponed = Postponed(databases[0])
        await postponed.pause(PLACE, 3600)
        kept = [
            await postponed.keep_behind(PLACE, "1", {}, 60, 20),
            await postponed.keep_behind(PLACE, "2", {}, 7200, 20),  # not for the pause, but for what waits already
            await postponed.keep_behind(OTHER, "3", {}, 60, 20),
        ]
        await postponed.pause(OTHER, 3600)
        return [*kept, await postponed.keep_behind(OTHER, "4", {}, 7200, 20)]

    assert asyncio.run(run()) == [True, True, False, False]


def test_what_waits_is_kept_once_in_order_and_not_without_end(databases: list[SqliteDatabase]) -> None:
    async def run() -> list[Kept]:
        first, second = (Postponed(database) for database in databases)
        await first.keep(PLACE, "0", {"text": "\ud800 é"})
        for event in "112345":
            assert await second.keep_behind(PLACE, event, event, 60, 3)
        found = []
        while kept := await first.first(PLACE):
            found.append(kept)
            await second.drop(kept)
        return found

    found = asyncio.run(run())
    assert [(kept.event, kept.too_many) for kept in found] == [("0", False), ("1", False), ("2", False), ("3", True)]
    assert found[0].payload == {"text": "\ud800 é"}


def test_how_far_an_answer_was_sent_is_known_as_long_as_it_waits(
    databases: list[SqliteDatabase], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "_PURGE_EVERY", 2)
    monkeypatch.setattr(deliveries, "KEPT", -1.0)

    async def run() -> list[int]:
        log, postponed = Deliveries(databases[0]), Postponed(databases[0])
        for event in ("waits", "forgotten"):
            async with log.claim(event) as delivery:
                await delivery.mark_sent(2)
        await postponed.keep(PLACE, "waits", {})
        sent = []
        for event in ("another", "waits", "forgotten"):
            async with log.claim(event) as delivery:
                sent.append(delivery.sent)
        return sent

    assert asyncio.run(run()) == [0, 2, 0]


def resume_all(
    database: SqliteDatabase,
    answer: object,
    done: int,
    clock: Clock | None = None,
    meanwhile: Callable[[list[str]], Awaitable[None]] | None = None,
) -> list[str]:
    """Keep a, b and c (of another place) and have them answered until `done` were; return what was attempted.

    `meanwhile` goes on beside that, told what has been attempted so far.
    """
    attempted: list[str] = []

    async def run() -> None:
        postponed = Postponed(database, clock)
        for event, place in (("a", PLACE), ("b", PLACE), ("c", OTHER)):
            await postponed.keep(place, event, {})

        async def resume(kept: Kept) -> None:
            attempted.append(kept.event)
            await answer(kept, postponed)

        task = asyncio.create_task(Resuming(postponed, Deliveries(database), "telegram:1:", resume, 0.01).run())
        if meanwhile:
            await meanwhile(attempted)
        await until(lambda: len(attempted) >= done)
        while await postponed.places("telegram:1:"):
            await pass_on()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(run())
    return attempted


def test_what_can_not_be_answered_yet_is_tried_again_before_what_comes_after_it(
    databases: list[SqliteDatabase],
) -> None:
    failures = [PutOff("later"), StoreError("database is locked"), ConnectionResetError(), None, None]

    async def answer(kept: Kept, postponed: Postponed) -> None:
        error = failures.pop(0) if kept.place == PLACE else None
        if error:
            raise error

    attempted = resume_all(databases[0], answer, 6)
    assert [event for event in attempted if event != "c"] == ["a", "a", "a", "a", "b"]
    assert attempted.count("c") == 1


def test_place_that_is_to_be_left_alone_again_is_left_alone(
    databases: list[SqliteDatabase], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, looks, places = Clock(), [], Postponed.places

    async def look(postponed: Postponed, prefix: str) -> dict[str, float]:
        looks.append(prefix)
        return await places(postponed, prefix)

    async def answer(kept: Kept, postponed: Postponed) -> None:
        if kept.event == "a" and clock.time() == Clock.START:
            await postponed.pause(PLACE, 60)
            raise Paused("later", 60)

    async def meanwhile(attempted: list[str]) -> None:
        await until(lambda: sorted(attempted) == ["a", "c"])
        clock.move(59)
        seen = len(looks)
        await until(lambda: len(looks) > seen + 3)
        assert sorted(attempted) == ["a", "c"]
        clock.move(2)

    monkeypatch.setattr(Postponed, "places", look)
    assert resume_all(databases[0], answer, 4, clock, meanwhile)[2:] == ["a", "b"]


def test_fault_of_ours_does_not_hold_up_a_place_for_ever(
    databases: list[SqliteDatabase], caplog: pytest.LogCaptureFixture
) -> None:
    async def answer(kept: Kept, postponed: Postponed) -> None:
        if kept.event == "a":
            raise TypeError(kept.event)

    attempted = resume_all(databases[0], answer, ROUNDS + 2)
    assert [event for event in attempted if event != "c"] == ["a"] * ROUNDS + ["b"]
    assert sum("given up" in message for message in caplog.messages) == 1


def test_two_processes_answer_each_thing_once(databases: list[SqliteDatabase]) -> None:
    answered: list[str] = []

    async def run() -> None:
        for number in range(20):
            await Postponed(databases[0]).keep(PLACE, f"{number}", {})

        async def resume(kept: Kept) -> None:
            answered.append(kept.event)
            await pass_on()

        tasks = [
            asyncio.create_task(Resuming(Postponed(database), Deliveries(database), "telegram:", resume, 0.01).run())
            for database in databases
        ]
        while await Postponed(databases[0]).places("telegram:"):
            await pass_on()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(run())
    assert answered == [str(number) for number in range(20)]
