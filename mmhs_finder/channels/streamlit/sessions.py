"""Forgets the answers of people who have gone.

When a connection breaks, Streamlit keeps that visit in memory for `server.disconnectedSessionTTL`
seconds, so that a phone that was locked for a call can go on. It is given back only to the browser
that began it (`shell.browser`). But Streamlit lets go of such visits only when the next one breaks
off, which at night can be hours later. So we make it look every half minute.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from typing import Any

from mmhs_finder.channels.privates import expiry_of_visits

_LOG = logging.getLogger(__name__)
_EVERY_SECONDS = 30


@contextlib.asynccontextmanager
async def forget_gone_visitors(app: Any) -> AsyncIterator[None]:
    """A lifespan for `st.App`."""
    forget = expiry_of_visits(app)
    if forget is None:
        _LOG.warning("Broken-off visits may stay in memory longer than the setting says.")
        yield
        return

    async def look() -> None:
        while True:
            await asyncio.sleep(_EVERY_SECONDS)
            forget()

    task = asyncio.create_task(look())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
