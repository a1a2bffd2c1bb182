"""Numbers and dates as the language of the moment writes them.

The patterns of dates are texts (`dates.toml`), the names in them are the CLDR's, by Babel.
Not for: opening hours (`mmhs_finder.hours`), or figures with a unit (each view has its own text).
"""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from mmhs_finder.words.families import texts
from mmhs_finder.words.language import locale
from mmhs_finder.words.saying import say

_PATTERN: Final = texts("date.{}", ("day", "month", "weekday", "far"))


def number(value: float, places: int = 0) -> str:
    """12345.6 -> "12,346"; with one place "12,345.6"."""
    rounded = Decimal(f"{value:.{places}f}")
    pattern = "#,##0." + "0" * places if places else "#,##0"
    return format_decimal(rounded, pattern, locale=locale(), decimal_quantization=False)


def plain_date(text: str) -> str:
    """ "2023-08" -> "August 2023"; "2026-11-22" -> "22 November 2026"; "2023" as it is."""
    parts = [int(part) for part in text.split("-")] if "-" in text else []
    if not parts:
        return text
    if len(parts) == 2:
        return date_words(date(parts[0], parts[1], 1), "month")
    return date_words(date(*parts), "day")


def date_words(day: date, form: str = "day") -> str:
    """form: "day" (22 November 2026), "month" (November 2026), "weekday" (Sunday), or "far"
    (Sunday 22 November)."""
    return format_date(day, _PATTERN(form), locale=locale())


def clock(moment: datetime | time) -> str:
    """A time of day in the GOV.UK style: 5pm, 9:30am, midnight, midday."""
    if (moment.hour, moment.minute) == (0, 0):
        return say("clock.midnight")
    if (moment.hour, moment.minute) == (12, 0):
        return say("clock.midday")
    pattern = say("clock.minutes") if moment.minute else say("clock.hour")
    return format_time(time(moment.hour, moment.minute), pattern, locale=locale())
