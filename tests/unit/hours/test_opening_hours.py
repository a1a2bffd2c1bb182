"""Open now? Bank holidays of each nation, hours past midnight, clock changes, and the words."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmhs_finder.hours import (
    LONDON,
    Opening,
    bank_holiday,
    describe,
    opening_at,
    problem_with_hours,
    today_hours,
)
from mmhs_finder.hours.bank_holidays import holidays_of
from mmhs_finder.hours.rules import mentions_bank_holidays
from mmhs_finder.hours.wording import clock
from mmhs_finder.nation import Nation

OFFICE = "Mo-Fr 09:00-17:00"
OFFICE_NOT_BANK_HOLIDAYS = "Mo-Fr 09:00-17:00; PH off"
WEEKENDS_AND_BANK_HOLIDAYS = "Mo-Fr 10:00-17:00; Sa,Su,PH 18:00-22:00"
BREATHING_SPACE = "Mo-Th 18:00-02:00, Fr 18:00-24:00, Sa,Su 00:00-24:00, Mo 00:00-06:00"
ENGLAND, SCOTLAND = Nation.ENGLAND, Nation.SCOTLAND
WALES, NORTHERN_IRELAND = Nation.WALES, Nation.NORTHERN_IRELAND


def at(text: str) -> datetime:
    """A London time, such as "2026-12-25 12:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def said(hours: str, when: str, nation: Nation = ENGLAND) -> str:
    return describe(opening_at(hours, nation, at(when)), at(when))


# Bank holidays


@pytest.mark.parametrize(
    ("day", "nations"),
    [
        ("2026-01-01", "ESWN"),
        ("2026-01-02", "S"),
        ("2026-03-17", "N"),
        ("2026-04-03", "ESWN"),  # Good Friday
        ("2026-04-06", "EWN"),  # Easter Monday
        ("2026-05-04", "ESWN"),
        ("2026-05-25", "ESWN"),
        ("2026-07-12", "N"),  # a Sunday
        ("2026-07-13", "N"),  # its substitute
        ("2026-08-03", "S"),
        ("2026-08-31", "EWN"),
        ("2026-11-30", "S"),
        ("2026-12-25", "ESWN"),
        ("2026-12-26", "ESWN"),  # a Saturday
        ("2026-12-28", "ESWN"),  # its substitute
        ("2027-01-01", "ESWN"),
        ("2027-01-04", "S"),  # for Saturday 2 January
        ("2027-03-17", "N"),
        ("2027-03-29", "EWN"),
        ("2027-07-12", "N"),
        ("2027-11-30", "S"),
        ("2027-12-27", "ESWN"),  # for Saturday 25 December
        ("2027-12-28", "ESWN"),  # for Sunday 26 December
        ("2026-12-24", ""),
        ("2026-11-23", ""),
    ],
)
def test_each_nation_has_its_own_bank_holidays(day, nations):
    letters = {"E": ENGLAND, "S": SCOTLAND, "W": WALES, "N": NORTHERN_IRELAND}
    for letter, nation in letters.items():
        assert bool(bank_holiday(nation, date.fromisoformat(day))) == (letter in nations), nation


@pytest.mark.parametrize(
    ("nation", "day", "name"),
    [
        (ENGLAND, "2026-12-26", "Boxing Day"),
        (ENGLAND, "2026-12-28", "Boxing Day, substitute day"),
        (ENGLAND, "2026-05-04", "Early May bank holiday"),
        (ENGLAND, "2026-08-31", "Summer bank holiday"),
        (SCOTLAND, "2026-01-02", "2nd January"),
        (SCOTLAND, "2026-11-30", "St Andrew's Day"),
        (Nation.JERSEY, "2027-12-28", "Boxing Day, substitute day"),
        (Nation.GUERNSEY, "2027-05-09", "Liberation Day"),
        (Nation.ISLE_OF_MAN, "2026-07-06", "Tynwald Day"),
        (Nation.JERSEY, "2026-05-09", "Liberation Day"),
    ],
)
def test_names_are_those_people_know(nation, day, name):
    assert bank_holiday(nation, date.fromisoformat(day)) == name


