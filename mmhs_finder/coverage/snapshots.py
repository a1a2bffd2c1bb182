"""Snapshots as files: `history/2026-11-30.csv` beside the directory's own, one a month.

A row is a council, a part of one, or an MMHS; each says its day, so that a row that is cut out
still does. A measure that was added later has no column in an older file, and was not counted then;
a column that is not known is passed over. Whatever else is in a file, reading it raises nothing:
it is left out, and said.
Not for: what a snapshot holds (`history`), or the folders of whole CSV files beside the files.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar

from mmhs_finder.coverage.history import KEPT, AreaThen, ServiceThen, Snapshot
from mmhs_finder.coverage.measures import VALUES
from mmhs_finder.coverage.values import Value
from mmhs_finder.curation.one_file import write_in_one_step
from mmhs_finder.directory.models import Pathway, PathwayOffer, Status, YesNo
from mmhs_finder.tables.cells import csv_bytes, safe_cell

T = TypeVar("T")

FOLDER: Final = "history"
AREA_ROW: Final = "area"
SERVICE_ROW: Final = "mmhs"
COLUMNS: Final = (
    "date",
    "record",
    "code",
    "name",
    "parent",
    "region",
    "icb_2026_code",
    "births_year_to_mid_2020",
    *(measure.value for measure in KEPT),
    "status",
    "areas",
)
"""In the row of a service the columns of the four pathways and of self-referral hold its own
answer, as in `mmhs_criteria.csv` and `services.csv`."""

_NEEDED: Final = frozenset(COLUMNS) - {measure.value for measure in KEPT}
_NAME: Final = re.compile(r"20\d\d-\d\d-\d\d\.csv", re.ASCII)
_BIRTHS: Final = re.compile(r"[0-9]{1,7}")
MOST_BYTES: Final = 2 * 1024 * 1024
MOST_FILES: Final = 36
"""The first of all, and the newest: three years of months."""


class BadSnapshot(ValueError):
    """A file that is no snapshot. Its text says why, for people."""


class NewerSnapshot(Exception):
    """The month has a later snapshot already, which stays. day: of that one."""

    def __init__(self, day: date) -> None:
        self.day = day
        super().__init__(f"There is a later snapshot of that month, {day}, which stays.")


@dataclass(frozen=True)
class KeptSnapshots:
    """snapshots: by day. unreadable: the names of files that are none, with why."""

    snapshots: tuple[Snapshot, ...] = ()
    unreadable: tuple[tuple[str, str], ...] = ()


# --- writing --------------------------------------------------------------------------------------


def to_bytes(snapshot: Snapshot) -> bytes:
    """The file of a snapshot; the same bytes for the same snapshot."""
    return csv_bytes(COLUMNS, _rows(snapshot))


def _rows(snapshot: Snapshot) -> Iterator[list[object]]:
    for area in snapshot.areas.values():
        values = {m.value: v.value for m, v in area.values.items()}
        cells: dict[str, object] = {
            "record": AREA_ROW,
            "code": area.code,
            "name": area.name,
            "parent": area.parent,
            "region": area.region,
            "icb_2026_code": area.icb,
            "births_year_to_mid_2020": area.births,
            **values,
        }
        yield [snapshot.day, *(cells.get(column, "") for column in COLUMNS[1:])]
    for service in snapshot.services.values():
        cells = {
            "record": SERVICE_ROW,
            "code": service.id,
            "name": service.name,
            "self_referral": service.self_referral.value,
            **{pathway.value: offer.value for pathway, offer in service.offers.items()},
            "status": service.status.value,
            "areas": ";".join(service.areas),
        }
        yield [snapshot.day, *(cells.get(column, "") for column in COLUMNS[1:])]


def keep(snapshot: Snapshot, folder: Path) -> tuple[Path, tuple[Path, ...]]:
    """Writes a snapshot into a folder, in place of an earlier one of its month.

    The first of all is never replaced by a later one. Returns the file, and those that it replaced.
    Raises NewerSnapshot where the month has a later one, and OSError.
    """
    days = [_day_of(path) for path in _files(folder)]
    others = [day for day in days if day != snapshot.day]
    of_month = [d for d in others if (d.year, d.month) == (snapshot.day.year, snapshot.day.month)]
    is_first = all(snapshot.day < day for day in others)
    if of_month and max(of_month) > snapshot.day and not is_first:
        raise NewerSnapshot(max(of_month))
    folder.mkdir(exist_ok=True)
    path = folder / f"{snapshot.day}.csv"
    write_in_one_step(path, to_bytes(snapshot), ".snapshot-")
    first = min(days, default=snapshot.day)
    gone = [folder / f"{d}.csv" for d in of_month if first < d < snapshot.day]
    for each in gone:
        each.unlink()
    return path, tuple(gone)


# --- reading --------------------------------------------------------------------------------------


def read_snapshots(directory: Path) -> KeptSnapshots:
    """Those that lie beside a directory's files, at most `MOST_FILES`. directory: its folder."""
    found, unreadable = [], []
    files = _files(directory / FOLDER)
    for path in [*files[:1], *files[1:][-MOST_FILES + 1 :]]:
        try:
            found.append(_read(path))
        except BadSnapshot as problem:
            unreadable.append((path.name, str(problem)))
    return KeptSnapshots(tuple(found), tuple(unreadable))


