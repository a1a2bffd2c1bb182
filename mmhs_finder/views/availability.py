"""Whether a service takes new people now and how long they wait, in words, with their date.

For parents without a promise and without a fright; for people who refer beside the standard of
NICE. Not for: from when on it is old (`directory.availability`), or who may ask (`contact`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from mmhs_finder.directory.availability import Availability, availability
from mmhs_finder.directory.confirming import Backing
from mmhs_finder.directory.models import Service
from mmhs_finder.planning.facts import figures
from mmhs_finder.views.wording import sentence
from mmhs_finder.words import date_words, say, texts

_LEAD: Final = texts("available.{}", Backing)
_WAIT: Final = texts("available.wait_{}", ("assessment", "therapy"))
_WAITED: Final = texts("available.waited_{}", ("assessment", "therapy"))


def month_words(as_of: date) -> str:
    """ "March 2027": as exactly as parents are told of which day something is."""
    return date_words(as_of, "month")


def available_words(service: Service, today: date) -> str:
    """What parents are told of it; "" where nobody says, and where it takes nobody (`contact`).

    Nothing is said to them of an undated "yes": nobody knows whether it still holds.
    """
    found = availability(service, today)
    if found.as_of is None or found.opens is False or not (found.opens or found.waits):
        return ""
    first, *more = _clauses(found)
    then = say("available.old") if found.is_old else say("available.changes")
    lead = _LEAD(found.backing, month=month_words(found.as_of), what=first)
    return " ".join((lead, *map(sentence, more), then))


def _clauses(found: Availability) -> list[str]:
    words = _WAITED if found.is_old else _WAIT
    said = []
    if found.opens:
        said.append(say("available.took") if found.is_old else say("available.takes"))
    for weeks, key in ((found.assessment, "assessment"), (found.therapy, "therapy")):
        if weeks is not None:
            said.append(words(key, weeks=weeks_words(weeks)))
    return said


def weeks_words(weeks: int) -> str:
    """ "about 6 weeks"; of none "less than a week"."""
    return say("available.weeks", count=weeks) if weeks else say("available.no_week")


# --- for people who refer -----------------------------------------------------------------------


def new_referrals_line(service: Service, today: date) -> str:
    """Whether it takes new referrals, and of which day that is; "" where nobody says."""
    found = availability(service, today)
    if found.opens is None:
        return ""
    answer = say("sheet.yes") if found.opens else say("sheet.no")
    return f"{answer} {_day(found)}"


def wait_lines(service: Service, today: date) -> Iterable[str]:
    """The usual waits, each beside the standard."""
    found, nice = availability(service, today), figures()
    for weeks, key in ((found.assessment, "assessment"), (found.therapy, "therapy")):
        if weeks is not None:
            standard = nice[f"nice_{key}"]
            usual = _USUAL(key, weeks=weeks_words(weeks))
            asked = _NICE(key, count=round(standard.value), source=standard.note)
            yield f"{usual} {asked} {_day(found)}"


_USUAL: Final = texts("sheet.wait_{}", ("assessment", "therapy"))
_NICE: Final = texts("sheet.nice_{}", ("assessment", "therapy"))
_SAID: Final = texts("sheet.as_of_{}", Backing)


def _day(found: Availability) -> str:
    if found.as_of is None:
        return say("sheet.as_of_undated")
    said = _SAID(found.backing, date=date_words(found.as_of))
    return f"{said} {say('sheet.as_of_old')}" if found.is_old else said
