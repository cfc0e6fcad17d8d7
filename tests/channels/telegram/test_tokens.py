"""What a button carries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.tokens import MAX_BYTES, OPINION, QUESTION, Button, Tokens

TOKENS = Tokens("1:a")
MINE = "tg:42:0:42"


def read(token: str) -> Button | None:
    return TOKENS.read(token, lambda button: MINE)


@pytest.mark.parametrize(
    "button",
    [
        Button(QUESTION, "0", "1001-700000001"),
        Button(OPINION, "down", "9" * 17 + "-" + "9" * 18),
        Button(QUESTION, "99", "0123456789abcdef"),
        Button(QUESTION, "0", "5-7", thread=0, author=-1001234567890),
        # The longest there are: ids of messages, updates and topics have 32 bits, those of channels 42.
        Button(OPINION, "down", "2147483647-2147483647", thread=2147483647, author=-3999999999999),
    ],
)
def test_token_says_what_was_put_in_and_fits(button: Button) -> None:
    token = TOKENS.make(MINE, button)
    assert len(token.encode()) <= MAX_BYTES
    assert read(token) == button
    assert Tokens("1:a").read(token, lambda button: MINE) == button  # after a restart


def test_token_holds_in_its_own_conversation_only() -> None:
    token = TOKENS.make(MINE, Button(QUESTION, "0", "1"))
    assert TOKENS.read(token, lambda button: "tg:42:0:43") is None
    assert Tokens("1:b").read(token, lambda button: MINE) is None


@given(st.text(max_size=64) | st.from_regex(r"[qo]\d\.\d\.[0-9a-f]{16}", fullmatch=True))
def test_made_up_token_is_nothing(token: str) -> None:
    assert read(token) is None


@pytest.mark.parametrize("at", range(8))
def test_changed_token_is_nothing(at: int) -> None:
    token = TOKENS.make(MINE, Button(QUESTION, "0", "1"))
    changed = token[:at] + ("1" if token[at] != "1" else "2") + token[at + 1 :]
    assert read(changed) is None
