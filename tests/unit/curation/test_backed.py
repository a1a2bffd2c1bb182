"""What a set of changes must not leave standing: an answer over something else, an unsure way."""

from __future__ import annotations

from datetime import date

import pytest

from mmhs_finder.curation.answering import Answerer, Evidence, changes_for, unproven
from mmhs_finder.curation.applying import Refused
from mmhs_finder.curation.form_file import FormNotTaken
from mmhs_finder.directory import load_directory
from mmhs_finder.directory.confirming import Backing, standing
from mmhs_finder.directory.files import Problem
from mmhs_finder.directory.reading import read
from mmhs_finder.directory.vocabularies import ToldHow
from tests.made_up.changing import apply, change
from tests.made_up.folder import lay_out

FORM = {"source_url": "form:WILLOW-1", "source_date": "2026-11-20"}
ANSWERED = tuple(
    change("services.csv", "willow", column, "", new, **FORM)
    for column, new in (
        ("told_on", "2026-11-20"),
        ("told_by", "team manager"),
        ("told_how", "sender_domain"),
        ("told_proof", "example.org"),
    )
)
NUMBER, OTHER = "0191 498 0102", "0191 498 0199"


@pytest.fixture
def folder(tmp_path):
    return lay_out(tmp_path / "data", small=True)


def test_a_council_does_not_change_under_an_answer_of_the_service(folder):
    apply(folder, *ANSWERED)
    column = "area_code (E07000148)"
    gone = change("service_areas.csv", "willow", column, "E07000148", "(row removed)")
    unsure = change("service_areas.csv", "willow", "certainty (E07000144)", "stated", "inferred")
    for each in (gone, unsure):
        with pytest.raises(Refused, match="told us on 2026-11-20"):
            apply(folder, each)


@pytest.mark.parametrize("place", range(4))
def test_no_page_shows_that_the_service_answered(folder, place):
    lines = list(ANSWERED)
    lines[place] = change("services.csv", "willow", lines[place].column, "", lines[place].new)
    with pytest.raises(Refused, match="a page does not show that the service answered"):
        apply(folder, *lines)
    assert standing(load_directory(folder).services["willow"]) is Backing.READ


def test_a_number_of_which_nobody_is_sure_does_not_stay_confirmed(folder):
    number = change("services.csv", "willow", "phone", NUMBER, OTHER, confidence="low")
    with pytest.raises(Refused, match="phone_status: check"):
        apply(folder, number)
    apply(folder, number, change("services.csv", "willow", "phone_status", "confirmed", "check"))


@pytest.mark.parametrize(
    ("column", "old", "new"),
    [
        ("email", "willow@example.org", "other@example.org"),
        ("website", "https://example.org/willow", "https://example.com/willow"),
        ("referral_url", "", "https://example.com/form"),
    ],
)
def test_an_address_of_which_nobody_is_sure_is_not_taken(folder, column, old, new):
    with pytest.raises(Refused, match="people would ring, write or go there"):
        apply(folder, change("services.csv", "willow", column, old, new, confidence="low"))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("referral_note", "Ring 07700 900123 to refer."),
        ("after_referral", "Write to us: somebody@example.com"),
        ("hours_text", "See example.com/talk first."),
        ("loss_only_if", "you text 85258"),
        ("name", "Willow, 020 7946 0999"),
        ("provider", "Another Trust"),
    ],
)
def test_who_may_not_be_the_service_sends_nobody_anywhere(folder, question, answer):
    tables, day = read(folder).tables, date(2026, 11, 25)
    nobody = Evidence(day, "form:X", told=Answerer("team manager"))
    assert unproven(tables, "willow", {question: answer}, nobody) == (question,)
    sure = Answerer("team manager", ToldHow.SENDER_DOMAIN, "example.org")
    known = Evidence(day, "form:X", told=sure)
    assert unproven(tables, "willow", {question: answer}, known) == ()


def test_months_weeks_and_years_are_no_number_to_ring(folder):
    nobody = Evidence(date(2026, 11, 25), "form:X", told=Answerer("team manager"))
    answer = {"after_referral": "We write within 2 to 4 weeks (10 working days, 2026-27)."}
    assert unproven(read(folder).tables, "willow", answer, nobody) == ()


def test_who_was_asked_one_thing_leaves_the_rest_as_it_was_called(folder):
    apply(folder, *ANSWERED)
    part = Answerer("midwife", ToldHow.SENDER_DOMAIN, "example.org", whole=False)
    evidence = Evidence(date(2026, 11, 28), "call:midwife", told=part)
    changes = changes_for(read(folder).tables, "willow", {"min_age": "17"}, evidence)
    assert [c.column for c in changes] == ["min_age"]
    apply(folder, *changes)
    assert str(load_directory(folder).services["willow"].told_on) == "2026-11-20"


def test_nothing_that_somebody_wrote_steers_the_terminal():
    told = Problem("a\x1b[31m.csv", 2, "b\x9b", "c\u202ed\x07", "e\x1b]0;f.")
    for said in (str(told), str(FormNotTaken("form\x1b[2J.xlsx", "“\x1b[31mred”"))):
        assert all(c.isprintable() or c == "\n" for c in said), said
