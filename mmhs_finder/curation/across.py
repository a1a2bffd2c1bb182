"""Checks between rows and between files: who serves what, gaps, names, and the shapes of areas.

Not for: duplicates and references to nothing, which `directory.reading` finds, or single rows
(`rows`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from mmhs_finder.directory.files import CsvFile, Problem
from mmhs_finder.directory.models import ServiceKind, YesNo

BETWEEN: Final = ("services.csv", "areas.csv", "area_gaps.csv", "service_areas.csv")
"""The files whose rows must fit each other."""


def between_rows(tables: Mapping[str, CsvFile]) -> Iterator[Problem]:
    """What does not fit together in rows of one or several CSV files, by the files' names."""
    yield from _icb_names(tables["areas.csv"])
    yield from _gaps_and_services(tables)
    yield from _areas_of_services(tables)


def _icb_names(areas: CsvFile) -> Iterator[Problem]:
    """One ICB code has one name: the name most of its rows have."""
    names: dict[str, Counter[str]] = {}
    for row in areas.rows:
        code, name = row.cells.get("icb_2026_code", ""), row.cells.get("icb_2026", "")
        names.setdefault(code, Counter())[name] += 1
    for row in areas.rows:
        code, name = row.cells.get("icb_2026_code", ""), row.cells.get("icb_2026", "")
        usual = names[code].most_common(1)[0][0]
        if code and name and name != usual:
            message = f"is called “{usual}” in other rows with the same code {code}."
            yield Problem(areas.file, row.number, "icb_2026", name, message)


def _gaps_and_services(tables: Mapping[str, CsvFile]) -> Iterator[Problem]:
    """A council is either served by an MMHS of the directory or listed as a gap, never both or
    neither."""
    mmhs = {
        row.cells.get("id", "")
        for row in tables["services.csv"].rows
        if row.cells.get("kind") == ServiceKind.MMHS
    }
    parts = _parts(tables["areas.csv"])
    served = {
        code: row.cells.get("service_id", "")
        for row in tables["service_areas.csv"].rows
        if row.cells.get("service_id", "") in mmhs
        for named in [row.cells.get("area_code", "")]
        for code in (named, *parts.get(named, ()))
    }
    gaps = {
        code
        for row in tables["area_gaps.csv"].rows
        for named in [row.cells.get("area_code", "")]
        for code in (named, *parts.get(named, ()))
    }
    for row in tables["area_gaps.csv"].rows:
        code = row.cells.get("area_code", "")
        if code in served:
            message = (
                f"is served by {served[code]} in service_areas.csv. Remove one of the two rows."
            )
            yield Problem("area_gaps.csv", row.number, "area_code", code, message)
    if not (tables["areas.csv"].rows and mmhs and gaps):
        return  # a file has a problem of its own
    for row in tables["areas.csv"].rows:
        code = row.cells.get("code", "")
        if code and code not in parts and code not in served and code not in gaps:
            message = (
                "has no MMHS in service_areas.csv and no row in area_gaps.csv. Add one or the "
                "other."
            )
            yield Problem("areas.csv", row.number, "code", code, message)


def _areas_of_services(tables: Mapping[str, CsvFile]) -> Iterator[Problem]:
    """Every service reaches somebody, and no row says twice what one of them says."""
    file, parts = "service_areas.csv", _parts(tables["areas.csv"])
    named = {(r.cells.get("service_id"), r.cells.get("area_code")) for r in tables[file].rows}
    for row in tables[file].rows:
        service, code = row.cells.get("service_id", ""), row.cells.get("area_code", "")
        if any((service, part) in named for part in parts.get(code, ())):
            message = (
                "names a whole council of which this service has a part, too. Name the parts, or "
                "only the council."
            )
            yield Problem(file, row.number, "area_code", code, message)
    with_areas = {service for service, _ in named}
    if not with_areas:
        return  # the file has a problem of its own
    for row in tables["services.csv"].rows:
        service, anywhere = row.cells.get("id", ""), row.cells.get("takes_from_anywhere", "")
        if service in with_areas and anywhere == YesNo.YES:
            message = "is yes, but it has areas in service_areas.csv. One of the two is wrong."
            yield Problem("services.csv", row.number, "takes_from_anywhere", anywhere, message)
        elif service and service not in with_areas and anywhere != YesNo.YES:
            message = (
                "has no area in service_areas.csv, so nobody would be shown it. Add its councils "
                "there, or write yes in takes_from_anywhere."
            )
            yield Problem("services.csv", row.number, "id", service, message)


def _parts(areas: CsvFile) -> dict[str, tuple[str, ...]]:
    """The codes of a split council's parts by its own code."""
    parts: dict[str, tuple[str, ...]] = {}
    for row in areas.rows:
        if parent := row.cells.get("parent", ""):
            parts[parent] = (*parts.get(parent, ()), row.cells.get("code", ""))
    return parts


def shape_problems(file: str, shapes: Mapping[str, Any], areas: CsvFile) -> Iterator[Problem]:
    """Each map file has a shape for every council or its parts, and for nothing else.

    shapes: the file's content, a GeoJSON FeatureCollection. areas: areas.csv.
    """
    split = {row.cells.get("parent", "") for row in areas.rows}
    names = {row.cells.get("code", ""): row.cells.get("name", "") for row in areas.rows}
    seen: set[str] = set()
    for number, feature in enumerate(shapes["features"], start=1):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        code = str(properties.get("id", "")) if isinstance(properties, dict) else ""
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        if not code or kind not in ("Polygon", "MultiPolygon"):
            yield Problem(file, 0, "", code, f"shape {number} has no id or is not an area.")
        elif code in seen:
            yield Problem(file, 0, "", code, "has two shapes. Keep one.")
        elif names and (code not in names or code in split):
            yield Problem(
                file, 0, "", code, "has a shape but is no council, or part of one, in areas.csv."
            )
        seen.add(code)
    for code, name in names.items():
        if code and code not in seen and code not in split:
            yield Problem(file, 0, "", code, f"({name}) has no shape in this file.")
