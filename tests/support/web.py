"""A reader of the web channel, as the widget is one: keeps a cookie or a token and sends it along."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

from tests.support.tiny import Answer, Client

WEB = "/webhooks/web"


@dataclass
class Reader:
    """One browser: with `origin`, on another site's page."""

    client: Client
    origin: str | None = None
    cookies: dict[str, str] = field(default_factory=dict)
    token: str | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Answer:
        return self._request("GET", path, None, headers)

    def post(self, path: str, content: Any, **headers: str) -> Answer:
        """Post JSON; bytes are sent as they are."""
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        return self._request("POST", path, body, {"Content_Type": "application/json", **headers})

    def begin(self) -> Answer:
        """Ask for a conversation."""
        return self.post("/session", {})

    def say(self, text: str, message_id: str | None = None, **fields: Any) -> Answer:
        """Ask something, in a conversation that has begun."""
        return self.post("/message", {"text": text, "id": message_id or uuid.uuid4().hex, **fields})

    def history(self) -> list[dict[str, Any]]:
        """Return the turns so far."""
        answer = self.get("/history")
        assert answer.status == 200, answer.body
        return answer.json["turns"]

    def _request(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        sent = dict(self.headers)
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if self.origin:
            sent["Origin"] = self.origin
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        answer = self.client.request(method, WEB + path, body, **{**sent, **headers})
        jar = SimpleCookie(answer.headers.get("Set-Cookie", ""))
        self.cookies.update({name: morsel.value for name, morsel in jar.items()})
        if path in ("/session", "/restart") and answer.status == 200:
            self.token = answer.json["token"] or self.token
        return answer


def reader(client: Client, origin: str | None = None, **headers: str) -> Reader:
    """Return a reader whose conversation has begun."""
    new = Reader(client, origin, headers=headers)
    assert new.begin().status == 200
    return new


def texts(answer: Answer) -> str:
    """Return all texts of a reply."""
    assert answer.status == 200, answer.body
    return "\n".join(message["text"] for message in answer.json["messages"] if "text" in message)


def code_of(answer: Answer) -> tuple[int, str]:
    """Return status and code of a JSON error, which always has a text too."""
    assert set(answer.json) == {"error"}, answer.body
    assert set(answer.json["error"]) == {"code", "message"}
    assert answer.json["error"]["message"]
    return answer.status, answer.json["error"]["code"]
