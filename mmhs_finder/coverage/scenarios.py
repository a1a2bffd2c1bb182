"""The scenarios that were looked at last, kept for all visitors of a process.

They are made of public ids alone, so two visitors with one scenario share the work; who has another
one, or none, gets nothing of it.
Not for: what a scenario is (`scenario`), or which one a visit looks at (`channels`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from mmhs_finder.coverage.closing import GapStep, what_it_takes
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.scenario import Scenario, under
from mmhs_finder.coverage.where import Where
from mmhs_finder.words import language

_MOST: Final = 16


class Scenarios:
    """What coverage of one directory would be under a scenario, and what it would take from there.
    Safe to share by threads."""

    def __init__(self, today: Coverage) -> None:
        self.today = today
        self._under = lru_cache(maxsize=_MOST)(self._make)
        self._steps = lru_cache(maxsize=_MOST)(self._find)

    def under(self, scenario: Scenario) -> Coverage:
        """As `scenario.under`."""
        return self._under(language(), scenario)

    def steps(self, scenario: Scenario, measure: Measure, where: Where) -> tuple[GapStep, ...]:
        """As `what_it_takes`."""
        return self._steps(scenario, measure, where)

    def _make(self, _language: str, scenario: Scenario) -> Coverage:
        return under(self.today, scenario)

    def _find(self, scenario: Scenario, measure: Measure, where: Where) -> tuple[GapStep, ...]:
        return what_it_takes(self.today, scenario, measure, where)
