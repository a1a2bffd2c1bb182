"""The strip of urgent help in words, and an emergency today: `views.urgent`."""

from __future__ import annotations

from typing import Any

import pytest

from mmhs_finder.directory.models import (
    NationalSupport,
)
from mmhs_finder.directory.ways import WayKind
from mmhs_finder.nation import Nation
from mmhs_finder.views.urgent import StripButton, strip_view, today_view
from mmhs_finder.views.ways import WayView
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
    assert_told_in_full([way.words for way in found.more])
    return found


def sentence(way: WayView) -> str:
    return f"{way.words} {way.text}{way.after}".strip()


def told(key: str, **values: str) -> str:
    return say(f"urgent_strip.{key}", **values)


CALL = say("urgent_strip.call")


def test_the_strip_is_two_numbers_and_a_sentence_for_each_other_line():
    found = strip(Nation.SCOTLAND)
    assert (found.label, found.more_label, found.all_label) == (
        told("label"),
        told("more"),
        told("all"),
    )
    danger = WayView(CALL, "999", "tel:999", kind=WayKind.PHONE, value="999")
    assert found.danger == StripButton(told("danger"), danger, told("danger_below"))
    call = WayView(CALL, "111", "tel:111", kind=WayKind.PHONE, value="111")
    below = told("always_below", what="Made Up Line")
    assert found.crisis == StripButton(told("help"), call, below)
    assert [sentence(way) for way in found.more] == [
        told("listening_line", name="Made Up Line", number="116 123"),
        told("text_line", word="Made Up Line", number="85258"),
    ]
    assert [w.link for w in found.more] == ["tel:116123", "sms:85258"]
    assert [w.kind for w in found.more] == [WayKind.PHONE, WayKind.TEXT]


def test_where_a_number_has_an_option_the_button_says_what_to_press():
    crisis_button = strip(Nation.WALES).crisis
    assert crisis_button.way.text == told("press", number="111")
    assert crisis_button.way.value == "111"
    assert crisis_button.below == told("always_below", what=told("crisis_below"))


def test_while_no_nation_is_known_each_line_says_for_whom_it_is():
    found = strip(None)
    always = told("always_below", what=told("crisis_below"))
    assert found.crisis.below == told("nations_below", what=always, nations="England and Wales")
    assert [sentence(way) for way in found.more[:2]] == [
        told("nation_line_in", nations=nation, name="Made Up Line", number=number)
        for nation, number in (("Scotland", "111"), ("Northern Ireland", "0808"))
    ]


def test_a_line_that_closes_is_not_called_one_for_day_and_night():
    shut = crisis("a", "Jersey", urgent_strip="nation_line", phone_hours_osm="Mo-Fr 09:00-17:00")
    assert strip(Nation.JERSEY, shut).crisis.below == "Made Up Line"


def test_a_line_of_a_nation_that_is_for_text_messages_is_not_called():
    text = crisis("t", "Jersey", urgent_strip="nation_line", text_number="1", **NO_PHONE)
    assert strip(Nation.JERSEY, text).crisis.way.words == told("write")


def test_the_word_to_text_is_the_lines_own():
    shout = crisis("text", urgent_strip="text_line", text_number="1", text_keyword="HI", **NO_PHONE)
    (way,) = strip(Nation.ENGLAND, shout).more
    assert sentence(way) == told("text_line", word="HI", number="1")


def test_without_a_line_the_strip_says_what_to_do():
    found = strip(Nation.JERSEY, LISTENING)
    unknown = WayView(told("emergency_unknown"), "")
    assert found.danger == StripButton(told("danger"), unknown)
    assert found.crisis == StripButton(told("help"), WayView(told("none"), ""))
    assert (found.more, found.then, found.always) == ((), "", ())


def test_a_nations_service_with_only_a_page_is_named_with_its_page():
    page = crisis("Help", "Jersey", name="Help", website="https://a.example", **NO_PHONE)
    button = strip(Nation.JERSEY, page).crisis
    assert sentence(button.way) == told("page", name="Help")
    assert (button.way.text, button.way.link) == ("Help", "https://a.example")
    assert (button.way.kind, button.way.value) == (WayKind.PAGE, "https://a.example")
    assert button.below == ""


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
    found = strip(Nation.ENGLAND, *rows)
    assert found.then == (told(then) if then else "")
    always = [row for row in rows[:2] if row.phone_hours_osm == "24/7"]
    assert found.always == found.more[: len(always)], "the last may close"


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
