"""A referral sheet as a PDF (A4), made in memory. Nothing is stored or logged.

Real text in an embedded font, with headings as bookmarks, links, a title and a language; pages are
numbered. Not for: what is on the sheet (`referral`), or the page for a parent (`pdf`).
"""

from __future__ import annotations

import re
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Final

from fpdf import FPDF, TextStyle
from fpdf.prefs import ViewerPreferences

from mmhs_finder.finder import LONDON
from mmhs_finder.pdf import printable
from mmhs_finder.referral import Row, Sheet, distinction
from mmhs_finder.wording import plain_date
from mmhs_finder.words import say

_FONTS: Final = Path(str(files("font_source_sans_pro"))) / "files"
_FAMILY: Final = "Source Sans Pro"
_STYLES: Final = (("", "SourceSansPro-Regular.ttf"), ("B", "SourceSansPro-Semibold.ttf"))
_MARGIN: Final = 18.0  # mm
_TERMS: Final = 46.0  # mm: the column of headings
_SIZE: Final = 10.0  # points
_LINE: Final = 4.8  # mm
_INK: Final = (30, 42, 46)
_MUTED: Final = (71, 86, 92)
_TEAL: Final = (0, 90, 110)
_RULE: Final = (201, 214, 216)


def sheet_pdf(sheet: Sheet, made_at: datetime | None = None) -> bytes:
    """The sheet as a PDF, as many pages as it takes.

    made_at: printed in the foot and kept as the file's date; now by default.
    """
    page = _Sheet(sheet, made_at or datetime.now(LONDON))
    return bytes(page.output())


def html_pdf(title: str, body: str, made_at: datetime | None = None) -> bytes:
    """A document of headings, paragraphs, lists and facts as a PDF.

    body: HTML of our own, already escaped: h3, h4, p, ul, dl, a. Other tags are left out.
    """
    page = FPDF(format="A4")
    for style, name in _STYLES:
        page.add_font(_FAMILY, style, _FONTS / name)
    page.set_title(printable(title))
    page.set_lang("en-GB")
    page.set_creation_date(made_at or datetime.now(LONDON))
    page.viewer_preferences = ViewerPreferences(display_doc_title=True)
    page.set_margin(_MARGIN)
    page.set_auto_page_break(True, _MARGIN)
    page.add_page()
    page.set_font(_FAMILY, "", _SIZE)
    page.set_text_color(*_INK)
    headings = {
        "h1": TextStyle(color=_INK, font_size_pt=17, font_style="B", t_margin=0, b_margin=2),
        "h2": TextStyle(color=_TEAL, font_size_pt=12.5, font_style="B", t_margin=4, b_margin=1),
    }
    page.write_html(printable(_plain_tags(body)), font_family=_FAMILY, tag_styles=headings)
    return bytes(page.output())


def _plain_tags(body: str) -> str:
    """The same with the few tags that the PDF writer draws: facts become lines with bold terms."""
    for old, new in (
        (r"<span class=\"sr-only\">.*?</span>", ""),
        (r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", r"<p><b>\1:</b> \2</p>"),
        (r"</?(?:article|section|div|span|dl|details|summary)\b[^>]*>", ""),
        (r"<(p|li|ul|h3|h4) [^>]*>", r"<\1>"),
        (r"<(/?)h3>", r"<\1h1>"),
        (r"<(/?)h4>", r"<\1h2>"),
    ):
        body = re.sub(old, new, body, flags=re.S)
    return body


class _Sheet(FPDF):
    def __init__(self, sheet: Sheet, made_at: datetime) -> None:
        super().__init__(format="A4")
        self.made = plain_date(made_at.date().isoformat())
        self.title_text = printable(sheet.service.name)
        for style, name in _STYLES:
            self.add_font(_FAMILY, style, _FONTS / name)
        self.set_title(say("sheet.pdf_title", name=self.title_text))
        self.set_lang("en-GB")
        self.set_creation_date(made_at)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.set_margin(_MARGIN)
        self.set_auto_page_break(True, _MARGIN)
        self.add_page()
        self._masthead(sheet)
        for heading, rows in sheet.groups():
            self._heading(heading)
            for row in rows:
                self._row(row)

    def footer(self) -> None:
        """The service, the day and the page, at the foot of every page."""
        self.set_y(-_MARGIN + 4)
        self._style(8.5, colour=_MUTED)
        page = self.page_no()
        foot = say("sheet.pdf_foot", name=self.title_text, date=self.made, page=page)
        self.cell(0, 5, foot, align="L")

    def _style(
        self, size: float, *, bold: bool = False, colour: tuple[int, int, int] = _INK
    ) -> None:
        self.set_font(_FAMILY, "B" if bold else "", size)
        self.set_text_color(*colour)

    def _write(self, text: str, *, link: str = "", left: float = _MARGIN) -> None:
        """A paragraph from `left` to the margin, over the end of the page if need be."""
        self.set_x(left)
        self.multi_cell(
            0, _LINE, printable(text), align="L", link=link, new_x="LMARGIN", new_y="NEXT"
        )

    def _masthead(self, sheet: Sheet) -> None:
        service = sheet.service
        self._style(9, colour=_MUTED)
        self._write(say("sheet.pdf_label"))
        self.start_section(self.title_text)
        self._style(17, bold=True)
        self.multi_cell(0, 7.5, self.title_text, align="L", new_x="LMARGIN", new_y="NEXT")
        self._style(_SIZE, colour=_MUTED)
        self._write(f"{say(f'kind.{service.kind.value}')} · {distinction(service)}")

    def _heading(self, text: str) -> None:
        if self.will_page_break(6 * _LINE):  # a heading is not the last line of a page
            self.add_page()
        self.ln(3)
        self.start_section(printable(text), level=1)
        self._style(12.5, bold=True, colour=_TEAL)
        self._write(text)
        self.ln(0.8)

    def _row(self, row: Row) -> None:
        if self.will_page_break(3 * _LINE):
            self.add_page()
        self.set_draw_color(*_RULE)
        self.set_line_width(0.2)
        self.line(_MARGIN, self.y, self.w - _MARGIN, self.y)
        self.ln(0.9)
        top, page = self.y, self.page
        self._style(_SIZE, bold=True)
        self.multi_cell(_TERMS - 3, _LINE, row.heading, align="L", new_x="LMARGIN", new_y="NEXT")
        below = self.y
        self.set_y(top)
        left = _MARGIN + _TERMS
        if not row.published:
            self._style(_SIZE, colour=_MUTED)
            self._write(say("sheet.not_published"), left=left)
        for line in row.lines:
            self._style(_SIZE, colour=_TEAL if line.url else _INK)
            self._write(line.written, link=_safe(line.url), left=left)
        if self.page == page:
            self.set_y(max(self.y, below))
        self.ln(0.9)


def _safe(url: str) -> str:
    return url if url.startswith(("https://", "http://", "mailto:", "tel:")) else ""
