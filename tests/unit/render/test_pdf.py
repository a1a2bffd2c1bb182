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

from mmhs_finder.answers.types import Match
from mmhs_finder.directory.models import Pathway, PhoneStatus, ServiceKind, Status
from mmhs_finder.directory.ways import name_only, number_for_referrers
from mmhs_finder.eligibility import AGES, Answers, LossKind, Severity, Who, months_ago, rank
from mmhs_finder.hours import LONDON
from mmhs_finder.render.documents.paper import Paper, Run
from mmhs_finder.render.documents.sheet import html_pdf, sheet_pdf
from mmhs_finder.render.documents.summary import summary_pdf
from mmhs_finder.render.documents.typeface import printable, unprintable
from mmhs_finder.signposting.steps import next_steps
from mmhs_finder.views.sheet import referral_sheet
from mmhs_finder.views.summary import Summary, Support, summary_of
from mmhs_finder.views.told import Told
from mmhs_finder.views.ways import WayView
from mmhs_finder.words import say

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

    def see(text, _cm, tm, *_rest):
        if text.strip():
            found.append(tm[5])

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
    assert reader.metadata.creator == "MMHS Finder"
    assert reader.metadata.subject
    assert reader.metadata.creation_date == AT
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert [round(float(x)) for x in reader.pages[0].mediabox[2:]] == [595, 842]  # A4


def elements(reader: PdfReader) -> Iterator[tuple[str, Any]]:
    """Every element of the structure with its role, a parent before what is in it."""
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    (document,) = root["/StructTreeRoot"]["/K"]
    waiting = [document.get_object()]
    while waiting:
        element = waiting.pop(0)
        yield element["/S"][1:], element
        kids = [k.get_object() for k in element["/K"]]
        waiting = [k for k in kids if not isinstance(k, int)] + waiting


def roles_inside(reader: PdfReader) -> set[tuple[str, str]]:
    """Which role stands in which: ("TD", "TR")."""
    return {
        (role, element["/P"]["/S"][1:]) for role, element in elements(reader) if role != "Document"
    }


def test_headings_paragraphs_and_lists_are_tagged_in_reading_order(harbour):
    roles = [role for role, _ in elements(read(harbour[1]))]
    assert set(roles) == {"Document", "H1", "H2", "H3", "P", "L", "LI", "LBody"}
    assert roles.count("H1") == 1
    assert roles.count("H2") == 5  # contact, answers, words, questions, support
    inside = roles_inside(read(harbour[1]))
    assert {("LI", "L"), ("LBody", "LI")} <= inside
    assert all(parent == "L" for role, parent in inside if role == "LI")


@pytest.fixture(scope="module")
def referral(directory) -> PdfReader:
    sheet = referral_sheet(directory, directory.services["harbour"])
    return PdfReader(BytesIO(sheet_pdf(sheet, AT)))


@pytest.fixture(scope="module")
def report() -> PdfReader:
    facts = "".join(f"<div><dt>Fact {n}</dt><dd>{n} &amp; more</dd></div>" for n in range(70))
    body = (
        '<article><h3>Kent</h3><p class="muted">Council</p><section><h4>Help</h4>'
        f"<dl>{facts}</dl></section><h4>Services</h4><ul><li>Thrive, "
        '<a href="https://example.org/a">page 1<span class="sr-only">: Thrive</span></a></li>'
        '<li><a href="javascript:x">Lotus</a></li></ul></article>'
    )
    return PdfReader(BytesIO(html_pdf("Kent: what is known", body, AT)))


@pytest.mark.parametrize("made", ["referral", "report"])
def test_sheets_for_work_are_tagged_with_tables(made, request):
    reader = request.getfixturevalue(made)
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert len(reader.pages) > 1
    roles = [role for role, _ in elements(reader)]
    assert roles.count("H1") == 1
    assert roles.count("TR") == roles.count("TH") == roles.count("TD") > 10
    inside = roles_inside(reader)
    assert {("TR", "Table"), ("TH", "TR"), ("TD", "TR"), ("P", "TD")} <= inside
    headers = [e for role, e in elements(reader) if role == "TH"]
    assert all(e["/A"]["/Scope"] == "/Row" for e in headers)


@pytest.mark.parametrize("made", ["referral", "report"])
def test_the_foot_names_the_sheet_the_day_and_the_page(made, request):
    reader = request.getfixturevalue(made)
    for number, page in enumerate(reader.pages, start=1):
        assert f"made on 23 November 2026 · page {number}" in page.extract_text()


def test_a_report_is_drawn_from_its_html(report):
    text = text_of(report)
    assert "Fact 69 69 & more" in text
    assert ": Thrive" not in text, "words for screen readers on a page are not on paper"
    assert {u for p in report.pages for u in page_links(p)} == {"https://example.org/a"}


def test_a_paragraph_over_two_pages_is_one_element():
    paper = Paper("A", AT, size=10)
    paper.paragraph((Run("Words of a long paragraph. " * 400),))
    reader = PdfReader(BytesIO(paper.bytes()))
    assert len(reader.pages) > 1
    found = list(elements(reader))
    assert [role for role, _ in found] == ["Document", "P", *["Span"] * len(reader.pages)]
    pages = [e["/Pg"].get_object()["/StructParents"] for role, e in found if role == "Span"]
    assert pages == [p["/StructParents"] for p in reader.pages]


@pytest.mark.parametrize("made", ["harbour", "referral", "report"])
def test_everything_drawn_is_tagged_or_decoration(made, request):
    value = request.getfixturevalue(made)
    reader = value if isinstance(value, PdfReader) else read(value[1])
    parents = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    for page in reader.pages:
        depth, pieces = 0, []
        for line in page.get_contents().get_data().decode("latin-1").splitlines():
            if line.endswith((" BDC", " BMC")):
                depth += 1
                pieces += [int(n) for n in re.findall(r"/MCID (\d+)", line)]
            assert depth <= 1
            assert depth or " Tj" not in line
            if line.strip() == "EMC":
                depth -= 1
        assert depth == 0
        assert pieces == list(range(len(pieces)))
        of_page = parents[parents.index(page["/StructParents"]) + 1].get_object()
        assert len(of_page) == len(pieces)
        assert all(n in e.get_object()["/K"] for n, e in enumerate(of_page))


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
    assert say("script.heading") in [s.title for s in sections]


def test_links_are_live_and_only_to_what_is_shown(harbour):
    found = links(read(harbour[0]))
    assert {"tel:999", "tel:111", "tel:116123", "sms:85258?body=SHOUT"} <= found
    assert "https://example.org/harbour" in found
    assert all(u.split(":")[0] in ("https", "http", "tel", "sms", "mailto") for u in found)


def test_the_font_is_in_the_file(harbour):
    fonts = read(harbour[0]).pages[0]["/Resources"]["/Font"]
    for font in fonts.values():
        inner = font.get_object()["/DescendantFonts"][0].get_object()
        assert "/FontFile2" in inner["/FontDescriptor"]


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


def test_what_the_font_lacks_is_a_question_mark_and_can_be_told():
    assert printable("مرحبا 😀 ok") == "?????  ok"
    assert unprintable("Why? مرحبا 😀 ok") == "مرحبا"
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
def test_any_text_is_drawn_on_one_page(script, name):
    way = WayView("Call", name, "tel:999")
    page = Summary(
        name, name, (name,), name, (name,), (way,), name, name, name, script, (way,), name, AT
    )
    page = replace(page, urgent=(way,), questions=(name,), steps=(Support(name, name, (way,)),))
    assert len(read(page).pages) == 1
