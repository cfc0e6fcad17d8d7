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
        ("PORT", "6_010"),
        ("PORT", "+6010"),
        ("PORT", "٦٠١٠"),
        ("PORT", "６０１０"),
        ("RATE_PER_SECOND", "1_0.5"),
        ("RATE_PER_SECOND", "٢"),
        ("HOST", "a b"),
        ("HOST", "999.1.1.1"),
        ("HOST", "1.1.1"),
        ("HOST", "0x7f.1"),
        ("HOST", "localhost:5005"),
        ("HOST", "[::1]"),
        ("HOST", "1::2::3"),
        ("HOST", "a..b"),
        ("HOST", "<>"),
        ("ACTION_ENDPOINT", "http://999.1.1.1/webhook"),
        ("WEB_ORIGINS", "https://999.1.1.1"),
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


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "0.0.0.0", "::", "::1", "fe80::1%eth0", "localhost", "bot_1", "bot.example.", "музей.example"]
)
def test_hosts_that_are_taken(host: str) -> None:
    assert read_settings({"HOST": host}).host == host


@pytest.mark.parametrize(("text", "rate"), [("2", 2.0), ("0.5", 0.5), (".5", 0.5)])
def test_numbers_that_are_taken(text: str, rate: float) -> None:
    assert read_settings({"RATE_PER_SECOND": text}).rate_per_second == rate


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ("EMAIL_ADDRESS=ask@museum.example", ("EMAIL_INBOX", "EMAIL_OUTBOX")),
        ("EMAIL_INBOX=imaps://a:b@imap.museum.example", ("EMAIL_ADDRESS", "EMAIL_OUTBOX")),
        ("SLACK_BOT_TOKEN=xoxb-1-example", ("SLACK_APP_TOKEN",)),
        ("SLACK_APP_TOKEN=xapp-1-example", ("SLACK_BOT_TOKEN",)),
        ("SLACK_SIGNING_SECRET=0123456789abcdef", ("SLACK_BOT_TOKEN",)),
    ],
)
def test_what_a_setting_needs_is_told_with_the_line_that_needs_it(
    given: str, missing: tuple[str, ...], tmp_path: Path
) -> None:
    file, name = tmp_path / ".env", given.partition("=")[0]
    file.write_text(f"# ours\n{given}\n")
    for environment, place in (
        ({"ENV_FILE": str(file)}, f"{name} is set in {file}, line 2"),
        (dict([given.split("=", 1)]), f"{name} is set in the environment"),
    ):
        with pytest.raises(SettingError) as caught:
            read_settings(environment)
        lines = str(caught.value).splitlines()
        assert len(lines) == len(missing)
        assert all(one in line and place in line for one, line in zip(missing, lines, strict=True))


def test_needed_setting_that_is_set_to_nothing_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("SLACK_BOT_TOKEN=\nSLACK_APP_TOKEN=xapp-1-example\n")
    with pytest.raises(SettingError) as caught:
        read_settings({"ENV_FILE": str(file)})
    assert str(caught.value).startswith(f"{file}, line 1: SLACK_BOT_TOKEN is not set")


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
