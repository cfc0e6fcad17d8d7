"""Hostile text, other sites, other hosts: nothing runs, nothing leaks, nothing is fetched from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from bot import paths
from tests.browser.conftest import Server, Visit
from tests.browser.fake import FakeBot, said, small_content

Open = Callable[..., Visit]

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "\"><iframe srcdoc='<script>alert(1)</script>'>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "${alert(1)} {{constructor.constructor('alert(1)')()}}",
    "<style>*{display:none}</style><link rel=stylesheet href=//evil.example>",
    "<base href=//evil.example><form action=//evil.example><button>x</button></form>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
]
INERT = """() => {
    const found = [];
    const look = (root) => root.querySelectorAll("*").forEach((element) => {
        if (element.shadowRoot) look(element.shadowRoot);
        const bad = ["IFRAME", "OBJECT", "EMBED", "IMG", "BASE", "MATH", "STYLE"].includes(element.tagName)
            || (element.tagName === "SCRIPT" && !element.src)
            || [...element.attributes].some((a) => a.name.startsWith("on"))
            || ["href", "src", "action"].some((a) => /^\\s*(javascript|data):/i.test(element.getAttribute(a)));
        if (bad) found.push(element.outerHTML.slice(0, 200));
    });
    look(document);
    return found;
}"""


def assert_inert(reader: Visit) -> None:
    assert reader.page.evaluate(INERT) == []
    assert reader.dialogs == []
    assert reader.errors == []


def test_what_a_reader_types_stays_text(server: Server, visit: Open) -> None:
    reader = visit(server.url)
    for text in HOSTILE:
        reader.ask(text)
    assert reader.asked() == HOSTILE
    assert_inert(reader)
    reader.page.reload()
    expect(reader.page.locator(".turn")).to_have_count(len(HOSTILE))
    assert_inert(reader)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_the_server_says_stays_text(fake: FakeBot, visit: Open, hostile: str) -> None:
    content = small_content()
    content["title"] = hostile
    content["paragraphs"][0]["sentences"][0].update(text=hostile, questions=[hostile])
    for item in (*content["timeline"]["items"], *content["map"]["entities"], *content["map"]["relations"]):
        item.update(dict.fromkeys(("says", "name", "short", "about", "label", "quote", "when", "question"), hostile))
    content["texts"]["examples"] = [hostile]
    fake.content = content
    picture = {"name": "timeline", "alt": hostile}
    fake.replies = [said(f"{hostile} P1S1", hostile, quotes={"P1S1": hostile, hostile: hostile}, picture=picture)]
    reader = visit(fake.url)
    reader.ask("Hello?")
    reader.page.locator(".choice").last.hover()
    reader.page.locator("ask-article .sentence").first.click()
    reader.page.get_by_role("tab", name="Timeline").click()
    reader.page.locator("#pane-timeline .event").first.click()
    reader.page.get_by_role("tab", name="Who stood where").click()
    reader.page.locator("#pane-map .entity").first.click()
    reader.page.locator("#pane-map .statement .says").first.click()
    assert hostile in reader.page.locator(".turn .text").last.inner_text()
    assert_inert(reader)


def test_links_are_followed_to_web_addresses_only(fake: FakeBot, visit: Open) -> None:
    fake.replies = [said("See https://example.org/a?b=c, javascript:alert(1), file:///etc/passwd, mailto:x@y.example.")]
    reader = visit(fake.url)
    reader.ask("Hello?")
    links = reader.page.locator(".text a")
    expect(links).to_have_count(1)
    expect(links).to_have_attribute("href", "https://example.org/a?b=c")
    expect(links).to_have_attribute("rel", "noopener noreferrer")


def test_no_request_goes_to_another_host(server: Server, visit: Open) -> None:
    reader = visit(server.url)
    reader.ask("timeline")
    for name in ("Timeline", "Who stood where", "Article"):
        reader.page.get_by_role("tab", name=name).click()
    assert len(reader.requests) > 5
    assert {urlsplit(url).netloc for url in reader.requests} == {urlsplit(server.url).netloc}
    assert reader.errors == []


def test_policy_of_the_page_is_strict(server: Server, visit: Open) -> None:
    reader = visit("about:blank")
    policy = reader.page.goto(server.url).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.fixture
def embedded(server: Server, other_site: tuple[str, Path]) -> Callable[[str], str]:
    """Put an example page on the other site and return its address."""

    def put(name: str) -> str:
        site, folder = other_site
        page = (paths.ROOT / "web" / "examples" / name).read_text(encoding="utf-8")
        assert "http://127.0.0.1:5005/widget.js" in page
        (folder / name).write_text(page.replace("http://127.0.0.1:5005", server.url), encoding="utf-8")
        return f"{site}/{name}"

    return put


def test_another_site_embeds_the_chat_in_its_corner(server: Server, visit: Open, embedded: Callable) -> None:
    reader = visit(embedded("corner.html"))
    reader.page.get_by_role("button", name="Open the chat").click()
    dialog = reader.page.get_by_role("dialog", name="Ask the archive")
    expect(dialog).to_be_visible()
    expect(reader.page.locator("ask-composer textarea")).to_be_focused()
    assert "December 12th" in reader.ask("When did Russia leave?")
    chip = reader.page.get_by_role("button", name="Paragraph 3, sentence 8: show it here")
    chip.click()
    expect(chip).to_have_attribute("aria-expanded", "true")
    expect(reader.page.locator("ask-chat blockquote")).to_contain_text("December 12th")
    reader.page.reload()
    reader.page.get_by_role("button", name="Open the chat").click()
    assert "December 10th" in reader.ask("And Belarus?")
    reader.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(reader.page.get_by_role("button", name="Open the chat")).to_be_focused()
    style = "e => { const s = getComputedStyle(e); return [s.letterSpacing, s.fontFamily, s.textTransform]; }"
    spacing, font, transform = reader.page.locator("ask-chat .send").evaluate(style)
    assert (spacing, transform) == ("normal", "none")
    assert "Comic" not in font


def test_another_site_embeds_the_chat_in_its_text(server: Server, visit: Open, embedded: Callable) -> None:
    reader = visit(embedded("inline.html"))
    expect(reader.page.get_by_role("heading", name="Fragen an den Text")).to_be_visible()
    expect(reader.page.locator(".choice")).to_have_count(2)
    reader.ask("timeline")
    expect(reader.page.locator("ask-timeline figure > svg")).to_be_visible()
    reader.page.get_by_role("button", name="Neues Gespräch").click()
    expect(reader.page.get_by_text("Ein neues Gespräch beginnt.")).to_be_visible()
    assert [error for error in reader.errors if "favicon" not in error and "404" not in error] == []


def test_another_site_whose_storage_is_full_has_a_conversation(server: Server, visit: Open, embedded: Callable) -> None:
    reader = visit("about:blank")
    reader.context.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }"
    )
    reader.page.goto(embedded("inline.html"))
    reader.ask("When did Russia leave?")
    assert "December 10th" in reader.ask("And Belarus?")


def test_site_that_is_not_allowed_gets_no_answer(server: Server, visit: Open, fake: FakeBot) -> None:
    fake.pages["/page"] = f"<!doctype html><title>x</title><script src='{server.url}/widget.js'></script>"
    reader = visit(fake.url + "/page")
    reader.page.get_by_role("button", name="Open the chat").click()
    expect(reader.page.get_by_text("The chat isn’t available on this page.")).to_be_visible()
    expect(reader.page.locator("ask-composer, .turn, .choice, .greeting")).to_have_count(0)
    answered = [url for url in reader.requests if url.endswith(("/message", "/history"))]
    assert not answered
    log = (server.folder / "server.log").read_text()
    assert log.count(f"WEB_ORIGINS={fake.url}") == 1


def test_limits_of_another_site_are_waited_out(fake: FakeBot, visit: Open, other_site: tuple[str, Path]) -> None:
    site, folder = other_site
    fake.allow = site
    fake.replies = [(429, {"Retry-After": "2"})]
    (folder / "limit.html").write_text(f"<!doctype html><title>x</title><script src='{fake.url}/widget.js'></script>")
    reader = visit(f"{site}/limit.html")
    reader.page.get_by_role("button", name="Open the chat").click()
    reader.page.locator("ask-composer textarea").fill("Hello?")
    reader.page.keyboard.press("Enter")
    expect(reader.page.get_by_text("Your message goes out in")).to_be_visible()
    expect(reader.page.get_by_text("An answer.")).to_be_visible()
    messages = [headers for method, path, headers, _ in fake.requests if method == "POST" and path.endswith("message")]
    assert all(headers["Authorization"] == "Bearer t" and "Cookie" not in headers for headers in messages)


def test_widget_is_small(built: Path) -> None:
    widget = (built / "widget.js.gz").stat().st_size
    page = sum(path.stat().st_size for path in (built / "static").glob("*.gz"))
    print(f"widget.js {widget} bytes compressed, the page's files {page}")
    assert widget < 60_000
    assert page < 60_000
