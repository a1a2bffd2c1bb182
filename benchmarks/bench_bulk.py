"""How fast a long list is looked up, beside other ways to do the same, in one run on one machine.

    python benchmarks/bench_bulk.py            # 1,000,000 rows, about three minutes

Look at the ratios: they hold on other machines, the times do not. Each way runs in a process of its
own, so that its peak memory is its own. The row-by-row way is timed on a sample of 2,000 rows and
scaled up. DuckDB joins the table that `export lookup` writes, and writes a CSV as ours does; making
that table is timed by itself. Everything is in a temporary folder.
Not for: one postcode (`bench_postcodes.py`).
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import openpyxl

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from mmhs_finder.answers.finding import Finder
from mmhs_finder.bulk import Lookup
from mmhs_finder.directory import load_directory
from mmhs_finder.postcodes import PostcodeError, open_index
from mmhs_finder.render.files.bulk import convert
from mmhs_finder.render.files.lookup_table import write_lookup
from mmhs_finder.tables.reading import open_table

ROWS = 1_000_000
SAMPLE = 2_000
WAYS = {
    "bulk": "bulk, CSV to CSV in pieces",
    "xlsx": "bulk, XLSX to CSV in pieces",
    "memory": "bulk, as the page does it: all in memory",
    "export": "export lookup (once)",
    "duckdb": "DuckDB: CSV joined with that table, to CSV",
    "place": f"row by row: finder.place ({SAMPLE:,} rows, scaled)",
    "find": f"row by row: finder.place, finder.find ({SAMPLE:,}, scaled)",
}


def make_list(path: Path, rows: int) -> None:
    """Postcodes at random, a seventh badly spaced, one in fifty of no use."""
    index = open_index()
    rng = random.Random(1)  # noqa: S311 - a sample, not a secret
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name", "postcode", "amount", "remark"])
        for number in range(rows):
            postcode = str(index.postcode_at(rng.randrange(len(index))))
            if number % 7 == 0:
                postcode = postcode.lower().replace(" ", "")
            if number % 50 == 0:
                postcode = f"no postcode {number}"
            writer.writerow([number, f"Person {number}", postcode, -number, "a, b"])


def make_workbook(source: Path, path: Path) -> None:
    """The same list as a workbook, numbers as numbers. Takes a minute for a million rows."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    with source.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        sheet.append(next(rows))
        for number, name, postcode, amount, remark in rows:
            sheet.append([int(number), name, postcode, int(amount), remark])
    book.save(path)


def finder() -> Finder:
    return Finder(load_directory(), open_index())


def run_bulk(folder: Path) -> None:
    _convert(folder / "in.csv", folder / "out.csv")


def run_xlsx(folder: Path) -> None:
    _convert(folder / "in.xlsx", folder / "xlsx.csv")


def _convert(read: Path, written: Path) -> None:
    with read.open("rb") as source, written.open("wb") as target:
        for piece in convert(open_table(source), Lookup(finder())):
            target.write(piece)


def run_memory(folder: Path) -> None:
    data = (folder / "in.csv").read_bytes()
    result = b"".join(convert(open_table(data), Lookup(finder())))
    assert result


def run_export(folder: Path) -> None:
    found = finder()
    write_lookup(Lookup(found), found.index, folder / "lookup.parquet")


def run_duckdb(folder: Path) -> None:
    import duckdb

    join = r"""
        COPY (
            SELECT list.*, lookup.council, lookup.council_code, lookup.icb_2024, lookup.icb_2026,
                lookup.mmhs_names, lookup.mmhs_ids, lookup.self_referral,
                lookup.perinatal_teams, lookup.note
            FROM read_csv('{folder}/in.csv', all_varchar = true) AS list
            LEFT JOIN '{folder}/lookup.parquet' AS lookup
            ON lookup.postcode
                = regexp_replace(upper(replace(list.postcode, ' ', '')), '(...)$', ' \1')
        ) TO '{folder}/duckdb.csv' (HEADER)
    """
    with duckdb.connect() as connection:
        connection.execute(join.replace("{folder}", str(folder)))


def run_place(folder: Path) -> float:
    """The seconds that `finder.place` would take for every row, from those for a sample."""
    return _row_by_row(folder, find=False)


def run_find(folder: Path) -> float:
    """The same with the whole answer of each place, as a page gets it."""
    return _row_by_row(folder, find=True)


def _row_by_row(folder: Path, *, find: bool) -> float:
    found = finder()
    found.find(found.place("CT1 3NG"))  # what is made on first use is not counted
    with suppress(PostcodeError):
        found.place("a name")
    rows, sample = 0, []
    with (folder / "in.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows += 1
            if rows <= SAMPLE:
                sample.append(row)
    start = time.perf_counter()
    for row in sample:
        with suppress(PostcodeError):
            place = found.place(row["postcode"])
            if find:
                found.find(place)
    return (time.perf_counter() - start) * rows / len(sample)


def measure(way: str, folder: Path, rows: int) -> None:
    """Runs one way and prints its seconds and peak memory as JSON.

    The lists are made in a process of their own, too: a new process starts with its parent's peak.
    """
    if way == "make":
        make_list(folder / "in.csv", rows)
        make_workbook(folder / "in.csv", folder / "in.xlsx")
        print("{}")
        return
    start = time.perf_counter()
    scaled = globals()[f"run_{way}"](folder)
    seconds = scaled or time.perf_counter() - start
    used = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN  # a workbook has a reader of its own
    peak = sum(resource.getrusage(who).ru_maxrss for who in used) / 1024
    print(json.dumps({"seconds": seconds, "mb": peak}))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--way", choices=["make", *WAYS], help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.way:
        measure(args.way, args.folder, args.rows)
        return
    with tempfile.TemporaryDirectory() as name:
        found = {}
        for way in ("make", *WAYS):
            command = [sys.executable, __file__, "--way", way, "--folder", name]
            command += ["--rows", str(args.rows)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
            found[way] = json.loads(done.stdout)
    base = found["bulk"]["seconds"]
    print(f"{args.rows:,} rows, with opening the index and the directory\n")
    print(f"{'':<62}{'seconds':>10}{'ratio':>9}{'peak MB':>9}")
    for way, words in WAYS.items():
        seconds, mb = found[way]["seconds"], found[way]["mb"]
        print(f"{words:<62}{seconds:>10.1f}{seconds / base:>9.2f}{mb:>9.0f}")


if __name__ == "__main__":
    main()
