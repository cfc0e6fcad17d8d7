"""The files of the page and the widget: what is sent, how it is kept, and the headers that guard it."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import messages
from bot.settings import Settings
from tests.support.tiny import Answer, Client, serving, tiny_agent, tiny_model

MUSEUM = "https://museum.example"
SCRIPT = b"console.log(1);" * 50
GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a build leaves, and beside it what nobody is to get."""
    around = tmp_path_factory.mktemp("web")
    (around / "secret.txt").write_text("secret")
    folder = around / "dist"
    (folder / "static" / "deep").mkdir(parents=True)
    (folder / "static" / "sibling").write_text("inside")
    (folder / "static-not").mkdir()
    (folder / "static-not" / "a.js").write_text("secret")
    (folder / "index.html").write_text("<!doctype html><title>Page</title>")
    (folder / "widget.js").write_bytes(SCRIPT)
    (folder / "widget.js.gz").write_bytes(gzip.compress(SCRIPT))
    (folder / "widget.js.br").write_bytes(b"compressed by brotli")
    (folder / "favicon.svg").write_text("<svg/>")
    (folder / "static" / "page-1A2B3C4D.js").write_bytes(SCRIPT)
    (folder / "static" / "deep" / "style.css").write_text("a{}")
    (folder / "static" / "link.txt").symlink_to(around / "secret.txt")
    return folder


@pytest.fixture(scope="module")
def client(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, dist: Path) -> Iterator[Client]:
    settings = Settings(database=tmp_path_factory.mktemp("pages") / "c.sqlite", web_origins=frozenset({MUSEUM}))
    with serving(tiny_agent(tiny_model(request.config.cache), settings), settings, pages=dist) as client:
        yield client


def test_page_lets_nothing_foreign_and_nothing_inline_in(client: Client) -> None:
    page = client.request("GET", "/")
    assert (page.status, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    policy = dict(part.strip().split(" ", 1) for part in page.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'self'"
    assert policy["require-trusted-types-for"] == "'script'"
    assert not any(word in page.headers["Content-Security-Policy"] for word in ("unsafe", "*", "http", "data:"))
    assert page.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    ["/", "/widget.js", "/static/deep/style.css", "/health", "/webhooks/web/content", "/webhooks/rest", "/nothing"],
)
def test_headers_guard_every_response(client: Client, path: str) -> None:
    answer = client.request("GET", path)
    assert {name: answer.headers[name] for name in GUARDS} == GUARDS
    assert "microphone=()" in answer.headers["Permissions-Policy"]
    if path != "/":
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_headers_guard_refusals_too(client: Client) -> None:
    for answer in (
        client.request("POST", "/"),
        client.request("POST", "/webhooks/web/message", b"x"),
        client.post(b"x" * 1_000_000),
    ):
        assert answer.status in (405, 413, 415)
        assert {name: answer.headers[name] for name in GUARDS} == GUARDS


@pytest.mark.parametrize(
    ("path", "kind", "kept"),
    [
        ("/widget.js", "text/javascript; charset=utf-8", "public, max-age=300"),
        ("/static/page-1A2B3C4D.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"),
        ("/static/deep/style.css", "text/css; charset=utf-8", "public, max-age=300"),
        ("/favicon.svg", "image/svg+xml; charset=utf-8", "public, max-age=300"),
    ],
)
def test_files_say_what_they_are_and_how_long_they_hold(client: Client, path: str, kind: str, kept: str) -> None:
    answer = client.request("GET", path)
    assert answer.status == 200
    assert (answer.headers["content-type"], answer.headers["Cache-Control"]) == (kind, kept)
    head = client.request("HEAD", path)
    assert (head.status, head.body, head.headers["ETag"]) == (200, b"", answer.headers["ETag"])


def test_file_is_not_sent_again_while_it_is_the_same(client: Client, dist: Path) -> None:
    tag = client.request("GET", "/static/deep/style.css").headers["ETag"]
    assert client.request("GET", "/static/deep/style.css", If_None_Match=f'W/{tag}, "x"').status == 304
    (dist / "static" / "deep" / "style.css").write_text("b{color:red}")
    again = client.request("GET", "/static/deep/style.css", If_None_Match=tag)
    assert (again.status, again.body) == (200, b"b{color:red}")


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("GZIP;q=0.5, br;q=0", "gzip"),
        ("identity", None),
        ("", None),
        ("br; q=0.000, deflate", None),
    ],
)
def test_compressed_file_is_sent_to_who_takes_it(client: Client, accepted: str, encoding: str | None) -> None:
    answer = client.request("GET", "/widget.js", Accept_Encoding=accepted)
    assert answer.headers.get("Content-Encoding") == encoding
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "Accept-Encoding" in answer.headers["Vary"]
    sent = {"br": b"compressed by brotli", "gzip": SCRIPT, None: SCRIPT}[encoding]
    assert (gzip.decompress(answer.body) if encoding == "gzip" else answer.body) == sent


def test_other_sites_may_load_the_widget_and_no_more(client: Client) -> None:
    for path in ("/widget.js", "/static/page-1A2B3C4D.js"):
        for origin in (MUSEUM, "https://not-allowed.example", "null"):  # which still has to say that it is not allowed
            answer = client.request("GET", path, Origin=origin)
            assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
            assert answer.headers["Access-Control-Allow-Origin"] == "*"
    for path in ("/", "/webhooks/web/content", "/webhooks/web/history", "/favicon.svg"):
        answer = client.request("GET", path, Origin="https://not-allowed.example")
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/static/",
        "/static/deep",
        "/static/none.js",
        "/static/../../secret.txt",
        "/static/%2e%2e/%2e%2e/secret.txt",
        "/static/..%2f..%2fsecret.txt",
        "/static/%2e%2e%2f%2e%2e%2fsecret.txt",
        "/static/..\\..\\secret.txt",
        "/static/../static-not/a.js",
        "/static//etc/passwd",
        "/static/%2fetc%2fpasswd",
        "/static/%00",
        "/static/a%00.js",
        "/static/" + "a" * 5000,
        "/static/link.txt",
        "/secret.txt",
        "/index.html",
    ],
    ids=range(17),
)
def test_nothing_else_is_sent(client: Client, path: str) -> None:
    answer = client.request("GET", path)
    assert answer.status == 404
    assert b"secret" not in answer.body.replace(path.encode(), b"").replace(b"secret.txt", b"")
    assert answer.json["error"]["code"] == "not_found"


def test_page_that_is_not_built_says_what_to_do(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    settings = Settings(database=tmp_path / "c.sqlite")
    agent = tiny_agent(tiny_model(request.config.cache), settings)
    with serving(agent, settings, pages=tmp_path / "none") as client:
        answer: Answer = client.request("GET", "/")
        assert (answer.status, answer.body.decode()) == (503, messages.PAGE_MISSING + "\n")
        assert client.request("GET", "/widget.js").status == 404
        assert client.say("a", "when?").status == 200
