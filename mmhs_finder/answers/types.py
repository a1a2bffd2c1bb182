"""The types that carry an answer from the finder to whatever shows it.

Text -> `Postcode` -> `Place` -> `Answer` -> page, terminal or JSON.
Not for: rules (`finder`) or words (`words`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mmhs_finder.directory.models import (
    Area,
    Certainty,
    Criteria,
    DevolvedService,
    LossKind,
    NationalSupport,
    Pathway,
    Service,
    ServiceKind,
)
from mmhs_finder.directory.ways import has_number, line_ways
from mmhs_finder.hours import Opening
from mmhs_finder.places.place import Notice, Place


class Outcome(StrEnum):
    """The closed set of answers to "which MMHS is mine?"; every view follows from it."""

    ONE_SERVICE = "one_service"
    SEVERAL_SERVICES = "several_services"  # shared council, or an area answer with several
    UNCONFIRMED = "unconfirmed"  # only services whose running could not be confirmed
    CLOSED = "closed"  # the only one was reported closed
    NONE_PUBLISHED = "none_published"  # no public page was found for this area
    OTHER_NATION = "other_nation"  # MMHS exist in England only


@dataclass(frozen=True)
class Match:
    """A service of the directory in an answer."""

    service: Service
    opening: Opening
    certainty: Certainty | None = None  # None: a neighbour, or it takes people from anywhere
    criteria: Criteria | None = None  # MMHS only
    areas: tuple[Area, ...] = ()  # those of the place's areas that it serves
    lat: float | None = None  # of its real base only
    lon: float | None = None
    office_lat: float | None = None  # of the provider's head office: never an address to go to
    office_lon: float | None = None
    distance_km: float | None = None  # geodesic, from the place to the real base

    @property
    def kind(self) -> ServiceKind:
        return self.service.kind


@dataclass(frozen=True)
class Offer:
    """A national line, charity or route in an answer."""

    support: NationalSupport
    opening: Opening

    @property
    def answers_now(self) -> bool:
        """It has a confirmed number for the public, and is open."""
        return self.opening.open_now and has_number(line_ways(self.support))


@dataclass(frozen=True)
class Answer:
    """Everything a page needs to show for one place and what happened."""

    place: Place
    needs: tuple[Pathway, ...]
    outcome: Outcome
    at: datetime  # the moment for which "open now" holds; aware, Europe/London
    mmhs: tuple[Match, ...] = ()
    closed: tuple[Service, ...] = ()  # MMHS of the place's areas that were reported closed
    alternatives: tuple[Match, ...] = ()  # in the order to offer them
    neighbours: tuple[Match, ...] = ()  # MMHS of adjoining areas
    routes: tuple[Offer, ...] = ()  # where no local one is known: the national finder, the GP, ...
    national: tuple[Offer, ...] = ()  # lines and charities, best fit first
    devolved: tuple[DevolvedService, ...] = ()
    urgent: tuple[Offer, ...] = ()
    notices: tuple[Notice, ...] = ()
    loss_kind: LossKind | None = None  # where she has said which loss it was
