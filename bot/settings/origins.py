"""Web origins (scheme, host and port) as browsers write them. Pure functions."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bot.settings.kinds import host as check_host

_PORTS = {"http": 80, "https": 443}
_SEPARATOR = re.compile(r"[\s,]+")
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:.]+\]")


def read_origins(value: str) -> frozenset[str]:
    """Read origins with spaces or commas between them; ValueError for anything that is not exactly an origin."""
    return frozenset(read_origin(part) for part in _SEPARATOR.split(value) if part)


def read_origin(written: str) -> str:
    """Return an origin in lower case and without its scheme's own port; ValueError for anything else."""
    parts = urlsplit(written.lower())
    if parts.scheme not in _PORTS or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError(written)
    host, port = parts.hostname or "", parts.port  # which raises ValueError itself
    host = f"[{host}]" if ":" in host else host
    if parts.username is not None or not _HOST.fullmatch(host):
        raise ValueError(written)
    check_host(parts.hostname or "")
    return f"{parts.scheme}://{host}" + ("" if port in (None, _PORTS[parts.scheme]) else f":{port}")
