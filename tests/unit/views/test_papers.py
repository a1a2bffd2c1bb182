"""What a document to print or send says: its views, and the words that only paper needs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mmhs_finder.directory.named import KIND
from mmhs_finder.views.area_report import AreaReport, ReportSection
from mmhs_finder.views.names import distinction
from mmhs_finder.views.papers import (
    AboutPaper,
    PaperRow,
    PaperTable,
    paper_lines,
    report_paper,
    sheet_paper,
    summary_paper,
)
from mmhs_finder.views.sheet import referral_sheet
from mmhs_finder.views.sheet_lines import SheetLine
from mmhs_finder.views.summary import MOST_SCRIPT, shorter, summary_of, with_less_script
from mmhs_finder.views.told import Told
from mmhs_finder.words import html_language, say
from tests.made_up import world
from tests.made_up.records import TODAY, TUESDAY_NOON, answer, match, service

DATE = "24 November 2026"


def summary(script="My words."):
    page = summary_of(match(), answer(match()), (), script=script)
    return replace(page, note="A note.")


# --- the page to take along -----------------------------------------------------------------------


def test_the_page_to_take_along_and_the_headings_of_its_parts():
    page = summary()
    paper = summary_paper(page)
    assert paper.about == AboutPaper(
        title=say("summary.document_title", name="Made Up Service"),
        subject=say("summary.document_subject"),
        author=say("summary.creator"),
        language=html_language(),
    )
    assert (paper.about.foot, paper.about.page) == ("", "")
    assert paper.label == say("summary.label")
    assert paper.hours_label == say("summary.hours")
    assert paper.told_heading == say("summary.told")
    assert paper.questions_heading == say("assessment.questions")
    assert paper.support_heading == say("summary.support")
    assert paper.urgent_heading == say("summary_urgent.heading")
    assert paper.more == say("summary.more")
    assert paper.source_label == say("summary.source")
    assert paper.made == say("summary.made", date=DATE)
    assert paper.full == (page, *shorter(page))
    assert not paper.full[0].shortened


def test_each_answer_stands_as_a_sentence():
    page = replace(summary(), told=(Told("When?", "about a year ago"), Told("Who?", "A parent.")))
    told = tuple(summary_paper(page).full[0].told)
    assert told == (Told("When?", "About a year ago."), Told("Who?", "A parent."))
    assert all(each.told == told for each in summary_paper(page).full)


def test_the_persons_words_are_cut_only_where_they_are_too_long():
    whole = "x" * MOST_SCRIPT
    kept = summary_paper(replace(summary(), script=whole)).full[0]
    assert (kept.script, kept.shortened) == (whole, False)
    endless = replace(summary(), script="word " * MOST_SCRIPT)
    assert summary_paper(endless).full[0] == with_less_script(endless, MOST_SCRIPT)


def test_where_nothing_else_helps_her_words_get_less_and_less():
    page = replace(summary(), script="word " * 200 + "end")  # 1003 letters
    paper = summary_paper(page)
    last = paper.full[-1]
    assert paper.least == (
        last,
        *(with_less_script(last, letters) for letters in (1000, 800, 600, 400, 200, 0)),
    )
    assert [len(each.script) > 200 for each in paper.least] == [True] * 6 + [False]


@pytest.mark.parametrize(("letters", "fewer"), [(201, (200, 0)), (200, (0,)), (1, (0,)), (0, ())])
def test_words_are_never_cut_to_as_many_as_there_are(letters, fewer):
    page = replace(summary(), script="x" * letters)
    paper = summary_paper(page)
    last = paper.full[-1]
    assert paper.least == (last, *(with_less_script(last, n) for n in fewer))


def test_a_long_text_is_tried_at_each_length():
    paper = summary_paper(replace(summary(), script="x" * 1601))
    assert len(paper.least) == 1 + len((1600, 1300, 1000, 800, 600, 400, 200, 0))


# --- a referral sheet -----------------------------------------------------------------------------


def about(title, name):
    return AboutPaper(
        title=title,
        subject="",
        author=say("summary.creator"),
        language=html_language(),
        foot=say("sheet.pdf_foot", name=name, date=DATE),
        page=say("sheet.pdf_page", page="{page}", pages="{pages}"),
    )


def test_a_referral_sheet():
    of = service(area_text=("Midshire",))
    sheet = referral_sheet(world.directory([of], [("made-up", "E01")]), of, today=TODAY)
    paper = sheet_paper(sheet, TUESDAY_NOON)
    name = "Made Up Service"
    assert paper.about == about(say("sheet.pdf_title", name=name), name)
    assert paper.label == say("sheet.pdf_label")
    assert paper.title == name
    assert paper.subtitle == f"{KIND(of.kind)} · {distinction(of)}"
    assert paper.columns == (say("sheet.pdf_column_what"), say("sheet.pdf_column_published"))
    assert paper.tables == tuple(
        PaperTable(heading, tuple(PaperRow(r.heading, paper_lines(r.lines), r.blank) for r in rows))
        for heading, rows in sheet.groups()
    )
    rows = [row for table in paper.tables for row in table.rows]
    assert len(rows) == sum(row.published for row in sheet.rows)
    assert all(row.term and row.lines for row in rows)


def test_on_paper_a_sheet_that_is_named_is_only_a_name():
    named = SheetLine("Peers:", "", (("a", "Ash"), ("b", "Birch")), "and 2 more")
    page = SheetLine("Page", "https://a.example")
    assert paper_lines([named, page]) == (SheetLine("Peers: Ash; Birch; and 2 more."), page)


# --- the report of an area ------------------------------------------------------------------------


def test_the_report_of_an_area():
    report = AreaReport("Westshire", "Title", "Where", (ReportSection("Help"),), "Printed.")
    paper = report_paper(report, TUESDAY_NOON)
    assert paper.about == about("Title", "Title")
    assert paper.label == say("area_report.pdf_label")
    assert paper.columns == (
        say("area_report.pdf_column_what"),
        say("area_report.pdf_column_known"),
    )
    assert paper.report == report
