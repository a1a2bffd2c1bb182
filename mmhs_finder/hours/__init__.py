"""Opening hours: open now or not, today's hours, and each nation's bank holidays.

    >>> opening = opening_at("Mo-Fr 09:00-17:00; PH off", Nation.ENGLAND, now())
    >>> describe(opening, now())
    'Open now, until 5pm.'

`rules` reads hours, `bank_holidays` knows the days, `wording` says it, `clock` is the time here.
Not for: which hours a service has (`mmhs_finder.directory`).
"""

from mmhs_finder.hours.bank_holidays import bank_holiday
from mmhs_finder.hours.clock import LONDON, now
from mmhs_finder.hours.rules import Opening, opening_at, problem_with_hours
from mmhs_finder.hours.wording import describe, today_hours

__all__ = [
    "LONDON",
    "Opening",
    "bank_holiday",
    "describe",
    "now",
    "opening_at",
    "problem_with_hours",
    "today_hours",
]
