"""Who serves an area: the one join of services with councils and their parts. Everybody asks here.

`service_areas.csv` may name a council, or a part of one that is split between services. A part has
its council's rows as well as its own; a split council as a whole has those of all its parts.
Not for: which of the services a person is shown, and in which order (`finder`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from mmhs_finder.directory.models import Area, Certainty, Service, ServiceArea, Status

Served = tuple[Service, Certainty]


class Serving:
    """The join, worked out once for a directory. Never changes once made."""

    def __init__(
        self,
        services: Mapping[str, Service],
        areas: Mapping[str, Area],
        rows: Iterable[ServiceArea],
    ) -> None:
        """rows: in the file's order; each names a service and an area that are there."""
        parts: defaultdict[str, list[Area]] = defaultdict(list)
        for area in areas.values():
            if area.parent:
                parts[area.parent].append(area)
        self._parts = {code: by_name(each) for code, each in parts.items()}
        found: defaultdict[str, dict[str, Certainty]] = defaultdict(dict)
        named: defaultdict[str, list[tuple[Area, Certainty]]] = defaultdict(list)
        for row in rows:
            area = areas[row.area_code]
            named[row.service_id].append((area, row.certainty))
            for code in self._reached(area):
                known = found[code].get(row.service_id)
                sure = Certainty.STATED in (known, row.certainty)
                found[code][row.service_id] = Certainty.STATED if sure else row.certainty
        every = {
            code: tuple((services[key], sure) for key, sure in each.items())
            for code, each in found.items()
        }
        self._by_area: dict[str, tuple[Served, ...]] = {
            code: tuple(s for s in each if not _has_closed(s)) for code, each in every.items()
        }
        self._closed: dict[str, tuple[Served, ...]] = {
            code: tuple(s for s in each if _has_closed(s)) for code, each in every.items()
        }
        self._by_service = {
            key: tuple(sorted(each, key=lambda pair: pair[0].name)) for key, each in named.items()
        }

    def _reached(self, area: Area) -> tuple[str, ...]:
        """Codes of the areas that a row for this one concerns: itself, its parts, its council."""
        parts = tuple(part.code for part in self.parts(area.code))
        return (area.code, *parts, *((area.parent,) if area.parent else ()))

    def services(self, area_code: str) -> tuple[Served, ...]:
        """The services that serve a council or part, each once, in the file's order; () for none.

        One that has closed serves nobody: `closed`.
        `Certainty.STATED` where any row that reaches the area states it.
        """
        return self._by_area.get(area_code, ())

    def closed(self, area_code: str) -> tuple[Service, ...]:
        """The services that served a council or part and have closed."""
        return tuple(service for service, _ in self._closed.get(area_code, ()))

    def areas(self, service_id: str) -> tuple[tuple[Area, Certainty], ...]:
        """The councils and parts that a service's rows name, by name; () when none is known."""
        return self._by_service.get(service_id, ())

    def parts(self, code: str) -> tuple[Area, ...]:
        """The parts of a council that is split between services, by name; () for all others."""
        return self._parts.get(code, ())


def _has_closed(served: Served) -> bool:
    return served[0].status is Status.CLOSED


def by_name(areas: Iterable[Area]) -> tuple[Area, ...]:
    return tuple(sorted(areas, key=lambda area: area.name))
