"""Runs a command of the bot as where only requirements-run.txt is installed: nothing else can be imported.

python -m tests.support.only_light ask "When did it end?"
"""

from __future__ import annotations

import re
import runpy
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.metadata import Distribution, distributions
from types import ModuleType

from bot import paths

LOCK = paths.ROOT / "requirements-run.txt"


class Blocker(MetaPathFinder):
    """Refuses packages that are installed but not in the lock of what runs the bot."""

    def __init__(self) -> None:
        locked = re.findall(r"^([\w.-]+)==", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
        installed = {_name(distribution) for distribution in locked}
        runs: dict[bool, set[str]] = {True: set(), False: set()}
        for distribution in distributions():
            runs[_name(distribution.metadata["Name"]) in installed] |= _modules(distribution)
        self.blocked = runs[False] - runs[True]

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        if name.partition(".")[0] in self.blocked:
            raise ModuleNotFoundError(f"No module named {name!r} (left out of {LOCK.name})", name=name)


def _modules(distribution: Distribution) -> set[str]:
    """Return the names that a distribution's files are imported by."""
    tops = (file.parts[0] for file in distribution.files or () if file.suffix in (".py", ".so"))
    return {top.partition(".")[0] for top in tops}


def _name(distribution: str) -> str:
    return re.sub(r"[._-]+", "-", distribution).lower()


if __name__ == "__main__":
    sys.meta_path.insert(0, Blocker())
    if sys.argv[1:2] == ["-c"]:
        exec(sys.argv[2], {"__name__": "__main__"})
    else:
        sys.argv[0] = "bot"
        runpy.run_module("bot", run_name="__main__", alter_sys=False)
