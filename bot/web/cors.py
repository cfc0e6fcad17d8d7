"""Which web pages may speak with the bot: those of its own origin, and those an operator lists.

An origin is compared as a whole, never by a pattern: "https://museum.example" lets in neither
"https://museum.example.evil.test" nor "https://evil-museum.example" nor "http://museum.example".
"""

from __future__ import annotations

import logging

from sanic import Blueprint
from sanic.exceptions import MethodNotSupported
from sanic.request import Request
from sanic.response import HTTPResponse, empty

from bot import messages
from bot.settings.origins import read_origin
from bot.web.http import RequestError, refusal

PREFLIGHT_SECONDS = 600
MAX_NAMED = 100
"""Refused origins that the log names; anybody can make up more."""
MAX_SHOWN = 300
"""Characters of an origin; a name of a host has 253 at most."""

logger = logging.getLogger(__name__)
_named: set[str] = set()


def foreign_origin(request: Request) -> str | None:
    """Return the origin of the page that asks, None where it is our own or the request is not a page's."""
    origin = request.headers.get("origin")
    if origin is None or _is_own(origin, request):
        return None
    return origin


def check_origin(request: Request, allowed: frozenset[str]) -> None:
    """Raise RequestError for a request by a page that is neither ours nor allowed; the log names its origin once."""
    origin = foreign_origin(request)
    if origin is not None and origin not in allowed:
        text = messages.bad_origin(_shown(origin), _advice(origin))
        if origin not in _named and len(_named) < MAX_NAMED:
            _named.add(origin)
            logger.warning("%s", text)
        raise RequestError(403, "bad_origin", text)


def answer_origin(request: Request, allowed: frozenset[str]) -> HTTPResponse | None:
    """Tell a page that may not speak with the bot so, and why; None for one that may.

    The page can read this answer, which holds nothing else: a browser tells it nothing of other refusals, and the
    widget would take them for a broken network.
    """
    try:
        check_origin(request, allowed)
    except RequestError as error:
        error.headers["Access-Control-Allow-Origin"] = "*"
        return refusal(error)
    return None


def add_headers(routes: Blueprint, allowed: frozenset[str]) -> None:
    """Have all responses of some routes carry the headers by which a browser lets an allowed page read them.

    Cookies are never allowed along: another site's page has a token instead.
    """

    @routes.middleware("response")
    async def add(request: Request, response: HTTPResponse) -> None:
        vary = response.headers.get("Vary")
        response.headers["Vary"] = f"{vary}, Origin" if vary else "Origin"
        origin = foreign_origin(request)
        if origin is not None and origin in allowed:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] = "Retry-After, ETag, Content-Disposition"


def preflight(request: Request, allowed: frozenset[str]) -> HTTPResponse:
    """Answer the question that a browser asks before a request to another origin.

    What names the origin is added as to every response (`add_headers`).
    """
    if "access-control-request-method" not in request.headers:
        raise MethodNotSupported(messages.NO_OPTIONS, request.method, ["GET", "POST"])
    try:
        check_origin(request, allowed)
    except RequestError as error:
        return refusal(error)
    return empty(
        headers={
            "Access-Control-Allow-Methods": "GET, POST",
            "Access-Control-Allow-Headers": "Authorization, Content-Type",
            "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
        }
    )


def is_https(request: Request) -> bool:
    """Say whether a page of ours came over https: by our own socket, a trusted proxy, or the browser's word."""
    return request.scheme == "https" or request.headers.get("origin", "").startswith("https://")


def _shown(origin: str) -> str:
    """Return an origin as it can be shown in a log: what a client sends may be anything."""
    text = origin[:MAX_SHOWN] + ("..." if len(origin) > MAX_SHOWN else "")
    return text if text.isascii() and text.isprintable() else ascii(text)


def _advice(origin: str) -> str:
    if origin == "null":
        return messages.ORIGIN_NULL
    if len(origin) > MAX_SHOWN:
        return messages.NOT_AN_ORIGIN
    try:
        return messages.allow_origin(read_origin(origin))
    except ValueError:
        return messages.NOT_AN_ORIGIN


def _is_own(origin: str, request: Request) -> bool:
    try:
        asked = read_origin(origin)
    except ValueError:  # "null" too
        return False
    # A proxy that ends TLS may not say so, so by http we may have been reached by either.
    schemes = ("https",) if request.scheme == "https" else ("http", "https")
    for scheme in schemes:
        try:
            if asked == read_origin(f"{scheme}://{request.host}"):
                return True
        except ValueError:
            return False
    return False
