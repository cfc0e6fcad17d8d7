"""Texts of scripted conversations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

_SHOWN = 5
"""How many names of a longer list are told."""


def script_problem(path: object, line: int, place: str, text: str) -> str:
    return f"{path}:{line}: {place}: {text}" if place else f"{path}:{line}: {text}"


def no_scripts(path: object) -> str:
    return f"{path}: no such file or folder, or no .yml files in it. Give scripts, folders of scripts, or path::case"


def no_case(path: object, name: str, known: Iterable[str]) -> str:
    return f'{path}: there is no case "{name}"; valid: {"; ".join(known)}'


def unknown_slots(names: Iterable[str], known: Iterable[str]) -> str:
    return f"fixtures set slots that the domain does not have: {', '.join(names)}; valid: {', '.join(known)}"


def unknown_slot(name: str, known: Iterable[str]) -> str:
    return f"the fixture sets {name}, a slot that the domain does not have; valid: {', '.join(known)}"


def unused_in_shared(path: object, line: int, key: str) -> str:
    return f"{path}:{line}: {key} is of no use here; a conftest.yml gives fixtures to the scripts beside and below it"


def said_twice(step: int) -> str:
    return (
        f"the user says the same as in step {step}; Rasa Pro tells them apart only if one of them has metadata of its "
        "own, such as {turn: 2}"
    )


def empty_script(path: object) -> str:
    return f"{path}: empty, there is no test case in it outside of comments"


def only_shared(path: object) -> str:
    return f"{path}: gives fixtures to the scripts beside and below it, and holds no test cases of its own"


def left_out(files: Sequence[object]) -> str:
    shown = ", ".join(map(str, files[:_SHOWN])) + (f" and {len(files) - _SHOWN} more" if len(files) > _SHOWN else "")
    return f"Left out, as there are no test_cases in it: {shown}"


def warning(line: str) -> str:
    return f"warning: {line}"


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


def refused_scripts(number: int, files: Sequence[object]) -> str:
    where = f"{len(files)} script{'s' * (len(files) != 1)}, which {'were' if len(files) != 1 else 'was'} not run"
    return f"{number} problem{'s' * (number != 1)} in {where}: {', '.join(map(str, files))}"


def nothing_run(number: int) -> str:
    return f"{number} problem{'s' * (number != 1)} in the scripts; nothing was run."


NOTHING_TO_RUN = "There is no test case in these scripts, so nothing was run."
INTERRUPTED = "interrupted"
THE_RUN = "the run"


def stopped(reason: object) -> str:
    return f"The run was stopped: {reason}"


def not_run(reason: object) -> str:
    return f"not run: {reason}"


STARTING = "Starting the bot, which takes some seconds ..."
DIFFERENCE_KEY = "(+ is what was expected, - what came)"
GROUNDED_BY_DEFAULT = "every answer must be grounded in the article"


def fails_no_more(path: object) -> str:
    return f"This case was known to fail and passes here. If it does elsewhere, take it off {path}."


def bad_known_failure(path: object, line: int) -> str:
    return f"{path}:{line}: a known failure is written as: folder/script.yml::case name | why it fails"


def summary(counts: Mapping[str, int], turns: int, seconds: float) -> str:
    told = ", ".join(f"{count} {what}" for what, count in counts.items() if count or what == "passed")
    return f"{told}; {turns} turn{'s' * (turns != 1)} in {seconds:.1f} s"


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


def nothing_to_append_to(path: object, line: int, name: object) -> str:
    return f"{path}:{line}: {name} is empty; take this line out, or put something under it, to record into the file"


def recorded(names: Iterable[str], path: object) -> str:
    return f"Recorded in {path}: {'; '.join(names)}"


NOTHING_RECORDED = "Nothing was said, so nothing was recorded."


def not_checked(number: int) -> str:
    return f"{number} check{'s' * (number != 1)} not made: not everything can be seen over this way to the bot"


def no_cases_left(words: object) -> str:
    return f"No case has {words!r} in its path or name (-k)"
