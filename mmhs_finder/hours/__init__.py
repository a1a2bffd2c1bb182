"""Opening hours: open now or not, today's hours, and each nation's bank holidays.

    >>> at = datetime(2026, 11, 24, 12, tzinfo=LONDON)
    >>> describe(opening_at("Mo-Fr 09:00-17:00; PH off", Nation.ENGLAND, at), at)
    'Open now, until 5pm.'

`rules` reads hours, `bank_holidays` knows the days, `weekly` gives an ordinary week, `wording` says
it, `clock` is the time here.
Not for: which hours a service has (`mmhs_finder.directory`).
"""

from mmhs_finder.hours.bank_holidays import bank_holiday
from mmhs_finder.hours.clock import LONDON
from mmhs_finder.hours.rules import Opening, minute_of, opening_at, problem_with_hours
from mmhs_finder.hours.weekly import WeeklyHours, weekly_hours
from mmhs_finder.hours.wording import describe, sentences, today_hours

__all__ = [
    "LONDON",
    "Opening",
    "WeeklyHours",
    "bank_holiday",
    "describe",
    "minute_of",
    "opening_at",
    "problem_with_hours",
    "sentences",
    "today_hours",
    "weekly_hours",
]
