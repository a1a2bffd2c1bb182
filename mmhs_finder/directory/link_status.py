"""What came of asking the directory's web addresses, read from `link_status.csv` beside its files.

The file is optional, and `data links` writes it. It holds no facts: a link that did not answer is
told as that, with its day, and changes nothing else. A row of it that cannot be used is passed
over here, and named by `data check`.
Not for: what a row makes of it (`linked`), or asking the addresses (`curation.links`).
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from mmhs_finder.directory.files import CsvRow, Problem, ProblemLevel, read_csv
from mmhs_finder.directory.linked import LinkState, LinkStatus

FILE: Final = "link_status.csv"
COLUMNS: Final = ("url", "checked_on", "state", "detail", "moved_to", "answered_on")


def read_link_status(
    folder: Path, today: date | None = None
) -> tuple[Mapping[str, LinkStatus], list[Problem]]:
    """What is known of each address, and what is doubtful in the file. Never raises.

    No file: nothing is known, and nothing wrong. A row that cannot be used is left out. today: no
    day may be later; None leaves that out.
    """
    if not (folder / FILE).is_file():
        return types.MappingProxyType({}), []
    table, problems = read_csv(folder, FILE, COLUMNS)
    found: dict[str, LinkStatus] = {}
    if not set(COLUMNS) <= set(table.columns):
        return types.MappingProxyType(found), _doubtful(problems)
    for row in table.rows:
        try:
            status = _status(row, today)
        except _Unfit as unfit:
            problems.append(unfit.problem)
            continue
        if status.url in found:
            problems.append(_problem(row, "url", "is there twice. Delete one of the two rows."))
            continue
        found[status.url] = status
    return types.MappingProxyType(found), _doubtful(problems)


def _doubtful(problems: Iterable[Problem]) -> list[Problem]:
    """None of it keeps the directory from being served: the file says nothing of any service."""
    return [
        Problem(p.file, p.row, p.column, p.value, p.message, ProblemLevel.DOUBTFUL)
        for p in problems
    ]


class _Unfit(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def _problem(row: CsvRow, column: str, message: str) -> Problem:
    return Problem(FILE, row.number, column, row.cells[column], message)


def _status(row: CsvRow, today: date | None) -> LinkStatus:
    """Raises _Unfit."""
    cells = row.cells
    if not is_web(cells["url"]):
        raise _Unfit(_problem(row, "url", "is not a web address. Run data links again."))
    if cells["moved_to"] and not is_web(cells["moved_to"]):
        raise _Unfit(_problem(row, "moved_to", "is not a web address. Run data links again."))
    if cells["state"] not in set(LinkState):
        words = ", ".join(LinkState)
        raise _Unfit(_problem(row, "state", f"is not one of: {words}."))
    asked, answered = (_day(row, column, today) for column in ("checked_on", "answered_on"))
    if asked is None:
        message = "this cell is blank. Write the day like 2026-11-22, or delete the row."
        raise _Unfit(_problem(row, "checked_on", message))
    return LinkStatus(
        cells["url"], asked, LinkState(cells["state"]), cells["detail"], cells["moved_to"], answered
    )


def _day(row: CsvRow, column: str, today: date | None) -> date | None:
    if not (text := row.cells[column]):
        return None
    try:
        if len(text) != len("2026-11-22"):  # another of the forms of ISO 8601
            raise ValueError
        day = date.fromisoformat(text)
    except ValueError:
        message = "is not a date. Write year, month and day like 2026-11-22."
        raise _Unfit(_problem(row, column, message)) from None
    if today is not None and day > today:
        raise _Unfit(_problem(row, column, "is in the future. Run data links again."))
    return day


def is_web(text: str) -> bool:
    """Whether a text begins as a web address does and holds nothing that no address holds."""
    return text.startswith(("http://", "https://")) and not any(
        c.isspace() or not c.isprintable() for c in text
    )
