"""The made-up directory as a folder of its own: its services from CSV files, the map of England.

`directory/` beside this file holds services, lines and areas that nobody runs, written as `data/`
is: rules are tested on them, so that no fact about a real service can turn a test of a rule red.
Councils, their shapes and the towns are those of the Office for National Statistics: a real
postcode leads to a made-up service. Every council that nobody serves is laid out as a gap.

Not for: a record or two that one test needs (`tests.made_up.records`).
"""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import Final

from mmhs_finder.directory import DATA

ROWS: Final = Path(__file__).parent / "directory"

GEOGRAPHY: Final = ("areas.csv", "places.csv", "areas_overview.geojson", "areas_detail.geojson")
"""Files of `data/` that say nothing of any service."""

_GAPS: Final = "area_gaps.csv"


def lay_out(folder: Path) -> Path:
    """Writes the whole made-up directory into a folder, which is made, and returns it.

    `load_directory` reads it, and `data check` finds nothing wrong with it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for file in ROWS.glob("*.csv"):
        shutil.copyfile(file, folder / file.name)
    for name in GEOGRAPHY:
        shutil.copyfile(DATA / name, folder / name)
    _fill_gaps(folder)
    return folder


def _fill_gaps(folder: Path) -> None:
    """Adds a row to area_gaps.csv for each area that neither a service nor a gap names."""
    mmhs = {row["id"] for row in _read(folder / "services.csv") if row["kind"] == "mmhs"}
    named = {r["area_code"] for r in _read(folder / "service_areas.csv") if r["service_id"] in mmhs}
    named |= {row["area_code"] for row in _read(folder / _GAPS)}
    areas = _read(folder / "areas.csv")
    split = {row["parent"] for row in areas}
    with (folder / _GAPS).open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(
            (row["code"], "mmhs", "")
            for row in areas
            if row["code"] not in named | split and row["parent"] not in named
        )


def _read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
