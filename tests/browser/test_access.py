"""Everybody can use it: by keyboard, by screen reader, on a small phone, at night, right to left."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from bot import paths
from tests.browser.conftest import AT_REST, Server, Visit
from tests.browser.fake import SENTENCES, FakeBot, said

Open = Callable[..., Visit]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TABS = ("Article", "Timeline", "Who stood where")


def violations(reader: Visit) -> list[str]:
    """Return what axe-core finds, advice included."""
    reader.page.evaluate(AT_REST)
    found = Axe().run(reader.page, options={"runOnly": RULES}).response["violations"]
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_violation_on_the_page(server: Server, visit: Open, scheme: str) -> None:
    reader = visit(server.url, color_scheme=scheme)
    reader.ask("When did Kazakhstan leave?")
    reader.ask("when did he do that?")
    reader.ask("timeline")
    reader.page.get_by_role("button", name="Helpful", exact=True).last.click()
    for tab in TABS:
        reader.page.get_by_role("tab", name=tab).click()
        opening = {"Article": ".sentence", "Timeline": ".event", "Who stood where": ".entity"}[tab]
        reader.page.locator(f"[role=tabpanel] {opening}").first.click()
        assert violations(reader) == [], f"{tab}, {scheme}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_violation_in_trouble_or_embedded(fake: FakeBot, visit: Open, scheme: str) -> None:
    colours = "data-accent=#ffd54f data-background=#003049" if scheme == "dark" else "data-accent=#e76f51"
    fake.pages["/page"] = (
        "<!doctype html><html lang=en><title>A page</title><main><h1>A page</h1></main>"
        f"<script src=/widget.js data-open {colours}></script>"
    )
    fake.replies = [said("Well.", "Next?", quotes={"P1S1": SENTENCES[0]}), 500]
    reader = visit(fake.url + "/page", color_scheme=scheme)
    reader.ask("Hello?")
    reader.page.get_by_role("button", name="Paragraph 1, sentence 1: show it here").click()
    reader.page.locator("ask-composer textarea").fill("Broken?")
    reader.page.keyboard.press("Enter")
    expect(reader.page.get_by_text("Something went wrong")).to_be_visible()
    assert violations(reader) == []


def test_everything_by_keyboard(server: Server, visit: Open) -> None:
    reader = visit(server.url)
    page = reader.page
    page.locator("ask-article .sentence").first.wait_for()
    active = """() => {
        let element = document.activeElement;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        return [element?.className ?? "", element?.getAttribute("aria-label") ?? element?.textContent?.trim() ?? ""];
    }"""

    def tab_to(wanted: str, key: str = "Tab") -> None:
        passed = []
        for _ in range(60):
            page.keyboard.press(key)
            passed.append(page.evaluate(active))
            if any(wanted in text for text in passed[-1]):
                return
        pytest.fail(f"{wanted!r} is not reached by {key}: {passed}")

    tab_to("Article")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Timeline")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowLeft")
    tab_to("sentence")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    panel = page.locator("ask-article .questions")
    expect(panel.locator("button").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(page.locator("#P1S2")).to_be_focused()
    tab_to("Your question")
    page.keyboard.type("When did Russia leave?")
    tab_to("Send")
    page.keyboard.press("Enter")
    page.locator(".turn .text").first.wait_for()
    expect(page.locator("ask-composer textarea")).to_be_focused()
    tab_to("choice", key="Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".turn")).to_have_count(2)
    page.locator(".turn").last.locator(".text").first.wait_for()
    tab_to("Paragraph ", key="Shift+Tab")
    page.keyboard.press("Space")
    expect(page.locator("ask-article .marked")).to_be_in_viewport()
    tab_to("New conversation", key="Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator("ask-composer textarea")).to_be_focused()


def test_line_break_and_composition_do_not_send(fake: FakeBot, visit: Open) -> None:
    reader = visit(fake.url)
    box = reader.page.locator("ask-composer textarea")
    box.fill("One")
    reader.page.keyboard.press("Shift+Enter")
    reader.page.keyboard.type("two")
    expect(box).to_have_value("One\ntwo")
    composing = "e => e.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))"
    box.evaluate(composing)
    assert fake.asked == []


def test_new_replies_are_announced_and_old_ones_are_not(fake: FakeBot, visit: Open) -> None:
    reader = visit(fake.url)
    log = reader.page.get_by_role("log", name="Conversation")
    expect(log).to_have_attribute("aria-live", "polite")
    reader.ask("Hello?")
    words = log.inner_text().split()
    assert words[words.index("You:") :][:5] == ["You:", "Hello?", "Answer:", "An", "answer."]
    expect(log.locator("ask-reply-tools")).to_have_attribute("aria-live", "off")
    reader.page.route("**/history", lambda route: None)
    reader.page.reload()
    expect(reader.page.get_by_role("log")).to_have_attribute("aria-busy", "true")


@pytest.mark.parametrize("where", ["page", "embed"])
def test_phone_of_320_pixels(server: Server, fake: FakeBot, visit: Open, where: str) -> None:
    fake.pages["/page"] = (
        "<!doctype html><html lang=en><meta name=viewport content='width=device-width'><title>A page</title>"
        "<h1>A page</h1><script src=/widget.js></script>"
    )
    phone = {"viewport": {"width": 320, "height": 568}, "is_mobile": True, "has_touch": True}
    reader = visit(server.url if where == "page" else fake.url + "/page", **phone)
    wide = "Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"
    if where == "embed":
        reader.page.get_by_role("button", name="Open the chat").tap()
        assert reader.page.locator(".panel").bounding_box()["width"] == 320
    reader.ask("timeline")
    for box in (reader.page.locator("ask-composer textarea"), reader.page.get_by_role("button", name="Send")):
        expect(box).to_be_in_viewport(ratio=1)
    log = reader.page.get_by_role("log")
    assert log.evaluate("e => e.scrollWidth <= e.clientWidth")
    assert reader.page.evaluate(wide) <= 320
    if where == "embed":
        return
    for tab in TABS:
        reader.page.get_by_role("tab", name=tab).tap()
        expect(reader.page.get_by_role("tabpanel", name=tab)).to_be_visible()
        assert reader.page.evaluate(wide) <= 320
        assert reader.page.locator("#reading").evaluate("e => e.scrollWidth <= e.clientWidth"), tab
    reader.page.get_by_role("tab", name="Chat").tap()
    reader.page.locator(".chip").first.tap()
    expect(reader.page.locator("ask-article .marked")).to_be_in_viewport()


def test_dark_by_preference_and_by_attribute(fake: FakeBot, visit: Open) -> None:
    fake.pages["/page"] = "<!doctype html><title>x</title><script src=/widget.js data-open data-theme=dark></script>"
    ground = "e => getComputedStyle(e).backgroundColor"
    by_attribute = visit(fake.url + "/page", color_scheme="light").page.locator("ask-chat .island").evaluate(ground)
    dark = visit(fake.url, color_scheme="dark")
    light = visit(fake.url, color_scheme="light")
    assert dark.page.locator("ask-chat .island").evaluate(ground) == by_attribute
    assert dark.page.locator("body").evaluate(ground) == by_attribute
    assert light.page.locator("ask-chat .island").evaluate(ground) != by_attribute


def test_motion_is_left_out_on_request(fake: FakeBot, visit: Open) -> None:
    fake.held = True
    reader = visit(fake.url, reduced_motion="reduce")
    reader.page.locator("ask-composer textarea").fill("Hello?")
    reader.page.keyboard.press("Enter")
    dot = reader.page.locator(".turn .dots i").first
    assert dot.evaluate("e => getComputedStyle(e).animationName") == "none"


@pytest.mark.parametrize("language", ["en", "ru", "kk", "de"])
def test_interface_speaks_the_language(fake: FakeBot, visit: Open, language: str) -> None:
    strings = json.loads((paths.ROOT / "web" / "src" / "strings" / f"{language}.json").read_text(encoding="utf-8"))
    english = json.loads((paths.ROOT / "web" / "src" / "strings" / "en.json").read_text(encoding="utf-8"))
    assert strings.keys() == english.keys()
    fake.pages["/page"] = f"<!doctype html><title>x</title><script src=/widget.js data-lang={language}></script>"
    reader = visit(fake.url + "/page")
    reader.page.get_by_role("button", name=strings["open"]).click()
    expect(reader.page.get_by_label(strings["question"], exact=True)).to_be_visible()
    page = visit(fake.url, locale=language)
    expect(page.page.get_by_role("tab", name=strings["timeline"])).to_be_visible()
    expect(page.page.locator("html")).to_have_attribute("lang", language)


def test_right_to_left(fake: FakeBot, visit: Open) -> None:
    fake.pages["/page"] = (
        "<!doctype html><title>x</title><script src=/widget.js data-open data-dir=rtl data-position=end></script>"
    )
    reader = visit(fake.url + "/page")
    reader.ask("Hello?")
    box = reader.page.locator("ask-composer textarea").bounding_box()
    send = reader.page.get_by_role("button", name="Send").bounding_box()
    assert send["x"] < box["x"]
    assert reader.page.locator(".panel").bounding_box()["x"] < 100
    said_box, log = reader.page.locator(".said").bounding_box(), reader.page.get_by_role("log").bounding_box()
    assert said_box["x"] - log["x"] < log["width"] / 3


@pytest.mark.parametrize("language", ["en", "ru", "kk", "de"])
def test_names_of_all_tabs_fit_a_small_phone(fake: FakeBot, visit: Open, language: str) -> None:
    reader = visit(f"{fake.url}/?lang={language}", viewport={"width": 320, "height": 568})
    expect(reader.page.get_by_role("tab")).to_have_count(4)
    assert reader.page.get_by_role("tablist").evaluate("e => e.scrollWidth <= e.clientWidth")


@pytest.mark.parametrize("height", [568, 256])
def test_page_is_no_longer_than_the_window(server: Server, visit: Open, height: int) -> None:
    """256 pixels are what a zoom of 400% leaves of a laptop's screen."""
    reader = visit(server.url, viewport={"width": 320, "height": height})
    reader.ask("When did Russia leave?")
    assert reader.page.get_by_role("log").bounding_box()["height"] > height / 3
    for tab in TABS:
        reader.page.get_by_role("tab", name=tab).click()
        expect(reader.page.get_by_role("tabpanel", name=tab)).to_be_visible()
        assert reader.page.evaluate("document.documentElement.scrollHeight") == height, tab


