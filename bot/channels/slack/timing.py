"""How long the Slack channel waits for what. The defaults are for Slack; tests have less patience."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """All times are in seconds; set in credentials.yml under the channel where need be."""

    request: float = 10.0
    """How long a request to Slack may take."""
    tries: int = 5
    """How often a request is made that Slack does not take for the moment."""
    first_pause: float = 0.5
    """The pause after the first failure; each further one is twice as long, with jitter."""
    longest_pause: float = 60.0
    """No pause is longer unless Slack asks for it; then the events of that conversation are put aside so long."""
    resume: float = 30.0
    """How often to look for events that were put aside and can be answered now."""
    redeliver: float = 2.2
    """How long a posted event is held. After 3 s Slack takes it for failed, so then it is told to deliver it again."""
    acknowledge: float = 2.0
    """When a button or slash command is acknowledged at the latest: these are not delivered again."""
    typing: float = 0.5
    """An answer that takes longer is announced."""
    heartbeat: float = 15.0
    """Between pings of a connection; one that does not answer is given up."""
    hello: float = 20.0
    """How long Slack may take to greet on a new connection."""
    settled: float = 10.0
    """A connection that lasted so long is replaced at once, else after a pause."""
    drain: float = 30.0
    """How long a connection that Slack is about to close is still listened to."""
    reconnect: float = 60.0
    """The longest pause between attempts to connect, or to have a token taken."""
    stop: float = 3.0
    """What requests under way get to be finished in when the server is told to stop."""
