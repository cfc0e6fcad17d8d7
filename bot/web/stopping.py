"""Stop when told to by a signal, whenever it comes."""

from __future__ import annotations

import asyncio
import signal

from sanic import Sanic

_SETTLED = 0.05
"""Sanic 21.12 can't be stopped while it starts; so long after the last step of the start it can."""


def stop_when_told(app: Sanic) -> None:
    """Have SIGTERM and SIGINT stop a server; to be called last before `app.run(register_sys_signals=False)`.

    Sanic's own handlers, registered in the midst of its start, are no use before its event loop runs to stay: uvloop
    loses a signal that comes earlier.
    """
    told = asyncio.Event()

    async def listen(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(told.set))

    async def wait(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        app.ctx.stopping = asyncio.create_task(stop())

    async def stop() -> None:
        await asyncio.sleep(_SETTLED)
        await told.wait()
        app.stop()

    app.register_listener(listen, "before_server_start")
    app.register_listener(wait, "after_server_start")
