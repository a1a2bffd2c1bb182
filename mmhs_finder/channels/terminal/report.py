"""`python -m mmhs_finder report national -o REPORT.pdf`: the report of a place, or of England.

Not for: what it says (`views.area_report`), or how it looks (`render`).
"""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from mmhs_finder.channels.terminal.data.folder import folder_of
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.snapshots import read_snapshots
from mmhs_finder.coverage.values import Level
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.curation.check import load_checked_directory
from mmhs_finder.curation.one_file import write_in_one_step
from mmhs_finder.directory import BrokenDirectory
from mmhs_finder.hours import LONDON
from mmhs_finder.render.files.area_report import ReportKind, report_file
from mmhs_finder.render.maps.coverage.outlines import Outlines
from mmhs_finder.views.area_report import area_report
from mmhs_finder.views.coverage_history import history_view

BAD_INPUT = 2


def add_arguments(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command `report` with its two actions."""
    report = subparsers.add_parser(
        "report", help="what is known of a place, as a PDF or a page to print"
    )
    actions = report.add_subparsers(dest="action", required=True, metavar="ACTION")
    national = actions.add_parser("national", help="the report of England")
    area = actions.add_parser("area", help="the report of a region, an ICB or a council")
    area.add_argument("area", metavar="AREA", help="a code or a name: E54000057, North West")
    for parser in (national, area):
        parser.add_argument(
            "-o",
            "--output",
            required=True,
            type=Path,
            metavar="FILE",
            help="the file to write: its name ends in .pdf or .html",
        )
        parser.add_argument(
            "--folder",
            type=Path,
            metavar="DATA",
            help="the folder of CSV files (default: the project's data/, or MMHS_DATA_DIR)",
        )
        parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Writes the report and says where. Returns 1 where it cannot, 2 where it is not asked well."""
    output: Path = args.output
    kind = next((k for k in ReportKind if output.suffix.casefold() == f".{k}"), None)
    if kind is None:
        return _refused("The name of the file to write must end in .pdf or .html.", BAD_INPUT)
    folder = folder_of(args)
    if folder is None:
        return 1
    now = datetime.now(LONDON)
    try:
        coverage = Coverage(load_checked_directory(folder), now.date())
    except BrokenDirectory as problem:
        return _refused(str(problem))
    places = [ENGLAND] if args.action == "national" else named(coverage, args.area)
    if len(places) != 1:
        return _refused(_not_one(places), BAD_INPUT)
    (where,) = places
    outlines = Outlines(coverage)
    history = history_view(coverage, read_snapshots(folder), where)
    report = area_report(coverage, outlines.areas, where, history=history)
    try:
        write_in_one_step(output, report_file(kind, report, coverage, outlines, now), ".report-")
    except OSError as problem:
        return _refused(f"It cannot be written to {output}: {problem.strerror}.")
    print(f"{report.title}: written to {output}.")
    return 0


def named(coverage: Coverage, text: str) -> list[Where]:
    """The places that a code or a name may mean; a code first, letters large or small."""
    asked = " ".join(text.split()).casefold()
    every = [
        (coverage.at(level, row.code), row.name)
        for level in (Level.REGION, Level.ICB, Level.COUNCIL)
        for row in coverage.rows(level, Measure.MMHS)
    ]
    return [where for where, _ in every if where.code.casefold() == asked] or [
        where for where, name in every if asked in (name.casefold(), where.name.casefold())
    ]


def _not_one(places: list[Where]) -> str:
    if not places:
        return (
            "No region, ICB or council has that code or name. Write it as the page Coverage does: "
            "North West, NHS Kent and Medway, E07000106."
        )
    found = ", ".join(f"{where.code} ({where.level})" for where in places)
    return f"Several areas have that name. Give the code of one: {found}."


def _refused(why: str, code: int = 1) -> int:
    print(why, file=sys.stderr)
    return code
