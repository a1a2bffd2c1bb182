"""What a person should look at in the directory: doubtful cells, and evidence that is overdue.

Neither keeps it from being served. Evidence older than two years is said with its year and comes
first on the work list; the clock changes no fact, and a status changes only when somebody has read
or asked. Not for: what is wrong (`cells`, `rows`, `across`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from mmhs_finder.curation.cells import PUBLIC_TEXT
from mmhs_finder.directory.confirming import backing_of, newest_of
from mmhs_finder.directory.files import CsvFile, CsvRow, Problem, ProblemLevel
from mmhs_finder.directory.freshness import is_old
from mmhs_finder.directory.linked import ADDRESSES
from mmhs_finder.directory.models import Status
from mmhs_finder.directory.said import tells_to_ring

_READERS_OWN: Final = re.compile(
    r"\b(?:not|is) published\b|\bno [a-z ]*limit (?:is )?(?:published|stated)\b|\bnot stated\b"
    r"|\bversions? of (?:its|the)\b",
    re.IGNORECASE,
)
"""What a reader says of the pages, where the service's own facts belong."""

_SHADOW_LABELS: Final = re.compile(
    r"(?:^|[.-])(?:staging|stage|test|dev|develop|uat|preview|mirror|proxy|sandbox|demo)\d*(?:[.-]|$)"
)
"""A part of a host's name that is no public site's."""

_SHADOW_HOSTS: Final = (
    "pages.dev",
    "cloudfront.net",
    "verseonecloud.com",
    "mixd.co.uk",
    "arcpublishing.com",
    "netlify.app",
    "vercel.app",
    "azurewebsites.net",
    "herokuapp.com",
    "github.io",
    "web.archive.org",
)
"""Hosts that serve copies of other people's sites: development, delivery networks, archives."""

_SCRAPERS: Final = (
    "1library.net",
    "docslib.org",
    "dramaunfolded.com",
    "fdocuments.net",
    "fdocuments.us",
    "findhealthclinics.com",
    "honorok.com",
    "paperzz.com",
    "slideplayer.com",
    "thewriterstown.com",
    "viralnewseveryday.com",
)
"""Sites that copy other people's pages and documents. Met in this directory; add what you meet."""

_AGES: Final = ("services.csv", "national_support.csv", "devolved_nations.csv")


def is_copy(url: str) -> bool:
    """Whether an address is that of a staging, mirror or scraper host, and not of the page."""
    try:
        host = (urlsplit(url.strip()).hostname or "").lower().removeprefix("www.")
    except ValueError:
        return False  # no address at all, which another check says
    if _SHADOW_LABELS.search(host):
        return True
    return any(host == h or host.endswith(f".{h}") for h in (*_SHADOW_HOSTS, *_SCRAPERS))


def doubtful(tables: Mapping[str, CsvFile]) -> Iterator[Problem]:
    """What a person should put right, row by row."""
    for table in tables.values():
        for row in table.rows:
            yield from _copies(table.file, row)
            yield from _readers_own(table.file, row)
    for row in tables["services.csv"].rows:
        yield from _nothing_to_ring(row)


def _copies(file: str, row: CsvRow) -> Iterator[Problem]:
    for column in ADDRESSES:
        for url in row.cells.get(column, "").split(";"):
            if url.strip() and is_copy(url):
                message = (
                    "is a copy of somebody's page on a staging, mirror or scraper host. Write the "
                    "address of the page itself, or move it to the notes for curators."
                )
                yield _doubt(file, row, column, url.strip(), message)


def _readers_own(file: str, row: CsvRow) -> Iterator[Problem]:
    for column in sorted(PUBLIC_TEXT & row.cells.keys()):
        if found := _READERS_OWN.search(row.cells[column]):
            message = (
                f"holds “{found[0]}”, which is a reader's remark about the pages. Here stands what "
                "the service says: take the remark out, or move it to curator_notes."
            )
            yield _doubt(file, row, column, row.cells[column], message)


def _nothing_to_ring(row: CsvRow) -> Iterator[Problem]:
    note = row.cells.get("referral_note", "")
    if tells_to_ring(note) and not row.cells.get("phone"):
        message = "asks people to ring, but there is no number. Add it, or say it otherwise."
        yield _doubt("services.csv", row, "referral_note", note, message)


def _doubt(file: str, row: CsvRow, column: str, value: str, message: str) -> Problem:
    return Problem(file, row.number, column, value, message, ProblemLevel.DOUBTFUL)


_DATES: Final = ("source_date", "told_on")
"""Columns that an overdue row may be dated by; else it is `checked_on`."""


def overdue(tables: Mapping[str, CsvFile], today: date) -> tuple[Problem, ...]:
    """Rows whose evidence is older than two years, the oldest first; none that has closed.

    What the service itself confirmed is evidence of that day. A row without a date on its sources
    is as old as the day it was read. Before them all: national lines that somebody says are
    closing.
    """
    closing = [
        Problem(
            "national_support.csv",
            row.number,
            "status",
            row.cells["status"],
            "may be closing: ask whether it still takes people.",
            ProblemLevel.OVERDUE,
        )
        for row in tables["national_support.csv"].rows
        if row.cells.get("status") == Status.UNKNOWN
    ]
    found = []
    for file in _AGES:
        for row in tables[file].rows if file in tables else ():
            told = [row.cells.get(name, "") for name in ("told_on", "told_how", "told_proof")]
            newest = newest_of(row.cells.get("source_date", ""), told[0], backing_of(*told))
            day = newest or row.cells.get("checked_on", "")
            dated = re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", day)
            if dated and is_old(day, today) and row.cells.get("status") != Status.CLOSED:
                message = (
                    f"is overdue: the newest evidence is from {day[:4]}. Read it again or ask."
                )
                column = next((c for c in _DATES if row.cells.get(c) == day), "checked_on")
                found.append(Problem(file, row.number, column, day, message, ProblemLevel.OVERDUE))
    return (*closing, *sorted(found, key=lambda each: (each.value, each.file, each.row)))
