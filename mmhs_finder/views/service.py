"""Everything that a reader is told of one local service, made once and drawn by every renderer.

Not for: which services there are and in which order (`views.answer`), or markup (`render`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mmhs_finder.answers.types import Match
from mmhs_finder.directory.availability import Availability, availability
from mmhs_finder.directory.models import (
    Certainty,
    Criteria,
    Pathway,
    PathwayOffer,
    Service,
    ServiceKind,
    Status,
    YesNo,
    helps_with,
)
from mmhs_finder.directory.named import HELPS_WITH, KIND, PATHWAY, area_words
from mmhs_finder.directory.said import may_ask_herself, only_if
from mmhs_finder.directory.vocabularies import Read
from mmhs_finder.directory.ways import (
    WayKind,
    email_for_referrers,
    has_own_way,
    number_for_referrers,
    public_hours,
)
from mmhs_finder.eligibility import silence_words
from mmhs_finder.views.availability import available_words
from mmhs_finder.views.contact import asking_words, contact_heading, contact_words, referral_note
from mmhs_finder.views.hours import HoursView, hours_view
from mmhs_finder.views.silence import blank_tag, blank_text
from mmhs_finder.views.sources import SourceView, service_source
from mmhs_finder.views.status import status_words
from mmhs_finder.views.ways import WayView, service_way_views, value_of
from mmhs_finder.views.who import Fact, where_words, who_view
from mmhs_finder.views.wording import distance_words, sentence, words_for
from mmhs_finder.words import join_words, say, texts


@dataclass(frozen=True)
class PathwayView:
    """One of the four pathways. text: its name, with "No:" or "Not published:" before it.

    only_if: the condition on which they help with it, in their words; then it is no plain yes.
    """

    pathway: Pathway
    state: PathwayOffer
    name: str
    text: str
    only_if: str = ""

    @property
    def is_plain_yes(self) -> bool:
        return self.state is PathwayOffer.YES and not self.only_if


@dataclass(frozen=True)
class ServiceView:
    """A service as a reader is told of it. Blank texts and empty tuples are not drawn.

    Words first, then the plain values that programs need. `phone_for_referrers` is given beside
    words that say for whom it is, and never as a link.
    """

    id: str
    kind: ServiceKind
    name: str
    kind_words: str
    provider: str
    serves: str  # "Serves Canterbury"; "" where it serves no area of this place
    distance: str  # "about 3 miles away in a straight line"
    where: str  # the address of care with the distance; never a head office
    about: str  # what it is, in a sentence
    confirmed: bool
    unconfirmed: str  # a few words for a tag
    unconfirmed_text: str
    contact_heading: str
    contact: tuple[str, ...]
    contact_short: str  # who can ask, in a few words; "" where people ask for themselves
    acts: bool  # she may turn to it herself, and has a number, an address or a form
    ways: tuple[WayView, ...]
    no_way: str  # what to do where nothing of how to reach it could be confirmed
    note: str
    script: str  # the words to use with a GP; "" where people ask for themselves
    hours: HoursView
    hours_unknown: str  # what to do where no hours are known
    blank_tag: str  # "Not known to us", before what no source says
    helps: tuple[PathwayView, ...]  # MMHS only
    helps_unknown: str  # what of it is not known to us, in a sentence
    facts: tuple[Fact, ...]
    silent: str  # what no source says, in one sentence
    available: str  # whether it takes new people and how long they wait, with the month; or ""
    source: SourceView
    # --- for programs
    status: Status
    self_referral: YesNo
    certainty: Certainty | None
    neighbour: bool  # an MMHS for other areas
    phone_for_referrers: str
    email_for_referrers: str
    availability: Availability
    service: Service
    criteria: Criteria | None
    areas: tuple[tuple[str, str], ...]  # (code, name)
    point: tuple[float, float] | None  # latitude, longitude of its real base
    office: tuple[float, float] | None  # of a head office: never a place to go to
    distance_km: float | None

    @property
    def subtitle(self) -> tuple[str, ...]:
        return tuple(t for t in (self.kind_words, self.provider, self.serves) if t)

    @property
    def short_subtitle(self) -> tuple[str, ...]:
        return tuple(t for t in (self.kind_words, self.provider, self.distance) if t)

    @property
    def in_short(self) -> str:
        """One line for a row: whom it is for in its own words, else what kind it is; how far."""
        if self.neighbour:
            return self.serves[:1].upper() + self.serves[1:]
        what = self.about if self.service.who_for else self.kind_words
        return " · ".join(
            t for t in (what.rstrip(".") if self.distance else what, self.distance) if t
        )

    @property
    def all_known(self) -> str:
        """What opens all that is known of it; a long name stands above it already."""
        name = self.name if len(self.name) <= _SHORT else say("facts.them")
        return say("facts.all", name=name, count=self.facts_known)

    @property
    def facts_known(self) -> int:
        """How many things are known of it: how to ask, its hours, and each fact."""
        return 1 + self.hours.known + len(self.facts)

    def way(self, kind: WayKind) -> str:
        """The bare number or address of a kind, or ""."""
        return value_of(self.ways, kind)


_SHORT: Final = 16  # letters of a name that leave a fold in one line on a phone
_KIND_HELP: Final = texts("kind_help.{}", [k for k in ServiceKind if k is not ServiceKind.MMHS])
_STATE: Final = texts("tag.{}", (PathwayOffer.YES, PathwayOffer.NO, PathwayOffer.NOT_LISTED))


def service_view(match: Match, needs: Sequence[Pathway], at: datetime) -> ServiceView:
    """What a parent is told of a service.

    needs: what happened; a local service has those pathways first, and the script names them.
    at: the moment that the match's opening was worked out for, aware.
    """
    service, mmhs = match.service, match.kind is ServiceKind.MMHS
    yourself = may_ask_herself(service, needs)
    status = status_words(service)
    ways = service_way_views(service)
    today = at.date()
    facts, silent = who_view(match, today)
    neighbour = mmhs and match.certainty is None
    helps = _helps(match, () if neighbour else needs) if mmhs else ()
    return ServiceView(
        id=service.id,
        kind=match.kind,
        name=service.name,
        kind_words=KIND(match.kind),
        provider=service.provider,
        serves=_serves(match),
        distance=distance_words(match.distance_km),
        where=where_words(match),
        about=sentence(service.who_for) or ("" if mmhs else _KIND_HELP(match.kind)),
        confirmed=service.status is Status.OPEN,
        unconfirmed=status.tag,
        unconfirmed_text=status.text,
        contact_heading=contact_heading(service, needs, today=today),
        contact=contact_words(service, needs=needs, today=today),
        contact_short=asking_words(service, today=today) if ways else "",
        acts=yourself and has_own_way(service),
        ways=ways,
        no_way="" if ways else say("card.no_way"),
        note=referral_note(service),
        script=words_for(match, needs),
        hours=hours_view(match.opening, public_hours(service)[1], at),
        hours_unknown=blank_text(service.read),
        blank_tag=blank_tag(service.read),
        helps=helps,
        helps_unknown=_helps_unknown(helps, service),
        facts=facts,
        silent=silent,
        available=available_words(service, today),
        source=service_source(service, today),
        status=service.status,
        self_referral=service.self_referral,
        certainty=match.certainty,
        neighbour=neighbour,
        phone_for_referrers=number_for_referrers(service),
        email_for_referrers=email_for_referrers(service),
        availability=availability(service, today),
        service=service,
        criteria=match.criteria,
        areas=tuple((a.code, a.name) for a in match.areas),
        point=_point(match.lat, match.lon),
        office=_point(match.office_lat, match.office_lon),
        distance_km=match.distance_km,
    )


def _point(lat: float | None, lon: float | None) -> tuple[float, float] | None:
    return None if lat is None or lon is None else (lat, lon)


def _serves(match: Match) -> str:
    names = [area_words(a.name) for a in match.areas]
    return say("card.serves", areas=join_words(names)) if names else ""


def _helps(match: Match, needs: Sequence[Pathway]) -> tuple[PathwayView, ...]:
    """Each pathway, those that were chosen first."""
    order = [*needs, *(p for p in Pathway if p not in needs)]
    return tuple(
        pathway_view(
            p, helps_with(match.criteria, p), match.service.read, only_if(match.criteria, p)
        )
        for p in order
    )


def _helps_unknown(helps: Sequence[PathwayView], service: Service) -> str:
    """One sentence for all that no source says: four tags of it would hide what they do."""
    unknown = [HELPS_WITH(p.pathway) for p in helps if p.state is PathwayOffer.UNKNOWN]
    if not unknown:
        return ""
    return say(
        "criteria_offer.unknown",
        silence=silence_words(service.read),
        needs=join_words(unknown, "or"),
    )


def pathway_view(
    pathway: Pathway, state: PathwayOffer, read: Read, condition: str = ""
) -> PathwayView:
    """condition: as of `said.only_if`."""
    name = PATHWAY(pathway)
    text = name
    if condition:
        text = say("tag.only_if", name=name, condition=condition)
    elif state is not PathwayOffer.YES:
        unknown = state is PathwayOffer.UNKNOWN
        before = blank_tag(read) if unknown else _STATE(state)
        text = f"{before}: {name[0].lower()}{name[1:]}"
    return PathwayView(pathway, state, name, text, condition)
