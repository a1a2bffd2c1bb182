"""Opening hours as the standard has them: what repeats each week (RFC 5545), and as published.

Bank holidays cannot be said in it: they stand in the published words only.
Not for: which hours may be told (`directory.ways`), or reading them (`hours`).
"""

from __future__ import annotations

from datetime import time
from typing import Final

from mmhs_finder.hours import WeeklyHours, weekly_hours
from mmhs_finder.render.json import Json
from mmhs_finder.render.open_referral.ids import feed_id

_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_END_OF_DAY: Final = "23:59"
"""How the end of the day is written: many programs read no 24:00, and take 00:00 for its start."""


def schedules(owner: str, hours_osm: str, published: str) -> list[Json]:
    """The rows of an entry. owner: its id. hours_osm, published: those that may be told, or ""."""
    said = {"description": published} if published else {}
    rows = [_row(row) | said for row in weekly_hours(hours_osm)]
    if not rows and said:
        rows = [said]
    return [
        {"id": feed_id("schedule", owner, str(number)), "service_id": owner, **row}
        for number, row in enumerate(rows)
    ]


def _row(row: WeeklyHours) -> Json:
    return {
        "freq": "WEEKLY",
        "interval": 1,
        "byday": ",".join(_DAYS[day] for day in row.days),
        "opens_at": f"{row.opens:%H:%M}",
        "closes_at": _END_OF_DAY if row.closes == time(0) else f"{row.closes:%H:%M}",
    }
