"""What is told about settings is what the code does: the page, .env.example, the help, the list of those in force."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot import __main__ as command_line
from bot import paths
from bot.errors import BotError, SettingError
from bot.messages import settings as texts
from bot.settings import VARIABLES, Settings, cli, read_settings
from bot.settings.cli import EXAMPLE, PAGE
from bot.settings.kinds import valid_values

SECRETS = [name for name, field in VARIABLES.items() if field.field_info.extra.get("secret")]
CODE = ("bot", "actions", "scripts", "bench", "tests")
OURS_TO_SET = {
    # For libraries, to be quiet or fast.
    "PTB_TIMEDELTA",
    "SQLALCHEMY_SILENCE_UBER_WARNING",
    "TF_CPP_MIN_LOG_LEVEL",
    "TOKENIZERS_PARALLELISM",
    # From the Makefile to the script.
    "LOAD",
    "RUNS",
    # From one part of the benchmark to another.
    "LOAD_QUESTIONS",
    "LOAD_RESULT",
    "LOAD_SECONDS",
    "LOAD_WARM_UP",
    "PATH",
}
"""What the code reads or sets in the environment, but nobody who uses it."""


def test_page_and_example_are_up_to_date() -> None:
    how = "make settings ARGS=--write"
    assert PAGE.read_text("utf-8") == cli.page(PAGE.read_text("utf-8")), how
    assert EXAMPLE.read_text("utf-8") == cli.example(), how


def test_page_has_every_setting_with_default_values_and_effect() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.+?) \| (.+?) \| (.+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert [name for name, *_ in rows] == list(VARIABLES)
    for name, default, valid, about in rows:
        field = VARIABLES[name]
        given = read_settings({name: default.strip("`")} if default != "none" else {})
        assert getattr(given, field.name) == field.default
        assert valid_values(field).lower() in valid.lower()
        assert about == field.field_info.description


def test_tables_come_back_after_they_were_lost() -> None:
    text = PAGE.read_text("utf-8")
    without = re.sub(r"(?m)^\|.*\n", "", text)
    assert without != text
    assert cli.page(without) == text


@pytest.mark.parametrize("lost", ["<!-- settings: ", "<!-- end of settings -->"])
def test_page_without_a_mark_is_refused_and_not_cut(lost: str) -> None:
    with pytest.raises(BotError, match=f"{texts.PAGE}.*settings"):
        cli.page(PAGE.read_text("utf-8").replace(lost, ""))


def test_write_makes_both_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    for name in ("PAGE", "EXAMPLE"):
        monkeypatch.setattr(cli, name, tmp_path / name)
    begin = "# Ours\n\n<!-- {0}: " + texts.MADE + " -->\n| lost |\n<!-- end of {0} -->\n"
    (tmp_path / "PAGE").write_text(begin.format("settings") + begin.format("other variables"))
    assert cli.main(["--write"]) == 0
    page = (tmp_path / "PAGE").read_text("utf-8")
    assert page.count("# Ours") == 2
    assert "| lost |" not in page
    assert all(f"| `{name}` |" in page for name in (*VARIABLES, *texts.ELSEWHERE))
    assert "#PORT=5005" in (tmp_path / "EXAMPLE").read_text("utf-8")
    assert capsys.readouterr().out == "PAGE written\nEXAMPLE written\n"


def test_example_is_a_file_of_settings_that_changes_nothing(tmp_path: Path) -> None:
    assert read_settings({"ENV_FILE": str(EXAMPLE)}) == Settings()


def test_every_line_of_the_example_can_be_taken(tmp_path: Path) -> None:
    lines = re.findall(r"^#([A-Z_]+=.*)$", EXAMPLE.read_text("utf-8"), re.MULTILINE)
    assert [line.partition("=")[0] for line in lines] == list(VARIABLES)
    taken = tmp_path / "all.env"
    taken.write_text("\n".join(lines))
    settings = read_settings({"ENV_FILE": str(taken)})
    for field in VARIABLES.values():
        if field.default not in (None, frozenset()):
            assert getattr(settings, field.name) == field.default
    for line in lines:
        taken.write_text(line)
        # These need each other.
        needed = {"SLACK_BOT_TOKEN": "SLACK_BOT_TOKEN is", "SLACK_APP_TOKEN": "SLACK_BOT_TOKEN is"}
        needed |= dict.fromkeys(("EMAIL_ADDRESS", "EMAIL_INBOX", "EMAIL_OUTBOX"), "EMAIL_[A-Z]+ is")
        if match := needed.get(line.partition("=")[0]):
            with pytest.raises(SettingError, match=match):
                read_settings({"ENV_FILE": str(taken)})
        else:
            read_settings({"ENV_FILE": str(taken)})


def test_example_holds_no_secret_that_works_for_everybody() -> None:
    values = dict(re.findall(r"^#([A-Z_]+)=(.*)$", EXAMPLE.read_text("utf-8"), re.MULTILINE))
    for name in SECRETS:  # platforms know no such token; what the bot itself checks against must be of one's own
        assert not values[name] or "xample" in values[name]


@pytest.mark.parametrize("command", ["serve", "telegram", "slack"])
def test_help_lists_every_setting_and_the_page(command: str, capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(SystemExit):
        command_line.main([command, "--help"])
    shown = capsys.readouterr().out
    assert texts.PAGE in shown
    assert ".env" in shown
    for name in VARIABLES:
        assert re.search(rf"^    {name} +\S", shown, re.MULTILINE), name
    assert re.search(r"RETENTION_DAYS .*deleted.*\n?.*\[90\]", shown)


@pytest.mark.parametrize("command", ["chat", "feedback"])
def test_help_of_other_commands_points_to_the_page(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", command, "--help"], cwd=paths.ROOT, capture_output=True, text=True, check=True
    )
    assert texts.PAGE in done.stdout


def test_settings_in_force_are_shown_with_where_they_come_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    file = tmp_path / "my.env"
    file.write_text(
        "\nRETENTION_DAYS=7\nTELEGRAM_BOT_TOKEN=1:secret-of-mine\nACTION_ENDPOINT=http://me:hidden@x/webhook\n"
    )
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ENV_FILE", str(file))
    monkeypatch.setenv("PORT", "5401")
    assert command_line.main(["settings"]) == 0
    shown = capsys.readouterr().out
    lines = {line.split()[0]: line.split(maxsplit=1)[1] for line in shown.splitlines() if line.startswith("  ")}
    assert list(lines) == list(VARIABLES)
    assert lines["PORT"] == "5401  (environment)"
    assert lines["RETENTION_DAYS"] == f"7  ({file}, line 2)"
    assert lines["TELEGRAM_BOT_TOKEN"] == f"{texts.HIDDEN}  ({file}, line 3)"
    assert lines["ACTION_ENDPOINT"].startswith("http://***@x/webhook")
    assert lines["SECURE_COOKIES"] == "no  (default)"
    assert "secret-of-mine" not in shown
    assert "hidden@" not in shown


def test_secrets_are_in_no_text_of_the_settings() -> None:
    given = {
        "WEB_SECRET": "w" * 40,
        "TELEGRAM_BOT_TOKEN": "1:telegram-token",
        "TELEGRAM_WEBHOOK_SECRET": "webhook-secret",
        "SLACK_BOT_TOKEN": "xoxb-slack-token",
        "SLACK_APP_TOKEN": "xapp-slack-app",
        "SLACK_SIGNING_SECRET": "signing0secret0of0slack",
        "EMAIL_INBOX": "imaps://ask:inbox-password@mail.example",
        "EMAIL_OUTBOX": "smtps://ask:outbox-password@mail.example",
    }
    assert sorted(given) == sorted(SECRETS)
    settings = read_settings({**given, "EMAIL_ADDRESS": "ask@museum.example"})
    assert not [value for value in given.values() if value in f"{settings!r} {settings}"]


def test_settings_cannot_be_changed_once_they_are_read() -> None:
    with pytest.raises(TypeError):
        Settings().port = 1
    assert Settings(port=1).copy(update={"host": "::1"}).port == 1


def test_whatever_else_the_code_reads_from_the_environment_is_documented() -> None:
    read = {name for folder in CODE for path in (paths.ROOT / folder).rglob("*.py") for name in _variables(path)}
    makefile = (paths.ROOT / "Makefile").read_text("utf-8")
    read |= set(re.findall(r"\$\$\{([A-Z_]+)", makefile))
    page = PAGE.read_text("utf-8")
    assert {"CHROMIUM", "UV_PYTHON", "PYTHON", "BENCH_PORT", "LOAD_QUESTIONS"} <= read  # it does find them
    assert not {name for name in read - OURS_TO_SET if f"`{name}`" not in page}
    of_make = set(re.findall(r"\$\((?:if |or )?\$?\(?([A-Z_]+)\)", makefile)) - {
        "SETUP",
        "BOT",
        "MAKE",
        "MAKEFILE_LIST",
    }
    assert of_make == {"ARGS", "FILE", "LOAD", "MESSAGE", "RECORD", "RUNS"}
    assert not {name for name in of_make if f"{name}=" not in page}


def _variables(path: Path) -> set[str]:
    """Return the environment variables that a module names: os.environ["X"], os.environ.get("X"), "X" in environ..."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            named = node.args[:1] if node.func.attr in ("get", "setdefault", "pop", "getenv") else []
            holder = node.func.value if node.func.attr != "getenv" else None
            if holder is not None and ast.unparse(holder) != "os.environ":
                continue
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            named = [node.slice]
        else:
            continue
        found |= {name.value for name in named if isinstance(name, ast.Constant) and isinstance(name.value, str)}
    return {name for name in found if name.isupper()} - set(VARIABLES)
