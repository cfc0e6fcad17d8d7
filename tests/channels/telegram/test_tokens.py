"""What a button carries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.tokens import MAX_BYTES, OPINION, QUESTION, Button, Tokens

TOKENS = Tokens("1:a")
MINE = "tg:42:0:42"


@pytest.mark.parametrize(
    "button",
    [
        Button(QUESTION, "0", "1001-700000001"),
        Button(OPINION, "down", "9" * 17 + "-" + "9" * 18),
        Button(QUESTION, "99", "0123456789abcdef"),
    ],
)
def test_token_says_what_was_put_in_and_fits(button: Button) -> None:
    token = TOKENS.make(MINE, button)
    assert len(token.encode()) <= MAX_BYTES
    assert TOKENS.read(MINE, token) == button
    assert Tokens("1:a").read(MINE, token) == button  # after a restart


def test_token_holds_in_its_own_conversation_only() -> None:
    token = TOKENS.make(MINE, Button(QUESTION, "0", "1"))
    assert TOKENS.read("tg:42:0:43", token) is None
    assert Tokens("1:b").read(MINE, token) is None


@given(st.text(max_size=64) | st.from_regex(r"[qo]\d\.\d\.[0-9a-f]{16}", fullmatch=True))
def test_made_up_token_is_nothing(token: str) -> None:
    assert TOKENS.read(MINE, token) is None


@pytest.mark.parametrize("at", range(8))
def test_changed_token_is_nothing(at: int) -> None:
    token = TOKENS.make(MINE, Button(QUESTION, "0", "1"))
    changed = token[:at] + ("1" if token[at] != "1" else "2") + token[at + 1 :]
    assert TOKENS.read(MINE, changed) is None
