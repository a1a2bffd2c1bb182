"""The directory in memory: read once a process, then asked.

Not for: reading files cell by cell (`reading`), or the full check a curator runs (`curation`).
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import Any, Final, TypeVar, cast

from mmhs_finder.directory.changes import Change, read_changes
from mmhs_finder.directory.files import BrokenDirectory, Problem
from mmhs_finder.directory.link_status import read_link_status
from mmhs_finder.directory.linked import LinkStatus
from mmhs_finder.directory.map_models import AreaGap, Town
from mmhs_finder.directory.models import (
    Area,
    Certainty,
    Criteria,
    DevolvedService,
    NationalSupport,
    Record,
    Service,
    ServiceArea,
    ServiceKind,
)
from mmhs_finder.directory.reading import Reading, in_order, read
from mmhs_finder.directory.serving import Serving, by_name
from mmhs_finder.directory.withdrawing import without
from mmhs_finder.directory.withdrawn import Withdrawal, read_withdrawn

_IN_WHEEL: Final = Path(__file__).resolve().parents[1] / "_data"

DATA: Final = _IN_WHEEL if _IN_WHEEL.is_dir() else _IN_WHEEL.parents[1] / "data"
"""The project's own `data/` folder; a wheel carries it inside the package."""

DATA_DIR_SETTING: Final = "MMHS_DATA_DIR"

R = TypeVar("R", bound=Record)


def data_folder() -> Path:
    """The folder the directory is read from: the setting `MMHS_DATA_DIR`, or else the project's
    `data/`."""
    setting = os.environ.get(DATA_DIR_SETTING, "").strip()
    return Path(setting).expanduser() if setting else DATA


