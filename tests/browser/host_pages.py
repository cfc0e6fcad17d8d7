"""What pages of other sites are made of, for the tests that open one with the fixture `host`."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.conftest import Visit

Host = Callable[..., Visit]

REPLACE_BODY = """() => {
    const next = document.createElement("body");
    next.innerHTML = "<main id=next>The next page</main>";
    document.documentElement.replaceChild(next, document.body);
}"""


def tag(attributes: str = "") -> str:
    """Return the widget's script tag."""
    return f"<script src=BOT/widget.js {attributes}></script>"


def launchers(page: Page) -> int:
    """Count the chats in the corner of a page."""
    return page.locator("ask-launcher").count()


def policy(value: str) -> str:
    """Return what sets the Content-Security-Policy of a page."""
    return f'<meta http-equiv="Content-Security-Policy" content="{value}">'
