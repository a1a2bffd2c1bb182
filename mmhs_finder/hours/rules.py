"""Opening hours as rules: OpenStreetMap `opening_hours`, with the right nation's bank holidays.

opening-hours-py takes no calendar of ours, so `PH` is written out as that nation's dates before it
reads the rule.

Clock times are local (Europe/London) and mean what a clock on the wall shows, also on the two
nights when the clocks change.
Not for: the words for it (`wording`), school holidays (`SH`), or hours that only hold "by
appointment".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from opening_hours import OpeningHours, State

from mmhs_finder.hours.bank_holidays import bank_holiday, holidays_of
from mmhs_finder.hours.clock import LONDON
from mmhs_finder.nation import Nation

_DAY: Final = r"(?:Mo|Tu|We|Th|Fr|Sa|Su)(?:\s*-\s*(?:Mo|Tu|We|Th|Fr|Sa|Su))?"
_DAYS_WITH_PH: Final = re.compile(
    rf"^(?P<days>(?:{_DAY}|PH)(?:\s*,\s*(?:{_DAY}|PH))*)(?:\s+(?P<rest>.*))?$"
)
_PLAIN_REST: Final = re.compile(r"^(?:off|closed|open|24/7|\d{1,2}:\d\d[\d:,\s-]*)$")
# A comma joins two rules only after a time or a word; in "Sa,Su" and "15:00,18:00-21:00" it joins a
# list.
_RULE_BREAK: Final = re.compile(
    r"\s*(;|\|\||(?:(?<=\d:\d\d)|(?<=off)|(?<=closed)|(?<=open)|(?<=24/7)),(?=\s*[A-Z]))\s*"
)
_SPAN: Final = re.compile(r"(\d{1,2}):(\d\d)\s*-\s*(\d{1,2}):(\d\d)")
_NEXT_MORNING: Final = time(12)


@dataclass(frozen=True)
class Opening:
    """Whether a line or service is open at one moment.

    known: False when no hours are published; then every other field is empty.
    open_now: True or False. Never True on a bank holiday when the hours say nothing of those.
    until: when it closes, if open now; None for one that never closes (`always`). Midnight before a
        bank holiday at the latest, when the hours say nothing of those.
    next_open: when it opens next, if not open now: not today, where today `may_be_closed`.
    always: open day and night, every day.
    today: today's opening spells as aware datetimes (start, end); those of an ordinary day, where
        today `may_be_closed`.
    bank_holiday: name of today's bank holiday in this nation, or "".
    may_be_closed: True on a bank holiday when the hours say nothing of bank holidays.
    next_open_bank_holiday: name of the bank holiday on the day of `next_open`, when the hours say
        nothing of bank holidays, so that it may not open; or "".
    """

    known: bool = False
    open_now: bool = False
    until: datetime | None = None
    next_open: datetime | None = None
    always: bool = False
    today: tuple[tuple[datetime, datetime], ...] = ()
    bank_holiday: str = ""
    may_be_closed: bool = False
    next_open_bank_holiday: str = ""


class HoursNotUnderstood(ValueError):
    """Opening hours that this project cannot read. The message says in plain words what is
    wrong."""


def opening_at(hours_osm: str, nation: Nation, at: datetime) -> Opening:
    """Whether something with these hours is open at a moment, and what comes next.

    Args:
        hours_osm: hours in OpenStreetMap `opening_hours` syntax; "" when none are published.
        nation: whose bank holidays hold: the nation where the line or service is run.
        at: the moment, timezone-aware. It is looked at to the minute.

    Returns:
        An `Opening` whose datetimes are aware, in Europe/London. `Opening()` (not known) for blank
        hours and for hours that cannot be read: silent rather than wrong; the data check reports
        the latter. A spell of `today` that began before today is cut at midnight; one that runs
        into tomorrow is cut at midnight too unless it ends by midday ("6pm to 2am" stays whole).

    Raises:
        ValueError: `at` has no timezone.
    """
    if at.tzinfo is None or at.utcoffset() is None:
        raise ValueError("`at` must be an aware datetime, for example datetime.now(LONDON)")
    return _opening(hours_osm.strip(), nation, minute_of(at))


def minute_of(at: datetime) -> datetime:
    """The minute of an aware moment, in UTC: what is asked in one minute has one answer, and the
    hour that the clocks repeat in autumn is two."""
    return at.astimezone(UTC).replace(second=0, microsecond=0)


@lru_cache(maxsize=2048)
def _opening(hours_osm: str, nation: Nation, minute: datetime) -> Opening:
    """As `opening_at`. minute: as `minute_of`. Everybody who asks in one minute shares it."""
    now = minute.astimezone(LONDON)
    wall = now.replace(tzinfo=None, fold=0)
    try:
        rules = rules_of(hours_osm, nation, wall.year)
    except HoursNotUnderstood:
        return Opening()
    if rules.state(wall)[0] is State.UNKNOWN:
        return Opening()

    horizon = _first_of_january(wall.year + 2)
    spells = spells_of(rules, wall, horizon)
    first = next(spells, None)
    usually = first is not None and first[0] <= wall
    always = usually and first is not None and first[1] >= horizon
    silent = not always and not mentions_bank_holidays(hours_osm)
    holiday = bank_holiday(nation, wall.date())
    may_be_closed = bool(holiday) and silent
    open_now = usually and not may_be_closed
    until = first[1] if first is not None and open_now and not always else None
    if until and silent:
        until = _before_a_holiday(wall, until, nation)
    upcoming = first[0] if first is not None else None
    if may_be_closed:
        upcoming = _first_after(wall.date(), first, spells)
    next_open = None if open_now or upcoming is None else _aware(upcoming, now)
    next_holiday = bank_holiday(nation, next_open.date()) if next_open and silent else ""
    return Opening(
        known=True,
        open_now=open_now,
        until=None if until is None else _aware(until, now),
        next_open=next_open,
        always=always,
        today=_today(rules, wall.date()),
        bank_holiday=holiday,
        may_be_closed=may_be_closed,
        next_open_bank_holiday=next_holiday,
    )


def mentions_bank_holidays(hours_osm: str) -> bool:
    """True when the hours say what happens on bank holidays (`PH`)."""
    return re.search(r"\bPH\b", hours_osm) is not None


def problem_with_hours(hours_osm: str) -> str:
    """What is wrong with opening hours, in plain words, or "" when they can be used."""
    try:
        rules = rules_of(hours_osm.strip(), Nation.ENGLAND, 2026)
    except HoursNotUnderstood as error:
        return str(error)
    if '"' in hours_osm or re.search(r"\bunknown\b", hours_osm):
        return "leave out comments and the word unknown: put them in the column for people to read"
    if re.search(r"\d\+|sunrise|sunset|dawn|dusk", hours_osm):
        return "give a closing time on the clock, like 09:00-17:00"
    pieces = _RULE_BREAK.split(hours_osm.strip())
    separators, segments = pieces[1::2], pieces[2::2]
    overriding = any(
        mark == ";" and not re.search(r"\b(?:off|closed)$", segment)
        for mark, segment in zip(separators, segments, strict=True)
    )
    if overriding and _runs_past_midnight(hours_osm):
        return "some of these hours run past midnight: join the rules with commas, not semicolons"
    start = _first_of_january(2026)
    if not any(
        state is State.OPEN for _, _, state, _ in rules.intervals(start, _first_of_january(2027))
    ):
        return "these hours are never open"
    return ""


# Rules ------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def rules_of(hours_osm: str, nation: Nation, year: int) -> OpeningHours:
    """The parsed rules with `PH` written out for the year before, this one and the next.

    Raises HoursNotUnderstood.
    """
    if not hours_osm:
        raise HoursNotUnderstood("no hours are given")
    try:
        OpeningHours(hours_osm)
        written_out = _write_out_holidays(hours_osm, nation, year)
        return OpeningHours(written_out, max_interval_days=800)
    except HoursNotUnderstood:
        raise
    except Exception as error:  # ParserError, which the package does not declare in its types
        hint = "write hours like Mo-Fr 09:00-17:00; PH off"
        raise HoursNotUnderstood(f"these opening hours cannot be read: {hint}") from error


def _write_out_holidays(hours_osm: str, nation: Nation, year: int) -> str:
    """The rules with every `PH` replaced by dates.

    "Sa,Su,PH 18:00-22:00" becomes "Sa,Su 18:00-22:00; 2026 Dec 25,... 18:00-22:00": the date rule
    comes last, so that it holds on a bank holiday whatever its weekday. Raises HoursNotUnderstood.
    """
    if re.search(r"\bSH\b", hours_osm):
        raise HoursNotUnderstood("school holidays (SH) cannot be read: leave them out")
    if not mentions_bank_holidays(hours_osm):
        return hours_osm
    dates = ",".join(
        f"{day.year} {day:%b} {day.day:02}"
        for each in (year - 1, year, year + 1)
        for day in sorted(holidays_of(nation, each))
    )
    pieces = _RULE_BREAK.split(hours_osm)
    result = ""
    for index in range(0, len(pieces), 2):
        separator = pieces[index - 1] if index else ""
        result += f"{separator} " if separator else ""
        result += _write_out_segment(pieces[index], separator or ";", dates)
    return result


def _write_out_segment(segment: str, separator: str, dates: str) -> str:
    if not mentions_bank_holidays(segment):
        return segment
    match = _DAYS_WITH_PH.match(segment)
    rest = (match["rest"] or "open").strip() if match else ""
    if match is None or not _PLAIN_REST.match(rest):
        raise HoursNotUnderstood(
            "bank holidays (PH) must be written like PH off or Sa,Su,PH 10:00-16:00"
        )
    weekdays = [day.strip() for day in match["days"].split(",") if day.strip() != "PH"]
    if not weekdays:
        return f"{dates} {rest}"
    if _runs_past_midnight(rest):
        raise HoursNotUnderstood(
            "for hours past midnight, write bank holidays (PH) as a rule of their own"
        )
    return f"{','.join(weekdays)} {rest}{separator} {dates} {rest}"


def _runs_past_midnight(hours: str) -> bool:
    for start_hour, start_minute, end_hour, end_minute in _SPAN.findall(hours):
        start = int(start_hour) * 60 + int(start_minute)
        end = int(end_hour) * 60 + int(end_minute)
        if end > 24 * 60 or end <= start:
            return True
    return False


# Times ------------------------------------------------------------------------------------------

_Spell = tuple[datetime, datetime]


def spells_of(rules: OpeningHours, start: datetime, end: datetime) -> Iterator[_Spell]:
    """The opening spells that end after `start`, until `end`: wall-clock times, joined where they
    touch."""
    last: _Spell | None = None
    for spell_start, spell_end, state, _ in rules.intervals(start, end):
        if state is not State.OPEN:
            continue
        closes = end if spell_end is None else spell_end
        if last and last[1] == spell_start:
            last = (last[0], closes)
            continue
        if last:
            yield last
        last = (spell_start, closes)
    if last:
        yield last


def _before_a_holiday(wall: datetime, until: datetime, nation: Nation) -> datetime:
    """`until`, or the first midnight before it that a bank holiday begins with."""
    day = wall.date() + timedelta(days=1)
    while datetime.combine(day, time(0)) < until:
        if bank_holiday(nation, day):
            return datetime.combine(day, time(0))
        day += timedelta(days=1)
    return until


def _first_after(day: date, first: _Spell | None, others: Iterator[_Spell]) -> datetime | None:
    """When it opens for the first time after a day, whatever its hours on that day."""
    midnight = datetime.combine(day + timedelta(days=1), time(0))
    spell = first
    while spell and spell[1] <= midnight:
        spell = next(others, None)
    return max(spell[0], midnight) if spell else None


def _today(rules: OpeningHours, day: date) -> tuple[tuple[datetime, datetime], ...]:
    midnight = datetime.combine(day, time(0))
    next_midnight = midnight + timedelta(days=1)
    next_midday = datetime.combine(next_midnight.date(), _NEXT_MORNING)
    yesterday = rules.state(midnight - timedelta(minutes=1))[0] is State.OPEN
    joined: list[_Spell] = []
    window_end = next_midday + timedelta(minutes=1)
    for start, end, state, _ in rules.intervals(midnight, window_end):
        if state is not State.OPEN or start is None:
            continue
        closes = window_end if end is None else end
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], closes)
        else:
            joined.append((start, closes))
    spells = []
    for start, end in joined:
        if start >= next_midnight:
            break
        from_yesterday = start == midnight and yesterday
        if end > next_midnight and (from_yesterday or end > next_midday):
            end = next_midnight
        spells.append((_aware(start), _aware(end)))
    return tuple(spells)


def _first_of_january(year: int) -> datetime:
    return datetime.combine(date(year, 1, 1), time(0))


def _aware(wall: datetime, after: datetime | None = None) -> datetime:
    """A wall-clock time as an aware one.

    In the hour that the spring change skips, 2am. In the hour that the autumn change repeats, the
    first that is later than `after`.
    """
    moment = wall.replace(tzinfo=LONDON)
    utc = moment.astimezone(UTC)
    if utc.astimezone(LONDON).replace(tzinfo=None) != wall:
        return wall.replace(hour=2, minute=0, tzinfo=LONDON)  # the skipped hour is 1am to 2am
    if after is not None and utc <= after.astimezone(UTC):
        return moment.replace(fold=1)
    return moment
