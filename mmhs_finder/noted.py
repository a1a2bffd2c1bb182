"""What happens in a process, told to whoever counts it: kinds and times, nothing of a person.

    with timed("document", kind="sheet"): ...
    tell("refusal", kind="upload")

Rooms below say that something happened; `channels.shell.metrics` counts. A label is one of a few
words that stand in the code: never a postcode, an address, a name, or anything that was typed.
Where nobody listens, as in a terminal, nothing is kept.
Not for: the log (`channels.shell.logs`), or what an answer is.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, Literal

What = Literal["lookup", "answer", "document", "page", "refusal", "list"]
"""lookup: a typed place was looked up. answer: an answer was made for a place. document: a file to
take along was made. page: a page of the app was run. refusal: somebody was told no. list: the work
on a list of postcodes came into a state."""

Listener = Callable[[What, float | None, dict[str, str]], None]
"""(what, seconds that it took or None, labels)"""

_listeners: list[Listener] = []
_at_work: dict[str, int] = {}
_lock: Final = threading.Lock()


def listen(listener: Listener) -> None:
    """Tells this one, too, from now on. It is called in the thread where something happens."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(what: What, *, seconds: float | None = None, **labels: str) -> None:
    """Says that something has happened, and how long it took."""
    for listener in _listeners:
        listener(what, seconds, labels)


@contextmanager
def timed(what: What, **labels: str) -> Iterator[dict[str, str]]:
    """Around what is timed; said at its end, also when it fails. Labels may be added meanwhile."""
    start = time.perf_counter()
    try:
        yield labels
    finally:
        tell(what, seconds=time.perf_counter() - start, **labels)


@contextmanager
def at_work(kind: str) -> Iterator[None]:
    """Around work that somebody waits for: a process that is told to stop lets it end first.

    kind: "list" or "document".
    """
    with _lock:
        _at_work[kind] = _at_work.get(kind, 0) + 1
    try:
        yield
    finally:
        with _lock:
            _at_work[kind] -= 1


def work_under_way(kind: str | None = None) -> int:
    """How many pieces of such work are under way; None: of any kind."""
    with _lock:
        return _at_work.get(kind, 0) if kind else sum(_at_work.values())
