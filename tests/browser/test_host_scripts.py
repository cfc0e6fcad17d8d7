"""How a page of another site loads the widget, and what it may do with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.fake import FakeBot, fake_bot
from tests.browser.host_pages import REPLACE_BODY, Host, launchers, tag

WAYS = {
    "classic": tag("data-title='Ask us' data-open"),
    "async": tag("data-title='Ask us' data-open async"),
    "module": tag("data-title='Ask us' data-open type=module"),
    "async module": tag("data-title='Ask us' data-open type=module async"),
    "added by a script, which takes it away again": """<script>
        const added = document.createElement("script");
        added.src = "BOT/widget.js";
        added.dataset.title = "Ask us";
        added.dataset.open = "";
        document.head.append(added);
        added.remove();</script>""",
    "module, added and taken away": """<script>
        const added = document.createElement("script");
        Object.assign(added, {src: "BOT/widget.js", type: "module", onload: () => added.remove()});
        Object.assign(added.dataset, {title: "Ask us", open: ""});
        document.head.append(added);</script>""",
    "import()": """<script type=module>
        await import("BOT/widget.js");
        ArticleChat.mount(null, {title: "Ask us", open: true});</script>""",
    "import": """<script type=module>
        import "BOT/widget.js";
        ArticleChat.mount(undefined, {title: "Ask us", open: true});</script>""",
    "page with an element named currentScript": "<img name=currentScript data-title=No>"
    + tag("data-title='Ask us' data-open type=module"),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_another_vendors_script_is_never_taken_for_ours(host: Host, fake: FakeBot, way: str) -> None:
    with fake_bot() as vendor:
        vendor.pages["/embed/widget.js"] = "/* somebody else's */"
        vendor.allow = fake.allow
        theirs = f"<script src={vendor.url}/embed/widget.js data-title=Theirs type=module></script>"
        theirs += theirs.replace(" type=module", "")
        reader = host(theirs + way + theirs)
        expect(reader.page.get_by_role("heading", name="Ask us")).to_be_visible()
        reader.ask("Hello?")
        assert [body["text"] for body in fake.asked] == ["Hello?"]
        assert not [path for _, path, _, _ in vendor.requests if "/embed/" not in path]
    assert not reader.errors, reader.errors


def test_part_of_a_bundle_asks_only_the_server_that_it_is_told(
    host: Host, fake: FakeBot, built: Path, other_site: tuple[str, Path]
) -> None:
    """As tag managers and bundlers do: the code runs from an address that is not the bot's."""
    code = (built / "widget.js").read_text("utf-8")
    (other_site[1] / "bundle.js").write_text(f"var first = 1;\n{code}", encoding="utf-8")
    for kind in ("", "type=module"):
        reader = host(f"<script src=bundle.js {kind}></script>")
        if not kind:
            reader.page.wait_for_function("window.ArticleChat")
            assert any("data-server" in text for text in reader.said)
        assert launchers(reader.page) == 0
        reader.page.evaluate("ArticleChat.mount(null, {open: true})")
        reader.page.wait_for_function("true")
        assert launchers(reader.page) == 0
        assert any("data-server" in text for text in reader.said)
        reader.page.evaluate("(server) => ArticleChat.mount(null, {server, open: true})", fake.url)
        reader.ask("Hello?")
    assert len(fake.asked) == 2
    assert "</script" not in code
    reader = host(f"<script data-server=BOT data-title=Inline data-open>{code}</script>")
    expect(reader.page.get_by_role("heading", name="Inline")).to_be_visible()
    reader.ask("Hello again?")
    assert len(fake.asked) == 3


def test_page_decides_when_there_is_a_chat(host: Host, fake: FakeBot) -> None:
    reader = host(
        "<script>order = []; addEventListener('error', (event) => order.push(event.message));"
        "document.addEventListener('article-chat-ready', (event) => {"
        "  order.push(event.detail === window.ArticleChat);"
        "  ArticleChat.mount('#here', {lang: 'de', suggestions: ['Eins?']});"
        "})</script><div id=here></div>" + tag("data-manual async")
    )
    expect(reader.page.get_by_label("Ihre Frage")).to_be_visible()
    expect(reader.page.locator(".choice span:last-child")).to_have_text(["Eins?"])
    assert reader.page.evaluate("order") == [True]
    assert launchers(reader.page) == 0
    reader.page.evaluate("ArticleChat.unmount('#here'); ArticleChat.mount('#here', {title: 'Anew'})")
    expect(reader.page.get_by_role("heading", name="Anew")).to_be_visible()
    expect(reader.page.locator("ask-chat")).to_have_count(1)
    reader.page.evaluate("ArticleChat.mount(); ArticleChat.mount(null)")
    expect(reader.page.locator("ask-launcher")).to_have_count(1)
    reader.page.evaluate("ArticleChat.unmount(null)")
    expect(reader.page.locator("ask-launcher")).to_have_count(0)
    expect(reader.page.locator("ask-chat")).to_have_count(1)
    reader.page.evaluate("ArticleChat.mount(); ArticleChat.unmount(); ArticleChat.unmount('#nobody')")
    expect(reader.page.locator("ask-chat")).to_have_count(0)
    reader.page.evaluate(REPLACE_BODY)
    reader.page.evaluate("new Promise((done) => setTimeout(done, 50))")
    assert launchers(reader.page) == 0
    assert not reader.errors, reader.errors


def test_message_that_is_on_its_way_is_not_lost_when_the_chat_is_taken_out(host: Host, fake: FakeBot) -> None:
    reader = host("<div id=here></div>" + tag("data-target=#here"))
    fake.replies = [503]
    reader.page.get_by_label("Your question").fill("Hello?")
    reader.page.keyboard.press("Enter")
    expect(reader.page.locator(".turn .problem")).to_be_visible()
    reader.page.evaluate("ArticleChat.unmount()")
    expect(reader.page.locator("ask-chat")).to_have_count(0)
    reader.page.evaluate("ArticleChat.mount('#here')")
    expect(reader.page.locator(".turn .text")).to_be_visible()
    assert len({body["id"] for body in fake.asked}) == 1
    assert [turn["text"] for turn in fake.turns] == ["Hello?"]


def test_wrong_options_are_named(host: Host) -> None:
    reader = host(tag("data-manual"))
    reader.page.wait_for_function("window.ArticleChat")
    wrong = "{lang: 'tlh', titel: 'x', server: 'ftp://x', accent: 5, open: false}"
    reader.page.evaluate(f"ArticleChat.mount(null, {wrong})")
    expect(reader.page.get_by_role("button", name="Open the chat")).to_be_visible()
    expect(reader.page.get_by_role("dialog")).to_be_hidden()
    for words in ("lang (data-lang) must be en or", "no option titel", "(data-server) must be", "accent (data-accent)"):
        assert [words in text for text in reader.said].count(True) == 1, (words, reader.said)
