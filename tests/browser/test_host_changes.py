"""Pages that replace what is on them: Turbo, htmx and React do."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import AT_REST
from tests.browser.fake import FakeBot
from tests.browser.host_pages import REPLACE_BODY, Host, launchers, tag


def test_chat_in_the_corner_outlives_the_body_of_the_page(host: Host, fake: FakeBot) -> None:
    reader = host(tag("data-open"))
    reader.ask("Hello?")
    reader.page.get_by_label("Your question").fill("Half a quest")
    for _ in range(3):
        reader.page.evaluate(REPLACE_BODY)
        expect(reader.page.locator("ask-launcher")).to_have_count(1)
    expect(reader.page.get_by_role("dialog")).to_be_visible()
    expect(reader.page.get_by_label("Your question")).to_have_value("Half a quest")
    reader.page.get_by_label("Your question").fill("")
    reader.ask("And again?")
    assert [body["text"] for body in fake.asked] == ["Hello?", "And again?"]
    assert fake.sessions == 1
    fake.held = True
    reader.page.get_by_label("Your question").fill("And now?")
    reader.page.keyboard.press("Enter")
    reader.page.get_by_role("button", name="Close the chat").click()
    fake.held = False
    expect(reader.page.get_by_role("button", name="Open the chat (1 new)")).to_be_visible()  # counted once
    assert not reader.errors, reader.errors


def test_inline_chat_goes_back_into_a_container_that_is_drawn_anew(host: Host, fake: FakeBot) -> None:
    filler = "<p style='height: 40rem'>Long.</p>"
    reader = host(f"<div id=app><div class=chat style='height: 20rem'></div></div>{tag('data-target=.chat')}")
    for number in range(4):
        reader.ask(f"Question {number}?")
    log = reader.page.locator(".log")
    reader.page.evaluate(AT_REST)
    log.evaluate("(log) => log.scrollTo({top: 40, behavior: 'instant'})")
    expect(reader.page.get_by_role("button", name="Scroll to the end")).to_be_visible()
    redraw = f"app.innerHTML = `{filler}<div class=chat style='height: 20rem'></div>`"
    for change in (redraw, "document.querySelector('.chat').innerHTML = ''", redraw):
        reader.page.evaluate(change)
        expect(reader.page.locator("ask-chat")).to_have_count(1)
        expect(reader.page.locator(".chat ask-chat .turn")).to_have_count(4)
        reader.page.evaluate(AT_REST)
        assert log.evaluate("(log) => log.scrollTop") == 40
    reader.ask("Still there?")
    reader.page.evaluate("app.innerHTML = ''")
    expect(reader.page.locator("ask-chat")).to_have_count(0)
    reader.page.evaluate(redraw)
    expect(reader.page.locator(".chat ask-chat .turn")).to_have_count(5)
    assert fake.sessions == 1
    assert not reader.errors, reader.errors


def test_wait_that_is_counted_down_goes_on_where_the_chat_is_put_back(host: Host, fake: FakeBot) -> None:
    fake.replies = [(429, {"Retry-After": "600"})]
    reader = host(tag("data-open"))
    reader.page.get_by_label("Your question").fill("Hello?")
    reader.page.keyboard.press("Enter")
    time = reader.page.locator(".turn .problem span[aria-live]")
    expect(time).to_be_visible()
    reader.page.evaluate(REPLACE_BODY)
    expect(time).to_be_visible()
    before = time.inner_text()
    expect(time).not_to_have_text(before)


def test_target_that_appears_later_is_filled(host: Host) -> None:
    reader = host(tag("data-target='#later > .chat'"))
    expect(reader.page.locator("ask-chat")).to_have_count(0)
    assert any("#later > .chat" in text for text in reader.said)
    reader.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<div id=later><div></div></div>')")
    expect(reader.page.locator("ask-chat")).to_have_count(0)
    reader.page.evaluate("document.querySelector('#later > div').className = 'chat'")
    expect(reader.page.locator("#later > .chat > ask-chat")).to_have_count(1)
    expect(reader.page.get_by_label("Your question")).to_be_visible()


def test_copies_that_a_page_keeps_of_itself_are_no_chats(host: Host) -> None:
    """As Turbo and htmx do: they show a stored copy of the page when the reader goes back to it."""
    reader = host(f"<div id=here></div>{tag()}{tag('data-target=#here')}")
    expect(reader.page.locator("ask-chat")).to_have_count(1)
    reader.page.evaluate(
        """() => {
            const copy = document.body.cloneNode(true);
            const text = document.body.innerHTML;
            document.documentElement.replaceChild(copy, document.body);
            document.body.insertAdjacentHTML("beforeend", text);
        }"""
    )
    expect(reader.page.locator("body > ask-launcher")).to_have_count(1)
    expect(reader.page.locator("ask-chat")).to_have_count(1)
    reader.page.get_by_role("button", name="Open the chat").click()
    expect(reader.page.get_by_role("dialog")).to_be_visible()
    assert not reader.errors, reader.errors


def test_page_that_takes_the_chat_out_again_and_again_is_not_kept_busy(host: Host) -> None:
    reader = host(
        "<script>new MutationObserver(() => document.querySelector('ask-launcher')?.remove())"
        f".observe(document, {{childList: true, subtree: true}})</script>{tag()}"
    )
    reader.page.wait_for_event("console", predicate=lambda message: "keeps removing" in message.text)
    assert launchers(reader.page) == 0


@pytest.mark.parametrize("target", ["#", "div[", "..", "###x", ":nope"])
def test_invalid_selector_is_named_and_throws_nothing(host: Host, target: str) -> None:
    reader = host(tag(f'data-target="{target}"') + "<script>window.ran = true</script>")
    reader.page.wait_for_function("window.ArticleChat")
    reader.page.evaluate("(target) => ArticleChat.mount(target)", target)
    reader.page.evaluate("ArticleChat.mount(7)")
    reader.page.evaluate("ArticleChat.mount('#there', {open: true})")
    reader.page.evaluate("document.body.append(Object.assign(document.createElement('p'), {id: 'there'}))")
    expect(reader.page.locator("#there > ask-chat")).to_have_count(1)
    named = [text for text in reader.said if "data-target" in text and "CSS selector" in text]
    assert [target in text for text in named] == [True, True, False]
    assert "7" in named[2]
    assert not [error for error in reader.errors if "CSS selector" not in error]
    assert reader.page.evaluate("window.ran")


def test_one_chat_a_target(host: Host) -> None:
    reader = host(
        "<div id=one class=place></div><div id=two></div>"
        + tag("data-target=#one") * 2
        + tag("data-target=#one type=module") * 2
        + tag("data-target=.place")
        + tag() * 2
        + tag("data-title=Other")
        + tag("data-target=#two type=module")
    )
    expect(reader.page.locator("#one > ask-chat")).to_have_count(1)
    expect(reader.page.locator("#two > ask-chat")).to_have_count(1)
    expect(reader.page.locator("ask-launcher")).to_have_count(1)
    reader.page.evaluate("ArticleChat.mount(document.querySelector('#one'))")
    reader.page.evaluate("new Promise((done) => setTimeout(done))")
    expect(reader.page.locator("ask-chat")).to_have_count(2)
    assert len([text for text in reader.said if "has a chat already" in text]) == 2, reader.said
    assert len([text for text in reader.said if "has its chat already" in text]) == 1, reader.said  # other options
    assert not reader.errors, reader.errors
