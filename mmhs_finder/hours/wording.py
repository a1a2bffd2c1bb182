"""Opening hours in words, such as "Closed now. Opens tomorrow at 9am."

Not for: working out whether something is open (`rules`).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from mmhs_finder.hours.clock import LONDON
from mmhs_finder.hours.rules import Opening


def describe(opening: Opening, at: datetime) -> str:
    """An opening in plain words, such as "Closed now. Opens tomorrow at 9am."; "" when not known.

    `at` is the moment the opening was worked out for, timezone-aware.
    """
    if not opening.known:
        return ""
    if opening.always:
        return "Open day and night."
    today = at.astimezone(LONDON).date()
    if opening.may_be_closed and any(end > at for _, end in opening.today):
        return f"May be closed today (bank holiday: {opening.bank_holiday})."
    if opening.open_now and opening.until is not None:
        text = f"Open now, until {_closing(opening.until, today)}."
    elif opening.next_open is not None:
        text = f"Closed now. Opens {_opens(opening.next_open, today)}."
    else:
        text = "Open now." if opening.open_now else "Closed now."
    if opening.next_open_bank_holiday:
        text += (
            f" That is a bank holiday ({opening.next_open_bank_holiday}): it may be closed then."
        )
    return text


def today_hours(opening: Opening) -> str:
    """Today's hours, such as "Today: 9am to 5pm"; "" when not known."""
    if not opening.known:
        return ""
    if opening.always:
        return "Open day and night"
    if not opening.today:
        return "Closed today"
    spells = [_spell(start, end) for start, end in opening.today]
    day = "Hours on other days like today: " if opening.may_be_closed else "Today: "
    return day + (" and ".join(spells) if len(spells) < 3 else "; ".join(spells))


def clock(moment: datetime | time) -> str:
    """A time of day in the GOV.UK style: 5pm, 9:30am, midnight, midday."""
    if (moment.hour, moment.minute) == (0, 0):
        return "midnight"
    if (moment.hour, moment.minute) == (12, 0):
        return "midday"
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes}{'am' if moment.hour < 12 else 'pm'}"


def _spell(start: datetime, end: datetime) -> str:
    midnights = start.time() == end.time() == time(0)
    return "all day" if midnights else f"{clock(start)} to {clock(end)}"


def _closing(until: datetime, today: date) -> str:
    if until.time() == time(0):  # midnight belongs to the evening before it
        eve = until.date() - timedelta(days=1)
        return "midnight" if eve <= today else f"midnight on {_day(eve, today)}"
    if until.date() == today:
        return clock(until)
    if (until.date() - today).days == 1:
        return f"{clock(until)} tomorrow"
    return f"{_day(until.date(), today)} at {clock(until)}"


def _opens(moment: datetime, today: date) -> str:
    if moment.time() == time(0):
        if (moment.date() - today).days == 1:
            return "at midnight tonight"
        return f"at the start of {_day(moment.date(), today)}"
    return f"{_day(moment.date(), today)} at {clock(moment)}"


def _day(day: date, today: date) -> str:
    days = (day - today).days
    if days < 2:
        return "today" if days == 0 else "tomorrow"
    weekday = f"{day:%A}"
    return weekday if days < 7 else f"{weekday} {day.day} {day:%B}"
