"""How long a channel waits for what, as credentials.yml says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from bot import messages
from bot.errors import StartError

T = TypeVar("T")


@dataclass(frozen=True)
class Timing:
    """What every platform is waited for in; each has more of its own, and other defaults where need be.

    All times are in seconds; set in credentials.yml under the channel.
    """

    request: float = 10.0
    """How long a request to the platform may take."""
    tries: int = 5
    """How often a request is made that the platform does not take for the moment."""
    first_pause: float = 0.5
    """The pause after the first failure; each further one is twice as long, with jitter."""
    longest_pause: float = 60.0
    """No pause is longer unless the platform asks for it; then what comes from that place is put aside so long."""
    resume: float = 30.0
    """How often to look for what was put aside and can be answered now."""
    stop: float = 4.0
    """What requests under way get to be finished in when the server is told to stop."""


def read_timing(kind: type[T], channel: str, options: Mapping[str, Any] | None) -> T:
    """Make a dataclass of times and counts from a channel's options; StartError for what is no such time."""
    defaults = {field.name: field.default for field in fields(kind)}
    for name, value in (options or {}).items():
        if name not in defaults or isinstance(value, bool) or not isinstance(value, (int, float)) or not value > 0:
            raise StartError(messages.bad_timing(channel, name, value, defaults))
    # Some are counted, such as tries.
    return kind(**{name: type(defaults[name])(value) for name, value in (options or {}).items()})
