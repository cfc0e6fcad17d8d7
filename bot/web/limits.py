"""How fast anybody may go: token buckets of bounded number, and whom they are kept for."""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable

from sanic.request import Request

MAX_KEYS = 10_000
"""Buckets kept; beyond that the one used longest ago goes, which is full again most likely."""


class RateLimiter:
    """Let each key through `per_second` times a second on average, and `burst` times at once.

    With `per_second` 0 there is no limit.
    """

    def __init__(
        self,
        per_second: float,
        burst: int,
        max_keys: int = MAX_KEYS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.per_second, self.burst, self.max_keys = per_second, burst, max_keys
        self._clock = clock
        # A bucket is one number: the time at which it will be full again.
        self._full_at: OrderedDict[str, float] = OrderedDict()

    def allow(self, key: str) -> float:
        """Take one token: 0 where there was one, else the seconds until there is (and none is taken)."""
        if not self.per_second:
            return 0.0
        now = self._clock()
        full_at = max(self._full_at.get(key, now), now)
        if key in self._full_at:
            self._full_at.move_to_end(key)  # whoever keeps asking is not forgotten
        wait = full_at - now - (self.burst - 1) / self.per_second
        if wait > 1e-9:
            return wait
        self._full_at[key] = full_at + 1 / self.per_second
        while len(self._full_at) > self.max_keys:
            self._full_at.popitem(last=False)
        return 0.0

    def __len__(self) -> int:
        return len(self._full_at)


def retry_after(wait: float) -> str:
    """Write a waiting time for the header Retry-After, in whole seconds."""
    return str(max(1, math.ceil(wait)))


def address_of(request: Request) -> str | None:
    """Return whom to count a request for: the client's network address, None for this machine itself.

    What a proxy says counts only as far as TRUSTED_PROXIES tells Sanic to believe it. Of an IPv6 address only the
    network counts, since one household has more addresses in it than could ever be kept.
    """
    written = str(request.forwarded.get("for") or request.ip).strip("[]")
    try:
        address = ipaddress.ip_address(written)
    except ValueError:  # "unknown", or a name that a proxy gave
        return written[:64]
    address = getattr(address, "ipv4_mapped", None) or address
    if address.is_loopback:
        return None
    if address.version == 6:
        return str(ipaddress.ip_network(f"{address}/64", strict=False))
    return str(address)
