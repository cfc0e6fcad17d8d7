"""A reply as Slack shows it: Block Kit from the reply's messages and its answer record. Pure functions.

The answer stands first, then what it rests on in small print, then what can be asked next as buttons, then two thumbs.
A button carries its number and which message the reply answered; what it says is looked up in its own conversation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.channels.choices import label
from bot.channels.pieces import split
from bot.channels.reply_parts import Picture, buttons_of, custom_of, is_judged, quotes_of
from bot.channels.slack.markup import escape, size
from bot.messages import slack as slack_texts

MAX_SECTION = 3000
MAX_BLOCKS = 50
MAX_CHARS = 12_000
"""Characters in all blocks of a message; Slack refuses more than about 13,200."""
MAX_FALLBACK = 3900
"""Characters of the plain text beside the blocks, which notifications and screen readers take."""
MAX_TITLE = 75
MAX_ALT = 1000
IN_ROW = 5
"""Buttons in a block. Slack takes more, but shows those beyond five only on request."""
IN_CONTEXT = 10

CHOICE, VERDICT, EXAMPLE = "choice", "verdict", "example"
"""What the ids of the buttons begin with."""

Block = dict[str, Any]


@dataclass(frozen=True)
class Post:
    """One message: blocks, and a plain text for where blocks are not shown."""

    text: str
    blocks: tuple[Block, ...] = ()


Part = Post | Picture


def render(reply: Sequence[dict[str, Any]], asked: str) -> list[Part]:
    """Put the reply to the message `asked` into as many messages as Slack's limits need."""
    blocks = [_section(text) for message in reply for text in _pieces(message.get("text", ""))]
    blocks += _contexts(_quotes(reply))
    blocks += _button_rows(buttons_of(reply), asked)
    if is_judged(reply):
        blocks.append(_thumbs(asked))
    parts: list[Part] = list(_posts(blocks))
    if picture := custom_of(reply).get("picture"):
        parts.insert(1, _picture(picture, reply))
    return parts


def chosen(reply: Sequence[dict[str, Any]], asked: str, number: int) -> Post | None:
    """Return the message with button `number` as it looks once that is pressed: what was chosen, and no buttons."""
    choice = _contexts([slack_texts.chosen(f"*{escape(buttons_of(reply)[number]['title'])}*")])
    for post in render(reply, asked):
        if isinstance(post, Post) and f"{CHOICE}.{number}" in _action_ids(post.blocks):
            kept = [block for block in post.blocks if block["type"] != "actions"]
            # Before the thumbs, where the buttons were.
            at = next((i for i, block in enumerate(kept) if block["type"] == "context_actions"), len(kept))
            return replace(post, blocks=(*kept[:at], *choice, *kept[at:]))
    return None


def notice(text: str) -> Post:
    """Return a message of the channel's own, as plain as it is."""
    return Post(escape(text), tuple(_section(piece) for piece in _pieces(text)))


def question(text: str) -> Post:
    """Return what somebody asked by a button elsewhere, so that it stands above its answer."""
    return Post(escape(text), tuple(_contexts([slack_texts.asked(f"*{escape(piece)}*") for piece in _pieces(text)])))


def home(examples: Sequence[str], title: str, command: str) -> dict[str, Any]:
    """Return the bot's home page: what it is, and examples to press."""
    rows = [
        {"type": "actions", "elements": [_button(example, f"{EXAMPLE}.{number}", f"{number} home")]}
        for number, example in enumerate(examples[:IN_ROW])
    ]
    blocks = [
        _section(slack_texts.home(title)),
        {"type": "divider"},
        _section(slack_texts.EXAMPLES),
        *rows,
        {"type": "divider"},
        *_contexts([escape(slack_texts.ways(command))]),
    ]
    return {"type": "home", "blocks": blocks}


def _picture(picture: dict[str, str], reply: Iterable[dict[str, Any]]) -> Picture:
    alt = picture["alt"]
    told = any(message.get("text") and message["text"] in alt for message in reply)
    short = alt if len(alt) <= MAX_ALT else split(alt, MAX_ALT - 1)[0].rstrip() + "\u2026"
    return Picture(picture["name"], short, "" if told else alt)


