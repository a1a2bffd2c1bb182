"""Opening hours day by day, as a form asks for them: from the directory's rules, and back.

A day holds spells such as "09:00-13:00,14:00-17:00", `CLOSED`, or "" for not said.
Not for: whether something is open at a moment (`hours`), or what a rule may hold (`cells`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from types import MappingProxyType
from typing import Final

from mmhs_finder.words import clock, date_words, join_words, say

WEEKDAYS: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
HOLIDAYS: Final = "PH"
"""Bank holidays, which a rule may say something of or not."""

DAYS: Final = (*WEEKDAYS, HOLIDAYS)
CLOSED: Final = "off"
ALL_DAY: Final = "00:00-24:00"

_A_MONDAY: Final = date(2026, 11, 23)
_SPELL: Final = r"\d{2}:\d{2}-\d{2}:\d{2}"
_RULE: Final = re.compile(rf"([A-Za-z,\- ]+?) +((?:{_SPELL})(?:,{_SPELL})*|off|closed)")
_NEXT_RULE: Final = re.compile(r";|(?<=:\d\d),(?=\s*[A-Z])|(?<=off),(?=\s*[A-Z])")
_TIME: Final = (
    r"(?P<{0}h>\d{{1,2}})(?:[:.h]?(?P<{0}m>\d{{2}}))?\s*(?P<{0}half>[ap]\.?m\.?)?"
    r"|(?P<{0}word>noon|midday|midnight)"
)
_TYPED: Final = re.compile(
    rf"(?:from\s+)?(?:{_TIME.format('a')})\s*(?:-|to|until|till)\s*(?:{_TIME.format('b')})"
)
_SHUT: Final = re.compile(r"closed|shut|off|no|none|nobody|-")
_DAY_LONG: Final = re.compile(r"(?:open\s+)?(?:24\s*/\s*7|24\s*hours?|all day|day and night)")
_MIDDAY: Final = 12 * 60
_WITHOUT_PARTS: Final = MappingProxyType({"noon": _MIDDAY, "midday": _MIDDAY, "midnight": 0})
_LATE: Final = 15 * 60
_EARLY: Final = 7 * 60
"""Minutes after midnight. Who writes an earlier hour without am or pm may mean the afternoon."""

_OF_HOURS: Final = re.compile(
    r"\d|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\bweek(?:day|end)s?\b|\bbank holiday",
    re.IGNORECASE,
)


def day_words(day: str) -> str:
    """What a day of `DAYS` is called: "Monday", "Bank holidays"."""
    if day == HOLIDAYS:
        return say("ask_hours.holidays")
    return date_words(_A_MONDAY + timedelta(WEEKDAYS.index(day)), "weekday")


def days_of(rules: str) -> dict[str, str] | None:
    """The days that hours in OpenStreetMap syntax name; None where they are not as plain as that.

    A weekday that they leave out is `CLOSED`; bank holidays that they leave out are not said.
    """
    if rules.strip() == "24/7":
        return dict.fromkeys(DAYS, ALL_DAY)
    found: dict[str, str] = {}
    for rule in filter(None, (part.strip() for part in _NEXT_RULE.split(rules))):
        match = _RULE.fullmatch(re.sub(r"\s*([,-])\s*", r"\1", rule))
        days = _named(match[1]) if match else None
        if match is None or days is None:
            return None
        spells = CLOSED if match[2] == "closed" else match[2]
        found.update(dict.fromkeys(days, spells))
    if not found:
        return None
    return {d: found.get(d, "" if d == HOLIDAYS else CLOSED) for d in DAYS}


def _named(text: str) -> list[str] | None:
    """ "Mo-We,Fr,PH" -> its days."""
    days: list[str] = []
    for part in text.replace(" ", "").split(","):
        first, dash, last = part.partition("-")
        if dash and first in WEEKDAYS and last in WEEKDAYS:
            begin, end = WEEKDAYS.index(first), WEEKDAYS.index(last)
            days += WEEKDAYS[begin : end + 1] if begin <= end else ()
            if begin > end:
                days += (*WEEKDAYS[begin:], *WEEKDAYS[: end + 1])
        elif part in DAYS:
            days.append(part)
        else:
            return None
    return days


def rules_of(days: Mapping[str, str]) -> str:
    """The rules of a week: "Mo-Fr 09:00-17:00; PH off". A weekday without spells is closed; ""
    where nothing is said of any."""
    groups, holidays = _groups(days), days.get(HOLIDAYS, "")
    if groups == {ALL_DAY: list(range(7))} and holidays == ALL_DAY:
        return "24/7"
    rules = []
    for spells, places in groups.items():
        named = ",".join(_run(run) for run in _runs(places))
        late = any(end <= start for start, end in _minutes(spells))
        rules.append((f"{named} {spells}", late))
    if not rules:
        return ""
    if holidays:
        rules.append((f"{HOLIDAYS} {holidays}", False))
    night = any(late for _, late in rules)
    joined = [rules[0][0]]
    for rule, _ in rules[1:]:
        # A semicolon would cut the night before at midnight.
        joined.append((", " if night and not rule.endswith(CLOSED) else "; ") + rule)
    return "".join(joined)


def _runs(places: list[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _run(places: list[int]) -> str:
    names = [WEEKDAYS[place] for place in places]
    return f"{names[0]}-{names[-1]}" if len(names) > 2 else ",".join(names)


def week_words(days: Mapping[str, str]) -> str:
    """A week for people: "Monday to Friday, 9am to 5pm. Closed on bank holidays."; "" for none."""
    groups = _groups(days)
    if not groups:
        return ""
    sentences = [f"{_span(places)}, {spell_words(spells)}." for spells, places in groups.items()]
    if groups == {ALL_DAY: list(range(7))}:
        sentences = [say("ask_hours.always")]
    holidays = days.get(HOLIDAYS, "")
    if holidays == CLOSED:
        sentences.append(say("ask_hours.closed_on_holidays"))
    elif holidays and holidays != ALL_DAY:
        sentences.append(f"{day_words(HOLIDAYS)}, {spell_words(holidays)}.")
    return " ".join(sentences)


def _groups(days: Mapping[str, str]) -> dict[str, list[int]]:
    """The places of the weekdays that have the same spells, without closed days."""
    groups: dict[str, list[int]] = {}
    for place, day in enumerate(WEEKDAYS):
        if days.get(day, "") not in ("", CLOSED):
            groups.setdefault(days[day], []).append(place)
    return groups


def _span(places: list[int]) -> str:
    names: list[str] = []
    for run in _runs(places):
        words = [day_words(WEEKDAYS[place]) for place in run]
        long = len(words) > 2
        names += [say("ask_hours.span", first=words[0], last=words[-1])] if long else words
    return join_words(names)


def spell_words(spells: str) -> str:
    """Spells of a day for people: "9am to 1pm and 2pm to 5pm"."""
    if spells in ("", CLOSED):
        return say("ask_hours.closed") if spells else ""
    if spells == ALL_DAY:
        return say("ask_hours.all_day")
    return join_words(
        [
            say("ask_hours.span", first=_clock(start), last=_clock(end))
            for start, end in _minutes(spells)
        ]
    )


def _clock(minutes: int) -> str:
    return clock(time(minutes // 60 % 24, minutes % 60))


def _minutes(spells: str) -> list[tuple[int, int]]:
    found = re.findall(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})", spells)
    return [(int(a) * 60 + int(b), int(c) * 60 + int(d)) for a, b, c, d in found]


def read_spells(typed: str) -> str:
    """What somebody wrote for a day: "9-5" -> "09:00-17:00"; `CLOSED`; "" for a blank.

    Raises ValueError with a message for people, to be read after what was written.
    """
    text = " ".join(re.sub("[\u2010-\u2015\u2212]", "-", typed).casefold().split()).rstrip(".")
    if not text:
        return ""
    if _SHUT.fullmatch(text):
        return CLOSED
    if _DAY_LONG.fullmatch(text):
        return ALL_DAY
    spells: list[str] = []
    before = 0
    for part in re.split(r"\s*(?:,|;|&|\band\b)\s*", text):
        match = _TYPED.fullmatch(part)
        if match is None:
            raise ValueError("is not read as hours. Write them like 9am to 5pm, or closed.")
        start, end = _begins_and_ends(match.groupdict(default=""), before)
        spells.append(f"{_digits(start)}-{_digits(end)}")
        before = end
    return ",".join(spells)


def _digits(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _begins_and_ends(parts: Mapping[str, str], before: int) -> tuple[int, int]:
    """Minutes after midnight. before: when the spell before it ends; 0 for none."""
    start, start_sure = _time(parts, "a")
    end, end_sure = _time(parts, "b")
    if not end_sure and end <= start < min(end + _MIDDAY, _LATE):
        end += _MIDDAY  # "9-5"
    if not start_sure and start < before and start < _MIDDAY:
        start, start_sure = start + _MIDDAY, True  # "9-12, 1-5"
        if not end_sure and end <= start:
            end += _MIDDAY
    if not start_sure and start < _EARLY:
        raise ValueError("could be morning or afternoon. Write am or pm, like 1pm to 5pm.")
    if end == 0:
        end = 24 * 60
    if start == end:
        raise ValueError("begins and ends at the same time. Write it like 9am to 5pm.")
    if start < before:
        raise ValueError("has hours that are not in order. Write the morning first.")
    return start, end


def _time(parts: Mapping[str, str], which: str) -> tuple[int, bool]:
    """Minutes after midnight, and whether morning or afternoon is beyond doubt."""
    if word := parts[f"{which}word"]:
        return _WITHOUT_PARTS[word], True
    hour, minute = int(parts[f"{which}h"]), int(parts[f"{which}m"] or 0)
    half = parts[f"{which}half"].replace(".", "")
    if hour > 24 or minute > 59 or (hour == 24 and minute) or (half and not 1 <= hour <= 12):
        raise ValueError("is no time of day. Write it like 9am to 5pm.")
    if half:
        return hour % 12 * 60 + minute + (_MIDDAY if half == "pm" else 0), True
    written_long = len(parts[f"{which}h"]) == 2 and bool(parts[f"{which}m"])
    return hour * 60 + minute, hour > 12 or hour == 0 or written_long


def more_than_hours(text: str, rules: str) -> str:
    """What a text about hours says beside the hours themselves.

    "Monday to Friday, 9am to 5pm. Not a crisis service." -> "Not a crisis service."
    """
    if said := week_words(days_of(rules) or {}):
        if text == said:
            return ""
        if text.startswith(f"{said} "):
            return text[len(said) + 1 :].strip()
    sentences = re.split(r"(?<=[.!?])\s+", text)
    return " ".join(each for each in sentences if each and not _OF_HOURS.search(each))


def only_hours(text: str, rules: str) -> str:
    """The other part of it: what `more_than_hours` leaves out."""
    more = more_than_hours(text, rules)
    said = week_words(days_of(rules) or {})
    if said and text.startswith(said):
        return said
    sentences = re.split(r"(?<=[.!?])\s+", text)
    return " ".join(each for each in sentences if each and _OF_HOURS.search(each)) if more else text