@pytest.mark.parametrize(
    ("hours", "when", "nation", "is_open"),
    [
        (OFFICE_NOT_BANK_HOLIDAYS, "2026-11-30 12:00", SCOTLAND, False),
        (OFFICE_NOT_BANK_HOLIDAYS, "2026-11-30 12:00", ENGLAND, True),
        (OFFICE_NOT_BANK_HOLIDAYS, "2026-04-06 12:00", SCOTLAND, True),
        (OFFICE_NOT_BANK_HOLIDAYS, "2026-04-06 12:00", WALES, False),
        (OFFICE_NOT_BANK_HOLIDAYS, "2026-12-28 12:00", ENGLAND, False),
        (OFFICE_NOT_BANK_HOLIDAYS, "2026-12-29 12:00", ENGLAND, True),
        (OFFICE_NOT_BANK_HOLIDAYS, "2026-07-13 12:00", NORTHERN_IRELAND, False),
        (OFFICE_NOT_BANK_HOLIDAYS, "2026-07-06 12:00", Nation.ISLE_OF_MAN, False),
        (WEEKENDS_AND_BANK_HOLIDAYS, "2026-12-25 12:00", ENGLAND, False),
        (WEEKENDS_AND_BANK_HOLIDAYS, "2026-12-25 19:00", ENGLAND, True),
        (WEEKENDS_AND_BANK_HOLIDAYS, "2026-12-24 19:00", ENGLAND, False),
        (WEEKENDS_AND_BANK_HOLIDAYS, "2026-12-27 19:00", ENGLAND, True),
        (WEEKENDS_AND_BANK_HOLIDAYS, "2026-11-30 19:00", SCOTLAND, True),
        ("PH,Sa 10:00-12:00", "2026-12-25 11:00", ENGLAND, True),
        ("Mo-Fr,PH 09:00-17:00", "2026-12-26 11:00", ENGLAND, True),
        ("PH 10:00-12:00", "2026-12-25 11:00", ENGLAND, True),
        ("PH", "2026-12-25 23:30", ENGLAND, True),
        ("24/7; PH off", "2026-12-25 23:30", ENGLAND, False),
        ("24/7; PH off", "2026-12-24 23:30", ENGLAND, True),
        (BREATHING_SPACE + ", PH 00:00-24:00", "2026-12-25 10:00", SCOTLAND, True),
    ],
)
def test_rules_for_bank_holidays_hold_in_their_nation(hours, when, nation, is_open):
    assert opening_at(hours, nation, at(when)).open_now is is_open


def test_may_be_closed_when_the_hours_say_nothing_of_bank_holidays():
    boxing_day = opening_at("Mo-Su 09:00-17:00", ENGLAND, at("2026-12-26 10:00"))
    assert boxing_day.may_be_closed
    assert boxing_day.bank_holiday == "Boxing Day"
    assert not opening_at(OFFICE, ENGLAND, at("2026-12-24 10:00")).may_be_closed
    assert not opening_at(OFFICE, ENGLAND, at("2026-11-30 10:00")).may_be_closed
    assert opening_at(OFFICE, SCOTLAND, at("2026-11-30 10:00")).may_be_closed
    told = opening_at(OFFICE_NOT_BANK_HOLIDAYS, ENGLAND, at("2026-12-25 10:00"))
    assert not told.may_be_closed
    assert told.bank_holiday == "Christmas Day"


def test_day_and_night_means_bank_holidays_too():
    opening = opening_at("24/7", ENGLAND, at("2026-12-25 03:00"))
    assert opening.always
    assert opening.open_now
    assert opening.until is None
    assert not opening.may_be_closed


# Midnight and the clock changes


@pytest.mark.parametrize(
    ("when", "text"),
    [
        ("2026-03-26 12:00", "Closed now. Opens today at 6pm."),
        ("2026-03-26 19:00", "Open now, until 2am tomorrow."),
        ("2026-03-27 01:30", "Open now, until 2am."),  # Friday, from Thursday's evening
        ("2026-03-27 02:00", "Closed now. Opens today at 6pm."),
        ("2026-03-27 19:00", "Open now, until Monday at 6am."),
        ("2026-03-29 12:00", "Open now, until 6am tomorrow."),  # the clocks went forward at 1am
        ("2026-03-30 05:59", "Open now, until 6am."),
        ("2026-03-30 06:00", "Closed now. Opens today at 6pm."),
        ("2026-10-25 12:00", "Open now, until 6am tomorrow."),  # the clocks went back at 2am
    ],
)
def test_breathing_space(when, text):
    assert said(BREATHING_SPACE, when, WALES) == text


