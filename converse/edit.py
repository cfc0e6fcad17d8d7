"""Changes in a script's text that leave everything else in it as it is: comments, layout, quotes, line ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.errors import BotError
from bot.facts.plain_yaml import PlainLoader
from bot.messages import converse as converse_texts
from converse.document import Document, Route

_SIGNS = re.compile(r"[.^$*+?{}\[\]\\|()]")
_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-Z“\"])")
_SHORT = 12
"""Characters up to which a first sentence ("Yes.") says too little to be matched alone."""


@dataclass(frozen=True)
class Edit:
    """A piece of text to put in the place of another."""

    start: int
    end: int
    text: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits made, which must not overlap."""
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def replace_scalar(document: Document, route: Route, value: str | bool) -> Edit:
    """Put another value in the place of a scalar, quoted as it was where that can be."""
    node = document.nodes[route]
    end = node.end_mark.index
    if node.style in ("|", ">"):  # these end where the next thing begins
        end = len(document.text[:end].rstrip())
    return Edit(node.start_mark.index, end, scalar(value, node.style))


def rewrite(document: Document, route: Route, text: str) -> Edit:
    """Put a value of one line in the place of a list or a mapping."""
    node = document.nodes[route]
    if node.flow_style:
        return Edit(node.start_mark.index, node.end_mark.index, text)
    end = len(document.text[: _last_sign(node)].rstrip())
    return Edit(document.keys[route].end_mark.index, end, f": {text}")


def insert_after(document: Document, route: Route, lines: Sequence[str]) -> Edit:
    """Put lines after the last line of a value."""
    end = _line_end(document.text, _last_sign(document.nodes[route]))
    return Edit(end, end, "".join(_newline(document.text) + line for line in lines))


def insert_before(document: Document, route: Route, lines: Sequence[str]) -> Edit:
    """Put lines before the line on which a key stands."""
    start = document.text.rfind("\n", 0, document.keys[route].start_mark.index) + 1
    return Edit(start, start, "".join(line + _newline(document.text) for line in lines))


def insert_item_after(document: Document, route: Route, lines: Sequence[str]) -> Edit:
    """Put an item, given as the lines of its mapping, after another of its list."""
    around = document.nodes[route[:-1]]
    if around.flow_style:
        raise BotError(converse_texts.not_appendable(document.path, document.line(route[:-1]), route[-2]))
    indent = " " * around.start_mark.column
    return insert_after(document, route, [indent + line for line in as_item(lines)])


def append_item(document: Document, route: Route, lines: Sequence[str]) -> Edit:
    """Put an item, given as the lines of its mapping, at the end of a list."""
    node = document.nodes[route]
    if node.flow_style or not node.value:
        raise BotError(converse_texts.not_appendable(document.path, document.line(route), route[-1]))
    return insert_item_after(document, (*route, len(node.value) - 1), lines)


def as_item(lines: Sequence[str]) -> list[str]:
    """Return the lines of a mapping as an item of a list."""
    return [("- " if number == 0 else "  ") + line if line else "" for number, line in enumerate(lines)]


def write(path: Path, text: str) -> None:
    """Write a script as it is, line ends included."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    except OSError as error:
        raise BotError(converse_texts.script_not_written(path, error.strerror)) from error


def scalar(value: str | bool | float, style: str | None = None, in_flow: bool = True) -> str:
    """Write a value so that it is read as what it is, in the style asked for where that can be."""
    if not isinstance(value, str):
        return str(value).lower()
    quoted = "'" + value.replace("'", "''") + "'"
    doubled = '"' + "".join(map(_escaped, value)) + '"'
    ways = {"": (value, quoted, doubled), "'": (quoted, doubled)}
    # Backslashes, of which regular expressions are full, double in double quotes.
    for written in ways.get(style or "", (quoted, doubled) if "\\" in value else (doubled,)):
        if _is_read_as(written, value, in_flow):
            return written
    return doubled


def flow(content: Mapping[str, Any]) -> str:
    """Write a flat mapping on one line."""
    return "{" + ", ".join(f"{key}: {scalar(value)}" for key, value in content.items()) + "}"


def pattern(text: str) -> str:
    """Return a regular expression for the first sentence of a text, with the next one where it is just Yes or No."""
    sentences = _SENTENCE.split(text.strip().split("\n")[0])
    first = sentences[0] if len(sentences[0]) > _SHORT else " ".join(sentences[:2])
    return _SIGNS.sub(r"\\\g<0>", first)


def _is_read_as(written: str, value: str, in_flow: bool) -> bool:
    probe = f"[{{k: {written}, l: 1}}]" if in_flow else f"- k: {written}"
    expected = [{"k": value, "l": 1}] if in_flow else [{"k": value}]
    try:
        return yaml.load(probe, PlainLoader) == expected and "\n" not in written
    except (yaml.YAMLError, ValueError):
        return False


def _escaped(sign: str) -> str:
    if sign in '"\\':
        return "\\" + sign
    return sign if sign.isprintable() else f"\\U{ord(sign):08x}" if ord(sign) > 0xFFFF else f"\\u{ord(sign):04x}"


def _last_sign(node: yaml.Node) -> int:
    """Return where a value really ends; a block's own end is where the next thing begins."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        return node.end_mark.index
    last = node.value[-1]
    return _last_sign(last[1] if isinstance(last, tuple) else last)


def _line_end(text: str, index: int) -> int:
    index = len(text[:index].rstrip())
    end = text.find("\n", index)
    end = len(text) if end < 0 else end
    return end - 1 if end and text[end - 1] == "\r" else end


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
