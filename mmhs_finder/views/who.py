"""Whom a service sees, as its sources state it: the facts of a card, and what none of them says.

Not for: comparing it with a person's answers (`eligibility`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from mmhs_finder.answers.types import Match
from mmhs_finder.directory.models import Criteria, Service, YesNo
from mmhs_finder.directory.named import DELIVERY, HELPS_WITH
from mmhs_finder.directory.vocabularies import AreaBasis, EarlierHelp, PartnerSupport
from mmhs_finder.views.availability import available_words
from mmhs_finder.views.silence import blank_text
from mmhs_finder.views.wording import distance_words, listed, period_words, sentence
from mmhs_finder.words import join_words, say, texts

_TERM: Final = texts(
    "card.{}",
    (
        "who",
        "now",
        "severity",
        "time_limit",
        "pregnancy",
        "prior",
        "also",
        "not_for",
        "age",
        "partners",
        "basis",
        "therapies",
        "lived",
        "after",
        "how",
        "where",
    ),
)
_BASIS: Final = texts("card.basis_{}", AreaBasis)
_PRIOR: Final = texts("card.prior_{}", (EarlierHelp.YES, EarlierHelp.PREFERRED))
_PARTNERS: Final = texts(
    "card.partners_{}", [p for p in PartnerSupport if p is not PartnerSupport.UNKNOWN]
)


@dataclass(frozen=True)
class Fact:
    """One thing that is published. id: stable, the last part of its words' key."""

    id: str
    term: str
    text: str


def who_view(match: Match, today: date) -> tuple[tuple[Fact, ...], str]:
    """The facts in the order to read them, and one sentence that names what no source says.

    today: for how old it is what was told of new people and waits.
    """
    service, criteria = match.service, match.criteria
    facts: list[Fact] = []
    silent: list[str] = []

    def add(fact: str, text: str, *, optional: bool = False) -> None:
        term = _TERM(fact)
        if text:
            facts.append(Fact(fact, term, text))
        elif not optional:
            silent.append(term.lower())

    add("who", sentence(service.who_for))
    add("now", available_words(service, today), optional=True)
    if criteria:
        add("severity", sentence(criteria.severity))
        add("time_limit", time_words(criteria))
        add("pregnancy", _pregnancy_words(service, criteria))
        add("prior", _prior_words(criteria))
        add("also", listed(criteria.other_presentations), optional=True)
        add("not_for", sentence(criteria.exclusions), optional=True)
    add("age", say("card.age_min", count=service.min_age) if service.min_age else "")
    add("partners", _partner_words(service))
    basis = join_words([_BASIS(b) for b in service.area_basis])
    add("basis", sentence(basis))
    add("therapies", sentence("; ".join(service.therapies)), optional=True)
    add("lived", sentence(service.lived_experience), optional=True)
    add("after", sentence(service.after_referral), optional=True)
    how = join_words([DELIVERY(d) for d in service.delivery])
    add("how", sentence(how), optional=True)
    add("where", where_words(match))
    text = f"{sentence(join_words(silent))} {blank_text(service.read)}" if silent else ""
    return tuple(facts), text


def time_words(criteria: Criteria) -> str:
    """The limits on how long ago it happened, and what they were published for."""
    words = []
    if criteria.min_weeks_since_event is not None:
        words.append(say("card.time_min", count=criteria.min_weeks_since_event))
    if criteria.max_months_since_event is not None:
        words.append(say("card.time_max", period=period_words(criteria.max_months_since_event)))
    if criteria.any_time:
        words.append(say("card.time_any"))
    if words and criteria.limits_only_for:
        needs = join_words([HELPS_WITH(p) for p in criteria.limits_only_for])
        words.append(say("card.time_only_for", needs=needs))
    return " ".join(words)


def _pregnancy_words(service: Service, criteria: Criteria) -> str:
    words = []
    if criteria.accepts_pregnant is YesNo.YES:
        words.append(say("card.pregnancy_yes"))
    elif criteria.accepts_pregnant is YesNo.NO:
        words.append(say("card.pregnancy_no"))
    if criteria.max_gestation_weeks is not None:
        words.append(say("card.gestation_max", count=criteria.max_gestation_weeks))
    notes = dict.fromkeys(n for n in (criteria.gestation_note, service.period_note) if n)
    words += [sentence(n) for n in notes]
    return " ".join(words)


def _prior_words(criteria: Criteria) -> str:
    rule = criteria.prior_treatment_required
    return _PRIOR(rule) if rule in _PRIOR else ""


def _partner_words(service: Service) -> str:
    """What is done for partners, each kind of help once."""
    known = service.known_partner_support
    return " ".join(_PARTNERS(p) for p in PartnerSupport if p in known)


def where_words(match: Match) -> str:
    """Where care is given, and how far that is; a head office is never given as an address."""
    service = match.service
    if not service.is_real_base:
        return ""
    place = service.address or service.location_name
    if service.postcode not in place:
        place = f"{place}, {service.postcode}"
    distance = distance_words(match.distance_km)
    return sentence(f"{place} ({distance})" if distance else place)
