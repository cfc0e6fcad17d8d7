"""The page at `/`, the widget's script and what they load: files built into `web/dist/`, with the headers they need."""

from __future__ import annotations

import mimetypes
import re
from pathlib import Path

from sanic import Sanic
from sanic.exceptions import NotFound
from sanic.request import Request
from sanic.response import HTTPResponse, empty, text

from bot import messages
from bot.web.http import encodings, tags

PAGE = "index.html"
WIDGET = "widget.js"
STATIC = "static"
ICONS = ("favicon.svg", "favicon.ico")

PAGE_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        "require-trusted-types-for 'script'",
        "trusted-types lit-html",
    ]
)
"""Nothing inline, nothing from elsewhere; and only Lit makes HTML from text, from its templates: a script that assigns
innerHTML fails."""
NO_PAGE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""For what is not a page, should a browser show it as one."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": NO_PAGE_POLICY,
}
"""Of every response, unless it says otherwise."""

_CHECK_AGAIN = "no-cache"
_FOR_MINUTES = "public, max-age=300"
_FOR_EVER = "public, max-age=31536000, immutable"
_HASHED = re.compile(r"-[A-Z0-9]{8}\.[a-z0-9]+$")
"""As esbuild names files by their content."""
_COMPRESSED = (("br", ".br"), ("gzip", ".gz"))
_TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
_TEXT = ("text/", "image/svg+xml", "application/json")
_SHARED = {"Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*"}
"""For what any site's page may load, as a script or as a module, for which browsers use CORS. These files are the same
for everybody; a page that may not speak with the bot needs them to say so."""


def add_pages(app: Sanic, folder: Path) -> None:
    """Serve the built page and widget of a folder; pages of other sites may load the widget and its parts."""

    async def page(request: Request) -> HTTPResponse:
        if not (folder / PAGE).is_file():
            return text(messages.PAGE_MISSING + "\n", status=503)
        return _send(request, folder / PAGE, _CHECK_AGAIN, {"Content-Security-Policy": PAGE_POLICY})

    async def widget(request: Request) -> HTTPResponse:
        return _send(request, folder / WIDGET, _FOR_MINUTES, _SHARED)

    async def part(request: Request, path: str) -> HTTPResponse:
        kept = _FOR_EVER if _HASHED.search(path) else _FOR_MINUTES
        return _send(request, _inside(folder / STATIC, path), kept, _SHARED)

    async def icon(request: Request) -> HTTPResponse:
        return _send(request, folder / request.path.lstrip("/"), _FOR_MINUTES)

    both = ["GET", "HEAD"]
    app.add_route(page, "/", methods=both, name="page")
    app.add_route(widget, f"/{WIDGET}", methods=both, name="widget")
    app.add_route(part, f"/{STATIC}/<path:path>", methods=both, name="part")
    for name in ICONS:
        app.add_route(icon, f"/{name}", methods=both, name=name.replace(".", "_"))
    app.register_middleware(_add_headers, "response")


async def _add_headers(request: Request, response: HTTPResponse) -> None:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)


def _inside(folder: Path, path: str) -> Path:
    """Return the file of a path that a client names; NotFound for one outside the folder."""
    try:
        file = (folder / path).resolve()
    except (OSError, ValueError, RuntimeError):  # a NUL, a loop of links
        raise NotFound(messages.NO_SUCH_FILE) from None
    if not file.is_relative_to(folder.resolve()):
        raise NotFound(messages.NO_SUCH_FILE)
    return file


def _send(request: Request, file: Path, kept: str, more: dict[str, str] | None = None) -> HTTPResponse:
    """Send a file, compressed where a compressed one stands beside it, or only say that it has not changed.

    The files are small and in the operating system's cache, so reading them does not hold up anybody.
    """
    headers = {"Cache-Control": kept, "Vary": "Accept-Encoding", **(more or {})}
    accepted = encodings(request.headers.get("accept-encoding", ""))
    sent, encoding = file, None
    for name, suffix in _COMPRESSED:
        other = file.with_name(file.name + suffix)
        if name in accepted and other.is_file():
            sent, encoding = other, name
            break
    try:
        content = sent.read_bytes()
        state = sent.stat()
    except (OSError, ValueError):
        raise NotFound(messages.NO_SUCH_FILE) from None
    headers["ETag"] = f'"{state.st_mtime_ns:x}-{state.st_size:x}{"-" + encoding if encoding else ""}"'
    if headers["ETag"] in tags(request.headers.get("if-none-match", "")):
        return empty(304, headers)
    if encoding:
        headers["Content-Encoding"] = encoding
    kind = _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    if kind.startswith(_TEXT):
        kind += "; charset=utf-8"
    return HTTPResponse(content, headers=headers, content_type=kind)
