"""`python -m mmhs_finder bulk in.csv -o out.csv` and `... export lookup out.parquet`.

Both stream: memory does not grow with the table. Nothing is sent anywhere.
Not for: what is in the columns (`bulk`), or the page (`ui.bulk`).
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
from numpy.typing import NDArray

from mmhs_finder.answers.finding import Finder
from mmhs_finder.bulk.lookup import JOIN, BulkProblem, Lookup, Table, convert, open_table
from mmhs_finder.directory import BrokenDirectory, load_directory
from mmhs_finder.postcodes import IndexProblem, PostcodeIndex, open_index, packing

BAD_INPUT = 2

ROW_GROUP: Final = 131_072
"""Rows in a row group of the exported table: what is in memory at a time."""

_TEXTS: Final = pa.list_(pa.string())

LOOKUP: Final = pa.schema(
    [
        pa.field("postcode", pa.string(), nullable=False),  # "CT1 3NG"
        pa.field("nation", pa.string()),
        pa.field("council", pa.string()),
        pa.field("council_code", pa.string()),
        pa.field("area_code", pa.string()),  # the part, where a council is split
        pa.field("icb_2024", pa.string()),
        pa.field("icb_2026", pa.string()),
        pa.field("mmhs_ids", _TEXTS),  # these three in the same order
        pa.field("mmhs_names", _TEXTS),
        pa.field("self_referral", _TEXTS),  # yes, no or unknown
        pa.field("perinatal_teams", _TEXTS),
        pa.field("note", pa.string()),
        pa.field("lat", pa.float64()),  # WGS84 degrees
        pa.field("lon", pa.float64()),
    ]
)
"""The columns of `export lookup`. Null where nothing is known; a list may be empty."""


def add_arguments(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    bulk = subparsers.add_parser(
        "bulk", help="add council, ICB and services to each row of a table with postcodes"
    )
    bulk.add_argument("table", metavar="IN", help="a CSV or XLSX file, or - for stdin")
    bulk.add_argument("--column", help="the column with postcodes; found by itself by default")
    bulk.add_argument(
        "-o", "--output", default="-", metavar="OUT", help="the CSV to write; stdout by default"
    )
    bulk.set_defaults(run=run_bulk)
    export = subparsers.add_parser("export", help="write what the finder knows as one table")
    parts = export.add_subparsers(title="tables", metavar="TABLE", required=True)
    lookup = parts.add_parser("lookup", help="every postcode with its services, as Parquet")
    lookup.add_argument("output", metavar="OUT", help="the Parquet file to write")
    lookup.set_defaults(run=run_export)


def run_bulk(args: argparse.Namespace) -> int:
    """Writes the table. Returns 0, or 2 after one plain line on stderr for bad input, or 1 when the
    directory or the index cannot be used."""

    def work() -> None:
        lookup = Lookup(Finder(load_directory(), open_index()))
        with _source(args.table) as source, _target(args.output) as target:
            table = open_table(source, column=args.column, max_bytes=None)
            tell = _Teller() if args.output != "-" else None
            for piece in convert(table, lookup, progress=tell):
                target.write(piece)
        _report(table)

    return _guarded(work)


def run_export(args: argparse.Namespace) -> int:
    """Writes the table of all postcodes. Returns as `run_bulk`."""

    def work() -> None:
        finder = Finder(load_directory(), open_index())
        with _target(args.output) as target:
            rows = write_lookup(Lookup(finder), finder.index, target)
        print(f"{rows:,} postcodes", file=sys.stderr)

    return _guarded(work)


def _guarded(work: Callable[[], None]) -> int:
    try:
        work()
    except BulkProblem as problem:
        print(problem.message, file=sys.stderr)
        return BAD_INPUT
    except (BrokenDirectory, IndexProblem) as problem:
        print(problem, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever reads has seen enough. Python would complain once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as problem:
        print(f"{problem.filename or ''}: {problem.strerror}".strip(": "), file=sys.stderr)
        return BAD_INPUT
    return 0


@contextmanager
def _source(name: str) -> Iterator[BinaryIO]:
    if name == "-":
        yield sys.stdin.buffer
        return
    with Path(name).open("rb") as file:
        yield file


@contextmanager
def _target(name: str) -> Iterator[BinaryIO]:
    """A file takes its name only when it is whole, so that it may also be the one that is read."""
    if name == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(name)
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


class _Teller:
    """Says on a terminal how far it is, at most four times a second."""

    def __init__(self) -> None:
        self._start = self._last = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if not sys.stderr.isatty() or (now - self._last < 0.25 and done != total):
            return
        self._last = now
        rate = done / max(now - self._start, 0.001)
        of = f" of about {total:,}" if total > done else ""
        left = f", {(total - done) / rate:.0f} s left" if total > done and rate else ""
        end = "\n" if done == total else ""
        line = f"{done:,}{of} rows, {rate:,.0f} rows/s{left}"
        print(f"\r{line:<78}", end=end, file=sys.stderr, flush=True)


def _report(table: Table) -> None:
    missed = table.done - table.matched
    print(
        f"{table.done:,} rows: {table.matched:,} postcodes found, {missed:,} not", file=sys.stderr
    )
    for note in table.notes:
        print(note, file=sys.stderr)


# --- the table of all postcodes -------------------------------------------------------------------


def write_lookup(lookup: Lookup, index: PostcodeIndex, target: BinaryIO | Path) -> int:
    """Writes every postcode of the index with what its area has, as `LOOKUP`. Returns the rows."""
    answers = _answers_table(lookup)
    outwards, inwards = _halves(index)
    keys = index.keys
    with pq.ParquetWriter(target, LOOKUP, compression="zstd") as writer:
        for start in range(0, len(keys), ROW_GROUP):
            part = keys[start : start + ROW_GROUP]
            postcodes = outwards[part // packing.INWARDS] + inwards[part % packing.INWARDS]
            found = lookup.find(postcodes.tolist())
            columns = {
                name: column.combine_chunks()
                for name, column in zip(
                    answers.column_names,
                    answers.take(pa.array(found.answer)).itercolumns(),
                    strict=True,
                )
            }
            columns["postcode"] = pa.array(postcodes, pa.string())
            columns["lat"] = pa.array(found.lat, from_pandas=True)  # NaN becomes null
            columns["lon"] = pa.array(found.lon, from_pandas=True)
            writer.write_table(pa.table([columns[n] for n in LOOKUP.names], schema=LOOKUP))
    return len(keys)


def _answers_table(lookup: Lookup) -> Any:
    rows = [
        {
            "nation": a.nation or None,
            "council": a.council or None,
            "council_code": a.council_code or None,
            "area_code": a.area_code or None,
            "icb_2024": JOIN.join(a.icb_2024) or None,
            "icb_2026": JOIN.join(a.icb_2026) or None,
            "mmhs_ids": list(a.mmhs_ids),
            "mmhs_names": list(a.mmhs_names),
            "self_referral": list(a.self_referral),
            "perinatal_teams": list(a.perinatal_names),
            "note": a.note or None,
        }
        for a in lookup.answers
    ]
    schema = pa.schema([f for f in LOOKUP if f.name not in ("postcode", "lat", "lon")])
    return pa.Table.from_pylist(rows, schema=schema)


def _halves(index: PostcodeIndex) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """The outward codes ("CT1 ") by their place in the keys, and all inward codes."""
    places, rows = np.unique(index.keys // packing.INWARDS, return_index=True)
    outwards = np.full(int(places[-1]) + 1, "", dtype=object)
    for place, row in zip(places.tolist(), rows.tolist(), strict=True):
        outwards[place] = f"{index.postcode_at(row).outward} "
    inwards = np.array([packing.unpack_inward(n) for n in range(packing.INWARDS)], dtype=object)
    return outwards, inwards
