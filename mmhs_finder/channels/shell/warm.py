"""Makes at start what the first visitors would wait for, then keeps the memory of the process tidy.

Streamlit would search all memory for garbage after every run of a page, while everybody waits
(`runner.postScriptGC` in `.streamlit/config.toml` turns that off). We search every half minute, and
only what has come since the start.
Not for: what all visitors share (`mmhs_finder.application`), or when a visit is let go
(`channels.streamlit.sessions`).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import pkgutil
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from datetime import datetime
from importlib import import_module
from typing import Any

from mmhs_finder.application import Application, served
from mmhs_finder.channels import streamlit as pages
from mmhs_finder.channels.shell.quiet_log import where
from mmhs_finder.hours import LONDON
from mmhs_finder.memory import settle, tidy
from mmhs_finder.render.html.answer import lines_parts
from mmhs_finder.render.maps.answer import result_map
from mmhs_finder.render.maps.shapes_files import DETAIL
from mmhs_finder.views.answer import answer_view

_LOG = logging.getLogger(__name__)
_EVERY_SECONDS = 30
_THE_SCRIPT = "router"  # what Streamlit runs itself: the only one that draws when it is imported

Lifespan = Callable[[Any], AbstractAsyncContextManager[None]]


def together(*lifespans: Lifespan) -> Lifespan:
    """Several lifespans as one, for `st.App`: begun in this order, ended in the other."""

    @contextlib.asynccontextmanager
    async def all_of_them(app: Any) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for lifespan in lifespans:
                await stack.enter_async_context(lifespan(app))
            yield

    return all_of_them


@contextlib.asynccontextmanager
async def keeps_warm_and_tidy(_app: Any) -> AsyncIterator[None]:
    """A lifespan for `st.App`: warms up in a thread of its own, so that nobody waits for it."""

    warming = threading.Thread(target=warm_up, args=(served(),), name="warm-up", daemon=True)
    warming.start()

    async def look() -> None:
        while True:
            await asyncio.sleep(_EVERY_SECONDS)
            tidy()

    task = asyncio.create_task(look())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def warm_up(application: Application) -> None:
    """Loads the pages' modules, makes what all visitors share, and settles memory.

    What cannot be made now is left: who needs it is told then. Waits for the postcode index. Where
    another application takes the place of one, `mmhs_finder.memory.unsettle` belongs before it.
    """
    try:
        _load_pages()
        _make(application)
    except Exception as problem:
        _LOG.warning("Not everything could be made ready at start: %s", where(problem))
    settle()


def _load_pages() -> None:
    for module in pkgutil.iter_modules(pages.__path__, f"{pages.__name__}."):
        if not module.name.endswith(f".{_THE_SCRIPT}"):
            import_module(module.name)


def _make(application: Application) -> None:
    finder = application.finder
    directory = application.directory
    shapes = application.shapes_files.url(DETAIL)
    application.coverage(datetime.now(LONDON).date())
    for council in directory.councils():
        finder.shapes.bounds([council.code])
        finder.shapes.neighbours(council.code)
        view = answer_view(finder.find(finder.council(council.code)))
        list(lines_parts(view))
        result_map(view, finder.shapes, directory, shapes).data()
        break
