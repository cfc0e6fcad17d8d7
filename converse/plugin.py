"""pytest runs scripts: each case is a test, `pytest tests/conversations -k yeltsin -x -n 2`.

Collected are the .yml files below the folders of the ini option `converse_paths`, and files named on the command line.
The model is loaded once in each process, when the first case runs.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from bot.errors import BotError
from bot.messages import converse as converse_texts
from bot.messages.visible import visible
from converse import show
from converse.document import read_document
from converse.drivers import CHANNELS, Target, connect
from converse.grounded import Grounds
from converse.known import can_be_excused, reason_of
from converse.parse import script_of
from converse.reading import SUFFIXES, is_foreign, read_slots, unknown_slots
from converse.runner import FAILED, SKIPPED, CaseOutcome, Runner
from converse.script import Case
from converse.shared import is_shared, read_shared

PATHS = "converse_paths"


class Bench:
    """The bot under test: connected when the first case needs it, disconnected with the session."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.outcomes: dict[tuple[Path, str], CaseOutcome] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stack = AsyncExitStack()
        self._runner: Runner | None = None

    def run(self, case: Case) -> CaseOutcome:
        """Run a case, or return what became of it before."""
        key = (case.script.absolute(), case.name)
        if key not in self.outcomes:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
            self.outcomes[key] = self._loop.run_until_complete(self._run(case))
        return self.outcomes[key]

    def close(self) -> None:
        """Disconnect."""
        if self._loop is not None:
            self._loop.run_until_complete(self._stack.aclose())
            self._loop.close()
            self._loop = None

    async def _run(self, case: Case) -> CaseOutcome:
        if self._runner is None:
            # Rasa takes seconds to import, and is needed from here on only.
            from bot.facts.loader import load
            from bot.logs import set_up_structlog

            set_up_structlog(logging.WARNING)
            driver = await self._stack.enter_async_context(connect(self.target))
            self._runner = Runner(driver, Grounds(load()), self.target.way)
        return await self._runner.run_case(case)


BENCH = pytest.StashKey[Bench]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("converse", "scripted conversations")
    group.addoption("--converse-url", metavar="URL", help="hold scripted conversations with a running server")
    group.addoption("--converse-channel", metavar="NAME", help=f"through a channel: {', '.join(CHANNELS)}")
    parser.addini(PATHS, "folders of scripted conversations", type="paths", default=[])


def pytest_configure(config: pytest.Config) -> None:
    url, channel = config.getoption("--converse-url"), config.getoption("--converse-channel")
    if url and channel:
        raise pytest.UsageError("--converse-url and --converse-channel: give one of them")
    config.stash[BENCH] = Bench(Target(url, channel))


def pytest_unconfigure(config: pytest.Config) -> None:
    if BENCH in config.stash:
        config.stash[BENCH].close()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> ScriptFile | None:
    if file_path.suffix not in SUFFIXES:
        return None
    ours = any(file_path.is_relative_to(folder) for folder in parent.config.getini(PATHS))
    if ours or parent.session.isinitpath(file_path):
        return ScriptFile.from_parent(parent, path=file_path)
    return None


class ScriptFile(pytest.File):
    """A script; one that cannot be run is one error that names all its problems."""

    def collect(self) -> Iterator[CaseItem]:
        document = read_document(self.path)
        document.path = _shown(self.path, self.config.invocation_params.dir)
        if is_shared(self.path):
            self._refuse(read_shared(document.path).problems)
            return
        if is_foreign(document) and not self.session.isinitpath(self.path):
            self.warn(ScriptWarning(visible(converse_texts.left_out([document.path]))))
            return
        script, problems = script_of(document)
        self._refuse(problems if script is None else unknown_slots(script, read_slots()))
        for warning in script.warnings if script else ():
            self.warn(ScriptWarning(visible(warning)))
        for case in script.cases if script else ():
            item = CaseItem.from_parent(self, name=visible(case.name), case=case)
            try:
                reason = reason_of(case)
            except BotError as error:
                raise self.CollectError(str(error)) from error
            if reason:
                item.add_marker(pytest.mark.xfail(reason=reason, raises=NotHeld, strict=False))
            yield item

    def _refuse(self, problems: Sequence[str]) -> None:
        if problems:
            raise self.CollectError(visible("\n".join(problems)))


class CaseItem(pytest.Item):
    """A case as a test."""

    def __init__(self, *, case: Case, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.case = case

    def runtest(self) -> None:
        try:
            outcome = self.config.stash[BENCH].run(self.case)
        except BotError as error:
            raise ConversationFailed(visible(str(error))) from error
        if outcome.status == SKIPPED:
            pytest.skip(visible(outcome.reason))
        if outcome.status == FAILED:
            kind = NotHeld if can_be_excused(outcome) else ConversationFailed
            raise kind(show.plain_text(outcome))
        if outcome.not_checked:
            self.add_report_section("call", "converse", f"{outcome.not_checked} checks not made")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> Any:
        """Show the conversation and the difference, not our own stack."""
        if isinstance(excinfo.value, ConversationFailed):
            return str(excinfo.value)
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.case.line - 1, self.name


class ScriptWarning(pytest.PytestWarning):
    """What is no mistake in a script but should be known of it."""


class ConversationFailed(Exception):
    """A case could not be held, or the bot broke a promise that holds in every case."""


class NotHeld(ConversationFailed):
    """A case did not go as written; only this can be known and listed."""


def _shown(path: Path, folder: Path) -> Path:
    return path.relative_to(folder) if path.is_relative_to(folder) else path
