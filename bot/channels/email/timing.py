"""How long the e-mail channel waits for what."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels import timing


@dataclass(frozen=True)
class Timing(timing.Timing):
    """Beside what every platform has."""

    request: float = 30.0
    tries: int = 3
    first_pause: float = 1.0
    longest_pause: float = 120.0

    poll: float = 20.0
    """How often to look for new mail."""
