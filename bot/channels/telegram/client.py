"""The client of the Bot API, which shows its token to nobody."""

from __future__ import annotations

import os

# Without it, python-telegram-bot 22 warns at each use that it will give times as timedelta one day.
os.environ.setdefault("PTB_TIMEDELTA", "true")

from telegram import Bot  # noqa: E402
from telegram.request import HTTPXRequest  # noqa: E402

from bot.channels.telegram.timing import Timing  # noqa: E402


class Client(Bot):
    """python-telegram-bot's Bot, whose own `repr` holds the token."""

    __slots__ = ("_requests",)

    def __init__(self, token: str, api_url: str, timing: Timing) -> None:
        def request(connections: int) -> HTTPXRequest:
            return HTTPXRequest(
                connection_pool_size=connections,
                connect_timeout=timing.request,
                read_timeout=timing.request,
                write_timeout=timing.request,
                pool_timeout=timing.request,
            )

        requests = (request(1), request(64))
        super().__init__(token, f"{api_url}/bot", f"{api_url}/file/bot", requests[1], requests[0])
        with self._unfrozen():
            self._requests = requests

    def __repr__(self) -> str:
        return "Client()"

    async def updates(self, offset: int | None, timeout: float, allowed: tuple[str, ...]) -> list[dict]:
        """Ask for updates, unparsed: python-telegram-bot refuses a whole batch for one that it can't parse."""
        arguments = {"offset": offset, "timeout": int(timeout), "allowed_updates": list(allowed)}
        known = {name: value for name, value in arguments.items() if value is not None}
        patience = timeout + (self._requests[0].read_timeout or 0)
        result = await self._post("getUpdates", known, read_timeout=patience)
        return [update for update in result if isinstance(update, dict)]

    async def close_connections(self) -> None:
        """Close what is open towards Telegram."""
        for request in self._requests:
            await request.shutdown()
