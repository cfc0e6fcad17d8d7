"""A stand-in for the server: the built files, and a web channel that answers as a test tells it to."""

from __future__ import annotations

import json
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.support.waiting import wait_until

DIST = Path(__file__).parents[2] / "web" / "dist"

STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none';"
    " form-action 'none'; require-trusted-types-for 'script'; trusted-types lit-html"
)
"""What the page has to work under; Trusted Types on top refuse every string that is set as HTML."""

SENTENCES = ["The mill was built in 1820.", "It burnt down two days after the flood."]


def said(text: str, *buttons: str, quotes: dict[str, str] | None = None, **custom: Any) -> list[dict[str, Any]]:
    """Build a reply's messages."""
    evidence = [{"sentence": s, "start": 0, "end": len(q), "quote": q} for s, q in (quotes or {}).items()]
    message: dict[str, Any] = {"text": text}
    if buttons:
        message["buttons"] = [{"title": title, "payload": title} for title in buttons]
    answer = {"status": "answered", "facts": [], "derived": False, "evidence": evidence}
    return [message, {"custom": {"answer": answer, **custom}}]


def small_content() -> dict[str, Any]:
    """What `GET /content` answers: a mill instead of the article."""
    sentences = [
        {"id": f"P1S{n}", "text": text, "start": 0, "end": len(text), "questions": [f"Question about {n}?"]}
        for n, text in enumerate(SENTENCES, start=1)
    ]
    item = {"says": "the mill was built", "noun": "the building", "sentence": "P1S1", "quote": SENTENCES[0]}
    other = {"says": "the mill burnt down", "noun": "the fire", "sentence": "P1S2", "quote": SENTENCES[1]}
    question = {"question": "When was the mill built?"}
    return {
        "title": "The mill",
        "paragraphs": [{"id": "P1", "sentences": sentences}],
        "timeline": {
            "title": "Timeline", "alt": "Two events", "stated": "stated", "counted": "counted", "undated": "order only",
            "items": [
                {"id": "built", "dating": "stated", "when": "1820", "day": None, "counted": "", **item, **question},
                {"id": "burnt", "dating": "counted", "when": "May 3rd", "day": None, "counted": "counted: two days",
                 **other, **question},
            ],
        },
        "map": {
            "title": "Who", "alt": "Who",
            "columns": [
                {"kinds": ["person"], "title": {"en": "People"}},
                {"kinds": ["town"], "title": {"en": "Towns"}},
            ],
            "entities": [
                {"id": "miller", "type": "person", "form": "round", "name": "The miller", "short": "Miller",
                 "about": "He milled.", "sentence": "P1S1", "quote": SENTENCES[0], **question, "positions": []},
                {"id": "town", "type": "town", "form": "plain", "name": "The town", "short": "Town", "about": "",
                 "sentence": "P1S2", "quote": SENTENCES[1], "question": None, "positions": []},
            ],
            "relations": [{"id": "r1", "from": "miller", "to": "town", "label": "serves", "mutual": False, "fact": "f",
                           **item, **question}],
        },
        "texts": {"greeting": "", "examples": ["When was the mill built?"]},
    }  # fmt: skip


