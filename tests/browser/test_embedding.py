"""The attributes of the script tag, as docs/web-widget.md names them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from bot import paths
from tests.browser.conftest import Visit
from tests.browser.fake import FakeBot

Open = Callable[..., Visit]


def page(attributes: str) -> str:
    return (
        f"<!doctype html><html lang=en><title>x</title><div id=here></div><script src=/widget.js {attributes}></script>"
    )


def test_texts_of_the_chat(fake: FakeBot, visit: Open) -> None:
    fake.pages["/page"] = page(
        'data-title="Ask us" data-label="Questions?" data-greeting="Good day." data-placeholder="Type here"'
        ' data-suggestions="One? | Two?|"'
    )
    reader = visit(fake.url + "/page")
    assert not [url for url in reader.requests if "/webhooks/" in url]
    reader.page.get_by_role("button", name="Questions?").click()
    expect(reader.page.get_by_role("dialog", name="Ask us")).to_be_visible()
    expect(reader.page.get_by_text("Good day.")).to_be_visible()
    expect(reader.page.get_by_placeholder("Type here")).to_be_focused()
    expect(reader.page.locator(".choice span:last-child")).to_have_text(["One?", "Two?"])
    reader.page.get_by_role("button", name="Two?").click()
    expect(reader.page.locator(".turn .text")).to_be_visible()
    assert fake.asked[0]["text"] == "Two?"


def test_place_and_colours(fake: FakeBot, visit: Open) -> None:
    fake.pages["/page"] = page("data-position=start data-accent=#ffd54f data-background=#003049 data-open")
    reader = visit(fake.url + "/page", viewport={"width": 1000, "height": 700})
    assert reader.page.locator(".panel").bounding_box()["x"] < 100
    reader.ask("Hello?")
    style = "e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color]"
    assert reader.page.locator(".said").evaluate(style) == ["rgb(255, 213, 79)", "rgb(0, 0, 0)"]
    assert reader.page.locator("ask-chat .island").evaluate(style)[0] == "rgb(0, 48, 73)"


def test_reply_while_closed_is_counted_on_the_button(fake: FakeBot, visit: Open) -> None:
    fake.pages["/page"] = page("data-open")
    fake.held = True
    reader = visit(fake.url + "/page")
    reader.page.locator("ask-composer textarea").fill("Hello?")
    reader.page.keyboard.press("Enter")
    reader.page.get_by_role("button", name="Close the chat").click()
    fake.held = False
    expect(reader.page.get_by_role("button", name="Open the chat (1 new)")).to_be_visible()
    reader.page.get_by_role("button", name="Open the chat").click()
    expect(reader.page.locator(".turn .text")).to_be_visible()


def test_wrong_attributes_are_named_and_ignored(fake: FakeBot, visit: Open) -> None:
    reader = visit("about:blank")
    said = []
    reader.page.on("console", lambda message: said.append(message.text))
    fake.pages["/page"] = page("data-accent=red data-theme=blue data-position=left data-lang=xx data-open")
    reader.page.goto(fake.url + "/page")
    expect(reader.page.get_by_label("Your question")).to_be_visible()
    for name in ("data-accent", "data-theme", "data-position", "data-lang"):
        assert any(name in text and "must be" in text for text in said), name
    fake.pages["/page"] = page("data-target=#nowhere")
    reader.page.goto(fake.url + "/page")
    expect(reader.page.locator("ask-chat")).to_have_count(0)
    assert any("#nowhere" in text for text in said)


def test_every_attribute_is_documented_and_every_documented_one_is_read() -> None:
    documented = re.findall(r"^\| `data-(\w+)`", (paths.ROOT / "docs/web-widget.md").read_text("utf-8"), re.MULTILINE)
    sources = [(paths.ROOT / "web/src" / name).read_text("utf-8") for name in ("lib/options.js", "widget.js")]
    read = set(re.findall(r"\bdata(?:set)?\.(\w+)|(?:oneOf|colour)\(\"(\w+)\"", "".join(sources)))
    assert sorted(documented) == sorted({name for pair in read for name in pair if name})


LOUD = """<style>
    html { font-size: 62.5%; }
    body > * { position: relative; display: inline; max-width: 9em; margin: 3em; padding: 3em; rotate: 3deg; }
    * { letter-spacing: 3px !important; line-height: 3 !important; }
    p, button, textarea { font-size: 40px !important; color: red !important; }
</style>"""


def test_styles_of_the_page_change_nothing_in_the_chat(fake: FakeBot, visit: Open) -> None:
    measured = []
    for number, styles in enumerate(("", LOUD)):
        fake.pages[f"/{number}"] = page("data-open").replace("<div", styles + "<div")
        reader = visit(f"{fake.url}/{number}", viewport={"width": 900, "height": 700})
        reader.ask("Hello?")
        style = "e => { const s = getComputedStyle(e); return [s.fontSize, s.lineHeight, s.letterSpacing, s.color]; }"
        boxes = [reader.page.locator(name).bounding_box() for name in (".panel", "ask-composer textarea", ".send")]
        measured.append([boxes, reader.page.locator(".turn .text").last.evaluate(style)])
        reader.page.get_by_role("button", name="Close the chat").click()
        measured[-1].append(reader.page.locator(".launch").bounding_box())
        fake.turns.clear()
    assert measured[0] == measured[1]


@pytest.mark.parametrize("how", ["", "async", "defer", "type=module", "added by a script"])
def test_script_tag_may_stand_anywhere(fake: FakeBot, visit: Open, how: str) -> None:
    attributes = "data-title='Ask us' data-open"
    tag = f"<script src=/widget.js {attributes} {how}></script>"
    if how == "added by a script":
        tag = (
            "<script>const s = document.createElement('script'); s.src = '/widget.js'; s.dataset.title = 'Ask us';"
            " s.dataset.open = ''; document.head.append(s);</script>"
        )
    fake.pages["/page"] = f"<!doctype html><html lang=en><head><title>x</title>{tag}</head><body><p>Text.</p></body>"
    reader = visit(fake.url + "/page")
    expect(reader.page.get_by_role("heading", name="Ask us")).to_be_visible()
    assert not [error for error in reader.errors if "404" not in error]  # no favicon


def test_second_script_tag_adds_no_second_button(fake: FakeBot, visit: Open) -> None:
    fake.pages["/page"] = page("") + "<script src=/widget.js></script>"
    reader = visit(fake.url + "/page")
    expect(reader.page.get_by_role("button", name="Open the chat")).to_have_count(1)


def test_tab_key_stays_in_a_chat_that_fills_the_screen(fake: FakeBot, visit: Open) -> None:
    """The page behind can't be seen there; beside a page that can, the key goes on into it."""
    inside = "() => document.activeElement.localName === 'ask-launcher'"
    for width, stays in ((320, True), (900, False)):
        fake.pages["/page"] = page("data-open").replace("<div", "<a href=/>Behind</a><div")
        reader = visit(fake.url + "/page", viewport={"width": width, "height": 700})
        reader.page.get_by_label("Your question").focus()
        seen = []
        for key in ("Tab", "Shift+Tab"):
            for _ in range(12):
                reader.page.keyboard.press(key)
                seen.append(reader.page.evaluate(inside))
        assert all(seen) is stays, width