def _files(folder: Path) -> list[Path]:
    """By day. Anything whose name is no day, or that is no file, is not a snapshot."""
    try:
        named = [path for path in folder.iterdir() if _NAME.fullmatch(path.name)]
        return sorted(path for path in named if path.is_file() and _is_day(path.stem))
    except OSError:
        return []


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _day_of(path: Path) -> date:
    return date.fromisoformat(path.stem)


def _read(path: Path) -> Snapshot:
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as problem:
        raise BadSnapshot(f"It cannot be opened ({problem.strerror}).") from None
    if len(raw) > MOST_BYTES:
        raise BadSnapshot("It is too large.")
    snapshot = from_bytes(raw)
    if snapshot.day != _day_of(path):
        raise BadSnapshot("Its rows are of another day than its name says.")
    return snapshot


def from_bytes(raw: bytes) -> Snapshot:
    """The snapshot of a file. Raises BadSnapshot."""
    try:
        text = raw.decode("utf-8-sig")
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        header = reader.fieldnames or ()
        rows = list(reader)
    except (UnicodeDecodeError, csv.Error):
        raise BadSnapshot("It is not a CSV file in UTF-8.") from None
    if missing := sorted(_NEEDED - {*header}):
        raise BadSnapshot(f"It lacks these columns: {', '.join(missing)}.")
    if len({*header}) != len(header):
        raise BadSnapshot("A column is there twice.")
    if any(None in row or None in row.values() for row in rows):
        raise BadSnapshot("A row has more or fewer cells than its header.")
    days = {row["date"] for row in rows}
    if len(days) != 1 or not all(map(_is_day, days)):
        raise BadSnapshot("Its rows are not of one day.")
    return Snapshot(
        date.fromisoformat(days.pop()),
        _each_once((r["code"], _area(r)) for r in rows if r["record"] == AREA_ROW),
        _each_once((r["code"], _service(r)) for r in rows if r["record"] == SERVICE_ROW),
    )


def _each_once(rows: Iterable[tuple[str, T]]) -> Mapping[str, T]:
    found: dict[str, T] = {}
    for key, row in rows:
        if not key or key in found:
            raise BadSnapshot("A row has no code, or there are two rows of one.")
        found[key] = row
    return MappingProxyType(dict(sorted(found.items())))


def _area(row: Mapping[str, str]) -> AreaThen:
    births = row["births_year_to_mid_2020"]
    if births and not _BIRTHS.fullmatch(births):
        raise BadSnapshot("A number of births is not a whole number.")
    values = {}
    for measure in KEPT:
        if not (said := row.get(measure.value, "")):
            continue  # not counted then
        if said not in VALUES[measure]:
            raise BadSnapshot(f"A value of {measure} is not one that it can have.")
        values[measure] = Value(said)
    return AreaThen(
        row["code"],
        _name(row),
        row["parent"],
        row["region"],
        row["icb_2026_code"],
        int(births) if births else None,
        MappingProxyType(values),
    )


def _service(row: Mapping[str, str]) -> ServiceThen:
    try:
        return ServiceThen(
            row["code"],
            _name(row),
            Status(row["status"]),
            YesNo(row.get("self_referral", "")),
            MappingProxyType({p: PathwayOffer(row.get(p.value, "")) for p in Pathway}),
            tuple(sorted({code for code in row["areas"].split(";") if code})),
        )
    except ValueError:
        raise BadSnapshot("An answer of a service is not one that it can have.") from None


def _name(row: Mapping[str, str]) -> str:
    """A name without the sign that keeps a spreadsheet from running it."""
    said = row["name"]
    return said[1:] if said[:1] == "'" and safe_cell(said[1:]) == said else said