def test_on_clock_change_days_hours_are_those_on_the_wall():
    spring = opening_at("Mo-Su 09:00-17:00", ENGLAND, at("2026-03-29 00:30"))
    assert spring.next_open == datetime(2026, 3, 29, 8, tzinfo=UTC)
    autumn = opening_at("Mo-Su 09:00-17:00", ENGLAND, at("2026-10-25 00:30"))
    assert autumn.next_open == datetime(2026, 10, 25, 9, tzinfo=UTC)
    night = opening_at("Sa 22:00-04:00", ENGLAND, at("2026-10-24 23:00"))
    assert night.until == datetime(2026, 10, 25, 4, tzinfo=UTC)
    assert night.until.astimezone(UTC) - at("2026-10-24 22:00").astimezone(UTC) == timedelta(
        hours=7
    )


def test_a_time_that_the_spring_change_skips_becomes_2am():
    opening = opening_at("Su 01:30-05:00", ENGLAND, at("2026-03-29 00:30"))
    assert opening.next_open == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert clock(opening.next_open) == "2am"


def test_the_hour_that_comes_twice():
    first = datetime(2026, 10, 25, 1, 20, tzinfo=LONDON)
    second = first.replace(fold=1)
    for moment in (first, second):
        opening = opening_at("Su 00:30-01:30", ENGLAND, moment)
        assert opening.open_now
        assert opening.until.astimezone(UTC) - moment.astimezone(UTC) == timedelta(minutes=10)


def test_times_in_other_zones_are_understood():
    new_york = datetime.fromisoformat("2026-11-23T06:00:00-05:00")  # 11am in London
    assert opening_at(OFFICE, ENGLAND, new_york) == opening_at(
        OFFICE, ENGLAND, at("2026-11-23 11:00")
    )


# What cannot be known


@pytest.mark.parametrize("hours", ["", "  ", "rubbish", "Mo-Fr 9-5", "SH off", "PH +1 day off"])
def test_silent_rather_than_wrong(hours):
    opening = opening_at(hours, ENGLAND, at("2026-11-23 11:00"))
    assert opening == Opening()
    assert describe(opening, at("2026-11-23 11:00")) == today_hours(opening) == ""


def test_unknown_hours_are_not_known_while_they_last():
    assert not opening_at("Mo-Fr 09:00-17:00 unknown", ENGLAND, at("2026-11-23 11:00")).known


def test_a_moment_needs_a_timezone():
    with pytest.raises(ValueError, match="aware"):
        opening_at(OFFICE, ENGLAND, datetime(2026, 11, 23, 11))  # noqa: DTZ001


def test_hours_that_never_open_again():
    opening = opening_at("2020 Jan 01 09:00-10:00", ENGLAND, at("2026-11-23 11:00"))
    assert opening.known
    assert opening.next_open is None
    assert describe(opening, at("2026-11-23 11:00")) == "Closed now."


@pytest.mark.parametrize("hours", [OFFICE, WEEKENDS_AND_BANK_HOLIDAYS, BREATHING_SPACE, "24/7"])
def test_no_problem_with_good_hours(hours):
    assert problem_with_hours(hours) == ""


@pytest.mark.parametrize(
    ("hours", "part"),
    [
        ("", "no hours"),
        ("Mon-Fri 09:00-17:00", "cannot be read"),
        ('Mo 09:00-12:00 "by appointment"', "comments"),
        ("Mo 09:00-12:00 unknown", "unknown"),
        ("Mo 09:00+", "closing time"),
        ("sunrise-sunset", "closing time"),
        ("Mo-Th 18:00-02:00; Fr 18:00-24:00", "commas"),
        ("Mo 09:00-12:00; SH off", "school holidays"),
        ("PH -1 day off", "bank holidays"),
        ("Sa,PH 20:00-02:00", "rule of their own"),
        ("off", "never open"),
    ],
)
def test_problems_are_said_in_words(hours, part):
    assert part in problem_with_hours(hours)


def test_mentions_bank_holidays():
    assert mentions_bank_holidays("Sa,Su,PH 18:00-22:00")
    assert not mentions_bank_holidays(OFFICE)


# Words


