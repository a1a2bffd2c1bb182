"""What a service answers changes the cells that it is about, and those that go with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmhs_finder.curation.answering import (
    NONE,
    Answerer,
    Evidence,
    NotAnAnswer,
    changes_for,
    held,
)
from mmhs_finder.curation.applying import apply_changes
from mmhs_finder.curation.changeset import ChangeSet, Proposed
from mmhs_finder.curation.questions import QUESTIONS, AnswerKind, FormQuestion
from mmhs_finder.directory.changes import NEW_ROW, ROW_REMOVED
from mmhs_finder.directory.files import CsvFile, CsvRow
from mmhs_finder.directory.reading import read
from mmhs_finder.directory.vocabularies import ToldHow
from tests.breakable import BreakableCopy

DAY = date(2026, 11, 25)
HEARD = Evidence(DAY, "form:harbour-1", told=Answerer("team manager"))
"""From somebody of whom it is not known whether she speaks for the service."""
ASKED = Evidence(
    DAY, "form:harbour-1", told=Answerer("team manager", ToldHow.SENDER_DOMAIN, "example.org")
)
PAGE = Evidence(DAY, "https://example.org/new", "Ring us.", "2026-11")
TOLD = {
    ("told_on", "2026-11-25"),
    ("told_by", "team manager"),
    ("told_how", "not_known"),
}
"""Where nothing else has changed."""

Tables = dict[str, CsvFile]


@pytest.fixture(scope="session")
def tables(small_folder: Path) -> Tables:
    return read(small_folder).tables


def written(changes: list[Proposed], file: str = "services.csv") -> dict[str, str]:
    """The new cells of a file, without who told us."""
    return {
        c.column: c.new
        for c in changes
        if c.file == file and not c.column.startswith(("told_", "availability_"))
    }


def with_cells(tables: Tables, row: str, **cells: str) -> Tables:
    """The tables with cells of a service's row changed."""

    def changed(old: CsvRow) -> CsvRow:
        is_it = old.cells["id"] == row
        return CsvRow(old.number, {**old.cells, **cells}) if is_it else old

    services = tables["services.csv"]
    rows = tuple(map(changed, services.rows))
    return {**tables, "services.csv": CsvFile(services.file, services.columns, rows)}


def test_what_is_held_is_no_change(tables: Tables):
    for row in tables["services.csv"].rows:
        service = row.cells["id"]
        changes = changes_for(tables, service, held(tables, service), HEARD)
        said = {c.column: c.new for c in changes if c.column != "availability_as_of"}
        assert said.keys() <= {"told_on", "told_by", "told_how", "told_proof"}
        after = {**row.cells, **said}
        assert {(column, after[column]) for column, _ in TOLD} == TOLD


def test_a_blank_is_no_change(tables: Tables):
    blank = {question.id: " " for question in QUESTIONS}
    assert {(c.column, c.new) for c in changes_for(tables, "willow", blank, HEARD)} == TOLD
    assert changes_for(tables, "willow", blank, PAGE) == []


def test_a_number_for_people_who_refer_is_none_for_parents(tables: Tables):
    known = held(tables, "harbour")
    assert (known["phone"], known["referrer_phone"]) == ("", "0161 496 0101")


@pytest.mark.parametrize(
    ("answers", "cells"),
    [
        (
            {"phone": "0161 496 0199"},
            {
                "phone": "0161 496 0199",
                "phone_audience": "public",
                "referrer_phone": "0161 496 0101",
                "referrer_phone_status": "confirmed",
            },
        ),
        ({"phone": NONE}, {}),
        ({"referrer_phone": NONE}, {"phone": "", "phone_audience": "", "phone_status": ""}),
        (
            {"referrer_email": "team@example.org"},
            {"email": "team@example.org", "email_audience": "professional"},
        ),
        (
            {"self_referral": "yes"},
            {
                "self_referral": "yes",
                "referrers": "any_health_professional;gp;midwife;obstetrician;social_care;self",
            },
        ),
        (
            {"hours_osm": "Mo 10:00-16:00; Tu 10:00-16:00; PH off"},
            {
                "hours_osm": "Mo,Tu 10:00-16:00; PH off",
                "hours_text": "Monday and Tuesday, 10am to 4pm. Closed on bank holidays. "
                "Not a crisis or emergency service.",
            },
        ),
        ({"hours_text": NONE}, {"hours_text": "Monday to Friday, 9am to 5pm."}),
        (
            {"status": "closed"},
            {"status": "closed", "closed_said_by": "the service", "source_date": "2026-11-25"},
        ),
        ({"partner_support": NONE}, {"partner_support": "no"}),
    ],
)
def test_cells_that_go_together_change_together(
    tables: Tables, answers: Mapping[str, str], cells: Mapping[str, str]
):
    changes = changes_for(tables, "harbour", answers, ASKED)
    assert written(changes) == cells
    assert all(c.old != c.new and c.quote and c.source_url == "form:harbour-1" for c in changes)


