"""What the Bot API accepts, by its documentation: HTML, limits, keyboards, commands."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

MAX_TEXT, MAX_CAPTION, MAX_DATA = 4096, 1024, 64
MAX_BUTTONS = 100

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_NAMED = re.compile(r"&(?!(lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);)")


class Refused(Exception):
    """The API does not take a request: status, description, parameters."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, parameters


def bad(description: str) -> Refused:
    return Refused(400, f"Bad Request: {description}")


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_text(text: str, parse_mode: str | None, limit: int, empty: str, long: str) -> tuple[str, list[dict]]:
    """Return the plain text and its entities as the API would keep them."""
    if "\ud800" <= max(text, default="") <= "\udfff" or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise bad("strings must be encoded in UTF-8")
    entities: list[dict] = []
    if parse_mode == "HTML":
        parser = _Html()
        parser.parse(text)
        text, entities = parser.text, parser.entities
    elif parse_mode:
        raise bad("unsupported parse_mode")
    stripped = text.strip()
    if not stripped and empty:
        raise bad(empty)
    if utf16(stripped) > limit:
        raise bad(long)
    if len(entities) > 100:
        raise AssertionError("more than 100 entities: Telegram shows only the first hundred")
    return stripped, entities


def check_keyboard(markup: str | None) -> dict[str, Any] | None:
    """Return an inline keyboard as the API would keep it."""
    if not markup:
        return None
    keyboard = json.loads(markup)
    buttons = [button for row in keyboard["inline_keyboard"] for button in row]
    for button in buttons:
        if not button.get("text", "").strip():
            raise bad("inline keyboard button text must be non-empty")
        data = button.get("callback_data")
        if data is None and not button.get("url"):
            raise bad("inline keyboard button must have exactly one of the optional fields")
        if data is not None and not 1 <= len(data.encode()) <= MAX_DATA:
            raise bad("BUTTON_DATA_INVALID")
    if len(buttons) > MAX_BUTTONS:
        raise bad("reply markup is too long")
    return keyboard if buttons else None


def check_commands(commands: str) -> list[dict[str, str]]:
    """Return commands as the API would keep them."""
    found = json.loads(commands)
    for command in found:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return found


def check_webhook(url: str, secret: str | None, local: bool) -> None:
    """Refuse what setWebhook refuses; a local Bot API server takes http too."""
    if url and not url.startswith("https://") and not (local and url.startswith("http://")):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise bad("secret token contains unallowed characters")


def entities_of(text: str) -> list[dict[str, Any]]:
    """Find what Telegram marks in what people type: mentions and commands."""
    found = []
    for kind, pattern in (("mention", r"(?<!\w)@\w{4,32}"), ("bot_command", r"(?<![\w/])/\w{1,32}(@\w{4,32})?")):
        for match in re.finditer(pattern, text):
            offset = utf16(text[: match.start()])
            if not any(entity["offset"] <= offset < entity["offset"] + entity["length"] for entity in found):
                found.append({"type": kind, "offset": offset, "length": utf16(match.group())})
    # A mention inside a command (/help@bot) is part of the command.
    commands = [entity for entity in found if entity["type"] == "bot_command"]
    return sorted(
        (
            entity
            for entity in found
            if entity["type"] == "bot_command"
            or not any(c["offset"] < entity["offset"] < c["offset"] + c["length"] for c in commands)
        ),
        key=lambda entity: entity["offset"],
    )


class _Html(HTMLParser):
    """The API's HTML: few tags, all closed, four named entities."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.entities: list[dict[str, Any]] = []
        self._open: list[tuple[str, int, dict[str, Any]]] = []

    def parse(self, text: str) -> None:
        if re.search(r"<(?![/a-zA-Z])", text):
            raise bad("can't parse entities: Unsupported start tag")
        if _NAMED.search(text):
            # The API leaves an unknown entity as it is; escaped text has none.
            raise AssertionError(f"not escaped: {text!r}")
        self.feed(text)
        self.close()
        if self._open:
            raise bad(f"can't parse entities: Can't find end tag corresponding to start tag {self._open[-1][0]}")

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            raise bad(f'can\'t parse entities: Unsupported start tag "{tag}"')
        if tag == "blockquote" and any(name == tag for name, _, _ in self._open):
            raise bad("can't parse entities: blockquote entities can't be nested")
        kind = "expandable_blockquote" if "expandable" in dict(attributes) else _TAGS[tag]
        self._open.append((tag, utf16(self.text), {"type": kind}))

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        raise bad(f'can\'t parse entities: Unsupported start tag "{tag}"')

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0] != tag:
            raise bad(f"can't parse entities: Unmatched end tag, expected {self._open and self._open[-1][0]}")
        _, offset, entity = self._open.pop()
        length = utf16(self.text) - offset
        if length:
            self.entities.append({**entity, "offset": offset, "length": length})

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise bad("can't parse entities: Unsupported start tag")

    handle_decl = unknown_decl = handle_pi = handle_comment