@pytest.mark.parametrize(
    ("hours", "when", "text"),
    [
        (OFFICE, "2026-11-23 10:00", "Open now, until 5pm."),
        (OFFICE, "2026-11-23 08:59", "Closed now. Opens today at 9am."),
        (OFFICE, "2026-11-23 17:00", "Closed now. Opens tomorrow at 9am."),
        (OFFICE, "2026-11-20 17:00", "Closed now. Opens Monday at 9am."),
        ("Mo-Fr 09:30-12:00", "2026-11-23 10:00", "Open now, until midday."),
        ("Mo-Fr 09:30-12:00", "2026-11-23 09:00", "Closed now. Opens today at 9:30am."),
        ("Mo-Fr 12:00-20:30", "2026-11-23 19:00", "Open now, until 8:30pm."),
        ("Mo 18:00-24:00", "2026-11-23 19:00", "Open now, until midnight."),
        ("Fr-Su 00:00-24:00", "2026-11-27 19:00", "Open now, until midnight on Sunday."),
        ("Sa 00:00-12:00", "2026-11-27 19:00", "Closed now. Opens at midnight tonight."),
        ("Sa 00:00-12:00", "2026-11-25 19:00", "Closed now. Opens at the start of Saturday."),
        ("Mo 09:00-12:00", "2026-11-23 13:00", "Closed now. Opens Monday 30 November at 9am."),
        ("24/7", "2026-11-23 13:00", "Open day and night."),
        ("Mo-Su 00:00-24:00", "2026-11-23 13:00", "Open day and night."),
        (
            "Mo-Su 09:00-17:00",
            "2026-12-26 10:00",
            "May be closed today (bank holiday: Boxing Day).",
        ),
        (
            OFFICE,
            "2026-12-25 08:00",
            "May be closed today (bank holiday: Christmas Day).",
        ),
        (
            OFFICE,
            "2026-12-24 18:00",
            "Closed now. Opens tomorrow at 9am. "
            "That is a bank holiday (Christmas Day): it may be closed then.",
        ),
        (OFFICE_NOT_BANK_HOLIDAYS, "2026-12-24 18:00", "Closed now. Opens Tuesday at 9am."),
        # closed today in any case: no word of the bank holiday
        ("Mo-Th 09:00-17:00", "2027-01-01 10:00", "Closed now. Opens Monday at 9am."),
    ],
)
def test_describe(hours, when, text):
    assert said(hours, when) == text


@pytest.mark.parametrize(
    ("hours", "when", "text"),
    [
        (OFFICE, "2026-11-23 20:00", "Today: 9am to 5pm"),
        (OFFICE, "2026-11-22 20:00", "Closed today"),
        (OFFICE_NOT_BANK_HOLIDAYS, "2026-12-25 10:00", "Closed today"),
        ("Mo 10:00-13:00,17:00-19:00", "2026-11-23 20:00", "Today: 10am to 1pm and 5pm to 7pm"),
        (
            "Mo 09:00-10:00,11:00-12:00,13:30-14:00",
            "2026-11-23 20:00",
            "Today: 9am to 10am; 11am to midday; 1:30pm to 2pm",
        ),
        (BREATHING_SPACE, "2026-11-26 12:00", "Today: midnight to 2am and 6pm to 2am"),
        (BREATHING_SPACE, "2026-11-27 12:00", "Today: midnight to 2am and 6pm to midnight"),
        (BREATHING_SPACE, "2026-11-28 12:00", "Today: all day"),
        (BREATHING_SPACE, "2026-11-30 12:00", "Today: midnight to 6am and 6pm to 2am"),
        ("24/7", "2026-11-23 20:00", "Open day and night"),
        (OFFICE, "2026-12-25 10:00", "Hours on other days like today: 9am to 5pm"),
    ],
)
def test_today_hours(hours, when, text):
    assert today_hours(opening_at(hours, ENGLAND, at(when))) == text


# Properties

RULES = [
    OFFICE,
    OFFICE_NOT_BANK_HOLIDAYS,
    WEEKENDS_AND_BANK_HOLIDAYS,
    BREATHING_SPACE,
    "24/7",
    "Mo,We 09:00-20:00; Tu,Th,Fr 09:00-17:00",
    "Mo 10:00-18:00; Tu,Th,Fr 10:00-16:00; We 10:00-13:00,17:00-19:00; PH off",
    "Fr 22:00-04:00",
]
MOMENTS = st.datetimes(
    datetime(2025, 1, 1),  # noqa: DTZ001
    datetime(2028, 12, 31),  # noqa: DTZ001
).map(lambda moment: moment.replace(tzinfo=UTC))


@given(st.sampled_from(RULES), st.sampled_from(list(Nation)), MOMENTS)
def test_what_comes_next_comes_later(hours, nation, moment):
    opening = opening_at(hours, nation, moment)
    assert opening.known
    assert opening.open_now == (opening.always or opening.until is not None)
    assert not (opening.open_now and opening.next_open)
    for later in (opening.until, opening.next_open):
        assert later is None or later.astimezone(UTC) > moment
    for start, end in opening.today:
        assert start.astimezone(UTC) < end.astimezone(UTC)
        assert start.date() == moment.astimezone(LONDON).date()
    words = describe(opening, moment)
    assert words.startswith(("Open", "Closed", "May be closed today"))
    assert words.endswith(".")


