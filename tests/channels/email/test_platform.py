"""How an answer looks in a mail."""

from __future__ import annotations

import smtplib
from typing import Any

import pytest

from bot.channels.email.incoming import Place
from bot.channels.email.mailbox import Mailbox
from bot.channels.email.platform import EmailPlatform, Letter, read_trouble
from bot.channels.email.timing import Timing
from bot.channels.requests import Ask
from bot.messages import email as email_texts

PLACE = Place("ann@home.example", "A question", "<2@home.example>", "<1@home.example>")
PLATFORM = EmailPlatform(Mailbox("", "", 1), "ask@museum.example", Timing())


def text(*reply: dict[str, Any]) -> str:
    (letter,) = PLATFORM.render(reply, Ask("mail:1", "1", "when?", PLACE), None)
    return letter.text


def test_choices_stand_with_the_numbers_by_which_they_are_picked() -> None:
    buttons = [{"title": title, "payload": title} for title in ("Apples?", "Pears?")]
    assert text({"text": "Which?", "buttons": buttons}) == "Which?\n\n1. Apples?\n2. Pears?"


def test_answer_stands_first_and_what_it_rests_on_last() -> None:
    record = {"answer": {"evidence": [{"sentence": "P1S1", "quote": "It left."}]}}
    assert text({"text": "It left."}, {"custom": record}) == "It left.\n\nP1S1 “It left.”"


def test_answer_stands_in_the_thread_of_its_question() -> None:
    mail = PLATFORM.written(PLACE, Letter("Then."))
    assert mail["In-Reply-To"] == "<2@home.example>"
    assert mail["References"] == "<1@home.example> <2@home.example>"
    assert mail["Subject"] == "Re: A question"
    assert PLATFORM.written(Place("a@b", ""), Letter("Then."))["Subject"] == f"Re: {email_texts.SUBJECT}"


@pytest.mark.parametrize(
    ("error", "final"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b": (550, b"no")}), True),
        (smtplib.SMTPRecipientsRefused({"a@b": (450, b"later")}), False),
        (smtplib.SMTPDataError(554, b"no"), True),
        (smtplib.SMTPAuthenticationError(535, b"no"), False),
        (smtplib.SMTPServerDisconnected("gone"), False),
        (TimeoutError(), False),
    ],
)
def test_only_what_is_refused_for_good_is_given_up(error: Exception, final: bool) -> None:
    assert read_trouble(error).final is final


def test_own_fault_is_no_trouble_of_the_server() -> None:
    with pytest.raises(KeyError):
        read_trouble(KeyError("x"))
