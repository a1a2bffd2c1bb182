"""Everything that a reader is told of one local service, made once and drawn by every renderer.

Not for: which services there are and in which order (`views.answer`), or markup (`render`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mmhs_finder.answers.types import Match
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
from mmhs_finder.directory.ways import WayKind, has_voice, number_for_referrers, service_ways
from mmhs_finder.views.hours import HoursView, hours_view
from mmhs_finder.views.sources import SourceView, service_source
from mmhs_finder.views.ways import WayView, service_way_views, value_of
from mmhs_finder.views.who import Fact, where_words, who_view
from mmhs_finder.views.wording import distance_words, referral_words, script_text, sentence
from mmhs_finder.words import join_words, say


@dataclass(frozen=True)
class PathwayView:
    """One of the four pathways. text: its name, with "No:" or "Not published:" before it."""

    pathway: Pathway
    state: PathwayOffer
    name: str
    text: str


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
    contact_short: str  # who can ask, for a small card; "" where people ask for themselves
    ways: tuple[WayView, ...]
    no_way: str  # what to do where nothing of how to reach it could be confirmed
    note: str
    script: str  # the words to use with a GP; "" where people ask for themselves
    hours: HoursView
    hours_unknown: str
    helps: tuple[PathwayView, ...]  # MMHS only
    facts: tuple[Fact, ...]
    silent: str  # what no source says, in one sentence
    source: SourceView
    # --- for programs
    status: Status
    self_referral: YesNo
    certainty: Certainty | None
    neighbour: bool  # an MMHS for other areas
    phone_for_referrers: str
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
    def answers_now(self) -> bool:
        """Whether somebody answers a call or a text at this moment."""
        return self.hours.opening.open_now and has_voice(service_ways(self.service))

    def way(self, kind: WayKind) -> str:
        """The bare number or address of a kind, or ""."""
        return value_of(self.ways, kind)


def service_view(match: Match, needs: Sequence[Pathway], at: datetime) -> ServiceView:
    """What a parent is told of a service.

    needs: what happened; those pathways stand first, and the script names them.
    at: the moment that the match's opening was worked out for, aware.
    """
    service, mmhs = match.service, match.kind is ServiceKind.MMHS
    yourself = service.self_referral is YesNo.YES
    ways = service_way_views(service)
    facts, silent = who_view(match)
    return ServiceView(
        id=service.id,
        kind=match.kind,
        name=service.name,
        kind_words=say(f"kind.{match.kind.value}"),
        provider=service.provider,
        serves=_serves(match),
        distance=distance_words(match.distance_km),
        where=where_words(match),
        about=sentence(service.who_for) or ("" if mmhs else say(f"kind_help.{match.kind.value}")),
        confirmed=service.status is Status.OPEN,
        unconfirmed="" if service.status is Status.OPEN else say("card.unconfirmed"),
        unconfirmed_text="" if service.status is Status.OPEN else say("card.unconfirmed_text"),
        contact_heading=say(f"contact.{service.self_referral.value}"),
        contact=_contact(service),
        contact_short="" if yourself else referral_words(service),
        ways=ways,
        no_way="" if ways else say("check_page.no_way"),
        note=sentence(service.referral_note),
        script="" if yourself else script_text(service, needs),
        hours=hours_view(match.opening, service.hours_text, at),
        hours_unknown=say("card.hours_unknown"),
        helps=_helps(match, needs) if mmhs else (),
        facts=facts,
        silent=silent,
        source=service_source(service),
        status=service.status,
        self_referral=service.self_referral,
        certainty=match.certainty,
        neighbour=mmhs and match.certainty is None,
        phone_for_referrers=number_for_referrers(service),
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
    names = [a.name for a in match.areas]
    return say("card.serves", areas=join_words(names)) if names else ""


def _contact(service: Service) -> tuple[str, ...]:
    """Whether a person can ask herself, and who can ask for her."""
    if service.status is not Status.OPEN:
        return (say("contact.unconfirmed_text", name=service.name),)
    if service.self_referral is not YesNo.YES:
        return (referral_words(service),)
    kinds = {way.kind for way in service_ways(service)}
    return () if kinds & {WayKind.PHONE, WayKind.EMAIL} else (say("contact.yes_none"),)


def _helps(match: Match, needs: Sequence[Pathway]) -> tuple[PathwayView, ...]:
    """Each pathway, those that were chosen first."""
    order = [*needs, *(p for p in Pathway if p not in needs)]
    return tuple(pathway_view(p, helps_with(match.criteria, p)) for p in order)


def pathway_view(pathway: Pathway, state: PathwayOffer) -> PathwayView:
    name = say(f"pathway.{pathway.value}")
    text = name
    if state is not PathwayOffer.YES:
        text = f"{say(f'tag.{state.value}')}: {name[0].lower()}{name[1:]}"
    return PathwayView(pathway, state, name, text)
