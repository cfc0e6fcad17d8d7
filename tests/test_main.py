"""The command line: what its commands start, and how a failure looks."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import types

import pytest

from bot import __main__ as command_line
from bot import paths
from bot.errors import BotError


@pytest.fixture(autouse=True)
def _undisturbed(monkeypatch):
    """Keep what the command line sets for its process out of this one."""
    monkeypatch.setattr(command_line, "_calm_libraries", lambda: None)


@pytest.fixture
def facts_command(monkeypatch):
    """Replace `python -m bot facts` by a function."""

    def replace(run) -> None:
        module = types.ModuleType("bot.answers.cli")
        module.main = run
        monkeypatch.setitem(sys.modules, "bot.answers.cli", module)

    return replace


def test_error_is_one_line_and_exit_code_2(facts_command, capsys):
    def fail(arguments: list[str]) -> int:
        raise BotError("data/facts/x.yml: nothing in it")

    facts_command(fail)
    assert command_line.main(["facts", "check"]) == 2
    assert capsys.readouterr().err == "data/facts/x.yml: nothing in it\n"


def test_facts_and_ask_get_their_arguments_as_they_are(facts_command):
    got: list[str] = []

    def keep(arguments: list[str]) -> int:
        got.extend(arguments)
        return 7

    facts_command(keep)
    assert command_line.main(["facts", "show", "--all", "x"]) == 7
    assert got == ["show", "--all", "x"]


def test_missing_package_says_how_to_install_it(facts_command, capsys):
    def fail(arguments: list[str]) -> int:
        raise ModuleNotFoundError("No module named 'rasa'", name="rasa")

    facts_command(fail)
    assert command_line.main(["facts"]) == 2
    assert "make setup" in capsys.readouterr().err


def test_interrupt_ends_quietly(facts_command, capsys):
    def interrupt(arguments: list[str]) -> int:
        raise KeyboardInterrupt

    facts_command(interrupt)
    assert command_line.main(["facts"]) == 130
    assert capsys.readouterr().err == ""


def test_help_names_all_commands(capsys):
    with pytest.raises(SystemExit) as left:
        command_line.main(["--help"])
    assert left.value.code == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in ("serve", "chat", "train", "encoder", "facts", "ask"))


@pytest.mark.parametrize(
    "module", ["bot.__main__", "bot.engine.training", "bot.questions.encoder.export", "bot.facts.loader"]
)
def test_light_commands_do_not_import_rasa(module):
    code = f"import sys, {module}; print([name for name in ('rasa', 'tensorflow') if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], cwd=paths.ROOT, capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"


@pytest.mark.parametrize("command", ["facts check", "settings", "--help", "facts show"])
@pytest.mark.parametrize("output", [">/dev/full", ">&-"])
def test_output_that_cannot_be_written_is_one_plain_line(command: str, output: str) -> None:
    done = shell(f"{command} {output}")
    assert done.returncode == 2
    assert done.stderr.startswith("The output cannot be written (")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("redirected", ["2>/dev/full", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_error_that_cannot_be_told_still_has_its_exit_code(redirected: str) -> None:
    assert shell(f"feedback {redirected}", PORT="x").returncode == 2
    assert shell(f"nonsense {redirected}").returncode == 2


def test_reader_who_stops_early_is_no_fault() -> None:
    done = shell("settings | head -1; exit ${PIPESTATUS[0]}")
    assert (done.returncode, done.stderr) == (0, "")


def test_chat_without_input_is_one_plain_line() -> None:
    done = shell("chat <&-")
    assert done.returncode == 2
    assert done.stderr.startswith("Questions cannot be read from standard input (")
    assert done.stderr.count("\n") == 1


def shell(command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the bot as a shell does, with its redirections."""
    line = f"{shlex.quote(sys.executable)} -m bot {command}"
    return subprocess.run(
        ["bash", "-c", line], cwd=paths.ROOT, capture_output=True, text=True, env=os.environ | environment
    )
