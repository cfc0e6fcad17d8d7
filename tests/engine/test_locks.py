"""Messages of one conversation wait in order, are woken at once, and not too many wait."""

from __future__ import annotations

import asyncio

import pytest

from bot.engine.locks import ConversationLocks
from bot.errors import QueueFullError
from tests.support.waiting import pass_on


def test_waiters_are_served_in_order() -> None:
    async def run() -> list[int]:
        locks, served = ConversationLocks(max_waiting=50), []

        async def turn(number: int) -> None:
            async with locks.lock("a"):
                await asyncio.sleep(0)
                served.append(number)

        await asyncio.gather(*map(turn, range(50)))
        assert len(locks) == 0
        return served

    assert asyncio.run(run()) == list(range(50))


def test_only_one_turn_of_a_conversation_runs() -> None:
    async def run() -> int:
        locks, running, most = ConversationLocks(max_waiting=50), 0, 0

        async def turn() -> None:
            nonlocal running, most
            async with locks.lock("a"):
                running += 1
                most = max(most, running)
                await asyncio.sleep(0)
                running -= 1

        await asyncio.gather(*(turn() for _ in range(50)))
        return most

    assert asyncio.run(run()) == 1


def test_whoever_waits_is_woken_at_once() -> None:
    """Rasa's own looks once a second whose turn it is: a burst of ten takes it ten seconds."""

    async def run() -> list[int]:
        locks, served = ConversationLocks(), []

        async def turn(number: int) -> None:
            async with locks.lock("a"):
                served.append(number)

        async with locks.lock("a"):
            turns = [asyncio.create_task(turn(number)) for number in range(10)]
            await pass_on()
            assert served == []
        await pass_on()  # without any timer
        assert all(turn.done() for turn in turns)
        return served

    assert asyncio.run(run()) == list(range(10))


def test_conversations_do_not_wait_for_each_other() -> None:
    async def run() -> None:
        locks = ConversationLocks()
        async with locks.lock("a"), locks.lock("b"):
            assert len(locks) == 2

    asyncio.run(run())


def test_queue_is_bounded_and_recovers() -> None:
    async def run() -> None:
        locks = ConversationLocks(max_waiting=3)
        release = asyncio.Event()

        async def turn() -> None:
            async with locks.lock("a"):
                await release.wait()

        turns = [asyncio.create_task(turn()) for _ in range(4)]  # one runs, three wait
        await asyncio.sleep(0)
        with pytest.raises(QueueFullError):
            async with locks.lock("a"):
                pass
        async with locks.lock("b"):
            pass
        release.set()
        await asyncio.gather(*turns)
        async with locks.lock("a"):
            pass
        assert len(locks) == 0

    asyncio.run(run())


def test_all_queues_together_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.engine.locks.MAX_IN_ALL", 2)

    async def run() -> None:
        locks = ConversationLocks()
        async with locks.lock("a"), locks.lock("b"):
            with pytest.raises(QueueFullError):
                async with locks.lock("c"):
                    pass
        async with locks.lock("c"):
            pass

    asyncio.run(run())


def test_waiter_that_gives_up_leaves_nothing_behind() -> None:
    async def run() -> None:
        locks = ConversationLocks()

        async def turn() -> None:
            async with locks.lock("a"):
                pass

        async with locks.lock("a"):
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(turn(), 0.01)
        await turn()
        assert len(locks) == 0

    asyncio.run(run())


def test_turn_that_fails_lets_the_next_one_in() -> None:
    async def run() -> None:
        locks = ConversationLocks()
        with pytest.raises(ZeroDivisionError):
            async with locks.lock("a"):
                raise ZeroDivisionError
        async with locks.lock("a"):
            pass

    asyncio.run(run())


def test_memory_is_freed() -> None:
    async def run() -> None:
        locks = ConversationLocks()
        for number in range(10_000):
            async with locks.lock(f"c{number}"):
                pass
        assert len(locks) == 0

    asyncio.run(run())
