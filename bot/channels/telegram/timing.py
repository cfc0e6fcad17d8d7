"""How long the Telegram channel waits for what. The defaults are for Telegram; tests have less patience."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """All times are in seconds; set in credentials.yml under the channel where need be."""

    poll: float = 30.0
    """How long Telegram holds a request for messages open while there are none."""
    request: float = 10.0
    """How long any other request may take."""
    tries: int = 5
    """How often a request is made that Telegram does not take for the moment."""
    first_pause: float = 0.5
    """The pause after the first failure; each further one is twice as long, with jitter."""
    longest_pause: float = 60.0
    """No pause is longer unless Telegram asks for it; then the messages of that chat are put aside so long."""
    album: float = 1.5
    """How long to wait for words under another photo of an album before it is declined for having none."""
    rounds: int = 3
    """How often an update is attempted in all when polling."""
    between_rounds: float = 30.0
    """The pause before an update is attempted again."""
    look_again: float = 0.3
    """How often to look for further messages while one is being answered."""
    resume: float = 30.0
    """How often to look for messages that were put aside and can be answered now."""
    courtesy: float = 1.0
    """How long an answer waits for "typing" and the like to be shown."""
    watch: float = 60.0
    """How often to look whether the webhook still stands."""
    redeliver: float = 25.0
    """How long a delivery to the webhook is held; then Telegram is told to deliver it again."""
    stop: float = 4.0
    """What messages under way get to be answered in when the server is told to stop."""
