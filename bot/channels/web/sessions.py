"""Whose web conversation it is: ids that only the server makes, signed."""

from __future__ import annotations

import hashlib
import logging
import os
import re
import secrets
from pathlib import Path

from itsdangerous import BadSignature, TimestampSigner

from bot import messages, paths
from bot.errors import StartError
from bot.settings import MIN_SECRET
from bot.settings.kinds import scheme_of
from bot.storage.clock import DAY

COOKIE, TOKEN = "cookie", "token"
"""The two ways in which an id travels; what was signed for one does not work as the other."""

_ID_BYTES = 18
_ID = re.compile(r"[A-Za-z0-9_-]{24}")

logger = logging.getLogger(__name__)


class Sessions:
    """Signs ids of conversations and reads them back."""

    def __init__(self, secret: str, days: int) -> None:
        self._signers = {
            kind: TimestampSigner(secret, salt=f"web-{kind}", digest_method=hashlib.sha256) for kind in (COOKIE, TOKEN)
        }
        self._seconds = days * DAY
        # Browsers keep one cookie jar for all ports of a host, where another bot may run.
        self.name = "chat-" + hashlib.sha256(f"name of the cookie {secret}".encode()).hexdigest()[:8]

    @property
    def seconds(self) -> int:
        """How long a signed id holds after it was issued."""
        return self._seconds

    @staticmethod
    def new_id() -> str:
        """Make an id that nobody can guess: 144 random bits."""
        return secrets.token_urlsafe(_ID_BYTES)

    def sign(self, session_id: str, kind: str) -> str:
        """Return an id in the form in which it is handed out as COOKIE or TOKEN."""
        return self._signers[kind].sign(session_id).decode()

    def read(self, signed: str | None, kind: str) -> str | None:
        """Return the id that was signed; None for anything that we did not sign for this use, or too long ago."""
        if not signed or len(signed) > 256:
            return None
        try:
            session_id = self._signers[kind].unsign(signed, max_age=self._seconds).decode()
        except (BadSignature, UnicodeError):
            return None
        return session_id if _ID.fullmatch(session_id) else None


def secret_file(database: str) -> Path:
    """Return where the secret is kept that nobody has set: beside the database, where that is a file."""
    file = paths.VAR / "conversations" if scheme_of(database) else Path(database)
    return file.with_suffix(".secret")


def read_secret(given: str | None, path: Path) -> str:
    """Return the secret given, or the one kept in a file, which is made where there is none yet."""
    if given:
        return given
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _make(path)
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
            logger.warning(messages.secret_was_open(path))
        secret = path.read_text("ascii").strip()
    except (OSError, UnicodeError) as error:
        raise StartError(messages.secret_unusable(path, error)) from error
    if len(secret) < MIN_SECRET:
        raise StartError(messages.secret_too_short(path, MIN_SECRET))
    return secret


def _make(path: Path) -> None:
    """Write a new secret unless there is one; of two processes that start at once, both end with the same."""
    if path.exists():
        return
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48) + "\n")
        try:
            os.link(draft, path)  # whole or not at all, and never over another
        except FileExistsError:
            pass
        except OSError:  # a file system without links
            draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
