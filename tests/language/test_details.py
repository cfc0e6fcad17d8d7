"""What kind of detail a question asks for, and what it wants the number of."""

from __future__ import annotations

import pytest

from bot.language.details import counted_noun, detail_asked

PLACES, PLURALS = ("town", "place"), ("states", "islands", "courts")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("On what date was it renamed?", "time"),
        ("which day was that", "time"),
        ("what exact time", "time"),
        ("When was it?", "time"),
        ("and when did it happen", "time"),
        ("wen was it", "time"),
        ("Where was it signed?", "place"),
        ("so where did they meet", "place"),
        ("In which town was it?", "place"),
        ("at what place", "place"),
        ("How many people were there?", "number"),
        ("so how many", "number"),
        ("Why was it?", "reason"),
        ("Who was there when it was over?", None),
        ("What happened where they met?", None),
        ("which other states", "names"),
        ("list the islands", "names"),
        ("give me their names", "names"),
        ("what were the names of the islands", "names"),
        ("which two courts", "names"),
        ("Tell me how many", None),
        ("", None),
    ],
)
def test_what_detail_a_question_wants(text: str, kind: str | None) -> None:
    assert detail_asked(text, PLACES, PLURALS) == kind


def test_without_nouns_only_the_questions_own_form_counts() -> None:
    assert detail_asked("In which town was it?") is None
    assert detail_asked("which other states") is None
    assert detail_asked("Where was it signed?") == "place"


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("How many lamps were there?", "lamps"),
        ("And how many old Lamps?", "old lamps"),
        ("How many keepers rowed home?", "keepers"),
        ("How long was it?", None),
    ],
)
def test_what_is_counted_is_found(text: str, noun: str | None) -> None:
    assert counted_noun(text, ("rowed",)) == noun
