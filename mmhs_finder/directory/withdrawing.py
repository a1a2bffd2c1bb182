"""The directory without what has been taken out: `without(directory, withdrawals)`.

It stands over a directory that was checked: rows and cells go, councils that lose their only MMHS
become gaps, and nothing else changes. A number, an e-mail address or a link goes wherever it
stands, also in texts; a text that holds it goes whole, since half a sentence could mislead.
Not for: which withdrawals there are (`withdrawn`), or whether one may be made (`curation`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar

from mmhs_finder.directory.files import FILES
from mmhs_finder.directory.map_models import AreaGap
from mmhs_finder.directory.models import (
    Area,
    Criteria,
    DevolvedService,
    Record,
    ServiceArea,
    ServiceKind,
)
from mmhs_finder.directory.vocabularies import Read
from mmhs_finder.directory.withdrawn import LINKS, Sought, Withdrawal, blank_of, can_be_blank

if TYPE_CHECKING:
    from mmhs_finder.directory.loading import Directory

R = TypeVar("R", bound=Record)

GO_WITH: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "phone": (
            "phone_audience",
            "phone_status",
            "hours_text",
            "hours_osm",
            "phone_hours_text",
            "phone_hours_osm",
        ),
        "referrer_phone": ("referrer_phone_status",),
        "text_number": ("text_keyword",),
        "email": ("email_audience",),
        "website": ("website_kind",),
        "hours_text": ("hours_osm",),
        "hours_osm": ("hours_text",),
        "phone_hours_text": ("phone_hours_osm",),
        "phone_hours_osm": ("phone_hours_text",),
        "self_referral": ("self_referral_except",),
        "wait_assessment_weeks": ("availability_as_of",),
        "wait_therapy_weeks": ("availability_as_of",),
    }
)
"""What is blank, too, when a column is: it says something of what stood there. A number takes its
hours with it, as one that is not confirmed does."""

_IDS: Final = ("id", "service_id", "area_code")
_ADDRESSES: Final = (*LINKS, "source_urls")
"""A number is not looked for in links: digits in one are nothing to ring."""


@dataclass(frozen=True)
class TakenFrom:
    """One place from which something was taken. column: "" for the whole row."""

    file: str
    row: str
    column: str


def without(directory: Directory, withdrawals: Sequence[Withdrawal]) -> Directory:
    """The directory without what is out. It remembers how it was whole, and what was taken out.

    withdrawals: also those that were put back; they take nothing out. Where one names a row that
    is not there, or a cell with another value since, nothing is taken from that cell.
    """
    whole = directory.whole or directory
    out = [each for each in withdrawals if each.is_out]
    if not out:
        if whole.withdrawn == tuple(withdrawals):
            return whole
        return replace(whole, withdrawn=tuple(withdrawals), whole=whole)
    sought = _sought(whole, out)
    gone = {file: {w.row for w in out if w.file == file and not w.column} for file in FILES}
    gone_services = gone["services.csv"] & set(whole.services)
    areas = {(w.row, w.area_code) for w in out if w.area_code}

    def kept(file: str, rows: Iterable[R]) -> Iterator[R]:
        for row in rows:
            if row_key(row) not in gone[file]:
                yield _less(file, row, out, sought)

    services = {each.id: each for each in kept("services.csv", whole.services.values())}
    criteria = {
        each.service_id: _less_ids(each, gone_services)
        for each in kept("mmhs_criteria.csv", whole.criteria.values())
        if each.service_id not in gone_services
    }
    for key in gone["mmhs_criteria.csv"] & set(services):
        if key in whole.criteria:
            criteria[key] = _nothing_known(whole.criteria[key])
    rows = tuple(
        row
        for row in whole.service_areas
        if row.service_id not in gone_services and (row.service_id, row.area_code) not in areas
    )
    return replace(
        whole,
        services=MappingProxyType(services),
        criteria=MappingProxyType(criteria),
        service_areas=rows,
        gaps=MappingProxyType({**whole.gaps, **_new_gaps(whole, rows)}),
        national=tuple(kept("national_support.csv", whole.national)),
        devolved=tuple(kept("devolved_nations.csv", whole.devolved)),
        withdrawn=tuple(withdrawals),
        whole=whole,
    )


def taken_from(before: Directory, after: Directory) -> tuple[TakenFrom, ...]:
    """Where two directories differ, of which the second is the first with more taken out."""
    return tuple(dict.fromkeys(_differences(before, after)))


def row_key(row: Record) -> str:
    """What names a row: its id; of `devolved_nations.csv` nation/board/service."""
    if isinstance(row, Criteria | ServiceArea):
        return row.service_id
    if isinstance(row, DevolvedService):
        return f"{row.nation.value}/{row.board_or_trust}/{row.service_name}"
    return str(getattr(row, "id", ""))


def rows_of(directory: Directory, file: str) -> tuple[Record, ...]:
    """The records of a file from which something can be taken out."""
    every: Mapping[str, Iterable[Record]] = {
        "services.csv": directory.services.values(),
        "mmhs_criteria.csv": directory.criteria.values(),
        "service_areas.csv": directory.service_areas,
        "national_support.csv": directory.national,
        "devolved_nations.csv": directory.devolved,
    }
    return tuple(every[file])


# --- cells ----------------------------------------------------------------------------------------


def _sought(whole: Directory, out: Sequence[Withdrawal]) -> tuple[Sought, ...]:
    """What must stand nowhere. Where a file could not be read when something was taken out, the
    value is that of the row as it is served."""
    found: dict[tuple[str, str], Sought] = {}
    for each in out:
        told = each
        if each.column and not each.value and each.file and not each.area_code:
            rows = (r for r in rows_of(whole, each.file) if row_key(r) == each.row)
            value = getattr(next(rows, None), each.column, "")
            told = replace(each, value=value if isinstance(value, str) else "")
        if told.sought:
            found[(told.sought.kind, told.sought.pattern.pattern)] = told.sought
    return tuple(found.values())


def _less(file: str, row: R, out: Sequence[Withdrawal], sought: Sequence[Sought]) -> R:
    """A record without the cells that are taken out."""
    blank: dict[str, object] = {}
    key = row_key(row)
    for each in out:
        if each.file == file and each.row == key and each.column and _still(row, each):
            blank[each.column] = blank_of(file, each.column)
    for column in FILES[file].model_fields:
        value = getattr(row, column)
        left = _less_sought(file, column, value, sought)
        if left is not value:
            blank[column] = left
    if not blank:
        return row
    for column in tuple(blank):
        for other in GO_WITH.get(column, ()):
            if other in FILES[file].model_fields and not blank[column]:
                blank[other] = blank_of(file, other)
    if getattr(row, "read", None) is Read.WHOLE:
        blank["read"] = Read.PART  # a blank of ours is no word of theirs
    return row.model_copy(update=blank)


def _still(row: Record, withdrawal: Withdrawal) -> bool:
    """Whether a cell is as it was when it was taken out: one that was mended since is shown."""
    value = cell_text(getattr(row, withdrawal.column))
    return not withdrawal.value or _items(value) == _items(withdrawal.value)


def _items(cell: str) -> list[str]:
    """What a cell says, whatever spaces stand between its items or words."""
    return [" ".join(item.split()) for item in cell.split(";")]


def cell_text(value: object) -> str:
    """A value as a cell of the file has it, as far as two of them can be compared."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ";".join(str(each) for each in value)
    return str(value)


