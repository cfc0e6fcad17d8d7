"""Takes the README's pictures of the running bot into docs/screenshots/ (`make screenshots`).

.venv/bin/python scripts/screenshots.py [http://127.0.0.1:5005 [FOLDER]]

Without an address it starts the bot itself, on a free port and with a database that is thrown away.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "docs" / "screenshots"
NAMES = ("chromium", "chromium-browser", "google-chrome")
COLOURS = 64
"""Flat drawings and text lose nothing by so few, and a file is a third as large."""
READY_SECONDS = 120


def main(url: str | None = None, folder: str | Path = OUT) -> int:
    """Take all pictures; return the exit code."""
    folder = Path(folder)
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not chromium:
        print("Chromium is missing: apt-get install chromium, or CHROMIUM=/path/to/chromium", file=sys.stderr)
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with contextlib.nullcontext(url) if url else serving() as address:
            take_all(chromium, address, folder)
    except (NotReady, PlaywrightError) as error:
        print(f"No pictures were taken: {error}", file=sys.stderr)
        return 1
    for path in sorted(folder.glob("*.png")):
        shrink(path)
        print(f"{path} {path.stat().st_size // 1024} KB")
    return 0


class NotReady(Exception):
    """The bot did not start; the text says what it said."""


@contextlib.contextmanager
def serving() -> Iterator[str]:
    """Run the bot and give its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder, open(f"{folder}/log", "w+") as log:
        settings = {"HOST": "127.0.0.1", "PORT": str(port), "DATABASE": f"{folder}/conversations.sqlite"}
        settings["ENV_FILE"] = ""  # not with the settings of whoever takes them
        command = [sys.executable, "-m", "bot", "serve"]
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings}, stdout=log, stderr=log)
        try:
            wait_until_ready(process, f"http://127.0.0.1:{port}", log.name)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


def wait_until_ready(process: subprocess.Popen, url: str, log: str) -> None:
    """Return once the bot answers; raise NotReady where it stops before."""
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(url + "/ready", timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise NotReady(f"the bot did not start.\n{Path(log).read_text()[-2000:]}")


def take_all(chromium: str, url: str, folder: Path) -> None:
    """Take the pictures in one browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        take_page(browser, url, folder / "page.png")
        take_timeline(browser, url, folder / "timeline.png")
        take_phone(browser, url, folder / "phone.png")
        browser.close()


def take_page(browser: Browser, url: str, path: Path) -> None:
    """The page: an answer, and its sentence marked in the article."""
    page = browser.new_page(viewport={"width": 1200, "height": 720})
    page.goto(url)
    ask(page, page.locator(".choice").first.locator("span").last.inner_text())
    page.locator(".chip").first.click()
    save(page, path)


def take_timeline(browser: Browser, url: str, path: Path) -> None:
    """The timeline at night, one of its events opened."""
    page = browser.new_page(viewport={"width": 1200, "height": 720}, color_scheme="dark")
    page.goto(url)
    page.locator("#tab-timeline").click()
    page.locator("#pane-timeline .event", has=page.locator(".counted")).first.click()
    save(page, path)


def take_phone(browser: Browser, url: str, path: Path) -> None:
    """A phone: choices to clarify a question."""
    options = {"viewport": {"width": 360, "height": 640}, "device_scale_factor": 2, "is_mobile": True}
    page = browser.new_context(**options).new_page()
    page.goto(url)
    ask(page, "When did it leave?")
    save(page, path)


def ask(page: Page, text: str) -> None:
    """Ask and wait for the answer."""
    page.locator("ask-composer textarea").fill(text)
    page.keyboard.press("Enter")
    page.locator(".turn .text").first.wait_for()


def save(page: Page, path: Path) -> None:
    """Take the picture once everything has come to rest."""
    page.wait_for_timeout(800)
    page.screenshot(path=path)
    page.context.close()


def shrink(path: Path) -> None:
    """Write a picture with few colours; matplotlib, among the bot's packages, brings Pillow."""
    from PIL import Image

    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
