"""E-mail, as `bot.channels.platform` has it: how an answer is written and sent."""

from __future__ import annotations

import asyncio
import logging
import smtplib
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Any

from bot.channels import pictures
from bot.channels.choices import listed
from bot.channels.email.incoming import Place
from bot.channels.email.mailbox import Mailbox
from bot.channels.email.timing import Timing
from bot.channels.reply_parts import buttons_of, custom_of, quotes_of
from bot.channels.requests import Ask, Decline
from bot.channels.retrying import NotTaken, Trouble, insist
from bot.errors import PutOff
from bot.messages import email as email_texts

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """An answer: its text, and the name of a picture to attach."""

    text: str
    picture: str = ""


class EmailPlatform:
    """One address."""

    name = "email"
    turn_tries = 1
    tells_not_stored = False
    """The mail stays unread and is answered at a later look."""

    def __init__(self, mailbox: Mailbox, address: str, timing: Timing) -> None:
        self._mailbox, self._address, self._timing = mailbox, address, timing

    def notice(self, text: str) -> Letter:
        return Letter(text)

    def render(self, reply: Sequence[dict[str, Any]], request: Ask, title: str | None) -> list[Letter]:
        texts = [message["text"] for message in reply if message.get("text")]
        choices = listed([button["title"] for button in buttons_of(reply)])
        quotes = "\n".join(f"{name} “{quote}”" for name, quote in quotes_of(reply))
        picture = (custom_of(reply).get("picture") or {}).get("name", "")
        return [Letter("\n\n".join(filter(None, [*texts, choices, quotes])), picture)]

    async def send(self, request: Ask | Decline, place: Place, part: Letter, number: int, again: bool) -> Place:
        mail = await asyncio.to_thread(self.written, place, part)
        try:
            await insist(lambda: asyncio.to_thread(self._mailbox.send, mail), read_trouble, self._timing, asyncio.sleep)
        except NotTaken as error:
            if not error.trouble.final:
                raise PutOff(email_texts.not_sent(request.conversation, error.trouble.reason)) from None
            logger.error(email_texts.refused(request.conversation, error.trouble.reason))
        return place

    def typing(self, request: Ask) -> AbstractAsyncContextManager[None]:
        return nullcontext()

    def written(self, place: Place, letter: Letter) -> EmailMessage:
        """Return the mail that carries an answer, in the thread of the mail that asked."""
        mail = EmailMessage()
        subject = place.subject or email_texts.SUBJECT
        mail["From"], mail["To"] = self._address, place.to
        mail["Subject"] = subject if subject.lower().startswith("re:") else f"Re: {subject}"
        mail["Date"], mail["Message-ID"] = formatdate(), make_msgid(domain=self._address.partition("@")[2])
        mail["Auto-Submitted"] = "auto-replied"
        if place.message_id:
            mail["In-Reply-To"] = place.message_id
            mail["References"] = f"{place.references} {place.message_id}".strip()
        mail.set_content(letter.text)
        if letter.picture:
            drawn = pictures.png(letter.picture)
            mail.add_attachment(drawn, maintype="image", subtype="png", filename=f"{letter.picture}.png")
        return mail


def read_trouble(error: Exception) -> Trouble:
    """Say what an error of smtplib means; raise what is none."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = max(code for code, _ in error.recipients.values())
        return Trouble(f"{type(error).__name__} {code}", final=code >= 500)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Trouble(type(error).__name__, bad_token=True)  # an operator may put that right
    if isinstance(error, smtplib.SMTPResponseException):
        return Trouble(f"{type(error).__name__} {error.smtp_code}", final=error.smtp_code >= 500)
    if isinstance(error, OSError):  # smtplib's other errors are of this kind too
        return Trouble(type(error).__name__, unclear=True)
    raise error