def test_a_page_of_others_becomes_the_services_own(tables: Tables):
    news = with_cells(tables, "harbour", website="https://example.com/a", website_kind="news")
    assert held(news, "harbour")["website"] == ""
    by_mail = replace(ASKED, told=Answerer("manager", ToldHow.SENDER_DOMAIN, "coast.nhs.uk"))
    changes = changes_for(news, "harbour", {"website": "https://coast.nhs.uk/b"}, by_mail)
    assert written(changes) == {
        "website": "https://coast.nhs.uk/b",
        "website_kind": "service_page",
    }


def test_an_answer_that_its_own_proof_does_not_outlive_is_told_by_itself_first(tables: Tables):
    with pytest.raises(NotAnAnswer, match="not clear who sent this"):
        changes_for(tables, "harbour", {"website": "https://example.com/b"}, ASKED)


def test_a_number_that_we_were_not_sure_of_is_confirmed_by_writing_it(tables: Tables):
    unsure = with_cells(tables, "willow", phone_status="check")
    assert held(unsure, "willow")["phone"] == ""
    number = {"phone": "0191 498 0102"}
    assert written(changes_for(unsure, "willow", number, ASKED)) == {"phone_status": "confirmed"}
    assert written(changes_for(unsure, "willow", {"phone": NONE}, ASKED)) == {
        "phone": "",
        "phone_audience": "",
        "phone_status": "",
    }


def test_a_condition_is_beside_a_yes_and_goes_with_it(tables: Tables):
    answers = {"separation_only_if": "the baby is under one"}
    changes = changes_for(tables, "willow", answers, ASKED)
    assert written(changes, "mmhs_criteria.csv")["separation_only_if"] == "the baby is under one"
    criteria = tables["mmhs_criteria.csv"]
    beside = {"loss": "yes", "loss_only_if": "late", "loss_kinds": "ectopic"}
    rows = tuple(CsvRow(r.number, {**r.cells, **beside}) for r in criteria.rows)
    conditioned = {**tables, criteria.file: CsvFile(criteria.file, criteria.columns, rows)}
    said = written(changes_for(conditioned, "willow", {"loss": "no"}, ASKED), criteria.file)
    assert said["loss"] == "no"
    assert said["loss_only_if"] == said["loss_kinds"] == ""


def test_a_council_more_is_no_gap_any_more_and_one_less_becomes_one(tables: Tables):
    known = held(tables, "harbour")["area_code"]
    gap = tables["area_gaps.csv"].rows[0].cells["area_code"]
    names = {r.cells["code"]: r.cells["name"] for r in tables["areas.csv"].rows}
    first, *rest = [name.removesuffix("?") for name in known.split("; ")]
    changes = changes_for(tables, "harbour", {"area_code": "; ".join((*rest, names[gap]))}, ASKED)
    lines = {(c.file, c.row, c.column, c.new) for c in changes}
    code = next(code for code, name in names.items() if name == first)
    assert ("service_areas.csv", "harbour", f"certainty ({gap})", "stated") in lines
    assert ("service_areas.csv", "harbour", f"area_code ({code})", ROW_REMOVED) in lines
    assert ("area_gaps.csv", gap, "area_code", ROW_REMOVED) in lines
    assert ("area_gaps.csv", code, NEW_ROW, "") in lines


