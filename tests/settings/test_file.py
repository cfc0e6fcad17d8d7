"""The file of settings: read where there is one, after the environment, and never wrong without a word."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot import paths
from bot.errors import SettingError
from bot.settings import VARIABLES, Settings, read_settings
from bot.settings.file import misspelt

SECRET = "xoxb-4711-do-not-show"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "my.env"


def read(file: Path, content: str | bytes, **environment: str) -> Settings:
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_settings({"ENV_FILE": str(file), **environment})


def problems(file: Path, content: str | bytes, **environment: str) -> list[str]:
    with pytest.raises(SettingError) as caught:
        read(file, content, **environment)
    return str(caught.value).splitlines()


@pytest.mark.parametrize(
    ("line", "database"),
    [
        ("DATABASE=/tmp/a.sqlite", "/tmp/a.sqlite"),
        ("  export DATABASE = /tmp/a.sqlite  ", "/tmp/a.sqlite"),
        ("DATABASE='/tmp/a # b.sqlite' # a remark", "/tmp/a # b.sqlite"),
        ('DATABASE="/tmp/it\'s.sqlite"', "/tmp/it's.sqlite"),
        ("DATABASE=/tmp/a b.sqlite # a remark: don't", "/tmp/a b.sqlite"),
        ("DATABASE=/tmp/a#b$HOME.sqlite", "/tmp/a#b$HOME.sqlite"),
        ("DATABASE=/tmp/a\\b=c.sqlite", "/tmp/a\\b=c.sqlite"),
        ("DATABASE=/tmp/ä.sqlite", "/tmp/ä.sqlite"),
    ],
)
def test_line_is_read_as_it_is_written(file: Path, line: str, database: str) -> None:
    assert read(file, f"# of mine\n\n{line}\n").database == database


@pytest.mark.parametrize("content", ["PORT=5006\nHOST=::1", "\ufeffPORT=5006\r\nHOST=::1\r\n"])
def test_file_of_any_editor_is_read(file: Path, content: str) -> None:
    settings = read(file, content)
    assert (settings.port, settings.host) == (5006, "::1")


@pytest.mark.parametrize("line", ["PORT=", "PORT=''", "PORT= # the default", "#PORT=1", ""])
def test_setting_without_a_value_has_its_default(file: Path, line: str) -> None:
    assert read(file, line) == Settings()


def test_environment_goes_first_even_where_it_is_empty(file: Path) -> None:
    lines = "PORT=5006\nSLACK_BOT_TOKEN=xoxb-1\nSLACK_APP_TOKEN=xapp-1\n"
    assert read(file, lines).slack_bot_token == "xoxb-1"
    settings = read(file, lines, PORT="5007", SLACK_BOT_TOKEN="", SLACK_APP_TOKEN="")
    assert (settings.port, settings.slack_bot_token) == (5007, None)


def test_bad_value_in_the_environment_is_not_blamed_on_the_file(file: Path) -> None:
    (problem,) = problems(file, "PORT=5006\n", PORT="x")
    assert problem.startswith("PORT='x' is not valid")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("PORT=x", "PORT='x' is not valid: it must be a whole number from 0 to 65535"),
        (f"SLACK_BOT_TOKEN {SECRET}", "not a setting"),
        (f"SLACK_BOT_TOKEN={SECRET}' x", "SLACK_BOT_TOKEN is not valid"),
        (f"SLACK_BOT_TOKEN='{SECRET}", "not a setting"),
        (f"SLACK_BOT_TOKEN='{SECRET}' more", "not a setting"),
        (f'SLACK_BOT_TOKEN="{SECRET}\0"', "not a setting"),
        (f"SLACK_BOT_TOKEN=#{SECRET}", "not a setting"),
        (f"SLACK_BOT_TOKEN: {SECRET}", "not a setting"),
        (f"SLACK-BOT-TOKEN={SECRET}", "not a setting"),
        (SECRET, "not a setting"),
        (f"WEB_SECRET={SECRET}", "WEB_SECRET is too short"),
        (f"SLACK_TOKEN={SECRET}", "SLACK_TOKEN is not a setting. Is SLACK_"),
        ("RETENTON_DAYS=0", "RETENTON_DAYS is not a setting. Is RETENTION_DAYS meant?"),
        ("port=5006", "port is not a setting. Is PORT meant?"),
        ("DATABASE_URL=sqlite:///x", "Is DATABASE meant?"),
        (f"HTTPS_PROXY=http://me:{SECRET}@proxy", "HTTPS_PROXY is read from the environment only"),
        ("ENV_FILE=other.env", "ENV_FILE is read from the environment only"),
        ("LOG_LEVEL=INFO", "LOG_LEVEL is set a second time; the first is in"),
        (f"TELEGRAM_WEBHOOK_URL=https://me:{SECRET}@example.org", "TELEGRAM_WEBHOOK_URL='https://***@example.org'"),
        ("TELEGRAM_WEBHOOK_URL=http://example.org", "an https address"),
        ("ACTION_ENDPOINT=http://127.0.0.1:99999/webhook", "ACTION_ENDPOINT="),
    ],
)
def test_wrong_line_is_named_with_its_place_and_without_what_it_hides(file: Path, line: str, told: str) -> None:
    found = problems(file, f"LOG_LEVEL=INFO\n{line}\n")
    assert f"{file}, line 2: " in found[0]
    assert told in found[0]
    assert SECRET not in "\n".join(found)


@pytest.mark.parametrize("path", ["x/" * 3000, "~nobody-of-this-name/x"])
def test_path_that_no_file_can_have_is_left_to_whoever_opens_it(file: Path, path: str) -> None:
    assert read(file, f"DATABASE={path}\n").database == str(paths.ROOT / path)


def test_everything_wrong_is_told_at_once(file: Path) -> None:
    found = problems(file, "PORT=x\nnonsense\nHOTS=::1\n", LOG_LEVEL="loud")
    assert [line.partition(": ")[0] for line in found if line.startswith(str(file))] == [
        f"{file}, line {number}" for number in (2, 3, 1)
    ]
    assert sum("LOG_LEVEL" in line for line in found) == 1


def test_settings_of_other_programs_are_left_alone(file: Path) -> None:
    assert read(file, "COMPOSE_PROJECT_NAME=x\nPOSTGRES_PASSWORD=y\nHOSTNAME=z\n") == Settings()


def test_file_that_is_not_text_is_named_with_the_line(file: Path) -> None:
    (problem,) = problems(file, b"PORT=5006\nHOST=\xff\n")
    assert problem.startswith(f"{file}, line 2: not valid UTF-8")


def test_named_file_must_be_there(tmp_path: Path) -> None:
    for name in (tmp_path / "missing", tmp_path):
        with pytest.raises(SettingError, match=f"The file of settings {name} cannot be read"):
            read_settings({"ENV_FILE": str(name)})


def test_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SettingError, match="not a plain file"):
        read_settings({"ENV_FILE": str(tmp_path / "pipe")})


def test_unreadable_file_is_named(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    file.touch(stat.S_IWUSR)
    monkeypatch.setattr(Path, "read_bytes", refuse)  # root may read anything
    with pytest.raises(SettingError, match=r"my\.env cannot be read \(Permission denied\)"):
        read_settings({"ENV_FILE": str(file)})


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project's folder in which no file is named: the one that is there is read."""
    monkeypatch.setattr(paths, "SETTINGS_FILE", tmp_path / ".env")
    for name in ("ENV_FILE", *VARIABLES):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_file_of_the_project_is_read_if_there_is_one(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings() == Settings()
    (home / ".env").write_text("PORT=5006\nRETENTION_DAYS=0\n")
    assert (read_settings().port, read_settings().retention_days) == (5006, 0)
    monkeypatch.setenv("PORT", "5007")
    assert (read_settings().port, read_settings().retention_days) == (5007, 0)
    monkeypatch.setenv("ENV_FILE", "")
    assert read_settings().retention_days == 90


def test_broken_link_in_place_of_the_file_is_named(home: Path) -> None:
    (home / ".env").symlink_to(home / "gone")
    with pytest.raises(SettingError, match="cannot be read"):
        read_settings()


def test_tests_read_no_file_of_whoever_runs_them() -> None:
    assert os.environ["ENV_FILE"] == ""


def test_misspelt_names_in_the_environment_are_found() -> None:
    environment = {
        "RETENTON_DAYS": "1",
        "RETENTION_DAYS": "1",
        "HOSTNAME": "x",
        "SLACK_WEBHOOK": "x",
        "HTTPS_PROXY": "x",
    }
    assert misspelt(environment, VARIABLES) == {"RETENTON_DAYS": "RETENTION_DAYS"}


def test_command_says_what_is_wrong_in_the_file_and_not_a_traceback(file: Path) -> None:
    file.write_text(f"SLACK_BOT_TOKEN {SECRET}\nPORT=x\n")
    command = [sys.executable, "-m", "bot", "feedback"]
    done = subprocess.run(
        command, cwd=paths.ROOT, env={**os.environ, "ENV_FILE": str(file)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert [line.partition(": ")[0] for line in done.stderr.splitlines()] == [f"{file}, line 1", f"{file}, line 2"]
    assert SECRET not in done.stderr