def test_each_tab_keeps_its_place(server: Server, visit: Open) -> None:
    reader = visit(server.url, viewport={"width": 1200, "height": 400})
    reader.page.locator("ask-article .sentence").last.scroll_into_view_if_needed()
    place = "document.getElementById('reading').scrollTop"
    before = reader.page.evaluate(place)
    assert before > 100
    reader.page.get_by_role("tab", name="Who stood where").click()
    assert reader.page.evaluate(place) == 0
    reader.page.get_by_role("tab", name="Article").click()
    assert reader.page.evaluate(place) == before


def test_cited_sentence_is_told_to_screen_readers(fake: FakeBot, visit: Open) -> None:
    wide = visit(fake.url)
    wide.ask("Hello?")
    chip = wide.page.get_by_role("button", name="Paragraph 1, sentence 1")
    chip.press("Enter")
    expect(chip).to_be_focused()
    expect(wide.page.locator("ask-article").get_by_role("status")).to_have_text(
        f"Paragraph 1, sentence 1: {SENTENCES[0]}"
    )
    narrow = visit(fake.url, viewport={"width": 400, "height": 700})
    narrow.page.get_by_role("button", name="Paragraph 1, sentence 1").press("Enter")
    expect(narrow.page.locator("ask-article #P1S1")).to_be_focused()


