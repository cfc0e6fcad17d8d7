"""A mail, read as what is asked of the bot. Pure functions."""

from __future__ import annotations

import email
import email.policy
import hashlib
import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import parseaddr

from bot.channels.requests import Ask, Decline, Ignore
from bot.engine import intake
from bot.messages import email as email_texts

PREFIX = "mail"
"""What the ids of all conversations by e-mail begin with."""

_BULK = ("bulk", "junk", "list")
_CUT = re.compile(r"-- |[-_]{5,}.*")
"""The line above a signature, or above what a mail program repeats of the mail before."""


@dataclass(frozen=True)
class Place:
    """Where an answer goes."""

    to: str
    subject: str
    message_id: str = ""
    references: str = ""


def read_mail(raw: bytes, own: str) -> Ask | Decline | Ignore:
    """Say what a mail asks of the bot, whose address is `own`."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    try:
        to = parseaddr(str(mail["From"] or ""))[1].lower()
        place = Place(
            to, *(" ".join(str(mail[name] or "").split()) for name in ("Subject", "Message-ID", "References"))
        )
        automatic = _is_automatic(mail)
        text = _said(mail)
    except (ValueError, LookupError, TypeError, AttributeError):  # a mail can be malformed in any way
        return Ignore("malformed")
    if automatic or "@" not in to or to == own.lower():
        return Ignore("not from a person who can be answered")
    conversation = intake.conversation_id(PREFIX, _digest(to))
    if text is None:
        return Decline(conversation, place, email_texts.DECLINED)
    return Ask(conversation, event_of(raw), text or place.subject, place)


def event_of(raw: bytes) -> str:
    """Return the name of a mail, the same however often it is read."""
    head = email.message_from_bytes(raw[:65536])
    return _digest((str(head["From"]), str(head["Message-ID"])) if head["Message-ID"] else raw)


def _is_automatic(mail: EmailMessage) -> bool:
    """Say whether a program sent a mail: two that answer each other would never end."""
    automatic = str(mail.get("Auto-Submitted", "no")).lower() != "no"
    bulk = str(mail.get("Precedence", "")).lower() in _BULK or "List-Id" in mail
    return automatic or bulk or mail.get("Return-Path", "").strip() == "<>"


def _said(mail: EmailMessage) -> str | None:
    """Return what somebody wrote, less what stands below it of the mails before; None where there is no plain text."""
    body = mail.get_body(("plain",))
    if body is None:
        return None
    said: list[str] = []
    for line in body.get_content().splitlines():
        if _CUT.fullmatch(line):
            break
        if line.startswith(">"):
            while said and not said[-1].strip():
                said.pop()
            if said and said[-1].rstrip().endswith(":"):  # "On Monday you wrote:", in whatever language
                said.pop()
            continue
        said.append(line)
    return "\n".join(said).strip()


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode("utf-8", "replace")).hexdigest()[:24]
