"""Fields of what a page sends: read, or refused with what would be valid. Pure functions."""

from __future__ import annotations

import re
from typing import Any

from bot import messages
from bot.facts.article import Article
from bot.web.http import RequestError

_MESSAGE_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


def string(content: dict[str, Any], name: str, optional: bool = False) -> str:
    """Return a field that holds text, "" for one that may be missing; else raise RequestError."""
    value = content.get(name)
    if value is None and optional:
        return ""
    if not isinstance(value, str):
        raise _bad_field(name, "a string")
    return value


def message_id(content: dict[str, Any]) -> str:
    """Return the client's id of a message, or raise RequestError."""
    value = content.get("id")
    if not isinstance(value, str) or not _MESSAGE_ID.fullmatch(value):
        valid = "a string of 8 to 64 characters out of letters, digits, - and _, made anew for each message"
        raise _bad_field("id", valid)
    return value


def sentence(content: dict[str, Any], article: Article) -> str | None:
    """Return the id of the sentence that a message is about, None where it names none; else raise RequestError."""
    value = content.get("sentence")
    if value is None:
        return None
    if not isinstance(value, str) or value not in article.sentences:
        raise _bad_field("sentence", messages.valid_sentence(list(article.sentences)))
    return value


def _bad_field(name: str, valid: str) -> RequestError:
    return RequestError(400, "bad_field", messages.bad_field(name, valid))
