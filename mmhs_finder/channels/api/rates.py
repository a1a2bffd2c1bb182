"""How often programs may ask: each client, and all together, so that people are not kept waiting.

A client is known by its address only where the operator says which proxies in front are to be
believed (`shell.limits`). The address itself is not kept: what stands for it is worked out with a
random number of this process, in memory, and goes when others have asked since.
Not for: visitors, who have places (`shell.limits`).
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Final

from pyrate_limiter import GCRA, Rate, RateItem, StateBucket

_MINUTE: Final = 60_000  # milliseconds
_MOST_CLIENTS: Final = 10_000
"""Clients that are remembered at a time: some megabytes."""


@dataclass(frozen=True)
class Often:
    """So many requests in a minute, and of those so many at once."""

    a_minute: int
    at_once: int


CLIENT: Final = Often(a_minute=120, at_once=30)
EVERYBODY: Final = Often(a_minute=600, at_once=120)
"""An answer takes some hundredths of a second of a process that draws pages for people, too."""


def _now() -> int:
    return int(time.monotonic() * 1000)


class Rates:
    """Who has asked how often. Safe to share by threads."""

    def __init__(
        self,
        client: Often = CLIENT,
        everybody: Often = EVERYBODY,
        clock: Callable[[], int] = _now,
    ) -> None:
        """clock: milliseconds since some moment."""
        self.client, self.everybody = client, everybody
        self._clock = clock
        self._secret = secrets.token_bytes(32)
        self._together = _bucket(everybody)
        self._clients: OrderedDict[bytes, StateBucket] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, address: str) -> int:
        """Seconds to wait before this request may be made; 0: it may, and is counted.

        address: "" where it is not known whose it is.
        """
        with self._lock:
            item = RateItem("request", max(self._clock(), 1))
            if address and (seconds := _taken(self._of(address), item)):
                return seconds
            return _taken(self._together, item)

    def _of(self, address: str) -> StateBucket:
        key = hashlib.blake2b(address.encode(), key=self._secret, digest_size=16).digest()
        bucket = self._clients.pop(key, None) or _bucket(self.client)
        self._clients[key] = bucket  # the last one that has asked
        if len(self._clients) > _MOST_CLIENTS:
            self._clients.popitem(last=False)
        return bucket


def _bucket(often: Often) -> StateBucket:
    return StateBucket([Rate(often.a_minute, _MINUTE, burst=often.at_once)], GCRA())


def _taken(bucket: StateBucket, item: RateItem) -> int:
    if bucket.put(item):
        return 0
    wait = bucket.waiting(item)
    return max(1, ceil(wait / 1000)) if isinstance(wait, int) else 1
