"""The join of `docs/bulk.md` in PySpark, run for real, and compared row by row with `bulk`.

    make spark-check

A list of real postcodes is looked up three times: by `bulk`, by the DuckDB statement and by the
PySpark lines that stand in the documentation, taken from there as they are. Every row's council,
boards and services must be the same, and no row may be lost or doubled; else the exit code is 1.
A row without a postcode is in the list, too. PySpark runs in a Python of its own (`--spark`), on
this machine; its start is timed by itself.
Not for: how fast `bulk` is by itself (`bench_bulk.py`).
"""

from __future__ import annotations

import argparse
import csv
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import duckdb

from benchmarks.bench_bulk import finder, make_list
from mmhs_finder.bulk import Lookup
from mmhs_finder.render.files.bulk import convert
from mmhs_finder.render.files.lookup_table import write_lookup
from mmhs_finder.tables.reading import open_table

DOC = ROOT / "docs" / "bulk.md"
SHARED = ("council", "council_code", "icb_2024", "icb_2026")
OURS, JOINED = (*SHARED, "mmhs_id"), (*SHARED, "mmhs_ids")
"""The columns that are compared, as `bulk` and as the joins call them. Names are left out: `bulk`
adds "(not confirmed)" to them."""

SPARK = """
import json, sys, time
from pyspark.sql import SparkSession

start = time.perf_counter()
spark = (
    SparkSession.builder.master("local[*]")
    .config("spark.ui.enabled", "false")
    .config("spark.driver.host", "127.0.0.1")
    .config("spark.driver.bindAddress", "127.0.0.1")
    .config("spark.driver.memory", "2g")
    .getOrCreate()
)
spark.sparkContext.setLogLevel("ERROR")
spark.range(1).count()
started = time.perf_counter() - start
start = time.perf_counter()
exec(compile(sys.stdin.read(), "docs/bulk.md", "exec"))
print(json.dumps([started, time.perf_counter() - start]))
spark.stop()
"""

Row = tuple[str, ...]


def example(language: str, says: str) -> str:
    """The one example in that language in the documentation that says so. Raises `ValueError`."""
    blocks = re.findall(rf"```{language}\n(.*?)```", DOC.read_text(encoding="utf-8"), re.S)
    (found,) = (text for text in blocks if says in text)
    return str(found)


def rows_of(paths: Iterable[Path]) -> Iterator[dict[str, str]]:
    for path in paths:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from csv.DictReader(file)


def by_id(paths: Iterable[Path], names: Sequence[str]) -> dict[str, Row]:
    """Each row's answer by its id. names: of the columns that are compared.

    Raises `ValueError` for an id that comes twice.
    """
    found: dict[str, Row] = {}
    for row in rows_of(paths):
        if row["id"] in found:
            raise ValueError(f"row {row['id']} comes twice")
        found[row["id"]] = tuple(row[name] for name in names)
    return found


def run_bulk(folder: Path) -> float:
    start = time.perf_counter()
    with (folder / "in.csv").open("rb") as source, (folder / "ours.csv").open("wb") as target:
        for piece in convert(open_table(source), Lookup(finder())):
            target.write(piece)
    return time.perf_counter() - start


def run_duckdb(folder: Path) -> float:
    sql = example("sql", "read_csv")
    for name in ("in.csv", "lookup.parquet", "out.csv"):
        sql = sql.replace(f"'{name}'", f"'{folder / name}'")
    start = time.perf_counter()
    with duckdb.connect() as connection:
        connection.execute(sql)
    return time.perf_counter() - start


def run_spark(folder: Path, python: str) -> tuple[float, float]:
    """(Seconds until Spark had started, seconds of the join)."""
    command = [python, "-c", SPARK]
    lines = example("python", "spark.read")
    done = subprocess.run(  # noqa: S603 - the interpreter that the Makefile names
        command, input=lines, cwd=folder, text=True, capture_output=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"Spark ended with an error:\n{done.stderr[-4000:]}")
    started, joined = (float(part) for part in done.stdout.strip().strip("[]").split(","))
    return started, joined


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--spark", required=True, help="the Python in which PySpark is installed")
    parser.add_argument("--rows", type=int, default=1_000_000)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_list(folder / "in.csv", args.rows)
        found = finder()
        write_lookup(Lookup(found), found.index, folder / "lookup.parquet")
        seconds = {"bulk": run_bulk(folder), "DuckDB": run_duckdb(folder)}
        started, seconds["PySpark"] = run_spark(folder, args.spark)
        ours = by_id([folder / "ours.csv"], OURS)
        results = {
            "DuckDB": by_id([folder / "out.csv"], JOINED),
            "PySpark": by_id(sorted((folder / "out").glob("*.csv")), JOINED),
        }
    wrong = 0
    for tool, rows in results.items():
        differing = [number for number in ours if rows.get(number) != ours[number]]
        wrong += len(differing) + len(rows.keys() - ours.keys())
        matched = sum(bool(row[0]) for row in rows.values())
        print(f"{tool}: {len(rows):,} rows, {matched:,} with a council, {len(differing)} differ")
        for number in differing[:3]:
            print(f"  row {number}: {rows.get(number)} instead of {ours[number]}")
    print(f"\n{args.rows:,} rows; Spark's own start, {started:.1f} s, is not in its time")
    for tool, time_ in seconds.items():
        print(f"{tool:<10}{time_:>8.1f} s{time_ / seconds['bulk']:>8.2f} x bulk")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
