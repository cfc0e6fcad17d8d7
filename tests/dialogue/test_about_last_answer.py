# ruff: noqa: E501 (tables are read by line)
"""Messages about the answer before: evidence, more, again, shorter, simpler, why."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.answers import compose
from bot.answers.reply import ANSWERED, CLARIFY, NOT_IN_DOCUMENT, SOCIAL, NamedPicture, Reply
from bot.dialogue import about_last_answer
from bot.dialogue.memory import LastReply, Memory, PendingChoice, Understood
from bot.dialogue.turn import Turn
from tests.support.factbase import FakeReader, asked, small

BASE = small()
INTENTS = BASE.vocabulary.intents


def after(text: str, intent: str, **rest: Any) -> Memory:
    """Return what is remembered after a question was answered."""
    said = compose.reply_to(BASE, asked(text, intent, **rest))
    return Memory(
        turn=1,
        last_question=text,
        last_intent=intent,
        last_question_turn=1,
        facts_told=list(said.facts),
        intents_answered=[intent],
        last_reply=kept(said, intent),
        understood=Understood(
            words=(BASE.answers[intent].question if intent in BASE.answers else text,),
            alone=True,
            ranking=((intent, 0.83), ("summary", 0.1)),
            facts=said.facts,
        ),
    )


def kept(reply: Reply, intent: str) -> LastReply:
    """Return what is remembered of a reply."""
    memory = Memory()
    memory.keep_reply(reply, intent)
    assert memory.last_reply
    return memory.last_reply


def told_again(text: str, intent: str, **rest: Any) -> dict[str, Any]:
    """Return the record of the answer to a question."""
    return compose.reply_to(BASE, asked(text, intent, **rest)).record()


WHY = ("Why was Dunholm the last?", "why_last")
COUNTED = ("When did Castermere leave?", "left_when")
MISSING = ("How much money was there?", "missing_money")


def answered(memory: Memory, intent: str) -> Reply:
    return about_last_answer.answer(Turn(BASE, memory, asked("", intent), FakeReader({})))


def steered(intent: str, *question: str, **rest: Any) -> Reply:
    return answered(after(*question, **rest), intent)


@pytest.mark.parametrize("intent", [intent for intent in INTENTS.steering if intent != INTENTS.timeline])
def test_before_anything_was_said_there_is_nothing_to_steer(intent: str) -> None:
    got = answered(Memory(), intent)
    assert (got.text, got.status, got.buttons) == ("Ask first.", CLARIFY, tuple(BASE.wording["examples"]))


def test_evidence_is_quoted_with_its_sentence() -> None:
    got = steered(INTENTS.evidence, *WHY)
    assert got.text == (
        "It rests on “Dunholm stayed out of loyalty” (P2S3); “Tilda Fenwick, was an old friend of Pellworth’s” (P2S3)."
    )
    assert (got.status, got.facts, got.derived) == (ANSWERED, ("loyalty", "friends"), False)
    assert list(got.evidence) == BASE.quotes(["loyalty", "friends"])


def test_evidence_of_what_was_worked_out_says_that_it_was() -> None:
    got = steered(INTENTS.evidence, *COUNTED)
    assert "“Brennock left on June 3rd” (P1S4)" in got.text
    assert got.text.endswith("Worked out: Castermere left on June 5th, 1951: two days after Brennock's departure.")
    assert got.derived


def test_of_much_evidence_as_much_is_quoted_as_can_be_read() -> None:
    memory = after(*WHY)
    memory.last_reply = replace(memory.last_reply, facts=tuple(BASE.facts))
    got = answered(memory, INTENTS.evidence)
    assert len(got.text.split()) <= 90
    assert got.evidence == tuple(BASE.quotes([*BASE.facts]))


def test_a_refusal_has_no_evidence() -> None:
    got = steered(INTENTS.evidence, *MISSING)
    assert (got.text, got.status, got.facts) == ("Nothing to quote.", NOT_IN_DOCUMENT, ())


def all_told(memory: Memory) -> list[Reply]:
    """Ask for more until there is none; return what was told."""
    told = []
    for _ in range(30):
        got = answered(memory, INTENTS.more)
        if got.status == SOCIAL:
            assert got.text.startswith("That is all")
            assert got.buttons == tuple(BASE.wording["examples"])
            return told
        assert got.status == ANSWERED
        assert got.evidence
        memory.facts_told += got.facts
        told.append(got)
    raise AssertionError("there is no end to it")


def test_more_tells_what_is_on_the_topic_and_then_no_more() -> None:
    # What is about Dunholm, Fenwick or Pellworth and was not told: nothing of the other islands alone.
    told = all_told(after(*WHY))
    assert [reply.text for reply in told] == [BASE.answers["summary"].answer, BASE.answers["alone_how_long"].yes]


def test_more_on_somebody_is_about_them() -> None:
    memory = after("Who was Ada Pellworth?", "who_is")
    memory.last_named = ["pellworth"]
    memory.speak_of(["pellworth"])
    told = all_told(memory)
    assert told
    for reply in told:
        assert any("pellworth" in BASE.facts[fact].entities() for fact in reply.facts), reply.text
    assert answered(memory, INTENTS.more).text == "That is all on Ada Pellworth."


def test_more_after_a_refusal_is_told_too() -> None:
    assert steered(INTENTS.more, *MISSING).status in (ANSWERED, SOCIAL)


def test_again_says_the_same_with_the_same_record() -> None:
    for question in (WHY, COUNTED, MISSING):
        memory = after(*question)
        got = answered(memory, INTENTS.repeat)
        assert got.text == memory.last_reply.text
        assert got.record() == told_again(*question)


@pytest.mark.parametrize(
    ("question", "odds", "text"),
    [
        (WHY, {}, "Out of loyalty: its Steward was an old friend of Pellworth's."),
        (("Was it for gain?", "why_last"), {"ask": 0.0, "true": 0.1, "false": 0.9}, "No. Dunholm stayed out of loyalty, not for gain."),
        (("Was it loyal?", "why_last"), {"ask": 0.0, "true": 0.9, "false": 0.1}, "Yes. Dunholm stayed out of loyalty."),
        (("Where was it?", "ended_where"), {}, "At Harbour House."),
        (MISSING, {}, "The article does not say anything about money."),
    ],
)  # fmt: skip
def test_shorter_keeps_the_first_sentence(question: tuple[str, str], odds: dict, text: str) -> None:
    got = steered(INTENTS.shorter, *question, **odds)
    assert got.text == text
    assert got.record() == told_again(*question, **odds)


def test_simpler_takes_the_words_of_the_answer_or_of_its_facts() -> None:
    assert steered(INTENTS.simpler, *WHY).text == "Simply: It was loyal to a friend."
    assert steered(INTENTS.simpler, "Whose friend was she?", "friends").text == (
        "Simply: Fenwick was an old friend of Pellworth's."
    )
    assert steered(INTENTS.simpler, *COUNTED).text == "Simply: Castermere left. Brennock left."
    assert steered(INTENTS.simpler, *MISSING).text == "Simply: The article does not say anything about money."


def test_simpler_after_more_is_about_what_was_told_last() -> None:
    memory = after(*WHY)
    memory.last_reply = replace(memory.last_reply, intent="friends")
    assert "It was loyal to a friend" not in answered(memory, INTENTS.simpler).text
    memory.last_reply = replace(memory.last_reply, lead="Yes.", sentences=("It was loyal.",), intent="why_last")
    assert answered(memory, INTENTS.simpler).text == "Simply: Yes. It was loyal to a friend."


def test_why_matched_tells_the_reading_and_the_facts() -> None:
    got = steered(INTENTS.explain, *WHY)
    assert got.text == (
        "Understood as “Why was Dunholm the last to leave?” (83%). Second: “What is the article about?” (10%). "
        "Facts: loyalty, friends."
    )
    assert got.record() == told_again(*WHY)
    got = steered(INTENTS.explain, *MISSING)
    assert got.text.startswith("Understood as something not told (83%).")
    assert "Facts" not in got.text
    assert (got.status, got.facts) == (SOCIAL, ())


def test_why_matched_before_anything_was_asked_has_nothing_to_tell() -> None:
    assert answered(Memory(), INTENTS.explain).text == "Ask first."


def test_while_a_question_back_waits_it_is_put_again() -> None:
    memory = Memory(turn=1, waiting=PendingChoice("left_when", "when", ("brennock", "dunholm")))
    for intent in (
        INTENTS.evidence,
        INTENTS.more,
        INTENTS.repeat,
        INTENTS.shorter,
        INTENTS.simpler,
    ):
        got = answered(memory, intent)
        assert (got.text, got.status, got.buttons) == ("Which one?", CLARIFY, ("Brennock", "Dunholm"))


@pytest.mark.parametrize(
    "intent",
    [
        INTENTS.evidence,
        INTENTS.repeat,
        INTENTS.shorter,
        INTENTS.simpler,
        INTENTS.explain,
    ],
)
def test_steering_twice_gives_the_same(intent: str) -> None:
    memory = after(*WHY)
    assert answered(memory, intent) == answered(memory, intent)


def test_timeline_is_told_in_words_with_a_picture() -> None:
    got = answered(Memory(), INTENTS.timeline)
    assert got.text.startswith("In order: 1950, the Tern League began to come apart; Orlandia left (undated);")
    assert (got.status, got.derived, got.facts[0]) == (ANSWERED, True, "coming_apart")
    assert got.evidence
    assert got.picture == NamedPicture("timeline", "eight events. " + got.text)


def test_more_tells_a_date_by_the_name_of_the_event_alone() -> None:
    told = all_told(after("Where was it?", "ended_where"))
    dates = [reply for reply in told if " was on " in reply.text]
    assert len(dates) <= 1
    dates = [reply for reply in all_told(after("When did it begin?", "began_when")) if " was on " in reply.text]
    assert len(dates) == 1
    assert dates[0].derived
    assert dates[0].evidence
