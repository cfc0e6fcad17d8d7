"""A reply in Block Kit: within Slack's limits, whatever is said."""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.slack.render import (
    MAX_BLOCKS,
    MAX_CHARS,
    MAX_FALLBACK,
    Picture,
    Post,
    buttons_of,
    chosen,
    home,
    notice,
    question,
    render,
)
from tests.support.slack_api import buttons, small_print, unescape, visible
from tests.support.slack_rules import check_blocks, check_message

EVIDENCE = [{"sentence": "P1S1", "start": 0, "end": 4, "quote": "He said <it> & left."}]
RECORD = {"status": "answered", "facts": ["a"], "derived": False, "evidence": EVIDENCE}


def reply(
    text: str = "Yes.", titles: tuple[str, ...] = (), record: dict[str, Any] | None = None, **custom: Any
) -> list:
    said: dict[str, Any] = {"text": text}
    if titles:
        said["buttons"] = [{"title": title, "payload": f"ask {title}"} for title in titles]
    return [said, {"custom": {"answer": record or RECORD, **custom}}]


def seen(post: Post) -> dict[str, Any]:
    """What Slack makes of a post."""
    return {"text": post.text, "blocks": list(post.blocks)}


def check(parts: list) -> None:
    for part in parts:
        if isinstance(part, Post):
            check_message(part.text, list(part.blocks))
            assert len(part.text) <= MAX_FALLBACK + 1
            assert len(part.blocks) <= MAX_BLOCKS


def test_answer_comes_first_then_evidence_then_buttons_then_thumbs() -> None:
    (post,) = render(reply("Yes & <no>.", ("More", "Why?")), "1.0")
    assert [block["type"] for block in post.blocks] == ["section", "context", "actions", "context_actions"]
    assert visible(seen(post)) == "Yes & <no>."
    assert small_print(seen(post)) == ["“He said <it> & left.” (P1S1)"]
    assert buttons(seen(post)) == ["1. More", "2. Why?"]
    assert post.text == "Yes &amp; &lt;no&gt;.\n“He said &lt;it&gt; &amp; left.” (P1S1)"


def test_quote_that_the_text_holds_is_not_repeated() -> None:
    (post,) = render(reply("It rests on “He said <it> & left.” (P1S1)."), "1.0")
    assert small_print(seen(post)) == []


def test_buttons_carry_their_number_and_what_was_asked() -> None:
    (post,) = render(reply(titles=("A", "B")), "17.5")
    values = [element["value"] for block in post.blocks if block["type"] == "actions" for element in block["elements"]]
    assert values == ["0 17.5", "1 17.5"]


def test_small_talk_has_no_thumbs_and_no_evidence() -> None:
    record = {"status": "social", "facts": [], "derived": False, "evidence": []}
    (post,) = render(reply("Hello!", record=record), "1.0")
    assert [block["type"] for block in post.blocks] == ["section"]


def test_more_than_five_buttons_stand_in_rows() -> None:
    titles = tuple(f"Button {number}" for number in range(13))
    (post,) = render(reply(titles=titles), "1.0")
    rows = [block for block in post.blocks if block["type"] == "actions"]
    assert [len(row["elements"]) for row in rows] == [5, 5, 3]
    assert buttons(seen(post)) == list(titles)
    check([post])


def test_hundreds_of_buttons_are_all_there() -> None:
    titles = tuple(f"Button {number}" for number in range(400))
    parts = render(reply(titles=titles), "1.0")
    check(parts)
    assert list(itertools.chain(*(buttons(seen(part)) for part in parts))) == list(titles)


def test_long_title_is_cut_at_a_word() -> None:
    (post,) = render(reply(titles=("Why was " + "it so very long " * 9,)), "1.0")
    (title,) = buttons(seen(post))
    assert len(title) <= 75
    assert title.endswith("long…") or title.endswith("very…") or title.endswith("so…")


def test_title_cannot_look_like_markup() -> None:
    (post,) = render(reply(titles=("<!channel> <@U1>",)), "1.0")
    assert "<" not in buttons(seen(post))[0]


def test_long_answer_is_shared_out_at_sentence_ends() -> None:
    text = " ".join(f"This is sentence {number} & it says nothing." for number in range(900))
    parts = render(reply(text), "1.0")
    check(parts)
    sections = [b["text"]["text"] for part in parts for b in part.blocks if b["type"] == "section"]
    assert len(parts) > 1
    assert all(section.rstrip().endswith(".") for section in sections)
    assert [unescape(s).strip() for s in sections] == [s.strip() for s in map(unescape, sections)]
    assert " ".join(unescape(s).strip() for s in sections) == text


