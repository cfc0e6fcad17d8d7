"""How long the Telegram channel waits for what. The defaults are for Telegram; tests have less patience."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels import timing


@dataclass(frozen=True)
class Timing(timing.Timing):
    """Beside what every platform has."""

    poll: float = 30.0
    """How long Telegram holds a request for messages open while there are none."""
    album: float = 1.5
    """How long to wait for words under another photo of an album before it is declined for having none."""
    rounds: int = 3
    """How often an update is attempted in all when polling."""
    between_rounds: float = 30.0
    """The pause before an update is attempted again."""
    look_again: float = 0.3
    """How often to look for further messages while one is being answered."""
    courtesy: float = 1.0
    """How long an answer waits for "typing" and the like to be shown."""
    watch: float = 60.0
    """How often to look whether the webhook still stands."""
    redeliver: float = 25.0
    """How long a delivery to the webhook is held; then Telegram is told to deliver it again."""
