"""Settings come from the environment, and a bad one says what would be valid."""

from __future__ import annotations

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
    assert settings.database == "/tmp/x.sqlite"
    assert settings.turn_timeout == 2.5
    assert settings.action_endpoint == "http://127.0.0.1:5055/webhook"


def test_relative_database_lies_in_the_repository() -> None:
    assert read_settings({"DATABASE": "var/a.sqlite"}).database == str(paths.ROOT / "var" / "a.sqlite")


def test_address_of_a_database_is_kept_as_it_was_given() -> None:
    settings = read_settings({"DATABASE": "postgresql://bot:secret@db/talk"})
    assert settings.database == "postgresql://bot:secret@db/talk"


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
        ("DATABASE", "postgresql://a\0b"),
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
        ("WEB_ORIGINS", "*"),
        ("WEB_ORIGINS", "https://a.example museum"),
        ("WEB_ORIGINS", "null"),
        ("WEB_SESSION_DAYS", "0"),
        ("SECURE_COOKIES", "maybe"),
        ("TRUSTED_PROXIES", "-1"),
        ("RATE_PER_SECOND", "-1"),
        ("RATE_BURST", "0"),
        ("ADDRESS_RATE_PER_SECOND", "nan"),
        ("ADDRESS_RATE_BURST", "0.5"),
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


def test_settings_of_the_web_channel_are_read() -> None:
    secret = "x" * 32
    settings = read_settings(
        {
            "WEB_ORIGINS": "https://Museum.example, http://localhost:8000",
            "WEB_SECRET": secret,
            "SECURE_COOKIES": "yes",
            "RATE_PER_SECOND": "0.5",
        }
    )
    assert settings.web_origins == {"https://museum.example", "http://localhost:8000"}
    assert (settings.web_secret, settings.secure_cookies, settings.rate_per_second) == (secret, True, 0.5)
    assert secret not in repr(settings)


def test_secret_that_is_too_short_is_refused_but_not_shown() -> None:
    with pytest.raises(SettingError, match=r"^WEB_SECRET is too short: .* 32 characters") as caught:
        read_settings({"WEB_SECRET": "my-secret"})
    assert "my-secret" not in str(caught.value)