@pytest.mark.parametrize(
    "answers",
    [
        {"email": "team@example.org"},
        {"referrer_email": "team@example.org"},
        {"website": "https://example.com/b"},
        {"referral_url": "https://example.com/form"},
        {"status": "closed"},
        {"phone": "0161 496 0199"},  # a confirmed one stands there
        {"phone": NONE},
    ],
)
def test_nothing_that_people_act_on_is_taken_from_somebody_unknown(
    tables: Tables, answers: dict[str, str]
):
    known = {"phone": "0161 496 0102", "phone_audience": "public", "phone_status": "confirmed"}
    before = with_cells(tables, "willow", **known)
    with pytest.raises(NotAnAnswer, match="not known that the service sent it"):
        changes_for(before, "willow", answers, HEARD)
    assert changes_for(before, "willow", answers, ASKED)
    assert changes_for(before, "willow", answers, PAGE)


@pytest.mark.parametrize(
    ("evidence", "status"),
    [
        (HEARD, "check"),
        (ASKED, "confirmed"),
        (PAGE, "confirmed"),  # of the organisation's own host
        (replace(PAGE, source="https://list.example.com/services"), "check"),
    ],
)
def test_a_number_is_confirmed_only_by_the_service_or_its_own_page(
    tables: Tables, evidence: Evidence, status: str
):
    changes = changes_for(tables, "harbour", {"phone": "0161 496 0199"}, evidence)
    cells = {c.column: c.new for c in changes}
    assert (cells["phone"], cells["phone_audience"]) == ("0161 496 0199", "public")
    now = {**next(r.cells for r in tables["services.csv"].rows if r.cells["id"] == "harbour")}
    assert {**now, **cells}["phone_status"] == status


def test_who_answers_one_question_has_not_confirmed_the_rest(tables: Tables):
    one = replace(ASKED, told=replace(ASKED.told, whole=False))
    changes = changes_for(tables, "willow", {"consent_required": "yes"}, one)
    assert [(c.column, c.new) for c in changes] == [("consent_required", "yes")]
    answered = with_cells(
        tables,
        "willow",
        told_on="2026-11-01",
        told_by="manager",
        told_how="sender_domain",
        told_proof="example.org",
    )
    changes = changes_for(answered, "willow", {"consent_required": "yes"}, one)
    assert [c.column for c in changes] == ["consent_required"]
    unknown = replace(HEARD, told=replace(HEARD.told, whole=False))
    changes = changes_for(answered, "willow", {"consent_required": "yes"}, unknown)
    after = {c.column: c.new for c in changes}
    assert (after["told_how"], after["told_proof"]) == ("not_known", "")


def test_waits_are_of_the_day_of_the_answer_unless_it_names_one(tables: Tables):
    def day(answers: Mapping[str, str]) -> list[str]:
        changes = changes_for(tables, "willow", answers, ASKED)
        return [c.new for c in changes if c.column == "availability_as_of"]

    assert day({"wait_therapy_weeks": "12"}) == ["2026-11-25"]
    assert day({"new_referrals": "yes", "availability_as_of": "2026-11-20"}) == ["2026-11-20"]
    assert day({"phone": "0161 496 0199"}) == []


def test_a_page_takes_the_place_of_what_the_service_told(tables: Tables):
    told = with_cells(
        tables, "willow", told_on="2026-11-01", told_by="manager", told_how="not_known"
    )
    changes = {c.column: c.new for c in changes_for(told, "willow", {"min_age": "16"}, PAGE)}
    assert changes["told_on"] == changes["told_by"] == changes["told_how"] == ""
    assert changes["checked_on"] == "2026-11-25"
    assert changes["source_urls"].endswith(";https://example.org/new")


