"""How long the e-mail channel waits for what."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """All times are in seconds; set in credentials.yml under the channel where need be."""

    poll: float = 20.0
    """How often to look for new mail."""
    request: float = 30.0
    """How long a mail server may take to answer."""
    tries: int = 3
    """How often an answer is sent that the mail server does not take for the moment."""
    first_pause: float = 1.0
    """The pause after the first failure; each further one is twice as long."""
    longest_pause: float = 120.0
    """No pause is longer."""
    rounds: int = 3
    """How often a mail is attempted that fails by a fault of ours."""
    stop: float = 4.0
    """What mails under way get to be answered in when the server is told to stop."""
