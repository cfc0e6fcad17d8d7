"""Which questions stand under a reply."""

from __future__ import annotations

from bot.answers.reply import ANSWERED, CLARIFY, NOT_IN_DOCUMENT, SOCIAL, Reply
from bot.dialogue.memory import Memory
from bot.dialogue.suggestions import fresh
from tests.support.factbase import small

BASE = small()
WHY = BASE.answers["why_last"]
OFFERED = tuple(BASE.answers[i].question for i in WHY.next)


def test_what_was_just_offered_gives_way_to_what_it_leads_to() -> None:
    reply = Reply(("x",), ANSWERED, buttons=OFFERED)
    assert fresh(BASE, Memory(), "why_last", reply) == OFFERED
    again = fresh(BASE, Memory(suggestions_shown=[list(OFFERED)]), "why_last", reply)
    assert not set(again) & set(OFFERED)
    assert WHY.question not in again


def test_the_same_question_in_fewer_words_counts_as_offered() -> None:
    shorter = [text.rstrip("?").rsplit(" ", 1)[0] + "?" for text in OFFERED]
    assert not set(
        fresh(BASE, Memory(suggestions_shown=[shorter]), "why_last", Reply(("x",), ANSWERED, buttons=OFFERED))
    ) & set(OFFERED)


def test_a_refusal_always_offers_something() -> None:
    everything = [[e.question for e in BASE.answers.values() if e.question not in OFFERED]]
    assert fresh(
        BASE, Memory(suggestions_shown=everything), "missing_money", Reply(("x",), NOT_IN_DOCUMENT, buttons=OFFERED)
    )


def test_choices_and_examples_stay_as_they_are() -> None:
    memory = Memory(suggestions_shown=[list(OFFERED)])
    for status in (CLARIFY, SOCIAL):
        assert fresh(BASE, memory, "why_last", Reply(("x",), status, buttons=OFFERED)) == OFFERED


def test_examples_that_the_words_name_can_be_pressed_though_they_were_answered() -> None:
    memory = Memory(intents_answered=["why_last"])
    named = Reply(("x",), SOCIAL, buttons=(WHY.question, *OFFERED), questions_named=(WHY.question,))
    assert fresh(BASE, memory, "capabilities", named) == (WHY.question, *OFFERED)
    assert fresh(BASE, memory, "greet", Reply(("Hello!",), SOCIAL, buttons=(WHY.question, *OFFERED))) == OFFERED
