"""Whether a service takes new people now and how long they wait, as it was told, and of which day.

Such facts change within weeks. After three months they are told as old, never as a sure yes; an old
"no" opens no door, and is told as something to ask about.
Not for: who may ask herself (`said`), or the words (`views.availability`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from mmhs_finder.directory.confirming import Backing, standing
from mmhs_finder.directory.freshness import is_stale
from mmhs_finder.directory.models import Service, YesNo

_SAME_ANSWER: Final = 31
"""Days before the answer of a service of which what it then says of waits may be."""


@dataclass(frozen=True)
class Availability:
    """opens: whether it takes new people; None where nobody says.

    assessment, therapy: weeks that people usually wait for a first appointment, and until the
    therapy begins. as_of: the day of all three; None where it is not known. is_old: more than three
    months ago. backing: who says so.
    """

    opens: bool | None
    assessment: int | None
    therapy: int | None
    as_of: date | None
    is_old: bool
    backing: Backing

    @property
    def waits(self) -> bool:
        """Whether it is known how long people wait."""
        return self.assessment is not None or self.therapy is not None


def availability(service: Service, today: date) -> Availability:
    """What was told of new people and waits. A row may be told by the service in one year, and its
    waits read on a page in another: then nobody says that the service told us of them."""
    as_of, told_on = service.availability_as_of, service.told_on
    told = bool(as_of and told_on and 0 <= (told_on - as_of).days <= _SAME_ANSWER)
    return Availability(
        opens={YesNo.YES: True, YesNo.NO: False}.get(service.new_referrals or YesNo.UNKNOWN),
        assessment=service.wait_assessment_weeks,
        therapy=service.wait_therapy_weeks,
        as_of=as_of,
        is_old=is_stale(as_of, today),
        backing=standing(service) if told else Backing.READ,
    )
