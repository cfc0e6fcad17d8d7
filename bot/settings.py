"""Settings: the environment first, then the default; all checked at once at start."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from bot import messages, paths
from bot.errors import SettingError
from bot.messages import slack as slack_texts
from bot.messages import telegram as telegram_texts
from bot.origins import read_origins

MIN_SECRET = 32
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")

T = TypeVar("T")

_TELEGRAM_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
_TELEGRAM_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_SLACK_BOT_TOKEN = re.compile(r"xoxb-[A-Za-z0-9-]+")
_SLACK_APP_TOKEN = re.compile(r"xapp-[A-Za-z0-9-]+")
_SLACK_SIGNING_SECRET = re.compile(r"[A-Za-z0-9]{16,}")


@dataclass(frozen=True)
class Settings:
    """What an operator can set; each field is the environment variable in capitals."""

    host: str = "127.0.0.1"
    """Address to listen on. 0.0.0.0 opens the bot to the network."""
    port: int = 5005
    """Port to listen on; 0 takes any free one."""
    database: Path = paths.VAR / "conversations.sqlite"
    """SQLite file that keeps the conversations."""
    action_endpoint: str | None = None
    """URL of a separate action server; without one the actions run in this process."""
    log_level: str = "INFO"
    """DEBUG also logs what people write."""
    max_message_chars: int = 2000
    """A longer message is declined before anything reads it."""
    max_message_tokens: int = 300
    """A message of more words and signs is declined likewise."""
    max_body_bytes: int = 65536
    """A larger request is refused."""
    turn_timeout: float = 15.0
    """Seconds until a message that has no answer yet gets an apology."""
    max_waiting: int = 20
    """Messages that may wait in one conversation."""
    retention_days: int = 90
    """Conversations untouched for so long are deleted at start; 0 keeps them for ever."""
    telegram_bot_token: str | None = field(default=None, repr=False)
    """Token of the Telegram bot, from @BotFather; without one the channel is off."""
    telegram_webhook_url: str | None = None
    """Public https address of this server; without one Telegram is asked for messages (long polling)."""
    telegram_webhook_secret: str | None = field(default=None, repr=False)
    """What Telegram says with each message to prove itself; made from the token where it is not set."""
    telegram_api_url: str = "https://api.telegram.org"
    """Address of the Bot API; another one for a local Bot API server."""
    slack_bot_token: str | None = field(default=None, repr=False)
    """Bot token of the Slack app (xoxb-...); without one the channel is off."""
    slack_app_token: str | None = field(default=None, repr=False)
    """App-level token of the Slack app (xapp-...), for Socket Mode, which needs no public address."""
    slack_signing_secret: str | None = field(default=None, repr=False)
    """Signing secret of the Slack app, for what Slack posts to this server; without one it takes nothing."""
    slack_api_url: str = "https://slack.com/api"
    """Address of Slack's Web API; another one for GovSlack."""
    web_origins: frozenset[str] = frozenset()
    """Origins of other sites whose pages may embed the chat and use the REST channel, each written out in full."""
    web_secret: str | None = field(default=None, repr=False)
    """What web conversations are signed with, 32 characters or more; without one it is made at the first start and
    kept beside the database. Several processes that serve the same people need the same one."""
    web_session_days: int = 30
    """Days after which a reader who has not come back begins a new conversation."""
    secure_cookies: bool = False
    """Send the cookie over https only, even where a request looks like plain http."""
    trusted_proxies: int = 0
    """Proxies in front of this server, whose X-Forwarded-* headers are believed."""
    rate_per_second: float = 1.0
    """Messages a second that one web conversation may send on average; 0 sets no limit."""
    rate_burst: int = 5
    """Messages that it may send at once."""
    address_rate_per_second: float = 10.0
    """Requests a second that one network address may send on average to the web channel, and to REST; this machine
    itself has no limit, and 0 sets none for anybody."""
    address_rate_burst: int = 60
    """Requests that it may send at once."""
    max_connections: int = 500
    """Connections that may be open; one more is dropped. Stay below what `ulimit -n` allows."""
    max_address_connections: int = 50
    """Connections that one network address may keep open, but for this machine itself."""


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings, or raise one SettingError that names everything wrong with them."""
    problems: list[str] = []
    default = Settings()

    def read(name: str, parse: Callable[[str], T], fallback: T, valid: str) -> T:
        value = environment.get(name, "").strip()
        if not value:
            return fallback
        try:
            return parse(value)
        except ValueError:
            problems.append(messages.bad_setting(name, value, valid))
            return fallback

    def secret(name: str, pattern: re.Pattern[str], how: str) -> str | None:
        value = environment.get(name, "").strip()
        if value and not pattern.fullmatch(value):
            problems.append(messages.bad_secret(name, how))  # without the value: this text is logged
        return value or None

    def number(name: str, fallback: int, low: int, high: int) -> int:
        return read(name, _between(int, low, high), fallback, f"a whole number from {low} to {high}")

    def rate(name: str, fallback: float) -> float:
        return read(name, _between(float, 0, 1000), fallback, "a number from 0 to 1000")

    def long_secret(name: str) -> str | None:
        value = environment.get(name, "").strip()
        if value and len(value) < MIN_SECRET:
            problems.append(messages.short_secret(name, MIN_SECRET))  # which does not show it
        return value or None

    settings = Settings(
        host=read("HOST", _host, default.host, "a host name or an IP address"),
        port=number("PORT", default.port, 0, 65535),
        database=read("DATABASE", _file, default.database, "the path of a file"),
        action_endpoint=read(
            "ACTION_ENDPOINT",
            _url,
            default.action_endpoint,
            "a URL such as http://127.0.0.1:5055/webhook",
        ),
        log_level=read("LOG_LEVEL", _log_level, default.log_level, "one of " + ", ".join(LOG_LEVELS)),
        max_message_chars=number("MAX_MESSAGE_CHARS", default.max_message_chars, 1, 10_000),
        max_message_tokens=number("MAX_MESSAGE_TOKENS", default.max_message_tokens, 1, 2000),
        max_body_bytes=number("MAX_BODY_BYTES", default.max_body_bytes, 1024, 1_048_576),
        turn_timeout=read(
            "TURN_TIMEOUT",
            _between(float, 0.1, 300),
            default.turn_timeout,
            "a number of seconds from 0.1 to 300",
        ),
        max_waiting=number("MAX_WAITING", default.max_waiting, 1, 1000),
        retention_days=number("RETENTION_DAYS", default.retention_days, 0, 36500),
        telegram_bot_token=secret("TELEGRAM_BOT_TOKEN", _TELEGRAM_TOKEN, telegram_texts.BOT_TOKEN),
        telegram_webhook_url=read(
            "TELEGRAM_WEBHOOK_URL", _base_url, None, "the address of this server as Telegram reaches it: https://..."
        ),
        telegram_webhook_secret=secret("TELEGRAM_WEBHOOK_SECRET", _TELEGRAM_SECRET, telegram_texts.WEBHOOK_SECRET),
        telegram_api_url=read(
            "TELEGRAM_API_URL", _base_url, default.telegram_api_url, "a URL such as http://127.0.0.1:8081"
        ),
        slack_bot_token=secret("SLACK_BOT_TOKEN", _SLACK_BOT_TOKEN, slack_texts.BOT_TOKEN),
        slack_app_token=secret("SLACK_APP_TOKEN", _SLACK_APP_TOKEN, slack_texts.APP_TOKEN),
        slack_signing_secret=secret("SLACK_SIGNING_SECRET", _SLACK_SIGNING_SECRET, slack_texts.SIGNING_SECRET),
        slack_api_url=read("SLACK_API_URL", _base_url, default.slack_api_url, "a URL such as https://slack.com/api"),
        web_origins=read("WEB_ORIGINS", read_origins, default.web_origins, messages.VALID_ORIGINS),
        web_secret=long_secret("WEB_SECRET"),
        web_session_days=number("WEB_SESSION_DAYS", default.web_session_days, 1, 3650),
        secure_cookies=read("SECURE_COOKIES", _yes_or_no, default.secure_cookies, "yes or no"),
        trusted_proxies=number("TRUSTED_PROXIES", default.trusted_proxies, 0, 10),
        rate_per_second=rate("RATE_PER_SECOND", default.rate_per_second),
        rate_burst=number("RATE_BURST", default.rate_burst, 1, 1000),
        address_rate_per_second=rate("ADDRESS_RATE_PER_SECOND", default.address_rate_per_second),
        address_rate_burst=number("ADDRESS_RATE_BURST", default.address_rate_burst, 1, 10_000),
        max_connections=number("MAX_CONNECTIONS", default.max_connections, 1, 100_000),
        max_address_connections=number("MAX_ADDRESS_CONNECTIONS", default.max_address_connections, 1, 100_000),
    )
    problems += _telegram_problems(settings)
    problems += _slack_problems(settings)
    if problems:
        raise SettingError("\n".join(problems))
    return settings


def required(name: str, value: str | None, how: str) -> None:
    """Raise SettingError where a setting that a command needs is not there."""
    if not value:
        raise SettingError(messages.missing_setting(name, how))


def _between(kind: Callable[[str], T], low: float, high: float) -> Callable[[str], T]:
    def parse(value: str) -> T:
        number = kind(value)
        if not low <= number <= high:  # also refuses nan
            raise ValueError(value)
        return number

    return parse


def _host(value: str) -> str:
    if any(sign.isspace() or sign in "/\0" for sign in value):
        raise ValueError(value)
    return value


def _file(value: str) -> Path:
    path = Path(value).expanduser()
    if "\0" in value or path.is_dir():
        raise ValueError(value)
    return path if path.is_absolute() else paths.ROOT / path


def _url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(value)
    return value


def _base_url(value: str) -> str:
    parts = urlsplit(_url(value))
    if parts.query or parts.fragment or parts.username or parts.password:
        raise ValueError(value)
    return value.rstrip("/")


def _telegram_problems(settings: Settings) -> list[str]:
    url = settings.telegram_webhook_url
    # Telegram itself takes https only; a Bot API server of one's own takes both.
    theirs = settings.telegram_api_url == Settings.telegram_api_url
    if url and theirs and not url.startswith("https:"):
        return [messages.bad_setting("TELEGRAM_WEBHOOK_URL", url, "an https address, Telegram takes no other")]
    return []


def _slack_problems(settings: Settings) -> list[str]:
    way_in = settings.slack_app_token or settings.slack_signing_secret
    if settings.slack_bot_token and not way_in:
        return [slack_texts.NO_WAY_IN]
    if way_in and not settings.slack_bot_token:
        return [messages.missing_setting("SLACK_BOT_TOKEN", slack_texts.BOT_TOKEN)]
    return []


def _log_level(value: str) -> str:
    if value.upper() not in LOG_LEVELS:
        raise ValueError(value)
    return value.upper()


def _yes_or_no(value: str) -> bool:
    answers = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
    if value.lower() not in answers:
        raise ValueError(value)
    return answers[value.lower()]
