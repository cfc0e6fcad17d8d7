"""The tiny bot of the channels' tests serves those of the HTTP server, too."""

from tests.channels.conftest import agents, client, waiting

__all__ = ["agents", "client", "waiting"]
