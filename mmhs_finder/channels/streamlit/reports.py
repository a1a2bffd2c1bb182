"""The report of a place on the page "Coverage": its files, as things are or in a scenario.

The answers of the checklist of joined-up care are put into a file for the visitor who gave them,
when she asks for it, and are kept nowhere else.
Not for: what a report says (`views.area_report`), or how it looks (`render`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final

import streamlit as st
from markupsafe import Markup

from mmhs_finder.application import Application, served
from mmhs_finder.channels.streamlit.draw import download, render
from mmhs_finder.channels.streamlit.planning_checklist import answered
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.snapshots import KeptSnapshots
from mmhs_finder.coverage.where import Where
from mmhs_finder.planning.facts import Extent
from mmhs_finder.render.files.area_report import MIME, ReportKind, report_file, report_name
from mmhs_finder.render.maps.coverage.outlines import Outlines
from mmhs_finder.views.area_report import AreaReport, area_report
from mmhs_finder.views.coverage_history import history_view
from mmhs_finder.views.scenario import ScenarioView
from mmhs_finder.words import language, say, texts

_MOST: Final = 32
_LABEL: Final = texts("area_report.report_{}", ReportKind)
_SCENARIO_LABEL: Final = texts("what_if.report_{}", ReportKind)


@dataclass(frozen=True)
class _Asked:
    """A report that somebody may ask for.

    today: coverage as things are. coverage: the same, or that of the scenario. kept: what was known
    on earlier days. answers: of the checklist, by one visitor.
    """

    today: Coverage
    coverage: Coverage
    outlines: Outlines
    where: Where
    kept: KeptSnapshots
    scenario: ScenarioView | None = None
    answers: Mapping[str, Extent] | None = None

    def report(self) -> AreaReport:
        return area_report(
            self.coverage,
            self.outlines.areas,
            self.where,
            history=history_view(self.today, self.kept, self.where),
            scenario=self.scenario,
            answers=self.answers,
        )

    def file(self, kind: ReportKind) -> bytes:
        return report_file(kind, self.report(), self.coverage, self.outlines)


def offer(
    today: Coverage,
    coverage: Coverage,
    outlines: Outlines,
    where: Where,
    scenario: ScenarioView | None = None,
) -> None:
    """The files of a place. They are made when somebody asks for one.

    today, coverage: the same, but for the report of a scenario.
    """
    answers = answered()
    asked = _Asked(today, coverage, outlines, where, served().snapshots, scenario, answers)
    with st.container(horizontal=True, key="coverage-reports"):
        for kind in ReportKind:
            words = _SCENARIO_LABEL(kind) if scenario else _LABEL(kind)
            name = report_name(today, where, kind, is_scenario=scenario is not None)
            download(words, partial(asked.file, kind), name, MIME[kind])
    if answers:
        render(Markup('<p class="muted small">{}</p>').format(say("area_report.ticked_in_file")))


def shown(today: Coverage, outlines: Outlines, where: Where) -> AreaReport:
    """The report of a place for the page, as things are; shared by all visitors."""
    return served().once(_shared, today, outlines)(language(), where)


def _shared(
    application: Application, today: Coverage, outlines: Outlines
) -> Callable[[str, Where], AreaReport]:
    @lru_cache(maxsize=_MOST)
    def of(_language: str, where: Where) -> AreaReport:
        return _Asked(today, today, outlines, where, application.snapshots).report()

    return of
