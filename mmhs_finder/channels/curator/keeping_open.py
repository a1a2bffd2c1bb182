"""The directory that the curators' app is open on: read again whenever its files have changed.

Not for: reading and checking (`curation.trying`).
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from mmhs_finder.curation.check import settle
from mmhs_finder.curation.trying import Opened, open_folder
from mmhs_finder.directory.loading import data_folder
from mmhs_finder.directory.signature import Signature, signature
from mmhs_finder.hours import LONDON


def now() -> datetime:
    """The moment by which everything here goes."""
    return datetime.now(LONDON)


class Folder:
    """A folder of the directory. path: by default as the setting `MMHS_DATA_DIR` says."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = (data_folder() if path is None else path).resolve()

    def now(self) -> Opened:
        """What is in it at this moment. Raises BrokenDirectory."""
        settle(self.path)
        key = (self.path, signature(self.path), now().date())
        return _opened(key)


@lru_cache(maxsize=1)
def _opened(key: tuple[Path, Signature, date]) -> Opened:
    """Kept as long as nobody has written, and for the day. key: also how the files stand."""
    path, _, today = key
    return open_folder(path, today)
