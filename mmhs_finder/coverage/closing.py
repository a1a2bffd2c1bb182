"""What a scenario changes, and what it would take to close a gap: the greatest steps first.

Not for: what a scenario is (`scenario`), or the values (`coverage`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import PATHWAY_MEASURES, Measure
from mmhs_finder.coverage.rows import AreaRow, Shares
from mmhs_finder.coverage.scenario import SWITCHES, Scenario, not_offered, under
from mmhs_finder.coverage.values import Level, Value
from mmhs_finder.coverage.where import Where
from mmhs_finder.directory.models import Service, ServiceKind, Status

TAKES: Final[Mapping[Measure, tuple[Measure, ...]]] = MappingProxyType(
    {**{each: (each,) for each in SWITCHES}, Measure.ALL_FOUR: PATHWAY_MEASURES}
)
"""What a service has to offer for a yes: of the measures that steps can be found for."""


@dataclass(frozen=True)
class ScenarioChange:
    """What a scenario changes of one measure in one place.

    turned: the councils and parts of councils that become a yes, by name. left: the councils that
    still have none.
    """

    before: Shares
    after: Shares
    turned: tuple[AreaRow, ...]
    left: tuple[AreaRow, ...]

    @property
    def births(self) -> int:
        """Births in the year to mid-2020 of the councils that become a yes."""
        return self.after.by_value[Value.YES] - self.before.by_value[Value.YES]


def difference(today: Coverage, then: Coverage, measure: Measure, where: Where) -> ScenarioChange:
    """What changes in a place. measure: one that has a yes. then: of the same areas."""
    rows = then.rows(Level.COUNCIL, measure, where)
    return ScenarioChange(
        today.shares(measure, where),
        then.shares(measure, where),
        tuple(r for r in rows if r.value is Value.YES and not _is_yes(today, measure, r.code)),
        tuple(r for r in rows if r.value is not Value.YES and not r.parent),
    )


def _is_yes(coverage: Coverage, measure: Measure, code: str) -> bool:
    return coverage.value(measure, code) is Value.YES


# --- services of a place --------------------------------------------------------------------------


def running(coverage: Coverage, where: Where) -> tuple[Service, ...]:
    """The MMHS of a place that are confirmed to be running, by name: those that can be changed."""
    return tuple(s for s in mmhs(coverage, where) if s.status is Status.OPEN)


def unconfirmed(coverage: Coverage, where: Where) -> tuple[Service, ...]:
    """The MMHS of a place of which nobody could confirm that they are running, by name."""
    return tuple(s for s in mmhs(coverage, where) if s.status is not Status.OPEN)


def mmhs(coverage: Coverage, where: Where) -> tuple[Service, ...]:
    """The MMHS that are known to serve areas of a place, running or not, by name."""
    return tuple(sorted(coverage.services_in(where, ServiceKind.MMHS), key=lambda s: s.name))


def icbs(coverage: Coverage, where: Where) -> tuple[Where, ...]:
    """The ICBs that have areas in a place, by name: those that a service can be added for."""
    codes = {
        coverage.group_of(Level.ICB, row.code)
        for row in coverage.rows(Level.COUNCIL, Measure.MMHS, where)
    }
    return tuple(w for w in coverage.places if w.level is Level.ICB and w.code in codes)


# --- steps ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class GapStep:
    """One thing to do, what it gains, and what is covered when it and those before it are done.

    assumed: one service that offers more, or one ICB that gets a service. births: in the year to
    mid-2020, of the councils that become a yes by it; 0 where it completes only a part of one.
    """

    assumed: Scenario
    births: int
    after: Shares


def what_it_takes(
    today: Coverage, scenario: Scenario, measure: Measure, where: Where
) -> tuple[GapStep, ...]:
    """Steps until every area of a place is a yes, or a scenario has no more room.

    First the services that are there and running, then services for ICBs with areas where none is;
    of each the one that gains most births, as things stand after those before it. That is a simple
    way to a short list, and not a proof that there is no shorter one.

    scenario: what is assumed already. measure: one of `TAKES`.
    """
    return tuple(_steps(today, scenario, measure, where))


def first_step(today: Coverage, measure: Measure, where: Where) -> GapStep | None:
    """The first of `what_it_takes`, with nothing assumed; None where there is none."""
    return next(_steps(today, Scenario(), measure, where), None)


def _steps(
    today: Coverage, scenario: Scenario, measure: Measure, where: Where
) -> Iterator[GapStep]:
    for is_new in (False, True):
        search = _Search(today, measure, where, is_new=is_new)
        while (found := search.best(scenario)) is not None:
            yield found
            scenario = scenario.plus(found.assumed)


class _Search:
    """The best next step of one sort. Only steps that could be better than the best are tried out:
    each can gain at most the births of the areas that it reaches."""

    def __init__(self, today: Coverage, measure: Measure, where: Where, *, is_new: bool) -> None:
        self.today = today
        self.measure = measure
        self.where = where
        self.is_new = is_new
        rows = today.rows(Level.COUNCIL, measure, where)
        self._births = {row.code: row.births or 0 for row in rows}
        self._reach = dict(self._reaches())

    def _reaches(self) -> Iterator[tuple[Scenario, frozenset[str]]]:
        """Each step, and the areas that could become a yes by it."""
        offers = TAKES[self.measure]
        if self.is_new:
            for icb in icbs(self.today, self.where):
                codes = [c for c in self._births if self.today.holds(icb, Level.COUNCIL, c)]
                if not all(map(self._is_served, codes)):
                    yield Scenario.of(added={icb.code: offers}), self._with_councils(codes)
            return
        for service in running(self.today, self.where):
            lacking = set(not_offered(self.today.directory, service))
            if more := [each for each in offers if each in lacking]:
                codes = [
                    c
                    for c in self._births
                    if any(s is service for s, _ in self.today.services(c, ServiceKind.MMHS))
                ]
                yield Scenario.of({service.id: more}), self._with_councils(codes)

    def _is_served(self, code: str) -> bool:
        """Whether a running service is known in all of a council or part."""
        return _is_yes(self.today, Measure.MMHS, code)

    def _with_councils(self, codes: list[str]) -> frozenset[str]:
        parents = {self.today.directory.areas[code].parent for code in codes}
        return frozenset({*codes, *parents} & self._births.keys())

    def best(self, scenario: Scenario) -> GapStep | None:
        """The step that gains most as things stand; None when none gains, or there is no room."""
        now = under(self.today, scenario)
        open_areas = {c for c in self._births if not _is_yes(now, self.measure, c)}
        most = {
            assumed: self._gain(open_areas & reach)
            for assumed, reach in self._reach.items()
            if scenario.plus(assumed) != scenario
        }
        best, gained = None, (0, 0)
        for assumed in sorted(most, key=lambda a: most[a], reverse=True):
            if most[assumed] <= gained:
                break
            then = under(self.today, scenario.plus(assumed))
            closed = {c for c in open_areas if _is_yes(then, self.measure, c)}
            if self._gain(closed) > gained:
                best, gained = (assumed, then), self._gain(closed)
        if best is None:
            return None
        assumed, then = best
        return GapStep(assumed, gained[0], then.shares(self.measure, self.where))

    def _gain(self, codes: set[str]) -> tuple[int, int]:
        """Births, and then the number of areas: a part of a split council has no births."""
        return sum(self._births[c] for c in codes), len(codes)
