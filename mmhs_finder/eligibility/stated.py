"""What a service publishes: its columns, and what its own text plainly says.

Not for: comparing it with a person's answers (`criteria`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from mmhs_finder.directory.models import Certainty, Criteria, Pathway, Service, YesNo


@dataclass(frozen=True)
class Stated:
    """What a service says in plain text and no column of the directory holds. None: not said.

    limits_only_for: the pathways that its time limits were published for, when not for all.
    """

    no_time_limit: bool | None = None
    no_gestation_limit: bool | None = None
    limits_only_for: frozenset[Pathway] | None = None
    multiple_events: YesNo | None = None  # several losses or traumas asked for
    care_coordinator: YesNo | None = None  # for complex needs


@dataclass(frozen=True)
class Reading:
    """What a person read in a row's own text. It holds only while the text still says `quotes`."""

    stated: Stated
    quotes: tuple[str, ...]


READINGS: Final[Mapping[str, Reading]] = MappingProxyType(
    {
        "thrive-kent-medway": Reading(
            Stated(no_time_limit=True, care_coordinator=YesNo.YES),
            (
                "It can be recent or long ago",
                "Complex mental health needs: must already be care co-ordinated",
            ),
        ),
        "helix-slam": Reading(Stated(no_time_limit=True), ("however long ago",)),
        "silver-birch-hubs": Reading(
            Stated(no_time_limit=True), ("It does not matter how long ago",)
        ),
        "bnssg-maternal-loss-and-trauma-service": Reading(
            Stated(limits_only_for=frozenset({Pathway.BIRTH_TRAUMA})),
            ("Whether this also applies after a loss is not published",),
        ),
    }
)


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
    stated: Stated = field(default_factory=Stated)

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
        birth_trauma=YesNo.UNKNOWN,
        loss=YesNo.UNKNOWN,
        tokophobia=YesNo.UNKNOWN,
        separation=YesNo.UNKNOWN,
        accepts_pregnant=YesNo.UNKNOWN,
        ptsd_required=YesNo.UNKNOWN,
        prior_treatment_required=YesNo.UNKNOWN,
    )


def published(
    service: Service,
    criteria: Criteria | None,
    certainty: Certainty | None = None,
    *,
    neighbour: bool = False,
    stated: Stated | None = None,
) -> Published:
    """What a service publishes, its columns and what its own text plainly says."""
    criteria = criteria or _no_criteria(service.id)
    reading = READINGS.get(service.id)
    if stated is None and reading:
        own = (service.who_for, service.period_note, criteria.gestation_note, criteria.exclusions)
        still_says = all(any(quote in text for text in own) for quote in reading.quotes)
        stated = reading.stated if still_says else None
    return Published(service, criteria, certainty, neighbour, stated or Stated())
