"""What the HTTP channels share: reading a JSON request, refusing one."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse, empty
from sanic.response import json as json_response

from bot import messages
from bot.web.limits import retry_after

JSON_TYPE = "application/json"


class RequestError(Exception):
    """A request that cannot be served: the caller's fault."""

    def __init__(self, status: int, code: str, text: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(text)
        self.status, self.code, self.text, self.headers = status, code, text, dict(headers or {})


def read_object(content_type: str, body: bytes, max_bytes: int, not_an_object: str) -> dict[str, Any]:
    """Read the JSON object that a request carries, or raise RequestError (with `not_an_object` for other JSON)."""
    if len(body) > max_bytes:
        raise RequestError(413, "too_large", messages.body_too_large(max_bytes))
    if content_type.split(";")[0].strip().lower() != JSON_TYPE:
        raise RequestError(415, "not_json", messages.NOT_JSON_TYPE)
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):  # not UTF-8, not JSON, nested too deeply
        raise RequestError(400, "not_json", messages.NOT_JSON) from None
    if not isinstance(content, dict):
        raise RequestError(400, "not_an_object", not_an_object)
    return content


def too_fast(wait: float) -> RequestError:
    """Build the refusal of a request that came too soon."""
    return RequestError(429, "too_many", messages.TOO_FAST, {"Retry-After": retry_after(wait)})


def error_response(status: int, code: str, text: str, headers: Mapping[str, str] | None = None) -> HTTPResponse:
    """Build the answer to a request that is not served."""
    return json_response({"error": {"code": code, "message": text}}, status=status, headers=dict(headers or {}))


def refusal(error: RequestError) -> HTTPResponse:
    """Build the answer that a RequestError stands for."""
    return error_response(error.status, error.code, error.text, error.headers)


@dataclass(frozen=True)
class Body:
    """What is sent alike to everybody, also in its compressed form, if that is smaller."""

    content: bytes
    content_type: str
    tag: str
    gzipped: bytes | None = None


def body(content: bytes, content_type: str, compress: bool = False) -> Body:
    """Get something ready to be sent many times."""
    tag = '"' + hashlib.sha256(content).hexdigest()[:16] + '"'
    return Body(content, content_type, tag, gzip.compress(content, mtime=0) if compress else None)


def cached(request: Request, sent: Body) -> HTTPResponse:
    """Build the response that sends a body, or tells a browser that has it already so."""
    headers = {"ETag": sent.tag, "Cache-Control": "no-cache"}
    if sent.tag in tags(request.headers.get("if-none-match", "")):
        return empty(304, headers)
    content = sent.content
    if sent.gzipped is not None:
        headers["Vary"] = "Accept-Encoding"
        if "gzip" in encodings(request.headers.get("accept-encoding", "")):
            content = sent.gzipped
            headers["Content-Encoding"] = "gzip"
    return HTTPResponse(content, headers=headers, content_type=sent.content_type)


def tags(header: str) -> list[str]:
    """Return the entity tags of an If-None-Match header; whether weak or strong does not matter there."""
    return [tag.strip().removeprefix("W/") for tag in header.split(",")]


def encodings(header: str) -> set[str]:
    """Return the encodings that an Accept-Encoding header takes."""
    accepted = set()
    for part in header.lower().split(","):
        name, _, quality = part.partition(";")
        if quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
            accepted.add(name.strip())
    return accepted
