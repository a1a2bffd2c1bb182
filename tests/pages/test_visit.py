"""What a visit knows: one owner, typed, and cleared by "Start again"."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from mmhs_finder.channels.streamlit.visit import (
    AnswersOfForm,
    ListChoices,
    ReferralChoices,
    ScriptFields,
    Visit,
)
from mmhs_finder.coverage.values import Level
from mmhs_finder.coverage.where import ENGLAND
from mmhs_finder.directory.models import Pathway

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "mmhs_finder" / "channels" / "streamlit"
OWNER = PAGES / "visit"
OTHERS = sorted(
    path
    for path in (*(ROOT / "mmhs_finder").rglob("*.py"), *(ROOT / "pages").glob("*.py"))
    if not path.is_relative_to(OWNER)
)
ids = {"ids": lambda p: str(p.relative_to(ROOT))}


def visit() -> Visit:
    return Visit({})


@pytest.mark.parametrize("path", OTHERS, **ids)
def test_only_the_visit_asks_the_session(path: Path) -> None:
    assert "session_state" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "path", [p for p in OTHERS if p.is_relative_to(PAGES) or p.parent.name == "pages"], **ids
)
def test_names_of_widgets_stand_only_in_the_visit(path: Path) -> None:
    """Those of mere containers are names for the style sheet, not of anything that is kept."""
    found = [
        f"line {word.value.lineno}: {ast.unparse(word.value)}"
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and not ast.unparse(call.func).endswith("container")
        for word in call.keywords
        if word.arg == "key" and isinstance(word.value, ast.Constant | ast.JoinedStr)
        if not ast.unparse(call.func).endswith("show_map")
    ]
    assert not found


def test_no_name_is_given_twice() -> None:
    source = "".join(p.read_text(encoding="utf-8") for p in OWNER.glob("*.py"))
    names = re.findall(r'Kept\[.*?\]\("(\w+)"', source)
    assert len(names) > 20
    assert len(names) == len(set(names))


def test_the_class_gives_the_name_and_an_instance_the_value() -> None:
    one = visit()
    assert Visit.postcode.key == "postcode"
    assert one.postcode is None
    one.postcode = "CT1 3NG"
    assert one.session == {"postcode": "CT1 3NG"}
    assert one.postcode == "CT1 3NG" and one.knows("postcode")


def test_what_happened_as_pathways() -> None:
    one = visit()
    assert one.pathways == ()
    one.needs = ["loss", "other", "birth_trauma"]
    assert one.pathways == (Pathway.BIRTH_TRAUMA, Pathway.LOSS)


def test_start_again_clears_every_page_and_counts_on() -> None:
    one = visit()
    one.postcode, one.needs, one.searches = "CT1 3NG", ["loss"], 3
    one.session[one.answers.key("seen_before")] = "yes"
    one.session[one.case.key("severity")] = "mild"
    one.referral.follow_link("thrive sheet", "thrive", "sheet")
    one.services.page = 4
    one.bulk.deletions = 1
    one.coverage.choose_area(Level.COUNCIL, "E06000001")
    one.planning.births = 100
    one.session[one.map_key("map")] = {"service": "thrive"}
    one.start_again()
    assert one.session == {"restored": True, "begun": True, "searches": 3}
    one.mark = "a1b2"
    one.start_again()
    assert one.mark == "a1b2", "still the same visit for a browser whose connection broke"


def test_answers_are_emptied_and_those_of_others_stay() -> None:
    one = visit()
    one.session |= {"answer_when": "x", "answer_safety": "unsafe", "case_when": "y", "answering": 1}
    one.answers.clear()
    assert one.session == {
        "answer_when": None,
        "answer_safety": None,
        "case_when": "y",
        "answering": 1,
    }
    assert AnswersOfForm("case", one.session).safety_key == "case_safety"


def test_our_own_words_come_back_in_new_fields() -> None:
    scripts = ScriptFields({})
    before = scripts.key("thrive", (Pathway.LOSS,))
    scripts.session[before] = "My own words."
    scripts.clear()
    assert scripts.key("thrive", (Pathway.LOSS,)) != before
    assert before not in scripts.session


def test_a_new_search_makes_the_choice_of_a_service_a_new_one() -> None:
    one = visit()
    before = one.referral.service_key
    one.searches += 1
    assert one.referral.service_key != before


def test_a_link_to_a_sheet_is_followed_anew_after_the_list() -> None:
    choices = ReferralChoices(0, {})
    choices.follow_link("thrive sheet", "thrive", "sheet")
    assert (choices.link_followed, choices.view) == ("thrive sheet", "sheet")
    assert choices.session[choices.service_key] == "thrive"
    choices.leave_sheet()
    assert choices.link_followed is None


def test_filters_are_cleared_with_the_page() -> None:
    choices = ListChoices({"other": 1})
    choices.page = 3
    choices.session[choices.key("kind")] = ["mmhs"]
    choices.clear()
    assert choices.session == {"other": 1}


@pytest.mark.parametrize(
    ("heard", "code"),
    [(None, None), ({"area": "E54"}, "E54"), ({"area": 1}, None), ({}, None), ("E54", None)],
)
def test_what_was_pressed_on_the_map_is_a_code_or_nothing(heard: object, code: str | None) -> None:
    coverage = visit().coverage
    coverage.session[coverage.map_key(Level.ICB, ENGLAND)] = heard
    assert coverage.pressed_area(Level.ICB, ENGLAND) == code


def test_a_page_of_a_list_is_remembered_by_level() -> None:
    coverage = visit().coverage
    key = coverage.page_key(Level.REGION)
    assert coverage.page(key) == 0
    coverage.turn(key, 2)
    assert coverage.page(key) == 2
    assert coverage.page(coverage.page_key(Level.ICB)) == 0


def test_what_is_said_about_a_list_is_said_once() -> None:
    bulk = visit().bulk
    bulk.said = "Deleted."
    assert (bulk.take_said(), bulk.take_said()) == ("Deleted.", "")
    assert bulk.take_job() is None and bulk.take_upload() is None
    assert bulk.file_key == "bulk_file_0"
    bulk.deletions += 1
    assert bulk.file_key == "bulk_file_1"


def test_the_checklist_is_cleared_line_by_line() -> None:
    planning = visit().planning
    planning.session[planning.line_key("gp01")] = "partly"
    planning.clear_checklist(["gp01", "gp02"])
    assert planning.line("gp01") is planning.line("gp02") is None
    planning.assume("prevalence", 15.8)
    assert planning.assumption("prevalence") == 15.8
