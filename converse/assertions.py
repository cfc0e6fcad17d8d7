"""Holds what came back against what must be so. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from converse import script as kinds
from converse.driver import TurnResult
from converse.grounded import Grounds
from converse.script import Check, ScriptedTurn

MET, FAILED, NOT_CHECKED = "met", "failed", "not checked"


@dataclass(frozen=True)
class Finding:
    """What became of one check; `expected` and `got` are lines that can be put side by side."""

    check: Check
    outcome: str
    expected: str = ""
    got: str = ""


@dataclass(frozen=True)
class Happening:
    """One thing that happened in a turn: the bot said something, an action ran, a slot was set."""

    kind: str
    name: str | None = None
    value: Any = None
    text: str = ""
    buttons: tuple[tuple[str, str], ...] = ()


def judge(turn: ScriptedTurn, result: TurnResult, grounds: Grounds | None = None) -> list[Finding]:
    """Return a finding for each check of a turn, in their order; what was answered must be grounded in any case.

    A turn with no answer at all is a finding of its own, and the only one.
    """
    if result.failure:
        return [Finding(Check(kinds.REPLY, None, turn.route, turn.line), FAILED, "an answer", result.failure)]
    happened = happenings(result)
    findings = []
    after = -1
    for check in turn.checks:
        seen = _Seen(turn.user, result, happened, after, grounds)
        finding, place = _CHECKS[check.kind](check, seen)
        findings.append(finding)
        if finding.outcome == MET and place is not None and (turn.ordered or check.kind in (kinds.BOT, kinds.UTTER)):
            after = max(after, place)
    if grounds and (result.record or {}).get("status") == "answered":
        check = Check(kinds.GROUNDED, {}, turn.route, turn.line)
        findings.append(_grounded(check, _Seen(turn.user, result, happened, -1, grounds))[0])
    return findings


def happenings(result: TurnResult) -> list[Happening]:
    """Return what happened in a turn; where only messages can be seen, what was said."""
    found = []
    for event in result.events or ():
        kind = event.get("event")
        if kind == "action":
            found.append(Happening("action", event.get("name")))
        elif kind == "slot":
            found.append(Happening("slot", event.get("name"), event.get("value")))
        elif kind == "bot":
            data = event.get("data") or {}
            name = (event.get("metadata") or {}).get("utter_action")
            found.append(Happening("bot", name, None, event.get("text") or "", _pairs(data.get("buttons"))))
    if any(happening.kind == "bot" for happening in found):
        return found
    # A record of status `answered` is said by `utter_answered`.
    status = (result.record or {}).get("status")
    name = f"utter_{status}" if status else None
    said = [message for message in result.messages if message.get("text")]
    return found + [Happening("bot", name, None, m["text"], _pairs(m.get("buttons"))) for m in said]


def _pairs(buttons: Any) -> tuple[tuple[str, str], ...]:
    return tuple((str(button.get("title")), str(button.get("payload"))) for button in buttons or ())


@dataclass(frozen=True)
class _Seen:
    """What a check looks at: what happened to one message, of interest from after a place on."""

    question: str
    result: TurnResult
    happened: list[Happening]
    after: int
    grounds: Grounds | None

    def those(self, kind: str, since_start: bool = False) -> list[tuple[int, Happening]]:
        """Return what happened of one kind, with the place of each."""
        after = -1 if since_start else self.after
        return [(place, h) for place, h in enumerate(self.happened) if h.kind == kind and place > after]


_Judged = tuple[Finding, int | None]


def _uttered(check: Check, seen: _Seen) -> _Judged:
    """Each part may be met by another message, as in Rasa Pro."""
    said = seen.those("bot")
    places: list[int] = []
    for part, wanted in check.wanted.items():
        met, unseen = _having(part, wanted, said)
        if unseen:
            return Finding(check, NOT_CHECKED), None
        if not met:
            return Finding(check, FAILED, _expected(part, wanted), _said(part, said)), None
        places.append(met[0])
    return Finding(check, MET), max(places)


def _not_uttered(check: Check, seen: _Seen) -> _Judged:
    """Any one part that is met by any message is a failure."""
    said = seen.those("bot", since_start=True)
    for part, wanted in check.wanted.items():
        met, unseen = _having(part, wanted, said)
        if unseen:
            return Finding(check, NOT_CHECKED), None
        if met:
            return Finding(check, FAILED, f"not {_expected(part, wanted)}", _said(part, said)), None
    return Finding(check, MET), None


def _having(part: str, wanted: Any, said: list[tuple[int, Happening]]) -> tuple[list[int], bool]:
    """Return the places of messages that have what is wanted, and whether that cannot be seen."""
    if part == "utter_name":
        if said and all(h.name is None for _, h in said):
            return [], True
        return [place for place, h in said if h.name == wanted], False
    if part == "text_matches":
        return [place for place, h in said if re.search(wanted, h.text)], False
    buttons = tuple((button["title"], button["payload"]) for button in wanted)
    return [place for place, h in said if h.buttons == buttons], False


def _expected(part: str, wanted: Any) -> str:
    if part == "buttons":
        return "\n".join(["buttons:", *(f"  {button['title']} -> {button['payload']}" for button in wanted)])
    return f"{part}: {wanted}"


def _said(part: str, said: list[tuple[int, Happening]]) -> str:
    if not said:
        return "nothing was said"
    if part == "utter_name":
        return "\n".join(f"utter_name: {h.name}" for _, h in said)
    if part == "text_matches":
        return "\n".join(f"text: {h.text}" for _, h in said)
    pairs = [pair for _, h in said for pair in h.buttons]
    return "\n".join(["buttons:", *(f"  {title} -> {payload}" for title, payload in pairs)]) if pairs else "no buttons"


def _bot(check: Check, seen: _Seen) -> _Judged:
    said = seen.those("bot")
    met = [place for place, h in said if h.text.strip() == check.wanted.strip()]
    if met:
        return Finding(check, MET), met[0]
    return Finding(check, FAILED, f"text: {check.wanted.strip()}", _said("text_matches", said)), None


def _utter(check: Check, seen: _Seen) -> _Judged:
    wanted = Check(check.kind, {"utter_name": check.wanted}, check.route, check.line)
    finding, place = _uttered(wanted, seen)
    return Finding(check, finding.outcome, finding.expected, finding.got), place


def _action(check: Check, seen: _Seen) -> _Judged:
    if seen.result.events is None:
        return Finding(check, NOT_CHECKED), None
    ran = [(place, h.name) for place, h in seen.those("action")]
    met = [place for place, name in ran if name == check.wanted]
    if met:
        return Finding(check, MET), met[0]
    names = ", ".join(str(name) for _, name in ran) or "none"
    return Finding(check, FAILED, f"action: {check.wanted}", f"actions: {names}"), None


def _slot_set(check: Check, seen: _Seen) -> _Judged:
    if seen.result.events is None:
        return Finding(check, NOT_CHECKED), None
    slots = seen.those("slot")
    places = []
    for wanted in check.wanted:
        met = [
            p for p, h in slots if h.name == wanted["name"] and ("value" not in wanted or h.value == wanted["value"])
        ]
        if not met:
            return Finding(check, FAILED, f"slot {_slot_text(wanted)}", _slots_seen(slots)), None
        places.append(met[0])
    return Finding(check, MET), max(places)


def _slot_not_set(check: Check, seen: _Seen) -> _Judged:
    if seen.result.events is None:
        return Finding(check, NOT_CHECKED), None
    slots = seen.those("slot", since_start=True)
    for wanted in check.wanted:
        if any(h.name == wanted["name"] and ("value" not in wanted or h.value == wanted["value"]) for _, h in slots):
            return Finding(check, FAILED, f"slot not {_slot_text(wanted)}", _slots_seen(slots)), None
    return Finding(check, MET), None


def _slot_text(slot: Mapping[str, Any]) -> str:
    return f"{slot['name']}: {slot['value']}" if "value" in slot else f"{slot['name']} set"


def _slots_seen(slots: list[tuple[int, Happening]]) -> str:
    return "\n".join(f"slot {h.name}: {h.value}" for _, h in slots) or "no slots set"


def _record(check: Check, seen: _Seen) -> _Judged:
    """Hold the answer record against what metadata says of it."""
    record = seen.result.record
    if record is None:
        return Finding(check, NOT_CHECKED), None
    if check.kind in (kinds.STATUS, kinds.DERIVED, kinds.REASON):
        got = record.get(check.kind)
        got = bool(got) if check.kind == kinds.DERIVED else got or "none"
        if got == check.wanted:
            return Finding(check, MET), None
        return Finding(check, FAILED, f"{check.kind}: {_plain(check.wanted)}", f"{check.kind}: {_plain(got)}"), None
    held = list(record.get("facts") or ())
    if check.kind == kinds.EVIDENCE:
        held = list(dict.fromkeys(quote["sentence"] for quote in record.get("evidence") or ()))
    if set(check.wanted) <= set(held):
        return Finding(check, MET), None
    return Finding(
        check, FAILED, f"{check.kind}: {' '.join(check.wanted)}", f"{check.kind}: {' '.join(held) or 'none'}"
    ), None


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _grounded(check: Check, seen: _Seen) -> _Judged:
    record = seen.result.record
    if record is None or seen.grounds is None:
        return Finding(check, NOT_CHECKED), None
    name = check.wanted.get("utter_name")
    everything = seen.those("bot", since_start=True)
    said = [h for _, h in everything if name is None or h.name == name]
    if not said:
        return Finding(check, FAILED, f"utter_name: {name}", _said("utter_name", everything)), None
    grounding = seen.grounds.check("\n".join(h.text for h in said), record, seen.question)
    if grounding.share >= check.wanted.get("threshold", 1):
        return Finding(check, MET), None
    expected = "every quote, name, date and number borne out by the article"
    return Finding(check, FAILED, expected, "\n".join(grounding.problems)), None


_CHECKS: dict[str, Callable[..., _Judged]] = {
    kinds.BOT_UTTERED: _uttered,
    kinds.BOT_DID_NOT_UTTER: _not_uttered,
    kinds.ACTION_EXECUTED: _action,
    kinds.SLOT_WAS_SET: _slot_set,
    kinds.SLOT_WAS_NOT_SET: _slot_not_set,
    kinds.GROUNDED: _grounded,
    kinds.BOT: _bot,
    kinds.UTTER: _utter,
    **dict.fromkeys(kinds.RECORD_KEYS, _record),
}
