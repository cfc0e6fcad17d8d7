"""Which heads of requests are refused; what a server makes of them is in test_connections.py."""

from __future__ import annotations

import pytest

from bot.web.request_heads import MAX_FIELDS, BadRequestHead, check_head, chunk_size, for_sanic

GOOD_LINES = [
    b"GET / HTTP/1.1",
    b"GET /health?a=%ff&b=c HTTP/1.0",
    b"POST /webhooks/rest/webhook HTTP/1.1",
    b"GET http://bot.example/health HTTP/1.1",
    b"PROPFIND /a/b;c HTTP/1.1",
]
BAD_LINES = [
    b"",
    b"GET",
    b"GET /",
    b"GET  / HTTP/1.1",
    b"GET / HTTP/2.0",
    b"GET / HTTP/1.1 ",
    b"get\t/ HTTP/1.1",
    b"G(T / HTTP/1.1",
    b"GET /health?a=\xff HTTP/1.1",
    "GET /ü HTTP/1.1".encode(),
    b"GET health HTTP/1.1",
    b"GET * HTTP/1.1",
    b"CONNECT bot.example:80 HTTP/1.1",
    b"GET http://bot.example:99999/ HTTP/1.1",
    b"GET http://[::1/ HTTP/1.1",
]
GOOD_FIELDS = [
    b"Content-Length: 0",
    b"Content-Length:51",
    b"Content-Length: 51 ",
    b"content-length: 000051",
    b"Transfer-Encoding: chunked",
    b"Transfer-Encoding: Chunked",
    b"transfer-encoding:CHUNKED\t ",
    b'Cookie: a=b; c="d e"',
    "User-Agent: Brücke".encode(),
    b"X-Empty:",
    b"X-Tab: a\tb",
    b"Accept: a\r\nAccept: b",
]
BAD_FIELDS = [
    b"Content-Length: -1",
    b"Content-Length: +51",
    b"Content-Length: 5_1",
    b"Content-Length: abc",
    b"Content-Length: 0x10",
    b"Content-Length: 1.5",
    b"Content-Length: 5 1",
    b"Content-Length: 5, 5",
    b"Content-Length:",
    b"Content-Length: ",
    "Content-Length: ５".encode(),
    "Content-Length: \u00a05".encode(),
    "Content-Length: ²".encode(),
    b"Content-Length: " + b"9" * 16,
    b"Content-Length: " + b"9" * 5000,
    b"Content-Length: 5\r\nContent-Length: 5",
    b"Content-Length: 5\r\ncontent-length: 6",
    b"Content-Length: 5\r\nTransfer-Encoding: chunked",
    b"Transfer-Encoding: chunked\r\nContent-Length: 5",
    b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
    b"Transfer-Encoding: gzip, chunked",
    b"Transfer-Encoding: Chunked, chunked",
    b"Transfer-Encoding: chunkedx",
    "Transfer-Encoding: chunKed".encode(),  # the sign of Kelvin, a k in lower case
    b"Transfer-Encoding: identity",
    b"Transfer-Encoding:",
    b"Transfer-Encoding: \x0bchunked",
    b"Content-Length : 5",
    b" Content-Length: 5",
    b"Host: a\r\nHost: b",
    b"Host: a\r\n b",
    b"no colon",
    b": no name",
    b"Name\xff: x",
    "Größe: x".encode(),
    b"X: \xff",
    b"X: a\x00b",
    b"X: a\nContent-Length: 5",
    b"X: a\rb",
    b"X: \x7f",
]
GOOD_HOSTS = [
    b" bot.example",
    b"bot.example:5005",
    b" bot_1:",
    b" 127.0.0.1:80",
    b" [::1]:5005",
    b" [fe80::1%25eth0]",
    b" b%C3%BCro.example",
    b"",
    b" x \t",
]
BAD_HOSTS = [
    b" a b",
    b" <>",
    b" a/b",
    b" a@b",
    b" a?b",
    b' "a"',
    b" a:b",
    b" a:80:80",
    b" ::1",
    b" [::1",
    b" [<>]",
    b" a%zz",
    b" http://a",
    " büro.example".encode(),
    " a:８０".encode(),
]


@pytest.mark.parametrize("line", GOOD_LINES)
def test_request_lines_that_are_let_through(line: bytes) -> None:
    check_head(line + b"\r\nHost: x")


@pytest.mark.parametrize("line", BAD_LINES)
def test_request_lines_that_are_refused(line: bytes) -> None:
    with pytest.raises(BadRequestHead) as refused:
        check_head(line + b"\r\nHost: x")
    assert refused.value.status == 400


@pytest.mark.parametrize("field", GOOD_FIELDS)
def test_fields_that_are_let_through(field: bytes) -> None:
    check_head(b"POST / HTTP/1.1\r\nHost: x\r\n" + field)


@pytest.mark.parametrize("field", BAD_FIELDS)
def test_fields_that_are_refused(field: bytes) -> None:
    with pytest.raises(BadRequestHead) as refused:
        check_head(b"POST / HTTP/1.1\r\nHost: x\r\n" + field)
    assert refused.value.status == 400


@pytest.mark.parametrize("host", GOOD_HOSTS)
def test_hosts_that_are_let_through(host: bytes) -> None:
    check_head(b"GET / HTTP/1.1\r\nHost:" + host)


@pytest.mark.parametrize("version", [b"1.0", b"1.1"])
@pytest.mark.parametrize("host", BAD_HOSTS)
def test_hosts_that_are_refused(host: bytes, version: bytes) -> None:
    with pytest.raises(BadRequestHead, match="Host"):
        check_head(b"GET / HTTP/%b\r\nHost:" % version + host)


def test_only_the_older_protocol_needs_no_host() -> None:
    check_head(b"GET / HTTP/1.0")
    with pytest.raises(BadRequestHead, match="Host"):
        check_head(b"GET / HTTP/1.1")


@pytest.mark.parametrize("field", [b"Transfer-Encoding: Chunked", b"transfer-encoding:CHUNKED\t ", b"x: y"])
def test_sanic_gets_codings_as_it_knows_them_and_nothing_else_changes(field: bytes) -> None:
    head = b"POST /?Transfer-Encoding:Chunked HTTP/1.1\r\n%b\r\nX-Transfer-Encoding: Chunked\r\nA: Chunked "
    wanted = {b"x": field}.get(field[:1], field.partition(b":")[0] + b": chunked")
    assert for_sanic(head % field) == head % wanted


def test_no_body_in_pieces_by_the_protocol_that_has_none() -> None:
    with pytest.raises(BadRequestHead):
        check_head(b"POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked")


def test_number_of_fields_has_a_limit() -> None:
    head = b"GET / HTTP/1.1\r\nHost: x"
    check_head(head + b"\r\nX: y" * (MAX_FIELDS - 1))
    with pytest.raises(BadRequestHead) as refused:
        check_head(head + b"\r\nX: y" * MAX_FIELDS)
    assert refused.value.status == 431


@pytest.mark.parametrize(("line", "size"), [(b"0", 0), (b"1f", 31), (b"1F ; name=value", 31), (b"0000000a", 10)])
def test_sizes_of_chunks(line: bytes, size: int) -> None:
    assert chunk_size(line) == size


@pytest.mark.parametrize(
    "line", [b"", b"-1", b"+1", b"1_0", b"0x1", b" 1", b"g", b"1 1", b"f" * 9, b"1;\x00", "１".encode(), b"-0"]
)
def test_sizes_of_chunks_that_are_refused(line: bytes) -> None:
    with pytest.raises(BadRequestHead):
        chunk_size(line)
