"""How long the Slack channel waits for what. The defaults are for Slack; tests have less patience."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels import timing


@dataclass(frozen=True)
class Timing(timing.Timing):
    """Beside what every platform has."""

    stop: float = 3.0

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
