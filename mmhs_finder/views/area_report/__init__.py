"""What is known of a place, from a council to England: a page for a board, then the detail.

Not for: the values (`coverage`), or drawing (`render`).
"""

from __future__ import annotations

from mmhs_finder.views.area_report.parts import (
    AreaReport,
    Board,
    BoardMap,
    ReportFact,
    ReportItem,
    ReportLink,
    ReportSection,
    ReportTable,
)
from mmhs_finder.views.area_report.report import area_report

__all__ = [
    "AreaReport",
    "Board",
    "BoardMap",
    "ReportFact",
    "ReportItem",
    "ReportLink",
    "ReportSection",
    "ReportTable",
    "area_report",
]
