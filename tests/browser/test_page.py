"""What the page adds to the chat: links to answers, sentences to ask about, Back on a phone, the map, paper."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from bot import paths
from tests.browser.conftest import Server, Visit
from tests.browser.fake import SENTENCES, FakeBot, said
from tests.browser.test_access import violations

Open = Callable[..., Visit]
PHONE = {"width": 320, "height": 640}
CITED = said("In 1820.", quotes={"P1S1": SENTENCES[0], "P1S2": SENTENCES[1]})
CLIPBOARD = ["clipboard-read", "clipboard-write"]


def overlapping(page: Page, selector: str) -> list[str]:
    """Return pairs of elements whose boxes overlap."""
    boxes = [(node.inner_text(), node.bounding_box()) for node in page.locator(selector).all()]
    return [
        f"{one} / {other}"
        for at, (one, a) in enumerate(boxes)
        for other, b in boxes[at + 1 :]
        if a["x"] < b["x"] + b["width"]
        and b["x"] < a["x"] + a["width"]
        and a["y"] < b["y"] + b["height"]
        and b["y"] < a["y"] + a["height"]
    ]


# ---- A link to an answer -----------------------------------------------------


def test_a_link_opens_the_page_and_asks_once(fake: FakeBot, visit: Open) -> None:
    fake.pages["/elsewhere"] = (
        f"<!doctype html><title>x</title><a href='{fake.url}/?q=When+was+it+built%3F&lang=de'>go</a>"
    )
    reader = visit(fake.url + "/elsewhere")
    reader.page.get_by_role("link").click()
    expect(reader.page.locator(".turn .text")).to_have_count(1)
    assert reader.asked() == ["When was it built?"]
    assert reader.page.url == fake.url + "/?lang=de"
    reader.page.reload()
    expect(reader.page.locator(".turn .text")).to_have_count(1)
    reader.page.go_back()
    expect(reader.page.get_by_role("link")).to_be_visible()
    reader.page.go_forward()
    expect(reader.page.locator(".turn .text")).to_have_count(1)
    assert [body["text"] for body in fake.asked] == ["When was it built?"]


def test_a_link_about_a_sentence_carries_it(fake: FakeBot, visit: Open) -> None:
    reader = visit(fake.url + "/?q=Why%3F&sentence=P1S2#P1S1", viewport=PHONE)
    expect(reader.page.locator(".turn .text")).to_have_count(1)
    expect(reader.page.locator(".said")).to_contain_text("About ¶1 · 2")
    assert (fake.asked[0]["text"], fake.asked[0]["sentence"]) == ("Why?", "P1S2")
    assert reader.page.url == fake.url + "/#P1S1"


@pytest.mark.parametrize("query", ["?q=", "?q=%20", "?sentence=P1S1", "?question=x"])
def test_a_link_without_a_question_asks_nothing(fake: FakeBot, visit: Open, query: str) -> None:
    reader = visit(fake.url + "/" + query)
    reader.page.locator("ask-article .sentence").first.wait_for()
    expect(reader.page.locator(".choice").first).to_be_visible()
    assert fake.asked == []
    assert reader.errors == []


def test_a_link_is_text_and_no_markup(fake: FakeBot, visit: Open) -> None:
    reader = visit(fake.url + "/?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&sentence=javascript:1")
    expect(reader.page.locator(".turn .text")).to_have_count(1)
    assert reader.asked() == ["<img src=x onerror=alert(1)>"]
    assert "sentence" not in fake.asked[0]
    assert reader.errors == []


def test_every_answer_can_be_copied_as_a_link(server: Server, visit: Open) -> None:
    reader = visit(server.url, permissions=CLIPBOARD)
    said_first = reader.ask("When did Russia leave?")
    said_next = reader.ask("And Belarus?")
    copied = []
    for place in (0, 1):
        reader.page.get_by_role("button", name="Copy a link to this answer").nth(place).click()
        expect(reader.page.get_by_role("status").filter(has_text="Copied").nth(place)).to_be_visible()
        copied.append(reader.page.evaluate("navigator.clipboard.readText()"))
    assert copied[0] == server.url + "/?q=When+did+Russia+leave%3F"
    for link, text in zip(copied, (said_first, said_next), strict=True):
        other = visit(link)
        other.page.locator(".turn .text").first.wait_for()
        assert other.answer() == text
        assert other.asked() == parse_qs(urlsplit(link).query)["q"]


def test_a_question_back_has_no_thumbs_and_no_link(fake: FakeBot, visit: Open) -> None:
    asks = said("Which one?", "The mill", "The town")
    asks[-1]["custom"]["answer"]["status"] = "clarify"
    fake.replies = [asks, CITED]
    reader = visit(fake.url)
    reader.ask("When?")
    tools = reader.page.locator("ask-reply-tools")
    expect(tools.first.get_by_role("button")).to_have_count(1)
    reader.ask("1")
    expect(tools.last.get_by_role("button")).to_have_count(4)


# ---- A question about a sentence -----------------------------------------------


def test_own_question_about_a_sentence_is_sent_with_it(fake: FakeBot, visit: Open) -> None:
    reader = visit(fake.url)
    page, box = reader.page, reader.page.locator("ask-composer textarea")
    page.locator("#P1S2").click()
    page.get_by_role("button", name="Write my own question").click()
    expect(box).to_be_focused()
    expect(page.locator("ask-composer .context")).to_contain_text(SENTENCES[1])
    page.keyboard.type("What does ")
    page.reload()
    expect(page.locator("ask-composer .context")).to_contain_text("About ¶1 · 2")
    box.press("End")
    page.keyboard.type("this mean?")
    page.keyboard.press("Enter")
    expect(page.locator(".turn .text")).to_have_count(1)
    assert (fake.asked[0]["text"], fake.asked[0]["sentence"]) == ("What does this mean?", "P1S2")
    expect(page.locator("ask-composer .context")).to_have_count(0)
    expect(page.locator(".said .about")).to_contain_text("Paragraph 1, sentence 2")
    page.reload()
    expect(page.locator(".said .about")).to_contain_text("¶1 · 2")
    reader.ask("And then?")
    assert "sentence" not in fake.asked[1]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_violation_beside_a_sentence(fake: FakeBot, visit: Open, scheme: str) -> None:
    fake.content["credits"] = {"byline": "Edda Quill", "source": "The Gazette", "url": "https://gazette.example/mill"}
    reader = visit(fake.url + "/?q=Why%3F&sentence=P1S1", color_scheme=scheme)
    reader.page.locator(".turn .text").wait_for()
    reader.page.locator("#P1S2").click()
    reader.page.get_by_role("button", name="Write my own question").click()
    expect(reader.page.locator("ask-composer .context")).to_be_visible()
    assert violations(reader) == []


def test_sentence_can_be_left_again(fake: FakeBot, visit: Open) -> None:
    reader = visit(fake.url)
    reader.page.locator("#P1S1").click()
    reader.page.get_by_role("button", name="Write my own question").click()
    reader.page.get_by_role("button", name="Don’t ask about this sentence").click()
    expect(reader.page.locator("ask-composer .context")).to_have_count(0)
    expect(reader.page.locator("ask-composer textarea")).to_be_focused()
    reader.ask("Why?")
    assert "sentence" not in fake.asked[0]


def test_message_taken_back_keeps_its_sentence(fake: FakeBot, visit: Open) -> None:
    fake.replies = [500]
    reader = visit(fake.url + "/?q=Why%3F&sentence=P1S2")
    reader.page.get_by_role("button", name="Edit the message").click()
    expect(reader.page.locator("ask-composer textarea")).to_have_value("Why?")
    expect(reader.page.locator("ask-composer .context")).to_contain_text(SENTENCES[1])


def test_reply_is_about_the_sentence(server: Server, visit: Open) -> None:
    reader = visit(server.url)
    reader.page.locator("#P4S4").click()
    reader.page.get_by_role("button", name="Write my own question").click()
    reader.ask("What does this mean?")
    chips = reader.page.locator(".turn .sources .chip").all_inner_texts()
    assert "¶4 · 4" in chips
    assert reader.errors == []


def test_examples_that_help_names_can_be_pressed(server: Server, visit: Open) -> None:
    reader = visit(server.url)
    reader.ask("When did Russia leave?")
    text = reader.ask("help")
    titles = [choice.locator("span").last.inner_text() for choice in reader.page.locator(".choice").all()]
    assert "When did Russia leave?" in titles
    assert all(f"“{title}”" in text for title in titles)
    assert text.count("“") - 1 == len(titles)  # the first is the title of the article


# ---- Where a sentence stands -----------------------------------------------------


def test_places_are_short_to_see_and_spelt_out_to_hear(fake: FakeBot, visit: Open) -> None:
    fake.replies = [said("See P1S1 there.", quotes={"P1S1": SENTENCES[0], "P0S1": "The mill"})]
    reader = visit(fake.url)
    reader.ask("Where?")
    assert reader.page.locator(".chip").all_inner_texts() == ["¶1 · 1", "¶1 · 1", "Title"]
    names = [chip.get_attribute("aria-label") for chip in reader.page.locator(".sources .chip").all()]
    assert names == ["Paragraph 1, sentence 1: show it in the article", "Title: show it in the article"]


@pytest.mark.parametrize("lang", ["en", "de", "ru", "kk"])
def test_every_language_has_the_same_texts(lang: str) -> None:
    folder = paths.ROOT / "web" / "src" / "strings"
    english, other = (json.loads((folder / f"{name}.json").read_text("utf-8")) for name in ("en", lang))
    assert list(other) == list(english)
    assert all(text.strip() for text in other.values())


def test_byline_and_source_stand_under_the_title(fake: FakeBot, visit: Open) -> None:
    reader = visit(fake.url)
    reader.page.locator("ask-article .sentence").first.wait_for()
    expect(reader.page.locator("ask-article .credits")).to_have_count(0)
    fake.content["credits"] = {"byline": "Edda Quill", "source": "The Gazette", "url": "https://gazette.example/mill"}
    reader.page.reload()
    expect(reader.page.locator("ask-article .credits")).to_have_text("Edda Quill · The Gazette")
    expect(reader.page.get_by_role("link", name="The Gazette")).to_have_attribute(
        "href", "https://gazette.example/mill"
    )
    fake.content["credits"] = {"byline": None, "source": "The Gazette", "url": "javascript:alert(1)"}
    reader.page.reload()
    expect(reader.page.locator("ask-article .credits")).to_have_text("The Gazette")
    expect(reader.page.get_by_role("link")).to_have_count(0)


# ---- Phones, right to left, the map ------------------------------------------------


def test_back_after_a_citation_leads_to_the_chat(fake: FakeBot, visit: Open) -> None:
    fake.pages["/elsewhere"] = f"<!doctype html><title>x</title><a href='{fake.url}/'>go</a>"
    reader = visit(fake.url + "/elsewhere", viewport=PHONE)
    reader.page.get_by_role("link").click()
    reader.ask("When?")
    chip = reader.page.locator(".sources .chip")
    chip.click()
    expect(reader.page.locator("ask-article .marked")).to_be_in_viewport()
    assert reader.page.url.endswith("#P1S1")
    reader.page.go_back()
    expect(chip).to_be_in_viewport()
    expect(chip).to_be_focused()
    assert reader.page.url == fake.url + "/"
    reader.page.go_forward()
    expect(reader.page.locator("ask-article")).to_be_visible()
    reader.page.reload()
    expect(reader.page.locator("ask-article .marked")).to_be_in_viewport()
    reader.page.get_by_role("tab", name="Chat").click()
    expect(chip).to_be_in_viewport()
    reader.page.go_back()
    expect(reader.page.get_by_role("link", name="go")).to_be_visible()


def test_back_after_asking_from_the_map_leads_to_the_map(fake: FakeBot, visit: Open) -> None:
    reader = visit(fake.url, viewport=PHONE)
    reader.page.get_by_role("tab", name="Who stood where").click()
    reader.page.locator("ask-map .says").first.click()
    reader.page.locator("ask-map").get_by_role("button", name="Ask:").click()
    expect(reader.page.locator(".turn .text")).to_have_count(1)
    reader.page.go_back()
    expect(reader.page.locator("ask-map")).to_be_visible()
    expect(reader.page.locator("ask-chat")).to_be_hidden()


def test_chat_keeps_its_place_while_the_article_is_shown(fake: FakeBot, visit: Open) -> None:
    fake.replies = [said("Long. " * 200, quotes={"P1S1": SENTENCES[0]}), said("Longer. " * 200)]
    reader = visit(fake.url, viewport=PHONE, reduced_motion="reduce")
    reader.ask("One?")
    reader.ask("Two?")
    chip = reader.page.locator(".sources .chip")
    chip.scroll_into_view_if_needed()
    chip.click()
    expect(reader.page.locator("ask-article .marked")).to_be_in_viewport()
    reader.page.go_back()
    expect(chip).to_be_in_viewport()


def test_english_stays_left_to_right_where_the_page_is_not(server: Server, visit: Open) -> None:
    reader = visit(server.url + "/?dir=rtl")
    reader.ask("When did Russia leave?")
    for tab, text in (
        ("Article", "h2, p[lang=en], .questions button[lang=en]"),
        ("Timeline", ".says, .when, blockquote"),
        ("Who stood where", ".entity, .words, blockquote"),
    ):
        reader.page.get_by_role("tab", name=tab).click()
        shown = reader.page.locator(".pane:not([hidden])")
        shown.locator(".sentence, .event, .says").first.click()
        shown.locator("section.questions, blockquote").first.wait_for()
        directions = shown.locator(text).evaluate_all("nodes => nodes.map((node) => getComputedStyle(node).direction)")
        assert set(directions) == {"ltr"}, tab
    assert reader.page.locator("ask-article").evaluate("node => getComputedStyle(node).direction") == "rtl"


@pytest.mark.parametrize("width", [320, 375, 700, 900, 1280])
def test_map_is_told_in_words_at_every_width_and_nothing_overlaps(server: Server, visit: Open, width: int) -> None:
    reader = visit(server.url, viewport={"width": width, "height": 900})
    reader.page.get_by_role("tab", name="Who stood where").click()
    map = reader.page.locator("ask-map")
    map.locator(".entity").first.wait_for()
    drawn = width in (700, 1280)  # at 900 the chat stands beside the map
    expect(map.locator(".lines")).to_be_visible(visible=drawn)
    assert overlapping(reader.page, "ask-map .entity") == []
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= width
    inside = map.locator(".entity").evaluate_all(
        "nodes => nodes.every((node) => node.scrollWidth <= node.clientWidth + 1)"
    )
    assert inside
    relations = map.locator(".statement")
    if drawn:
        shown = map.locator(".lines .number text").all_text_contents()
        assert sorted(shown, key=int) == map.locator(".statement .number").all_text_contents()
        assert len(shown) == map.locator(".lines .line").count()
        map.locator(".lines .number").first.click()
        expect(map.locator("blockquote")).to_be_in_viewport()
    assert relations.count() > 20
    assert all(len(text.split()) > 2 for text in relations.locator(".words").all_inner_texts())


# ---- Reload, and paper -------------------------------------------------------------


def test_reload_returns_to_the_end(fake: FakeBot, visit: Open) -> None:
    fake.replies = [said(f"Answer {n}. " + "More of it. " * 60, quotes={"P1S1": SENTENCES[0]}) for n in range(4)]
    reader = visit(fake.url, viewport={"width": 400, "height": 600})
    for n in range(4):
        reader.ask(f"Question {n}?")
    for _ in range(2):
        reader.page.reload()
        expect(reader.page.locator(".turn")).to_have_count(4)
        end = reader.page.locator(".turn").last.locator("ask-reply-tools")
        expect(end).to_be_in_viewport()
    reader.page.goto(fake.url + "/#P1S1")
    reader.page.reload()  # the chat is behind the article now
    expect(reader.page.locator("ask-article .marked")).to_be_in_viewport()
    reader.page.get_by_role("tab", name="Chat").click()
    expect(end).to_be_in_viewport()


def test_reader_who_scrolls_away_after_a_reload_is_left_alone(fake: FakeBot, visit: Open) -> None:
    fake.replies = [said(f"Answer {n}. " + "More of it. " * 60) for n in range(4)]
    reader = visit(fake.url, viewport={"width": 1200, "height": 600})
    for n in range(4):
        reader.ask(f"Question {n}?")
    reader.page.reload()
    expect(reader.page.locator(".turn").last.locator("ask-reply-tools")).to_be_in_viewport()
    reader.page.get_by_role("log").hover()
    reader.page.mouse.wheel(0, -5000)
    expect(reader.page.locator(".turn").first).to_be_in_viewport()
    reader.page.set_viewport_size({"width": 1100, "height": 500})
    expect(reader.page.locator(".turn").first).to_be_in_viewport()


@pytest.mark.parametrize("width", [400, 1280])
def test_page_is_printed_whole_with_the_conversation_and_its_citations(fake: FakeBot, visit: Open, width: int) -> None:
    fake.replies = [said(f"Answer {n}. " + "More of it. " * 60, quotes={"P1S2": SENTENCES[1]}) for n in range(4)]
    reader = visit(fake.url + "/?theme=dark", viewport={"width": width, "height": 600})
    for n in range(4):
        reader.ask(f"Question {n}?")
    reader.page.emulate_media(media="print")
    expect(reader.page.locator("ask-article .sentence").first).to_be_visible()
    for hidden in ("ask-composer textarea", ".tools button", ".choice", ".sources .chip", ".hint", "header.top"):
        assert not any(found.is_visible() for found in reader.page.locator(hidden).all()), hidden
    printed = reader.page.locator(".printed li")
    assert printed.all_inner_texts() == [f"¶1 · 2 “{SENTENCES[1]}”".replace("“", "").replace("”", "")] * 4
    tops = [place.bounding_box()["y"] for place in printed.all()]
    assert tops == sorted(tops)
    assert tops[0] > reader.page.locator("ask-article .sentence").last.bounding_box()["y"]
    assert reader.page.evaluate("document.documentElement.scrollHeight") > tops[-1] > 600
    ink = reader.page.locator(".turn .text").first.evaluate("node => getComputedStyle(node).color")
    assert ink == "rgb(33, 30, 25)"
