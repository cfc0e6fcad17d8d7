"""A conversation as Markdown, in which nothing that was typed is Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.web.transcript import markdown, plain
from bot.storage.stored_turns import StoredTurn
from tests.support.factbase import small

EVIDENCE = [
    {"sentence": "P1S1", "start": 0, "end": 1, "quote": "In 1950, the Tern League"},
    {"sentence": "P2S2", "start": 0, "end": 1, "quote": "Did anyone listen?"},
]
ANSWERED = {"custom": {"answer": {"status": "answered", "facts": [], "derived": False, "evidence": EVIDENCE}}}


def test_transcript_tells_who_said_what_and_what_it_rests_on() -> None:
    turns = [
        StoredTurn(1, "a", "When?", [{"text": "In 1950."}, {"text": "Truly."}, ANSWERED], 0.0),
        StoredTurn(2, "b", "thanks", [{"text": "You're welcome"}], 60.0),
        StoredTurn(3, "c", "…", [], 120.0, "P2S4"),
    ]
    assert markdown(small(), turns) == (
        "# About “The Last Light of the Tern League”\n\n"
        "1970-01-01 00:00 UTC\n\n"
        "**You:** When?\n\n"
        "**Bot:** In 1950.\n\n"
        "Truly.\n\n"
        "> P1S1: “In 1950, the Tern League”\n>\n> P2S2: “Did anyone listen?”\n\n"
        "**You:** thanks\n\n"
        "**Bot:** You're welcome\n\n"
        "**You (about P2S4):** …\n"
    )


def test_transcript_of_nothing_is_its_title() -> None:
    assert markdown(small(), []) == "# About “The Last Light of the Tern League”\n"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("[click](javascript:alert(1))", "\\[click\\](javascript:alert(1))"),
        ("![x](http://evil.test/x.png)", "\\!\\[x\\](http://evil.test/x.png)"),
        ("<img src=x onerror=alert(1)>", "\\<img src=x onerror=alert(1)\\>"),
        ("<https://evil.test>", "\\<https://evil.test\\>"),
        ("# head\n> quote\n* star\n- dash\n1. one", "\\# head  \n\\> quote  \n\\* star  \n\\- dash  \n1\\. one"),
        ("a *b* _c_ `d` ~e~ |f| &amp; \\", "a \\*b\\* \\_c\\_ \\`d\\` \\~e\\~ \\|f\\| \\&amp; \\\\"),
        ("one\n\n\ntwo  \nthree", "one\n\ntwo  \nthree"),
        ("title\n===", "title  \n\\==="),
    ],
)
def test_what_was_typed_stays_text(typed: str, written: str) -> None:
    assert plain(typed) == written


@given(st.text(alphabet="ab \n#*_[]()<>`!\\-+=1.>|~&", max_size=60))
def test_no_line_begins_as_markup_does(text: str) -> None:
    for line in plain(text).split("\n"):
        assert not line.lstrip().startswith(("#", ">", "* ", "- ", "+ ", "1. ", "1) ", "```", "<", "===", "---"))
