"""When something goes wrong: what the reader sees, and that no message is lost."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.fake import FakeBot, said

Open = Callable[..., Visit]
LATER = datetime.datetime(2100, 1, 1)
"""Later than now: a page's clock can only go forward."""


def send(reader: Visit, text: str) -> None:
    reader.page.locator("ask-composer textarea").fill(text)
    reader.page.keyboard.press("Enter")


def test_wait_is_shown_and_a_long_one_is_said(fake: FakeBot, visit: Open) -> None:
    fake.held = True
    reader = visit(fake.url)
    send(reader, "Hello?")
    expect(reader.page.locator(".writing .dots")).to_be_visible()
    expect(reader.page.get_by_text("This is taking longer than usual")).to_be_visible()
    fake.held = False
    expect(reader.page.get_by_text("An answer.")).to_be_visible()
    expect(reader.page.locator(".writing")).to_have_count(0)


def test_server_error_keeps_the_message_and_tries_again_with_its_id(fake: FakeBot, visit: Open) -> None:
    fake.replies = [500]
    reader = visit(fake.url)
    send(reader, "Hello?")
    expect(reader.page.get_by_text("Something went wrong on the other side")).to_be_visible()
    reader.page.get_by_role("button", name="Try again").click()
    expect(reader.page.get_by_text("An answer.")).to_be_visible()
    assert len(fake.asked) == 2
    assert fake.asked[0]["id"] == fake.asked[1]["id"]
    assert reader.asked() == ["Hello?"]


def test_failed_message_does_not_hold_up_the_next(fake: FakeBot, visit: Open) -> None:
    fake.replies = [500]
    reader = visit(fake.url)
    send(reader, "One")
    expect(reader.page.get_by_text("Something went wrong")).to_be_visible()
    send(reader, "Two")
    expect(reader.page.get_by_text("An answer.")).to_be_visible()
    reader.page.get_by_role("button", name="Try again").click()
    expect(reader.page.get_by_text("An answer.")).to_have_count(2)
    assert reader.asked() == ["Two", "One"]


def test_failed_message_can_be_taken_back_to_change_it(fake: FakeBot, visit: Open) -> None:
    fake.replies = [500]
    reader = visit(fake.url)
    send(reader, "Helo?")
    reader.page.get_by_role("button", name="Edit the message").click()
    expect(reader.page.locator("ask-composer textarea")).to_have_value("Helo?")
    expect(reader.page.locator(".turn")).to_have_count(0)


def test_busy_server_is_tried_again_by_itself(fake: FakeBot, visit: Open) -> None:
    fake.replies = [503, 504]
    reader = visit(fake.url)
    send(reader, "Hello?")
    expect(reader.page.get_by_text("can’t be reached just now")).to_be_visible()
    expect(reader.page.get_by_text("An answer.")).to_be_visible()
    assert len({asked["id"] for asked in fake.asked}) == 1


def test_rate_limit_is_waited_out(fake: FakeBot, visit: Open) -> None:
    fake.replies = [(429, {"Retry-After": "60"})]
    reader = visit("about:blank")
    reader.page.clock.install()
    reader.page.goto(fake.url)
    expect(reader.page.get_by_role("log")).to_have_attribute("aria-busy", "false")
    reader.page.clock.pause_at(LATER)  # from here on time is the test's
    send(reader, "Hello?")
    expect(reader.page.get_by_text("Your message goes out in")).to_be_visible()
    # What counts down is not read out again every second.
    expect(reader.page.locator(".problem [aria-live=off]")).to_have_text(re.compile(r"^\d+ sec$"))
    reader.page.clock.run_for(59_000)
    assert len(fake.asked) == 1
    reader.page.clock.run_for(2_000)
    expect(reader.page.get_by_text("An answer.")).to_be_visible()
    assert len(fake.asked) == 2


def test_refused_message_says_why_and_is_not_sent_again(fake: FakeBot, visit: Open) -> None:
    fake.replies = [413]
    reader = visit(fake.url)
    send(reader, "Hello?")
    expect(reader.page.get_by_text("Scripted 413.")).to_be_visible()
    reader.page.reload()
    expect(reader.page.get_by_role("log")).to_have_attribute("aria-busy", "false")
    assert len(fake.asked) == 1


