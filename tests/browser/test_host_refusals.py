"""Pages on which the chat may not be, by their own policy or because the server does not allow their origin."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bot.settings import Settings
from tests.browser.conftest import Visit
from tests.browser.fake import FakeBot
from tests.browser.host_pages import Host, policy, tag
from tests.support.tiny import serving, tiny_agent, tiny_model

Open = Callable[..., Visit]

STRICT = "default-src 'none'; script-src BOT; connect-src BOT; require-trusted-types-for 'script'"


@pytest.mark.parametrize("kind", ["", "type=module"])
@pytest.mark.parametrize("names", ["", "; trusted-types lit-html", "; trusted-types mine lit-html 'allow-duplicates'"])
def test_chat_works_where_text_may_not_become_markup(host: Host, names: str, kind: str) -> None:
    """The tag twice, too: a policy of the same name may be made only once."""
    reader = host(tag(f"data-open {kind}") * 2 + tag("data-open"), head=policy(STRICT + names))
    reader.ask("Hello?")
    reader.page.get_by_role("button", name="New conversation").click()
    expect(reader.page.locator(".turn")).to_have_count(0)
    assert not reader.errors, reader.errors


def test_policy_that_forbids_the_chat_is_named(host: Host) -> None:
    reader = host(tag("data-open"), head=policy(STRICT + "; trusted-types mine"))
    reader.page.wait_for_function("window.ArticleChat")
    expect(reader.page.locator("ask-launcher")).to_have_count(0)
    assert any("lit-html" in text and "widget.js" in text for text in reader.said), reader.said
    reader.page.evaluate("ArticleChat.mount()")
    assert not [error for error in reader.errors if "lit-html" not in error]


UNAVAILABLE = {
    "en": "The chat isn’t available on this page.",
    "de": "Der Chat ist auf dieser Seite nicht verfügbar.",
    "ru": "На этой странице чат недоступен.",
    "kk": "Бұл бетте чат қолжетімді емес.",
}


@pytest.fixture(scope="module")
def closed(request: pytest.FixtureRequest, built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real server that allows other sites than the one of these tests; its address."""
    settings = Settings(
        database=tmp_path_factory.mktemp("closed") / "c.sqlite", web_origins=frozenset({"https://museum.example"})
    )
    with serving(tiny_agent(tiny_model(request.config.cache), settings), settings, pages=built) as client:
        yield f"http://127.0.0.1:{client.port}"


@pytest.mark.parametrize("kind", ["", "type=module"])
@pytest.mark.parametrize("lang", UNAVAILABLE)
def test_reader_and_owner_of_a_page_that_is_not_allowed_are_told(
    host: Host, closed: str, other_site: tuple[str, Path], lang: str, kind: str
) -> None:
    attributes = f"data-lang={lang} data-target=#here {kind}"
    reader = host(f"<div id=here></div><script src={closed}/widget.js {attributes}></script>")
    expect(reader.page.get_by_text(UNAVAILABLE[lang])).to_be_visible()
    expect(reader.page.locator("textarea, .problem, .choice")).to_have_count(0)
    told = [text for text in reader.said if "WEB_ORIGINS" in text]
    assert len(told) == 1
    assert f"WEB_ORIGINS={other_site[0]}" in told[0]


def test_launcher_of_a_page_that_is_not_allowed_can_be_closed_by_keyboard(host: Host, closed: str) -> None:
    reader = host(f"<script src={closed}/widget.js></script>")
    reader.page.get_by_role("button", name="Open the chat").click()
    expect(reader.page.get_by_text(UNAVAILABLE["en"])).to_be_visible()
    expect(reader.page.get_by_role("button", name="Close the chat")).to_be_focused()
    reader.page.keyboard.press("Escape")
    expect(reader.page.get_by_role("dialog")).to_be_hidden()
    assert len([text for text in reader.said if "WEB_ORIGINS" in text]) == 1


def test_sandboxed_frame_is_told_what_it_lacks(host: Host, closed: str) -> None:
    frame = f"<script src={closed}/widget.js data-open></script>"
    reader = host(f"<iframe sandbox='allow-scripts' width=800 height=600 srcdoc='{frame}'></iframe>")
    expect(reader.page.frame_locator("iframe").get_by_text(UNAVAILABLE["en"])).to_be_visible()
    assert len([text for text in reader.said if "allow-same-origin" in text]) == 1


def test_sandboxed_frame_with_an_address_of_the_bots_own_host_is_foreign_too(fake: FakeBot, visit: Open) -> None:
    fake.forbidden = True
    fake.pages["/frame"] = "<!doctype html><script src=/widget.js data-open></script>"
    fake.pages["/page"] = "<!doctype html><iframe sandbox=allow-scripts width=800 height=600 src=/frame></iframe>"
    reader = visit(fake.url + "/page")
    expect(reader.page.frame_locator("iframe").get_by_text(UNAVAILABLE["en"])).to_be_visible()


def test_origin_that_is_no_longer_allowed_is_told_so_while_the_chat_is_used(
    host: Host, fake: FakeBot, other_site: tuple[str, Path]
) -> None:
    reader = host(tag("data-open"))
    reader.ask("Hello?")
    fake.forbidden = True
    reader.page.get_by_label("Your question").fill("Anybody there?")
    reader.page.keyboard.press("Enter")
    expect(reader.page.get_by_text(UNAVAILABLE["en"]).last).to_be_visible()
    expect(reader.page.locator("textarea, .turn button.plain")).to_have_count(0)
    fake.forbidden = False
    reader.page.reload()
    expect(reader.page.locator(".turn .text")).to_have_count(2)  # kept, and sent now


def test_broken_network_is_not_taken_for_a_refusal(host: Host, fake: FakeBot) -> None:
    reader = host(tag("data-open"))
    reader.ask("Hello?")
    reader.context.set_offline(True)
    reader.page.get_by_label("Your question").fill("Anybody there?")
    reader.page.keyboard.press("Enter")
    expect(reader.page.get_by_text("No connection.")).to_be_visible()
    reader.context.set_offline(False)
    expect(reader.page.locator(".turn .text")).to_have_count(2)


def test_policy_of_the_page_that_forbids_to_ask_the_server_is_no_broken_network(host: Host, fake: FakeBot) -> None:
    reader = host(tag("data-open"), head=policy("default-src 'none'; script-src BOT"))
    expect(reader.page.get_by_text(UNAVAILABLE["en"])).to_be_visible()
    assert any("connect-src" in text and "widget.js" in text and fake.url in text for text in reader.said), reader.said