def test_picture_comes_after_the_answer() -> None:
    parts = render(reply("This is the order.", picture={"name": "timeline", "alt": "First this."}), "1.0")
    assert parts[1:] == [Picture("timeline", "First this.", instead="First this.")]
    assert isinstance(parts[0], Post)


def test_picture_of_what_the_answer_says_needs_no_words_instead() -> None:
    parts = render(reply("First this.", picture={"name": "timeline", "alt": "A timeline. First this."}), "1.0")
    assert parts[1:] == [Picture("timeline", "A timeline. First this.", instead="")]


def test_long_words_for_a_picture_are_cut_at_a_sentence() -> None:
    alt = " ".join(f"This is event {number}." for number in range(100))
    (_, picture) = render(reply(picture={"name": "timeline", "alt": alt}), "1.0")
    assert isinstance(picture, Picture)
    assert len(picture.alt) <= 1000
    assert picture.alt.endswith(".…")
    assert picture.instead == alt


def test_pressed_button_is_shown_in_the_place_of_all() -> None:
    said = reply("Which?", ("<Russia>", "Belarus"))
    post = chosen(said, "1.0", 0)
    assert post is not None
    assert [block["type"] for block in post.blocks] == ["section", "context", "context", "context_actions"]
    assert small_print(seen(post))[-1] == "Chosen: *<Russia>*"
    check([post])
    assert visible(seen(post)) == "Which?"


def test_pressed_button_is_found_in_a_later_message() -> None:
    titles = tuple(f"Button {number}" for number in range(400))
    post = chosen(reply("Which?", titles), "1.0", 399)
    assert post is not None
    assert small_print(seen(post)) == ["Chosen: *Button 399*"]
    assert "Which?" not in post.text


def test_home_page_offers_examples() -> None:
    view = home(["When <did> it end?", "Why?"], "Title & all", "/article")
    check_blocks(view["blocks"], "home")
    assert buttons(view) == ["When ‹did› it end?", "Why?"]
    assert "Title & all" in visible(view)
    assert any("/article" in text for text in small_print(view))


def test_notices_are_escaped() -> None:
    check([notice("<!channel> & more"), question("<@U1>?")])
    assert notice("<!channel>").text == "&lt;!channel&gt;"
    assert "<@" not in str(question("<@U1>?").blocks)


TEXTS = st.text(st.one_of(st.sampled_from("<>&!@|. \n*"), st.characters(exclude_categories=["Cs"])), max_size=300)


@settings(deadline=None)
@given(
    st.lists(st.tuples(TEXTS, st.integers(1, 60)), max_size=3),
    st.lists(TEXTS, max_size=12),
    st.lists(TEXTS, max_size=12),
)
def test_whatever_is_said_is_taken_by_slack(texts: list, titles: list, quotes: list) -> None:
    said: list[dict[str, Any]] = [{"text": text * times} for text, times in texts]
    said.append({"text": "Yes.", "buttons": [{"title": title, "payload": "x"} for title in titles]})
    evidence = [{"sentence": "P1S1", "start": 0, "end": 1, "quote": quote} for quote in quotes]
    said.append({"custom": {"answer": {**RECORD, "evidence": evidence}}})
    parts = render(said, "1.0")
    check(parts)
    assert all("<" not in part.text for part in parts)
    shown = "".join(visible(seen(part)) for part in parts)
    # Blanks at the ends of pieces are not shown in any case.
    assert "".join(shown.split()) == "".join("".join(message.get("text", "") for message in said).split())
    assert sum(len(buttons(seen(part))) for part in parts) == len(titles)
    assert all(sum(map(len, map(str, part.blocks))) < 20 * MAX_CHARS for part in parts)
    for number in range(len(titles)):
        post = chosen(said, "1.0", number)
        assert post is not None
        check([post])


def test_buttons_are_counted_over_all_texts() -> None:
    said = [{"text": "a", "buttons": [{"title": "1", "payload": "p1"}]}, {"text": "b"}]
    said.append({"text": "c", "buttons": [{"title": "2", "payload": "p2"}]})
    assert [button["payload"] for button in buttons_of(said)] == ["p1", "p2"]
