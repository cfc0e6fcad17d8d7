"""Texts of the e-mail channel: for operators, and what people read in a mail."""

from __future__ import annotations

ADDRESS = "an address such as ask@museum.example"
INBOX = (
    "an address such as imaps://USER:PASSWORD@HOST, in which @ of user or password is written %40; imap:// only for "
    "a server on this machine"
)
OUTBOX = "an address such as smtps://USER:PASSWORD@HOST, or smtp://USER:PASSWORD@HOST:587 where TLS begins by STARTTLS"

DECLINED = "I can only read plain text. What would you like to know about the article?"
SUBJECT = "Your question"
"""Of an answer to a mail without a subject."""


def missing(name: str) -> str:
    return f"{name} is not set: the e-mail channel needs EMAIL_ADDRESS, EMAIL_INBOX and EMAIL_OUTBOX, or none of them"


def connected(address: str) -> str:
    return f"answers what is written to {address}"


def unreachable(reason: object) -> str:
    return f"the inbox cannot be read ({reason}); see EMAIL_INBOX. It is tried again"


def refused(event: str, reason: object) -> str:
    return f"the answer to {event} was refused by the mail server and is dropped: {reason}"


def not_sent(event: str, reason: object) -> str:
    return f"the answer to {event} could not be sent ({reason}); see EMAIL_OUTBOX. It is tried again"
