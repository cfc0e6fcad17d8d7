"""Messages that bring sentences of the article along."""

from __future__ import annotations

import pytest

from bot.dialogue.conversation import answer_message
from bot.dialogue.memory import Memory
from bot.questions.quotations import without_quotes
from tests.support.factbase import FakeReader, small

BASE = small()
QUOTE = "Dunholm stayed out of loyalty: its Steward, Tilda Fenwick, was an old friend of Pellworth’s."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{QUOTE} Why?", ("its Steward, Tilda Fenwick, was an old friend of Pellworth’s.", "Why?")),
        (
            "I read “Orlandia was the first to leave” - and then?",
            ("Orlandia was the first to leave", "I read - and then?"),
        ),
        ("and then? orlandia WAS the first to leave", ("orlandia WAS the first to leave", "and then?")),
        ("Why was Orlandia the first to leave?", None),
        ("Orlandia was the first to leave.", None),
        ("Brennock left. Why?", None),
        ("Who went?", None),
        ("", None),
    ],
)
def test_what_is_quoted_and_what_is_said_besides(text: str, found: tuple[str, str] | None) -> None:
    assert without_quotes(BASE, text) == found


def test_a_quoted_sentence_is_what_is_spoken_of() -> None:
    quote, asks = "Dunholm stayed out of loyalty", "And when did it leave?"
    read = FakeReader({quote: "why_last", asks: "left_when", f"“{quote}”. {asks}": "why_last"})
    reply, _ = answer_message(BASE, Memory(), read(f"“{quote}”. {asks}"), read)
    assert reply.text.startswith("Dunholm left on June 9th")
