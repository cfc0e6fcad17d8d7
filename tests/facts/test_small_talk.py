"""What is said to small talk, and which questions that names."""

from __future__ import annotations

from bot.facts.small_talk import SmallTalk, small_talk
from tests.support.factbase import small

BASE = small()


def test_examples_stand_where_the_wording_has_them() -> None:
    first, second = examples = tuple(BASE.wording["examples"])
    assert small_talk(BASE, "capabilities") == SmallTalk(f"Ask about the League: “{first}” or “{second}”", examples)


def test_small_talk_that_names_no_question() -> None:
    assert small_talk(BASE, "greet") == SmallTalk("Hello!")