def test_offline_message_goes_out_when_the_network_is_back(fake: FakeBot, visit: Open) -> None:
    reader = visit(fake.url)
    expect(reader.page.get_by_role("log")).to_have_attribute("aria-busy", "false")
    reader.context.set_offline(True)
    send(reader, "Hello?")
    send(reader, "Still there?")
    expect(reader.page.get_by_text("No connection. Your message is kept")).to_be_visible()
    assert fake.asked == []
    reader.context.set_offline(False)
    expect(reader.page.get_by_text("An answer.")).to_have_count(2)
    assert [asked["text"] for asked in fake.asked] == ["Hello?", "Still there?"]


def test_unanswered_message_survives_a_reload(fake: FakeBot, visit: Open) -> None:
    fake.replies = [500]
    reader = visit(fake.url)
    send(reader, "Hello?")
    expect(reader.page.get_by_text("Something went wrong")).to_be_visible()
    reader.page.reload()
    expect(reader.page.get_by_text("An answer.")).to_be_visible()
    assert fake.asked[0]["id"] == fake.asked[1]["id"]


def test_answer_missed_by_a_reload_is_in_the_history_once(fake: FakeBot, visit: Open) -> None:
    fake.held = True
    reader = visit(fake.url)
    send(reader, "Hello?")
    expect(reader.page.locator(".writing .dots")).to_be_visible()
    reader.page.reload()
    fake.held = False
    expect(reader.page.get_by_text("An answer.")).to_be_visible()
    assert reader.asked() == ["Hello?"]
    assert len(fake.turns) == 1


def test_several_texts_of_one_reply_are_all_shown(fake: FakeBot, visit: Open) -> None:
    fake.replies = [[{"text": "First."}, {"text": "Second."}, *said("Third.")]]
    reader = visit(fake.url)
    send(reader, "Hello?")
    expect(reader.page.locator(".turn .text")).to_have_text(["First.", "Second.", "Third."])


def test_text_that_is_too_long_is_said_before_sending(fake: FakeBot, visit: Open) -> None:
    reader = visit(fake.url)
    send(reader, "x" * 2003)
    expect(reader.page.get_by_text("3 characters too many")).to_be_visible()
    assert fake.asked == []


@pytest.mark.parametrize("status", [500, 503])
def test_page_without_history_can_still_be_asked(fake: FakeBot, visit: Open, status: int) -> None:
    reader = visit("about:blank")
    reader.page.route("**/history", lambda route: route.fulfill(status=status, body="{}"), times=1)
    reader.page.goto(fake.url)
    send(reader, "Hello?")
    expect(reader.page.get_by_text("An answer.")).to_be_visible()


def test_every_pane_says_that_the_article_is_missing_and_tries_again(fake: FakeBot, visit: Open) -> None:
    reader = visit("about:blank")
    reader.page.route("**/content", lambda route: route.abort())
    reader.page.goto(fake.url)
    for tab in ("Article", "Timeline", "Who stood where"):
        reader.page.get_by_role("tab", name=tab).click()
        expect(reader.page.get_by_role("tabpanel", name=tab)).to_contain_text("This can’t be loaded just now.")
    reader.page.unroute("**/content")
    reader.page.get_by_role("tabpanel").get_by_role("button", name="Try again").click()
    expect(reader.page.locator("#pane-map .entity").first).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/embedded"])
def test_browser_without_storage_works_on(fake: FakeBot, visit: Open, path: str) -> None:
    fake.pages["/embedded"] = "<!doctype html><title>x</title><script src=/widget.js data-open></script>"
    reader = visit("about:blank")
    reader.context.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage'])"
        " Object.defineProperty(window, name, {get() { throw new DOMException('denied', 'SecurityError'); }});"
    )
    reader.page.goto(fake.url + path)
    reader.ask("Hello?")
    reader.ask("Again?")
    assert reader.asked() == ["Hello?", "Again?"]
    assert not [error for error in reader.errors if "404" not in error]  # no favicon
