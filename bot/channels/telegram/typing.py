"""Small courtesies, such as "typing", while an answer is worked out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager


@asynccontextmanager
async def meanwhile(patience: float, *courtesies: Awaitable[None]) -> AsyncIterator[None]:
    """Do these while the body runs, and wait for them no longer than `patience` after it."""
    task = asyncio.ensure_future(asyncio.gather(*courtesies, return_exceptions=True))
    # Cancelled, a gathering holds an error (CancelledError) that asyncio logs unless somebody has looked at it.
    task.add_done_callback(lambda done: done.cancelled() or done.exception())
    try:
        yield
        await asyncio.wait([task], timeout=patience)
    finally:
        task.cancel()
