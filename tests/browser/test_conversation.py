"""What a reader does on the page, in a browser, with the trained bot: ask, check, follow up, choose, begin anew."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import AT_REST, Server, Visit

Open = Callable[..., Visit]
LATER = datetime.datetime(2100, 1, 1)
"""Later than now: a page's clock can only go forward."""


def test_answer_cites_and_the_citation_is_marked_in_the_article(server: Server, visit: Open) -> None:
    reader = visit(server.url)
    assert "December 12th" in reader.ask("When did Russia leave?")
    chip = reader.page.get_by_role("button", name=re.compile("Paragraph 3, sentence 8"))
    chip.click()
    marked = reader.page.locator("ask-article .marked")
    expect(marked).to_have_count(1)
    expect(marked).to_contain_text("December 12th")
    expect(marked).to_be_in_viewport()
    assert reader.page.url.endswith("#P3S8")
    assert reader.errors == []


def test_link_to_a_sentence_shows_it(server: Server, visit: Open) -> None:
    reader = visit(server.url + "/#P6S6")
    expect(reader.page.locator("ask-article .marked")).to_be_in_viewport()


def test_follow_up_keeps_the_question(server: Server, visit: Open) -> None:
    reader = visit(server.url)
    reader.ask("When did Russia leave?")
    assert "December 10th" in reader.ask("And Belarus?")


def test_suggestion_is_asked_when_pressed(server: Server, visit: Open) -> None:
    reader = visit(server.url)
    reader.ask("When did Russia leave?")
    suggestion = reader.page.locator(".choice").first
    title = suggestion.locator("span").last.inner_text()
    suggestion.click()
    expect(reader.page.locator(".turn")).to_have_count(2)
    reader.page.locator(".turn").last.locator(".text").first.wait_for()
    assert reader.asked()[-1] == title
    expect(reader.page.locator("ask-composer textarea")).to_be_focused()


def test_clarifying_choice_by_button(server: Server, visit: Open) -> None:
    reader = visit(server.url)
    reader.ask("when did it leave?")
    expect(reader.page.get_by_text("Choose one, or type its number")).to_be_visible()
    choice = reader.page.locator(".choice").nth(1)
    name = choice.locator("span").last.inner_text()
    choice.click()
    expect(reader.page.locator(".turn")).to_have_count(2)
    reader.page.locator(".turn").last.locator(".text").first.wait_for()
    assert name in reader.answer()


def test_clarifying_choice_by_number(server: Server, visit: Open) -> None:
    reader = visit(server.url)
    reader.ask("when did it leave?")
    name = reader.page.locator(".choice").nth(1).locator("span").last.inner_text()
    assert name in reader.ask("2")
    assert reader.asked()[-1] == name


def test_timeline_is_drawn_in_the_chat(server: Server, visit: Open) -> None:
    reader = visit(server.url)
    reader.ask("timeline")
    drawing = reader.page.locator("ask-chat ask-timeline")
    expect(drawing.locator("figure > svg")).to_be_visible()
    # The same is not told once more in words, except to whom does not see it.
    expect(reader.page.locator(".turn .text").last).to_have_class(re.compile(r"\bunseen\b"))
    # What has no place in the order is in the list, not on the line.
    events = drawing.locator(".event")
    assert events.locator(".sign.unplaced").count() >= 1
    assert drawing.locator("figure > svg .sign").count() == events.count() - events.locator(".sign.unplaced").count()
    assert drawing.locator("figure > svg .counted").count() >= 1
    assert drawing.locator("figure > svg .stated").count() >= 1
    drawing.locator(".event").first.click()
    expect(drawing.locator("blockquote")).to_be_visible()
    drawing.get_by_role("button", name=re.compile("^Ask:")).click()
    expect(reader.page.locator(".turn")).to_have_count(2)


