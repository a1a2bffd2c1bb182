"""A `Summary` as a PDF of one A4 page, made in memory. Nothing is stored or logged.

The text is real text in an embedded font, tagged as headings and paragraphs in reading order, so
that a screen reader can read it; title, language and links are set. Not for: what is on the page
(`summary`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from fpdf import FPDF
from fpdf.fonts import TTFFont
from fpdf.prefs import ViewerPreferences

from mmhs_finder.summary import MOST_SCRIPT, Summary, Way, shorter, with_less_script
from mmhs_finder.wording import sentence
from mmhs_finder.words import say

_FONTS: Final = Path(str(files("font_source_sans_pro"))) / "files"
_FAMILY: Final = "Source Sans Pro"
_STYLES: Final = (("", "SourceSansPro-Regular.ttf"), ("B", "SourceSansPro-Semibold.ttf"))
"""Source Sans Pro: SIL Open Font License 1.1. Latin, Greek and Cyrillic letters."""

_SIZES: Final = (9.5, 10.5, 11.5)
"""Points of the running text. The largest that fits is taken: smaller is hard to read on paper."""

_SMALLEST: Final = 9.0
"""Only when a person's own words or answers are very long."""

_MOST_TOLD_LINES: Final = 4
"""More answers than these stand in one paragraph, not one a line."""

_MARGIN: Final = 18.0  # mm, at the sides
_TOP: Final = 14.0
_BOTTOM: Final = 12.0
_LEADING: Final = 1.3
_INK: Final = (30, 42, 46)
_MUTED: Final = (71, 86, 92)
_TEAL: Final = (0, 90, 110)
_RED: Final = (122, 18, 18)
_LINE: Final = (201, 214, 216)


def summary_pdf(summary: Summary) -> bytes:
    """The page as a PDF. Type gets smaller first, then what matters least is left out."""
    if (page := _largest(summary)) is not None:
        return page.bytes()
    least = summary
    for least in shorter(summary):
        if (page := _largest(least)) is not None:
            return page.bytes()
    return _with_what_fits_of_the_script(least).bytes()


def _largest(summary: Summary) -> _Page | None:
    """The page in the largest type in which it fits."""
    best = None
    for size in _SIZES:
        page = _Page(summary, size)
        if not page.fits:
            break
        best = page
    return best


def _with_what_fits_of_the_script(summary: Summary) -> _Page:
    best = _Page(summary, _SMALLEST)
    if best.fits:
        return best
    low, high = 0, min(len(summary.script), MOST_SCRIPT)
    best = _Page(with_less_script(summary, 0), _SMALLEST)
    while high - low > 20:
        middle = (low + high) // 2
        page = _Page(with_less_script(summary, middle), _SMALLEST)
        if page.fits:
            best, low = page, middle
        else:
            high = middle
    return best


def printable(text: str) -> str:
    """The text as this font can print it: no control characters, "?" for letters it lacks.

    Line ends stay. Emoji and other signs that it lacks are left out.
    """
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(_printable(c) for c in line.replace("\t", " ")) for line in lines)


def unprintable(text: str) -> str:
    """The letters of a text that the page cannot show, each once, to tell the person."""
    letters = dict.fromkeys(unicodedata.normalize("NFC", text))
    return "".join(c for c in letters if _printable(c) == "?" and c != "?")


def _printable(character: str) -> str:
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"):
        return ""
    if ord(character) in _known_letters():
        return character
    return "?" if unicodedata.category(character)[0] in "LN" else ""


@cache
def _known_letters() -> frozenset[int]:
    document = FPDF()
    for style, name in _STYLES:
        document.add_font(_FAMILY, style, _FONTS / name)
    letters = [frozenset(f.cmap) for f in document.fonts.values() if isinstance(f, TTFFont)]
    return letters[0].intersection(*letters)


@dataclass(frozen=True)
class _Run:
    """A piece of a paragraph in one style."""

    text: str
    bold: bool = False
    link: str = ""
    colour: tuple[int, int, int] = _INK


