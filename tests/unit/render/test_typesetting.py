"""Templates: what the compiler refuses, what it is never given, and texts that try to be code."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import typst
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from mmhs_finder.hours import LONDON
from mmhs_finder.render.documents import typesetting
from mmhs_finder.render.documents.pdf import area_report_pdf, call_pdf, summary_pdf
from mmhs_finder.render.documents.typesetting import as_data, pdf, png, printable
from mmhs_finder.views.area_report import (
    AreaReport,
    ReportFact,
    ReportItem,
    ReportLink,
    ReportSection,
)
from mmhs_finder.views.call_sheet import CallGroup, CallPaper, CallRow, CallSheet
from mmhs_finder.views.papers import (
    AboutPaper,
    PaperRow,
    PaperTable,
    ReportPaper,
    SheetPaper,
    summary_paper,
)
from mmhs_finder.views.sheet_lines import SheetLine
from mmhs_finder.views.summary import Summary, Support
from mmhs_finder.views.told import Told
from mmhs_finder.views.ways import WayView

AT = datetime(2026, 11, 23, 12, 0, tzinfo=LONDON)
SIDE = 18 / 25.4 * 72  # the margin at the sides, in points
TEMPLATES = sorted(typesetting.TEMPLATES.glob("*.typ"))
pytestmark = pytest.mark.slow

ABOUT = AboutPaper("A title", "", "Us", "en-GB", "A foot", "Page {page} of {pages}")
START = '#set document(title: "A")\n#set text(font: "Source Sans Pro", fallback: false)\n'

HOSTILE = [
    '#eval("1 + 1")',
    '#import "@preview/cetz:0.3.0": *',
    '#read("/etc/passwd") #include "style.typ"',
    "#set page(fill: red)",
    "#sys.inputs #view #panic()",
    "$ x^2 $ `raw` ```rust fn``` <label> @ref [a] {b}",
    "= Heading\n== Another\n- item\n+ item\n/ term: words",
    "*bold* _italic_ ~ -- --- ... // comment /* comment */",
    "\\u{41} \\ \\n \\\\ ' \" “ ”",
    '"}} ]]] {"view": 1}',
    "{page} {pages} %s {0}",
    "</text><script>alert(1)</script>&amp;",
    "\x00\x07\x1b[0m\u202e\u2066\u200f\u00ad\u200b\ufeff\x85\u2028 after",
    "مرحبا שלום 你好 👶🏽 🏴\U000e0067 ok",
    "e\u0301\u0301\u0301 \u0301",
    "W" * 1000,
    "\u00a0".join("a" * 90),
    "-" * 500 + "/" * 500,
    " ",
    "",
]
NOT_LINKS = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    " javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "vbscript:x",
    "ftp://example.org/",
    "//example.org",
    "https://",
    "tel:",
    "https://example.org/ x",
    "https://example.org/\n",
    "https://[",
    "https://example.org/" + "x" * 9000,
    "https://пример.рф/",
    "label",
    "",
]
LINKS = [
    "https://example.org/a?b=c",
    "http://example.org/",
    "tel:999",
    "mailto:a@example.org",
    "sms:85258?body=SHOUT",
]


def sheet_with(text: str, link: str = "") -> SheetPaper:
    row = PaperRow(text, (SheetLine(text, link), SheetLine(text)), text)
    silent = PaperRow(text, (), text)
    about = replace(ABOUT, foot=text)
    table = PaperTable(text, (row, silent))
    return SheetPaper(about, text, text, text, ("Topic", "Published"), (table,))


def report_with(text: str, link: str = "") -> AreaReport:
    item = ReportItem(text, (ReportLink(text, link),), text, text)
    section = ReportSection(text, text, (ReportFact(text, text),), (item,), text)
    return AreaReport(text, text, text, (section, section), text)


def summary_with(text: str, link: str = "") -> Summary:
    way = WayView(text, text, link, text)
    return Summary(
        title=text,
        subtitle=text,
        warnings=(text,),
        contact_heading=text,
        contact=(text,),
        ways=(way,),
        hours=text,
        note=text,
        script_heading=text,
        script=text[:2000],
        sources=(way,),
        source_dates=text,
        made_at=AT,
        told=(Told(text, text),),
        outcome=text,
        questions=(text,),
        urgent=(way,),
        steps=(Support(text, text, (way,)),),
    )


def read(made: bytes) -> PdfReader:
    return PdfReader(BytesIO(made))


def call_with(text: str) -> CallPaper:
    """A sheet for a call with the text in every place that data can reach."""
    rows = (CallRow(text, text, (text,)), CallRow(text, text, ()))
    groups = (CallGroup(text, rows),)
    sheet = CallSheet(text, text, (text,), text, ("A", "B", "C"), groups, (text,))
    return CallPaper(ABOUT, AT, text, (sheet, sheet))


def documents(text: str, link: str = "") -> Iterator[PdfReader]:
    """Each document with the text in every place that data can reach."""
    yield read(pdf("sheet.typ", sheet_with(text, link), AT))
    yield read(
        pdf("area_report.typ", ReportPaper(ABOUT, text, ("A", "B"), report_with(text, link)), AT)
    )
    yield read(summary_pdf(summary_with(text, link)))
    if not link:  # paper for a call, without links
        yield read(call_pdf(call_with(text)))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def drawn(reader: PdfReader) -> str:
    return squeezed("".join(page.extract_text() for page in reader.pages))


def addresses(reader: PdfReader) -> set[str]:
    return {a.get_object()["/A"]["/URI"] for page in reader.pages for a in page.get("/Annots", [])}


# --- texts are never code -------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE, ids=lambda t: ascii(t[:20]))
def test_hostile_rows_are_text_or_nothing(text):
    for reader in documents(text):
        assert squeezed(printable(text)) in drawn(reader)
        assert not addresses(reader)


@pytest.mark.parametrize("letter", ["W", "i", "a "])
def test_ten_thousand_letters_in_one_place_are_drawn(letter):
    text = letter * 10_000
    section = ReportSection("Help", facts=(ReportFact("Fact", text),))
    report = replace(report_with("x"), sections=(section,))
    row = PaperRow("Row", (SheetLine(text),), "")
    sheet = replace(sheet_with("x"), tables=(PaperTable("Help", (row,)),))

    def letters(reader: PdfReader) -> int:
        return sum(map(len, re.findall(f"{letter.strip()}{{5,}}", drawn(reader))))

    for made in (area_report_pdf(report, AT), pdf("sheet.typ", sheet, AT)):
        reader = read(made)
        assert letters(reader) == 10_000
        assert 1 < len(reader.pages) < 12
    page = read(summary_pdf(replace(summary_with("x"), script=text)))
    assert len(page.pages) == 1
    assert 2000 >= letters(page) > 300


def test_a_long_word_does_not_leave_the_page():
    reader = read(area_report_pdf(report_with("W" * 300), AT))
    found: list[float] = []

    def see(text, cm, tm, *_rest):
        if text.strip():
            found.append(tm[4] * cm[0] + tm[5] * cm[2] + cm[4])

    for page in reader.pages:
        page.extract_text(visitor_text=see)
    assert found and max(found) < 595 - SIDE


def test_what_cannot_be_printed_is_left_out_or_a_question_mark():
    assert printable(HOSTILE[12]) == "[0m after"
    assert printable("مرحبا שלום 你好 👶🏽 ok") == "????? ???? ??  ok"
    assert printable("a\r\nb\rc\td") == "a\nb\nc d"
    assert printable("\ud800") == ""


@pytest.mark.parametrize("link", NOT_LINKS, ids=lambda t: ascii(t[:30]))
def test_only_addresses_for_people_become_links(link):
    for reader in documents("Words", link):
        assert not addresses(reader)
        assert "Words" in drawn(reader)


@pytest.mark.parametrize("link", LINKS)
def test_addresses_for_people_are_links_with_their_words(link):
    for reader in documents("Words", link):
        assert addresses(reader) == {link}


def test_no_template_runs_reads_or_fetches_anything():
    assert TEMPLATES
    for path in TEMPLATES:
        source = re.sub(r"//.*", "", path.read_text(encoding="utf-8"))
        assert not re.search(r"\b(eval|read|plugin|include|csv|yaml|toml|xml|cbor)\b", source)
        assert re.findall(r'#import "(.*?)"', source) in ([], ["style.typ"])
        assert "@" not in source
    style = (typesetting.TEMPLATES / "style.typ").read_text(encoding="utf-8")
    assert style.count("json(") == 1 and "json(bytes(sys.inputs.view))" in style


def test_nothing_outside_the_folder_can_be_read(tmp_path, monkeypatch):
    monkeypatch.setattr(typesetting, "TEMPLATES", tmp_path)
    (tmp_path.parent / "secret.txt").write_text("secret", encoding="utf-8")
    for path in ("/etc/passwd", "../secret.txt"):
        (tmp_path / "a.typ").write_text(f'{START}= A\n#read("{path}")', encoding="utf-8")
        with pytest.raises(typst.TypstError):
            pdf("a.typ", ABOUT, AT)


# --- the rules of PDF/UA-1 ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("#set text(size: 9pt)\n= A", "missing document title"),
        (f"{START}= A\n=== C", "skipped from heading level 1 to 3"),
        (f"{START}== B", "the first heading must be of level 1"),
        (f"{START}= A\n#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg'/>\"))", "alt text"),
        (f"{START}= A\n\N{ARABIC LETTER MEEM}", "could not be displayed"),
    ],
    ids=["title", "levels", "first", "picture", "letters"],
)
def test_the_compiler_refuses_what_breaks_a_rule(tmp_path, monkeypatch, source, reason):
    monkeypatch.setattr(typesetting, "TEMPLATES", tmp_path)
    (tmp_path / "a.typ").write_text(source, encoding="utf-8")
    with pytest.raises(typst.TypstError, match=reason):
        pdf("a.typ", ABOUT, AT)


def test_every_document_says_that_it_keeps_to_the_rules():
    for reader in documents("Words"):
        about = reader.trailer["/Root"]["/Metadata"].get_data().decode()
        assert re.search(r"<pdfuaid:part>1</pdfuaid:part>", about)


TEXT = st.one_of(
    st.text(max_size=40), st.text("ab \n\u00a0", max_size=20), st.sampled_from(HOSTILE[:15])
)
ADDRESS = st.sampled_from([*LINKS, *NOT_LINKS])


def several(values: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(values, max_size=3).map(tuple)


WAYS = several(st.builds(WayView, TEXT, TEXT, ADDRESS, TEXT))
SHEETS = st.builds(
    SheetPaper,
    st.just(ABOUT),
    TEXT,
    TEXT,
    TEXT,
    st.tuples(TEXT, TEXT),
    several(
        st.builds(
            PaperTable,
            TEXT,
            several(st.builds(PaperRow, TEXT, several(st.builds(SheetLine, TEXT, ADDRESS)), TEXT)),
        )
    ),
)
REPORTS = st.builds(
    AreaReport,
    TEXT,
    TEXT,
    TEXT,
    several(
        st.builds(
            ReportSection,
            TEXT,
            TEXT,
            several(st.builds(ReportFact, TEXT, TEXT)),
            several(
                st.builds(ReportItem, TEXT, several(st.builds(ReportLink, TEXT, ADDRESS)), TEXT)
            ),
            TEXT,
        )
    ),
    TEXT,
)
SUMMARIES = st.builds(
    Summary,
    title=TEXT,
    subtitle=TEXT,
    warnings=several(TEXT),
    contact_heading=TEXT,
    contact=several(TEXT),
    ways=WAYS,
    hours=TEXT,
    note=TEXT,
    script_heading=TEXT,
    script=st.one_of(TEXT, st.text(min_size=1500, max_size=4000)),
    sources=WAYS,
    source_dates=TEXT,
    made_at=st.just(AT),
    told=several(st.builds(Told, TEXT, TEXT)),
    outcome=TEXT,
    questions=several(TEXT),
    urgent=WAYS,
    steps=several(st.builds(Support, TEXT, TEXT, WAYS)),
    shortened=st.booleans(),
)


@settings(max_examples=50, deadline=None)
@given(SHEETS)
@example(SheetPaper(ABOUT, "", "", "", ("", ""), ()))
def test_any_sheet_keeps_to_the_rules(sheet):
    assert read(pdf("sheet.typ", sheet, AT)).pages


@settings(max_examples=50, deadline=None)
@given(REPORTS)
@example(AreaReport("", "", "", (), ""))
def test_any_report_keeps_to_the_rules(report):
    paper = ReportPaper(ABOUT, "Report", ("Topic", "Known"), report)
    assert read(pdf("area_report.typ", paper, AT)).pages


@settings(max_examples=50, deadline=None)
@given(SUMMARIES)
def test_any_summary_keeps_to_the_rules_on_one_page(summary):
    assert len(read(summary_pdf(summary)).pages) == 1


# --- what a template is given ---------------------------------------------------------------------


@dataclass(frozen=True)
class Odd:
    value: object


def test_a_view_holds_only_what_a_template_can_draw():
    assert as_data(Odd((True, 1, 0.5, None, "a\x00", AT))) == {
        "value": [True, 1, 0.5, None, "a", "2026-11-23T12:00:00+00:00"]
    }
    for value in (b"bytes", {"a": 1}, Path("x"), Odd):
        with pytest.raises(TypeError):
            as_data(Odd(value))


def test_the_versions_of_a_summary_get_shorter_and_the_last_has_no_script():
    paper = summary_paper(replace(summary_with("Words"), script="My own words. " * 300))
    lengths = [len(version.script) for version in (*paper.full, *paper.least)]
    assert lengths == sorted(lengths, reverse=True)
    assert "My own" not in paper.least[-1].script
    assert paper.least[0] == paper.full[-1]


# --- one process, many visits ---------------------------------------------------------------------


@pytest.mark.parametrize("zone", [UTC, LONDON, timezone(timedelta(hours=5, minutes=30))])
def test_a_file_has_the_second_it_was_made(zone):
    at = datetime(2026, 7, 1, 12, 30, 15, 999, tzinfo=zone)
    made = area_report_pdf(report_with("Words"), at)
    assert read(made).metadata.creation_date == at.replace(microsecond=0)
    assert made == area_report_pdf(report_with("Words"), at)


def test_visits_at_the_same_time_get_their_own_documents():
    names = [f"Person{n}" for n in range(12)]
    made: dict[str, bytes] = {}
    threads = [
        threading.Thread(target=lambda n=n: made.update({n: summary_pdf(summary_with(n))}))
        for n in names
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for name in names:
        assert re.findall(r"Person\d+", drawn(read(made[name])))
        assert set(re.findall(r"Person\d+", read(made[name]).metadata.title)) == {name}
        assert made[name] == summary_pdf(summary_with(name))


def test_a_picture_has_a_pixel_for_each_of_its_drawing():
    svg = "<svg xmlns='http://www.w3.org/2000/svg' width='30' height='20'/>"
    made = png("picture.typ", {"svg": svg})
    assert made.startswith(b"\x89PNG")
    assert (int.from_bytes(made[16:20]), int.from_bytes(made[20:24])) == (30, 20)