def _pieces(text: str) -> list[str]:
    return [piece for piece in split(text.strip(), MAX_SECTION, size) if piece.strip()]


def _quotes(reply: Sequence[dict[str, Any]]) -> list[str]:
    texts = [slack_texts.quote(quote, sentence) for sentence, quote in quotes_of(reply)]
    return [escape(piece) for text in texts for piece in _pieces(text)]


def _section(text: str) -> Block:
    return {"type": "section", "text": _mrkdwn(escape(text))}


def _mrkdwn(escaped: str) -> Block:
    # Verbatim: what looks like a link or a channel's name stays as it is.
    return {"type": "mrkdwn", "text": escaped, "verbatim": True}


def _contexts(escaped: list[str]) -> list[Block]:
    return [
        {"type": "context", "elements": [_mrkdwn(text) for text in escaped[at : at + IN_CONTEXT]]}
        for at in range(0, len(escaped), IN_CONTEXT)
    ]


def _button_rows(offered: list[dict[str, str]], asked: str) -> list[Block]:
    elements = [
        _button(label(button["title"], number, len(offered)), f"{CHOICE}.{number}", f"{number} {asked}")
        for number, button in enumerate(offered)
    ]
    return [{"type": "actions", "elements": elements[at : at + IN_ROW]} for at in range(0, len(elements), IN_ROW)]


def _button(title: str, action: str, value: str) -> Block:
    return {"type": "button", "text": _plain(_short(title)), "action_id": action, "value": value}


def _short(title: str) -> str:
    # A plain text is not read as markup, so entities would show as they are; look-alikes can be taken for nothing else.
    title = title.replace("<", "\u2039").replace(">", "\u203a").strip() or "\u2026"
    if len(title) <= MAX_TITLE:
        return title
    words = title[: MAX_TITLE - 1].rsplit(" ", 1)
    return words[0].rstrip(" ,.;:") + "\u2026"


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": True}


def _thumbs(asked: str) -> Block:
    def thumb(sign: str, label: str, verdict: str) -> Block:
        return {"text": _plain(sign), "accessibility_label": label, "value": f"{verdict} {asked}"}

    element = {
        "type": "feedback_buttons",
        "action_id": VERDICT,
        "positive_button": thumb("\U0001f44d", slack_texts.THUMB_UP, "up"),
        "negative_button": thumb("\U0001f44e", slack_texts.THUMB_DOWN, "down"),
    }
    return {"type": "context_actions", "elements": [element]}


def _posts(blocks: list[Block]) -> Iterable[Post]:
    """Share the blocks out over messages that Slack takes."""
    held: list[Block] = []
    chars = 0
    for block in blocks:
        size = sum(map(len, _texts(block)))
        if held and (len(held) == MAX_BLOCKS or chars + size > MAX_CHARS):
            yield Post(_fallback(held), tuple(held))
            held, chars = [], 0
        held.append(block)
        chars += size
    if held:
        yield Post(_fallback(held), tuple(held))


def _fallback(blocks: list[Block]) -> str:
    """Write what blocks say as one text, titles of buttons only where there is nothing else."""
    said = [text for block in blocks if block["type"] in ("section", "context") for text in _texts(block)]
    said = said or [escape(text) for block in blocks if block["type"] == "actions" for text in _texts(block)]
    text = "\n".join(said) or "\u2026"
    if len(text) <= MAX_FALLBACK:
        return text
    # An entity that is cut in two would show.
    return text[:MAX_FALLBACK].rsplit(" ", 1)[0].rsplit("&", 1)[0] + "\u2026"


def _texts(block: Block) -> list[str]:
    if block["type"] == "section":
        return [block["text"]["text"]]
    if block["type"] == "context":
        return [element["text"] for element in block["elements"]]
    if block["type"] == "actions":
        return [element["text"]["text"] for element in block["elements"]]
    return []


def _action_ids(blocks: Iterable[Block]) -> set[str]:
    return {element["action_id"] for block in blocks if block["type"] == "actions" for element in block["elements"]}
