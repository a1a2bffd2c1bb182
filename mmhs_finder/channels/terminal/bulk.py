"""`python -m mmhs_finder bulk in.csv -o out.csv` and `... export lookup out.parquet`.

Both stream: memory does not grow with the table. Nothing is sent anywhere.
Not for: what is in the columns (`mmhs_finder.views.bulk_columns`), or writing them
(`mmhs_finder.render.files`).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from mmhs_finder.application import open_application
from mmhs_finder.bulk import Lookup
from mmhs_finder.channels.terminal.writing import guarded, target
from mmhs_finder.render.files.bulk import convert
from mmhs_finder.tables.reading import ALL_SHEETS, Table, open_table
from mmhs_finder.views import bulk_columns
from mmhs_finder.words import number, say


def add_arguments(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    bulk = subparsers.add_parser(
        "bulk", help="add council, ICB and services to each row of a table with postcodes"
    )
    bulk.add_argument(
        "table", metavar="IN", help="a CSV, Excel or OpenDocument file, also zipped; - for stdin"
    )
    bulk.add_argument("--column", help="the column with postcodes; found by itself by default")
    sheets = bulk.add_mutually_exclusive_group()
    sheets.add_argument(
        "--sheet", help="the sheet of a workbook; the one with postcodes by default"
    )
    sheets.add_argument(
        "--all-sheets", action="store_true", help="every sheet with postcodes, named in a column"
    )
    bulk.add_argument(
        "-o", "--output", default="-", metavar="OUT", help="the CSV to write; stdout by default"
    )
    bulk.set_defaults(run=run_bulk)


def add_lookup(formats: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the table of all postcodes to the command `export`."""
    lookup = formats.add_parser("lookup", help="every postcode with its services, as Parquet")
    lookup.add_argument("output", metavar="OUT", help="the Parquet file to write")
    lookup.set_defaults(run=run_export)


def run_bulk(args: argparse.Namespace) -> int:
    """Writes the table. Returns 0, or 2 after one plain line on stderr for bad input, or 1 when the
    directory or the index cannot be used."""

    def work() -> None:
        lookup = Lookup(open_application(checked=False).finder)
        with _source(args.table) as source, target(args.output) as out:
            sheet = ALL_SHEETS if args.all_sheets else args.sheet
            table = open_table(source, column=args.column, sheet=sheet, max_bytes=None)
            tell = _Teller() if args.output != "-" else None
            for piece in convert(table, lookup, progress=tell):
                out.write(piece)
        _report(table)

    return guarded(work)


def run_export(args: argparse.Namespace) -> int:
    """Writes the table of all postcodes. Returns as `run_bulk`."""

    # Only here: no other command needs pyarrow.
    from mmhs_finder.render.files.lookup_table import write_lookup

    def work() -> None:
        finder = open_application(checked=False).finder
        with target(args.output) as out:
            rows = write_lookup(Lookup(finder), finder.index, out)
        print(say("terminal.postcodes", rows=number(rows)), file=sys.stderr)

    return guarded(work)


@contextmanager
def _source(name: str) -> Iterator[BinaryIO]:
    if name == "-":
        yield sys.stdin.buffer
        return
    with Path(name).open("rb") as file:
        yield file


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
        end = "\n" if done == total else ""
        if total > done and rate:
            line = say(
                "terminal.progress_total",
                done=number(done),
                total=number(total),
                rate=number(rate),
                seconds=number((total - done) / rate),
            )
        else:
            line = say("terminal.progress", done=number(done), rate=number(rate))
        print(f"\r{line:<78}", end=end, file=sys.stderr, flush=True)


def _report(table: Table) -> None:
    missed = table.done - table.matched
    told = say(
        "terminal.report",
        rows=number(table.done),
        matched=number(table.matched),
        missed=number(missed),
    )
    print(told, file=sys.stderr)
    for rows, why in bulk_columns.missed_words(table):
        print(say("terminal.missed", rows=rows, why=why), file=sys.stderr)
    for note in bulk_columns.reading_notes(table):
        print(note, file=sys.stderr)