def test_timeline_of_the_page_leads_to_sentence_and_question(server: Server, visit: Open) -> None:
    reader = visit(server.url)
    reader.page.get_by_role("tab", name="Timeline").click()
    pane = reader.page.locator("#pane-timeline")
    legend = pane.locator(".legend li")
    expect(legend.first).to_be_visible()
    assert legend.count() >= 2
    pane.locator(".event", has=reader.page.locator(".counted")).first.click()
    expect(pane.locator("p.counted")).to_contain_text("counted")
    pane.get_by_role("button", name="Show in the article").click()
    expect(reader.page.locator("ask-article .marked")).to_be_in_viewport()


def test_map_shows_who_stood_where(server: Server, visit: Open) -> None:
    reader = visit(server.url)
    reader.page.get_by_role("tab", name="Who stood where").click()
    pane = reader.page.locator("#pane-map")
    expect(pane.locator("svg path.line").first).to_be_attached()
    every = pane.locator(".statement").count()
    pane.locator(".entity").first.click()
    expect(pane.locator(".entity").first).to_have_attribute("aria-pressed", "true")
    assert 0 < pane.locator(".statement").count() < every
    pane.locator(".statement .says").last.click()
    expect(pane.locator("blockquote")).to_be_visible()
    question = pane.get_by_role("button", name=re.compile("^Ask:")).inner_text().removeprefix("Ask: ")
    pane.get_by_role("button", name=re.compile("^Ask:")).click()
    reader.page.locator(".turn .text").first.wait_for()
    assert reader.asked() == [question]


def test_sentence_of_the_article_offers_questions(server: Server, visit: Open) -> None:
    reader = visit(server.url)
    reader.page.locator("ask-article .sentence").nth(3).click()
    panel = reader.page.locator("ask-article .questions")
    question = panel.locator("button").first
    title = question.inner_text()
    question.click()
    reader.page.locator(".turn .text").first.wait_for()
    assert reader.asked() == [title]
    expect(panel).to_have_count(0)


def test_restart_begins_anew(server: Server, visit: Open) -> None:
    reader = visit(server.url)
    reader.ask("When did Russia leave?")
    reader.page.get_by_role("button", name="New conversation").click()
    expect(reader.page.locator(".turn")).to_have_count(0)
    expect(reader.page.get_by_text("A new conversation begins.")).to_be_visible()
    assert "December 12th" not in reader.ask("repeat that please")
    reader.page.reload()
    expect(reader.page.locator(".turn")).to_have_count(1)


def test_conversation_that_was_left_can_still_be_saved(server: Server, visit: Open) -> None:
    reader = visit(server.url)
    said = reader.ask("When did Russia leave?")
    reader.page.get_by_role("button", name="New conversation").click()
    with reader.page.expect_download() as download:
        reader.page.get_by_role("button", name="Save previous conversation").click()
    assert said in download.value.path().read_text(encoding="utf-8")
    expect(reader.page.get_by_role("button", name="Save previous conversation")).to_have_count(0)


def test_new_answer_is_scrolled_to_its_question(server: Server, visit: Open) -> None:
    """Also where it is drawn late and long, as a picture."""
    reader = visit(server.url, viewport={"width": 400, "height": 600}, reduced_motion="reduce")
    reader.ask("When did Russia leave?")
    reader.ask("timeline")
    expect(reader.page.locator("ask-chat ask-timeline svg").first).to_be_attached()
    reader.page.evaluate(AT_REST)
    top = reader.page.get_by_role("log").bounding_box()["y"]
    assert 0 <= reader.page.locator(".said").last.bounding_box()["y"] - top < 40