class _Page(FPDF):
    """The drawn page. `fits` says whether it ends above the lower margin."""

    def __init__(self, summary: Summary, size: float) -> None:
        super().__init__(format="A4")
        self.size = size
        for style, name in _STYLES:
            self.add_font(_FAMILY, style, _FONTS / name)
        self.set_title(printable(summary.document_title))
        self.set_subject(say("summary.document_subject"))
        self.set_creator(say("summary.creator"))
        self.set_lang("en-GB")
        self.set_creation_date(summary.made_at)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.set_margins(_MARGIN, _TOP)
        self.c_margin = 0.0
        self.set_auto_page_break(False)
        self.add_page()
        self._draw(summary)

    @property
    def fits(self) -> bool:
        return bool(self.y <= self.h - _BOTTOM)

    def bytes(self) -> bytes:
        return bytes(self.output())

    # --- the parts, in reading order ----------------------------------------------------------

    def _draw(self, summary: Summary) -> None:
        self._masthead(summary)
        self._service(summary)
        self._told(summary)
        self._script(summary)
        self._questions(summary.questions)
        self._support(summary)
        self._foot(summary)

    def _masthead(self, summary: Summary) -> None:
        self._paragraph((_Run(say("summary.label"), colour=_MUTED),), scale=0.9)
        self.start_section(printable(summary.title))
        self._paragraph((_Run(summary.title, bold=True),), scale=1.75, role="H1", leading=1.15)
        self._paragraph((_Run(summary.subtitle, colour=_MUTED),))
        for warning in summary.warnings:
            self._gap(0.25)
            with self._box(_MUTED, frame=False):
                self._paragraph((_Run(warning),))

    def _service(self, summary: Summary) -> None:
        self._heading(summary.contact_heading)
        for text in summary.contact:
            self._paragraph((_Run(text),))
        for way in summary.ways:
            self._paragraph(_way_runs(way))
        if summary.hours:
            hours = _Run(say("summary.hours") + " ", bold=True)
            self._paragraph((hours, _Run(summary.hours)))
        if summary.note:
            self._gap(0.25)
            self._paragraph((_Run(summary.note),))

    def _told(self, summary: Summary) -> None:
        if not summary.told:
            return
        self._heading(say("summary.told"))
        pairs = [
            (_Run(f"{told.question} ", bold=True), _Run(f"{sentence(told.answer)} "))
            for told in summary.told
        ]
        if len(pairs) > _MOST_TOLD_LINES:
            self._paragraph([run for pair in pairs for run in pair])
        else:
            for pair in pairs:
                self._paragraph(pair)
        if summary.outcome:
            self._gap(0.25)
            self._paragraph((_Run(summary.outcome),))

    def _script(self, summary: Summary) -> None:
        if not summary.script.strip():
            return
        self._heading(summary.script_heading)
        with self._box(_TEAL, frame=False):
            self._lines(summary.script)

    def _lines(self, text: str) -> None:
        """A text as it was typed: a blank line is a small gap."""
        for line in printable(text).strip().split("\n"):
            if line.strip():
                self._paragraph((_Run(line.strip()),))
            else:
                self._gap(0.4)

    def _questions(self, questions: Sequence[str]) -> None:
        if not questions:
            return
        self._heading(say("criteria_cli.questions_heading"))
        for question in questions:
            self._item((_Run(question),))

    def _support(self, summary: Summary) -> None:
        self._heading(say("summary.support"))
        with self._box(_RED):
            self._urgent(summary.urgent)
        for step in summary.steps:
            self._gap(0.35)
            title = _Run(f"{step.title}. ", bold=True)
            self._paragraph((title, _Run(step.words)))
            for way in step.ways:
                self._item(_way_runs(way))

    def _urgent(self, ways: Sequence[Way]) -> None:
        heading = _Run(say("summary_urgent.heading"), bold=True, colour=_RED)
        self._paragraph((heading,), role="H3")
        for way in ways:
            self._paragraph(_way_runs(way))

    def _foot(self, summary: Summary) -> None:
        self._gap(0.6)
        with self._artifact():
            self.set_draw_color(*_LINE)
            self.set_line_width(0.3)
            self.line(self.l_margin, self.y, self.w - self.r_margin, self.y)
        self._gap(0.3)
        if summary.shortened:
            self._paragraph((_Run(say("summary.more"), bold=True),), scale=0.85)
        if summary.sources:
            runs = [_Run(say("summary.source") + " ", colour=_MUTED)]
            for number, way in enumerate(summary.sources):
                end = "" if number + 1 < len(summary.sources) else "."
                runs += [
                    _Run(way.text, link=way.link, colour=_MUTED),
                    _Run(end or ", ", colour=_MUTED),
                ]
            runs.append(_Run(f" {summary.source_dates}", colour=_MUTED))
            self._paragraph(runs, scale=0.85)
        self._paragraph((_Run(summary.made, colour=_MUTED),), scale=0.85)

    # --- pieces ---------------------------------------------------------------------------------

    def _heading(self, text: str) -> None:
        self._gap(0.75)
        self.start_section(printable(text), level=1)
        self._paragraph((_Run(text, bold=True, colour=_TEAL),), scale=1.2, role="H2")
        self._gap(0.1)

    def _paragraph(
        self,
        runs: Sequence[_Run],
        *,
        scale: float = 1.0,
        role: str = "P",
        leading: float = _LEADING,
    ) -> None:
        """Pieces of text one after another, as one tagged paragraph; none below the page."""
        if not self.fits:
            return
        height = self.size * scale * leading / self.k
        with self._tagged(role):
            for number, run in enumerate(runs):
                style = ("B" if run.bold else "") + ("U" if run.link else "")
                self.set_font(_FAMILY, style, self.size * scale)
                self.set_text_color(*run.colour)
                text = printable(run.text).replace("\n", " ")
                follows = runs[number + 1].text[:1] if number + 1 < len(runs) else ""
                if self._would_break_a_word(text + follows):
                    self.ln(height)
                self.write(height, text, run.link)
            self.ln(height)

    def _would_break_a_word(self, text: str) -> bool:
        """Whether the first word is too long for the rest of this line, but not for a line."""
        width = self.get_string_width(text.split(" ", 1)[0])
        left, right = self.x, self.w - self.r_margin
        return left > self.l_margin and left + width > right >= self.l_margin + width

    def _item(self, runs: Sequence[_Run]) -> None:
        """A paragraph behind a bullet; its further lines stand under the first."""
        left = self.l_margin
        indent = self.size * 0.95 / self.k
        with self._artifact():
            self.set_fill_color(*_TEAL)
            radius = self.size * 0.15 / self.k
            middle = self.y + self.size * _LEADING / self.k / 2
            self.circle(left + indent * 0.35, middle, radius, style="F")
        self.set_left_margin(left + indent)
        self._paragraph(runs)
        self.set_left_margin(left)
        self.x = left

    @contextmanager
    def _box(self, colour: tuple[int, int, int], *, frame: bool = True) -> Iterator[None]:
        """What is drawn inside gets a bar at its left and, if asked for, a thin frame."""
        left, right, top = self.l_margin, self.r_margin, self.y
        pad = self.size * 0.45 / self.k
        self.set_left_margin(left + pad * 2)
        self.set_right_margin(right + pad)
        self.set_xy(self.l_margin, top + pad * frame)
        yield
        bottom = self.y + pad * frame
        self.set_left_margin(left)
        self.set_right_margin(right)
        with self._artifact():
            self.set_fill_color(*colour)
            self.rect(left, top, 1.1, bottom - top, style="F")
            if frame:
                self.set_draw_color(*colour)
                self.set_line_width(0.25)
                self.rect(left, top, self.w - left - right, bottom - top)
        self.set_xy(left, bottom)

    def _gap(self, lines: float) -> None:
        self.set_xy(self.l_margin, self.y + lines * self.size * _LEADING / self.k)

    # --- tags for screen readers: fpdf2 has them for pictures only -------------------------------

    @contextmanager
    def _tagged(self, role: str) -> Iterator[None]:
        """What is drawn inside is one element of the document's structure: H1, H2, H3 or P."""
        number = self.struct_builder.next_mcid_for_page(self.page)
        _, parents = self.struct_builder.add_marked_content(
            page_number=self.page, struct_type=f"/{role}", mcid=number
        )
        self.pages[self.page].struct_parents = parents
        self._out(f"/{role} <</MCID {number}>> BDC")
        yield
        self._out("EMC")

    @contextmanager
    def _artifact(self) -> Iterator[None]:
        """What is drawn inside is decoration, which screen readers pass over."""
        self._out("/Artifact BMC")
        yield
        self._out("EMC")


def _way_runs(way: Way) -> tuple[_Run, ...]:
    """The words, the number or address in bold, and what follows."""
    colour = _TEAL if way.link else _INK
    runs = [
        _Run(f"{way.words} " if way.words else ""),
        _Run(way.text, bold=True, link=way.link, colour=colour),
    ]
    if way.after:
        joined = way.after if way.after[0] in ".,;:" else f" {way.after}"
        runs.append(_Run(joined))
    return tuple(run for run in runs if run.text)
