"""Whether an answer takes longer in a long conversation, beside many conversations, or with many facts.

    .venv/bin/python -m bench.sizes RESULT

Two sizes are measured in turn, message by message, so that whatever else the machine does meets both alike.
"""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

from bot.engine.agent import BotAgent, ask, load_agent  # isort: skip  (before all else that imports Rasa)
from bench.growth import grown
from bot import paths
from bot.dialogue.conversation import answer_message
from bot.dialogue.dependence import depends
from bot.dialogue.memory import Memory
from bot.facts.base import FactBase
from bot.facts.loader import load
from bot.logs import set_up_logs
from bot.questions.linker import Linker
from bot.questions.model.question_model import FOLLOWS
from bot.questions.question import Question
from bot.questions.reader import load_reader
from bot.questions.training_data import blocks
from bot.settings import read_settings
from bot.storage.store import ConversationStore

LONG = 500
"""Turns of a long conversation."""
MANY = 100_000
"""Conversations beside the one that is measured."""
TIMES = (1, 10, 100)
"""How many times the facts."""
SAMPLES = 200


async def lengths(agent: BotAgent, questions: Iterator[str]) -> dict[str, float]:
    """Return milliseconds a message at the beginning of conversations, and at turn 500 of one."""
    for _ in range(LONG - SAMPLES // 2):
        await ask(agent, "rest:long", next(questions), "rest")
    fresh = (f"rest:fresh{number}" for number in range(10**6))
    return await _in_turn(
        {
            "1": lambda: ask(agent, next(fresh), next(questions), "rest"),
            str(LONG): lambda: ask(agent, "rest:long", next(questions), "rest"),
        }
    )


async def crowds(agent: BotAgent, questions: Iterator[str], folder: Path) -> dict[str, float]:
    """Return milliseconds a message with an empty store, and with one that holds 100,000 conversations."""
    stores = {}
    for number in (0, MANY):
        store = ConversationStore(agent.domain, address=folder / f"{number}.sqlite")
        await store.open()
        stores[str(number)] = store
        if number:
            agent.processor.tracker_store = store
            for _ in range(5):
                await ask(agent, "rest:model", next(questions), "rest")
            await asyncio.to_thread(fill, folder / f"{number}.sqlite", number)
    senders = (f"rest:crowd{number // 10}" for number in range(10**6))

    def with_store(store: ConversationStore) -> Callable[[], Awaitable[object]]:
        def one() -> Awaitable[object]:
            agent.processor.tracker_store = store
            return ask(agent, next(senders), next(questions), "rest")

        return one

    found = await _in_turn({name: with_store(store) for name, store in stores.items()})
    for store in stores.values():
        store.close()
    return found


def fill(path: Path, number: int) -> None:
    """Copy the conversation that a store holds, with its turns, so many times."""
    with sqlite3.connect(path) as connection:
        (last,) = connection.execute("SELECT max(number) FROM conversations").fetchone()
        columns = [row[1] for row in connection.execute("PRAGMA table_info(turns)") if row[1] != "conversation"]
        names = ", ".join(columns)
        connection.execute(
            f"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {number}) "
            "INSERT INTO conversations (number, id, last_turn, touched, state) "
            "SELECT ? + i, 'rest:copy' || i, last_turn, touched, state FROM n, conversations WHERE number = ?",
            (last, last),
        )
        connection.execute(
            f"INSERT INTO turns (conversation, {names}) SELECT c.number, {names} FROM conversations c, turns t "
            "WHERE t.conversation = ? AND c.number > ?",
            (last, last),
        )
    connection.close()


def facts(questions: Iterator[str]) -> dict[str, dict[str, float]]:
    """Return milliseconds to find names in a message, and to compose its answer, by how many times the facts."""
    base = load()
    bases = {times: grown(base, times) for times in TIMES}
    linkers = {times: Linker(b.entities.values(), b.events.values()) for times, b in bases.items()}
    read = load_reader().read
    asked = [read(next(questions)) for _ in range(SAMPLES)]
    texts = [f"{question.text} {number}" for number, question in enumerate(asked)]  # none found before
    linking, composing = {}, {}
    for times in TIMES:
        _answer_all(bases[times], asked)  # tables of the base are made at the first question
    for _ in range(5):
        for times, base_of in bases.items():
            linkers[times]._near.nearest.cache_clear()
            linking.setdefault(times, []).append(_timed(lambda t=times: [linkers[t].link(text) for text in texts]))
            composing.setdefault(times, []).append(_timed(lambda b=base_of: _answer_all(b, asked)))
    return {
        "facts": {str(t): len(b.facts) for t, b in bases.items()},
        "names": {str(t): len(linkers[t]._phrases) for t in TIMES},
        "linking": {str(t): min(seconds) / SAMPLES * 1000 for t, seconds in linking.items()},
        "composing": {str(t): min(seconds) / SAMPLES * 1000 for t, seconds in composing.items()},
    }


def _answer_all(base: FactBase, asked: list) -> None:
    for question in asked:
        answer_message(base, Memory(), question, lambda text, after=None: question)  # noqa: B023  (used at once)


def _timed(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


async def _in_turn(ways: dict[str, Callable[[], Awaitable[object]]]) -> dict[str, float]:
    took: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(SAMPLES):
        for name, way in ways.items():
            started = time.perf_counter()
            await way()
            took[name].append(time.perf_counter() - started)
    return {name: 1000 * statistics.median(seconds) for name, seconds in took.items()}


def _questions() -> Iterator[str]:
    """Yield training questions in a fixed random order, none twice.

    Only such as lean on nothing said before: where there is something before, others are read twice.
    """
    texts = [text for block in blocks(paths.NLU) for text in block.texts if FOLLOWS not in text]
    texts = [text for text in dict.fromkeys(texts) if not depends(Question(text, "", 1.0))]
    random.Random(7).shuffle(texts)
    return iter(texts)


async def _run(folder: Path) -> dict[str, object]:
    agent = load_agent(read_settings().copy(update={"database": folder / "lengths.sqlite"}))
    questions = _questions()
    for _ in range(20):
        await ask(agent, "rest:warm", next(questions), "rest")
    length = await lengths(agent, questions)
    agent.tracker_store.close()
    return {"turns": length, "conversations": await crowds(agent, questions, folder), **facts(questions)}


def main(arguments: list[str]) -> None:
    """Measure all three and write the result."""
    set_up_logs("ERROR")
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(_run(Path(folder)))
    Path(arguments[0]).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
