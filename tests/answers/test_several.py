"""Several replies told as one: what one has told, the next does not tell again."""

from __future__ import annotations

import pytest

from bot.answers.reply import ANSWERED, NOT_IN_DOCUMENT, Reply
from bot.answers.several import joined, without_repeats


@pytest.mark.parametrize(
    ("replies", "kept"),
    [
        ([("Ada led it.", "She left."), ("Ada led it.",)], ["Ada led it. She left."]),
        ([("Ada led it.",), ("Ada led it.", "She left in June.")], ["Ada led it. She left in June."]),
        ([("Ada led it.",), ("Bob left it.",)], ["Ada led it.", "Bob left it."]),
        ([("Ada led it.",), ("Ada led it.",)], ["Ada led it."]),
    ],
)
def test_sentences_that_were_told_are_left_out(replies: list[tuple[str, ...]], kept: list[str]) -> None:
    assert [reply.text for reply in without_repeats([Reply(told, ANSWERED) for told in replies])] == kept


def test_a_verdict_keeps_the_sentence_that_it_is_said_of() -> None:
    told = Reply(("Ada led it.",), ANSWERED)
    yes = Reply(("Ada led it.", "She left."), ANSWERED, verdict=True, lead="Yes.")
    assert [reply.text for reply in without_repeats([yes, told])] == ["Yes. Ada led it. She left."]
    only = Reply(("Ada led it.",), ANSWERED, verdict=True, lead="Yes.")
    assert [reply.text for reply in without_repeats([told, only])] == ["Yes. Ada led it."]


def test_the_nearest_of_a_refusal_is_left_out_where_it_was_told() -> None:
    told = Reply(("Ada led it.",), ANSWERED)
    refused = Reply(("Her age is not told.", "Nearest: Ada led it."), NOT_IN_DOCUMENT)
    assert [reply.text for reply in without_repeats([told, refused])] == ["Ada led it.", "Her age is not told."]


def test_joined_replies_rest_on_all_facts_and_are_about_all_once() -> None:
    one = Reply(("Ada led it.",), ANSWERED, ("led",), about=("ada",))
    two = Reply(("Ada left Bob.",), ANSWERED, ("led", "left"), derived=True, about=("ada", "bob"))
    got = joined([one, two])
    assert (got.sentences, got.facts, got.about) == (("Ada led it.", "Ada left Bob."), ("led", "left"), ("ada", "bob"))
    assert got.derived
