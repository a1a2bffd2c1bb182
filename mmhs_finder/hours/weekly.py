"""Opening hours as they are in an ordinary week: for calendars and feeds, which know weekdays only.

Not for: bank holidays, of which a week says nothing, or whether anything is open now (`rules`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from mmhs_finder.hours.rules import HoursNotUnderstood, rules_of, spells_of
from mmhs_finder.nation import Nation

_WEEK: Final = timedelta(weeks=1)
_MONDAYS: Final = tuple(
    datetime.combine(day, time(0)) + n * _WEEK
    for day in (date(2026, 6, 1), date(2026, 11, 2))
    for n in range(4)
)
"""Weeks of summer and winter in which England has no bank holiday."""


@dataclass(frozen=True)
class WeeklyHours:
    """The same hours on some days. days: 0 is Monday.

    closes: earlier than `opens` where it closes on the next morning; 00:00 is the end of the day.
    """

    days: tuple[int, ...]
    opens: time
    closes: time


@lru_cache(maxsize=1024)
def weekly_hours(hours_osm: str) -> tuple[WeeklyHours, ...]:
    """The hours of an ordinary week, by day and time.

    Args:
        hours_osm: hours in OpenStreetMap `opening_hours` syntax; "" when none are published.

    Returns:
        () for blank hours, for hours that cannot be read, and where not every week is the same:
        silent rather than wrong.
    """
    try:
        weeks = {tuple(_days(hours_osm.strip(), monday)) for monday in _MONDAYS}
    except HoursNotUnderstood:
        return ()
    if len(weeks) != 1:
        return ()
    found: dict[tuple[time, time], list[int]] = {}
    for day, opens, closes in weeks.pop():
        found.setdefault((opens, closes), []).append(day)
    rows = (WeeklyHours(tuple(days), *span) for span, days in found.items())
    return tuple(sorted(rows, key=lambda row: (row.days, row.opens)))


def _days(hours_osm: str, monday: datetime) -> Iterator[tuple[int, time, time]]:
    """(day, opens, closes) of one week. Raises HoursNotUnderstood."""
    rules = rules_of(hours_osm, Nation.ENGLAND, monday.year)
    for start, end in spells_of(rules, monday - _WEEK, monday + 2 * _WEEK):
        for opens, closes in _pieces(start, end):
            if monday <= opens < monday + _WEEK:
                yield opens.weekday(), opens.time(), closes.time()


def _pieces(start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """A spell in parts of a day. One that ends on the next morning, earlier by the clock than it
    began, stays whole: "6pm to 2am"."""
    while start < end:
        midnight = datetime.combine(start.date() + timedelta(days=1), time(0))
        is_night = end < midnight + timedelta(days=1) and end.time() < start.time()
        stop = end if end <= midnight or is_night else midnight
        yield start, stop
        start = stop
