"""How much work the trained bot does for a message. Counted, not timed: machines are noisy.

The bounds are what was counted when this was written, with some room. A change that passes one of them makes every
message dearer; if it is worth that, say why beside the bound.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import bot.engine.light_imports  # noqa: F401  # isort: skip  (before Rasa)
import pytest
from rasa.core.policies.rule_policy import RulePolicy

from bench.growth import grown
from bot.dialogue.conversation import answer_message
from bot.dialogue.memory import Memory
from bot.dialogue.turn import Read
from bot.engine.agent import BotAgent, ask, load_agent
from bot.engine.entity_linker import EntityLinker
from bot.engine.graph_runner import PredictionRunner
from bot.engine.question_classifier import QuestionClassifier
from bot.facts.base import FactBase
from bot.facts.loader import load
from bot.questions.encoder.encoder import SentenceEncoder
from bot.questions.linker import Linker
from bot.questions.question import Question
from bot.settings import Settings

FIRST = "When did the Belavezha Accords come about, if I may ask?"
FOLLOW_UP = "And why?"


@pytest.fixture(scope="module")
def agent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BotAgent]:
    database = tmp_path_factory.mktemp("work") / "conversations.sqlite"
    agent = load_agent(Settings(database=database))
    yield agent
    agent.tracker_store.close()


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count calls by what they cost."""
    found: Counter[str] = Counter()

    def count(owner: type, name: str, key: str, size: Callable[..., int] = lambda *_: 1) -> None:
        original = getattr(owner, name)

        def counting(*arguments: Any, **named: Any) -> Any:
            found[key] += size(*arguments)
            return original(*arguments, **named)

        monkeypatch.setattr(owner, name, counting)

    count(SentenceEncoder, "_run", "runs of the encoder")
    count(SentenceEncoder, "_run", "pieces encoded", lambda _, texts: sum(len(t.ids) for t in texts))
    count(Linker, "link", "searches for names")
    count(PredictionRunner, "run", "runs of the graph")
    count(RulePolicy, "_is_rule_applicable", "rules looked at")
    return found


def say(agent: BotAgent, text: str, conversation: str) -> None:
    reply = asyncio.run(ask(agent, conversation, text, "rest"))
    assert reply.failure is None


def test_a_question_is_read_once(agent: BotAgent, counts: Counter[str]) -> None:
    say(agent, FIRST, "rest:read-once")
    pieces = counts.pop("pieces encoded")
    assert pieces <= 25
    assert counts == {
        "runs of the encoder": 1,
        "searches for names": 1,
        # One to read it, one for each action: the answer, then listening.
        "runs of the graph": 3,
        # And no rule is looked at.
    }


def test_the_same_question_is_not_encoded_again(agent: BotAgent, counts: Counter[str]) -> None:
    say(agent, FIRST, "rest:again-1")
    counts.clear()
    say(agent, FIRST, "rest:again-2")
    assert counts["runs of the encoder"] == 0


def test_a_follow_up_is_read_alone_and_with_the_question_before(agent: BotAgent, counts: Counter[str]) -> None:
    say(agent, FIRST, "rest:follow-up")
    counts.clear()
    say(agent, FOLLOW_UP, "rest:follow-up")
    assert counts["runs of the encoder"] <= 2
    assert counts["searches for names"] <= 2


