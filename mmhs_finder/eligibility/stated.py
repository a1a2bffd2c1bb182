"""What a service publishes, as the criteria look at it.

Not for: comparing it with a person's answers (`criteria`).
"""

from __future__ import annotations

from dataclasses import dataclass

from mmhs_finder.directory.models import Certainty, Criteria, PathwayOffer, Service, YesNo
from mmhs_finder.directory.vocabularies import EarlierHelp, PtsdRule


@dataclass(frozen=True)
class Published:
    """Everything the criteria may look at, for one service.

    certainty: how sure it is that the person's place is in its area; None when that is not known.
    neighbour: it is known to serve another area.
    """

    service: Service
    criteria: Criteria
    certainty: Certainty | None = None
    neighbour: bool = False

    @property
    def notes(self) -> str:
        """What the service says about its time limits and pregnancy, in its own words."""
        notes = (self.criteria.gestation_note.strip(), self.service.period_note.strip())
        return " ".join(dict.fromkeys(n for n in notes if n))

    def notes_about(self, *words: str) -> str:
        """The notes when they speak of one of these words, else "". They are quoted, not read."""
        return self.notes if any(w in self.notes.lower() for w in words) else ""


def _no_criteria(service_id: str) -> Criteria:
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
) -> Published:
    """What a service publishes; all unknown where it has no criteria on record."""
    return Published(service, criteria or _no_criteria(service.id), certainty, neighbour)