def test_reload_restores_the_conversation(server: Server, visit: Open) -> None:
    reader = visit(server.url)
    said = reader.ask("When did Russia leave?")
    reader.page.get_by_role("button", name="Helpful", exact=True).click()
    expect(reader.page.get_by_text("Thank you.")).to_be_visible()
    reader.page.locator("ask-composer textarea").fill("half a quest")
    reader.page.reload()
    expect(reader.page.locator(".turn")).to_have_count(1)
    assert reader.answer() == said
    expect(reader.page.get_by_role("button", name="Helpful", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(reader.page.locator("ask-composer textarea")).to_have_value("half a quest")
    assert "December 10th" in reader.ask("And Belarus?")


def test_two_readers_are_apart(server: Server, visit: Open) -> None:
    one, other = visit(server.url), visit(server.url)
    one.ask("When did Russia leave?")
    other.ask("What were the Belavezha Accords?")
    assert "December 10th" in one.ask("And Belarus?")
    other.page.reload()
    expect(other.page.locator(".turn")).to_have_count(1)
    assert other.asked() == ["What were the Belavezha Accords?"]


def test_remark_reaches_the_server(server: Server, visit: Open) -> None:
    reader = visit(server.url)
    reader.ask("When did Russia leave?")
    with reader.page.expect_response("**/feedback") as thumb:
        reader.page.get_by_role("button", name="Not helpful").click()
    assert thumb.value.ok
    reader.page.get_by_label("What could be better?").fill("Say the year too.")
    with reader.page.expect_response("**/feedback") as remark:
        reader.page.get_by_role("button", name="Send remark").click()
    assert remark.value.ok
    assert json.loads(remark.value.request.post_data)["remark"] == "Say the year too."
    expect(reader.page.get_by_role("button", name="Not helpful")).to_be_focused()


def test_copy_takes_text_and_quotes(server: Server, visit: Open) -> None:
    reader = visit(server.url, permissions=["clipboard-read", "clipboard-write"])
    said = reader.ask("When did Russia leave?")
    reader.page.get_by_role("button", name="Copy the answer").click()
    expect(reader.page.get_by_text("Copied")).to_be_visible()
    copied = reader.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(said)
    assert "P3S8: “" in copied


def test_transcript_is_saved_with_citations(server: Server, visit: Open) -> None:
    reader = visit(server.url)
    said = reader.ask("When did Russia leave?")
    with reader.page.expect_download() as download:
        reader.page.get_by_role("button", name="Save the conversation").click()
    assert download.value.suggested_filename == "conversation.md"
    text = download.value.path().read_text(encoding="utf-8")
    assert "**You:** When did Russia leave?" in text
    assert said in text
    assert "> P3S8: “" in text


def test_several_messages_in_a_row_are_all_answered_in_order(server: Server, visit: Open) -> None:
    reader = visit(server.url)
    for text in ["When did Russia leave?", "And Belarus?", "And Kazakhstan?"]:
        reader.page.locator("ask-composer textarea").fill(text)
        reader.page.keyboard.press("Enter")
    expect(reader.page.locator(".turn .text")).to_have_count(3)
    texts = reader.page.locator(".turn .text").all_inner_texts()
    assert ["December 12th" in texts[0], "December 10th" in texts[1], "December 16th" in texts[2]] == [True] * 3


def test_reply_is_shown_as_soon_as_it_is_there(server: Server, visit: Open) -> None:
    """The widget waits for no timer: with its clock stopped it shows replies all the same."""
    reader = visit("about:blank")
    reader.page.clock.install()
    reader.page.goto(server.url)
    reader.ask("What is the article about?")
    reader.page.clock.pause_at(LATER)
    shown = """async (text) => {
        const chat = document.querySelector("ask-chat");
        const count = () => chat.shadowRoot.querySelectorAll(".turn .answer").length;
        const before = count();
        chat.ask(text);
        const seen = () => new Promise((done) => {
            new MutationObserver((changes, observer) => {
                if (count() === before) return;
                observer.disconnect();
                done(true);
            }).observe(chat.shadowRoot, { childList: true, subtree: true });
        });
        return count() > before || seen();
    }"""
    assert reader.page.evaluate(shown, "When did Russia leave?")
    assert "December 12th" in reader.answer()


def test_server_stopped_and_started_again_loses_nothing(server: Server, visit: Open) -> None:
    reader = visit(server.url)
    reader.ask("When did Russia leave?")
    server.stop()
    try:
        reader.page.locator("ask-composer textarea").fill("And Belarus?")
        reader.page.keyboard.press("Enter")
        expect(reader.page.get_by_text("Your message is kept")).to_be_visible()
    finally:
        server.start()
    expect(reader.page.locator(".turn").last.locator(".text")).to_contain_text("December 10th")
    reader.page.reload()
    expect(reader.page.locator(".turn")).to_have_count(2)
