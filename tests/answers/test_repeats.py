"""What one reply has told, the next to the same message does not tell again."""

from __future__ import annotations

import pytest

from bot.answers.repeats import without_repeats
from bot.answers.reply import ANSWERED, NOT_IN_DOCUMENT, Reply


@pytest.mark.parametrize(
    ("texts", "kept"),
    [
        (["Ada led it. She left.", "Ada led it."], ["Ada led it. She left."]),
        (["Ada led it.", "Ada led it. She left in June."], ["Ada led it. She left in June."]),
        (["Ada led it.", "Yes. Ada led it."], ["Yes. Ada led it."]),
        (["Ada led it.", "Bob left it."], ["Ada led it.", "Bob left it."]),
        (["Ada led it.", "Ada led it."], ["Ada led it."]),
    ],
)  # fmt: skip
def test_sentences_that_were_told_are_left_out(texts: list[str], kept: list[str]) -> None:
    assert [reply.text for reply in without_repeats([Reply(text, ANSWERED) for text in texts])] == kept


def test_the_nearest_of_a_refusal_is_left_out_where_it_was_told() -> None:
    told, refused = Reply("Ada led it.", ANSWERED), Reply("Her age is not told. Nearest: Ada led it.", NOT_IN_DOCUMENT)
    assert [reply.text for reply in without_repeats([told, refused])] == ["Ada led it.", "Her age is not told."]
