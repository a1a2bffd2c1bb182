"""What every PDF of ours has in common: A4, the typeface, colours, title, language, foot and tags.

Text is real text, tagged as headings, paragraphs, lists and tables in reading order, so that a
screen reader can read it. Made in memory; nothing is stored or logged. Not for: what stands on a
page (`pdf`, `sheet_pdf`), or the letters (`typeface`). Links are live, but not tagged as links.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from fpdf import FPDF
from fpdf.prefs import ViewerPreferences

from mmhs_finder.render.documents.lines import PLAIN, Piece, lines
from mmhs_finder.render.documents.tags import Tags
from mmhs_finder.render.documents.typeface import FAMILY, add_typeface, printable, text_width
from mmhs_finder.words import plain_date, say

Colour = tuple[int, int, int]
INK: Final[Colour] = (30, 42, 46)
MUTED: Final[Colour] = (71, 86, 92)
TEAL: Final[Colour] = (0, 90, 110)
RED: Final[Colour] = (122, 18, 18)
LINE: Final[Colour] = (201, 214, 216)

SIDE: Final = 18.0  # mm, the margins at the sides
LEADING: Final = 1.3
_FOOT: Final = 12.0  # mm above the lower edge


@dataclass(frozen=True)
class Run:
    """A piece of a paragraph in one style. link: a web, telephone or e-mail address, or ""."""

    text: str
    bold: bool = False
    link: str = ""
    colour: Colour = INK


class Paper(FPDF):
    """A document of one size of type; headings and small print are parts of it.

    size: of the running text, in points. foot: printed under every page.
    top, bottom: margins in mm; with bottom 0 the text never goes on to a second page.
    """

    def __init__(
        self,
        title: str,
        made_at: datetime,
        *,
        size: float,
        subject: str = "",
        foot: str = "",
        top: float = SIDE,
        bottom: float = SIDE,
    ) -> None:
        super().__init__(format="A4")
        self.size = size
        self.foot = foot
        self.made = plain_date(made_at.date().isoformat())
        self.struct_builder = self.tags = Tags()
        self._marked = ""
        add_typeface(self)
        self.set_title(printable(title))
        if subject:
            self.set_subject(subject)
        self.set_creator(say("summary.creator"))
        self.set_lang("en-GB")
        self.set_creation_date(made_at)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.set_margins(SIDE, top)
        self.c_margin = 0.0
        self.set_auto_page_break(bool(bottom), bottom)
        self.add_page()

    def bytes(self) -> bytes:
        return bytes(self.output())

    @property
    def full(self) -> bool:
        """Whether nothing more is drawn."""
        return False

    def footer(self) -> None:
        """The foot and the number of the page: decoration, not read out on every page."""
        if not self.foot:
            return
        with self.artifact():
            self.set_y(-_FOOT)
            self._style(Run("", colour=MUTED), 0.85)
            foot = say("sheet.pdf_foot", name=self.foot, date=self.made, page=self.page_no())
            self.cell(0, 5, printable(foot))

    # --- blocks -----------------------------------------------------------------------------------

    def masthead(self, label: str, title: str, subtitle: str) -> None:
        self.paragraph((Run(label, colour=MUTED),), scale=0.9)
        self.start_section(printable(title))
        self.paragraph((Run(title, bold=True),), scale=1.75, role="H1", leading=1.15)
        self.paragraph((Run(subtitle, colour=MUTED),))

    def heading(self, text: str) -> None:
        """A heading of the second level; it is never the last line of a page."""
        self.keep(6)
        self.gap(0.75)
        self.start_section(printable(text), level=1)
        self.paragraph((Run(text, bold=True, colour=TEAL),), scale=1.2, role="H2")
        self.gap(0.1)

    def paragraph(
        self,
        runs: Sequence[Run],
        *,
        scale: float = 1.0,
        role: str = "P",
        leading: float = LEADING,
    ) -> None:
        """Pieces of text one after another, as one tagged paragraph between the margins."""
        if self.full or not "".join(run.text for run in runs).strip():
            return
        height = self.size * scale * leading / self.k
        with self.tagged(role):
            for line in self._broken(runs, scale):
                if self.will_page_break(height):
                    self.add_page()
                self._draw_line(line, runs, scale, height)

    def _broken(self, runs: Sequence[Run], scale: float) -> list[list[Piece]]:
        size = self.size * scale / self.k

        def measure(run: int, text: str) -> float:
            return size * text_width(text, bold=run != PLAIN and runs[run].bold)

        texts = [printable(run.text).replace("\n", " ") for run in runs]
        width = self.w - self.r_margin - self.l_margin
        return lines(texts, [bool(run.link) for run in runs], width, measure)

    def _draw_line(
        self, line: Sequence[Piece], runs: Sequence[Run], scale: float, height: float
    ) -> None:
        self.set_x(self.l_margin)
        for piece in line:
            run = Run("") if piece.run == PLAIN else runs[piece.run]
            self._style(run, scale)
            # A space that keeps a number on one line is a plain one to whoever copies it.
            self.cell(None, height, piece.text.replace("\u00a0", " "), link=run.link)
        self.set_xy(self.l_margin, self.y + height)

    def _style(self, run: Run, scale: float) -> None:
        style = ("B" if run.bold else "") + ("U" if run.link else "")
        self.set_font(FAMILY, style, self.size * scale)
        self.set_text_color(*run.colour)

    def item(self, runs: Sequence[Run]) -> None:
        """An item of a list behind a bullet; its further lines stand under the first."""
        if self.full:
            return
        left = self.l_margin
        indent = self.size * 0.95 / self.k
        self.keep(1)
        with self.artifact():
            self.set_fill_color(*TEAL)
            radius = self.size * 0.15 / self.k
            middle = self.y + self.size * LEADING / self.k / 2
            self.circle(left + indent * 0.35, middle, radius, style="F")
        with self.column(indent), self.group("LI"):
            self.paragraph(runs, role="LBody")

    @contextmanager
    def row(self, term: str, width: float) -> Iterator[None]:
        """A row of a table under a thin line: the term at the left, what is drawn inside beside it.

        width: of the terms' column, in mm.
        """
        self.keep(3)
        self.rule()
        self.gap(0.2)
        top, page = self.y, self.page
        with self.group("TR"):
            with self.column(0, self.w - self.r_margin - self.l_margin - width + 3):
                self.paragraph((Run(term, bold=True),), role="TH")
            below = self.y
            if self.page == page:
                self.set_xy(self.l_margin, top)
            with self.column(width), self.group("TD"):
                yield
        if self.page == page:
            self.set_y(max(self.y, below))
        self.gap(0.2)

    @contextmanager
    def column(self, left: float, right: float = 0.0) -> Iterator[None]:
        """What is drawn inside stands so many mm further in."""
        margins = self.l_margin, self.r_margin
        self.set_left_margin(margins[0] + left)
        self.set_right_margin(margins[1] + right)
        self.set_x(self.l_margin)
        yield
        self.set_left_margin(margins[0])
        self.set_right_margin(margins[1])
        self.set_x(self.l_margin)

    @contextmanager
    def box(self, colour: Colour, *, frame: bool = True) -> Iterator[None]:
        """What is drawn inside gets a bar at its left and, if asked for, a thin frame."""
        left, top = self.l_margin, self.y
        pad = self.size * 0.45 / self.k
        self.set_y(top + pad * frame)
        with self.column(pad * 2, pad):
            yield
        bottom = self.y + pad * frame
        with self.artifact():
            self.set_fill_color(*colour)
            self.rect(left, top, 1.1, bottom - top, style="F")
            if frame:
                self.set_draw_color(*colour)
                self.set_line_width(0.25)
                self.rect(left, top, self.w - left - self.r_margin, bottom - top)
        self.set_xy(left, bottom)

    def rule(self) -> None:
        """A thin line from margin to margin."""
        with self.artifact():
            self.set_draw_color(*LINE)
            self.set_line_width(0.3)
            self.line(self.l_margin, self.y, self.w - self.r_margin, self.y)

    def gap(self, lines: float) -> None:
        self.set_xy(self.l_margin, self.y + lines * self.size * LEADING / self.k)

    def keep(self, lines: float) -> None:
        """A new page when so many lines do not fit on this one."""
        if self.will_page_break(lines * self.size * LEADING / self.k):
            self.add_page()

    # --- tags for screen readers ------------------------------------------------------------------

    @contextmanager
    def tagged(self, role: str) -> Iterator[None]:
        """What is drawn inside is one element: H1, H2, H3, P, LBody or TH."""
        with self.group(role):
            self._mark(role)
            yield
            self._unmark()

    @contextmanager
    def group(self, role: str) -> Iterator[None]:
        """The elements drawn inside belong together: L, LI, Table, TR or TD."""
        self.tags.start(role, self.pages[self.page], self.page)
        yield
        self.tags.end()

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """What is drawn inside is decoration, which screen readers pass over."""
        self._out("/Artifact BMC")
        yield
        self._out("EMC")

    def _mark(self, role: str) -> None:
        piece, page = self.tags.piece(self.pages[self.page], self.page)
        self.pages[self.page].struct_parents = page
        self._out(f"/{role} <</MCID {piece}>> BDC")
        self._marked = role

    def _unmark(self) -> None:
        self._out("EMC")
        self._marked = ""

    def add_page(self, *args: Any, **kwargs: Any) -> None:
        """A new page. An element that goes on over its edge is marked on both."""
        if role := self._marked:
            self._unmark()
        super().add_page(*args, **kwargs)
        if role:
            self._mark(role)
