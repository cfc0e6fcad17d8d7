"""Whatever is typed becomes plain text or a polite refusal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine import intake

ANY_TEXT = st.text(st.characters(), max_size=300)  # surrogates included


@given(ANY_TEXT)
def test_any_text_becomes_plain_or_is_refused(text: str) -> None:
    read = intake.read_text(text)
    if isinstance(read, intake.Refusal):
        assert read.text
        assert read.messages()[-1]["custom"]["answer"]["status"] == "clarify"
        return
    read.encode("utf-8")
    assert read == read.strip()
    assert read
    assert not read.startswith("/")
    assert unicodedata.is_normalized("NFC", read)
    assert not any(unicodedata.category(sign) in ("Cc", "Cf", "Cs") for sign in read if sign not in "\n\t")


@given(ANY_TEXT)
def test_reading_twice_changes_nothing_more(text: str) -> None:
    once = intake.normalise(text)
    assert intake.normalise(once) == once


@given(st.text(st.characters(whitelist_categories=("L", "N", "P", "Zs"), blacklist_characters="/"), max_size=100))
def test_slashes_and_spaces_in_front_are_all_that_is_lost_of_a_command(text: str) -> None:
    assert intake.normalise(" \u00a0//\u200b/ " + text) == intake.normalise(text)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  When did it end?  ", "When did it end?"),
        ("/restart", "restart"),
        (" \u00a0/restart", "restart"),
        ('\u200b/greet{"a": 1}', 'greet{"a": 1}'),
        ("/ /nlu_fallback@0.1", "nlu_fallback@0.1"),
        ("and/or", "and/or"),
        ("a\x00b\x07c", "abc"),
        ("\ud800x", "\ufffdx"),
        ("one\r\ntwo\u2028three", "one\ntwo\nthree"),
        ("cafe\u0301", "café"),
        ("\u202egnorw", "gnorw"),
        ("e" + "\u0300" * 50, "è" + "\u0300" * 4),
        ("\U0001f600", "\U0001f600"),
        ("\uff37\uff48\uff4f\uff1f", "Who?"),
        ("\uff0f\uff52\uff45start", "restart"),
        ("\U0001d416ho \u2460", "Who 1"),
        ("m\u00b2 \u00bd \u2026", "m\u00b2 \u00bd \u2026"),
        ("1\ufe0f\u20e3", "1"),
        ("\u0661 \u0968 \u2778", "1 2 3"),
    ],
    ids=range(19),
)
def test_text_is_made_plain(typed: str, read: str) -> None:
    assert intake.normalise(typed) == read


@pytest.mark.parametrize("typed", ["", "   ", "\n\t", "/", " / / ", "\x00\x01", "\u200b\u200d", "\ufeff"])
def test_nothing_to_read_is_refused_as_empty(typed: str) -> None:
    read = intake.read_text(typed)
    assert isinstance(read, intake.Refusal)
    assert read.kind == intake.EMPTY
    record = read.messages()[-1]["custom"]["answer"]
    assert (record["status"], record["reason"]) == ("clarify", "empty")


@pytest.mark.parametrize("typed", ["x" * 2001, "a " * 301, "x" * 1_000_000], ids=range(3))
def test_too_much_to_read_is_refused_as_too_long(typed: str) -> None:
    read = intake.read_text(typed)
    assert isinstance(read, intake.Refusal)
    assert read.kind == intake.TOO_LONG
    record = read.messages()[-1]["custom"]["answer"]
    assert (record["status"], record["reason"]) == ("clarify", "too_long")


def test_limits_themselves_are_allowed() -> None:
    assert intake.read_text("x" * 2000) == "x" * 2000
    assert isinstance(intake.read_text("a " * 300), str)


@pytest.mark.parametrize("value", ["a", "A-b_c.d:e@f", "x" * 128])
def test_ids_that_fit_get_their_channel(value: str) -> None:
    assert intake.conversation_id("rest", value) == f"rest:{value}"


@pytest.mark.parametrize(
    "value",
    ["", "x" * 129, "a b", "a\n", "ü", "\ud800", "a\x00", "a/b", None, 1, True, ["a"], {}],
    ids=range(13),
)
def test_other_ids_are_refused(value: object) -> None:
    assert not intake.is_conversation_id(value)
    with pytest.raises(ValueError, match="sender"):
        intake.conversation_id("rest", value)  # type: ignore[arg-type]


def test_fresh_ids_differ_and_fit() -> None:
    ids = {intake.fresh_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(map(intake.is_conversation_id, ids))
