"""What a reply looks like in Telegram."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.channels.reply_parts import Picture
from bot.channels.telegram.render import MAX_TEXT, Post, mark_chosen, render
from bot.channels.telegram.tokens import Button
from tests.support.telegram_rules import MAX_CAPTION, parse_text

EVIDENCE = [{"sentence": "P1S1", "start": 0, "end": 4, "quote": "A & <b>"}]


def reply(text: str = "Yes.", evidence: Any = (), status: str = "answered", **more: Any) -> list[dict[str, Any]]:
    record = {"status": status, "facts": [], "derived": False, "evidence": list(evidence)}
    return [{"text": text, **more}, {"custom": {"answer": record}}]


def token(button: Button) -> str:
    return f"{button.kind}{button.choice}.{button.message}"


def shown(part: Any) -> str:
    """What Telegram makes of a part; fails where Telegram would refuse it."""
    if isinstance(part, Picture):
        return parse_text(part.alt, "HTML", MAX_CAPTION, "empty", "too long")[0]
    return parse_text(part.html, "HTML", MAX_TEXT, "empty", "too long")[0]


def test_answer_comes_first_and_quotes_are_set_apart() -> None:
    [part] = render(reply("5 < 6 & 7 > 6", EVIDENCE), "m", token)
    assert part.html == (
        "5 &lt; 6 &amp; 7 &gt; 6\n\n<blockquote expandable><b>P1S1</b> “A &amp; &lt;b&gt;”</blockquote>"
    )
    assert shown(part) == "5 < 6 & 7 > 6\n\nP1S1 “A & <b>”"


def test_quote_that_the_text_holds_is_not_repeated() -> None:
    [part] = render(reply("It rests on “A & <b>” (P1S1).", EVIDENCE), "m", token)
    assert "blockquote" not in part.html


def test_suggestions_are_rows_and_thumbs_are_below() -> None:
    buttons = [{"title": "When?", "payload": "when"}, {"title": "Who?", "payload": "who"}]
    [part] = render(reply(buttons=buttons), "m", token)
    assert [[(b.text, b.callback_data) for b in row] for row in part.rows] == [
        [("1. When?", "q0.m")],
        [("2. Who?", "q1.m")],
        [("👍", "oup.m"), ("👎", "odown.m")],
    ]


def test_single_suggestion_needs_no_number() -> None:
    [part] = render(reply(buttons=[{"title": "When?", "payload": "when"}]), "m", token)
    assert part.rows[0][0].text == "When?"


def test_suggestions_are_a_list_where_there_are_no_buttons() -> None:
    buttons = [{"title": "When <did> it?", "payload": "when"}, {"title": "Who?", "payload": "who"}]
    [part] = render(reply("Yes.", buttons=buttons), "m", None)
    assert (part.html, part.rows) == ("Yes.\n\n1. When &lt;did&gt; it?\n2. Who?", ())


@pytest.mark.parametrize(("status", "judged"), [("answered", 1), ("not_in_document", 1), ("clarify", 0), ("social", 0)])
def test_thumbs_are_for_answers(status: str, judged: int) -> None:
    [part] = render(reply(status=status), "m", token)
    assert len(part.rows) == judged


def test_no_buttons_without_tokens() -> None:
    [part] = render(reply(buttons=[{"title": "When?", "payload": "when"}]), "m", None)
    assert part.rows == ()


def test_buttons_of_several_messages_are_numbered_through() -> None:
    messages = [
        {"text": "One.", "buttons": [{"title": "A", "payload": "a"}]},
        {"text": "Two.", "buttons": [{"title": "B", "payload": "b"}]},
    ]
    parts = render(messages, "m", token)
    assert [part.rows[0][0].callback_data for part in parts] == ["q0.m", "q1.m"]


def test_pressed_button_is_shown_above_the_answer() -> None:
    [part] = render(reply(), "m", token, asked="A & B?")
    assert part.html == "<b>A &amp; B?</b>\n\nYes."


def test_picture_comes_first_with_what_it_shows_as_caption() -> None:
    messages = reply("In this order.")
    messages[-1]["custom"]["picture"] = {"name": "timeline", "alt": "First <this>. " * 100}
    picture, part = render(messages, "m", token)
    assert picture.name == "timeline"
    assert shown(picture).startswith("First <this>. First")
    assert shown(part) == "In this order."
    assert part.rows


def test_caption_does_not_repeat_the_text_below() -> None:
    messages = reply("First this, then that.")
    messages[-1]["custom"]["picture"] = {"name": "timeline", "alt": "Two events. First this, then that."}
    picture, part = render(messages, "m", token)
    assert (picture.alt, part.html) == ("Two events.", "First this, then that.")


def test_evidence_too_long_for_one_message_gets_its_own() -> None:
    evidence = [{"sentence": f"P1S{n}", "quote": f"{n} " + "word " * 400} for n in range(4)]
    first, *quotes = render(reply("Yes.", evidence), "m", token)
    assert first.html == "Yes."
    assert len(quotes) == 4
    assert [bool(part.rows) for part in (first, *quotes)] == [False, False, False, False, True]


TEXT = st.text(st.sampled_from("ab <>&\"'\n.\U0001f600é")) | st.text(st.characters(blacklist_categories=["Cs"]))


@given(TEXT.map(lambda text: text * 3000), st.lists(TEXT, max_size=3), st.none() | TEXT)
def test_any_reply_is_taken_and_whole(text: str, quotes: list[str], asked: str | None) -> None:
    text = text[:9000]
    evidence = [{"sentence": f"P{n}S1", "quote": quote} for n, quote in enumerate(quotes)]
    parts = render(reply(text or "x", evidence), "m", token, asked)
    together = "".join("".join(shown(part).split()) for part in parts if isinstance(part, Post))
    rest = "".join((text or "x").split())
    assert rest in together
    for quote in quotes:
        assert "".join(quote.split()) in together


def test_chosen_button_is_marked_and_only_it() -> None:
    rows = [[InlineKeyboardButton("A", callback_data="a")], [InlineKeyboardButton("B", callback_data="b")]]
    marked = mark_chosen(InlineKeyboardMarkup(rows), "b")
    assert [row[0].text for row in marked.inline_keyboard] == ["A", "✓ B"]
    assert mark_chosen(marked, "b") is None
    assert mark_chosen(marked, "z") is None
    both = mark_chosen(marked, "a")
    assert [row[0].text for row in both.inline_keyboard] == ["✓ A", "✓ B"]


def test_of_two_thumbs_one_is_chosen() -> None:
    row = [InlineKeyboardButton("👍", callback_data="u"), InlineKeyboardButton("👎", callback_data="d")]
    marked = mark_chosen(mark_chosen(InlineKeyboardMarkup([row]), "u"), "d")
    assert [button.text for button in marked.inline_keyboard[0]] == ["👍", "✓ 👎"]
