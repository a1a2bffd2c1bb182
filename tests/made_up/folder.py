"""The made-up directory as a folder of its own: its services from CSV files, the map of England.

`directory/` beside this file holds services, lines and areas that nobody runs, written as `data/`
is: rules are tested on them, so that no fact about a real service can turn a test of a rule red.
Councils, their shapes and the towns are those of the Office for National Statistics: a real
postcode leads to a made-up service. Every council that nobody serves is laid out as a gap.

Not for: a record or two that one test needs (`tests.made_up.records`).
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from mmhs_finder.directory import DATA

ROWS: Final = Path(__file__).parent / "directory"

GEOGRAPHY: Final = ("areas.csv", "places.csv", "areas_overview.geojson", "areas_detail.geojson")
"""Files of `data/` that say nothing of any service."""

_GAPS: Final = "area_gaps.csv"


def lay_out(folder: Path, *, small: bool = False) -> Path:
    """Writes the whole made-up directory into a folder, which is made, and returns it.

    `load_directory` reads it, and `data check` finds nothing wrong with it. small: with the
    councils that its rows name and the split ones only, which is checked ten times as fast.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for file in ROWS.glob("*.csv"):
        shutil.copyfile(file, folder / file.name)
    for name, text in _small_map().items() if small else ():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    for name in GEOGRAPHY:
        if not (folder / name).exists():
            shutil.copyfile(DATA / name, folder / name)
    _fill_gaps(folder)
    return folder


@cache
def _small_map() -> Mapping[str, str]:
    """The areas that the made-up rows name, and the split councils: files by name."""
    kept = {row["area_code"] for file in (_GAPS, "service_areas.csv") for row in _read(ROWS / file)}
    areas = _read(DATA / "areas.csv")
    split = {row["parent"] for row in areas} - {""}
    rows = [r for r in areas if r["code"] in kept | split or r["parent"] in split]
    text = io.StringIO()
    writer = csv.DictWriter(text, list(areas[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    found = {"areas.csv": text.getvalue()}
    codes = {row["code"] for row in rows}
    for name in GEOGRAPHY:
        if name.endswith(".geojson"):
            shapes = json.loads((DATA / name).read_text(encoding="utf-8"))
            shapes["features"] = [f for f in shapes["features"] if f["properties"]["id"] in codes]
            found[name] = json.dumps(shapes)
    return found


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