def _less_sought(file: str, column: str, value: Any, sought: Sequence[Sought]) -> Any:
    """A cell's value without what must stand nowhere; the value itself where it holds none."""
    if column in _IDS or not sought:
        return value
    some = [s for s in sought if s.kind != "number" or column not in _ADDRESSES]
    if isinstance(value, tuple):
        left = tuple(v for v in value if not any(s.is_in(str(v)) for s in some))
        return value if left == value else left
    if not isinstance(value, str) or not any(s.is_in(value) for s in some):
        return value
    if can_be_blank(file, column):
        return blank_of(file, column)
    for each in some:
        value = each.out_of(value)
    return value


def _less_ids(criteria: Criteria, gone: set[str]) -> Criteria:
    left = tuple(each for each in criteria.earlier_help if each not in gone)
    return criteria.model_copy(update={"earlier_help": left})


def _nothing_known(criteria: Criteria) -> Criteria:
    """Criteria of which every cell is blank: a service of its kind always has some."""
    file = "mmhs_criteria.csv"
    columns = (column for column in Criteria.model_fields if column != "service_id")
    return criteria.model_copy(update={column: blank_of(file, column) for column in columns})


# --- areas ----------------------------------------------------------------------------------------


def _new_gaps(whole: Directory, left: Sequence[ServiceArea]) -> dict[str, AreaGap]:
    """The councils and parts that had an MMHS and have none any more, as gaps."""
    parts = _parts(whole.areas)
    lost = _reached(whole, whole.service_areas, parts) - _reached(whole, left, parts)
    return {
        code: AreaGap(area_code=code, kind=ServiceKind.MMHS) for code in whole.areas if code in lost
    }


def _reached(
    whole: Directory, rows: Iterable[ServiceArea], parts: Mapping[str, Sequence[str]]
) -> set[str]:
    mmhs = {key for key, s in whole.services.items() if s.kind is ServiceKind.MMHS}
    return {
        code
        for row in rows
        if row.service_id in mmhs
        for code in (row.area_code, *parts.get(row.area_code, ()))
    }


def _parts(areas: Mapping[str, Area]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for area in areas.values():
        if area.parent:
            found.setdefault(area.parent, []).append(area.code)
    return found


# --- what changed ---------------------------------------------------------------------------------


def _differences(before: Directory, after: Directory) -> Iterator[TakenFrom]:
    for file in ("services.csv", "mmhs_criteria.csv", "national_support.csv"):
        yield from _rows_differ(file, before, after)
    yield from _rows_differ("devolved_nations.csv", before, after)
    left = {(row.service_id, row.area_code) for row in after.service_areas}
    for row in before.service_areas:
        if (row.service_id, row.area_code) not in left and row.service_id in after.services:
            yield TakenFrom("service_areas.csv", row.service_id, f"area_code ({row.area_code})")


def _rows_differ(file: str, before: Directory, after: Directory) -> Iterator[TakenFrom]:
    left = {row_key(row): row for row in rows_of(after, file)}
    for row in rows_of(before, file):
        key = row_key(row)
        now = left.get(key)
        if now is None:
            if not (file == "mmhs_criteria.csv" and key not in after.services):
                yield TakenFrom(file, key, "")
        elif now is not row:
            for column in FILES[file].model_fields:
                if column != "read" and getattr(row, column) != getattr(now, column):
                    yield TakenFrom(file, key, column)
