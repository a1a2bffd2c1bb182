"""Writes what came of asking: `link_status.csv`, and what an interrupted round has done so far.

`link_status.csv` is written at the end of a round and where it is broken off, in one step: a
running app reads its folder anew whenever a file changes. Meanwhile every answer is a line in the
cache folder, so that a round that was ended, even by force, goes on where it was.
Not for: reading `link_status.csv` (`directory.link_status`).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mmhs_finder.curation.one_file import write_in_one_step
from mmhs_finder.directory.link_status import COLUMNS, FILE, is_web
from mmhs_finder.directory.linked import LinkState, LinkStatus
from mmhs_finder.postcodes.index_file import cache_folder
from mmhs_finder.tables.cells import csv_lines, safe_cell


def write_link_status(folder: Path, statuses: Iterable[LinkStatus]) -> None:
    """Writes the file of a folder anew, by address; who reads it has the old one or the new.

    Raises OSError.
    """
    rows = sorted(
        (
            each.url,
            each.checked_on.isoformat(),
            each.state.value,
            each.detail,
            each.moved_to,
            each.answered_on.isoformat() if each.answered_on else "",
        )
        for each in statuses
    )
    lines = csv_lines([COLUMNS, *([safe_cell(cell) for cell in row] for row in rows)])
    write_in_one_step(folder / FILE, lines, ".link_status-")


@dataclass
class Progress:
    """What a round over a folder has done so far: a line for each answer, in the cache folder."""

    path: Path

    @classmethod
    def of(cls, folder: Path) -> Progress:
        """folder: of the directory; each has its own."""
        name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
        return cls(cache_folder() / f"links-{name}.jsonl")

    def read(self) -> dict[str, LinkStatus]:
        """The answers so far, by address. A line that was cut off, or is none of ours, is left."""
        try:
            lines = self.path.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return {}
        found = {}
        for line in lines:
            with contextlib.suppress(ValueError, TypeError, KeyError, AttributeError):
                kept = json.loads(line)
                day = date.fromisoformat(kept["checked_on"])
                status = LinkStatus(
                    str(kept["url"]),
                    day,
                    LinkState(kept["state"]),
                    str(kept["detail"]),
                    str(kept["moved_to"]) if is_web(str(kept["moved_to"])) else "",
                )
                found[status.url] = status
        return found

    def add(self, status: LinkStatus) -> None:
        """Adds an answer. Raises OSError."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        line = json.dumps(
            {
                "url": status.url,
                "checked_on": status.checked_on.isoformat(),
                "state": status.state.value,
                "detail": status.detail,
                "moved_to": status.moved_to,
            }
        )
        with self.path.open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")

    def forget(self) -> None:
        """Ends the round: the next one begins anew."""
        self.path.unlink(missing_ok=True)
