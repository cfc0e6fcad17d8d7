"""What Slack takes and what it refuses: the documented limits of messages, blocks and views."""

from __future__ import annotations

import re
from typing import Any

MAX_BLOCKS = {"message": 50, "home": 100}
MAX_TEXT = 40_000
MAX_TOTAL = 13_200
"""Characters in all blocks of a message; not documented, see slackapi/bolt-js#2509."""
_TYPES = {"section", "context", "actions", "context_actions", "divider", "header", "image"}
_BARE = re.compile(r"&(?!amp;|lt;|gt;)")


class Refused(Exception):
    """The error that Slack answers with."""

    def __init__(self, error: str, *details: str) -> None:
        super().__init__(error, *details)
        self.error, self.details = error, list(details)


def check_message(text: Any, blocks: Any) -> None:
    """Refuse a message as chat.postMessage does."""
    if text is not None and not isinstance(text, str):
        raise Refused("invalid_arguments", "text")
    if len(text or "") > MAX_TEXT:
        raise Refused("msg_too_long")
    if not blocks and not (text or "").strip():
        raise Refused("no_text")
    if blocks:
        check_blocks(blocks, "message")


def check_blocks(blocks: Any, surface: str) -> None:
    """Refuse blocks that break a documented limit."""
    problems: list[str] = []
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
    if len(blocks) > MAX_BLOCKS[surface]:
        problems.append(f"no more than {MAX_BLOCKS[surface]} items allowed")
    actions: list[str] = []
    total = 0
    for number, block in enumerate(blocks):
        where = f"/blocks/{number}"
        if not isinstance(block, dict) or block.get("type") not in _TYPES:
            problems.append(f"unsupported type {where}")
            continue
        total += sum(map(len, _texts(block)))
        problems += [f"{problem} {where}" for problem in _CHECKS[block["type"]](block)]
        actions += [element.get("action_id") for element in block.get("elements", []) if "action_id" in element]
    if len(actions) != len(set(actions)):
        problems.append("action_id already exists")
    if problems:
        raise Refused("invalid_blocks", *problems)
    if surface == "message" and total > MAX_TOTAL:
        raise Refused("msg_blocks_too_long")


def _texts(block: dict[str, Any]) -> list[str]:
    own = [block["text"]["text"]] if isinstance(block.get("text"), dict) else []
    return own + [
        element["text"] if isinstance(element.get("text"), str) else element.get("text", {}).get("text", "")
        for element in block.get("elements", [])
    ]


def _text_object(text: Any, most: int, kinds: tuple[str, ...] = ("plain_text", "mrkdwn")) -> list[str]:
    if not isinstance(text, dict) or text.get("type") not in kinds or not isinstance(text.get("text"), str):
        return ["not a text object"]
    if not 1 <= len(text["text"]) <= most or not text["text"].strip():
        return [f"text must be 1 to {most} characters"]
    if unknown := set(text) - {"type", "text", "emoji", "verbatim"}:
        return [f"additional property {unknown}"]
    # Slack would take it; a connector that lets it through lets mentions through as well.
    if text["type"] == "mrkdwn" and _BARE.search(text["text"]):
        return ["not escaped"]
    return []


def _section(block: dict[str, Any]) -> list[str]:
    return _text_object(block.get("text"), 3000)


def _context(block: dict[str, Any]) -> list[str]:
    elements = block.get("elements")
    if not isinstance(elements, list) or not 1 <= len(elements) <= 10:
        return ["1 to 10 elements"]
    return [problem for element in elements for problem in _text_object(element, 3000)]


def _actions(block: dict[str, Any]) -> list[str]:
    elements = block.get("elements")
    if not isinstance(elements, list) or not 1 <= len(elements) <= 25:
        return ["1 to 25 elements"]
    return [problem for element in elements for problem in _button(element)]


def _button(element: dict[str, Any]) -> list[str]:
    problems = _text_object(element.get("text"), 75, ("plain_text",))
    if element.get("type") != "button":
        problems.append("not a button")
    if not 1 <= len(element.get("action_id", "")) <= 255:
        problems.append("action_id must be 1 to 255 characters")
    if not 1 <= len(element.get("value", "-")) <= 2000:
        problems.append("value must be 1 to 2000 characters")
    if len(element.get("accessibility_label", "")) > 75:
        problems.append("accessibility_label must be at most 75 characters")
    return problems


def _context_actions(block: dict[str, Any]) -> list[str]:
    elements = block.get("elements")
    if not isinstance(elements, list) or not 1 <= len(elements) <= 5:
        return ["1 to 5 elements"]
    problems = []
    for element in elements:
        if element.get("type") != "feedback_buttons":
            problems.append("unsupported element")
            continue
        for side in ("positive_button", "negative_button"):
            button = element.get(side) or {}
            problems += _text_object(button.get("text"), 75, ("plain_text",))
            if not 1 <= len(button.get("value", "")) <= 2000:
                problems.append("value must be 1 to 2000 characters")
    return problems


def _header(block: dict[str, Any]) -> list[str]:
    return _text_object(block.get("text"), 150, ("plain_text",))


def _nothing(block: dict[str, Any]) -> list[str]:
    return []


_CHECKS = {
    "section": _section,
    "context": _context,
    "actions": _actions,
    "context_actions": _context_actions,
    "header": _header,
    "divider": _nothing,
    "image": _nothing,
}
