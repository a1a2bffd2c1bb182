"""What a service publishes, as the criteria look at it.

Not for: comparing it with a person's answers (`criteria`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import (
    Certainty,
    Criteria,
    PathwayOffer,
    Service,
    YesNo,
)
from mmhs_finder.directory.vocabularies import EarlierHelp, PtsdRule, Read
from mmhs_finder.words import say

NO_NAMES: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True)
class Published:
    """Everything the criteria may look at, for one service.

    certainty: how sure it is that the person's place is in its area; None when that is not known.
    neighbour: it is known to serve another area.
    earlier_help: the names of the services that it names as the first to ask, where known.
    """

    service: Service
    criteria: Criteria
    certainty: Certainty | None = None
    neighbour: bool = False
    earlier_help: tuple[str, ...] = ()

    @property
    def notes(self) -> str:
        """What we read about its time limits and pregnancy. The words are ours, so never quoted."""
        notes = (whole(self.criteria.gestation_note), whole(self.service.period_note))
        return " ".join(dict.fromkeys(n for n in notes if n))

    def notes_about(self, *words: str) -> str:
        """The notes when they speak of one of these words, else "". They are shown, not read."""
        return self.notes if any(w in self.notes.lower() for w in words) else ""

    @property
    def silence(self) -> str:
        """As `silence_words`, for this service."""
        return silence_words(self.service.read)

    @property
    def thinly_known(self) -> bool:
        """Most of the six rules that everybody meets are not known to us.

        They are: how to get in, how long ago, being pregnant, age, earlier help, how bad. More than
        half of them unknown is "most".
        """
        c = self.criteria
        known = (
            self.service.self_referral is not YesNo.UNKNOWN,
            c.publishes_time_limit,
            c.accepts_pregnant is not YesNo.UNKNOWN,
            self.service.min_age is not None,
            c.prior_treatment_required is not EarlierHelp.UNKNOWN,
            bool(c.severity.strip()),
        )
        return sum(known) < len(known) / 2


def silence_words(read: Read) -> str:
    """How a blank is told, to go on with "whether ..." or "how ...".

    Only of a page that somebody has read to its end can it be said that it does not say. All else
    is about us.
    """
    return say("silence.page") if read is Read.WHOLE else say("silence.us")


def names_of(directory: Directory) -> Mapping[str, str]:
    """Names by id of the services that some criteria name as the first to ask."""
    ids = {key for c in directory.criteria.values() for key in c.earlier_help}
    return {key: directory.services[key].name for key in ids if key in directory.services}


def whole(text: str) -> str:
    """A text of the directory as a sentence; "" for a blank one."""
    text = _spaced(text)
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."


def bare(text: str) -> str:
    """A text of the directory to stand inside a sentence."""
    return _spaced(text).rstrip(".")


def _spaced(text: str) -> str:
    """A list as it stands in a cell, to be read."""
    return "; ".join(part.strip() for part in text.split(";") if part.strip())


def weeks_words(number: int) -> str:
    """ "1 week", "3 weeks"."""
    return say("period.weeks", count=number)


def period(months: int) -> str:
    """ "12 months", "2 years"."""
    if months >= 24 and months % 12 == 0:
        return say("period.years", count=months // 12)
    return say("period.months", count=months)


def no_criteria(service_id: str) -> Criteria:
    """What is known of a service that has no criteria on record: nothing."""
    return Criteria(
        service_id=service_id,
        birth_trauma=PathwayOffer.UNKNOWN,
        loss=PathwayOffer.UNKNOWN,
        tokophobia=PathwayOffer.UNKNOWN,
        separation=PathwayOffer.UNKNOWN,
        accepts_pregnant=YesNo.UNKNOWN,
        ptsd_required=PtsdRule.UNKNOWN,
        prior_treatment_required=EarlierHelp.UNKNOWN,
    )


def published(
    service: Service,
    criteria: Criteria | None,
    certainty: Certainty | None = None,
    *,
    neighbour: bool = False,
    names: Mapping[str, str] = NO_NAMES,
) -> Published:
    """What a service publishes; all unknown where it has no criteria on record.

    names: as `names_of`; those of the services that it names as the first to ask are taken.
    """
    criteria = criteria or no_criteria(service.id)
    first = tuple(names[key] for key in criteria.earlier_help if key in names)
    return Published(service, criteria, certainty, neighbour, first)
