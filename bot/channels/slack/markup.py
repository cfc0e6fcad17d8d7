"""Slack's way of writing text ("mrkdwn"): read what people wrote, write what is shown. Pure functions."""

from __future__ import annotations

import re

from rich.emoji import Emoji

MAX_CHARS = 10_000
"""A longer message is refused in any case, so it is not decoded: that costs time too."""

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MARKUP = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_SHORTCODE = re.compile(r":([a-z0-9_+'-]+):(?::skin-tone-[2-6]:)?")
# Around whole words only, as Slack does: "snake_case" and "2*3" are no formatting.
_FORMATTING = re.compile(r"(?<![\w*_~`])(```|[*_~`])(?=\S)(.{1,300}?)(?<=\S)\1(?![\w*_~`])", re.DOTALL)


def escape(text: str) -> str:
    """Write text so that Slack shows just it: no mention, link or channel can come of it."""
    return re.sub("[&<>]", lambda match: _ENTITIES[match.group()], text)


def unescape(text: str) -> str:
    """Read escaped text back."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def size(text: str) -> int:
    """Return how long a text is once escaped, which is what Slack's limits count."""
    return len(escape(text))


def decode(text: str, me: str = "") -> str:
    """Return what somebody wrote as they see it; mentions of `me`, the bot, are left out.

    "<@U0BOT> what did &lt;x&gt; say? <http://a.example|a> :wave:" -> "what did <x> say? a 👋"
    """
    if len(text) > MAX_CHARS:
        return text
    text = _MARKUP.sub(lambda match: _shown(match.group(1), match.group(2), me), text)
    text = _SHORTCODE.sub(lambda match: Emoji.replace(f":{match.group(1)}:"), unescape(text))
    text = _FORMATTING.sub(r"\2", text)
    return re.sub("[ \t]+", " ", text).strip()


def mentions(text: str) -> set[str]:
    """Return the ids of the users whom a text mentions."""
    return {match.group(1)[1:] for match in _MARKUP.finditer(text[:MAX_CHARS]) if match.group(1).startswith("@")}


def _shown(target: str, label: str | None, me: str) -> str:
    if target.startswith("@"):
        return "" if target[1:] == me else "@" + (label or "someone")
    if target.startswith("#"):
        return "#" + (label or "channel")
    if target.startswith("!"):
        return label or "@" + target[1:].split("^")[0]
    return label or target.removeprefix("mailto:")