@dataclass(frozen=True, eq=False)
class Directory:
    """Every record of the directory, and who serves what. Never changes once made.

    services, criteria and areas are by id or code; gaps are by area code. Compared as an object, so
    that what was made of it can be kept for it.

    withdrawn: what was taken out at once, also what was put back since. whole: the same before
    anything was; None where nothing ever was.
    """

    services: Mapping[str, Service]
    criteria: Mapping[str, Criteria]
    service_areas: tuple[ServiceArea, ...]
    areas: Mapping[str, Area]
    gaps: Mapping[str, AreaGap]
    national: tuple[NationalSupport, ...]
    devolved: tuple[DevolvedService, ...]
    towns: tuple[Town, ...]
    folder: Path = DATA
    link_status: Mapping[str, LinkStatus] = field(default_factory=dict)
    """What came of asking its web addresses, by address; empty where nobody has."""
    withdrawn: tuple[Withdrawal, ...] = ()
    whole: Directory | None = field(default=None, repr=False)
    _shapes: dict[bool, dict[str, Any]] = field(default_factory=dict, repr=False, compare=False)
    _lock: Any = field(default_factory=Lock, repr=False, compare=False)

    def serving(self, area_code: str) -> tuple[tuple[Service, Certainty], ...]:
        """The services that serve this council or part: `Serving.services`."""
        return self._serving.services(area_code)

    def closed(self, area_code: str) -> tuple[Service, ...]:
        """As `Serving.closed`."""
        return self._serving.closed(area_code)

    def areas_of(self, service_id: str) -> tuple[tuple[Area, Certainty], ...]:
        """The councils and parts that a service's rows name, by name; () when none is known."""
        return self._serving.areas(service_id)

    def parts(self, code: str) -> tuple[Area, ...]:
        """The parts of a council that is split between services, by name; () for all others."""
        return self._serving.parts(code)

    def councils(self) -> tuple[Area, ...]:
        """The English councils by name, without the parts of split ones."""
        return self._councils

    def services_of(self, kind: ServiceKind) -> tuple[Service, ...]:
        """The services of one kind, in the file's order."""
        return tuple(service for service in self.services.values() if service.kind is kind)

    def shapes(self, detail: bool) -> dict[str, Any]:
        """The areas as GeoJSON (a FeatureCollection, WGS84 degrees), read on first use and kept.

        detail: True for outlines to about 250 m, False for about 1.2 km (the national map). A
        feature's properties are `id` (an area code), `name` and `lad` (the council's code). Split
        councils are there as their parts. The result is shared: copy it before changing anything.

        Raises BrokenDirectory when the file is missing or is not GeoJSON.
        """
        with self._lock:
            if detail not in self._shapes:
                self._shapes[detail] = read_shapes(self.folder, shapes_file(detail))
            return self._shapes[detail]

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What was changed in it, read on first use and kept."""
        return read_changes(self.folder)

    def has_taken_out(self, text: str) -> bool:
        """Whether a text holds a number, an e-mail address or a link that is taken out: for what is
        published of anything but its records, such as its history."""
        found = (each.sought for each in self.withdrawn if each.is_out)
        return any(sought is not None and sought.is_in(text) for sought in found)

    def is_taken_out(self, service_id: str) -> bool:
        """Whether there is such a service and it is taken out, while somebody checks it."""
        known = self.whole is not None and service_id in self.whole.services
        return known and service_id not in self.services

    def taken_out(self, area_code: str) -> tuple[Service, ...]:
        """The services that serve a council or part and are taken out at the moment."""
        if self.whole is None:
            return ()
        served = (service for service, _ in self.whole.serving(area_code))
        return tuple(service for service in served if self.is_taken_out(service.id))

    @cached_property
    def icbs(self) -> Mapping[str, str]:
        """The ICBs of 2026, names by code, in the order of their names."""
        named = {a.icb_2026_code: a.icb_2026 for a in self.areas.values() if a.icb_2026_code}
        ordered = sorted(named.items(), key=lambda one: one[1].casefold())
        return MappingProxyType(dict(ordered))

    @cached_property
    def newest_check(self) -> date:
        """The latest day on which any service or line was checked."""
        return max(self._check_days)

    @property
    def _check_days(self) -> tuple[date, ...]:
        services = (service.checked_on for service in self.services.values())
        return (*services, *(line.checked_on for line in self.national))

    @cached_property
    def _serving(self) -> Serving:
        return Serving(self.services, self.areas, self.service_areas)

    @cached_property
    def _councils(self) -> tuple[Area, ...]:
        return by_name(area for area in self.areas.values() if not area.parent)


def load_directory(folder: Path | None = None) -> Directory:
    """Reads the directory.

    Args:
        folder: where the files are; by default the setting `MMHS_DATA_DIR`, or the project's
            `data/`.

    Raises:
        BrokenDirectory: something is wrong; its text says what, in which file, row and column.
    """
    folder = data_folder() if folder is None else folder
    reading = read(folder)
    if reading.problems:
        raise BrokenDirectory(in_order(reading.problems))
    return less_withdrawn(directory_of(reading, folder))


def less_withdrawn(directory: Directory) -> Directory:
    """A directory without what `withdrawn.csv` of its folder takes out. Raises BrokenDirectory."""
    return without(directory, read_withdrawn(directory.folder) or ())


def directory_of(
    reading: Reading, folder: Path, shapes: Mapping[str, dict[str, Any]] | None = None
) -> Directory:
    """The directory made of what was read of a folder without a problem.

    shapes: the map files by name, if they were read, too; others are read on first use.
    """
    known = shapes or {}

    def rows(file: str, record: type[R]) -> tuple[R, ...]:
        return tuple(each for each in reading.records[file] if isinstance(each, record))

    link_status, _ = read_link_status(folder)
    for records in reading.records.values() if link_status else ():
        for each in records:
            each.note_unanswered(link_status)
    return Directory(
        services=MappingProxyType({each.id: each for each in rows("services.csv", Service)}),
        criteria=MappingProxyType(
            {each.service_id: each for each in rows("mmhs_criteria.csv", Criteria)}
        ),
        service_areas=rows("service_areas.csv", ServiceArea),
        areas=MappingProxyType({each.code: each for each in rows("areas.csv", Area)}),
        gaps=MappingProxyType({each.area_code: each for each in rows("area_gaps.csv", AreaGap)}),
        national=rows("national_support.csv", NationalSupport),
        devolved=rows("devolved_nations.csv", DevolvedService),
        towns=rows("places.csv", Town),
        folder=folder,
        link_status=link_status,
        _shapes={d: known[f] for d in (True, False) if (f := shapes_file(d)) in known},
    )


def shapes_file(detail: bool) -> str:
    return "areas_detail.geojson" if detail else "areas_overview.geojson"


def read_shapes(folder: Path, file: str) -> dict[str, Any]:
    """A GeoJSON FeatureCollection. Raises BrokenDirectory when it is missing or something else."""
    try:
        shapes = json.loads((folder / file).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BrokenDirectory([Problem(file, 0, "", "", "this file is missing.")]) from None
    except (OSError, ValueError):
        raise BrokenDirectory([Problem(file, 0, "", "", "this file is not GeoJSON.")]) from None
    features = shapes.get("features") if isinstance(shapes, dict) else None
    if not isinstance(features, list) or shapes.get("type") != "FeatureCollection":
        raise BrokenDirectory([Problem(file, 0, "", "", "this file is not GeoJSON.")])
    return cast(dict[str, Any], shapes)
