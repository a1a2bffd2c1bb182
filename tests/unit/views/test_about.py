"""The About page: its counts are those of the directory, and where to report a mistake."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs

import pytest

from mmhs_finder.directory.map_models import AreaGap
from mmhs_finder.directory.models import Pathway, ServiceKind, Status
from mmhs_finder.directory.named import PATHWAY
from mmhs_finder.views import about
from mmhs_finder.views.about import about_text, about_view
from mmhs_finder.views.correcting import Letter, pages_to_check
from mmhs_finder.views.wording import sentence
from mmhs_finder.words import date_words, page, say
from tests.made_up import world
from tests.made_up.records import READ_ON, line, service

NEWEST = date(2026, 11, 24)
SERVICES = (
    *(service(id=f"open {n}") for n in range(4)),
    *(service(id=f"unknown {n}", status=Status.UNKNOWN) for n in range(2)),
    service(id="closed", status=Status.CLOSED),
    *(service(id=f"other {n}", kind=ServiceKind.COUNSELLING) for n in range(5)),
)
GAPS = ("E01", "E03", "E05", "E05a", "E05b")
LINES = tuple(line(id=f"line {n}") for n in range(8))


@pytest.fixture
def made():
    lines = (*LINES[:-1], LINES[-1].model_copy(update={"checked_on": NEWEST}))
    gaps = {code: AreaGap(area_code=code, kind=ServiceKind.MMHS) for code in GAPS}
    return replace(world.directory(SERVICES, national=lines), gaps=gaps)


@pytest.fixture(autouse=True)
def _no_address(monkeypatch):
    monkeypatch.delenv("MMHS_CONTACT_EMAIL", raising=False)


def test_the_counts_are_those_of_the_directory(made):
    assert made.newest_check == NEWEST > READ_ON
    assert about_text(made) == page("about.md").format(
        mmhs=7,
        mmhs_open=4,
        others=5,
        national=8,
        gaps=3,  # a split council is one, its parts are none
        checked=date_words(NEWEST),
    )


def test_the_pathways_and_the_privacy_stand_between_its_other_parts(made):
    view = about_view(made)
    told = f"{view.before}<!-- pathways -->{view.middle}<!-- changes -->{view.limits}"
    text = f"{told}<!-- privacy -->{view.privacy}<!-- sources -->{view.after}<!-- correct -->"
    assert about_text(made).startswith(text) and view.correct == ""
    assert [part.count("\n## ") for part in (view.middle, view.limits, view.privacy)] == [
        2,
        1,
        1,
    ]
    assert view.after.count("\n## ") == 1
    assert view.pathways == tuple(
        (PATHWAY(p), sentence(say(f"pathway_help.{p}").split(": ", 1)[1])) for p in Pathway
    )
    assert all(text[0].isupper() and text.endswith(".") for _, text in view.pathways)


def test_a_meaning_with_a_colon_of_its_own_is_told_whole(made, monkeypatch):
    monkeypatch.setattr(about, "_PATHWAY_HELP", lambda _pathway: "Loss: of one: a baby")
    assert {text for _, text in about_view(made).pathways} == {"Of one: a baby."}


@pytest.mark.parametrize("given", ["", "   "])
def test_without_an_address_nothing_is_promised(made, monkeypatch, given):
    for change in (lambda: None, lambda: monkeypatch.setenv("MMHS_CONTACT_EMAIL", given)):
        change()
        view = about_view(made, [service()])
        assert (view.correct, view.letters) == ("", ())


def test_with_an_address_mistakes_can_be_reported_there(made, monkeypatch):
    monkeypatch.setenv("MMHS_CONTACT_EMAIL", " mistakes@example.org ")
    view = about_view(made)
    assert "Is something wrong or missing?" in view.correct
    words = say("about.contact", address="mistakes@example.org")
    assert view.letters == (Letter(words, "mailto:mistakes@example.org"),)


def test_a_letter_about_a_service_has_its_name_for_a_subject_and_nothing_else(made, monkeypatch):
    monkeypatch.setenv("MMHS_CONTACT_EMAIL", "mistakes@example.org")
    first, *rest = about_view(made, [service(name="Lotus & Maple?body=x")]).letters
    assert first.words == say("about.contact_service", name="Lotus & Maple?body=x")
    address, _, query = first.link.partition("?")
    assert address == "mailto:mistakes@example.org" and len(rest) == 1
    assert parse_qs(query) == {"subject": [say("about.subject", name="Lotus & Maple?body=x")]}


@pytest.mark.parametrize(
    ("columns", "url"),
    [
        ({"website": "https://a.example"}, "https://a.example"),
        ({"website": "https://a.example", "website_kind": "service_page"}, "https://a.example"),
        ({"website": "https://a.example", "website_kind": "news"}, ""),
        ({"website": "https://a.example", "website_kind": "listing"}, ""),
        ({}, ""),
    ],
    ids=str,
)
def test_only_the_own_page_of_a_service_is_the_place_to_check(columns, url):
    pages = pages_to_check([service(**columns)])
    assert [page.url for page in pages] == ([url] if url else [])
    if url:
        assert pages[0].name == say("card.own_page", name=service().name)
