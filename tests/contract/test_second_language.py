"""A second language is a folder: proven with a made-up one, which finds what is still in English.

The pages in it: `tests/pages/test_pages_in_a_second_language.py`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from io import BytesIO

import pytest
from pypdf import PdfReader

from mmhs_finder.channels.shell.index_page import rewrite
from mmhs_finder.channels.terminal.commands import main
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.values import Level
from mmhs_finder.eligibility import Answers
from mmhs_finder.hours import LONDON
from mmhs_finder.render.documents.pdf import area_report_pdf, sheet_pdf, summary_pdf
from mmhs_finder.render.documents.typesetting import as_data
from mmhs_finder.render.html.urgent import always_open_lines, urgent_section
from mmhs_finder.render.maps.answer import result_map
from mmhs_finder.render.maps.frame import frame_page
from mmhs_finder.render.registry import RENDERERS
from mmhs_finder.signposting.steps import next_steps
from mmhs_finder.views.answer import answer_view
from mmhs_finder.views.area_report import area_report
from mmhs_finder.views.papers import report_paper, sheet_paper, summary_paper
from mmhs_finder.views.sheet import referral_sheet
from mmhs_finder.views.steps import step_view
from mmhs_finder.views.summary import summary_of
from mmhs_finder.words import (
    UnknownLanguage,
    all_words,
    clock,
    files,
    html_language,
    join_words,
    language,
    number,
    plain_date,
    say,
    speaking,
)
from tests.made_up.language import english, made_up, visible
from tests.made_up.records import TODAY
from tests.shell.conftest import INDEX, STRIP

pytestmark = pytest.mark.usefixtures("second_language")

# --- what is told of a place ----------------------------------------------------------------------

PLACES = ("CT1 3NG", "EH1 1YZ", "TS24 7BT", "HU3 2JZ", "RG12 2UT", "CT1")
NIGHT = datetime(2026, 11, 22, 3, 30, tzinfo=LONDON)
NOON = datetime(2026, 12, 28, 12, 15, tzinfo=LONDON)  # a bank holiday


@pytest.mark.parametrize("name", ["html", "text"])
@pytest.mark.parametrize("at", [NIGHT, NOON])
@pytest.mark.parametrize("typed", PLACES)
def test_an_answer_is_in_the_language(finder, known, typed, at, name):
    view = answer_view(finder.find(finder.place(typed), at=at))
    still = english(visible(RENDERERS[name](view)), known)
    assert not still


@pytest.mark.parametrize("typed", PLACES)
def test_an_answer_as_json_is_in_the_language(finder, known, typed):
    data = json.loads(RENDERERS["json"](answer_view(finder.find(finder.place(typed), at=NOON))))
    told = [str(t) for key in ("heading", "found") for t in [data.get(key, "")]]
    told += [notice["text"] for notice in data["notices"]]
    still = english(told, known)
    assert not still


@pytest.mark.parametrize("typed", PLACES)
def test_next_steps_are_in_the_language(finder, known, typed):
    answer = finder.find(finder.place(typed), at=NIGHT)
    steps = [step_view(step, NIGHT) for step in next_steps(finder, answer, Answers())]
    still = english([t for s in steps for t in (s.title, s.what, s.say)], known)
    assert not still


def test_the_map_and_its_popups_are_in_the_language(finder, known):
    view = answer_view(finder.find(finder.place("CT1 3NG"), at=NOON))
    data = result_map(view, finder.shapes, finder.directory, "/shapes").data()
    told = [data["label"]]
    for layer in data["layers"]:
        told.append(layer.get("name", ""))
        for sign in layer.get("signs", ()):
            text = sign["text"]
            told += [sign["title"], text["head"], *text.get("lines", ()), *text.get("rows", ())]
            told += [text["call"][0]] if "call" in text else []
    page = frame_page()
    told += json.loads(unescape(re.findall(r'data-words="([^"]*)"', page)[0])).values()
    assert len(told) > 20
    still = english([t for m in (*told, page) for t in visible(m)], known)
    # A gap that the script fills, a name, the letters of signs, and no text at all.
    other = ("{number}", "OpenStreetMap", "MB", "PS", "PB", "width=device-width, initial-scale=1")
    assert [text for text in still if text not in other] == []


def said(value: object) -> Iterator[str]:
    """Every text that a document draws: no addresses, codes, dates, or gaps that it fills."""
    if isinstance(value, dict):
        for name, inside in value.items():
            if name not in ("link", "url", "kind", "made_at", "language"):
                yield from said(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from said(inside)
    elif isinstance(value, str):
        yield value.replace("{page}", "").replace("{pages}", "")


@pytest.fixture
def papers(finder, directory) -> dict[str, tuple[object, bytes]]:
    """Each document: the data its template is given, and the file."""
    answer = finder.find(finder.place("CT1 3NG"), at=NIGHT)
    steps = next_steps(finder, answer, Answers())
    summary = summary_of(answer.mmhs[0], answer, steps)
    sheet = referral_sheet(directory, answer.mmhs[0].service, today=TODAY)
    coverage = Coverage(directory, NIGHT.date())
    report = area_report(coverage, finder.shapes, coverage.at(Level.COUNCIL, "E07000106"))
    return {
        "summary": (as_data(summary_paper(summary)), summary_pdf(summary)),
        "sheet": (as_data(sheet_paper(sheet, NIGHT)), sheet_pdf(sheet, NIGHT)),
        "report": (as_data(report_paper(report, NIGHT)), area_report_pdf(report, NIGHT)),
    }


@pytest.mark.parametrize("name", ["summary", "sheet", "report"])
def test_a_document_is_in_the_language_and_says_so(papers, known, name):
    data, made = papers[name]
    texts = [text for text in said(data) if text]
    assert len(texts) > 20
    assert not english(texts, known)
    assert PdfReader(BytesIO(made)).trailer["/Root"]["/Lang"] == html_language()


def test_the_first_page_is_in_the_language(known):
    page = rewrite(INDEX, STRIP)
    assert f'<html lang="{html_language()}"' in page
    assert html_language() == "cy-GB"
    ours = page[page.index("<title>") :]
    for of_data in (urgent_section(STRIP, "/text/urgent"), always_open_lines(STRIP)):
        assert of_data in ours
        ours = ours.replace(of_data, "")
    texts = [t for t in visible(ours) if "Streamlit" not in t and "width=" not in t]
    still = [
        t for t in english(texts, known) if t not in ("telephone=no", "no-referrer", "light dark")
    ]
    assert not still


# --- the rules of a language ----------------------------------------------------------------------


def test_plural_forms_are_those_of_the_language():
    said = {count: say("period.years", count=count) for count in range(8)}
    forms = [said[n].rpartition("·")[2] for n in range(8)]
    names = ["zero", "one", "two", "few", "other", "other", "many", "other"]
    assert forms == [made_up(name) for name in names]
    assert all(str(n) in said[n] for n in said if n != 1)


def test_dates_times_numbers_and_lists_are_those_of_the_language():
    assert plain_date("2026-11-22") == "2026 Tachwedd 22"
    assert clock(NIGHT) == "03.30"
    assert number(12345.6, 1) == "12,345.6"
    assert join_words(["A", "B", "C"]) != "A, B and C"


def test_english_again_inside_and_the_language_after():
    with speaking("en"):
        assert say("find.submit") == "Find support"
        assert plain_date("2026-11-22") == "22 November 2026"
        assert clock(NIGHT) == "3:30am"
    assert say("find.submit") == made_up("Find support")


def test_what_a_language_lacks_is_said_in_english(second_language):
    folder = files.ROOM / second_language
    (folder / "find.toml").unlink()
    (folder / "about.md").unlink()
    files.read_words.cache_clear()
    files.read_page.cache_clear()
    assert say("find.submit") == "Find support"
    assert files.read_page("about.md", language(), files.ROOM).startswith("#")
    assert say("result.urgent_heading") == made_up(all_words()["result.urgent_heading"])


def test_a_language_without_words_is_refused():
    with (
        pytest.raises(UnknownLanguage, match="there is no folder of words for 'fr'"),
        speaking("fr"),
    ):
        pass


def test_a_command_in_a_language_without_words_says_which_there_are(monkeypatch, capsys):
    monkeypatch.setenv("MMHS_LANGUAGE", "fr")
    assert main(["find", "CT1 3NG"]) == 1
    assert "There are: cy, en." in capsys.readouterr().err
