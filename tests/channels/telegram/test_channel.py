"""The channel's own settings, and secrets."""

from __future__ import annotations

import logging
import re

import pytest

from bot import paths
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.client import Client
from bot.channels.telegram.timing import Timing
from bot.channels.telegram.webhook import PATH, Webhook, derived_secret, is_secret
from bot.errors import SettingError, StartError
from bot.logs import discreet, hide
from bot.messages import telegram as telegram_texts
from bot.settings import VARIABLES, read_settings
from tests.support.telegram_api import TOKEN


def test_times_are_read_from_credentials() -> None:
    assert TelegramChannel.from_credentials(None).timing == Timing()
    assert TelegramChannel.from_credentials({"poll": 5, "tries": 2}).timing == Timing(poll=5.0, tries=2)


@pytest.mark.parametrize("options", [{"pool": 5}, {"poll": 0}, {"poll": "x"}, {"poll": None}, {"poll": True}])
def test_other_options_are_named(options: dict) -> None:
    with pytest.raises(StartError, match=r"credentials.yml: po.*request, .*poll"):
        TelegramChannel.from_credentials(options)


def test_secrets_are_shown_nowhere() -> None:
    settings = read_settings({"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_WEBHOOK_SECRET": "a-secret-of-ones-own"})
    shown = repr(settings) + repr(Client(TOKEN, "http://127.0.0.1:9", Timing())) + repr(Webhook("u", "s3cr3t"))
    for secret in (TOKEN, TOKEN.partition(":")[2], "a-secret-of-ones-own", "s3cr3t"):
        assert secret not in shown


def test_hidden_text_is_in_no_log(caplog) -> None:
    hide("a-hidden-value", "a")
    assert discreet("see a-hidden-value, a word") == "see [hidden], a word"
    from bot import logs

    formatter = logs._Discreet("%(message)s")
    try:
        raise ValueError("with a-hidden-value")
    except ValueError:
        logging.getLogger("bot").exception("a-hidden-value")
    assert "a-hidden-value" not in formatter.format(caplog.records[-1])


def test_webhook_secret_is_made_from_the_token() -> None:
    secret = derived_secret(TOKEN)
    assert secret == derived_secret(TOKEN) != derived_secret(TOKEN + "x")
    assert TOKEN.partition(":")[2] not in secret
    assert len(secret) <= 256


@pytest.mark.parametrize(
    ("given", "right"), [("secret", True), ("Secret", False), ("", False), (None, False), ("é", False)]
)
def test_secret_is_compared(given: str | None, right: bool) -> None:
    assert is_secret(given, "secret") is right


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "12345"),
        ("TELEGRAM_BOT_TOKEN", '"123:abc"'),
        ("TELEGRAM_BOT_TOKEN", "123:abc def"),
        ("TELEGRAM_WEBHOOK_SECRET", "é"),
        ("TELEGRAM_WEBHOOK_SECRET", "x" * 257),
        ("TELEGRAM_WEBHOOK_URL", "http://example.org"),
        ("TELEGRAM_WEBHOOK_URL", "example.org"),
        ("TELEGRAM_WEBHOOK_URL", "https://example.org?a=b"),
        ("TELEGRAM_API_URL", "ftp://example.org"),
    ],
)
def test_wrong_settings_are_named(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name) as caught:
        read_settings({name: value})
    assert ("not shown" in str(caught.value)) == (name.endswith(("TOKEN", "SECRET")))


def test_local_bot_api_server_may_use_http() -> None:
    settings = read_settings({"TELEGRAM_API_URL": "http://127.0.0.1:8081/", "TELEGRAM_WEBHOOK_URL": "http://127.0.0.1"})
    assert settings.telegram_api_url == "http://127.0.0.1:8081"


def test_settings_commands_and_troubles_are_documented() -> None:
    page = (paths.ROOT / "docs" / "telegram.md").read_text("utf-8")
    for name in VARIABLES:
        if name.startswith("TELEGRAM_"):
            assert f"`{name}`" in page
    for command in telegram_texts.COMMANDS:
        assert f"`/{command}`" in page
    told = [
        telegram_texts.BAD_TOKEN,
        telegram_texts.CONFLICT,
        telegram_texts.unreachable("x"),
        telegram_texts.cannot_deliver("x", "y"),
    ]
    rows = re.findall(r"^\| `((?:Telegram|another) [^`]+)` \|", page, re.M)
    assert len(rows) == len(told)
    for row, text in zip(rows, told, strict=True):
        assert text.startswith(row)
    assert f"telegram: working: {telegram_texts.polling('your_bot')}" in page
    assert f"https://bot.example.org{PATH}`" in page
