"""Conversations by mail, with the stand-in for mail servers."""

from __future__ import annotations

import pytest

from bot import messages
from bot.channels.email import service
from bot.errors import SettingError
from bot.messages import email as email_texts
from bot.settings import read_settings
from tests.channels.email.conftest import Serve
from tests.support.mail_server import PASSWORD, MailServer
from tests.support.tiny import Client
from tests.support.tinyactions import Waiting
from tests.support.waiting import wait_until

BOB = "bob@home.example"


def first_lines(mail: MailServer, count: int, to: str = "ann@home.example") -> list[str]:
    return [text.splitlines()[0] for text in mail.answers(count, to)]


def settled(mail: MailServer) -> None:
    """Wait until nothing is unread."""
    wait_until(lambda: mail.read == set(mail.inbox))


def state(client: Client) -> dict[str, str]:
    return client.request("GET", "/ready").json["channels"]["email"]


def test_conversation(bot: Client, mail: MailServer) -> None:
    mail.write("when?", Subject="A question", Message_ID="<1@home.example>")
    assert "P1S1 “Tiny”" in mail.answers(1)[0]
    answer = mail.to("ann@home.example")[0]
    assert (answer["Subject"], answer["In-Reply-To"]) == ("Re: A question", "<1@home.example>")
    assert answer["Auto-Submitted"] == "auto-replied"
    mail.write("who?\n\nYou wrote:\n> Question 1: when?\n", Subject="Re: A question", References=answer["References"])
    assert first_lines(mail, 2) == ["Question 1: when?", "Question 2: who?"]
    assert mail.to("ann@home.example")[1]["Subject"] == "Re: A question"
    settled(mail)


def test_picture_is_attached(bot: Client, mail: MailServer) -> None:
    mail.write("timeline")
    mail.answers(1)
    (picture,) = mail.to("ann@home.example")[0].iter_attachments()
    assert picture.get_content_type() == "image/png"
    assert picture.get_content().startswith(b"\x89PNG")


def test_failing_turn_gets_an_apology_and_the_next_an_answer(bot: Client, mail: MailServer) -> None:
    mail.write("break")
    assert mail.answers(1) == [messages.APOLOGY]
    mail.write("when?")
    assert first_lines(mail, 2)[1].endswith("when?")
    settled(mail)


def test_one_person_waits_for_nobody_else(bot: Client, mail: MailServer, waiting: Waiting) -> None:
    mail.write("wait")
    mail.write("when?", BOB)
    assert first_lines(mail, 1, BOB) == ["Question 1: when?"]
    wait_until(lambda: waiting.under_way == 1)
    assert not mail.to("ann@home.example")
    waiting.over.set()
    assert mail.answers(1) == ["Waited."]


def test_mail_is_answered_once_though_it_stays_unread(serve: Serve, mail: MailServer) -> None:
    with serve():
        mail.write("when?")
        mail.answers(1)
        settled(mail)
    mail.read.clear()  # as if the server had died before it could mark it
    with serve():
        mail.write("who?", BOB)
        mail.answers(1, BOB)
        settled(mail)
    assert len(mail.to("ann@home.example")) == 1


def test_answer_is_sent_when_the_server_takes_it(bot: Client, mail: MailServer) -> None:
    mail.replies += ["451 later", "451 later"]
    mail.write("when?")
    assert first_lines(mail, 1) == ["Question 1: when?"]
    settled(mail)


def test_answer_that_is_refused_for_good_holds_up_nobody(
    bot: Client, mail: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    mail.replies += ["554 never"]
    mail.write("when?")
    settled(mail)
    assert not mail.sent
    assert sum("refused by the mail server" in text for text in caplog.messages) == 1
    mail.write("who?")
    assert first_lines(mail, 1) == ["Question 2: who?"]


def test_inbox_that_cannot_be_opened_is_named_and_tried_again(serve: Serve, mail: MailServer) -> None:
    mail.passwords.clear()
    with serve() as client:
        wait_until(lambda: state(client)["state"] == "degraded")
        assert "EMAIL_INBOX" in state(client)["detail"]
        assert client.say("a", "when?").status == 200
        mail.write("when?")
        mail.passwords.add(PASSWORD)
        assert first_lines(mail, 1) == ["Question 1: when?"]
        wait_until(lambda: state(client)["state"] == "working")


def test_programs_that_answer_each_other_come_to_an_end(
    serve: Serve, mail: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "SECONDS_EACH", 1e9)
    with serve():
        for number in range(service.MOST_AT_ONCE + 2):
            mail.write(f"when {number}?")
        mail.answers(service.MOST_AT_ONCE)
        mail.write("when?", BOB)
        mail.answers(1, BOB)
        wait_until(lambda: len(mail.read) == service.MOST_AT_ONCE + 1)
        assert len(mail.to("ann@home.example")) == service.MOST_AT_ONCE


def test_automatic_mail_is_read_and_not_answered(bot: Client, mail: MailServer) -> None:
    mail.write("I am away.", Auto_Submitted="auto-replied")
    settled(mail)
    assert not mail.sent


def test_off_without_an_inbox(serve: Serve, mail: MailServer) -> None:
    with serve(email_inbox=None) as client:
        assert "channels" not in client.request("GET", "/ready").json


def test_settings_that_cannot_be_used_are_named_without_the_password() -> None:
    with pytest.raises(SettingError) as error:
        read_settings({"EMAIL_INBOX": "imap://ann:secret@mail.example", "EMAIL_ADDRESS": "ann"})
    for word in ("EMAIL_INBOX", "EMAIL_ADDRESS", email_texts.missing("EMAIL_OUTBOX")):
        assert word in str(error.value)
    assert "secret" not in str(error.value)
