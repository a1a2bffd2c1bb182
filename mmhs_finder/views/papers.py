"""What a document to print or send says: its views, and the words that only paper needs.

Each document is one frozen view without markup; `render.documents` draws it and chooses nothing.
Not for: what a page says of a service, a person or an area (`summary`, `sheet`, `area_report`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from mmhs_finder.views.area_report import AreaReport
from mmhs_finder.views.sheet import Sheet, SheetRow
from mmhs_finder.views.sheet_lines import SheetLine
from mmhs_finder.views.summary import MOST_SCRIPT, Summary, shorter, with_less_script
from mmhs_finder.views.wording import sentence
from mmhs_finder.words import html_language, plain_date, say

_SCRIPT_LENGTHS: Final = (1600, 1300, 1000, 800, 600, 400, 200, 0)
"""Letters of a person's own words that are tried, one after another, where nothing else helps."""


@dataclass(frozen=True)
class AboutPaper:
    """What a file says of itself: its title, subject, maker and language, and what its foot says.

    language: as "en-GB". foot: at the foot of each page, or "". page: beside it, with {page} and
    {pages} to be filled in. head: at the top of each page, or "".
    """

    title: str
    subject: str
    author: str
    language: str
    foot: str = ""
    page: str = ""
    head: str = ""


@dataclass(frozen=True)
class SummaryPaper:
    """The page to take along, and the headings of its parts.

    full: as much as should stand on it, then less and less. least: the shortest of these, then with
    less and less of the person's own words. The first that fits one page is drawn.
    """

    about: AboutPaper
    label: str
    hours_label: str
    told_heading: str
    questions_heading: str
    support_heading: str
    urgent_heading: str
    more: str
    source_label: str
    made: str
    full: tuple[Summary, ...]
    least: tuple[Summary, ...]


@dataclass(frozen=True)
class PaperRow:
    """A row of a referral sheet. No lines: `blank` is said instead."""

    term: str
    lines: tuple[SheetLine, ...]
    blank: str


@dataclass(frozen=True)
class PaperTable:
    """A part of a referral sheet under a heading."""

    heading: str
    rows: tuple[PaperRow, ...]


@dataclass(frozen=True)
class SheetPaper:
    """A referral sheet. columns: what stands above the terms, and above what is published."""

    about: AboutPaper
    label: str
    title: str
    subtitle: str
    columns: tuple[str, str]
    tables: tuple[PaperTable, ...]


@dataclass(frozen=True)
class ReportPaper:
    """The report of an area. columns: what stands above the terms, and above what is known."""

    about: AboutPaper
    label: str
    columns: tuple[str, str]
    report: AreaReport


def summary_paper(summary: Summary) -> SummaryPaper:
    if len(summary.script) > MOST_SCRIPT:
        summary = with_less_script(summary, MOST_SCRIPT)
    told = tuple(replace(t, answer=sentence(t.answer)) for t in summary.told)
    summary = replace(summary, told=told)
    full = (summary, *shorter(summary))
    return SummaryPaper(
        about=AboutPaper(
            title=summary.document_title,
            subject=say("summary.document_subject"),
            author=say("summary.creator"),
            language=html_language(),
        ),
        label=say("summary.label"),
        hours_label=say("summary.hours"),
        told_heading=say("summary.told"),
        questions_heading=say("assessment.questions"),
        support_heading=say("summary.support"),
        urgent_heading=say("summary_urgent.heading"),
        more=say("summary.more"),
        source_label=say("summary.source"),
        made=summary.made,
        full=full,
        least=tuple(_less_and_less(full[-1])),
    )


def _less_and_less(summary: Summary) -> Iterator[Summary]:
    yield summary
    for letters in _SCRIPT_LENGTHS:
        if letters < len(summary.script):
            yield with_less_script(summary, letters)


def sheet_paper(sheet: Sheet, made_at: datetime) -> SheetPaper:
    name = sheet.service.name
    return SheetPaper(
        about=about_paper(say("sheet.pdf_title", name=name), name, made_at),
        label=say("sheet.pdf_label"),
        title=name,
        subtitle=sheet.subtitle,
        columns=(say("sheet.pdf_column_what"), say("sheet.pdf_column_published")),
        tables=tuple(PaperTable(heading, _rows(rows)) for heading, rows in sheet.groups()),
    )


def _rows(rows: tuple[SheetRow, ...]) -> tuple[PaperRow, ...]:
    return tuple(PaperRow(row.heading, paper_lines(row.lines), row.blank) for row in rows)


def paper_lines(lines: Iterable[SheetLine]) -> tuple[SheetLine, ...]:
    """Lines as paper has them: a sheet that is named cannot be opened there."""
    return tuple(SheetLine(line.written) if line.sheets else line for line in lines)


def report_paper(report: AreaReport, made_at: datetime) -> ReportPaper:
    return ReportPaper(
        about=replace(about_paper(report.title, report.title, made_at), head=report.scenario),
        label=say("area_report.pdf_label"),
        columns=(
            say("area_report.pdf_column_what"),
            say("area_report.pdf_column_known"),
        ),
        report=report,
    )


def about_paper(title: str, name: str, made_at: datetime) -> AboutPaper:
    """What a document of several pages says of itself."""
    date = plain_date(made_at.date().isoformat())
    return AboutPaper(
        title=title,
        subject="",
        author=say("summary.creator"),
        language=html_language(),
        foot=say("sheet.pdf_foot", name=name, date=date),
        page=say("sheet.pdf_page", page="{page}", pages="{pages}"),
    )
