"""Keys that are pressed in the chat, and what the page around it hears of them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fake import FakeBot
from tests.browser.host_pages import Host, tag

SHORTCUTS = """<input id=search><div id=here style="height: 30rem"></div><script>
    heard = [];
    for (const type of ["keydown", "keypress", "keyup", "paste", "input", "beforeinput", "copy", "cut"])
      for (const place of [document, window])
        place.addEventListener(type, (event) => {
          heard.push(type + " " + (event.key ?? ""));
          if (event.target.tagName !== "TEXTAREA" && event.key === "s") { event.preventDefault(); search.focus(); }
          if (type === "paste") event.preventDefault();
        });
</script>"""


@pytest.mark.parametrize("attributes", ["data-open", "data-target=#here"])
def test_what_is_typed_in_the_chat_is_not_the_pages_business(host: Host, fake: FakeBot, attributes: str) -> None:
    reader = host(SHORTCUTS + tag(attributes))
    box = reader.page.get_by_label("Your question")
    box.focus()
    reader.page.keyboard.type("Who owns this mill?")
    expect(box).to_have_value("Who owns this mill?")
    reader.page.keyboard.press("Control+a")
    reader.page.keyboard.press("Control+c")
    reader.page.keyboard.press("End")
    reader.page.keyboard.press("Control+v")
    expect(box).to_have_value("Who owns this mill?Who owns this mill?")
    reader.page.keyboard.press("Enter")
    expect(reader.page.locator(".turn .text")).to_be_visible()
    reader.page.keyboard.press("Tab")
    assert reader.page.evaluate("heard") == []
    assert [body["text"] for body in fake.asked] == ["Who owns this mill?Who owns this mill?"]
    reader.page.locator("#search").press("x")
    assert "keydown x" in reader.page.evaluate("heard")  # the page's own keys are left alone


def escapes_heard(page: Page) -> int:
    heard = page.evaluate("heard.splice(0).filter((one) => one.includes('Escape')).length")
    return heard // 2  # on the document and the window


def test_escape_ends_where_it_closed_something_and_nowhere_else(host: Host) -> None:
    reader = host(SHORTCUTS + tag("data-open"))
    reader.ask("Hello?")
    reader.page.get_by_role("button", name="Helpful", exact=True).click()
    reader.page.get_by_label("What was good?").press("Escape")
    expect(reader.page.get_by_label("What was good?")).to_have_count(0)
    expect(reader.page.get_by_role("dialog")).to_be_visible()
    assert escapes_heard(reader.page) == 0
    reader.page.keyboard.press("Escape")
    expect(reader.page.get_by_role("dialog")).to_be_hidden()
    expect(reader.page.locator(".launch")).to_be_focused()
    assert escapes_heard(reader.page) == 0
    reader.page.keyboard.press("Escape")
    assert escapes_heard(reader.page) == 2  # down and up: nothing was open any more


def test_escape_that_is_held_down_closes_one_thing(host: Host) -> None:
    reader = host(SHORTCUTS + tag("data-open"))
    reader.page.get_by_label("Your question").focus()
    reader.page.keyboard.down("Escape")
    expect(reader.page.locator(".launch")).to_be_focused()
    reader.page.keyboard.down("Escape")  # as a key does that repeats itself
    reader.page.keyboard.up("Escape")
    assert escapes_heard(reader.page) == 0


def test_escape_goes_on_to_the_page_from_an_inline_chat_where_nothing_is_open(host: Host) -> None:
    reader = host(SHORTCUTS + tag("data-target=#here"))
    reader.page.get_by_label("Your question").press("Escape")
    assert escapes_heard(reader.page) == 2


def test_escape_that_ends_a_composition_closes_nothing(host: Host) -> None:
    reader = host(SHORTCUTS + tag("data-open"))
    box = reader.page.get_by_label("Your question")
    box.focus()
    box.dispatch_event("keydown", {"key": "Escape", "isComposing": True, "bubbles": True, "composed": True})
    expect(reader.page.get_by_role("dialog")).to_be_visible()
    assert escapes_heard(reader.page) == 0
