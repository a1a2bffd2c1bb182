"""Draw mutants, run them, print the table: `python -m tests.mutants --help`, or `make mutants`."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from tests.mutants import report, running


def main() -> None:
    options = _options()
    running.make_copy(options.tests)
    count = None if options.all else options.count
    drawn = running.draw(count, options.seed, options.rooms)
    print(f"{len(drawn)} mutants.", flush=True)
    mutants = running.run(drawn, options.processes)
    known = report.equivalents()
    print(report.table(mutants, known))
    survivors = running.COPY / "survivors.txt"
    survivors.write_text(report.listed(mutants, known), "utf-8")
    print(f"The survivors: {survivors}")
    if options.write:
        how = "all mutants" if options.all else f"{len(drawn)} mutants, seed {options.seed}"
        rooms = "" if len(options.rooms) == len(running.ROOMS) else f" of {options.rooms}"
        tests = "" if options.tests == list(running.TESTS) else f", only {len(options.tests)} tests"
        day = f"{date.today():%-d %B %Y}"  # noqa: DTZ011 - a day as people count them
        made_with = f"Run on {day}: {how}{rooms}{tests}."
        lines = {e: running.line_of(e.file, e.before) for e in known}
        text = options.write.read_text("utf-8")
        text = report.document(text, mutants, known, lines=lines, made_with=made_with)
        options.write.write_text(text, "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--count", type=int, default=600, help="how many are drawn, about")
    parser.add_argument("--all", action="store_true", help="every mutant: some hours")
    parser.add_argument("--seed", type=int, default=2026, help="of the draw")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--rooms", nargs="+", choices=running.ROOMS, default=list(running.ROOMS))
    parser.add_argument("--tests", nargs="+", default=list(running.TESTS), help="files or folders")
    parser.add_argument("--write", type=Path, help="the document whose table is replaced")
    return parser.parse_args()


if __name__ == "__main__":
    main()
