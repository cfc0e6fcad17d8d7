"""What every channel does to a message before anything else reads it. Pure functions."""

from __future__ import annotations

import re
import unicodedata
import uuid
from dataclasses import dataclass
from typing import Any

from bot import messages
from bot.answers.answer_record import Reason, answer_record

MAX_CHARS = 2000
MAX_TOKENS = 300
MAX_MARKS = 4
"""Combining marks kept on one letter; no language needs more, "Zalgo" text has dozens."""

EMPTY, TOO_LONG = Reason.EMPTY, Reason.TOO_LONG

_ID = re.compile(r"[A-Za-z0-9_:.@-]{1,128}")
_TOKEN = re.compile(r"\w+|[^\w\s]+")
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{" + str(MAX_MARKS + 1) + ",}"
)
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# A "/" that Rasa would see first may hide behind spaces or further slashes.
_LEADING = re.compile(r"[\s/]+")
_LOOKS = ("<wide>", "<narrow>", "<font>", "<circle>")
_NOTICES = {EMPTY: messages.EMPTY, TOO_LONG: messages.TOO_LONG}


@dataclass(frozen=True)
class Refusal:
    """A message that is declined without being read, and the polite reply to it."""

    kind: Reason
    text: str

    def messages(self) -> list[dict[str, Any]]:
        """The reply, in the shape every turn has."""
        return [{"text": self.text}, {"custom": {"answer": answer_record("clarify", self.kind)}}]


def is_conversation_id(value: object) -> bool:
    """Say whether a caller's conversation id can be used as it is."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def conversation_id(channel: str, value: str) -> str:
    """Put the channel before a caller's id, so that no channel reaches another's conversations.

    "42" on `rest` is `rest:42`, whatever "42" is elsewhere.
    """
    if not is_conversation_id(value):
        raise ValueError(messages.BAD_SENDER)
    return f"{channel}:{value}"


def fresh_id() -> str:
    """Make an id that nobody can guess."""
    return uuid.uuid4().hex


def read_text(text: str, max_chars: int = MAX_CHARS, max_tokens: int = MAX_TOKENS) -> str | Refusal:
    """Clean what somebody wrote, or say why it is declined."""
    if len(text) > 4 * max_chars:  # cleaning costs time too
        return Refusal(TOO_LONG, _NOTICES[TOO_LONG])
    clean = normalise(text)
    if not clean:
        return Refusal(EMPTY, _NOTICES[EMPTY])
    if len(clean) > max_chars or len(_TOKEN.findall(clean)) > max_tokens:
        return Refusal(TOO_LONG, _NOTICES[TOO_LONG])
    return clean


def normalise(text: str) -> str:
    """Make any string plain: valid Unicode, nothing invisible, no leading slash.

    Rasa takes text that begins with "/" for an intent ("/restart", "/ask{...}"); nobody
    is to reach an intent by typing its name, so the slash goes and the words stay.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = "".join(map(_keep, text))
    text = unicodedata.normalize("NFC", text)
    text = _MARKS.sub(lambda match: match.group()[:MAX_MARKS], text)
    leading = _LEADING.match(text)
    return text[leading.end() if leading else 0 :].strip()


def _keep(sign: str) -> str:
    """Say what is left of one character: itself, a stand-in or nothing."""
    if sign in "\n\t" or " " <= sign <= "~":
        return sign
    if plain := _plain(sign):
        return plain
    category = unicodedata.category(sign)
    if category == "Cs":
        return "\ufffd"
    if category == "Zs":
        return " "
    # Control and format characters (zero width, bidi), unassigned and private ones; the key drawn around a digit.
    return "" if category in ("Cc", "Cf", "Cn", "Co", "Me") or _is_filler(sign) else sign


def _plain(sign: str) -> str | None:
    """Return what a sign that only looks different stands for (full-width, bold, circled), None for any other.

    A digit of any script is that digit.
    """
    kind = unicodedata.decomposition(sign).partition(" ")[0]
    stands_for = unicodedata.normalize("NFKC", sign) if kind in _LOOKS else ""
    if stands_for.isascii() and stands_for.strip():
        return stands_for
    digit = unicodedata.digit(sign, None)
    return str(digit) if digit is not None and not unicodedata.decomposition(sign) else None


def _is_filler(sign: str) -> bool:
    """Say whether a letter or mark by category shows as nothing (Hangul fillers, selectors)."""
    return sign in "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0" or "\ufe00" <= sign <= "\ufe0f"
