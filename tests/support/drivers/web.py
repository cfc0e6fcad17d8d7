"""Says messages over the web channel, each conversation as a reader with a cookie of their own."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from bot.engine.agent import BotAgent
from bot.settings import Settings
from bot.web.server import create_app, open_socket
from converse.driver import TurnResult
from converse.drivers import Events, allow_another_server

WEB = "/webhooks/web"


class WebDriver:
    """One browser for each conversation."""

    def __init__(self, url: str, events: Events) -> None:
        self.url = url + WEB
        self.events = events
        self._browsers: dict[str, aiohttp.ClientSession] = {}

    async def say(self, conversation_id: str, text: str, metadata: Mapping[str, Any]) -> TurnResult:
        """Post one message as the widget does; the channel takes no metadata."""
        browser = await self._browser(conversation_id)
        async with browser.post(f"{self.url}/message", json={"text": text, "id": uuid.uuid4().hex}) as response:
            content = await response.json()
        events = await self.events.new(f"web:{_session_id(browser)}")
        if response.status == 200:
            return TurnResult(content["messages"], events)
        return TurnResult([], events, f"{content['error']['code']}: {content['error']['message']}")

    async def close(self) -> None:
        """Close all browsers."""
        for browser in self._browsers.values():
            await browser.close()

    async def _browser(self, conversation_id: str) -> aiohttp.ClientSession:
        if conversation_id not in self._browsers:
            jar = aiohttp.CookieJar(unsafe=True)  # which also keeps cookies of an IP address
            browser = aiohttp.ClientSession(cookie_jar=jar, timeout=aiohttp.ClientTimeout(total=60))
            self._browsers[conversation_id] = browser
            async with browser.post(f"{self.url}/session", json={}) as response:
                response.raise_for_status()
        return self._browsers[conversation_id]


@asynccontextmanager
async def connect(agent: BotAgent, settings: Settings) -> AsyncIterator[WebDriver]:
    """Serve the agent on a free port of loopback and yield a driver that talks to its web channel."""
    # A script does not wait as a reader does; what is asked and answered is the same.
    settings = settings.copy(update={"rate_per_second": 0, "web_secret": uuid.uuid4().hex})
    allow_another_server()
    app = create_app(agent, settings, name=f"converse{uuid.uuid4().hex}")
    listener = open_socket("127.0.0.1", 0)
    server = await app.create_server(sock=listener, return_asyncio_server=True, access_log=False)
    await server.startup()
    driver = WebDriver(f"http://127.0.0.1:{listener.getsockname()[1]}", Events(agent))
    try:
        await server.before_start()
        await server.after_start()
        yield driver
    finally:
        await driver.close()
        server.close()
        await server.wait_closed()
        listener.close()


def _session_id(browser: aiohttp.ClientSession) -> str:
    """Return the id that a browser's cookie carries, by which the tests find its conversation in the store."""
    (cookie,) = browser.cookie_jar
    return cookie.value.split(".")[0]
