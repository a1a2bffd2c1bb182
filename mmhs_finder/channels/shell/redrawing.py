"""Pages that stand open are drawn again, when something was taken out that they may show.

Not all at once: each costs what an answer costs, and others are answered meanwhile.
Not for: what is drawn, or a directory that was merely brought up to date: the next press shows it.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from mmhs_finder.channels.privates import connected_visits, draw_again
from mmhs_finder.channels.shell.quiet_log import where

_ALL_WITHIN: Final = 30.0
"""Seconds in which every page is to be asked, however many there are."""

_USUAL_PAUSE: Final = 0.1
_TRIES: Final = 20
_BETWEEN_TRIES: Final = 0.5

_LOG = logging.getLogger(__name__)


async def draw_pages_again() -> None:
    """Asks each connected visit for a run of its page. One that is being drawn is asked when that
    is done: it may have begun before. Only from the event loop."""
    try:
        left = connected_visits()
        for _ in range(_TRIES):
            busy = []
            for visit in left:
                if not draw_again(visit):
                    busy.append(visit)
                await asyncio.sleep(min(_USUAL_PAUSE, _ALL_WITHIN / len(left)))
            if not busy:
                return
            left = busy
            await asyncio.sleep(_BETWEEN_TRIES)
    except Exception as problem:  # what is withdrawn is withdrawn: the next press shows it
        _LOG.error("Open pages could not be drawn again: %s", where(problem))
