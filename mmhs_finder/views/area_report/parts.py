"""What a report is made of: sections with facts and lists, and before them the page for a board.

Not for: what stands in them (the modules beside this one), or drawing (`render`).
"""

from __future__ import annotations

from dataclasses import dataclass

from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.values import Value
from mmhs_finder.coverage.where import Where


@dataclass(frozen=True)
class ReportLink:
    """A page that something is known from: what a link to it is called, and its address."""

    text: str
    url: str


@dataclass(frozen=True)
class ReportFact:
    """What was asked of an area, and what is known."""

    term: str
    text: str


@dataclass(frozen=True)
class ReportItem:
    """An item of a list: a text, the pages it is known from, and how new they are.

    whose: whose links they are, for somebody who hears the links of a page one after the other.
    """

    text: str
    links: tuple[ReportLink, ...] = ()
    after: str = ""
    whose: str = ""


@dataclass(frozen=True)
class ReportTable:
    """A table of several columns: each row begins with what it is about. note: small print."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str


@dataclass(frozen=True)
class ReportSection:
    """A part of a report under a heading: a sentence, facts, a table, a list, small print. Blank
    ones go."""

    heading: str
    text: str = ""
    facts: tuple[ReportFact, ...] = ()
    items: tuple[ReportItem, ...] = ()
    note: str = ""
    table: ReportTable | None = None


@dataclass(frozen=True)
class MapKey:
    """A value that is on the map, and its words."""

    value: Value
    words: str


@dataclass(frozen=True)
class BoardMap:
    """The map of a board's page: of which councils, by what, and what it shows in words."""

    where: Where
    measure: Measure
    title: str
    words: str
    keys: tuple[MapKey, ...]


@dataclass(frozen=True)
class Board:
    """What a board reads: one page of A4.

    dated: of which day everything is, and which version made it. about: what this is, and what not.
    findings, asks: sentences, the first of each list before the others. detail: the heading of all
    that follows.
    """

    dated: str
    about: str
    findings_heading: str
    findings: tuple[str, ...]
    table: ReportTable
    map: BoardMap | None
    asks_heading: str
    asks: tuple[str, ...]
    detail: str


@dataclass(frozen=True)
class AreaReport:
    """What is known of a place.

    where: what kind of area it is, and in which others it lies. board: None for the detail alone.
    scenario: for the head of each page, that some of it is assumed; "" where nothing is.
    """

    name: str
    title: str
    where: str
    sections: tuple[ReportSection, ...]
    printed: str
    board: Board | None = None
    scenario: str = ""
