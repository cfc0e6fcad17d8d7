"""What the channel asks of the mail servers, each time on a new connection. The calls block: make them in a thread."""

from __future__ import annotations

import imaplib
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit

MOST = 20
"""Mails read at one look; the others are still there at the next."""
MAX_BYTES = 262_144
"""What is read of a mail; its text stands before what is attached."""


class Mailbox:
    """An inbox (IMAP) and an outbox (SMTP), each given by an address with user and password."""

    def __init__(self, inbox: str, outbox: str, timeout: float) -> None:
        self._inbox, self._outbox, self._timeout = urlsplit(inbox), urlsplit(outbox), timeout

    def unread(self) -> dict[str, bytes]:
        """Return the oldest mails that are not marked as read, by their numbers in the inbox."""
        with self._opened() as inbox:
            numbers = inbox.uid("SEARCH", "UNSEEN")[1][0].split()[:MOST]
            return {number.decode(): _content(inbox, number.decode()) for number in numbers}

    def mark_read(self, number: str) -> None:
        """Mark a mail as read."""
        with self._opened() as inbox:
            inbox.uid("STORE", number, "+FLAGS.SILENT", r"(\Seen)")

    def send(self, mail: EmailMessage) -> None:
        """Send a mail; smtplib's errors and OSError where the server does not take it."""
        address, context = self._outbox, ssl.create_default_context()
        encrypted = {"context": context} if address.scheme == "smtps" else {}
        kind = smtplib.SMTP_SSL if encrypted else smtplib.SMTP
        with kind(address.hostname or "", address.port or 0, timeout=self._timeout, **encrypted) as server:
            if not encrypted and not is_local(address):
                server.starttls(context=context)
            server.login(*_login(address))
            server.send_message(mail)

    @contextmanager
    def _opened(self) -> Iterator[imaplib.IMAP4]:
        address = self._inbox
        encrypted = {"ssl_context": ssl.create_default_context()} if address.scheme == "imaps" else {}
        kind = imaplib.IMAP4_SSL if encrypted else imaplib.IMAP4
        port = address.port or (993 if encrypted else 143)
        with kind(address.hostname or "", port, timeout=self._timeout, **encrypted) as inbox:
            inbox.login(*_login(address))
            inbox.select("INBOX")
            yield inbox


def is_local(address: SplitResult) -> bool:
    """Say whether a server is on this machine, so that nobody can listen on the way."""
    return address.hostname in ("localhost", "127.0.0.1", "::1")


def _login(address: SplitResult) -> tuple[str, str]:
    return unquote(address.username or ""), unquote(address.password or "")


def _content(inbox: imaplib.IMAP4, number: str) -> bytes:
    found = inbox.uid("FETCH", number, f"(BODY.PEEK[]<0.{MAX_BYTES}>)")[1]
    return next((part[1] for part in found if isinstance(part, tuple)), b"")
