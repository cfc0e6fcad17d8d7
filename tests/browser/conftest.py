"""A real browser on a real server: the trained bot in a process of its own, and another site's pages beside it."""

from __future__ import annotations

import functools
import http.server
import itertools
import os
import shutil
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from bot import paths
from tests.browser.fake import FakeBot, fake_bot
from tests.support.ports import free_port
from tests.support.waiting import CEILING, wait_until

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_BROWSER = (
    "These tests need Chromium, and there is none. Install it (Debian and Ubuntu: apt-get install chromium; Fedora: dnf"
    " install chromium), or name one: CHROMIUM=/path/to/chromium make test"
)
READY_SECONDS = 300
expect.set_options(timeout=CEILING * 1000)

AT_REST = """async () => {
    const roots = [document];
    for (const root of roots)
        for (const element of root.querySelectorAll('*')) if (element.shadowRoot) roots.push(element.shadowRoot);
    const moving = roots.flatMap((root) => root.getAnimations());
    const ending = moving.filter((animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime));
    await Promise.allSettled(ending.map((animation) => animation.finished));
    let at = '';
    for (let still = 0; still < 10; ) {  // smooth scrolling is no animation that could be waited for
        await new Promise(requestAnimationFrame);
        const now = roots.flatMap((root) => [...root.querySelectorAll('*')].map((e) => e.scrollTop)).join();
        still = now === at ? still + 1 : 0;
        at = now;
    }
}"""
"""Waits in the page until nothing moves that comes to an end, and what was to be drawn is drawn."""


def find_chromium() -> str | None:
    """Return the browser that CHROMIUM names, or one that is installed."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next(filter(None, map(shutil.which, NAMES)), None)


@dataclass
class Server:
    """`python -m bot serve` on a port of its own; can be stopped and started again."""

    folder: Path
    origins: str
    port: int
    process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        environment = {
            **os.environ,
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "DATABASE": str(self.folder / "conversations.sqlite"),
            "WEB_ORIGINS": self.origins,
            # Every test comes from one address, and types faster than people do.
            "RATE_PER_SECOND": "0",
            "ADDRESS_RATE_PER_SECOND": "0",
        }
        log = (self.folder / "server.log").open("ab")
        command = [sys.executable, "-m", "bot", "serve"]
        self.process = subprocess.Popen(command, cwd=paths.ROOT, env=environment, stdout=log, stderr=log)
        log.close()
        wait_until(lambda: self.ready or self.process.poll() is not None, self.log, READY_SECONDS)
        if not self.ready:
            pytest.fail(f"The server did not start:\n{self.log()}")

    @property
    def ready(self) -> bool:
        """Whether it says so."""
        try:
            urllib.request.urlopen(self.url + "/ready", timeout=CEILING).close()
            return True
        except OSError:
            return False

    def log(self) -> str:
        return (self.folder / "server.log").read_text()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(CEILING)


@dataclass
class Visit:
    """One reader's browser window, and everything that must not happen in it."""

    context: BrowserContext
    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    """What the console said in red: script errors, violated policies, failed requests."""
    said: list[str] = field(default_factory=list)
    """All that the console said."""
    dialogs: list[str] = field(default_factory=list)

    def ask(self, text: str) -> str:
        """Ask by keyboard and return the text of the answer."""
        count = self.page.locator(".answer").count()
        self.page.locator("ask-composer textarea").fill(text)
        self.page.keyboard.press("Enter")
        self.page.locator(".turn").last.locator(".text").first.wait_for()
        assert self.page.locator(".answer").count() > count
        return self.answer()

    def answer(self) -> str:
        """Return the text of the last answer."""
        return " ".join(self.page.locator(".turn").last.locator(".text").all_inner_texts())

    def asked(self) -> list[str]:
        """Return what the reader said, as shown."""
        return [text.partition(": ")[2] for text in self.page.locator(".said").all_text_contents()]


@pytest.fixture(scope="package")
def built() -> Path:
    """The widget, built if anything has changed."""
    command = [sys.executable, str(paths.ROOT / "scripts" / "build_widget.py")]
    finished = subprocess.run(command, capture_output=True, text=True)
    assert finished.returncode == 0, finished.stderr
    return paths.ROOT / "web" / "dist"


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = find_chromium()
    if not path:
        pytest.fail(NO_BROWSER)
    with sync_playwright() as playwright:
        # No sandbox: in containers the tests run as root.
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def other_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Another site: its address, and the folder to put its pages in."""
    folder = tmp_path_factory.mktemp("other_site")
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", folder
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="package")
def server(built: Path, other_site: tuple[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The trained bot, serving."""
    server = Server(tmp_path_factory.mktemp("server"), other_site[0], free_port())
    server.start()
    yield server
    server.stop()


@pytest.fixture
def fake(built: Path) -> Iterator[FakeBot]:
    """A stand-in that answers as the test says."""
    with fake_bot() as bot:
        yield bot


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Open a page as a new reader: `visit(url, **options of the browser's context)`."""
    opened = []

    def open_page(url: str, **options: object) -> Visit:
        context = browser.new_context(**options)
        context.set_default_timeout(CEILING * 1000)
        visit = watch(context)
        opened.append(visit)
        visit.page.goto(url)
        return visit

    yield open_page
    for visit in opened:
        visit.context.close()
        assert not visit.dialogs, "a dialog opened"


@pytest.fixture
def host(fake: FakeBot, other_site: tuple[str, Path], visit: Callable[..., Visit]) -> Callable[..., Visit]:
    """Open a page of another site: `host(body, head="")`, in which BOT stands for the bot's address."""
    fake.allow = other_site[0]
    (other_site[1] / "favicon.ico").touch()  # which every browser asks for
    numbers = itertools.count()

    def open_page(body: str, head: str = "", **options: object) -> Visit:
        name = f"page{next(numbers)}.html"
        head = f"<meta charset=utf-8><title>Host</title>{head}"
        html = f"<!doctype html><html lang=en><head>{head}</head><body>{body}</body>".replace("BOT", fake.url)
        (other_site[1] / name).write_text(html, encoding="utf-8")
        return visit(f"{other_site[0]}/{name}", **options)

    return open_page


def watch(context: BrowserContext) -> Visit:
    """Open a window whose requests, errors and dialogs are written down."""
    visit = Visit(context, context.new_page())

    def dismiss(dialog: object) -> None:
        visit.dialogs.append(dialog.message)
        dialog.dismiss()

    visit.page.on("request", lambda request: visit.requests.append(request.url))
    visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
    visit.page.on("console", lambda said: visit.errors.append(said.text) if said.type == "error" else None)
    visit.page.on("console", lambda said: visit.said.append(said.text))
    visit.page.on("dialog", dismiss)
    return visit


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """Say nothing: a test's output is its own."""
