"""Ending a process so that nobody loses what is nearly done.

At SIGTERM or SIGINT: `/readyz` says 503 at once, so that nobody new is sent; lists and documents
under way get some seconds; then the web server ends as it always does, closing its sockets with
1012, at which pages connect anew. A second signal, or the end of the grace, ends the process there
and then.
Not for: what is under way (`noted.at_work`).
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Any, Final

from mmhs_finder.channels.shell.logs import event
from mmhs_finder.noted import work_under_way

GRACE_SETTING: Final = "MMHS_STOP_SECONDS"
DRAIN_SETTING: Final = "MMHS_DRAIN_SECONDS"
_GRACE: Final = 20.0
_LOOK: Final = 0.1
_FETCH: Final = 5.0
"""Seconds to fetch what was made while the process was ending."""

_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


def _seconds(name: str, said: str, usual: float) -> float:
    try:
        return max(0.0, float(said)) if said.strip() else usual
    except ValueError:
        logging.getLogger(__name__).warning("%s is not a number, so it is not used", name)
        return usual


class Stopping:
    """Whether, and since when, a process is ending."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self._server: dict[int, Any] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self.clock: threading.Timer | None = None  # rings at the end of the grace

    @property
    def is_so(self) -> bool:
        return self.begun.is_set()

    def take_over(self) -> None:
        """Takes the signals from the web server, which has set its own by now. Call in the loop.

        Outside the main thread signals cannot be taken: then everything stays as it is.
        """
        if threading.current_thread() is not threading.main_thread():
            return
        self._loop = asyncio.get_running_loop()
        for number in _SIGNALS:
            self._server[number] = signal.signal(number, self._told)

    def _told(self, number: int, frame: FrameType | None) -> None:
        if self.is_so or self._loop is None:
            end_now(number)
            return
        self.begun.set()
        self._loop.call_soon_threadsafe(self._begin, number, frame)

    def _begin(self, number: int, frame: FrameType | None) -> None:
        grace = _seconds(GRACE_SETTING, os.environ.get(GRACE_SETTING, ""), _GRACE)
        drain = _seconds(DRAIN_SETTING, os.environ.get(DRAIN_SETTING, ""), 0.0)
        event("stop", "Told to stop", work=work_under_way(), grace_seconds=grace)
        self.clock = threading.Timer(grace, self._late, args=(number,))
        self.clock.daemon = True
        self.clock.start()
        server: Callable[[int, FrameType | None], None] = self._server[number]
        self._task = asyncio.ensure_future(
            self._end(min(drain, grace), grace, lambda: server(number, frame))
        )

    async def _end(self, drain: float, grace: float, end: Callable[[], None]) -> None:
        begun = time.monotonic()
        ends = begun + grace - 2 * _LOOK
        had_work = False
        while time.monotonic() < ends and (work_under_way() or time.monotonic() < begun + drain):
            had_work = had_work or bool(work_under_way())
            await asyncio.sleep(_LOOK)
        if had_work:
            await asyncio.sleep(max(0.0, min(_FETCH, ends - time.monotonic())))
        end()

    def _late(self, number: int) -> None:
        event(
            "stop_late",
            "The grace is over: ending with what is under way",
            level=logging.WARNING,
            work=work_under_way(),
        )
        end_now(number)


def end_now(number: int) -> None:
    """Ends this process by the signal itself, without asking anybody."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    os._exit(128 + number)
