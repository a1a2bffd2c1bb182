"""What a process does beside answering: watches the directory, tries the index again, ends well.

    st.App(..., lifespan=together(forget_gone_visitors, House(...).kept))

Not for: each of these itself (`reload`, `stopping`, `metrics`).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final

from mmhs_finder.application import Application
from mmhs_finder.channels.shell.logs import event, write_events
from mmhs_finder.channels.shell.metrics import Metrics
from mmhs_finder.channels.shell.quiet_log import where
from mmhs_finder.channels.shell.redrawing import draw_pages_again
from mmhs_finder.channels.shell.reload import LONGEST_WAIT, DataWatch, seconds_between_looks
from mmhs_finder.channels.shell.stopping import Stopping
from mmhs_finder.channels.shell.warm import warm_up
from mmhs_finder.curation.suggestions import drop_old, suggestions_folder
from mmhs_finder.hours import LONDON
from mmhs_finder.memory import tidy

_TIDY_UP: Final = 30.0
"""Seconds between searches for what visits have left."""

Lifespan = Callable[[Any], AbstractAsyncContextManager[None]]

_LOG = logging.getLogger(__name__)

_AN_HOUR: Final = 3600.0

_TRY_AGAIN: Final = 60.0
"""Seconds between tries to open an index that could not be opened: nobody may come and ask."""


def together(*parts: Lifespan) -> Lifespan:
    """Several lifespans as one; the last begun is the first to end."""

    @contextlib.asynccontextmanager
    async def lifespan(app: Any) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for part in parts:
                await stack.enter_async_context(part(app))
            yield

    return lifespan


@dataclass
class House:
    """The upkeep of one process."""

    newest: Callable[[], Application]
    watch: DataWatch
    stopping: Stopping
    metrics: Metrics
    _redrawn: int = 0
    """Of how many withdrawals open pages were told."""
    _drawing: asyncio.Task[None] | None = None

    @contextlib.asynccontextmanager
    async def kept(self, app: Any) -> AsyncIterator[None]:
        """A lifespan for `st.App`."""
        write_events()
        self.metrics.count_visits(app)
        self.stopping.take_over()
        event("start", "Started; people are answered once the index is open")
        tasks = [
            asyncio.create_task(self._say_ready()),
            asyncio.create_task(self._look_now_and_then()),
            asyncio.create_task(self._withdraw_now_and_then()),
            asyncio.create_task(self._tidy_now_and_then()),
            asyncio.create_task(_let_go_of_suggestions()),
            asyncio.create_task(self._try_index_again()),
        ]
        self._look_when_told()
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            event("stopped", "Stopped")

    async def _say_ready(self) -> None:
        while (attempt := self.newest().index.attempt) is None or not attempt.index:
            await asyncio.sleep(0.25)
        await asyncio.to_thread(self._warm)
        event("ready", "Ready", index=attempt.index.info.version)

    def _warm(self) -> None:
        """What else is read of the folder when first asked for is read now, while it is the one
        that was checked; and what the first visitors would wait for."""
        application = self.newest()
        with contextlib.suppress(Exception):  # a page that needs it says so
            _ = application.history
        warm_up(application)

    async def _tidy_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(_TIDY_UP)
            tidy()

    async def _look_now_and_then(self) -> None:
        every = seconds_between_looks()
        while every:
            await asyncio.sleep(every)
            await self._look(self.watch.look)

    async def _withdraw_now_and_then(self) -> None:
        """Whatever the setting of the reload says: a wrong number cannot wait."""
        while True:
            await asyncio.sleep(min(seconds_between_looks() or LONGEST_WAIT, LONGEST_WAIT))
            await self._look(self.watch.withdraw)

    async def _look(self, look: Callable[[], object]) -> None:
        try:
            await asyncio.to_thread(look)
        except Exception as problem:
            _LOG.error("The directory on the disk could not be looked at: %s", where(problem))
        if self.watch.reloads.withdrawn != self._redrawn:
            self._redrawn = self.watch.reloads.withdrawn
            self._drawing = asyncio.create_task(draw_pages_again())

    def _look_when_told(self) -> None:
        if not hasattr(signal, "SIGHUP"):
            return
        loop = asyncio.get_running_loop()
        told: set[asyncio.Task[None]] = set()

        def look() -> None:
            task = asyncio.ensure_future(self._look(partial(self.watch.look, at_once=True)))
            told.add(task)
            task.add_done_callback(told.discard)

        with contextlib.suppress(ValueError, RuntimeError, NotImplementedError):
            loop.add_signal_handler(signal.SIGHUP, look)  # not outside the main thread

    async def _try_index_again(self) -> None:
        while True:
            await asyncio.sleep(_TRY_AGAIN)
            index = self.newest().index
            if index.attempt is not None and index.attempt.failed:
                index.start()


async def _let_go_of_suggestions() -> None:
    """What visitors have said is kept so long and no longer, also where nobody says more."""
    while True:
        folder = suggestions_folder()
        if folder is not None:
            today = datetime.now(LONDON).date()
            with contextlib.suppress(OSError):  # the next visitor who says something reads it
                await asyncio.to_thread(drop_old, folder, today)
        await asyncio.sleep(_AN_HOUR)
