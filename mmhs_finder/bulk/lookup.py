"""Many postcodes at once: a CSV or XLSX in, the same rows with council, ICB and services out.

    lookup = Lookup(finder)
    table = open_table(data)                      # finds the postcode column
    for piece in convert(table, lookup): ...      # CSV, some thousand rows a piece

Pure and streaming: what is in memory is one piece, however long the table is, and nothing is
written to disk. What an area has is worked out once for each of the 302 areas; rows are joined to
that by number.
Not for: one postcode (`finder`), the command (`bulk_cli`), the page (`ui.bulk`).
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, BinaryIO, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod

from mmhs_finder.answers.finding import Finder
from mmhs_finder.directory.models import Area, Certainty, Service, ServiceKind, Status
from mmhs_finder.nation import Nation, is_pseudo, nation_of_code
from mmhs_finder.places.shapes import KM_PER_DEGREE
from mmhs_finder.postcodes import NotAPostcode, Postcode, UnknownPostcode, packing
from mmhs_finder.postcodes.errors import FORCES, PostcodeWithoutPlace
from mmhs_finder.tables.cells import BYTE_ORDER_MARK, csv_lines, safe_cell
from mmhs_finder.tables.xlsx import MAX_COLUMNS, WorkbookProblem, read_rows
from mmhs_finder.words import say

MAX_BYTES: Final = 200 * 1024 * 1024
"""The largest file that is read from memory: 200 MB."""

MAX_LINE: Final = 16 * 1024 * 1024
"""Characters without a line's end after which a text is no table."""

CHUNK: Final = 20_000
"""Rows that are worked on at a time."""

SAMPLE: Final = 1_000
"""Rows that are read to find the postcode column."""

ADDED: Final = (
    "matched",
    "council",
    "council_code",
    "icb_2024",
    "icb_2026",
    "mmhs",
    "mmhs_id",
    "self_referral",
    "perinatal_team",
    "mmhs_distance_km",
    "note",
)
"""The columns that are added. Where the table has a name already, "_2" is put behind ours."""

JOIN: Final = "; "
"""Between several values in a cell."""

Progress = Callable[[int, int], None]
"""Called with (rows done, rows in all). The second is an estimate until the end, and 0 when nothing
is known, as on a pipe."""

_BLOCK: Final = 1 << 20
_NAMES: Final = frozenset({"postcode", "postalcode", "pcd", "pcds", "pcd7", "pcd8", "zip"})
_GEOD: Final = Geod(ellps="WGS84")


class BulkProblem(ValueError):
    """A file that cannot be used. `message` is fit to show to anyone; `kind` is stable, for code.

    kinds: empty, too_big, zip_bomb, not_a_table, old_excel, broken_xlsx, busy, encoding, no_column,
    no_such_column, too_many_columns.
    """

    def __init__(self, kind: str, **values: object) -> None:
        self.kind = kind
        self.message = say(f"bulk.problem_{kind}", **values)
        super().__init__(self.message)


class BulkCancelled(Exception):
    """`cancelled` said so. What was made so far is the caller's to throw away."""


# --- what each area has ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AreaAnswer:
    """What a row gets that lies in an area, or outside England, or nowhere that is known."""

    matched: bool
    nation: str = ""
    area_code: str = ""  # of the council, or of the part of a split one
    council: str = ""
    council_code: str = ""
    icb_2024: tuple[str, ...] = ()
    icb_2026: tuple[str, ...] = ()
    mmhs: tuple[Service, ...] = ()  # open ones first
    perinatal: tuple[Service, ...] = ()
    bases: tuple[tuple[float, float], ...] = ()  # (lat, lon) of the MMHS whose real base is known
    note: str = ""

    @property
    def mmhs_names(self) -> tuple[str, ...]:
        return tuple(_name(s) for s in self.mmhs)

    @property
    def mmhs_ids(self) -> tuple[str, ...]:
        return tuple(s.id for s in self.mmhs)

    @property
    def perinatal_names(self) -> tuple[str, ...]:
        return tuple(_name(s) for s in self.perinatal)

    @property
    def self_referral(self) -> tuple[str, ...]:
        """ "yes", "no" or "unknown" for each MMHS, in their order."""
        return tuple(s.self_referral.value for s in self.mmhs)

    def cells(self) -> tuple[str, ...]:
        """The cells of `ADDED` without the last two, safe for a spreadsheet."""
        return tuple(
            safe_cell(text)
            for text in (
                "yes" if self.matched else "no",
                self.council,
                self.council_code,
                JOIN.join(self.icb_2024),
                JOIN.join(self.icb_2026),
                JOIN.join(self.mmhs_names),
                JOIN.join(self.mmhs_ids),
                JOIN.join(say(f"bulk.self_{state}") for state in self.self_referral),
                JOIN.join(self.perinatal_names),
            )
        )


