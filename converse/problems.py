"""What is wrong with a script, in words: the schema's errors, each with its place and what is valid."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator, ValidationError
from rapidfuzz.distance import DamerauLevenshtein

from bot.language.words import join, join_choices
from bot.messages import converse as converse_texts
from converse.document import Document, Fault, Route
from converse.script import CHANNEL, RECORD_KEYS

SCHEMA = Path(__file__).with_name("schema.json")

_CALM = "belongs to Rasa Pro's CALM flows, which this bot does not have; remove it"
_JUDGE = "needs a language model as judge, which this bot does without"
REFUSED = {
    "flow_started": _CALM,
    "flow_completed": _CALM,
    "flow_cancelled": _CALM,
    "pattern_clarification_contains": _CALM,
    "generative_response_is_relevant": f"{_JUDGE}; remove it, or say with bot_uttered what the reply must hold",
    "ground_truth": f"{_JUDGE}; replies are held against the article itself, so remove it",
    "utter_source": "names the part of Rasa Pro or the custom action that made a reply; here one action makes them "
    "all, so choose a reply with utter_name, or remove it",
    "stub_custom_actions": "cannot be used: the bot's own actions are what is tested; remove it",
}
"""Keys that Rasa Pro knows and we do not, and why."""

_KINDS = {
    "object": "keys and values",
    "array": "a list",
    "string": "text",
    "boolean": "true or false",
    "null": "nothing",
}
SCRIPT, SHARED = "script", "shared"
"""The two kinds of files: test cases, and a conftest.yml of fixtures that scripts share."""

_OURS = (*RECORD_KEYS, CHANNEL)
_EXAMPLES = {"evidence": "sentences with single spaces between, such as P3S8 P1S4"}


def form_faults(document: Document, kind: str = SCRIPT) -> Iterator[tuple[Route, Fault]]:
    """Yield what is wrong with the form of a file's data, in the order of the file."""
    found = []
    for error in _validator(kind).iter_errors(document.data):
        route = tuple(error.absolute_path)
        found += [(key_route, text) for key_route, text in _told(error, route)]
    if kind == SCRIPT:
        found += _near_misses(document.data)
    for route, text in sorted(found, key=lambda item: document.line(item[0])):
        yield route, Fault(document.line(route), text)


def names_twice(route: Route, names: list[str], what: str) -> Iterator[tuple[Route, str]]:
    """Yield a text for each name that stands in a list for the second time."""
    for number, name in enumerate(names):
        if name in names[:number]:
            yield (*route, number), f"the name {name} is used twice for {what}; give one of them another"


def told(document: Document, route: Route, fault: Fault) -> str:
    """Return a fault as it is shown: file, line, case, step, what is wrong."""
    place = ""
    if route[:1] == ("test_cases",) and len(route) > 1:
        case = document.data["test_cases"][route[1]]
        name = case.get("test_case") if isinstance(case, dict) else None
        place = f'case "{name}"' if name else f"case {route[1] + 1}"
        if len(route) > 3 and route[2] == "steps":
            place += f", step {route[3] + 1}"
    return converse_texts.script_problem(document.path, fault.line, place, fault.text)


@lru_cache(maxsize=2)
def _validator(kind: str) -> Draft7Validator:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    if kind == SHARED:
        schema = {**schema["definitions"][SHARED], "definitions": schema["definitions"]}
    return Draft7Validator(schema)


def _told(error: ValidationError, route: Route) -> Iterator[tuple[Route, str]]:
    """Yield one text for each fault that an error of the schema stands for."""
    name = next((str(part) for part in reversed(route) if isinstance(part, str)), "the file")
    found = error.instance
    if error.validator == "additionalProperties":
        valid = ", ".join(error.schema["properties"])
        for key in sorted(set(found) - set(error.schema["properties"])):
            reason = REFUSED.get(key)
            yield (*route, key), f"{key} {reason}" if reason else f"unknown key {key}; valid here: {valid}"
    elif error.validator == "type":
        wanted = error.validator_value
        wanted = [wanted] if isinstance(wanted, str) else wanted
        kinds = join_choices([_KINDS.get(kind, f"a {kind}") for kind in wanted])
        hint = "; put it in quotes" if "string" in wanted and not isinstance(found, (dict, list, type(None))) else ""
        yield route, f"{name} must be {kinds}, not {_shown(found)}{hint}"
    elif error.validator == "required":
        missing = [key for key in error.validator_value if key not in found]
        if missing and missing[0] in error.message:
            yield from ((route, f"{key} is missing") for key in missing if repr(key) in error.message)
    elif error.validator == "enum":
        yield route, f"{name} cannot be {_shown(found)}; valid: {', '.join(map(str, error.validator_value))}"
    elif error.validator == "oneOf":
        yield from _step(found, error, route)
    elif error.validator == "dependencies":
        yield from _dependency(found, error, route)
    elif error.validator in ("minItems", "minLength", "minProperties"):
        valid = f"; valid: {', '.join(error.schema['properties'])}" if error.schema.get("properties") else ""
        yield route, f"{name} is empty{valid}"
    elif error.validator == "maxProperties":
        yield route, f"{name}: an entry of this list has one key, not {', '.join(found)}; begin each with its own dash"
    elif error.validator == "pattern":
        yield route, f"{name} cannot be {_shown(found)}; valid: {_EXAMPLES.get(name, 'ids with single spaces between')}"
    else:
        yield route, f"{name}: {error.message}"


def _step(step: Any, error: ValidationError, route: Route) -> Iterator[tuple[Route, str]]:
    kinds = [choice["required"][0] for choice in error.validator_value]
    if not isinstance(step, dict) or set(step) - set(error.schema["properties"]):
        return  # told already, and most likely the same slip
    given = [key for key in step if key in kinds]
    if not given and ("assertions" in step or "metadata" in step):
        return  # told already: they need `user`
    told = f"this one has {join(given)}" if given else "this one has none of them"
    yield route, f"a step is exactly one of {', '.join(kinds)}; {told}"


def _dependency(step: dict[str, Any], error: ValidationError, route: Route) -> Iterator[tuple[Route, str]]:
    key, needed = re.findall(r"'(\w+)'", error.message)[::-1][:2]
    if needed in error.schema["properties"]:
        yield (*route, key), f"{key} can only stand on a step with {needed}"


def _near_misses(data: Any) -> list[tuple[Route, str]]:
    """Find keys of metadata that are ours but for a slip; they would be passed on and never checked."""
    found = []
    entries = data.get("metadata") if isinstance(data, dict) else None
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        for name, content in entry.items() if isinstance(entry, dict) else ():
            for key in content if isinstance(content, dict) else ():
                meant = next((ours for ours in _OURS if key != ours and _is_slip(key, ours)), None)
                if meant:
                    route = ("metadata", number, name, key)
                    found.append((route, f"unknown key {key}; did you mean {meant}? Valid: {', '.join(_OURS)}"))
    return found


def _is_slip(key: str, ours: str) -> bool:
    return key.startswith(ours) or DamerauLevenshtein.distance(key, ours) == 1


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "keys and values"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    return text if len(text) <= 60 else text[:59] + "…"
