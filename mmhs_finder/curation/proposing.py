"""What visitors say is wrong, as a curator reads it: in plain words, and as proposed changes.

What somebody wrote is screened once more: a file may have been put there by hand.
Not for: keeping suggestions (`suggestions`), or making a change.
"""

from __future__ import annotations

import re
import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mmhs_finder.curation.screening import Personal, may_be_personal, screened
from mmhs_finder.curation.suggestions import Correction, KeptCorrection, WrongFact
from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import NationalSupport, Service
from mmhs_finder.directory.withdrawing import cell_text
from mmhs_finder.tables.cells import csv_bytes

COLUMNS: Final = (
    "file",
    "row",
    "column",
    "old",
    "new",
    "source_url",
    "quote",
    "source_date",
    "confidence",
)
"""Of a file of changes."""

_OF_SERVICES: Final[Mapping[WrongFact, str]] = types.MappingProxyType(
    {
        WrongFact.PHONE: "phone",
        WrongFact.EMAIL: "email",
        WrongFact.WEBSITE: "website",
        WrongFact.HOURS: "hours_text",
        WrongFact.REFERRAL: "referral_note",
        WrongFact.HELPS: "who_for",
        WrongFact.AREA: "area_text",
        WrongFact.ADDRESS: "address",
        WrongFact.STATUS: "status",
        WrongFact.NAME: "name",
        WrongFact.OTHER: "curator_notes",
    }
)
_OF_LINES: Final[Mapping[WrongFact, str]] = types.MappingProxyType(
    {
        **_OF_SERVICES,
        WrongFact.HOURS: "phone_hours_text",
        WrongFact.REFERRAL: "self_referral",
        WrongFact.HELPS: "what_it_offers",
        WrongFact.AREA: "nations",
        WrongFact.ADDRESS: "curator_notes",
    }
)

_KNOWN_HOW: Final = {
    "works_there": "says that they work there",
    "used_it": "rang or used it",
    "their_page": "has it from their page",
}
_VALUES: Final = {
    WrongFact.PHONE: re.compile(r"(?<!\d)(?:\+44|0)[\d\s()-]{8,14}\d(?!\d)"),
    WrongFact.EMAIL: re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    WrongFact.WEBSITE: re.compile(r"https?://\S+"),
}
"""What the new value of a cell looks like, where it can be told from the words around it."""


@dataclass(frozen=True)
class Proposal:
    """A line of a file of changes, by its columns."""

    cells: tuple[str, ...]


def proposed(kept: KeptCorrection, directory: Directory) -> Proposal | None:
    """A suggestion as a change to decide on; None where it is about no row that we have."""
    said = kept.suggestion
    if said is None or said.fact not in {*WrongFact}:
        return None
    file, row = _row_of(said, directory)
    if row is None:
        return None
    fact = WrongFact(said.fact)
    column = (_OF_SERVICES if file == "services.csv" else _OF_LINES)[fact]
    right = _right(said)
    value = _VALUES.get(fact)
    found = value.search(right) if value else None
    old = cell_text(getattr(row, column))
    link = screened(said.link, _gone)
    how = _KNOWN_HOW.get(said.how, "does not say how they know")
    quote = f"A visitor, who {how}: {right}"
    new = found[0].strip() if found else right
    if column == "curator_notes":
        new = f"{old} {right}".strip()
    return Proposal((file, said.entry, column, old, new, link, quote, said.day, "low"))


def proposals_csv(proposals: Sequence[Proposal]) -> bytes:
    """Proposed changes as a file that a spreadsheet opens and runs nothing of."""
    return csv_bytes(COLUMNS, [each.cells for each in proposals])


def told(kept: KeptCorrection, directory: Directory) -> str:
    """A suggestion in plain words, on several lines."""
    said = kept.suggestion
    if said is None:
        return f"{kept.name}: this file cannot be read."
    _file, row = _row_of(said, directory)
    name = f"{row.name} ({said.entry})" if row else "something that is missing, or no entry of ours"
    how = _KNOWN_HOW.get(said.how, "does not say how they know")
    lines = [
        f"{kept.name}, {said.day}: {name}, {said.fact}",
        f"  is right: {_right(said)}",
        f"  who says so {how}",
    ]
    if proposal := proposed(kept, directory):
        lines.append(f"  we have in {proposal.cells[2]}: {proposal.cells[3] or '(blank)'}")
    if said.link:
        lines.append(f"  page: {screened(said.link, _gone)}")
    if marks := may_be_personal(said.right):
        words = ", ".join(mark.value for mark in marks)
        lines.append(f"  this may be personal ({words}): do not copy it, and delete it soon")
    return "\n".join(_printable(line) for line in lines)


def _row_of(said: Correction, directory: Directory) -> tuple[str, Service | NationalSupport | None]:
    if said.entry in directory.services:
        return "services.csv", directory.services[said.entry]
    line = next((row for row in directory.national if row.id == said.entry), None)
    return "national_support.csv", line


def _right(said: Correction) -> str:
    keeps = said.fact == WrongFact.ADDRESS
    return _printable(screened(said.right, _gone, keeps_postcode=keeps))


def _gone(kind: Personal) -> str:
    return f"[taken out: {kind.value.replace('_', ' ')}]"


def _printable(text: str) -> str:
    """Without what would steer a terminal."""
    return "".join(c if c.isprintable() else " " for c in text)
