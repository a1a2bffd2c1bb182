"""Opening hours in words, such as "Closed now. Opens tomorrow at 9am."

Not for: working out whether something is open (`rules`).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from mmhs_finder.hours.clock import LONDON
from mmhs_finder.hours.rules import Opening
from mmhs_finder.words import clock, date_words, join_words, say


def describe(opening: Opening, at: datetime) -> str:
    """An opening in plain words, such as "Closed now. Opens tomorrow at 9am."; "" when not known.

    `at` is the moment the opening was worked out for, timezone-aware.
    """
    return " ".join(sentences(opening, at))


def sentences(opening: Opening, at: datetime) -> tuple[str, ...]:
    """The same one by one; the first, whether it is open, matters most. Empty when not known."""
    if not opening.known:
        return ()
    if opening.always:
        return (say("hours.always"),)
    today = at.astimezone(LONDON).date()
    if opening.may_be_closed and any(end > at for _, end in opening.today):
        return (say("hours.may_be_closed", holiday=opening.bank_holiday),)
    if opening.open_now and opening.until is not None:
        found = [say("hours.open_until", time=_closing(opening.until, today))]
    elif opening.next_open is not None:
        found = [say("hours.closed"), _opens(opening.next_open, today)]
    else:
        found = [say("hours.open") if opening.open_now else say("hours.closed")]
    if opening.next_open_bank_holiday:
        found.append(say("hours.next_is_holiday", holiday=opening.next_open_bank_holiday))
    return tuple(found)


def today_hours(opening: Opening) -> str:
    """Today's hours, such as "Today: 9am to 5pm"; "" when not known."""
    if not opening.known:
        return ""
    if opening.always:
        return say("hours.today_always")
    if not opening.today:
        return say("hours.today_closed")
    spells = [_spell(start, end) for start, end in opening.today]
    hours = join_words(spells) if len(spells) < 3 else "; ".join(spells)
    if opening.may_be_closed:
        return say("hours.like_today", hours=hours)
    return say("hours.today", hours=hours)


def _spell(start: datetime, end: datetime) -> str:
    if start.time() == end.time() == time(0):
        return say("hours.all_day")
    return say("hours.spell", start=clock(start), end=clock(end))


def _closing(until: datetime, today: date) -> str:
    if until.time() == time(0):  # midnight belongs to the evening before it
        eve = until.date() - timedelta(days=1)
        if eve <= today:
            return clock(until)
        return say("hours.until_midnight", day=_day(eve, today))
    if until.date() == today:
        return clock(until)
    if (until.date() - today).days == 1:
        return say("hours.until_tomorrow", time=clock(until))
    return say("hours.until_day", day=_day(until.date(), today), time=clock(until))


def _opens(moment: datetime, today: date) -> str:
    if moment.time() == time(0):
        if (moment.date() - today).days == 1:
            return say("hours.opens_at_midnight")
        return say("hours.opens_day_start", day=_day(moment.date(), today))
    return say("hours.opens", day=_day(moment.date(), today), time=clock(moment))


def _day(day: date, today: date) -> str:
    days = (day - today).days
    if days < 2:
        return say("hours.day_today") if days == 0 else say("hours.day_tomorrow")
    return date_words(day, "weekday" if days < 7 else "far")
