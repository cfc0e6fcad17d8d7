"""End tasks, whatever they do."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

_AGAIN = 0.1


async def end(tasks: Iterable[asyncio.Task]) -> None:
    """Cancel tasks and wait until they are done; nothing that they raise comes out.

    Once is not enough: a cancellation that comes while the client (httpx 0.28 on anyio) opens or closes
    a connection may be swallowed, and the task goes on.
    """
    left = set(tasks)
    while left:
        for task in left:
            task.cancel()
        done, left = await asyncio.wait(left, timeout=_AGAIN)
        await asyncio.gather(*done, return_exceptions=True)
