"""How a setting is declared, and the kinds of values that settings have.

A parser turns text into a value; ValueError if it is not valid.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from pydantic import Field
from pydantic.fields import ModelField

from bot.settings.file import file_path

_NUMBER = re.compile(r"\d+|0[xX][0-9A-Fa-f]*")
_HOST_NAME = re.compile(r"[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})*\.?")

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


def number_parser(kind: type) -> Callable[[str], str] | None:
    """Make a parser for settings of a type that is a number, none for others; pydantic makes the number of it."""
    # Python itself also takes 6_010, and the digits of other scripts. Pydantic makes kinds of its own of number types
    # with limits; for Python a bool is a number, too.
    patterns = {bool: None, int: "-?[0-9]+", float: r"-?[0-9]*\.?[0-9]+"}
    pattern = next((written for number, written in patterns.items() if issubclass(kind, number)), None)
    return written_as(pattern) if pattern else None


def host(value: str) -> str:
    """A host: a name, or an IP address without brackets."""

    try:
        if ":" in value:
            ipaddress.IPv6Address(value)
        # As browsers tell an IPv4 address: the last part is a number. Systems take 127.1 and 0 for addresses, too.
        elif _NUMBER.fullmatch(value.rstrip(".").rpartition(".")[2]):
            ipaddress.IPv4Address(value)
        elif not _HOST_NAME.fullmatch(value.encode("idna").decode()):
            raise ValueError
    except ValueError:  # which a UnicodeError is, too
        raise ValueError(value) from None
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
    host(parts.hostname)
    _ = parts.port  # which raises ValueError itself, as the host does
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
        try:
            host(parts.hostname)
            _ = parts.port
        except ValueError:
            raise ValueError from None
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
