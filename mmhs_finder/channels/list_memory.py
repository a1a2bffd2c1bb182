"""How much memory the lists of all visits may take in this process, and what goes when it is full.

What somebody sends and what is made of it lies in memory, which all visitors share. So every byte
of it is counted here. Where there is no room, the oldest thing goes that nobody has used for a
while; where there is none, the new one is refused.
Not for: receiving files (`channels.shell.uploads`) or working on them (`streamlit.bulk_work`).
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from typing import Final

SETTING: Final = "MMHS_LIST_MEMORY"
"""The environment variable with the megabytes that lists may take."""

USUAL_MB: Final = 512

UNUSED_SECONDS: Final = 60
"""What was looked at within so many seconds is in use."""


class MemoryFull(Exception):
    """There is no room, and nothing that may go."""


class Held:
    """Some bytes that are held for a visit. `let_go` is called, in whichever thread, when they have
    to go; until it is set they stay. `size` in bytes."""

    def __init__(self, memory: ListMemory, visit: str) -> None:
        self.visit = visit
        self.size = 0
        self.let_go: Callable[[], None] | None = None
        self.in_use = 0  # how many works are reading it: it stays
        self.used = time.monotonic()
        self._memory = memory

    def touch(self) -> None:
        """Somebody has just looked at it."""
        self.used = time.monotonic()

    def begin_use(self) -> None:
        """A work reads it from now on; each says once that it has ended (`end_use`)."""
        self._memory.count_use(self, 1)

    def end_use(self) -> None:
        self._memory.count_use(self, -1)

    def grow(self, count: int) -> None:
        """So many bytes more. Raises MemoryFull."""
        self._memory.take(self, count)

    def release(self) -> None:
        """The bytes are gone."""
        self._memory.give_back(self)


class ListMemory:
    """All bytes that are held for lists. Safe to share by threads."""

    def __init__(self, limit: int) -> None:
        """limit: in bytes."""
        self.limit = limit
        self._held: set[Held] = set()
        # May be entered again: what lets go of something gives its bytes back.
        self._lock = threading.RLock()

    @property
    def size(self) -> int:
        """Bytes that are held now."""
        with self._lock:
            return sum(held.size for held in self._all())

    def _all(self) -> list[Held]:
        """A copy: what is found to be garbage meanwhile gives its bytes back in this same thread,
        whether or not it has the lock."""
        return [*self._held]

    def hold(self, visit: str = "") -> Held:
        held = Held(self, visit)
        with self._lock:
            self._held.add(held)
        return held

    def take(self, held: Held, count: int) -> None:
        """Raises MemoryFull, also for what has been given back already."""
        self.make_room(count, but=held)
        with self._lock:
            if held not in self._held or self.size + count > self.limit:
                raise MemoryFull
            held.size += count

    def make_room(self, count: int, *, but: Held | None = None) -> None:
        """Lets the oldest unused things go until there is room. Raises MemoryFull."""
        while True:
            with self._lock:
                if self.size + count <= self.limit:
                    return
                unused = [held for held in self._all() if held is not but and _may_go(held)]
                if count > self.limit or not unused:
                    raise MemoryFull
                oldest = min(unused, key=lambda held: held.used)
                self._held.discard(oldest)
            _let_go(oldest)

    def count_use(self, held: Held, works: int) -> None:
        with self._lock:
            held.in_use += works

    def give_back(self, held: Held) -> None:
        with self._lock:
            self._held.discard(held)
            held.size = 0

    def forget(self, visit: str) -> None:
        """A visit is over: what is held for it goes at once."""
        with self._lock:
            gone = [held for held in self._all() if held.visit == visit]
            self._held.difference_update(gone)
        for held in gone:
            _let_go(held)


def _may_go(held: Held) -> bool:
    unused = time.monotonic() - held.used
    return held.let_go is not None and not held.in_use and unused >= UNUSED_SECONDS


def _let_go(held: Held) -> None:
    if held.let_go is not None:
        held.let_go()


def said_limit() -> int:
    """The limit in bytes, as the environment says, or the usual one."""
    said = os.environ.get(SETTING, "").strip()
    megabytes = int(said) if said.isdecimal() and int(said) > 0 else USUAL_MB
    return megabytes * 1024 * 1024


LISTS: Final = ListMemory(said_limit())
"""Of this process."""