@dataclass(frozen=True)
class Answered:
    """The answers for a column of texts, one entry each: numbers into `Lookup.answers`, kilometres
    to the nearest base (NaN where none is known), WGS84 degrees (NaN likewise), and the notes of
    single rows, by place, instead of their area's."""

    answer: NDArray[np.int32]
    km: NDArray[np.float64]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    notes: dict[int, str]


class Lookup:
    """Postcodes to `AreaAnswer`, many at once. Made in 0.2 s; safe to share by threads."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._answers: list[AreaAnswer] = [AreaAnswer(matched=False)]
        directory = finder.directory
        self._of_area: dict[str, int] = {}
        for area in directory.areas.values():
            self._of_area[area.code] = self._add(self._area_answer(area))
        self._of_nation = {
            nation: self._add(
                AreaAnswer(
                    matched=True,
                    nation=nation.value,
                    note=say("bulk.note_nation", nation=nation.value),
                )
            )
            for nation in Nation
            if nation is not Nation.ENGLAND
        }
        codes = finder.index.find_many([]).council_names.tolist()
        # One more at the end, for council -1: not found.
        self._of_council = np.array([*(self._council(code) for code in codes), 0], dtype=np.int32)
        self._elsewhere = np.array([*(is_pseudo(c) for c in codes), False])
        self._split = {
            codes.index(area.code): self._parts(area.code)
            for area in directory.councils()
            if directory.parts(area.code) and area.code in codes
        }
        self.answers: tuple[AreaAnswer, ...] = tuple(self._answers)
        self._based = [n for n, answer in enumerate(self.answers) if answer.bases]
        self._outward = self._outward_numbers()
        self._around: dict[str, tuple[int, str]] = {}

    def _add(self, answer: AreaAnswer) -> int:
        self._answers.append(answer)
        return len(self._answers) - 1

    def _council(self, code: str) -> int:
        """The answer for a council of the postcode index."""
        if code in self._of_area:
            return self._of_area[code]
        if is_pseudo(code):
            return 0
        nation = nation_of_code(code) or Nation.ENGLAND
        if nation is Nation.ENGLAND:
            note = say("bulk.note_no_area")
        else:
            note = say("bulk.note_nation", nation=nation.value)
        name = nation.value
        return self._add(AreaAnswer(matched=True, nation=name, council_code=code, note=note))

    def _area_answer(self, area: Area) -> AreaAnswer:
        """A split council as a whole, for postcodes without a point, has what its parts have."""
        directory = self._finder.directory
        parts = directory.parts(area.code)
        council = directory.areas[area.parent] if area.parent else area
        serving = directory.serving(area.code)
        mmhs = [pair for pair in serving if pair[0].kind is ServiceKind.MMHS]
        services = _open_first(service for service, _ in mmhs)
        return AreaAnswer(
            matched=True,
            nation=Nation.ENGLAND.value,
            area_code="" if parts else area.code,
            council=council.name,
            council_code=council.code,
            icb_2024=area.icb_2024,
            icb_2026=(area.icb_2026, *area.icb_2026_others),
            mmhs=services,
            perinatal=_open_first(s for s, _ in serving if s.kind is ServiceKind.PERINATAL_TEAM),
            bases=tuple(base for s in services if (base := self._base(s))),
            note=_area_note(mmhs, split=bool(parts)),
        )

    def _base(self, service: Service) -> tuple[float, float] | None:
        if not service.is_real_base:
            return None
        found = self._finder.index.find_many([service.postcode])
        lat, lon = float(found.lat[0]), float(found.lon[0])
        return None if np.isnan(lat) else (lat, lon)

    def _parts(self, code: str) -> tuple[NDArray[np.int32], NDArray[Any], NDArray[Any]]:
        """Answers of a split council's parts, their shapes, and the same in kilometres."""
        shapes = self._finder.shapes
        names = shapes.shape_codes(code)
        plain = shapely.from_geojson([shapes.geometry_json(name) for name in names])
        whole = shapely.make_valid(plain, method="structure", keep_collapsed=False)
        shapely.prepare(whole)
        scaled = np.array([shapely.transform(g, _to_km) for g in whole], dtype=object)
        return np.array([self._of_area[n] for n in names], dtype=np.int32), whole, scaled

    def _outward_numbers(self) -> NDArray[np.uint32]:
        """The packed outward code of each place that the index's keys count with."""
        index = self._finder.index
        places, rows = np.unique(index.keys // packing.INWARDS, return_index=True)
        numbers = np.zeros(int(places[-1]) + 1, dtype=np.uint32)
        for place, row in zip(places.tolist(), rows.tolist(), strict=True):
            numbers[place] = packing.pack_outward(index.postcode_at(row).outward)
        return numbers

    # --- rows -----------------------------------------------------------------------------------

    def find(self, texts: Sequence[str]) -> Answered:
        """The answers for a column of texts, read as `Postcode.parse` reads them.

        Only full postcodes are answered: a row for half a district would look as sure as the
        others. Never raises on any text.
        """
        found = self._finder.index.find_many(texts)
        answer = self._of_council[found.council]
        for council, (numbers, shapes, scaled) in self._split.items():
            rows = np.flatnonzero((found.council == council) & ~np.isnan(found.lat))
            if len(rows):
                part = _part_of(shapes, scaled, found.lon[rows], found.lat[rows])
                answer[rows] = numbers[part]
        notes: dict[int, str] = {}
        self._unusual(texts, found.row, answer, notes)
        known: dict[str, tuple[int, str]] = {}
        for row in np.flatnonzero((answer == 0) | self._elsewhere[found.council]).tolist():
            text = texts[row]
            if text not in known:
                known[text] = self._why_not(text, in_index=bool(found.row[row] >= 0))
            answer[row], note = known[text]
            if note:
                notes[row] = note
        return Answered(answer, self._km(answer, found.lat, found.lon), found.lat, found.lon, notes)

    def _unusual(
        self,
        texts: Sequence[str],
        rows: NDArray[np.int64],
        answer: NDArray[np.int32],
        notes: dict[int, str],
    ) -> None:
        """Notes for postcodes that were read with a correction, such as an O for a 0."""
        packed = packing.pack(texts)
        key = self._finder.index.keys[np.maximum(rows, 0)]
        as_typed = packed.valid & (packed.inward == key % packing.INWARDS)
        as_typed &= self._outward[key // packing.INWARDS] == packed.outward
        for row in np.flatnonzero((rows >= 0) & ~as_typed).tolist():
            postcode = Postcode.parse(texts[row])
            if isinstance(postcode, Postcode) and postcode.corrected_from:
                own = self.answers[int(answer[row])].note
                notes[row] = f"{say('bulk.note_read_as', postcode=postcode)} {own}".strip()

    def _why_not(self, text: str, *, in_index: bool) -> tuple[int, str]:
        """(answer, note) of a text that is no postcode of the index's councils."""
        postcode = Postcode.parse(text)
        if isinstance(postcode, NotAPostcode):
            return 0, say(f"bulk.reason_{postcode.reason}")
        if in_index or len(postcode.inward) < 3:
            return self._why_not_there(postcode)
        # For a full postcode that is not in the index the answer is that of its outward code.
        if postcode.outward not in self._around:
            self._around[postcode.outward] = self._why_not_there(postcode)
        return self._around[postcode.outward]

    def _why_not_there(self, postcode: Postcode) -> tuple[int, str]:
        try:
            located = self._finder.index.locate(postcode)
        except PostcodeWithoutPlace as problem:
            reason = "forces" if problem.message == FORCES else "no_place"
            return 0, say(f"bulk.reason_{reason}")
        except UnknownPostcode:
            return 0, say("bulk.reason_unknown")
        nation = located.nation
        if nation in self._of_nation and not located.councils:
            return self._of_nation[nation], ""  # Northern Ireland and the islands: no council
        if len(postcode.inward) < 3:
            return 0, say("bulk.reason_part")
        return 0, say("bulk.reason_unknown")

    def _km(
        self, answer: NDArray[np.int32], lat: NDArray[np.float64], lon: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Geodesic kilometres to the nearest known base of a row's own MMHS."""
        km = np.full(len(answer), np.nan)
        for number in self._based:
            rows = np.flatnonzero((answer == number) & ~np.isnan(lat))
            for base_lat, base_lon in self.answers[number].bases if len(rows) else ():
                ends = np.full(len(rows), base_lon), np.full(len(rows), base_lat)
                metres = _GEOD.inv(lon[rows], lat[rows], *ends)[2]
                km[rows] = np.fmin(km[rows], np.asarray(metres) / 1000)
        return km


def _name(service: Service) -> str:
    if service.status is Status.OPEN:
        return service.name
    return say("bulk.name_unconfirmed", name=service.name)


def _open_first(services: Iterable[Service]) -> tuple[Service, ...]:
    return tuple(sorted(services, key=lambda s: s.status is not Status.OPEN))


def _area_note(mmhs: Sequence[tuple[Service, Certainty]], *, split: bool) -> str:
    notes = []
    if split:
        notes.append(say("bulk.note_split"))
    elif not mmhs:
        notes.append(say("bulk.note_none"))
    elif len(mmhs) > 1:
        notes.append(say("bulk.note_several"))
    if mmhs and all(s.status is not Status.OPEN for s, _ in mmhs):
        notes.append(say("bulk.note_unconfirmed"))
    if mmhs and all(certainty is Certainty.INFERRED for _, certainty in mmhs):
        notes.append(say("bulk.note_inferred"))
    return " ".join(notes)


def _to_km(lon_lat: NDArray[Any]) -> NDArray[Any]:
    return np.asarray(lon_lat * np.array(KM_PER_DEGREE))


def _part_of(
    shapes: NDArray[Any], scaled: NDArray[Any], lon: NDArray[Any], lat: NDArray[Any]
) -> NDArray[np.intp]:
    """For each point the first part that holds it, else the nearest, as `AreaShapes.part_at`."""
    inside = np.array([shapely.intersects_xy(shape, lon, lat) for shape in shapes])
    part = np.asarray(inside.argmax(axis=0), dtype=np.intp)
    left = np.flatnonzero(~inside.any(axis=0))
    if len(left):
        points = shapely.points(_to_km(np.column_stack([lon[left], lat[left]])))
        part[left] = np.array([shapely.distance(g, points) for g in scaled]).argmin(axis=0)
    return part


# --- reading --------------------------------------------------------------------------------------


@dataclass
class Table:
    """An opened file. Its rows can be read once, by `convert`.

    `column` counts from 0 and is None when no column with postcodes was found. `notes` holds what
    the person should know about the reading, as texts; it is whole when all rows have been read.
    """

    header: tuple[str, ...]
    column: int | None
    rows: Iterator[list[str]] = field(repr=False)
    has_header: bool = True
    notes: list[str] = field(default_factory=list)
    done: int = 0
    """Rows converted so far."""
    matched: int = 0
    _share: Callable[[], float] = field(default=lambda: 0.0, repr=False)
    _expected: int = 0

    @property
    def total(self) -> int:
        """Rows in all: an estimate while the table is being read, 0 when nothing is known."""
        if self._expected:
            return max(self._expected, self.done)
        share = self._share()
        return round(self.done / share) if share > 0 else 0

    def column_names(self) -> tuple[str, ...]:
        """The header for people to choose from: blank names are numbered."""
        return tuple(
            name.strip() or say("bulk.column_blank", number=number)
            for number, name in enumerate(self.header, 1)
        )

    def added_names(self) -> tuple[str, ...]:
        """The names of the added columns, none of which the table has."""
        taken = {name.strip().casefold() for name in self.header}
        names = []
        for name in ADDED:
            own, number = name, 2
            while own in taken:
                own, number = f"{name}_{number}", number + 1
            names.append(own)
        return tuple(names)

    def note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)


def open_table(
    source: bytes | BinaryIO,
    *,
    column: str | int | None = None,
    max_bytes: int | None = MAX_BYTES,
) -> Table:
    """Opens a CSV or an XLSX and finds its postcode column.

    Args:
        source: the file, or a binary stream that is at its start. A CSV is read as it is needed;
            an XLSX from a stream that cannot seek is read into memory.
        column: the name of the postcode column (case and spaces at the ends do not matter), or its
            place from 0. By default it is found by its name and by what is in it.
        max_bytes: the size limit; None for none.

    CSV: separated by commas, semicolons, tabs or bars; UTF-8, UTF-16 with a byte-order mark, or
    Windows-1252. Rows with nothing in them are left out.

    Raises BulkProblem.
    """
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    size = _size(stream)
    if max_bytes is not None and size is not None and size > max_bytes:
        raise BulkProblem("too_big", size=max_bytes >> 20)
    first = _read(stream, _BLOCK)
    if not first.strip(b" \t\r\n\xef\xbb\xbf\xff\xfe\0"):
        raise BulkProblem("empty")
    if first.startswith(b"\xd0\xcf\x11\xe0"):
        raise BulkProblem("old_excel")
    if first.startswith(b"PK\x03\x04"):
        table = _open_xlsx(stream, first, size, max_bytes)
    else:
        table = _open_csv(stream, first, size, max_bytes)
    _settle(table, column)
    return table


def _size(stream: BinaryIO) -> int | None:
    """Bytes in a stream, None when it cannot seek."""
    if not stream.seekable():
        return None
    start = stream.tell()
    end = stream.seek(0, io.SEEK_END)
    stream.seek(start)
    return end - start


def _read(stream: BinaryIO, count: int) -> bytes:
    """`count` bytes, less only at the end: a pipe gives what it has."""
    parts = []
    while count > 0 and (part := stream.read(count)):
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def _settle(table: Table, column: str | int | None) -> None:
    """Takes the header from the first row, and chooses the postcode column."""
    sample = list(islice(table.rows, SAMPLE))
    if not sample:
        raise BulkProblem("empty")
    if any(_is_full(cell) for cell in sample[0]):
        table.has_header = False
        width = max(len(row) for row in sample)
        table.header = tuple(f"column_{number}" for number in range(1, width + 1))
        table.note(say("bulk.no_header_note"))
    else:
        table.header = tuple(sample.pop(0))
    if not sample:
        raise BulkProblem("empty")
    if len(table.header) > MAX_COLUMNS:
        raise BulkProblem("too_many_columns", count=MAX_COLUMNS)
    table.rows = chain(sample, table.rows)
    if column is None:
        table.column = find_column(table.header, sample)
    else:
        table.column = _named_column(table, column)


def _named_column(table: Table, column: str | int) -> int:
    if isinstance(column, int):
        if 0 <= column < len(table.header):
            return column
    else:
        wanted = column.strip().casefold()
        for names in (table.header, table.column_names()):
            for place, name in enumerate(names):
                if name.strip().casefold() == wanted:
                    return place
    raise BulkProblem("no_such_column", columns=", ".join(table.column_names()[:20]))


def find_column(header: Sequence[str], rows: Sequence[Sequence[str]]) -> int | None:
    """The column with postcodes, from 0, or None.

    A column whose name says so wins, the one with the larger share of full postcodes first, unless
    it has none and another is full of them. Without such a name, at least half of what is in the
    column must be full postcodes.
    """
    shares = [_share_of_postcodes(rows, place) for place in range(len(header))]
    if not shares:
        return None
    named = [place for place, name in enumerate(header) if _is_postcode_name(name)]
    likeliest = max(range(len(shares)), key=lambda place: (shares[place], -place))
    if named:
        best = max(named, key=lambda p: (round(shares[p], 1), _plain(header[p]) in _NAMES, -p))
        if shares[best] > 0 or shares[likeliest] < 0.5:
            return best
    return likeliest if shares[likeliest] >= 0.5 else None


def _plain(name: str) -> str:
    return re.sub("[^a-z0-9]", "", name.lower())


def _is_postcode_name(name: str) -> bool:
    plain = _plain(name)
    return plain in _NAMES or "postcode" in plain or "postalcode" in plain


def _share_of_postcodes(rows: Sequence[Sequence[str]], place: int) -> float:
    cells = [row[place] for row in rows if len(row) > place and row[place].strip()]
    return sum(map(_is_full, cells)) / len(cells) if cells else 0.0


def _is_full(cell: str) -> bool:
    """A cell with a full postcode and nothing else."""
    if not 5 <= len(cell) <= 12:
        return False
    postcode = Postcode.parse(cell)
    return isinstance(postcode, Postcode) and len(postcode.inward) == 3


# --- CSV ------------------------------------------------------------------------------------------


def _or_windows(problem: UnicodeError) -> tuple[str, int]:
    """For `codecs`: bytes that are not UTF-8 as Windows-1252. Raises BulkProblem for the five bytes
    that are neither."""
    if not isinstance(problem, UnicodeDecodeError):
        raise problem
    try:
        text = problem.object[problem.start : problem.end].decode("cp1252")
    except UnicodeDecodeError:
        raise BulkProblem("encoding") from None
    return text, problem.end


_OR_WINDOWS: Final = "mmhs-or-cp1252"
codecs.register_error(_OR_WINDOWS, _or_windows)


def _open_csv(stream: BinaryIO, first: bytes, size: int | None, max_bytes: int | None) -> Table:
    if first.startswith((b"%PDF", b"<", b"{", b"[", b"\x89PNG", b"\xff\xd8")):
        raise BulkProblem("not_a_table")
    read = len(first)

    def blocks() -> Iterator[bytes]:
        nonlocal read
        yield first
        while block := stream.read(_BLOCK):
            read += len(block)
            if max_bytes is not None and read > max_bytes:
                raise BulkProblem("too_big", size=max_bytes >> 20)
            yield block

    table = Table(
        header=(),
        column=None,
        rows=iter(()),
        _share=lambda: read / size if size else 0.0,
    )
    texts = _texts(blocks(), table)
    start = next(texts, "")
    lines = _lines(chain([start], texts))
    table.rows = _csv_rows(lines, _delimiter(start))
    return table


def _texts(blocks: Iterable[bytes], table: Table) -> Iterator[str]:
    """Blocks of bytes as text. Raises BulkProblem for what is no text."""
    pending = b""
    utf16: codecs.IncrementalDecoder | None = None
    at_start = True
    for block in chain(blocks, [b""]):
        if at_start and block.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            utf16 = codecs.getincrementaldecoder("utf-16")()
            table.note(say("bulk.utf16_note"))
        if utf16 is not None:
            try:
                text = utf16.decode(block, final=not block)
            except UnicodeDecodeError:
                raise BulkProblem("encoding") from None
        else:
            data = pending + block
            try:
                text, used = codecs.utf_8_decode(data, "strict", not block)
            except UnicodeDecodeError:
                text, used = codecs.utf_8_decode(data, _OR_WINDOWS, not block)
                table.note(say("bulk.encoding_note"))
            pending = data[used:]
        if "\0" in text:
            raise BulkProblem("not_a_table")
        yield text.removeprefix("\ufeff") if at_start else text
        at_start = False


def _lines(texts: Iterable[str]) -> Iterator[str]:
    """Lines with their ends (LF, CR LF or CR). Raises BulkProblem for a line without an end."""
    tail = ""
    for text in texts:
        text = tail + text
        cut = text.rfind("\n") + 1
        tail = text[cut:]
        if len(tail) > MAX_LINE:
            raise BulkProblem("not_a_table")
        if cut:
            yield from io.StringIO(text[:cut], newline="")
    yield from io.StringIO(tail, newline="")


def _delimiter(text: str) -> str:
    """Of comma, semicolon, tab and bar the one that makes the first rows equally wide."""
    best, best_score = ",", (0.0, 1)
    for delimiter in ",;\t|":
        try:
            reader = csv.reader(io.StringIO(text[:65536], newline=""), delimiter=delimiter)
            widths = [len(row) for row in islice(reader, 20) if row]
        except csv.Error:
            continue
        if not widths or widths[0] < 2:
            continue
        score = (round(widths.count(widths[0]) / len(widths), 1), widths[0])
        if score > best_score:
            best, best_score = delimiter, score
    return best


LONGEST_CELL = 128 * 1024
"""Letters in a cell, as in Python's own `csv`; beyond it the file is not a table."""


def _csv_rows(lines: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_CELL)  # one for the whole process: other libraries raise it
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        for row in reader:
            if len(row) > MAX_COLUMNS:
                raise BulkProblem("too_many_columns", count=MAX_COLUMNS)
            if any(row):
                yield row
    except csv.Error:
        raise BulkProblem("not_a_table") from None


# --- XLSX -----------------------------------------------------------------------------------------


def _open_xlsx(stream: BinaryIO, first: bytes, size: int | None, max_bytes: int | None) -> Table:
    if size is None:
        limit = MAX_BYTES if max_bytes is None else max_bytes
        data = first + _read(stream, limit + 1 - len(first))
        if len(data) > limit:
            raise BulkProblem("too_big", size=limit >> 20)
        stream = io.BytesIO(data)
    stream.seek(0)
    try:
        found = read_rows(stream)
    except WorkbookProblem as problem:
        raise _in_words(problem) from None
    return Table(
        header=(), column=None, rows=_xlsx_rows(found.rows), _expected=max(found.count - 1, 0)
    )


def _xlsx_rows(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from rows
    except WorkbookProblem as problem:
        raise _in_words(problem) from None


def _in_words(problem: WorkbookProblem) -> BulkProblem:
    return BulkProblem(problem.kind, count=MAX_COLUMNS)


# --- writing --------------------------------------------------------------------------------------


def convert(
    table: Table,
    lookup: Lookup,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Iterator[bytes]:
    """The table with the columns `ADDED`, as pieces of one CSV (UTF-8 with BOM, CR LF).

    The table's own columns come first, as they were but for the apostrophe of `safe_cell`; rows
    that are too short are filled up, and what a row has too many stands after the added columns.
    `table.done`, `matched` and `notes` are kept up to date.

    Raises BulkProblem (also in the middle, where a file turns out to be damaged) and BulkCancelled,
    when `cancelled()` is True between two pieces.
    """
    if table.column is None:
        raise BulkProblem("no_column")
    cells = [answer.cells() for answer in lookup.answers]
    area_notes = [safe_cell(answer.note) for answer in lookup.answers]
    is_matched = np.array([answer.matched for answer in lookup.answers])
    header = [safe_cell(name) for name in (*table.header, *table.added_names())]
    yield BYTE_ORDER_MARK + csv_lines([header])
    while rows := list(islice(table.rows, CHUNK)):
        if cancelled is not None and cancelled():
            raise BulkCancelled
        found = lookup.find(_column(rows, table.column))
        numbers = found.answer.tolist()
        tails = list(
            zip(
                map(cells.__getitem__, numbers),
                _km_texts(found.km),
                _notes(numbers, area_notes, found.notes),
                strict=True,
            )
        )
        yield csv_lines(_joined(table, rows, tails))
        table.done += len(rows)
        table.matched += int(is_matched[found.answer].sum())
        if progress is not None:
            progress(table.done, table.total)
    table._expected = table.done
    if progress is not None:
        progress(table.done, table.done)


def _column(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    return [row[place] if len(row) > place else "" for row in rows]


def _km_texts(km: NDArray[np.float64]) -> list[str]:
    texts = [""] * len(km)
    for row in np.flatnonzero(~np.isnan(km)).tolist():
        texts[row] = f"{km[row]:.1f}"
    return texts


def _notes(numbers: list[int], by_answer: list[str], own: dict[int, str]) -> list[str]:
    notes = [by_answer[number] for number in numbers]
    for row, note in own.items():
        notes[row] = note
    return notes


def _joined(
    table: Table, rows: list[list[str]], tails: list[tuple[tuple[str, ...], str, str]]
) -> Iterator[list[str]]:
    width = len(table.header)
    for row, (cells, km, note) in zip(rows, tails, strict=True):
        safe = [safe_cell(cell) for cell in row]
        extra: list[str] = []
        if len(safe) > width:
            safe, extra = safe[:width], safe[width:]
            table.note(say("bulk.longer_rows_note"))
        elif len(safe) < width:
            safe += [""] * (width - len(safe))
        yield [*safe, *cells, km, note, *extra]
