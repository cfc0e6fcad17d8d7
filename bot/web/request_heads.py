"""Heads of HTTP requests that must not reach Sanic 21.12, which loops or falls over some. Pure functions.

Only for as long as Sanic reads the requests: `Content-Length: -1` alone stops the whole server for good.
"""

from __future__ import annotations

import re

from httptools import HttpParserError, parse_url

MAX_FIELDS = 100
"""Header fields in a request; a browser sends some twenty."""
MAX_LENGTH_DIGITS = 15
MAX_CHUNK_DIGITS = 8
MAX_CHUNK_LINE = 64

_TOKEN = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_REQUEST_LINE = re.compile(rb"(%s) ([\x21-\x7e]+) HTTP/1\.([01])" % _TOKEN)
_FIELD = re.compile(rb"(%s):[ \t]*([^\x00-\x08\x0a-\x1f\x7f]*)" % _TOKEN)
_DIGITS = re.compile(rb"[0-9]{1,%d}" % MAX_LENGTH_DIGITS)
_CHUNK_LINE = re.compile(rb"([0-9A-Fa-f]{1,%d})[ \t]*(;[\x20-\x7e\t]*)?" % MAX_CHUNK_DIGITS)
_REG_NAME = rb"(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*"
_HOST = re.compile(rb"(?:\[[0-9A-Fa-f:.]+(?:%%25[A-Za-z0-9._~-]+)?\]|%b)(?::[0-9]*)?" % _REG_NAME)
_CHUNKED = re.compile(rb"(\r\nTransfer-Encoding:)[ \t]*chunked[ \t]*(?=\r\n|\Z)", re.IGNORECASE)
_ONCE = (b"host", b"content-length", b"transfer-encoding", b"content-type", b"expect")


class BadRequestHead(Exception):
    """A head that no handler should see; its text is for whoever wrote the client."""

    def __init__(self, text: str, status: int = 400) -> None:
        super().__init__(text)
        self.status = status


def check_head(head: bytes) -> None:
    """Check the head of a request, without the blank line that ends it, or raise BadRequestHead."""
    line, *lines = head.split(b"\r\n")
    request = _REQUEST_LINE.fullmatch(line)
    if not request:
        raise BadRequestHead("The request line must be: METHOD /path HTTP/1.1, in ASCII.")
    _check_target(request[2])
    if len(lines) > MAX_FIELDS:
        raise BadRequestHead(f"More than {MAX_FIELDS} header fields.", 431)
    fields: dict[bytes, bytes] = {}
    for line in lines:
        field = _FIELD.fullmatch(line)
        if not field or not _is_text(field[2]):
            raise BadRequestHead("A header field must be: Name: value, on one line, without control characters.")
        name = field[1].lower()
        if name in fields and name in _ONCE:
            raise BadRequestHead(f"The header {name.decode()} may come once only.")
        fields[name] = field[2].rstrip(b" \t")
    _check_host(fields.get(b"host"), old=request[3] == b"0")
    _check_framing(fields, old=request[3] == b"0")


def for_sanic(head: bytes) -> bytes:
    """Write in a head that was checked the coding of the body as Sanic does: it knows small letters only."""
    return _CHUNKED.sub(rb"\1 chunked", head, count=1)


def chunk_size(line: bytes) -> int:
    """Return the size that the line before a chunk of a body gives, without its line end, or raise BadRequestHead."""
    found = _CHUNK_LINE.fullmatch(line)
    if not found:
        raise BadRequestHead(f"The size of a chunk must be 1 to {MAX_CHUNK_DIGITS} hexadecimal digits.")
    return int(found[1], 16)


def _check_target(target: bytes) -> None:
    try:
        path = parse_url(target).path  # as Sanic does
    except HttpParserError:
        path = None
    if not path or not path.startswith(b"/"):
        raise BadRequestHead("The address in the request line is not valid.")


def _check_host(host: bytes | None, old: bool) -> None:
    if host is None and not old:
        raise BadRequestHead("The header Host is missing.")
    if not _HOST.fullmatch(host or b""):
        raise BadRequestHead("The header Host must be a name or an address, with or without a port.")


def _check_framing(fields: dict[bytes, bytes], old: bool) -> None:
    """Check what says where the body ends."""
    coding, length = fields.get(b"transfer-encoding"), fields.get(b"content-length")
    if coding is not None and (coding.lower() != b"chunked" or length is not None or old):
        raise BadRequestHead("Transfer-Encoding must be chunked, in HTTP/1.1, without Content-Length.")
    if length is not None and not _DIGITS.fullmatch(length):
        raise BadRequestHead(f"Content-Length must be 1 to {MAX_LENGTH_DIGITS} digits.")


def _is_text(value: bytes) -> bool:
    try:
        value.decode()
    except UnicodeDecodeError:
        return False
    return True
