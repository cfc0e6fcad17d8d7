"""How long a channel waits for what, as credentials.yml says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

from bot import messages
from bot.errors import StartError

T = TypeVar("T")


def read_timing(kind: type[T], channel: str, options: Mapping[str, Any] | None) -> T:
    """Make a dataclass of times and counts from a channel's options; StartError for what is no such time."""
    defaults = {field.name: field.default for field in fields(kind)}
    for name, value in (options or {}).items():
        if name not in defaults or isinstance(value, bool) or not isinstance(value, (int, float)) or not value > 0:
            raise StartError(messages.bad_timing(channel, name, value, defaults))
    # Some are counted, such as tries.
    return kind(**{name: type(defaults[name])(value) for name, value in (options or {}).items()})
