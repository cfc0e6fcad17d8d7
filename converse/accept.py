"""Makes what the bot says now what a script expects, once a person has seen the difference.

What cannot be told from a reply (what must not be said, which action must run) stays for a person to change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from converse import edit, show
from converse import script as kinds
from converse.assertions import Finding, Happening, happenings
from converse.document import Document, Route, named, parse
from converse.edit import Edit
from converse.parse import ScriptError, script_of
from converse.runner import CaseOutcome, TurnOutcome


@dataclass
class Acceptance:
    """The changes of one script's text, and the findings that a person has to see to."""

    document: Document
    edits: list[Edit] = field(default_factory=list)
    accepted: int = 0
    left: list[Finding] = field(default_factory=list)
    given: list[str] = field(default_factory=list)
    """Names of dictionaries that were added to metadata."""

    def take(self, outcomes: Iterable[CaseOutcome]) -> None:
        """Accept what came in some cases of this script."""
        for outcome in outcomes:
            for turn in outcome.turns:
                self._take_turn(turn)

    def text(self) -> str:
        """Return the changed text; ScriptError where it would not be a script any more, which is a fault of ours."""
        text = edit.apply(self.document.text, self.edits)
        changed = Document(self.document.path, text)
        parse(changed)
        _, problems = script_of(changed)
        if problems:
            raise ScriptError(problems)
        return text

    def _take_turn(self, turn: TurnOutcome) -> None:
        about_record: dict[str, Any] = {}
        for finding in turn.failures:
            check = finding.check
            if check.kind in kinds.RECORD_KEYS:
                about_record[check.kind] = _of_record(turn, check.kind)
                self.accepted += 1
            elif (edits := list(self._of_text(turn, finding))) and None not in edits:
                self.edits += edits
                self.accepted += 1
            else:
                self.left.append(finding)
        if about_record:
            self._change_metadata(turn, about_record)

    def _of_text(self, turn: TurnOutcome, finding: Finding) -> Iterable[Edit | None]:
        check = finding.check
        said = [happening for happening in happenings(turn.result) if happening.kind == "bot"]
        if not said:
            return
        if check.kind == kinds.BOT:
            yield edit.replace_scalar(self.document, check.route, _nth(turn, finding, said).text.strip())
        elif check.kind == kinds.UTTER:
            name = _nth(turn, finding, said).name
            yield edit.replace_scalar(self.document, check.route, name) if name else None
        elif check.kind == kinds.BOT_UTTERED:
            for part, wanted in check.wanted.items():
                if not _met(part, wanted, said):
                    yield from self._of_part((*check.route, part), part, wanted, said)

    def _of_part(self, route: Route, part: str, wanted: Any, said: list[Happening]) -> Iterable[Edit | None]:
        if part == "utter_name":
            yield edit.replace_scalar(self.document, route, said[-1].name) if said[-1].name else None
        elif part == "text_matches":
            yield edit.replace_scalar(self.document, route, edit.pattern(said[0].text))
        else:
            buttons = next((h.buttons for h in said if h.buttons), ())
            if len(buttons) != len(wanted):
                # With no buttons at all there is nothing to expect.
                items = [edit.flow({"title": title, "payload": payload}) for title, payload in buttons]
                yield edit.rewrite(self.document, route, f"[{', '.join(items)}]") if items else None
                return
            for number, (title, payload) in enumerate(buttons):
                yield edit.replace_scalar(self.document, (*route, number, "title"), title)
                yield edit.replace_scalar(self.document, (*route, number, "payload"), payload)

    def _change_metadata(self, turn: TurnOutcome, changes: dict[str, Any]) -> None:
        """Change the step's own dictionary, or give the step one where others share it."""
        entries = named(self.document, "metadata")
        step_route = (*turn.turn.route, "metadata")
        step = self.document.data["test_cases"][step_route[1]]["steps"][step_route[3]]
        name = step.get("metadata")
        if name and _users(self.document, name) == 1:
            route, content = entries[name]
            if all(key in content and value != "" for key, value in changes.items()):
                self.edits += [
                    edit.replace_scalar(self.document, (*route, key), value) for key, value in changes.items()
                ]
            else:
                self.edits.append(edit.rewrite(self.document, route, edit.flow(_changed(content, changes))))
            return
        content = _changed(entries[name][1] if name else {}, changes)
        around = self.document.data["test_cases"][step_route[1]].get("metadata")
        near = name or around
        fresh = self._fresh_name(near, entries)
        self.edits.append(
            edit.insert_item_after(self.document, entries[near][0][:2], [f"{fresh}: {edit.flow(content)}"])
        )
        if name:
            self.edits.append(edit.replace_scalar(self.document, step_route, fresh))
        else:
            user = self.document.keys[(*turn.turn.route, "user")]
            line = " " * user.start_mark.column + f"metadata: {fresh}"
            self.edits.append(edit.insert_after(self.document, (*turn.turn.route, "user"), [line]))

    def _fresh_name(self, name: str, entries: dict[str, Any]) -> str:
        number = 2
        while (fresh := f"{name}_{number}") in entries or fresh in self.given:
            number += 1
        self.given.append(fresh)
        return fresh


def _of_record(turn: TurnOutcome, kind: str) -> str | bool:
    record = turn.result.record or {}
    if kind == kinds.FACTS:
        return " ".join(record.get("facts") or ())
    if kind == kinds.EVIDENCE:
        return " ".join(dict.fromkeys(quote["sentence"] for quote in record.get("evidence") or ()))
    return record.get(kind, False)


def _changed(content: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Return metadata with other values; a key of which the record has nothing any more goes."""
    return {key: value for key, value in {**content, **changes}.items() if value != ""}


def _met(part: str, wanted: Any, said: list[Happening]) -> bool:
    if part == "utter_name":
        return any(h.name == wanted for h in said)
    if part == "text_matches":
        return any(re.search(wanted, h.text) for h in said)
    return any(h.buttons == tuple((b["title"], b["payload"]) for b in wanted) for h in said)


def _nth(turn: TurnOutcome, finding: Finding, said: list[Happening]) -> Happening:
    """Return the message that a plain step stands for: the first for the first step, and so on."""
    steps = [check for check in turn.turn.checks if check.kind in (kinds.BOT, kinds.UTTER)]
    place = steps.index(finding.check)
    return said[min(place, len(said) - 1)]


def _users(document: Document, name: str) -> int:
    cases = document.data["test_cases"]
    holders = [*cases, *(step for case in cases for step in case["steps"])]
    return sum(holder.get("metadata") == name for holder in holders)


def differences(outcome: CaseOutcome) -> Iterable[show.Line]:
    """Yield what a case would have to expect instead, turn by turn."""
    yield f"{outcome.case.id}", "place"
    for turn in outcome.turns:
        if turn.failures:
            yield f"line {turn.turn.line}: {turn.turn.user}", "head"
            for finding in turn.failures:
                yield from show.difference(finding)
