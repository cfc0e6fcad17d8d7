"""Questions that leave something out, deny something, or ask to choose."""

import pytest

from bot.language.scope import alternatives_at, asks_for_others, asks_whether_any, asks_who_did_not, left_out


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Who besides Ada sailed?", ["Ada sailed"]),
        ("Apart from the Mary, which ship sank?", ["the Mary"]),
        ("Which ships, other than the Mary, sank?", ["the Mary, sank"]),
        ("Everyone but Ada?", ["Ada"]),
        ("Not counting Grace, who was aboard?", ["Grace"]),
        ("Grace, not Ada: when did she sail?", ["Ada"]),
        ("When did Grace sail instead of Ada?", ["Ada"]),
        ("Forget Ada, what about Grace?", ["Ada"]),
        ("Never mind Ada. Who was Grace?", ["Ada"]),
        ("Ada, Grace and who else?", ["Ada, Grace"]),
        ("Who sailed?", []),
        ("What did Ada and Grace do?", []),
    ],
)
def test_what_a_question_leaves_out(text: str, pieces: list[str]) -> None:
    assert [text[one.start : one.end] for one in left_out(text)] == pieces


@pytest.mark.parametrize(
    "text",
    [
        "Who did not sail?",
        "which of them wasnt aboard",
        "And who never came back?",
        "Which ship had no part in the race?",
        "Name somebody who didn't want it.",
        "Which one is the odd one out: Ada, Grace or the Mary?",
        "Who stayed out of it?",
    ],
)
def test_who_did_not(text: str) -> None:
    assert asks_who_did_not(text)


@pytest.mark.parametrize(
    "text",
    [
        "Who sailed?",
        "Why did Ada not sail?",
        "When was Ada not aboard?",
        "Who sailed, not counting Ada?",
        "Which ship, not the Mary, sank first?",
        "Who was not only a clerk but a painter?",
        "Who besides Ada sailed?",
        "Did Ada not sail?",
        "Who sailed or not?",
        "Which agent went at that point?",
        "Who wanted it to be different?",
    ],
)
def test_what_denies_nothing(text: str) -> None:
    assert not asks_who_did_not(text)


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("Was it Ada or Grace?", 1),
        ("Did it sink on the 3rd, the 4th or the 5th?", 1),
        ("It was late. Was it Ada or Grace or the Mary?", 2),
        ("Did Ada sail or not?", 0),
        ("Did Ada sail or something?", 0),
        ("Did Ada sail?", 0),
        ("Ada or Grace, I forgot. Did it sink?", 0),
    ],
)
def test_alternatives(text: str, many: int) -> None:
    assert len(alternatives_at(text)) == many


def test_who_else_and_whether_anybody() -> None:
    assert asks_for_others("who else?")
    assert not asks_for_others("who?")
    assert asks_whether_any("Did anybody else sail?")
    assert not asks_whether_any("Did nobody else sail?")
