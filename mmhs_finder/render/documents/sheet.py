"""A referral sheet, or what is known of an area, as a PDF of as many pages as it takes.

Made in memory; nothing is stored or logged. Not for: what is on the sheets (`referral`,
`area_report`), fonts, tags and boxes (`paper`), or the page for a parent (`pdf`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from itertools import groupby
from typing import Final

from mmhs_finder.directory.named import KIND
from mmhs_finder.hours import LONDON
from mmhs_finder.render.documents.paper import INK, MUTED, TEAL, Paper, Run
from mmhs_finder.views.names import distinction
from mmhs_finder.views.sheet import Sheet, SheetLine, SheetRow
from mmhs_finder.words import say

_SIZE: Final = 10.0  # points
_TERMS: Final = 46.0  # mm: the column of headings
_FACTS: Final = 78.0  # mm: the column of terms in a report, which are longer
_WEB: Final = ("https://", "http://")


def sheet_pdf(sheet: Sheet, made_at: datetime | None = None) -> bytes:
    """The sheet as a PDF, as many pages as it takes.

    made_at: printed in the foot and kept as the file's date; now by default.
    """
    name = sheet.service.name
    page = Paper(
        say("sheet.pdf_title", name=name),
        made_at or datetime.now(LONDON),
        size=_SIZE,
        foot=name,
    )
    subtitle = f"{KIND(sheet.service.kind)} · {distinction(sheet.service)}"
    page.masthead(say("sheet.pdf_label"), name, subtitle)
    for heading, rows in sheet.groups():
        page.heading(heading)
        with page.group("Table"):
            for row in rows:
                _row(page, row)
    return page.bytes()


def _row(page: Paper, row: SheetRow) -> None:
    with page.row(row.heading, _TERMS):
        if not row.published:
            page.paragraph((Run(row.blank, colour=MUTED),))
        for line in row.lines:
            page.paragraph(_line_runs(line))


def _line_runs(line: SheetLine) -> tuple[Run, ...]:
    """A line, with the address it leads to where that is one of the web."""
    if line.url.startswith(_WEB):
        return Run(f"{line.text}: "), Run(line.url, link=line.url, colour=TEAL)
    link = line.url if line.url.startswith(("mailto:", "tel:")) else ""
    return (Run(line.text, link=link, colour=TEAL if link else INK),)


def html_pdf(title: str, body: str, made_at: datetime | None = None) -> bytes:
    """A document of headings, paragraphs, lists and facts as a PDF.

    body: HTML of our own, already escaped: h3, h4, p, ul, dl, a. Of other tags only the text is
    drawn, and nothing of what only a screen reader gets on a page.
    """
    reader = _Reader()
    reader.feed(body)
    reader.close()
    page = Paper(title, made_at or datetime.now(LONDON), size=_SIZE, foot=title)
    for container, blocks in groupby(reader.blocks, lambda block: _CONTAINERS.get(block.tag, "")):
        if not container:
            for block in blocks:
                _block(page, block)
        else:
            with page.group(container):
                for block in blocks:
                    _block(page, block)
            page.gap(0.3)
    return page.bytes()


@dataclass
class _Block:
    """One paragraph, heading, item or fact. term: of a fact, else ""."""

    tag: str
    small: bool = False
    muted: bool = False
    term: str = ""
    runs: list[Run] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs).strip()


_CONTAINERS: Final = {"li": "L", "dd": "Table"}
_BLOCKS: Final = ("h3", "h4", "p", "li", "dt", "dd")


def _block(page: Paper, block: _Block) -> None:
    if block.tag == "h3":
        page.masthead("", block.text, "")
    elif block.tag == "h4":
        page.heading(block.text)
    elif block.tag == "li":
        page.item(block.runs)
    elif block.tag == "dd":
        with page.row(block.term, _FACTS):
            page.paragraph(block.runs)
    else:
        page.paragraph(block.runs, scale=0.9 if block.small else 1.0)


class _Reader(HTMLParser):
    """Our own HTML as blocks of text, with their links."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[_Block] = []
        self._block: _Block | None = None
        self._term = ""
        self._link = ""
        self._unseen = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        classes = given.get("class", "").split()
        if tag in _BLOCKS:
            self._block = _Block(tag, "small" in classes, "muted" in classes, self._term)
        elif tag == "a" and given.get("href", "").startswith((*_WEB, "mailto:", "tel:")):
            self._link = given["href"]
        elif tag == "span":
            self._unseen = "sr-only" in classes

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._link = ""
        elif tag == "span":
            self._unseen = False
        elif self._block and tag == self._block.tag:
            if tag == "dt":
                self._term = self._block.text
            else:
                self.blocks.append(self._block)
            self._block = None

    def handle_data(self, data: str) -> None:
        if self._block and not self._unseen:
            colour = TEAL if self._link else MUTED if self._block.muted else INK
            self._block.runs.append(Run(data, link=self._link, colour=colour))