@pytest.mark.parametrize(
    ("answers", "question"),
    [
        ({"phone": "12"}, "phone"),
        ({"phone": "09098 790 000"}, "phone"),
        ({"email": "someone"}, "email"),
        ({"website": "our page"}, "website"),
        ({"self_referral": "perhaps"}, "self_referral"),
        ({"self_referral": NONE}, "self_referral"),
        ({"self_referral": "no", "self_referral_except": "loss"}, "self_referral_except"),
        ({"name": NONE}, "name"),
        ({"max_gestation_weeks": "60"}, "max_gestation_weeks"),
        ({"wait_therapy_weeks": "about 12"}, "wait_therapy_weeks"),
        ({"availability_as_of": "2026-12-24"}, "availability_as_of"),
        ({"area_code": "Atlantis"}, "area_code"),
        ({"area_code": NONE}, "area_code"),
        ({"hours_osm": "sunrise-sunset"}, "hours_osm"),
        ({"loss": "no", "loss_only_if": "it was late"}, "loss_only_if"),
        ({"referral_note": "=HYPERLINK(1)"}, "referral_note"),
        ({"max_months_since_event": "24", "no_time_limit": "yes"}, "max_months_since_event"),
    ],
)
def test_an_answer_that_cannot_be_used_is_named(
    tables: Tables, answers: Mapping[str, str], question: str
):
    with pytest.raises(NotAnAnswer) as refused:
        changes_for(tables, "harbour", answers, ASKED)
    assert [p.question for p in refused.value.problems] == [question]


def test_a_proof_counts_by_the_pages_that_were_known_before(tables: Tables):
    answers = {"website": "https://attacker.nhs.uk/page"}
    told = Answerer("manager", ToldHow.SENDER_DOMAIN, "attacker.nhs.uk")
    with pytest.raises(NotAnAnswer, match="does not belong to this organisation"):
        changes_for(tables, "harbour", answers, Evidence(DAY, "form:x", told=told))


def test_what_answers_change_passes_as_it_is_quoted(tables: Tables):
    (line,) = [
        c
        for c in changes_for(tables, "willow", {"consent_required": "yes"}, ASKED)
        if c.column == "consent_required"
    ]
    assert line.quote == "Must she agree before somebody refers her? Yes"
    assert (line.source_date, line.confidence) == ("2026-11-25", "high")


def test_a_second_answer_of_the_same_day_is_taken(copy: BreakableCopy):
    first, second = ({"min_age": age} for age in ("16", "18"))
    for answers in (first, second):
        changes = changes_for(read(copy.folder).tables, "willow", answers, ASKED)
        apply_changes(copy.folder, ChangeSet(tuple(changes)), today=DAY)
    assert held(read(copy.folder).tables, "willow")["min_age"] == "18"


TYPICAL = {
    AnswerKind.TEXT: ("We ring back within a week.", "Ring us", "0161 496 0199", "=1+1", "<b>"),
    AnswerKind.NUMBER: ("0", "1", "12", "24", "400", "-1", "two"),
    AnswerKind.DAY: ("2026-11-20", "2026-12-24", "46348"),
    AnswerKind.PHONE: ("0161 496 0199", "020 7946 0000", "+44 20 7946 0000", "x"),
    AnswerKind.EMAIL: ("team@example.org", "=a@example.org", "team"),
    AnswerKind.LINK: ("https://example.org/x", "https://example.com", "example.org"),
    AnswerKind.CONDITION: ("it was here", "you are pregnant", "TRUE"),
    AnswerKind.HOURS: ("Mo-Fr 09:00-17:00", "Sa,PH 18:00-02:00", "24/7", "Mo off", "PH off"),
    AnswerKind.COUNCILS: ("Norwich", "Medway; Canterbury?", "East Suffolk", "Canterbury; York"),
}


def answers_to(question: FormQuestion) -> st.SearchStrategy[str]:
    """Answers that somebody may give: most of them can be used."""
    none = st.sampled_from(["", NONE])
    if question.choices:
        most = 1 if question.kind is AnswerKind.CHOICE else 3
        chosen = st.lists(st.sampled_from(question.choices), max_size=most, unique=True)
        return none | chosen.map(";".join)
    return (
        none | st.sampled_from(TYPICAL[question.kind][:2]) | st.sampled_from(TYPICAL[question.kind])
    )


ANSWERS = st.sets(st.sampled_from(QUESTIONS), max_size=6).flatmap(
    lambda asked: st.fixed_dictionaries({question.id: answers_to(question) for question in asked})
)


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(answers=ANSWERS, service=st.sampled_from(["harbour", "willow"]))
def test_any_answers_are_refused_in_words_or_fit_the_directory(
    small_folder: Path, answers: dict[str, str], service: str
):
    try:
        changes = changes_for(read(small_folder).tables, service, answers, ASKED)
    except NotAnAnswer:
        return
    apply_changes(small_folder, ChangeSet(tuple(changes)), today=DAY, dry_run=True)
