"""What a mail asks of the bot."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from bot.channels.email.incoming import event_of, read_mail
from bot.channels.requests import Ask, Decline, Ignore
from bot.messages import email as email_texts

ASK = "ask@museum.example"


def mail(text: str = "When?", **headers: str) -> EmailMessage:
    written = EmailMessage()
    for name, value in {"From": "Ann <ann@home.example>", "Message_ID": "<1@home.example>", **headers}.items():
        written[name.replace("_", "-")] = value
    written.set_content(text)
    return written


def said(text: str, **headers: str) -> str:
    read = read_mail(mail(text, **headers).as_bytes(), ASK)
    assert isinstance(read, Ask)
    return read.text


@pytest.mark.parametrize(
    "text",
    [
        "When did it leave?\n\nOn Monday the bot wrote:\n> Which one?\n> A or B\n",
        "When did it leave?\n\nAm Montag schrieb der Bot:\n\n> Which one?\n",
        "> Which one?\n\nWhen did it leave?\n",
        "When did it leave?\n-- \nAnn\nHead of questions",
        "When did it leave?\n\n-----Original Message-----\nFrom: the bot\n",
        "When did it leave?\n________________________________\nFrom: the bot\n",
    ],
)
def test_what_stands_below_a_question_is_no_part_of_it(text: str) -> None:
    assert said(text) == "When did it leave?"


def test_subject_is_the_question_where_nothing_else_is_said() -> None:
    assert said("\n", Subject="Who  signed it?") == "Who signed it?"


def test_conversation_is_that_of_the_address_in_any_case() -> None:
    one, other = (read_mail(mail(From=who).as_bytes(), ASK) for who in ("Ann <ann@home.example>", "ANN@Home.example"))
    stranger = read_mail(mail(From="bob@home.example").as_bytes(), ASK)
    assert one.conversation == other.conversation != stranger.conversation


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"List_Id": "<talk.home.example>"},
        {"Return_Path": "<>"},
        {"From": "Ask@museum.example"},
        {"From": "nobody"},
    ],
)
def test_what_no_person_wrote_is_not_answered(headers: dict[str, str]) -> None:
    assert isinstance(read_mail(mail(**headers).as_bytes(), ASK), Ignore)


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xfe", b"From: \n\n", b"Content-Type: text/plain; charset=no\nFrom: a@b\n\nx"]
)
def test_malformed_mail_is_no_fault(raw: bytes) -> None:
    read = read_mail(raw, ASK)
    assert isinstance(read, Ignore | Ask)


def test_mail_without_plain_text_is_declined() -> None:
    written = mail()
    written.clear_content()
    written.set_content("<b>When?</b>", subtype="html")
    read = read_mail(written.as_bytes(), ASK)
    assert isinstance(read, Decline)
    assert read.text == email_texts.DECLINED


def test_mail_has_one_name_however_it_came() -> None:
    assert event_of(mail("When?").as_bytes()) == event_of(mail("When?", Received="from elsewhere").as_bytes())
    assert event_of(mail("When?").as_bytes()) != event_of(mail("When?", From="bob@home.example").as_bytes())
