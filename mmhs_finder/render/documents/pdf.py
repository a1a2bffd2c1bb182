"""The documents as PDF files (A4): the page to take along, a referral sheet and pack, an area's
report.

Each is one template fed by one view. Made in memory; nothing is stored or logged.
Not for: what they say (`views.papers`), or making files of templates (`typesetting`).
"""

from __future__ import annotations

from datetime import datetime

from mmhs_finder.hours import LONDON
from mmhs_finder.render.documents.typesetting import pdf
from mmhs_finder.render.maps.coverage.signs import swatch_svg
from mmhs_finder.views.area_report import AreaReport
from mmhs_finder.views.asking import Asking, asking_paper
from mmhs_finder.views.call_sheet import CallPaper
from mmhs_finder.views.pack_paper import pack_paper
from mmhs_finder.views.papers import report_paper, sheet_paper, summary_paper
from mmhs_finder.views.referral_pack import ReferralPack
from mmhs_finder.views.sheet import Sheet
from mmhs_finder.views.summary import Summary


def summary_pdf(summary: Summary) -> bytes:
    """The page to take along: one page. Type gets smaller first, then what matters least goes."""
    return pdf("summary.typ", summary_paper(summary), summary.made_at)


def sheet_pdf(sheet: Sheet, made_at: datetime | None = None) -> bytes:
    """The referral sheet, as many pages as it takes. made_at: printed at its foot; now if None."""
    at = made_at or datetime.now(LONDON)
    return pdf("sheet.typ", sheet_paper(sheet, at), at)


def pack_pdf(pack: ReferralPack, made_at: datetime | None = None) -> bytes:
    """The referral pack, the letter on a page of its own. made_at: as of `sheet_pdf`."""
    at = made_at or datetime.now(LONDON)
    return pdf("pack.typ", pack_paper(pack, at), at)


def asking_pdf(view: Asking, made_at: datetime | None = None) -> bytes:
    """How to ask where no service is known, drawn as a sheet is. made_at: as of `sheet_pdf`."""
    at = made_at or datetime.now(LONDON)
    return pdf("sheet.typ", asking_paper(view, at), at)


def area_report_pdf(
    report: AreaReport, made_at: datetime | None = None, map_svg: str = ""
) -> bytes:
    """The report: the page for a board, then as many pages as the detail takes.

    made_at: printed at its foot; now if None. map_svg: the map of `BoardMap`, where it has one.
    """
    at = made_at or datetime.now(LONDON)
    return pdf(
        "area_report.typ", report_paper(report, at), at, {"map": map_svg, **_swatches(report)}
    )


def _swatches(report: AreaReport) -> dict[str, str]:
    """The sign of each value on the map, as a drawing, by the value's name."""
    shown = report.board.map if report.board else None
    keys = shown.keys if shown else ()
    return {f"swatch-{key.value}": swatch_svg(key.value, letter=False) for key in keys}


def call_pdf(paper: CallPaper) -> bytes:
    """The sheets for telephone calls, each service on pages of its own. Made at midday."""
    return pdf("call_sheet.typ", paper, paper.made_at)