SILENT = [OFFICE, BREATHING_SPACE, "Mo-Su 09:00-17:00", "Mo-Su 17:00-24:00", "Fr 22:00-04:00"]


@given(
    st.sampled_from(SILENT),
    st.sampled_from(list(Nation)),
    st.sampled_from([2025, 2026, 2027, 2028]),
    st.data(),
)
def test_on_a_bank_holiday_nothing_is_open_that_does_not_say_so(hours, nation, year, data):
    """At every minute of each nation's own bank holidays, weekends and substitute days too."""
    day = data.draw(st.sampled_from(sorted(holidays_of(nation, year))))
    minute = data.draw(st.integers(0, 24 * 60 - 1))
    moment = datetime.combine(day, time(minute // 60, minute % 60), tzinfo=LONDON)
    opening = opening_at(hours, nation, moment)
    assert not opening.open_now
    assert opening.may_be_closed
    assert opening.next_open is None or opening.next_open.date() > day
    assert "Open now" not in describe(opening, moment)


@pytest.mark.parametrize(
    ("when", "nation"),
    [
        ("2026-12-25 11:00", ENGLAND),
        ("2026-12-28 11:00", ENGLAND),
        ("2027-03-26 11:00", ENGLAND),
        ("2026-11-30 11:00", SCOTLAND),
        ("2027-03-17 11:00", NORTHERN_IRELAND),
        ("2028-05-09 11:00", Nation.JERSEY),  # Liberation Day
    ],
)
def test_a_line_that_says_nothing_of_bank_holidays_may_be_closed_on_one(when, nation):
    assert said(OFFICE, when, nation).startswith("May be closed today (bank holiday: ")


def test_a_night_before_a_bank_holiday_ends_at_midnight_for_all_we_know():
    assert said(BREATHING_SPACE, "2026-12-24 19:00") == "Open now, until midnight."


@given(st.text(alphabet='MoTuWeThFrSaPHSH 0123456789:-,;/+|"ofclosed', max_size=40), MOMENTS)
def test_any_text_gives_an_answer_or_silence(hours, moment):
    opening = opening_at(hours, ENGLAND, moment)
    assert isinstance(describe(opening, moment), str)
    assert isinstance(problem_with_hours(hours), str)


def by_hand(hours: str, nation: Nation, wall: datetime) -> bool:
    """The same rules, written out in Python for one wall-clock minute."""
    day, minute = wall.weekday(), wall.hour * 60 + wall.minute
    holiday = bool(bank_holiday(nation, wall.date()))
    if hours == OFFICE_NOT_BANK_HOLIDAYS:
        return day < 5 and not holiday and 540 <= minute < 1020
    if hours == WEEKENDS_AND_BANK_HOLIDAYS:
        if day > 4 or holiday:
            return 1080 <= minute < 1320
        return 600 <= minute < 1020
    assert hours == BREATHING_SPACE
    if holiday:
        return False
    evening = day < 5 and minute >= 1080
    after_midnight = day in (1, 2, 3, 4) and minute < 120
    return evening or after_midnight or day > 4 or (day == 0 and minute < 360)


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from([OFFICE_NOT_BANK_HOLIDAYS, WEEKENDS_AND_BANK_HOLIDAYS, BREATHING_SPACE]),
    st.sampled_from([ENGLAND, SCOTLAND, WALES, NORTHERN_IRELAND]),
    st.dates(date(2026, 1, 1), date(2027, 12, 20)),
)
def test_agrees_with_a_scan_of_every_minute(hours, nation, day):
    """Nine days, minute by minute in UTC: open now, and the minute of the next change."""
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    minutes = [start + timedelta(minutes=m) for m in range(9 * 24 * 60)]
    truth = [by_hand(hours, nation, m.astimezone(LONDON)) for m in minutes]
    change = None
    for index in range(len(minutes) - 2, -1, -1):
        if truth[index] != truth[index + 1]:
            change = minutes[index + 1]
        if index % 97 == 0:  # a prime, so that every minute of the hour is asked for
            opening = opening_at(hours, nation, minutes[index])
            assert opening.open_now == truth[index], minutes[index]
            if change is not None and not opening.next_open_bank_holiday:
                found = opening.until if opening.open_now else opening.next_open
                assert found is not None
                assert found.astimezone(UTC) == change, minutes[index]
