"""Errors in the log without their messages, which may hold what somebody typed.

A line says which error it was and where in the code: enough to mend it, nothing about a person.
"""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

from mmhs_finder.channels.privates import ERROR_LOGGER, SAID_OF_STRANGERS, SERVER_LOGGER


def where(problem: BaseException) -> str:
    """ "KeyError: find_support.py:28 > cards.py:321"."""
    steps = traceback.extract_tb(problem.__traceback__)
    places = " > ".join(f"{Path(step.filename).name}:{step.lineno}" for step in steps)
    return f"{type(problem).__name__}: {places}"


class OnlyWhere(logging.Filter):
    """Replaces an error's traceback and message by `where`."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[1] is not None:
            record.msg, record.args = f"{record.msg} ({where(record.exc_info[1])})", ()
            record.exc_info = record.exc_text = None
        return True


class NotOfStrangers(logging.Filter):
    """Leaves out what anybody can have written as often as they like, and nobody needs to know."""

    def filter(self, record: logging.LogRecord) -> bool:
        return record.msg not in SAID_OF_STRANGERS


def keep_typed_text_out_of_the_log() -> None:
    """Call once at start-up. Streamlit must not print errors by itself: `logger.enableRich` off."""
    logging.getLogger(ERROR_LOGGER).addFilter(OnlyWhere())
    logging.getLogger(SERVER_LOGGER).addFilter(NotOfStrangers())
