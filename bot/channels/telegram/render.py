"""From a reply to messages of Telegram: HTML, buttons, pictures. Pure functions."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import MessageLimit

from bot.channels.choices import label, listed
from bot.channels.pieces import split, utf16
from bot.channels.reply_parts import Picture, buttons_of, custom_of, is_judged, quotes_of
from bot.channels.telegram.tokens import OPINION, QUESTION, Button

MAX_TEXT = int(MessageLimit.MAX_TEXT_LENGTH)
MAX_CAPTION = int(MessageLimit.CAPTION_LENGTH)
MAX_ROWS = 100
"""Telegram takes no more buttons on a message."""
CHOSEN = "✓ "
THUMBS = {"up": "👍", "down": "👎"}

_QUOTE = "<blockquote expandable>{}</blockquote>"

Rows = tuple[tuple[InlineKeyboardButton, ...], ...]
MakeToken = Callable[[Button], str]


@dataclass(frozen=True)
class Post:
    """A text message."""

    html: str
    rows: Rows = ()


Part = Post | Picture
"""A picture's `alt` is in HTML here: it is the caption, as Telegram has no other text beside a photo."""


def render(
    messages: Sequence[dict[str, Any]], message_id: str, make_token: MakeToken | None, asked: str | None = None
) -> list[Part]:
    """Render the reply to a message.

    `make_token` makes what a button carries; without it there are no buttons, and what can be
    chosen stands in a list. `asked` is shown above the answer: the button that was pressed
    instead of writing.
    """
    texts = [message for message in messages if message.get("text")]
    parts: list[Part] = []
    if picture := custom_of(messages).get("picture"):
        parts.append(Picture(picture["name"], html.escape(_caption(picture.get("alt") or "", texts), quote=False)))
    number, of = 0, len(buttons_of(messages))
    for at, message in enumerate(texts):
        last = at == len(texts) - 1
        quotes = [(name, f"“{quote}”") for name, quote in quotes_of(messages)] if last else []
        buttons = message.get("buttons") or []
        rows = _suggestions(buttons, number, of, message_id, make_token) if make_token else ()
        if last and make_token and is_judged(messages):
            rows += (_thumbs(message_id, make_token),)
        number += len(buttons)
        choices = listed([button["title"] for button in buttons]) if not make_token else ""
        text = f"{message['text']}\n\n{choices}" if choices else message["text"]
        parts += _text_parts(text, quotes, rows, asked if at == 0 else None)
    return parts


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """Return the rows as Telegram takes them."""
    return InlineKeyboardMarkup(rows) if rows else None


def mark_chosen(markup: InlineKeyboardMarkup, token: str) -> InlineKeyboardMarkup | None:
    """Show which button was pressed; None where it shows already. Of two thumbs only one is chosen."""
    rows = []
    for row in markup.inline_keyboard:
        pressed = any(button.callback_data == token for button in row)
        rows.append(tuple(_marked(button, button.callback_data == token) for button in row) if pressed else row)
    return None if tuple(rows) == markup.inline_keyboard else InlineKeyboardMarkup(rows)


def _text_parts(text: str, quotes: list[tuple[str, str]], rows: Rows, asked: str | None) -> list[Part]:
    pieces = [piece.strip() for piece in split(text.strip(), MAX_TEXT, utf16) if piece.strip()]
    bodies = [html.escape(piece, quote=False) for piece in pieces]
    sizes = [utf16(piece) for piece in pieces]
    if asked and bodies and sizes[0] + utf16(asked) + 2 <= MAX_TEXT:
        bodies[0] = f"<b>{html.escape(asked, quote=False)}</b>\n\n{bodies[0]}"
        sizes[0] += utf16(asked) + 2
    block = "\n".join(f"{name} {quote}" for name, quote in quotes)
    if block and bodies and sizes[-1] + 2 + utf16(block) <= MAX_TEXT:
        bodies[-1] += "\n\n" + _QUOTE.format(_evidence(quotes))
    elif block:
        # Too long to go with the answer: messages of its own, each quote whole if that can be.
        for name, quote in quotes:
            for piece in split(f"{name} {quote}", MAX_TEXT, utf16):
                bodies.append(_QUOTE.format(html.escape(piece.strip(), quote=False)))
    parts: list[Part] = [Post(body) for body in bodies]
    if parts and rows:
        parts[-1] = replace(parts[-1], rows=rows)
    return parts


def _caption(alt: str, texts: list[dict[str, Any]]) -> str:
    """Return what a picture shows, less what the messages below it say."""
    rest = alt
    for message in texts:
        rest = rest.replace(message["text"], "")
    pieces = split(rest.strip() or alt.strip(), MAX_CAPTION, utf16)
    return pieces[0].strip() if pieces else ""


def _evidence(quotes: list[tuple[str, str]]) -> str:
    return "\n".join(f"<b>{html.escape(name)}</b> {html.escape(quote, quote=False)}" for name, quote in quotes)


def _suggestions(buttons: list[dict[str, str]], first: int, of: int, message_id: str, make_token: MakeToken) -> Rows:
    def button_of(title: str, number: int) -> InlineKeyboardButton:
        token = make_token(Button(QUESTION, str(number), message_id))
        return InlineKeyboardButton(label(title, number, of), callback_data=token)

    return tuple(
        (button_of(button["title"], number),)
        for number, button in enumerate(buttons[: MAX_ROWS - 2], first)
        if button.get("title", "").strip()
    )


def _thumbs(message_id: str, make_token: MakeToken) -> tuple[InlineKeyboardButton, ...]:
    return tuple(
        InlineKeyboardButton(sign, callback_data=make_token(Button(OPINION, verdict, message_id)))
        for verdict, sign in THUMBS.items()
    )


def _marked(button: InlineKeyboardButton, chosen: bool) -> InlineKeyboardButton:
    title = button.text.removeprefix(CHOSEN)
    return InlineKeyboardButton(CHOSEN + title if chosen else title, callback_data=button.callback_data)