def test_a_turn_costs_few_statements_and_bytes_whatever_went_before(agent: BotAgent) -> None:
    """SQL statements, events read, and bytes written, at turn 5 and at turn 60."""
    costs: dict[int, tuple[int, int]] = {}
    path = Path(agent.tracker_store.database.path)
    statements: list[str] = []

    async def run() -> None:
        await agent.tracker_store.open()
        for connection in (agent.tracker_store.database._reader, agent.tracker_store.database._writer):
            await connection.run(lambda c: c.set_trace_callback(statements.append))
        for number in range(1, 61):
            tracker = await agent.tracker_store.retrieve("rest:costs")
            events = len(tracker.events) if tracker else 0
            statements.clear()
            reply = await ask(agent, "rest:costs", FIRST, "rest")
            assert reply.failure is None
            costs[number] = (len(statements), events)
        for connection in (agent.tracker_store.database._reader, agent.tracker_store.database._writer):
            await connection.run(lambda c: c.set_trace_callback(None))

    asyncio.run(run())
    assert costs[60] == costs[5]
    assert costs[60][0] <= 10
    assert costs[60][1] <= 25
    with sqlite3.connect(path) as connection:
        turns = connection.execute(
            "SELECT turn, length(events) FROM turns JOIN conversations ON number = conversation "
            "WHERE id = 'rest:costs' ORDER BY turn"
        ).fetchall()
        (state,) = connection.execute("SELECT length(state) FROM conversations WHERE id = 'rest:costs'").fetchone()
    connection.close()
    sizes = dict(turns)
    assert sizes[60] <= 8000
    assert sizes[60] - sizes[10] <= 3000  # what memory keeps of answers given grows to its bound
    assert state <= 6000


# ---- However many facts -----------------------------------------------------------


def steps(work: Callable[[], object]) -> int:
    """Count the byte codes that our own modules execute: the same on every machine."""
    done = 0

    def trace(frame: FrameType, event: str, argument: object) -> Callable | None:
        nonlocal done
        if not frame.f_code.co_filename.startswith(ours):
            return None
        frame.f_trace_opcodes = True
        done += event == "opcode"
        return trace

    ours = str(Path(bot.engine.light_imports.__file__).parent)
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return done


QUESTIONS = [
    "When did Russia leave?",
    "Who left right before Kazakhstan?",
    "What happened on December 12th?",
    "What happened in 1990?",
    "How many days after the Accords did Kazakhstan leave?",
    "In what order did the republics leave?",
    "Who was left after Belarus had gone?",
    "Who is Gorbachev?",
    "Who led Russia?",
    "Which office did Yeltsin hold?",
    "Wen did Kazachstan leav the Sovjet Uinon, befor or aftr Rusia?",
    "Why was Kazakhstan the last?",
    "What is the Kazakh capital called?",
]


@pytest.fixture(scope="module")
def bases() -> dict[int, FactBase]:
    return {times: grown(load(), times) for times in (1, 10, 100)}


@pytest.fixture(scope="module")
def asked(read: Read) -> list[Question]:
    return [read(text) for text in QUESTIONS]


def test_the_model_is_in_memory_once(agent: BotAgent) -> None:
    action = agent.executor.actions["action_answer"].__self__
    classifier = agent.processor.graph_runner.component(QuestionClassifier)
    assert action._reader.model is classifier.model
    assert action._reader.linker is agent.processor.graph_runner.component(EntityLinker).linker


def test_answers_stay_the_same_beside_other_facts(bases: dict[int, FactBase], asked: list[Question]) -> None:
    for question in asked:
        worlds = bases.values()
        replies = [answer_message(base, Memory(), question, lambda text, after=None: question)[0] for base in worlds]  # noqa: B023
        assert replies[0] == replies[1] == replies[2], question.text


@pytest.mark.parametrize("number", range(len(QUESTIONS)), ids=QUESTIONS)
def test_composing_an_answer_takes_no_more_steps_with_more_facts(
    bases: dict[int, FactBase], asked: list[Question], number: int
) -> None:
    question = asked[number]

    def answer(base: FactBase) -> Callable[[], object]:
        return lambda: answer_message(base, Memory(), question, lambda text, after=None: question)

    counted = {}
    for times, base in bases.items():
        answer(base)()  # tables are made at their first use
        counted[times] = steps(answer(base))
    assert counted[10] <= 1.02 * counted[1] + 50, counted
    assert counted[100] <= 1.02 * counted[1] + 100, counted


def test_finding_names_takes_hardly_more_steps_with_more_names(bases: dict[int, FactBase]) -> None:
    counted = {}
    for times, base in bases.items():
        linker = Linker(base.entities.values(), base.events.values())
        counted[times] = steps(lambda linker=linker: [linker.link(text) for text in QUESTIONS])
    # By the logarithm of how many there are it may be 2 at 100 times as many.
    assert counted[10] <= 1.3 * counted[1], counted
    assert counted[100] <= 2 * counted[1], counted
