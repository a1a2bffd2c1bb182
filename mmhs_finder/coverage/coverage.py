"""What is known of the help that each area has, by council, ICB or NHS region, weighted by births.

Only what a service publishes counts. "No" is a published no; what nobody publishes is its own
value, and so is an area for which no service was found. An unconfirmed service (nobody could say
that it is running) never makes a "yes".

No births are published for the parts of a split council, so the council counts once, with the ICB
and region of its own row, and is "yes" only when each of its parts is.

Not for: the rule of a measure (`measures`), drawing (`render`) or one person's answer (`answers`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from types import MappingProxyType

from mmhs_finder.coverage.gaps import Gap, Scaling, Weights, nearest_with_it, need, points_inside
from mmhs_finder.coverage.measures import DEFINITIONS, Measure
from mmhs_finder.coverage.rows import AreaRow, Shares, shares_of
from mmhs_finder.coverage.rules import Known, Local
from mmhs_finder.coverage.values import WITHOUT, Level, Value, together
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.directory import Directory
from mmhs_finder.directory.confirming import is_confirmed_now
from mmhs_finder.directory.models import Area, Certainty, Service, ServiceKind
from mmhs_finder.directory.named import area_words

Served = tuple[Service, Certainty]


class Coverage:
    """Values of every measure for every area of one directory. Safe to share by threads.

    What is asked for first is worked out then, and kept. Two threads may both do so, and get the
    same.
    """

    def __init__(self, directory: Directory, today: date, like: Coverage | None = None) -> None:
        """today: for the age of information. like: of a directory with the same areas and shapes;
        what depends on the map alone is taken from it."""
        self.directory = directory
        self.today = today
        self.date = directory.newest_check
        self._like = like
        self._values: dict[Measure, Mapping[str, Value]] = {}
        self._rows: dict[tuple[Level, Measure], Mapping[str, AreaRow]] = {}
        self._nearest: dict[Measure, Mapping[str, tuple[AreaRow, float]]] = {}

    # --- one area -----------------------------------------------------------------------------

    def services(self, code: str, kind: ServiceKind) -> tuple[Served, ...]:
        """The services of a kind that serve a council or part: `Directory.serving`."""
        return self._serving.get((code, kind), ())

    @cached_property
    def _serving(self) -> Mapping[tuple[str, ServiceKind], tuple[Served, ...]]:
        found: dict[tuple[str, ServiceKind], list[Served]] = {}
        for code in self.directory.areas:
            for served in self.directory.serving(code):
                found.setdefault((code, served[0].kind), []).append(served)
        return {key: tuple(each) for key, each in found.items()}

    def value(self, measure: Measure, code: str) -> Value:
        """The value of a council or of a part; a split council's is that of its parts together."""
        if measure not in self._values:
            self._values[measure] = self._values_of(measure)
        return self._values[measure][code]

    def _values_of(self, measure: Measure) -> dict[str, Value]:
        definition, values = DEFINITIONS[measure], {}
        whole = [code for code in self.directory.areas if not self.directory.parts(code)]
        for code in whole:
            services = self.services(code, definition.kind)
            local = Local(tuple(self._known(s) for s, _ in services), self.today)
            values[code] = definition.value_of(local) if services else Value.NONE_FOUND
        for code in self.directory.areas.keys() - values:
            values[code] = together([values[p.code] for p in self.directory.parts(code)])
        return values

    def _known(self, service: Service) -> Known:
        return Known(
            service,
            self.directory.criteria.get(service.id),
            is_confirmed_now(service, self.today),
        )

    def _about(self, measure: Measure, code: str) -> tuple[tuple[Service, ...], bool]:
        """The services that a value is about, and whether a yes rests on an inferred area.

        A yes is about the services that say so; any other value about all of the kind. One that
        serves two parts of a split council counts for each: it may be stated for one only.
        """
        definition = DEFINITIONS[measure]
        parts = self.directory.parts(code)
        codes = [part.code for part in parts] or [code]
        found = [served for c in codes for served in self.services(c, definition.kind)]
        if self.value(measure, code) is not Value.YES:
            return _each_once(found), False
        saying = [
            (s, sure)
            for s, sure in found
            if (known := self._known(s)).is_running and definition.says_yes(known)
        ]
        certain = [sure is Certainty.STATED for _, sure in saying]
        stated = all(certain) if definition.needs_all or parts else any(certain)
        return _each_once(saying), not stated

    # --- levels -------------------------------------------------------------------------------

    def rows(self, level: Level, measure: Measure, where: Where = ENGLAND) -> tuple[AreaRow, ...]:
        """Every area of a level by name; a split council is followed by its parts.

        where: only those that lie in it, see `holds`.
        """
        rows = self._rows_of(level, measure).values()
        return tuple(r for r in rows if self.holds(where, level, r.code))

    def row(self, level: Level, measure: Measure, code: str) -> AreaRow:
        """The row of one area. Raises KeyError."""
        return self._rows_of(level, measure)[code]

    def _rows_of(self, level: Level, measure: Measure) -> Mapping[str, AreaRow]:
        """By code, in the order of names."""
        if (level, measure) not in self._rows:
            if level is Level.COUNCIL:
                rows = self._council_rows(measure)
            else:
                rows = self._group_rows(
                    level, measure, self._rows_of(Level.COUNCIL, measure).values()
                )
            self._rows[level, measure] = {row.code: row for row in rows}
        return self._rows[level, measure]

    def _council_rows(self, measure: Measure) -> tuple[AreaRow, ...]:
        return tuple(
            self._area_row(measure, area)
            for council in self.directory.councils()
            for area in (council, *self.directory.parts(council.code))
        )

    def _area_row(self, measure: Measure, area: Area) -> AreaRow:
        services, inferred = self._about(measure, area.code)
        return AreaRow(
            code=area.code,
            name=area.name,
            level=Level.COUNCIL,
            value=self.value(measure, area.code),
            region=area.region,
            icb=area.icb_2026,
            parent=area.parent,
            births=area.births_year_to_mid_2020,
            women=area.women_15_44_mid_2021,
            imd=area.imd_2025_average_score,
            inferred=inferred,
            services=services,
            closed=self._closed(measure, area.code),
        )

    def _closed(self, measure: Measure, code: str) -> tuple[Service, ...]:
        """The services of the measure's kind that an area had, by a report or their provider."""
        kind = DEFINITIONS[measure].kind
        return tuple(s for s in self.directory.closed(code) if s.kind is kind)

    def _group_rows(
        self, level: Level, measure: Measure, councils: Iterable[AreaRow]
    ) -> tuple[AreaRow, ...]:
        groups: dict[str, list[AreaRow]] = {}
        for row in councils:
            if not row.parent:
                groups.setdefault(self.group_of(level, row.code), []).append(row)
        found = [
            _together(level, measure, code, rows[0].icb if level is Level.ICB else code, rows)
            for code, rows in groups.items()
        ]
        return tuple(sorted(found, key=lambda r: r.name))

    def row_of(self, measure: Measure, where: Where) -> AreaRow:
        """The row of a place; that of England is of all councils. Raises KeyError."""
        if where.level is not None:
            return self.row(where.level, measure, where.code)
        councils = [r for r in self.rows(Level.COUNCIL, measure) if not r.parent]
        return _together(None, measure, where.code, where.name, councils)

    def group_of(self, level: Level, code: str) -> str:
        """The code of the area of a level that a council or part is in, by its own row."""
        area = self.directory.areas[code]
        if level is Level.ICB:
            return area.icb_2026_code
        return area.region if level is Level.REGION else code

    def shares(self, measure: Measure, where: Where = ENGLAND) -> Shares:
        """Births of England, or of one place in it, by value."""
        rows = self.rows(Level.COUNCIL, measure, where)
        return shares_of(measure, [r for r in rows if not r.parent])

    def confirmed(self, where: Where = ENGLAND) -> tuple[int, int]:
        """How many of a place's running MMHS confirmed what we hold of them; of how many MMHS."""
        found = [self._known(service) for service in self.services_in(where, ServiceKind.MMHS)]
        return sum(known.is_running and known.is_confirmed for known in found), len(found)

    def services_in(self, where: Where, kind: ServiceKind) -> tuple[Service, ...]:
        """The services of a kind that serve a place, each once; one that has closed serves none."""
        rows = self.rows(Level.COUNCIL, Measure.MMHS, where)
        return _each_once(served for row in rows for served in self.services(row.code, kind))

    # --- one place in England -----------------------------------------------------------------

    @cached_property
    def places(self) -> tuple[Where, ...]:
        """Where one can look: England, the NHS regions by name, the ICBs by name."""
        return (
            ENGLAND,
            *(
                Where(level, str(row.code), str(row.name))
                for level in (Level.REGION, Level.ICB)
                for row in self.rows(level, Measure.MMHS)
            ),
        )

    def place(self, code: str) -> Where | None:
        """The place of a code, "" for England; None when there is none."""
        return next((where for where in self.places if where.code == code), None)

    def at(self, level: Level, code: str) -> Where:
        """An area of a level as a place to look at. Raises KeyError."""
        return Where(level, code, area_words(self.row(level, Measure.MMHS, code).name))

    def levels(self, where: Where) -> tuple[Level, ...]:
        """The levels of areas that a place has more than one of: those below its own."""
        below = {None: tuple(Level), Level.REGION: (Level.COUNCIL, Level.ICB)}
        return below.get(where.level, (Level.COUNCIL,))

    def holds(self, where: Where, level: Level, code: str) -> bool:
        """Whether an area of a level lies in a place: by its own row, so in one of each kind.

        A part of a split council may lie in another ICB than the council does; then each is where
        its own row says. An ICB of two regions lies where most of its births are.
        """
        if where.level is None:
            return True
        if level is Level.COUNCIL:
            area = self.directory.areas[code]
            return where.has(area.region, area.icb_2026_code, area.code, area.parent)
        if level is where.level:
            return code == where.code
        return level is Level.ICB and self._region_of_icb.get(code) == where.code

    @cached_property
    def _region_of_icb(self) -> Mapping[str, str]:
        births: dict[str, Counter[str]] = {}
        for area in self.directory.councils():
            counted = births.setdefault(area.icb_2026_code, Counter())
            counted[area.region] += area.births_year_to_mid_2020 or 0
        return {icb: counted.most_common(1)[0][0] for icb, counted in births.items()}

    # --- gaps ---------------------------------------------------------------------------------

    def gaps(
        self,
        measure: Measure,
        weights: Weights,
        scaling: Scaling,
        values: Sequence[Value] = (Value.PART, *WITHOUT),
        where: Where = ENGLAND,
    ) -> tuple[Gap, ...]:
        """Councils without a service known to offer something, the greatest need first.

        need = sum(weight x scaled figure) / sum(weights), scaled over all councils of England, so
        that it does not change with what is in the list. All weights 0: by name. values: which
        kinds of "not known to" belong in the list. where: only councils that lie in it; the
        nearest area with a yes may lie outside.
        """
        rows = [r for r in self.rows(Level.COUNCIL, measure) if not r.parent]
        needs = zip(rows, need(rows, weights, scaling), strict=True)
        nearest = self.nearest(measure)
        found = [
            Gap(r, n, *nearest.get(r.code, (None, None)))
            for r, n in needs
            if r.value in values and self.holds(where, Level.COUNCIL, r.code)
        ]
        return tuple(sorted(found, key=lambda g: (-g.need, g.row.name)))

    def nearest(self, measure: Measure) -> Mapping[str, tuple[AreaRow, float]]:
        """For each council with a gap: the nearest area with a yes, and how far away in km.

        Kept once worked out: some hundred distances on the ellipsoid take tens of milliseconds.
        """
        if measure not in self._nearest:
            rows = self._rows_of(Level.COUNCIL, measure)
            self._nearest[measure] = MappingProxyType(nearest_with_it(rows, self._points))
        return self._nearest[measure]

    @cached_property
    def _points(self) -> Mapping[str, tuple[float, float]]:
        """Of each shape of the overview map."""
        if self._like is not None:
            return self._like._points
        return points_inside(self.directory.shapes(detail=False))


def _together(
    level: Level | None, measure: Measure, code: str, name: str, rows: Sequence[AreaRow]
) -> AreaRow:
    """One row for several councils."""
    regions = {r.region for r in rows}
    return AreaRow(
        code=code,
        name=name,
        level=level,
        value=together([r.value for r in rows]),
        region=rows[0].region if len(regions) == 1 else "",
        icb=name if level is Level.ICB else "",
        births=sum(r.births or 0 for r in rows),
        women=sum(r.women or 0 for r in rows),
        shares=shares_of(measure, rows),
        services=tuple({s.id: s for r in rows for s in r.services}.values()),
        closed=tuple({s.id: s for r in rows for s in r.closed}.values()),
    )


def _each_once(served: Iterable[Served]) -> tuple[Service, ...]:
    return tuple({service.id: service for service, _ in served}.values())