def test_selected_tab_is_told_apart_in_forced_colours(fake: FakeBot, visit: Open) -> None:
    reader = visit(fake.url, forced_colors="active")
    colours = reader.page.get_by_role("tab").evaluate_all(
        "tabs => Object.fromEntries(tabs.map(t => [t.textContent, getComputedStyle(t).borderBottomColor]))"
    )
    assert colours["Article"] not in (colours["Timeline"], colours["Who stood where"])


def test_name_pressed_on_the_map_shows_what_is_said_of_it(server: Server, visit: Open) -> None:
    reader = visit(server.url, viewport={"width": 320, "height": 568})
    reader.page.get_by_role("tab", name="Who stood where").click()
    reader.page.locator("#pane-map .entity").first.click()
    expect(reader.page.locator("#pane-map .about")).to_be_in_viewport()


def test_thumb_on_a_phone_does_not_open_the_keyboard(fake: FakeBot, visit: Open) -> None:
    reader = visit(fake.url, viewport={"width": 360, "height": 640}, is_mobile=True, has_touch=True)
    reader.ask("Hello?")
    reader.page.get_by_role("button", name="Helpful", exact=True).tap()
    expect(reader.page.get_by_label("What was good?")).to_be_visible()
    expect(reader.page.get_by_label("What was good?")).not_to_be_focused()
