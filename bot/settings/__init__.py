"""Settings: the environment first, then the file of settings, then the default; all checked at once at start.

Each is declared once, in `Settings`: name, type, default, what it does and what is valid. The help of the commands,
docs/settings.md and .env.example are made from that (`python -m bot settings --write`).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseSettings, ValidationError, validator
from pydantic.fields import ModelField

from bot import messages, paths
from bot.errors import SettingError
from bot.messages import email as email_texts
from bot.messages import slack as slack_texts
from bot.messages import telegram as telegram_texts
from bot.settings import kinds as kinds
from bot.settings.file import FILE_VARIABLE, Given, gather
from bot.settings.kinds import conversations, email, limits, server, slack, telegram, turns, web
from bot.settings.origins import read_origins
from bot.settings.together import problems_together

MIN_SECRET = 32


class Settings(BaseSettings):
    """What an operator can set; each field is the environment variable in capitals."""

    host: str = server(
        "127.0.0.1",
        "Address to listen on. `0.0.0.0` or `::` is all of the machine's: whoever reaches one can use the bot, by "
        "plain HTTP, see [Open to the network](#open-to-the-network).",
        "a host name or an IP address",
        parse=kinds.host,
    )
    port: int = server(5005, "Port to listen on. 0 takes any free one; the log says which.", ge=0, le=65535)
    trusted_proxies: int = server(
        0,
        "How many proxies stand in front of this server and are believed. Each appends to X-Forwarded-For; only then "
        "do X-Forwarded-* headers tell where a request comes from, and whether by https.",
        ge=0,
        le=10,
    )
    log_level: str = server(
        "INFO",
        "How much is logged. `DEBUG` also logs what people write, no other level does.",
        "one of " + ", ".join(kinds.LOG_LEVELS),
        parse=kinds.log_level,
    )
    action_endpoint: str | None = server(
        None,
        "URL of a separate action server. Without one the actions run in this process.",
        "a URL such as http://127.0.0.1:5055/webhook",
        parse=kinds.url,
        example="http://127.0.0.1:5055/webhook",
    )
    database: str = conversations(
        str(paths.VAR / "conversations.sqlite"),
        "SQLite file that keeps the conversations and what readers think of answers. A relative path is one in the "
        "project's folder; the file is made at the first start.",
        "the path of a file",
        parse=kinds.database,
    )
    retention_days: int = conversations(
        90,
        "Days after which a conversation that nobody went on with is deleted at the next start. It goes for good, with "
        "what its reader thought of the answers; 0 keeps all for ever.",
        ge=0,
        le=36500,
    )
    max_message_chars: int = turns(
        2000, "Characters that a message may have. A longer one is declined before anything reads it.", ge=1, le=10_000
    )
    max_message_tokens: int = turns(
        300, "Words and signs that a message may have. One with more is declined likewise.", ge=1, le=2000
    )
    turn_timeout: float = turns(
        15.0, "Seconds until a message that has no answer yet gets an apology.", ge=0.1, le=300, unit="of seconds"
    )
    max_waiting: int = turns(20, "Messages that may wait in one conversation. One more is refused.", ge=1, le=1000)
    max_body_bytes: int = limits(
        65536, "Bytes that the body of a request may have. A larger one is refused.", ge=1024, le=1_048_576
    )
    max_connections: int = limits(
        500, "Connections that may be open; one more is dropped. Stay below `ulimit -n`.", ge=1, le=100_000
    )
    max_address_connections: int = limits(
        50, "Connections that one network address may keep open. This machine itself has no limit.", ge=1, le=100_000
    )
    rate_per_second: float = limits(
        1.0, "Messages a second that one web conversation may send on average. 0 sets no limit.", ge=0, le=1000
    )
    rate_burst: int = limits(5, "Messages that one web conversation may send at once.", ge=1, le=1000)
    address_rate_per_second: float = limits(
        10.0,
        "Requests a second that one network address may send on average. Counted are the web channel and REST; this "
        "machine itself has no limit, and 0 sets none for anybody.",
        ge=0,
        le=1000,
    )
    address_rate_burst: int = limits(60, "Requests that one network address may send at once.", ge=1, le=10_000)
    web_origins: frozenset[str] = web(
        frozenset(),
        "Origins of other sites whose pages may embed the chat and use the REST channel.",
        messages.VALID_ORIGINS,
        parse=read_origins,
        example="https://museum.example http://localhost:8000",
    )
    web_secret: str | None = web(
        None,
        "What web conversations are signed with. Without one it is made at the first start and kept beside the "
        "database (`conversations.secret`, for its owner only); delete that file to end all conversations. Several "
        "processes that serve the same people need the same one.",
        f"{MIN_SECRET} characters or more that nobody can guess; `openssl rand -hex 32` makes some",
        min_length=MIN_SECRET,
        secret=True,
    )
    web_session_days: int = web(30, "Days after which a reader who has not come back begins anew.", ge=1, le=3650)
    secure_cookies: bool = web(
        False, "Send the cookie over https only, even if a request looks like plain http.", "yes or no"
    )
    telegram_bot_token: str | None = telegram(
        None,
        "Token of the Telegram bot, from @BotFather. Without one the channel is off.",
        telegram_texts.BOT_TOKEN,
        parse=kinds.written_as("[0-9]+:[A-Za-z0-9_-]+"),
        secret=True,
        example="123456789:AAExampleExample",
    )
    telegram_webhook_url: str | None = telegram(
        None,
        "Public https address of this server. Without one Telegram is asked for messages (long polling).",
        "the address of this server as Telegram reaches it: https://...",
        parse=kinds.base_url,
        example="https://bot.example.org",
    )
    telegram_webhook_secret: str | None = telegram(
        None,
        "What Telegram says with each message to prove itself. Made from the token where it is not set.",
        telegram_texts.WEBHOOK_SECRET,
        parse=kinds.written_as("[A-Za-z0-9_-]{1,256}"),
        secret=True,
    )
    telegram_api_url: str = telegram(
        "https://api.telegram.org",
        "Address of the Bot API. Another one for a local Bot API server, which may be http.",
        "a URL such as http://127.0.0.1:8081",
        parse=kinds.base_url,
    )
    slack_bot_token: str | None = slack(
        None,
        "Bot token of the Slack app. Without one the channel is off.",
        slack_texts.BOT_TOKEN,
        parse=kinds.written_as("xoxb-[A-Za-z0-9-]+"),
        secret=True,
        example="xoxb-1-example",
    )
    slack_app_token: str | None = slack(
        None,
        "App-level token of the Slack app. For Socket Mode, which needs no public address.",
        slack_texts.APP_TOKEN,
        parse=kinds.written_as("xapp-[A-Za-z0-9-]+"),
        secret=True,
        example="xapp-1-example",
    )
    slack_signing_secret: str | None = slack(
        None,
        "Signing secret of the Slack app. For what Slack posts to this server; without one it takes nothing.",
        slack_texts.SIGNING_SECRET,
        parse=kinds.written_as("[A-Za-z0-9]{16,}"),
        secret=True,
    )
    slack_api_url: str = slack(
        "https://slack.com/api",
        "Address of Slack's Web API. Another one for GovSlack.",
        "a URL such as https://slack.com/api",
        parse=kinds.base_url,
    )

    email_address: str | None = email(
        None,
        "Address that people write to, and that answers come from.",
        email_texts.ADDRESS,
        parse=kinds.written_as(r"[^@\s<>]+@[^@\s<>]+"),
        example="ask@museum.example",
    )
    email_inbox: str | None = email(
        None,
        "Inbox of that address, read over IMAP. Without one the channel is off.",
        email_texts.INBOX,
        parse=kinds.mail_server("imap", "imaps"),
        secret=True,
        example="imaps://ask%40museum.example:PASSWORD@imap.museum.example",
    )
    email_outbox: str | None = email(
        None,
        "Mail server that sends the answers, over SMTP.",
        email_texts.OUTBOX,
        parse=kinds.mail_server("smtp", "smtps"),
        secret=True,
        example="smtps://ask%40museum.example:PASSWORD@smtp.museum.example",
    )

    class Config:
        frozen = True
        extra = "forbid"

        @classmethod
        def customise_sources(cls, init_settings: Any, env_settings: Any, file_secret_settings: Any) -> tuple[Any, ...]:
            """Take what is passed and nothing else: `read_settings` knows where a value stands and how to refuse it.

            Pydantic's own sources read this process's environment only, and show secrets in their errors.
            """
            return (init_settings,)

    @validator("*", pre=True)
    def _parse(cls, value: object, field: ModelField) -> object:  # noqa: N805 (pydantic's way)
        parse = field.field_info.extra.get("parse") or kinds.number_parser(field.type_)
        return parse(str(value)) if parse and isinstance(value, str | Path) else value


VARIABLES: Mapping[str, ModelField] = {name.upper(): field for name, field in Settings.__fields__.items()}
"""All settings, by the name of their environment variable."""


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings, or raise one SettingError that names everything wrong with them.

    Args:
        environment: variables in place of the process's own; then only a file that their ENV_FILE names is read.
    """
    given, problems = read_given(environment)
    texts = {name.lower(): one.text for name, one in given.items() if one.text}
    settings = None
    try:
        settings = Settings(**texts)
    except ValidationError as error:
        for fault in error.errors():
            name = str(fault["loc"][0]).upper()
            problems.append(_problem(name, given[name], str(fault["type"])))
    problems += problems_together(given, Settings.__fields__["telegram_api_url"].default)
    if problems or settings is None:
        raise SettingError("\n".join(problems))
    return settings


def read_given(environment: Mapping[str, str] | None = None) -> tuple[dict[str, Given], list[str]]:
    """Return what is given as settings, unchecked, and what is wrong with the file; see `read_settings`."""
    if environment is None:
        environment = {FILE_VARIABLE: str(paths.SETTINGS_FILE), **os.environ}
    return gather(environment, VARIABLES)


def required(name: str, value: str | None, how: str) -> None:
    """Raise SettingError where a setting that a command needs is not there."""
    if not value:
        raise SettingError(messages.missing_setting(name, how))


def _problem(name: str, given: Given, kind: str) -> str:
    valid = kinds.valid_values(VARIABLES[name])
    if kind == "value_error.any_str.min_length":
        return given.where + messages.short_secret(name, MIN_SECRET)  # which does not show it
    if VARIABLES[name].field_info.extra.get("secret"):
        return given.where + messages.bad_secret(name, valid)  # without the value: this text is logged
    return given.where + messages.bad_setting(name, given.text, valid)
