"""The page as a PDF: one page, real text, tagged, and the right numbers for every service."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream

from mmhs_finder.answers.types import Match
from mmhs_finder.directory.models import Pathway, PhoneStatus, ServiceKind, Status
from mmhs_finder.directory.ways import name_only, number_for_referrers
from mmhs_finder.eligibility import AGES, Answers, LossKind, Severity, Who, months_ago, rank
from mmhs_finder.hours import LONDON
from mmhs_finder.render.documents.pdf import area_report_pdf, sheet_pdf, summary_pdf
from mmhs_finder.render.documents.typesetting import printable
from mmhs_finder.signposting.steps import next_steps
from mmhs_finder.views.area_report import (
    AreaReport,
    ReportFact,
    ReportItem,
    ReportLink,
    ReportSection,
)
from mmhs_finder.views.sheet import Sheet, referral_sheet
from mmhs_finder.views.summary import Summary, Support, summary_of
from mmhs_finder.views.told import Told
from mmhs_finder.views.ways import WayView
from mmhs_finder.views.wording import sentence
from mmhs_finder.words import say
from tests.made_up.records import TODAY

AT = datetime(2026, 11, 23, 12, 0, tzinfo=LONDON)
BOTTOM = 12 / 25.4 * 72  # the lower margin, in points
HOSTILE = "<b>Robert</b>'); DROP TABLE {name} %s \\ " + "W" * 400 + "\x00\x07\x1b[0m\u202e\ud800"


def pages_of(finder, service, need):
    """The pages for one service and what happened, without and with every answer."""
    directory = finder.directory
    code = next(
        c for c in directory.areas if any(s.id == service.id for s, _ in directory.serving(c))
    )
    answers = Answers(
        happened=frozenset({need} if need else ()),
        loss_kind=LossKind.NEONATAL_DEATH if need is Pathway.LOSS else None,
        since=months_ago(14),
        several_events=False,
        pregnant_now=True,
        weeks_pregnant=33,
        age=AGES["sixteen_to_seventeen"],
        seen_before=False,
        lives_in_area=True,
        who=Who.PARENT,
        severity=Severity.SEVERE,
        ptsd_presentation=True,
        has_care_coordinator=False,
    )
    answer = finder.find(finder.council(code), tuple(answers.happened or ()), AT)
    match = next(m for m in answer.mmhs if m.service.id == service.id)
    assessments = rank(answer, answers)
    assessment = next(a for a in assessments if a.service.id == service.id)
    steps = next_steps(finder, answer, answers, assessments)
    for tick in (False, True):
        yield summary_of(
            match,
            answer,
            steps,
            answers=answers,
            assessment=assessment,
            include_answers=tick,
        )


def read(summary: Summary) -> PdfReader:
    return PdfReader(BytesIO(summary_pdf(summary)))


def text_of(reader: PdfReader) -> str:
    return re.sub(r"\s+", " ", " ".join(p.extract_text() for p in reader.pages))


def lowest(reader: PdfReader) -> float:
    """How far above the lower edge the last line of text stands, in points."""
    found: list[float] = []

    def see(text, cm, tm, *_rest):
        if text.strip():
            found.append(tm[4] * cm[1] + tm[5] * cm[3] + cm[5])

    reader.pages[0].extract_text(visitor_text=see)
    return min(found)


def links(reader: PdfReader) -> set[str]:
    return page_links(reader.pages[0])


def page_links(page: PageObject) -> set[str]:
    annotations = [a.get_object() for a in page.get("/Annots", [])]
    return {a["/A"]["/URI"] for a in annotations}


@pytest.fixture(scope="module")
def harbour(finder) -> tuple[Summary, Summary]:
    service = finder.directory.services["harbour"]
    plain, ticked = pages_of(finder, service, Pathway.LOSS)
    return plain, ticked


def mmhs(directory):
    """Every MMHS that has a page: none that has closed, or of which only a name is known."""
    return [
        s
        for s in directory.services_of(ServiceKind.MMHS)
        if s.status is not Status.CLOSED and not name_only(s, directory.criteria.get(s.id))
    ]


@pytest.mark.parametrize("need", [*Pathway, None])
@pytest.mark.slow
def test_every_service_fits_one_page_with_the_right_numbers(finder, directory, need):
    rows = [*directory.services.values(), *directory.national]
    confirmed = {r.phone for r in rows if r.phone_status is PhoneStatus.CONFIRMED}
    unsure = {r.phone for r in rows if r.phone} - confirmed
    professional = {number_for_referrers(s) for s in directory.services.values()} - {""}
    assert unsure and professional
    for service in mmhs(directory):
        # A page with every answer is slow to fit: for one need it is enough.
        plain, ticked = pages_of(finder, service, need)
        for summary in (plain, ticked) if need is Pathway.LOSS else (plain,):
            reader = read(summary)
            text = text_of(reader)
            assert len(reader.pages) == 1
            assert lowest(reader) >= BOTTOM - 1, service.id
            assert summary.made in text
            assert text.startswith(say("summary.label"))
            for phone in unsure:
                assert phone not in text
            for phone in professional:
                assert phone not in text or f"{phone}. This number is for professionals." in text
                assert f"tel:{re.sub(r'[^0-9]', '', phone)}" not in links(reader)
            assert (say("summary.told") in text) == bool(summary.told)


def test_title_language_and_details_are_set(harbour):
    reader = read(harbour[0])
    root = reader.trailer["/Root"]
    assert reader.metadata.title == "Harbour: a page to take with you"
    assert reader.metadata.author == "MMHS Finder"
    assert reader.metadata.subject
    assert reader.metadata.creation_date == AT
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert [round(float(x)) for x in reader.pages[0].mediabox[2:]] == [595, 842]  # A4


def elements(reader: PdfReader) -> Iterator[tuple[str, Any]]:
    """Every element of the structure with its role, a parent before what is in it."""
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    waiting = kids(root["/StructTreeRoot"])
    while waiting:
        element = waiting.pop(0)
        if "/S" in element:
            yield element["/S"][1:], element
            waiting = kids(element) + waiting


def kids(element: Any) -> list[Any]:
    """What stands directly in an element: elements, and pieces of pages as dictionaries."""
    found = element.get("/K", [])
    found = found if isinstance(found, list) else [found]
    objects = [k.get_object() for k in found]
    return [{"/MCID": int(k), "/Pg": element["/Pg"]} if isinstance(k, int) else k for k in objects]


def roles_inside(reader: PdfReader) -> set[tuple[str, str]]:
    """Which role stands in which: ("TD", "TR")."""
    return {
        (kid["/S"][1:], role)
        for role, element in elements(reader)
        for kid in kids(element)
        if "/S" in kid
    }


def headings(reader: PdfReader) -> list[tuple[str, str]]:
    return [(role, element["/T"]) for role, element in elements(reader) if re.match(r"H\d", role)]


def test_headings_paragraphs_and_lists_are_tagged_in_reading_order(harbour):
    reader = read(harbour[1])
    assert headings(reader) == [
        ("H1", "Harbour"),
        ("H2", harbour[1].contact_heading),
        ("H2", say("summary.told")),
        ("H2", harbour[1].script_heading),
        ("H2", say("assessment.questions")),
        ("H2", say("summary.support")),
        ("H3", say("summary_urgent.heading")),
    ]
    inside = roles_inside(reader)
    assert {("LI", "L"), ("Lbl", "LI"), ("LBody", "LI")} <= inside
    assert all(parent == "L" for role, parent in inside if role == "LI")


@pytest.fixture(scope="module")
def sheet(directory) -> Sheet:
    return referral_sheet(directory, directory.services["harbour"], today=TODAY)


@pytest.fixture(scope="module")
def referral(sheet) -> PdfReader:
    return PdfReader(BytesIO(sheet_pdf(sheet, AT)))


KENT = AreaReport(
    name="Kent",
    title="Kent: what is known",
    where="Council",
    sections=(
        ReportSection(
            "Help", facts=tuple(ReportFact(f"Fact {n}", f"{n} & more") for n in range(70))
        ),
        ReportSection("Gaps", text="Words of a long paragraph. " * 400, note="Small print."),
        ReportSection(
            "Services",
            items=(
                ReportItem(
                    "Harbour.", (ReportLink("page 1", "https://example.org/a"),), "In 2026."
                ),
                ReportItem("Lotus.", (ReportLink("page 2", "javascript:x"),)),
            ),
        ),
    ),
    printed="From a made-up directory.",
)


@pytest.fixture(scope="module")
def report() -> PdfReader:
    return PdfReader(BytesIO(area_report_pdf(KENT, AT)))


def test_a_referral_sheet_says_every_row_under_its_heading(sheet, referral):
    groups = list(sheet.groups())
    assert headings(referral) == [("H1", "Harbour"), *(("H2", heading) for heading, _ in groups)]
    text = re.sub(r"\s+", "", text_of(referral))
    for heading, rows in groups:
        place = text.index(re.sub(r"\s+", "", heading))
        for row in rows:
            place = text.index(re.sub(r"\s+", "", row.heading), place)
            for said in [line.text for line in row.lines] or [row.blank]:
                assert re.sub(r"\s+", "", said) in text[place:], row.id


def test_a_report_says_every_part_under_its_heading(report):
    assert headings(report) == [
        ("H1", "Kent: what is known"),
        ("H2", "Help"),
        ("H2", "Gaps"),
        ("H2", "Services"),
    ]
    text = text_of(report)
    assert "Fact 69 69 & more" in text
    assert "Harbour. page 1. In 2026." in text and "Lotus. page 2." in text
    assert text.index("Small print.") < text.index("From a made-up directory.")
    assert {u for p in report.pages for u in page_links(p)} == {"https://example.org/a"}


@pytest.mark.parametrize("made", ["referral", "report"])
def test_sheets_for_work_are_tagged_with_tables(made, request, sheet):
    reader = request.getfixturevalue(made)
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert len(reader.pages) > 1
    roles = [role for role, _ in elements(reader)]
    assert roles.count("H1") == 1
    tables = roles.count("Table")
    rows = sum(r.published for r in sheet.rows) if made == "referral" else 70
    assert tables == (len(list(sheet.groups())) if made == "referral" else 1)
    assert roles.count("THead") == roles.count("TBody") == tables
    assert roles.count("TR") == rows + tables
    assert roles.count("TH") == 2 * tables and roles.count("TD") == 2 * rows
    inside = roles_inside(reader)
    assert {("THead", "Table"), ("TBody", "Table"), ("TH", "TR"), ("TD", "TR")} <= inside
    named = {}
    for role, element in elements(reader):
        facts = {k: v for a in element.get("/A", []) for k, v in a.items()}
        if role == "TH":
            assert facts["/Scope"] == "/Column"
            named[element["/ID"]] = element
    for role, element in elements(reader):
        if role == "TD":
            (header,) = (h for a in element["/A"] for h in a.get("/Headers", []))
            assert header in named, "every cell knows what stands above it"


@pytest.mark.parametrize("made", ["referral", "report"])
def test_the_foot_names_the_sheet_the_day_and_the_page(made, request):
    reader = request.getfixturevalue(made)
    for number, page in enumerate(reader.pages, start=1):
        text = page.extract_text()
        assert "made on 23 November 2026" in text
        assert f"Page {number} of {len(reader.pages)}" in text


def test_a_paragraph_over_two_pages_is_one_element(report):
    over = [
        {piece["/Pg"].get_object()["/StructParents"] for piece in kids(element)}
        for role, element in elements(report)
        if role == "P" and all("/MCID" in kid for kid in kids(element))
    ]
    assert [len(pages) for pages in over].count(2) == 1


@pytest.mark.parametrize("made", ["harbour", "referral", "report"])
def test_every_link_is_tagged_and_says_where_it_leads(made, request):
    value = request.getfixturevalue(made)
    reader = value if isinstance(value, PdfReader) else read(value[1])
    drawn = [a.get_object() for page in reader.pages for a in page.get("/Annots", [])]
    assert drawn
    tagged = [
        kid["/Obj"].get_object()
        for role, element in elements(reader)
        if role == "Link"
        for kid in kids(element)
        if kid.get("/Type") == "/OBJR"
    ]
    assert len(tagged) == len(drawn) and all(link in drawn for link in tagged)
    assert all(link["/Contents"] and link["/A"]["/URI"] for link in drawn)


@pytest.mark.parametrize("made", ["harbour", "referral", "report"])
def test_everything_drawn_is_tagged_or_decoration(made, request):
    value = request.getfixturevalue(made)
    reader = value if isinstance(value, PdfReader) else read(value[1])
    parents = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    for page in reader.pages:
        inside: list[int | str] = []
        pieces: list[int] = []
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            if operator in (b"BDC", b"BMC"):
                number = operands[1].get("/MCID") if operator == b"BDC" else None
                inside.append(operands[0] if number is None else int(number))
                pieces += [] if number is None else [int(number)]
            elif operator == b"EMC":
                inside.pop()
            elif operator in (b"Tj", b"TJ", b"f", b"S"):
                assert any(isinstance(i, int) or i == "/Artifact" for i in inside), operator
        assert not inside
        assert sorted(pieces) == list(range(len(pieces)))
        of_page = parents[parents.index(page["/StructParents"]) + 1].get_object()
        assert len(of_page) == len(pieces)
        for number, element in enumerate(of_page):
            assert number in [kid.get("/MCID") for kid in kids(element.get_object())]


def pages_under(element: Any) -> set[int]:
    """The pages that hold a piece of an element or of what stands in it."""
    found: set[int] = set()
    for kid in kids(element):
        if "/S" in kid:
            found |= pages_under(kid)
        elif "/MCID" in kid:
            found.add(kid["/Pg"].get_object()["/StructParents"])
    return found


@pytest.mark.slow
def test_no_heading_stands_alone_and_no_row_is_broken(directory):
    broken_over_pages = 0
    for service in directory.services.values():
        reader = PdfReader(BytesIO(sheet_pdf(referral_sheet(directory, service, today=TODAY), AT)))
        heading: set[int] = set()
        for role, element in elements(reader):
            if role == "H2":
                heading = pages_under(element)
            elif role == "Table":
                broken_over_pages += len(pages_under(element)) > 1
                first = next(kid for kid in kids(element) if kid["/S"] == "/TBody")
                assert pages_under(kids(first)[0]) == heading, service.id
            elif role == "TR":
                assert len(pages_under(element)) == 1, service.id
    assert broken_over_pages > 5


def test_the_page_says_everything_of_its_view_in_reading_order(harbour):
    page = replace(harbour[1], script="In my own words.", steps=harbour[1].steps[:1])
    text = re.sub(r"\s+", "", text_of(read(page)))
    place = 0
    for words in (
        say("summary.label"),
        page.title,
        page.subtitle,
        *page.warnings,
        page.contact_heading,
        *page.contact,
        *(way.text for way in page.ways),
        page.hours,
        page.note,
        say("summary.told"),
        *(words for told in page.told for words in (told.question, sentence(told.answer))),
        page.outcome,
        page.script_heading,
        page.script,
        say("assessment.questions"),
        *page.questions,
        say("summary.support"),
        say("summary_urgent.heading"),
        *(words for way in page.urgent for words in (way.words, way.text, way.after)),
        *(step.title for step in page.steps),
        *(way.text for step in page.steps for way in step.ways),
        *(source.text for source in page.sources),
        page.source_dates,
        page.made,
    ):
        wanted = re.sub(r"\s+", "", words)
        assert wanted in text[place:], words
        place = text.index(wanted, place) + len(wanted)


def test_numbers_can_be_searched_for_as_they_are_written(harbour):
    assert "116 123" in read(harbour[0]).pages[0].extract_text()


def test_words_at_the_ends_of_lines_stay_apart(harbour):
    """A screen reader joins the texts of one element as they stand in the file."""
    words = "Words that go on for more than one line of the page. " * 9
    texts: list[str] = []
    page = read(replace(harbour[0], script=words)).pages[0]
    page.extract_text(visitor_text=lambda text, *_rest: texts.append(text))
    drawn = "".join(re.sub(r"\n", "", text) for text in texts)
    assert words.strip() in re.sub(" +", " ", drawn)


def test_the_outline_names_the_sections(harbour):
    title, sections = read(harbour[0]).outline
    assert title.title == "Harbour"
    assert say("script.heading") in [s.title for s in sections if not isinstance(s, list)]


def test_links_are_live_and_only_to_what_is_shown(harbour):
    found = links(read(harbour[0]))
    assert {"tel:999", "tel:111", "tel:116123", "sms:85258?body=SHOUT"} <= found
    assert "https://example.org/harbour" in found
    assert all(u.split(":")[0] in ("https", "http", "tel", "sms", "mailto") for u in found)


def test_the_font_is_in_the_file(harbour):
    fonts = read(harbour[0]).pages[0]["/Resources"]["/Font"]
    for font in fonts.values():
        inner = font.get_object()["/DescendantFonts"][0].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"])
        assert "SourceSansPro" in inner["/FontDescriptor"]["/FontName"]


def test_answers_are_absent_unless_ticked(harbour):
    plain, ticked = (text_of(read(s)) for s in harbour)
    for words in (
        say("summary.told"),
        say("choice.neonatal_death"),
        say("choice.severe"),
        "How many weeks",
    ):
        assert words not in plain
        assert words in ticked
    assert harbour[1].outcome in ticked


def test_the_same_page_twice_is_the_same_file(harbour):
    assert summary_pdf(harbour[0]) == summary_pdf(harbour[0])


def test_letters_of_many_names_are_readable(harbour):
    words = "“Łucja’s” – Siân, Ştefan, Nguyễn, Žofie, Ελένη, Олена … £5 ½"
    assert words in text_of(read(replace(harbour[0], script=words)))


def test_what_the_font_lacks_is_a_question_mark():
    assert printable("مرحبا 😀 ok") == "?????  ok"
    assert printable("a\tb\x00\r\nc\u202e") == "a b\nc"


def test_hostile_text_everywhere_is_only_text(finder):
    service = finder.directory.services["harbour"]
    changed = service.model_copy(
        update={
            "name": HOSTILE,
            "provider": HOSTILE,
            "referral_note": HOSTILE,
            "hours_text": HOSTILE,
            "website": "https://example.org/" + "x" * 500,
        }
    )
    answer = finder.find(finder.place("CT1 3NG"), (), AT)
    summary = summary_of(Match(changed, None), answer, (), script=HOSTILE * 3)
    reader = read(summary)
    text = text_of(reader)
    assert len(reader.pages) == 1
    assert "<b>Robert</b>'); DROP TABLE {name}" in text
    assert "\x1b" not in text
    assert "<b>Robert</b>" in reader.metadata.title


def test_what_does_not_fit_is_left_out_and_it_is_said(harbour):
    long = replace(harbour[1], script="Words of my own. " * 110)
    text = text_of(read(long))
    assert say("summary.more") in text
    assert "999" in text
    for told in harbour[1].told:
        assert told.question in text


def test_far_too_much_still_is_one_page_with_the_foot(harbour):
    endless = replace(
        harbour[1],
        script="Words of my own. " * 3000,
        told=(Told("Question?", "Answer"),) * 12,
    )
    reader = read(endless)
    text = text_of(reader)
    assert len(reader.pages) == 1
    assert lowest(reader) >= BOTTOM - 1
    assert say("summary.script_more") in text
    assert endless.made in text
    assert text.count("Words of my own.") > 5


def test_a_page_with_next_to_nothing_is_drawn():
    bare = Summary("A", "", (), "B", (), (), "", "", "", "", (), "", AT)
    assert "A" in text_of(read(bare))


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=300), st.text(max_size=60))
@pytest.mark.slow
def test_any_text_is_drawn_on_one_page(script, name):
    way = WayView("Call", name, "tel:999")
    page = Summary(
        name, name, (name,), name, (name,), (way,), name, name, name, script, (way,), name, AT
    )
    page = replace(page, urgent=(way,), questions=(name,), steps=(Support(name, name, (way,)),))
    assert len(read(page).pages) == 1
