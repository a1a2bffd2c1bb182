"""The strip of urgent help in words, and an emergency today: `views.urgent`."""

from __future__ import annotations

from typing import Any

import pytest

from mmhs_finder.directory.models import (
    NationalSupport,
)
from mmhs_finder.directory.ways import WayKind
from mmhs_finder.nation import Nation
from mmhs_finder.views.urgent import strip_view, today_view
from mmhs_finder.words import say
from tests.made_up.lines import (
    EMERGENCY,
    LIFELINE,
    LISTENING,
    NO_PHONE,
    OPTION_ENGLAND,
    SCOTS,
    STRIP,
    crisis,
)
from tests.made_up.texts import assert_told_in_full


def strip(nation: Nation | None, *rows: NationalSupport) -> Any:
    found = strip_view(rows or STRIP, nation)
    assert_told_in_full([way.words for way in found.ways])
    return found


def sentences(found: Any) -> list[str]:
    return [f"{w.words} {w.text}{w.after}".strip() for w in found.ways]


def test_the_strip_is_a_sentence_for_each_line():
    found = strip(Nation.SCOTLAND)
    assert (found.label, found.danger, found.help) == tuple(
        say(f"urgent_strip.{k}") for k in ("label", "danger", "help")
    )
    assert (found.emergency.value, found.emergency.link) == ("999", "tel:999")
    numbers = {"nation_line": "111", "listening_line": "116 123", "text_line": "85258"}
    expected = [
        say(f"urgent_strip.{k}", number=n, name="Made Up Line", word="Made Up Line", nations="")
        for k, n in numbers.items()
    ]
    assert [s.replace(" ", "") for s in sentences(found)] == [e.replace(" ", "") for e in expected]
    assert [w.link for w in found.ways] == ["tel:111", "tel:116123", "sms:85258"]
    assert [w.kind for w in found.ways] == [WayKind.PHONE, WayKind.PHONE, WayKind.TEXT]


def test_while_no_nation_is_known_a_line_says_for_whom_it_is():
    found = strip(None)
    text = say(
        "urgent_strip.mental_health_line_in",
        number="111",
        name="Made Up Line",
        nations="England and Wales",
        word="",
    )
    assert sentences(found)[0].replace(" ", "") == text.replace(" ", "")
    assert any("Northern Ireland" in s for s in sentences(found))


def test_the_word_to_text_is_the_lines_own():
    shout = crisis("text", urgent_strip="text_line", text_number="1", text_keyword="HI", **NO_PHONE)
    (way,) = strip(Nation.ENGLAND, shout).ways
    values = {"number": "1", "name": "Made Up Line", "nations": ""}
    told = f"{way.words} {way.text}{way.after}"
    expected = say("urgent_strip.text_line", word="HI", **values)
    assert told.replace(" ", "") == expected.replace(" ", "")


def test_without_a_line_the_strip_says_what_to_do():
    found = strip(Nation.JERSEY, LISTENING)
    assert (found.emergency.words, found.emergency.text) == (
        say("urgent_strip.emergency_unknown"),
        "",
    )
    assert [(w.words, w.text) for w in found.ways] == [(say("urgent_strip.none"), "")]
    assert found.then == ""


def test_a_nations_service_with_only_a_page_is_named_with_its_page():
    page = crisis("Help", "Jersey", name="Help", website="https://a.example", **NO_PHONE)
    (way,) = strip(Nation.JERSEY, page).ways
    before, _, after = say("urgent_strip.page", name="|").partition("|")
    assert (way.words, way.text, way.link) == (before.strip(), "Help", "https://a.example")
    assert way.after == after
    assert (way.kind, way.value) == (WayKind.PAGE, "https://a.example")


FREE = {"cost": "free"}


@pytest.mark.parametrize(
    ("first", "second", "then"),
    [
        (FREE, FREE, "free"),
        (FREE, {}, "always"),
        ({}, {}, "always"),
        (FREE, {"phone_hours_osm": "Mo-Fr 09:00-17:00", **FREE}, ""),
    ],
    ids=["all free", "one is not", "none is", "one is shut at night"],
)
def test_free_and_day_and_night_is_said_only_where_it_is_so_for_all(first, second, then):
    rows = [
        crisis("a", urgent_strip="listening_line", **first),
        crisis("b", urgent_strip="text_line", text_number="1", **second),
        crisis("999", urgent_strip="emergency", phone_hours_osm=""),
    ]
    assert strip(Nation.ENGLAND, *rows).then == (say(f"urgent_strip.{then}") if then else "")


def today(*rows: NationalSupport, nation: Nation = Nation.ENGLAND, **more: Any) -> Any:
    options = {"without_her_baby": False, **more}
    found = today_view(rows or STRIP, nation, **options)
    assert_told_in_full(found)
    return found


def test_an_emergency_today_says_whom_to_call_in_order():
    found = today()
    assert (found.heading, found.intro) == (
        say("emergency_today.heading"),
        say("emergency_today.intro"),
    )
    keys = ("gp", "call", "danger", "alone", "how_old", "back")
    numbers = {"call": "111", "danger": "999"}
    assert found.steps == tuple(
        say(f"emergency_today.{k}", **({"number": numbers[k]} if k in numbers else {}))
        for k in keys
    )
    assert found.unit == ""


@pytest.mark.parametrize(
    ("rows", "nation", "call", "danger"),
    [
        ((OPTION_ENGLAND,), Nation.ENGLAND, "111", None),
        ((SCOTS, EMERGENCY), Nation.SCOTLAND, "111", "999"),
        ((LIFELINE, EMERGENCY), Nation.NORTHERN_IRELAND, None, "999"),
        ((LISTENING,), Nation.ENGLAND, None, None),
    ],
)
def test_only_111_is_called_for_a_doctor_today(rows, nation, call, danger):
    steps = today(*rows, nation=nation).steps
    called = say("emergency_today.call", number=call) if call else say("emergency_today.no_call")
    in_danger = (
        say("emergency_today.danger", number=danger)
        if danger
        else say("emergency_today.danger_unknown")
    )
    assert steps[1:3] == (called, in_danger)


def test_after_a_loss_no_word_is_of_a_baby_or_a_unit():
    found = today(without_her_baby=True, unit="Unit", distance="10 miles")
    assert found.steps[4] == say("emergency_today.when") and found.unit == ""
    with_baby = today(unit="Unit", distance="10 miles")
    assert with_baby.unit == say("emergency_today.unit", unit="Unit, 10 miles")
    assert today(unit="Unit").unit == say("emergency_today.unit", unit="Unit")
    assert today(distance="10 miles").unit == ""
