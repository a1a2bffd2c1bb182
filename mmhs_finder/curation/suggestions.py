"""What visitors say is wrong: kept as one small file each, for a curator to decide on.

A file holds the entry, the fact, what is right, how that is known, a link and the day: no time, no
address, nothing of a browser. Nothing of it enters the directory by itself.
Not for: asking (`views.suggesting`), or what is personal in it (`curation.screening`).
"""

from __future__ import annotations

import json
import os
import re
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from mmhs_finder.curation.one_file import write_in_one_step
from mmhs_finder.hours import LONDON

SETTING: Final = "MMHS_SUGGESTIONS_DIR"
KEPT_DAYS: Final = 90
LONGEST: Final = 500
"""Letters of a field."""

MOST_FILES: Final = 500
MOST_AN_HOUR: Final = 60
"""Of one process: people who report are few, and a flood tells nobody anything."""

_HOUR: Final = 3600.0
_MOST_BYTES: Final = 16 * 1024
_BEGUN: Final = ".new-"
_NAME: Final = re.compile(r"[0-9a-f]{16}")


class WrongFact(StrEnum):
    """What about an entry is wrong."""

    PHONE = "phone"
    EMAIL = "email"
    WEBSITE = "website"
    HOURS = "hours"
    REFERRAL = "referral"
    HELPS = "helps"
    AREA = "area"
    ADDRESS = "address"
    STATUS = "status"
    NAME = "name"
    OTHER = "other"


class HowKnown(StrEnum):
    """How somebody knows what is right."""

    WORKS_THERE = "works_there"
    USED_IT = "used_it"
    THEIR_PAGE = "their_page"


@dataclass(frozen=True)
class Correction:
    """What somebody said. entry: the id of a service or line; "" for something that is missing.
    day: on which, in the form 2026-11-30."""

    entry: str
    fact: str
    right: str
    how: str
    link: str
    day: str


@dataclass(frozen=True)
class KeptCorrection:
    """A suggestion in its file. name: to delete it by. suggestion: None where it cannot be read."""

    name: str
    suggestion: Correction | None


class CannotKeep(Exception):
    """It was not kept. `why`: "full", "often" or "folder"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def suggestions_folder() -> Path | None:
    """The folder of the setting `MMHS_SUGGESTIONS_DIR`; None where nothing is kept."""
    said = os.environ.get(SETTING, "").strip()
    return Path(said).expanduser() if said else None


@dataclass
class CorrectionBox:
    """The folder of suggestions, as one process writes into it."""

    clock: Callable[[], float] = time.monotonic
    _kept_at: deque[float] = field(default_factory=deque)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, folder: Path, suggestion: Correction) -> None:
        """Keeps it in a file of its own, whole or not at all. Raises CannotKeep."""
        with self._lock:
            now = self.clock()
            while self._kept_at and now - self._kept_at[0] >= _HOUR:
                self._kept_at.popleft()
            if len(self._kept_at) >= MOST_AN_HOUR:
                raise CannotKeep("often")
            try:
                drop_old(folder, date.fromisoformat(suggestion.day))
                if sum(1 for _ in _names(folder)) >= MOST_FILES:
                    raise CannotKeep("full")
                _write(folder, suggestion)
            except OSError:
                raise CannotKeep("folder") from None
            self._kept_at.append(now)


BOX: Final = CorrectionBox()
"""Of this process."""


def _write(folder: Path, suggestion: Correction) -> None:
    """The file says the day only: its own time is put to the beginning of that day."""
    content = json.dumps(asdict(suggestion), ensure_ascii=False, indent=1).encode()
    day = datetime.fromisoformat(suggestion.day).replace(tzinfo=LONDON).timestamp()
    path = folder / f"{secrets.token_hex(8)}.json"
    write_in_one_step(path, content, _BEGUN, mode=0o600, time=day)  # for its owner only


def read_suggestions(folder: Path) -> list[KeptCorrection]:
    """Every suggestion, the oldest first; those that cannot be read last. Raises OSError."""
    found = [KeptCorrection(path.stem, _read(path)) for path in _names(folder)]
    return sorted(found, key=lambda k: (k.suggestion.day if k.suggestion else "~", k.name))


def delete_suggestion(folder: Path, name: str) -> bool:
    """Whether there was one of that name. Raises OSError where it cannot be deleted."""
    path = folder / f"{name}.json"
    if not _NAME.fullmatch(name) or path.is_symlink() or not path.is_file():
        return False
    path.unlink()
    return True


def drop_old(folder: Path, today: date) -> int:
    """Deletes what is older than `KEPT_DAYS`, and says how many that were. Raises OSError."""
    oldest = (today - timedelta(days=KEPT_DAYS)).isoformat()
    dropped = 0
    for path in list(_names(folder)):
        found = _read(path)
        day = found.day if found else _day_of(path)
        if day < oldest:
            path.unlink(missing_ok=True)
            dropped += 1
    for path in folder.glob(f"{_BEGUN}*"):  # of a process that was killed in the middle
        if not path.is_symlink() and path.is_file() and _day_of(path) < today.isoformat():
            path.unlink(missing_ok=True)
    return dropped


def _names(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        is_ours = path.suffix == ".json" and _NAME.fullmatch(path.stem)
        if is_ours and not path.is_symlink() and path.is_file():
            yield path


def _read(path: Path) -> Correction | None:
    names = [each.name for each in fields(Correction)]
    try:
        if path.stat().st_size > _MOST_BYTES:
            return None
        told = json.loads(path.read_text(encoding="utf-8"))
        values = {name: told[name] for name in names}
        date.fromisoformat(values["day"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    if not all(isinstance(value, str) for value in values.values()):
        return None
    return Correction(**{name: " ".join(value.split()) for name, value in values.items()})


def _day_of(path: Path) -> str:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, LONDON).date().isoformat()
    except OSError:
        return "~"
