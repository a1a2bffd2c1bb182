"""The report of a place as files: a PDF, or an HTML page to print, each with its map.

Not for: what it says (`views.area_report`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.values import Level
from mmhs_finder.coverage.where import Where
from mmhs_finder.render.documents.pdf import area_report_pdf
from mmhs_finder.render.files.coverage import file_name
from mmhs_finder.render.files.coverage_picture import map_svg
from mmhs_finder.render.html.area_report import report_page
from mmhs_finder.render.maps.coverage.outlines import Outlines
from mmhs_finder.views.area_report import AreaReport


class ReportKind(StrEnum):
    """A kind of file: the end of its name."""

    PDF = "pdf"
    HTML = "html"


MIME: Final[Mapping[ReportKind, str]] = MappingProxyType(
    {ReportKind.PDF: "application/pdf", ReportKind.HTML: "text/html"}
)


def report_file(
    kind: ReportKind,
    report: AreaReport,
    coverage: Coverage,
    outlines: Outlines,
    made_at: datetime | None = None,
) -> bytes:
    """The report as a file. coverage: that it is of. made_at: kept in a PDF; now if None."""
    shown = report.board.map if report.board else None
    map_ = map_svg(coverage, outlines, Level.COUNCIL, shown.measure, shown.where) if shown else ""
    if kind is ReportKind.HTML:
        return report_page(report, map_)
    return area_report_pdf(report, made_at, map_)


def report_name(
    coverage: Coverage, where: Where, kind: ReportKind, *, is_scenario: bool = False
) -> str:
    """The name of the file; that of a scenario says so."""
    return file_name(coverage, "coverage", where, kind.value, is_scenario=is_scenario)
