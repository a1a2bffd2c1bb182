"""The process's own events in the log, a line each, as text or, with `MMHS_LOG=json`, as JSON.

    event("data_refused", "The changed directory has mistakes ...", mistakes=3)

An event says what the process does: start, ready, reload, refusal, stop. No field is of a person.
With `MMHS_LOG=json` everything else that is logged is a line of JSON, too, errors by where they
happened and never with their messages, which may hold what somebody typed.
Not for: keeping what visitors typed out of others' lines (`quiet_log`), or counting (`metrics`).
"""

from __future__ import annotations

import json
import logging
import os
import sys
from datetime import UTC, datetime
from typing import Any, Final

from mmhs_finder.channels.shell.quiet_log import OWN_EVENTS, where

SETTING: Final = "MMHS_LOG"
JSON: Final = "json"

_EVENTS: Final = logging.getLogger(OWN_EVENTS)
_OTHERS: Final = ("", "streamlit", "uvicorn", "uvicorn.error", "uvicorn.asgi", "websockets")


def event(
    name: str, words: str, *, level: int = logging.INFO, **fields: str | float | None
) -> None:
    """Writes an event of the process. name: for machines; words: for people, a plain sentence.

    fields: a few facts, never of a person.
    """
    _EVENTS.log(level, words, extra={"event": name, "fields": fields})


class Lines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": getattr(record, "event", "log"),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = where(record.exc_info[1])
        return json.dumps(line, ensure_ascii=True, default=str)


class Words(logging.Formatter):
    """An event as a line for people."""

    def format(self, record: logging.LogRecord) -> str:
        fields = getattr(record, "fields", {})
        more = "".join(f" {name}={value}" for name, value in fields.items() if value is not None)
        at = self.formatTime(record)
        return " ".join(f"{at} {record.levelname} {record.getMessage()}{more}".splitlines())


def write_events() -> None:
    """Call once at start-up, before anything is served, and again when the server has begun, which
    sets up logging in its own way."""
    as_json = os.environ.get(SETTING, "").strip().lower() == JSON
    own = logging.StreamHandler(sys.stderr)
    own.setFormatter(Lines() if as_json else Words())
    _EVENTS.handlers[:] = [own]
    _EVENTS.propagate = False
    _EVENTS.setLevel(logging.INFO)
    if not as_json:
        return
    others = {*_OTHERS, *(n for n in logging.root.manager.loggerDict if n.startswith("streamlit"))}
    for name in others:
        logger = logging.getLogger(name)
        if logger.handlers or not name:
            logger.handlers[:] = [own]
