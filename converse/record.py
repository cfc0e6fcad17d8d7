"""Keeps a chat as a test case that passes: what was said, and of each reply what has to stay so."""

from __future__ import annotations

import os
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot import paths
from bot.messages import converse as converse_texts
from converse import edit
from converse import script as kinds
from converse.document import Document, named, parse, read_document
from converse.driver import TurnResult
from converse.parse import ScriptError, script_of
from converse.problems import SCHEMA
from converse.reading import SUFFIXES

Answer = Callable[[str, str], Awaitable[list[dict[str, Any]]]]
"""Takes one turn: conversation id and text in, messages out."""

_LONGEST_NAME = 60


@dataclass
class Recorder:
    """Listens to a chat; `save` writes each of its conversations as a case into a file, new or not."""

    path: Path
    name: str = ""
    """What the case is called; its first question where not given."""
    conversations: dict[str, list[tuple[str, TurnResult]]] = field(default_factory=dict)

    @classmethod
    def for_file(cls, place: str) -> Recorder:
        """Make one for `path` or `path::case name`; ScriptError for a file that holds something else."""
        path, _, name = place.partition("::")
        recorder = cls(Path(path), name)
        if recorder.path.suffix not in SUFFIXES:
            raise ScriptError([converse_texts.not_a_script(path)])
        recorder._read()
        folder = next(folder for folder in recorder.path.absolute().parents if folder.exists())
        if not os.access(recorder.path if recorder.path.exists() else folder, os.W_OK):
            raise ScriptError([converse_texts.script_not_written(path, "no permission")])
        return recorder

    def listening(self, answer: Answer) -> Answer:
        """Return the same way to the bot, with every turn noted; one that failed is no turn to keep."""

        async def noted(conversation: str, text: str) -> list[dict[str, Any]]:
            replies = await answer(conversation, text)
            result = TurnResult(replies)
            if result.record:
                text = text.encode("utf-8", "replace").decode("utf-8")
                self.conversations.setdefault(conversation, []).append((text, result))
            return replies

        return noted

    def save(self) -> list[str]:
        """Write what was said and return the names of the cases."""
        names = []
        for turns in self.conversations.values():
            document = self._read()
            cases = [case["test_case"] for case in document.data["test_cases"]] if document.data else []
            name = _fresh(self.name or _shortened(turns[0][0]), cases)
            edit.write(self.path, add_case(document, name, turns))
            names.append(name)
        return names

    def _read(self) -> Document:
        if not self.path.exists():
            return Document(self.path)
        document = read_document(self.path)
        if document.data is not None or document.faults:  # else it is empty but for comments
            _, problems = script_of(document)
            problems += [
                converse_texts.nothing_to_append_to(self.path, document.line((key,)), key)
                for key in ("metadata", "test_cases")
                if not problems and document.data and key in document.data and not document.data[key]
            ]
            if problems:
                raise ScriptError(problems)
        return document


def add_case(document: Document, name: str, turns: list[tuple[str, TurnResult]]) -> str:
    """Return the text of a script with one more case."""
    known = list(named(document, "metadata")) if document.data else []
    entries, steps = [], []
    said: list[str] = []
    for text, result in turns:
        record = _wanted(result.record or {})
        if text in said:
            record["turn"] = said.count(text) + 1  # Rasa Pro tells equal messages apart by this
        said.append(text)
        entry = _fresh(_slug(text), known, "_{}")
        known.append(entry)
        entries.append([f"{entry}: {edit.flow(record)}"])
        steps += edit.as_item(_step(text, entry, result))
    case = [f"test_case: {edit.scalar(name, None, in_flow=False)}", "steps:", *("  " + line for line in steps)]
    if not document.data:
        metadata = [f"  {line}" for entry in entries for line in edit.as_item(entry)]
        lines = ["metadata:", *metadata, "test_cases:", *(f"  {line}" for line in edit.as_item(case))]
        before = document.text.rstrip() or schema_line(document.path)
        return "\n".join([*([before] if before else []), *lines]) + "\n"
    edits = [edit.append_item(document, ("test_cases",), case)]
    if document.data.get("metadata"):
        items = [edit.append_item(document, ("metadata",), entry) for entry in entries]
        edits.append(edit.Edit(items[0].start, items[0].end, "".join(item.text for item in items)))
    else:
        metadata = [f"  {line}" for entry in entries for line in edit.as_item(entry)]
        edits.append(edit.insert_before(document, ("test_cases",), ["metadata:", *metadata]))
    text = edit.apply(document.text, edits)
    changed = Document(document.path, text)
    parse(changed)
    _, problems = script_of(changed)
    if problems:
        raise ScriptError(problems)
    return text


def schema_line(path: Path) -> str:
    """Return the comment by which editors find the schema; nothing for a script outside the repository."""
    folder = path.absolute().parent
    if not folder.is_relative_to(paths.ROOT):
        return ""
    return f"# yaml-language-server: $schema={Path(os.path.relpath(SCHEMA, folder)).as_posix()}"


def _wanted(record: dict[str, Any]) -> dict[str, Any]:
    """Return what metadata says of a record."""
    wanted: dict[str, Any] = {kinds.STATUS: record["status"]}
    if record.get("facts"):
        wanted[kinds.FACTS] = " ".join(record["facts"])
    if record.get("evidence"):
        wanted[kinds.EVIDENCE] = " ".join(dict.fromkeys(quote["sentence"] for quote in record["evidence"]))
    if record.get("derived"):
        wanted[kinds.DERIVED] = True
    if record.get("reason"):
        wanted[kinds.REASON] = record["reason"]
    return wanted


def _step(text: str, entry: str, result: TurnResult) -> list[str]:
    status = (result.record or {})["status"]
    matches = edit.scalar(edit.pattern(result.text), "'")
    lines = [
        f"user: {edit.scalar(text, None, in_flow=False)}",
        f"metadata: {entry}",
        "assertions:",
        "  - bot_uttered:",
        f"      utter_name: utter_{status}",
        f"      text_matches: {matches}",
    ]
    if status == "clarify" and result.buttons:
        lines.append("      buttons:")
        for button in result.buttons:
            lines.append(f"        - title: {edit.scalar(button['title'], None, in_flow=False)}")
            lines.append(f"          payload: {edit.scalar(button['payload'], None, in_flow=False)}")
    return lines


def _shortened(text: str) -> str:
    words = " ".join(re.sub(r"::+", ":", text).split())
    return words if len(words) <= _LONGEST_NAME else words[: _LONGEST_NAME - 1].rstrip() + "…"


def _slug(text: str) -> str:
    words = re.findall(r"[a-z0-9]+", text.lower())
    slug = "_".join(words[:5])
    return slug if slug and not slug.isdigit() else f"said_{slug}".rstrip("_")


def _fresh(name: str, known: list[str], form: str = " ({})") -> str:
    number = 2
    fresh = name
    while fresh in known:
        fresh, number = name + form.format(number), number + 1
    return fresh
