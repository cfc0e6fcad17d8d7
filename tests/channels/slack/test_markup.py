"""What people wrote is read as they see it; what is shown can be nothing but text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.pieces import split
from bot.channels.slack.markup import MAX_CHARS, decode, escape, mentions, size, unescape
from tests.support.waiting import effort

SIGNS = st.text(st.one_of(st.sampled_from("&<>;!@#|*_~` \n.?amplt"), st.characters(exclude_categories=["Cs"])))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("when &lt;did&gt; A &amp; B leave?", "when <did> A & B leave?"),
        ("&amp;lt;", "&lt;"),
        ("<@U0BOT> when?", "when?"),
        ("when, <@U0BOT>?", "when, ?"),
        ("<@U0BOT|article_bot> when?", "when?"),
        ("did <@U2|mary> sign", "did @mary sign"),
        ("did <@U2> sign", "did @someone sign"),
        ("<#C1|general> is for this", "#general is for this"),
        ("<#C1> is", "#channel is"),
        ("<!here> when?", "@here when?"),
        ("<!subteam^S1|@staff> when?", "@staff when?"),
        ("<!date^1392734382^{date}|Feb 18> then?", "Feb 18 then?"),
        ("see <https://a.example/b?c=1&amp;d|this>", "see this"),
        ("see <https://a.example/b?c=1&amp;d>", "see https://a.example/b?c=1&d"),
        ("<mailto:a@b.example|a@b.example>", "a@b.example"),
        ("when :thinking_face: ?", "when 🤔 ?"),
        (":+1: :wave::skin-tone-3:", "👍 👋"),
        (":no_such_emoji: at 10:30:45", ":no_such_emoji: at 10:30:45"),
        ("*When* did _Russia_ ~leave~ `now`?", "When did Russia leave now?"),
        ("snake_case and 2*3*4 and a_b_c", "snake_case and 2*3*4 and a_b_c"),
        ("  a   b  ", "a b"),
        ("", ""),
        ("<", "<"),
        ("a < b", "a < b"),
    ],
)
def test_text_is_read_as_it_is_seen(written: str, read: str) -> None:
    assert decode(written, "U0BOT") == read


def test_mentions_are_found() -> None:
    assert mentions("<@U1> and <@U2|b>, not &lt;@U3&gt; nor <#C1> nor <!here>") == {"U1", "U2"}


@given(SIGNS)
def test_escaped_text_reads_back_and_holds_no_markup(text: str) -> None:
    escaped = escape(text)
    assert unescape(escaped) == text
    assert "<" not in escaped
    assert ">" not in escaped
    assert mentions(escaped) == set()


@given(SIGNS, st.integers(min_value=5, max_value=60))
def test_pieces_join_to_the_text_and_fit(text: str, limit: int) -> None:
    pieces = split(text, limit, size)
    assert "".join(pieces) == text
    assert all(0 < len(escape(piece)) <= limit for piece in pieces)


def test_text_is_cut_at_the_ends_of_sentences() -> None:
    text = "One & two. Three four five. Six seven."
    assert split(text, 32, size) == ["One & two. Three four five. ", "Six seven."]


@given(SIGNS)
def test_nothing_that_is_written_is_a_fault(text: str) -> None:
    decode(text, "U0BOT")
    mentions(text)


@pytest.mark.parametrize("sign", ["*", "<", "_ ", "`a", ":a", "<@", "&lt;", "*a "])
def test_reading_takes_no_time(sign: str) -> None:
    """A pattern that backtracks takes minutes; a tenth of a second is what this takes."""

    def read() -> None:
        decode(sign * (MAX_CHARS // len(sign)), "U0BOT")
        decode(sign * 100_000, "U0BOT")
        mentions(sign * 100_000)

    assert effort(read) < 5
