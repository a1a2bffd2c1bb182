"""A `Summary` as a PDF of one A4 page, made in memory. Nothing is stored or logged.

Not for: what is on the page (`summary`), or fonts, tags and boxes (`paper`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from mmhs_finder.render.documents.paper import INK, MUTED, RED, TEAL, Paper, Run
from mmhs_finder.render.documents.typeface import printable
from mmhs_finder.views.summary import MOST_SCRIPT, Summary, shorter, with_less_script
from mmhs_finder.views.ways import WayView
from mmhs_finder.views.wording import sentence
from mmhs_finder.words import say

_SIZES: Final = (9.5, 10.5, 11.5)
"""Points of the running text. The largest that fits is taken: smaller is hard to read on paper."""

_SMALLEST: Final = 9.0
"""Only when a person's own words or answers are very long."""

_MOST_TOLD_LINES: Final = 4
"""More answers than these stand in one paragraph, not one a line."""

_TOP: Final = 14.0  # mm
_BOTTOM: Final = 12.0


def summary_pdf(summary: Summary) -> bytes:
    """The page as a PDF. Type gets smaller first, then what matters least is left out."""
    if len(summary.script) > MOST_SCRIPT:
        summary = with_less_script(summary, MOST_SCRIPT)
    if (page := _largest(summary)) is not None:
        return page.bytes()
    least = summary
    for least in shorter(summary):
        if (page := _largest(least)) is not None:
            return page.bytes()
    return _with_what_fits_of_the_script(least).bytes()


def _largest(summary: Summary) -> _Page | None:
    """The page in the largest type in which it fits."""
    small, middle, large = _SIZES  # most pages fit in the middle one: then two drawings are enough
    page = _Page(summary, middle)
    other = _Page(summary, large if page.fits else small)
    return next((p for p in (other, page) if p.fits), None)


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


class _Page(Paper):
    """The drawn page. `fits` says whether it ends above the lower margin."""

    def __init__(self, summary: Summary, size: float) -> None:
        super().__init__(
            summary.document_title,
            summary.made_at,
            size=size,
            subject=say("summary.document_subject"),
            top=_TOP,
            bottom=0,
        )
        self._draw(summary)

    @property
    def fits(self) -> bool:
        return bool(self.y <= self.h - _BOTTOM)

    @property
    def full(self) -> bool:
        return not self.fits

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
        self.masthead(say("summary.label"), summary.title, summary.subtitle)
        for warning in summary.warnings:
            self.gap(0.25)
            with self.box(MUTED, frame=False):
                self.paragraph((Run(warning),))

    def _service(self, summary: Summary) -> None:
        self.heading(summary.contact_heading)
        for text in summary.contact:
            self.paragraph((Run(text),))
        for way in summary.ways:
            self.paragraph(_way_runs(way))
        if summary.hours:
            hours = Run(say("summary.hours") + " ", bold=True)
            self.paragraph((hours, Run(summary.hours)))
        if summary.note:
            self.gap(0.25)
            self.paragraph((Run(summary.note),))

    def _told(self, summary: Summary) -> None:
        if not summary.told:
            return
        self.heading(say("summary.told"))
        pairs = [
            (Run(f"{told.question} ", bold=True), Run(f"{sentence(told.answer)} "))
            for told in summary.told
        ]
        if len(pairs) > _MOST_TOLD_LINES:
            self.paragraph([run for pair in pairs for run in pair])
        else:
            for pair in pairs:
                self.paragraph(pair)
        if summary.outcome:
            self.gap(0.25)
            self.paragraph((Run(summary.outcome),))

    def _script(self, summary: Summary) -> None:
        if not summary.script.strip():
            return
        self.heading(summary.script_heading)
        with self.box(TEAL, frame=False):
            self._lines(summary.script)

    def _lines(self, text: str) -> None:
        """A text as it was typed: a blank line is a small gap."""
        for line in printable(text).strip().split("\n"):
            if line.strip():
                self.paragraph((Run(line.strip()),))
            else:
                self.gap(0.4)

    def _questions(self, questions: Sequence[str]) -> None:
        if not questions:
            return
        self.heading(say("assessment.questions"))
        with self.group("L"):
            for question in questions:
                self.item((Run(question),))

    def _support(self, summary: Summary) -> None:
        self.heading(say("summary.support"))
        with self.box(RED):
            self._urgent(summary.urgent)
        for step in summary.steps:
            self.gap(0.35)
            title = Run(f"{step.title}. ", bold=True)
            self.paragraph((title, Run(step.words)))
            if step.ways:
                with self.group("L"):
                    for way in step.ways:
                        self.item(_way_runs(way))

    def _urgent(self, ways: Sequence[WayView]) -> None:
        heading = Run(say("summary_urgent.heading"), bold=True, colour=RED)
        self.paragraph((heading,), role="H3")
        for way in ways:
            self.paragraph(_way_runs(way))

    def _foot(self, summary: Summary) -> None:
        self.gap(0.6)
        self.rule()
        self.gap(0.3)
        if summary.shortened:
            self.paragraph((Run(say("summary.more"), bold=True),), scale=0.85)
        if summary.sources:
            runs = [Run(say("summary.source") + " ", colour=MUTED)]
            for number, way in enumerate(summary.sources):
                end = "" if number + 1 < len(summary.sources) else "."
                runs += [
                    Run(way.text, link=way.link, colour=MUTED),
                    Run(end or ", ", colour=MUTED),
                ]
            runs.append(Run(f" {summary.source_dates}", colour=MUTED))
            self.paragraph(runs, scale=0.85)
        self.paragraph((Run(summary.made, colour=MUTED),), scale=0.85)


def _way_runs(way: WayView) -> tuple[Run, ...]:
    """The words, the number or address in bold, and what follows."""
    colour = TEAL if way.link else INK
    runs = [
        Run(f"{way.words} " if way.words else ""),
        Run(way.text, bold=True, link=way.link, colour=colour),
    ]
    if way.after:
        joined = way.after if way.after[0] in ".,;:" else f" {way.after}"
        runs.append(Run(joined))
    return tuple(run for run in runs if run.text)
