"""The file of settings, `.env`: lines of NAME=value for what a person does not want to export each time.

Read here and not by python-dotenv: that passes over a line it cannot read with no more than a remark in the log, and a
setting that silently keeps its default is worse than a bot that does not start.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot import paths
from bot.messages import settings as texts

FILE_VARIABLE = "ENV_FILE"
"""Environment variable that names another file of settings, or none at all where it is empty."""

_LINE = re.compile(
    r"""(?:export[ \t]+)?(?P<name>[A-Za-z_][A-Za-z0-9_]*)[ \t]*=[ \t]*
        (?:'(?P<single>[^']*)' | "(?P<double>[^"]*)" | (?P<bare>[^\s'"\#].*?)?)
        (?:[ \t]+\#.*)?""",
    re.VERBOSE,
)
_NEAR = 0.75
"""How alike two names must be for one to be taken for the other misspelt; HOSTNAME and HOST are not."""
_NEAR_IN_ENVIRONMENT = 0.85
"""The environment holds much that is not for us."""
_FAMILY = 3
"""So many settings that begin alike (SLACK_...) are a family; whatever else begins so in the file is meant as one."""


@dataclass(frozen=True)
class Given:
    """A setting as it was given: its text, and the file and line that gave it; none for the environment."""

    text: str
    place: str = ""

    @property
    def where(self) -> str:
        """How a message about it begins."""
        return f"{self.place}: " if self.place else ""


def gather(environment: Mapping[str, str], known: Collection[str]) -> tuple[dict[str, Given], list[str]]:
    """Find the settings in the environment and in the file that its ENV_FILE names.

    Args:
        environment: variables by name; one that is there goes before the file, even if it is empty.
        known: names of all settings.

    Returns:
        what is given, by name, and a line of text for each problem of the file.
    """
    found: dict[str, Given] = {}
    problems: list[str] = []
    named = environment.get(FILE_VARIABLE, "").strip()
    if named:
        path = file_path(named)
        # Without a file of settings there is none to read; one that somebody names has to be there.
        if os.path.lexists(path) or path != paths.SETTINGS_FILE:
            found, problems = read_file(path, known)
    found |= {name: Given(environment[name].strip()) for name in known if name in environment}
    return found, problems


def file_path(named: str) -> Path:
    """Return the path of a file as people write it: `~` is their home, and a relative path is in the repository."""
    return paths.ROOT / os.path.expanduser(named)


def read_file(path: Path, known: Collection[str]) -> tuple[dict[str, Given], list[str]]:
    """Read a file of settings; returns its settings by name, and a line of text for each problem.

    The texts never hold what a line says, because that may be a secret.
    """
    try:
        # What is not a plain file can be read only once, or makes its reader wait.
        raw = path.read_bytes() if path.is_file() or not path.exists() else None
    except OSError as error:
        return {}, [texts.unreadable_file(path, error.strerror)]
    if raw is None:
        return {}, [texts.unreadable_file(path, texts.NOT_A_FILE)]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return {}, [texts.bad_encoding(path, raw.count(b"\n", 0, error.start) + 1)]
    found: dict[str, Given] = {}
    problems: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        content = line.strip()
        if not content or content.startswith("#"):
            continue
        place = texts.place(path, number)
        match = _LINE.fullmatch(content)
        if not match or any(ord(sign) < 32 and sign != "\t" for sign in content):
            problems.append(texts.bad_line(place))
            continue
        name = match["name"]
        if name in found:
            problems.append(texts.set_twice(place, name, found[name].place))
        elif name in known:
            found[name] = Given((match["single"] or match["double"] or match["bare"] or "").strip(), place)
        elif name in texts.ELSEWHERE:
            problems.append(texts.only_in_environment(place, name))
        elif meant := _meant(name, known):
            problems.append(texts.unknown_name(place, name, meant))
    return found, problems


def misspelt(environment: Mapping[str, str], known: Collection[str]) -> dict[str, str]:
    """Return the names in the environment that look like misspelt settings, each with the setting it looks like."""
    others = [name for name in environment if name not in known and name not in texts.ELSEWHERE]
    near = {name: _nearest(name, known, _NEAR_IN_ENVIRONMENT) for name in others}
    return {name: meant for name, meant in near.items() if meant}


def _meant(name: str, known: Collection[str]) -> str | None:
    """Return the setting that a name in the file looks like: spelt nearly so, or of the same family."""
    family = [other for other in known if other.startswith(name.upper().partition("_")[0] + "_")]
    return _nearest(name, known, _NEAR) or (_nearest(name, family, 0) if len(family) >= _FAMILY else None)


def _nearest(name: str, names: Collection[str], alike: float) -> str | None:
    return (difflib.get_close_matches(name.upper(), names, 1, alike) or [None])[0]
