"""An ordinary week of opening hours: which days, from when to when, and when nothing is said."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmhs_finder.hours import LONDON, WeeklyHours, bank_holiday, opening_at, weekly_hours
from mmhs_finder.nation import Nation

MO, TU, WE, TH, FR, SA, SU = range(7)
MIDNIGHT = time(0)


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ("Mo-Fr 09:00-17:00", [((MO, TU, WE, TH, FR), time(9), time(17))]),
        ("Mo-Fr 09:00-17:00; PH off", [((MO, TU, WE, TH, FR), time(9), time(17))]),
        ("Sa,Su,PH 18:00-22:00", [((SA, SU), time(18), time(22))]),
        ("24/7", [((MO, TU, WE, TH, FR, SA, SU), MIDNIGHT, MIDNIGHT)]),
        ("Mo 17:00-24:00", [((MO,), time(17), MIDNIGHT)]),
        ("Su 22:00-06:00", [((SU,), time(22), time(6))]),
        ("Mo 10:00-12:00,14:00-16:00", [((MO,), time(10), time(12)), ((MO,), time(14), time(16))]),
        (
            "Fr 18:00-24:00, Sa 00:00-24:00, Su 00:00-06:00",
            [
                ((FR,), time(18), MIDNIGHT),
                ((SA,), MIDNIGHT, MIDNIGHT),
                ((SU,), MIDNIGHT, time(6)),
            ],
        ),
        (
            "Mo-We 08:00-20:00; Th 08:00-17:00",
            [((MO, TU, WE), time(8), time(20)), ((TH,), time(8), time(17))],
        ),
    ],
)
def test_days_with_the_same_hours_stand_together(hours, expected):
    assert weekly_hours(hours) == tuple(WeeklyHours(*row) for row in expected)


@pytest.mark.parametrize(
    "hours",
    [
        "",
        " ",
        "by appointment",
        "Mo[1] 10:00-12:00",
        "May-Sep Mo 10:00-12:00",
        "2026 Jun 03 10:00-12:00",
    ],
)
def test_where_no_week_is_like_the_other_nothing_is_said(hours):
    assert weekly_hours(hours) == ()


DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
SPANS = st.tuples(st.integers(0, 23), st.integers(1, 24)).filter(lambda t: t[0] < t[1])


@given(
    rules=st.dictionaries(st.sampled_from(DAYS), SPANS, min_size=1, max_size=7),
    day=st.integers(0, 6),
    hour=st.integers(0, 23),
)
def test_it_says_what_opening_now_says_on_a_day_like_any_other(rules, day, hour):
    osm = "; ".join(f"{name} {a:02}:00-{b:02}:00" for name, (a, b) in rules.items())
    at = datetime.combine(date(2026, 6, 15) + timedelta(days=day), time(hour, 30), LONDON)
    assert not bank_holiday(Nation.ENGLAND, at.date())
    is_open = any(
        day in row.days
        and row.opens <= at.time()
        and (row.closes == MIDNIGHT or at.time() < row.closes)
        for row in weekly_hours(osm)
    )
    assert is_open is opening_at(osm, Nation.ENGLAND, at).open_now
