"""The bank holidays of each nation, by the names that GOV.UK gives them.

They come from the package `holidays`, because the calendar of opening-hours-py for Great Britain
misses 1 January, Easter Monday and the August bank holiday, and has no nations.
Not for: what is open on them (`rules`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import holidays

from mmhs_finder.nation import Nation
from mmhs_finder.words import join_words, language, say

# Country and subdivision in the package `holidays`. The Crown dependencies have calendars of their
# own there (Liberation Day, Tynwald Day), so they are not treated as England.
_CALENDARS: Final[dict[Nation, tuple[str, str | None]]] = {
    Nation.ENGLAND: ("GB", "ENG"),
    Nation.SCOTLAND: ("GB", "SCT"),
    Nation.WALES: ("GB", "WLS"),
    Nation.NORTHERN_IRELAND: ("GB", "NIR"),
    Nation.JERSEY: ("JE", None),
    Nation.GUERNSEY: ("GG", None),
    Nation.ISLE_OF_MAN: ("IM", None),
}

# Names as GOV.UK writes them (https://www.gov.uk/bank-holidays), where the package writes another.
_GOV_UK_NAMES: Final = {
    "May Day": "Early May bank holiday",
    "May Day Bank Holiday": "Early May bank holiday",
    "Early May Bank Holiday": "Early May bank holiday",
    "Spring Bank Holiday": "Spring bank holiday",
    "Late Summer Bank Holiday": "Summer bank holiday",
    "Summer Bank Holiday": "Summer bank holiday",
    "New Year Holiday": "2nd January",
    "Saint Andrew's Day": "St Andrew's Day",
    "Saint Patrick's Day": "St Patrick's Day",
}


def bank_holiday(nation: Nation, day: date) -> str:
    """The name of the bank holiday on a day, as GOV.UK writes it, or "".

    A holiday that falls on a weekend counts, and so does its substitute day ("Boxing Day,
    substitute day").
    """
    return holidays_of(nation, day.year).get(day, "")


def holidays_of(nation: Nation, year: int) -> Mapping[date, str]:
    """The bank holidays of a nation in a year, with their names. See `bank_holiday`."""
    return _holidays(nation, year, language())


@lru_cache(maxsize=64)
def _holidays(nation: Nation, year: int, _language: str) -> Mapping[date, str]:
    """_language: the one of the moment, which "substitute day" is said in."""
    country, subdivision = _CALENDARS[nation]
    found = holidays.country_holidays(country, subdiv=subdivision, years=year)
    return MappingProxyType(
        {day: _holiday_name(name) for day, name in found.items() if day.year == year}
    )


def _holiday_name(name: str) -> str:
    """One name, GOV.UK style: two on one day are joined; a substitute day says that it is one."""
    names = []
    for each in name.split("; "):
        plain = re.sub(r"\s*\((?:observed|substitute day)\)$", "", each)
        called = _GOV_UK_NAMES.get(plain, plain)
        is_itself = plain == each
        names.append(called if is_itself else say("hours.substitute_day", holiday=called))
    return join_words(names)
