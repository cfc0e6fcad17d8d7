"""How a setting is declared, and the kinds of values that settings have.

A parser turns text into a value; ValueError if it is not valid.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from pydantic import Field
from pydantic.fields import ModelField

from bot.settings.file import file_path

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


def setting(group: str, default: object, about: str, valid: str = "", **more: Any) -> Any:
    """Declare a setting.

    Args:
        group: under which heading it is listed.
        about: what it does; the first sentence stands alone in `--help`.
        valid: which values are; worked out from the limits of a number.
        more: `secret` (its value is never shown), `parse` (a parser, where pydantic's of the type does not do),
            `example` (a value for .env.example, where there is no default), `unit` (of a number), pydantic's limits.
    """
    return Field(default, group=group, description=about, valid=valid, repr=not more.get("secret"), **more)


# The groups in which settings are listed.
server = partial(setting, "Server")
conversations = partial(setting, "Conversations")
turns = partial(setting, "Messages")
limits = partial(setting, "Limits")
web = partial(setting, "Web widget and other sites")
telegram = partial(setting, "Telegram")
slack = partial(setting, "Slack")
email = partial(setting, "E-mail")


def valid_values(field: ModelField) -> str:
    """Say which values a setting may have."""
    info = field.field_info
    if valid := info.extra["valid"]:
        return valid
    kind = "a whole number" if issubclass(field.type_, int) else "a number"
    unit = f" {info.extra['unit']}" if "unit" in info.extra else ""
    return f"{kind}{unit} from {info.ge} to {info.le}"


def host(value: str) -> str:
    """A host as `HOST` takes it."""

    if any(sign.isspace() or sign in "/\0" for sign in value):
        raise ValueError(value)
    return value


_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")


def database(value: str) -> str:
    """The address of a database: as it is where it has a scheme (postgresql://...), else the whole path of a file.

    The file need not be there yet.
    """

    if "\0" in value:
        raise ValueError(value)
    if scheme_of(value):
        return value
    path = file_path(value)
    if os.path.isdir(path):
        raise ValueError(value)
    return str(path)


def scheme_of(address: str) -> str:
    """Return the scheme of an address in small letters (postgresql://... has "postgresql"), empty for a path."""
    found = _SCHEME.match(address)
    return found[1].lower() if found else ""


def url(value: str) -> str:
    """An address of a web server, with whatever else it needs."""

    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(value)
    _ = parts.port  # which raises ValueError itself
    return value


def base_url(value: str) -> str:
    """An address that paths are added to."""

    parts = urlsplit(url(value))
    if parts.query or parts.fragment or parts.username or parts.password:
        raise ValueError(value)
    return value.rstrip("/")


def mail_server(plain: str, encrypted: str) -> Callable[[str], str]:
    """Make a parser of addresses of mail servers with user and password; plain IMAP only on this machine."""

    def parse(value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in (plain, encrypted) or not parts.hostname or not (parts.username and parts.password):
            raise ValueError  # without the value: it holds a password
        if plain == "imap" and parts.scheme == plain and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
            raise ValueError
        _ = parts.port  # which raises ValueError itself
        return value

    return parse


def log_level(value: str) -> str:
    """A level of the log, in capitals."""

    if value.upper() not in LOG_LEVELS:
        raise ValueError(value)
    return value.upper()


def written_as(pattern: str) -> Callable[[str], str]:
    """Make a parser of secrets that look like `pattern`."""

    def parse(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError  # without the value: these are secrets
        return value

    return parse