@dataclass
class FakeBot:
    """What the stand-in answers and what it was asked."""

    url: str = ""
    content: dict[str, Any] = field(default_factory=small_content)
    replies: list[Any] = field(default_factory=list)
    """What the next messages get: a reply's messages, an int (a status), or (status, headers)."""
    held: bool = False
    """Whether answers are kept back, until it is set to False again."""
    turns: list[dict[str, Any]] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    requests: list[tuple[str, str, dict[str, str], dict[str, Any]]] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)
    """Pages of its own, by path."""
    sessions: int = 0
    allow: str | None = None
    """The one other origin that may use it."""
    forbidden: bool = False
    """Whether that one may no longer."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, body: dict[str, Any]) -> tuple[int, dict[str, str], dict[str, Any]]:
        """Answer POST /message; a message whose id has a turn gets that turn's reply again."""
        self.asked.append(body)
        wait_until(lambda: not self.held)
        with self.lock:
            return self._answer(body)

    def _answer(self, body: dict[str, Any]) -> tuple[int, dict[str, str], dict[str, Any]]:
        for turn in self.turns:
            if turn["id"] == body["id"]:
                return 200, {}, {"id": body["id"], "repeated": True, "messages": turn["messages"]}
        reply = self.replies.pop(0) if self.replies else said("An answer.", quotes={"P1S1": SENTENCES[0]})
        status, headers = reply if isinstance(reply, tuple) else (reply, {})
        if isinstance(status, int):
            return status, headers, {"error": {"code": "scripted", "message": f"Scripted {status}."}}
        self.turns.append(
            {"id": body["id"], "text": body.get("payload") or body["text"], "sentence": body.get("sentence"),
             "time": "2026-01-31T12:00:00Z", "messages": reply, "verdict": None, "remark": ""}
        )  # fmt: skip
        return 200, {}, {"id": body["id"], "repeated": False, "messages": reply}


@contextmanager
def fake_bot(port: int = 0) -> Iterator[FakeBot]:
    """Run the stand-in on loopback."""
    bot = FakeBot()

    class Handler(_Handler):
        fake = bot

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    bot.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield bot
    finally:
        bot.held = False
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    fake: FakeBot
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        self._note({})
        if path == "/webhooks/web/" and self.fake.forbidden:
            refusal = {"error": {"code": "bad_origin", "message": "Not any more."}}
            self._json(403, refusal, {"Access-Control-Allow-Origin": "*"})
        elif path == "/webhooks/web/history":
            self._json(200, {"turns": self.fake.turns})
        elif path == "/webhooks/web/content":
            self._json(200, self.fake.content)
        elif path in self.fake.pages:
            kind = mimetypes.guess_type(path)[0] or "text/html"
            self._send(200, self.fake.pages[path].encode(), f"{kind}; charset=utf-8", {})
        else:
            self._file("index.html" if path == "/" else path.lstrip("/"))

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
        self._note(body)
        path = self.path.rpartition("/")[2]
        if path == "session":
            self.fake.sessions += 1
            self._json(200, {"token": "t" if self.headers.get("Origin") != self.fake.url else None, "restored": True})
        elif path == "message":
            status, headers, content = self.fake.answer(body)
            self._json(status, content, headers)
        elif path == "restart":
            self.fake.turns.clear()
            self._json(200, {"token": None, "restored": False})
        else:
            self._json(200, {"id": body.get("id"), "verdict": body.get("verdict")})

    def do_OPTIONS(self) -> None:
        self._send(204, b"", "text/plain", {})

    def log_message(self, *arguments: object) -> None:
        """Say nothing: a test's output is its own."""

    def _note(self, body: dict[str, Any]) -> None:
        self.fake.requests.append((self.command, self.path, dict(self.headers), body))

    def _file(self, path: str) -> None:
        place = (DIST / path).resolve()
        if DIST not in place.parents or not place.is_file():
            self._json(404, {"error": {"code": "not_found", "message": path}})
            return
        kind = mimetypes.guess_type(place.name)[0] or "application/octet-stream"
        self._send(200, place.read_bytes(), kind, {"Content-Security-Policy": STRICT})

    def _json(self, status: int, content: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        self._send(status, json.dumps(content).encode(), "application/json", headers or {})

    def _send(self, status: int, content: bytes, kind: str, headers: dict[str, str]) -> None:
        self.send_response(status)
        if self.fake.allow and not self.fake.forbidden and self.headers.get("Origin") == self.fake.allow:
            headers = {
                **headers,
                "Access-Control-Allow-Origin": self.fake.allow,
                "Access-Control-Allow-Headers": "Authorization, Content-Type",
                "Access-Control-Expose-Headers": "Retry-After",
            }
        for name, value in {"Content-Type": kind, "Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
