"""Texts of scripted conversations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def script_problem(path: object, line: int, place: str, text: str) -> str:
    return f"{path}:{line}: {place}: {text}" if place else f"{path}:{line}: {text}"


def no_scripts(path: object) -> str:
    return f"{path}: no such file or folder, or no .yml files in it. Give scripts, folders of scripts, or path::case"


def no_case(path: object, name: str, known: Iterable[str]) -> str:
    return f'{path}: there is no case "{name}"; valid: {"; ".join(known)}'


def unknown_slots(names: Iterable[str], known: Iterable[str]) -> str:
    return f"fixtures set slots that the domain does not have: {', '.join(names)}; valid: {', '.join(known)}"


def no_presets(way: str) -> str:
    return f"fixtures are not possible over {way}: slots can be set in process only, without --url and --channel"


def server_silent(url: str, reason: object) -> str:
    return f"No answer from {url} ({reason}). Start the bot (make run), or give the URL of one that runs"


def no_such_channel(name: str, valid: Iterable[str]) -> str:
    return f"There is no channel {name}; valid: {', '.join(valid)}"


def no_channel_driver(name: str, module: str) -> str:
    return f"Scripts cannot be run through {name} yet: there is no driver {module.replace('.', '/')}.py"


def other_channel(name: str) -> str:
    return f"this case is about {name}"


def refused_script(number: int) -> str:
    return f"{number} problem{'s' * (number != 1)} in the scripts; nothing was run."


STARTING = "Starting the bot, which takes some seconds ..."
DIFFERENCE_KEY = "(+ is what was expected, - what came)"
GROUNDED_BY_DEFAULT = "every answer must be grounded in the article"


def fails_no_more(path: object) -> str:
    return f"This case was known to fail and passes here. If it does elsewhere, take it off {path}."


def bad_known_failure(path: object, line: int) -> str:
    return f"{path}:{line}: a known failure is written as: folder/script.yml::case name | why it fails"


def summary(counts: Mapping[str, int], turns: int, seconds: float) -> str:
    told = ", ".join(f"{count} {what}" for what, count in counts.items() if count or what == "passed")
    return f"{told}; {turns} turns in {seconds:.1f} s"


COVERAGE = "What the scripts reach"
NOT_SEEN = "cannot be told over this way to the bot"
ACCEPT_QUESTION = "Expect this from now on? [y]es, [n]o, [a]ll: "


def accepted(number: int, path: object) -> str:
    return f"{path}: {number} expectation{'s' * (number != 1)} changed"


def not_acceptable(path: object, line: int, kind: str) -> str:
    return f"{path}:{line}: {kind} cannot be accepted; change it by hand, or the bot"


def no_report(path: object, reason: object) -> str:
    return f"The report {path} cannot be written: {reason}"


def script_not_written(path: object, reason: object) -> str:
    return f"The script {path} cannot be written: {reason}"


def not_a_script(path: object) -> str:
    return f"{path} is no name for a script; valid: a file that ends in .yml"


def not_appendable(path: object, line: int, name: object) -> str:
    return f"{path}:{line}: {name} is written on one line; put each entry on a line of its own, with a dash"


def recorded(names: Iterable[str], path: object) -> str:
    return f"Recorded in {path}: {'; '.join(names)}"


NOTHING_RECORDED = "Nothing was said, so nothing was recorded."


def not_checked(number: int) -> str:
    return f"{number} check{'s' * (number != 1)} not made: not everything can be seen over this way to the bot"


def no_cases_left(words: object) -> str:
    return f"No case has {words!r} in its path or name (-k)"
