"""Which lines for a crisis a nation has: `answers.urgent`, on made-up rows."""

from __future__ import annotations

import pytest

from mmhs_finder.answers.urgent import (
    MissingUrgentNumber,
    always_open,
    check_strip,
    strip_lines,
    urgent_rows,
)
from mmhs_finder.directory.models import NationalSupport, UrgentStrip
from mmhs_finder.directory.said import holds_in
from mmhs_finder.nation import UNITED_KINGDOM, Nation
from tests.made_up.lines import (
    EMERGENCY,
    LIFELINE,
    LISTENING,
    NO_PHONE,
    OPTION_ENGLAND,
    OPTION_WALES,
    STRIP,
    TEXT,
    crisis,
)
from tests.made_up.records import line

ENGLAND, SCOTLAND, WALES = Nation.ENGLAND, Nation.SCOTLAND, Nation.WALES
JERSEY, ULSTER = Nation.JERSEY, Nation.NORTHERN_IRELAND
OFFICE = {"phone_hours_osm": "Mo-Fr 09:00-17:00"}


def strip(nation: Nation | None, *rows: NationalSupport) -> list[str]:
    return [found.row.id for found in strip_lines(rows or STRIP, nation)]


@pytest.mark.parametrize(
    ("nation", "own"),
    [(ENGLAND, "111 option"), (WALES, "111 press"), (SCOTLAND, "NHS 24"), (ULSTER, "Lifeline")],
)
def test_the_strip_goes_from_danger_to_somebody_who_listens(nation, own):
    assert strip(nation) == ["999", own, "listens", "text"]
    assert all(not found.nations for found in strip_lines(STRIP, nation))


def test_where_the_nation_is_not_known_each_nations_line_says_for_whom_it_is():
    found = strip_lines(STRIP, None)
    assert [f.row.id for f in found] == [
        "999",
        "111 option",
        "NHS 24",
        "Lifeline",
        "listens",
        "text",
    ]
    assert [f.gap.value for f in found] == [
        "emergency",
        "mental_health_line",
        "nation_line",
        "nation_line",
        "listening_line",
        "text_line",
    ]
    said = {f.row.id: f.nations for f in found if f.nations}
    assert said == {
        "111 option": (ENGLAND, WALES),
        "NHS 24": (SCOTLAND,),
        "Lifeline": (ULSTER,),
    }


def test_the_same_number_in_another_way_is_a_line_of_its_own():
    scots = crisis("option too", "Scotland", urgent_strip="mental_health_line", phone="111")
    found = strip_lines([scots, OPTION_ENGLAND], None)
    assert [(f.row.id, f.nations) for f in found] == [("111 option", (ENGLAND, SCOTLAND))]
    other = crisis("other", "Scotland", urgent_strip="mental_health_line", phone="222")
    assert [f.row.id for f in strip_lines([other, OPTION_ENGLAND], None)] == ["111 option", "other"]


def test_while_the_nation_is_not_known_only_what_all_of_the_uk_has_is_for_all():
    local = crisis("local", "England", urgent_strip="listening_line", kind="voluntary_sector")
    assert strip(None, local, EMERGENCY) == ["999"]
    assert strip(ENGLAND, local, EMERGENCY) == ["999", "local"]


def test_of_two_rows_for_a_gap_the_first_with_a_number_is_taken():
    silent = crisis("silent", urgent_strip="listening_line", **NO_PHONE)
    doubtful = crisis("doubtful", urgent_strip="listening_line", phone_status="check")
    second = crisis("second", urgent_strip="listening_line")
    assert strip(ENGLAND, silent, doubtful, LISTENING, second) == ["listens"]


def test_a_nations_111_option_stands_before_a_line_with_a_name():
    named = crisis("named", "England", urgent_strip="nation_line")
    assert strip(ENGLAND, named, OPTION_ENGLAND) == ["111 option"]


