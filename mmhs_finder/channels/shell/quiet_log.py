"""What the log does not say: what somebody typed, whose visit it was, the same again and again.

An error's line says which error it was and where in the code: enough to mend it, nothing about a
person. The number of a visit opens the visit, and addresses below `/_stcore/` hold it: neither is
written, at any level. A warning that comes again within a minute is counted and not written, so
that nobody can fill the disk: a process without descriptors would write thousands a second.
Not for: how a line looks.
"""

from __future__ import annotations

import logging
import re
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from mmhs_finder.channels.wire import SAID_OF_STRANGERS, SERVER_LOGGER

OWN_EVENTS: Final = "mmhs_finder.events"
"""The logger of what the process itself does (`logs.event`): no stranger can make it write, and two
directories that are refused within a minute have mistakes of their own."""

_MINUTE: Final = 60.0
_KINDS_A_MINUTE: Final = 10
"""Different lines from one place in the code: what differs may be what a stranger has sent."""

_OPENS_A_VISIT: Final = re.compile(
    r"(?P<before>mmhs_browser=|/_stcore/upload_file/|/media/)[^\s\"',;]+"
    r"|\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b"  # of a visit, or of a file in it
    r"|\b[0-9a-f]{32,}\b",  # the same without strokes, and digests of files
    re.I,
)
_LONGEST: Final = 2000
"""Letters of a line. A longer one has in it what a stranger has sent, or somebody's whole file."""

_BREAKS: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\x85\u2028\u2029]+")
"""What would make two lines of one, the second of which anybody could have made up."""

_SILENT: Final = -1
"""A level below every handler's: none writes the line."""


def where(problem: BaseException) -> str:
    """ "KeyError: find_support.py:28 > cards.py:321"."""
    steps = traceback.extract_tb(problem.__traceback__)
    places = " > ".join(f"{Path(step.filename).name}:{step.lineno}" for step in steps)
    return f"{type(problem).__name__}: {places}"


def without_numbers(text: str) -> str:
    """A text without what opens a visit, or a file of one."""
    return _OPENS_A_VISIT.sub(lambda found: f"{found['before'] or ''}…", text)


class Repeats:
    """Which lines have been written within the last minute."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._since = clock()
        self._left_out: dict[object, int] = {}
        self._last_minute: dict[object, int] = {}

    def left_out_before(self, place: object, text: str) -> int | None:
        """None: leave this line out. Else how many like it were left out before it.

        place: where in the code it is written.
        """
        with self._lock:
            if self._clock() - self._since >= _MINUTE:
                self._since = self._clock()
                self._last_minute, self._left_out = self._left_out, {}
            key: object = (place, text)
            if key not in self._left_out:
                kinds = self._left_out.get(place, 0)
                if kinds >= _KINDS_A_MINUTE:
                    key = (place, None)  # too many different ones: they count as one
                else:
                    self._left_out[place] = kinds + 1
            if key in self._left_out:
                self._left_out[key] += 1
                return None
            self._left_out[key] = 0
            return self._last_minute.pop(key, 0)


def quiet(record: logging.LogRecord, repeats: Repeats) -> logging.LogRecord:
    """Takes out of a line what the log does not say. It may become one that nobody writes."""
    if record.name == SERVER_LOGGER and record.msg in SAID_OF_STRANGERS:
        record.levelno = _SILENT
    text = _message(record)
    problem = record.exc_info[1] if record.exc_info else None
    if problem is not None:
        text = f"{text} ({where(problem)})"
    text = _BREAKS.sub(" ", without_numbers(text[: 2 * _LONGEST]))
    text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    if record.levelno >= logging.WARNING and record.name != OWN_EVENTS:
        more = repeats.left_out_before((record.name, record.pathname, record.lineno), text)
        if more is None:
            record.levelno = _SILENT
        elif more:
            text = f"{text} ({more} more like it in the minute before)"
    record.msg, record.args = text, ()
    record.exc_info = record.exc_text = record.stack_info = None
    return record


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):  # its values do not fit: it says what it can
        return str(record.msg)


def keep_the_log_quiet() -> None:
    """Call once at start-up. It holds for every logger, also of packages: Streamlit's, uvicorn's,
    asyncio's. Streamlit must not print errors by itself: `logger.enableRich` off."""
    make, repeats = logging.getLogRecordFactory(), Repeats()

    def quiet_record(*args: Any, **named: Any) -> logging.LogRecord:
        return quiet(make(*args, **named), repeats)

    logging.setLogRecordFactory(quiet_record)
