"""How a channel that depends on a platform is doing, for the log and for /ready."""

from __future__ import annotations

import logging

from bot import messages

STARTING, WORKING, DEGRADED, STOPPED = "starting", "working", "degraded", "stopped"

logger = logging.getLogger(__name__)


class ChannelState:
    """The state of one channel; each change is logged once, however often it is reported."""

    def __init__(self, channel: str) -> None:
        self.channel = channel
        self.state = STARTING
        self.detail = ""

    def working(self, detail: str = "") -> None:
        """Report that the platform is reached."""
        self._change(WORKING, detail)

    def degraded(self, reason: str) -> None:
        """Report what is the matter; the channel goes on trying."""
        self._change(DEGRADED, reason)

    def stopped(self) -> None:
        """Report that the channel was told to stop."""
        self._change(STOPPED, "")

    def as_dict(self) -> dict[str, str]:
        """Return what /ready shows of it."""
        return {"state": self.state, **({"detail": self.detail} if self.detail else {})}

    def _change(self, state: str, detail: str) -> None:
        if (state, detail) == (self.state, self.detail):
            return
        self.state, self.detail = state, detail
        log = logger.warning if state == DEGRADED else logger.info
        log(messages.channel_state(self.channel, state, detail))
