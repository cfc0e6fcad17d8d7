"""Settings come from the environment, and a bad one says what would be valid."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import paths
from bot.errors import SettingError
from bot.settings import Settings, read_settings


def test_defaults_hold_without_an_environment() -> None:
    assert read_settings({}) == Settings()
    assert read_settings({"PORT": "", "HOST": "  "}) == Settings()


def test_environment_comes_first() -> None:
    settings = read_settings(
        {
            "HOST": "0.0.0.0",
            "PORT": "8000",
            "DATABASE": "/tmp/x.sqlite",
            "LOG_LEVEL": "debug",
            "ACTION_ENDPOINT": "http://127.0.0.1:5055/webhook",
            "TURN_TIMEOUT": "2.5",
        }
    )
    assert (settings.host, settings.port, settings.log_level) == ("0.0.0.0", 8000, "DEBUG")
    assert settings.database == Path("/tmp/x.sqlite")
    assert settings.turn_timeout == 2.5
    assert settings.action_endpoint == "http://127.0.0.1:5055/webhook"


def test_relative_database_lies_in_the_repository() -> None:
    assert read_settings({"DATABASE": "var/a.sqlite"}).database == paths.ROOT / "var" / "a.sqlite"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "-1"),
        ("PORT", "65536"),
        ("PORT", "5005.0"),
        ("HOST", "a b"),
        ("HOST", "http://x"),
        ("DATABASE", "/"),
        ("ACTION_ENDPOINT", "localhost:5055"),
        ("ACTION_ENDPOINT", "http://"),
        ("LOG_LEVEL", "loud"),
        ("MAX_MESSAGE_CHARS", "0"),
        ("MAX_MESSAGE_TOKENS", "x"),
        ("MAX_BODY_BYTES", "1"),
        ("TURN_TIMEOUT", "0"),
        ("TURN_TIMEOUT", "nan"),
        ("TURN_TIMEOUT", "inf"),
        ("MAX_WAITING", "0"),
        ("RETENTION_DAYS", "-1"),
    ],
)
def test_bad_value_is_named_in_one_line(name: str, value: str) -> None:
    with pytest.raises(SettingError) as caught:
        read_settings({name: value})
    text = str(caught.value)
    assert text.startswith(f"{name}={value!r} is not valid: it must be ")
    assert "\n" not in text


def test_all_bad_values_are_named_at_once() -> None:
    with pytest.raises(SettingError) as caught:
        read_settings({"PORT": "x", "LOG_LEVEL": "y"})
    assert len(str(caught.value).splitlines()) == 2
