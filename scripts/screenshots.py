"""Takes the README's pictures of the running bot into docs/screenshots/ (after `make run` and `make test`).

.venv/bin/python scripts/screenshots.py [http://127.0.0.1:5005]
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

OUT = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
NAMES = ("chromium", "chromium-browser", "google-chrome")
COLOURS = 64
"""Flat drawings and text lose nothing by so few, and a file is a third as large."""


def main(url: str = "http://127.0.0.1:5005") -> int:
    """Take all pictures; return the exit code."""
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not chromium:
        print("Chromium is missing: apt-get install chromium, or CHROMIUM=/path/to/chromium", file=sys.stderr)
        return 1
    OUT.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        take_page(browser, url)
        take_timeline(browser, url)
        take_phone(browser, url)
        browser.close()
    for path in sorted(OUT.glob("*.png")):
        shrink(path)
        print(f"{path.relative_to(OUT.parent.parent)} {path.stat().st_size // 1024} KB")
    return 0


def take_page(browser: Browser, url: str) -> None:
    """The page: an answer, and its sentence marked in the article."""
    page = browser.new_page(viewport={"width": 1200, "height": 720})
    page.goto(url)
    ask(page, page.locator(".choice").first.locator("span").last.inner_text())
    page.locator(".chip").first.click()
    save(page, "page")


def take_timeline(browser: Browser, url: str) -> None:
    """The timeline at night, one of its events opened."""
    page = browser.new_page(viewport={"width": 1200, "height": 720}, color_scheme="dark")
    page.goto(url)
    page.locator("#tab-timeline").click()
    page.locator("#pane-timeline .event", has=page.locator(".counted")).first.click()
    save(page, "timeline")


def take_phone(browser: Browser, url: str) -> None:
    """A phone: choices to clarify a question."""
    options = {"viewport": {"width": 360, "height": 640}, "device_scale_factor": 2, "is_mobile": True}
    page = browser.new_context(**options).new_page()
    page.goto(url)
    ask(page, "When did it leave?")
    save(page, "phone")


def ask(page: Page, text: str) -> None:
    """Ask and wait for the answer."""
    page.locator("ask-composer textarea").fill(text)
    page.keyboard.press("Enter")
    page.locator(".turn .text").first.wait_for()


def save(page: Page, name: str) -> None:
    """Take the picture once everything has come to rest."""
    page.wait_for_timeout(800)
    page.screenshot(path=OUT / f"{name}.png")
    page.context.close()


def shrink(path: Path) -> None:
    """Write a picture with few colours; matplotlib, among the bot's packages, brings Pillow."""
    from PIL import Image

    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