@pytest.mark.parametrize(
    ("rows", "taken"),
    [
        ([crisis("page", "Jersey", website="https://a.example", **NO_PHONE)], ["page"]),
        (
            [
                crisis("page", "Jersey", website="https://a.example", **NO_PHONE),
                crisis("office", "Jersey", **OFFICE),
                crisis("always", "Jersey"),
            ],
            ["always"],
        ),
        (
            [
                crisis("page", "Jersey", website="https://a.example", **NO_PHONE),
                crisis("office", "Jersey", **OFFICE),
            ],
            ["office"],
        ),
        ([crisis("nothing", "Jersey", **NO_PHONE)], []),
        ([crisis("shared", "Jersey", "Guernsey")], []),
        ([crisis("charity", "Jersey", kind="voluntary_sector")], []),
        ([crisis("uk")], []),
    ],
    ids=["a page", "best", "a number", "no way", "for two", "no crisis line", "uk"],
)
def test_where_none_is_marked_a_nations_own_crisis_line_is_taken(rows, taken):
    assert strip(JERSEY, *rows) == taken
    assert [f.gap for f in strip_lines(rows, JERSEY)] == [UrgentStrip.NATION_LINE] * len(taken)


@pytest.mark.parametrize(
    ("nations", "changes", "holds"),
    [
        ((), {}, {ENGLAND, SCOTLAND, JERSEY}),
        (("UK",), {}, {ENGLAND, SCOTLAND}),
        (("UK",), {"urgent_strip": "emergency"}, {ENGLAND, SCOTLAND, JERSEY}),
        (("Scotland",), {}, {SCOTLAND}),
        (("Scotland",), {"urgent_strip": "emergency"}, {SCOTLAND}),
        (("UK", "Jersey"), {}, {ENGLAND, SCOTLAND, JERSEY}),
    ],
    ids=["not said", "uk", "999", "scotland", "its own 999", "uk and jersey"],
)
def test_for_which_nation_a_row_is(nations, changes, holds):
    a = line(nations=nations, **changes)
    assert {n for n in (ENGLAND, SCOTLAND, JERSEY) if holds_in(a, n)} == holds


def test_after_the_strip_stand_the_other_crisis_lines_those_that_answer_at_any_hour_first():
    others = [
        crisis("page", website="https://a.example", **NO_PHONE),
        crisis("office", **OFFICE),
        crisis("texts", text_number="1", **NO_PHONE),
        crisis("calls"),
        crisis("wales", "Wales"),
        crisis("charity", kind="voluntary_sector"),
    ]
    found = [r.id for r in urgent_rows([*others, *STRIP], ENGLAND)]
    assert found[:4] == ["999", "111 option", "listens", "text"]
    assert found[4:] == ["calls", "texts", "office", "page"]


def test_a_strip_without_a_gap_passes():
    check_strip(STRIP)


@pytest.mark.parametrize(
    ("missing", "gap", "nation"),
    [
        (EMERGENCY, "emergency", ENGLAND),
        (LISTENING, "listening_line", ENGLAND),
        (TEXT, "text_line", ENGLAND),
        (OPTION_WALES, "mental_health_line", WALES),
        (LIFELINE, "mental_health_line", ULSTER),
    ],
    ids=lambda value: getattr(value, "id", ""),
)
def test_a_gap_in_the_strip_is_named_with_its_nation(missing, gap, nation):
    with pytest.raises(MissingUrgentNumber) as caught:
        check_strip(r for r in STRIP if r is not missing)
    assert gap in str(caught.value) and nation.value in str(caught.value)
    assert not any(n.value in str(caught.value) for n in {*UNITED_KINGDOM} - {nation})


def test_a_line_of_a_nation_with_only_a_page_is_a_gap():
    page = crisis("page", "Wales", website="https://a.example", **NO_PHONE)
    with pytest.raises(MissingUrgentNumber):
        check_strip([page, *(r for r in STRIP if r is not OPTION_WALES)])


@pytest.mark.parametrize(("hours", "always"), [("24/7", True), ("Mo-Su 00:00-23:00", False)])
def test_always_open_is_what_its_source_says(hours, always):
    assert always_open(line(phone_hours_osm=hours)) is always
