"""How bad it is and what came before: severity, signs of PTSD, earlier help, a care co-ordinator.

Most of it only somebody who refers is asked. Answers that speak against each other ("mild", and
signs of PTSD) are worth asking about: which of them holds, the service can find out.
Not for: what happened (`needs`).
"""

from __future__ import annotations

from mmhs_finder.directory.models import YesNo
from mmhs_finder.directory.vocabularies import (
    ComplexNeedsOffer,
    EarlierHelp,
    PtsdRule,
    Referrer,
)
from mmhs_finder.eligibility.checks.types import (
    Check,
    ask,
    asked_for,
    may_not,
    met,
    not_answered,
    not_published,
    to_read,
)
from mmhs_finder.eligibility.person import Answers, Safety, Severity
from mmhs_finder.eligibility.stated import Published, bare
from mmhs_finder.words import join_words, say


def ptsd(p: Published, a: Answers) -> Check | None:
    """Whether it asks for signs of post-traumatic stress."""
    rule = p.criteria.ptsd_required
    if rule is PtsdRule.PSYCHOLOGICAL_TRAUMA:
        if a.ptsd_presentation is None:
            return to_read("trauma")
        return met("trauma_met") if a.ptsd_presentation else ask("trauma_ask")
    return asked_for(YesNo(rule), a.ptsd_presentation)


def severity(p: Published, a: Answers) -> Check | None:
    """Only a text that begins with a level is compared; any other is there to read."""
    text = bare(p.criteria.severity)
    if not text:
        return not_published()
    least = least_severity(text)
    if a.severity is None or least is None:
        return to_read(text=text)
    if a.severity >= least:
        return met(text=text)
    return ask("contradicted", text=text) if _speaks_against_mild(a) else may_not(text=text)


def least_severity(text: str) -> Severity | None:
    """The level that a text of the directory begins with; None where it names none first."""
    levels = (Severity.MODERATE, Severity.SEVERE)
    return next((s for s in levels if text.lower().startswith(s.name.lower())), None)


def _speaks_against_mild(a: Answers) -> bool:
    """Whether another answer is at odds with "mild"."""
    others = a.ptsd_presentation or a.has_care_coordinator or a.safety is Safety.UNSURE
    return a.severity is Severity.MILD and bool(others)


def earlier_treatment(p: Published, a: Answers) -> Check | None:
    """Whether it asks that something else was tried before, or prefers it."""
    rule = p.criteria.prior_treatment_required
    services = join_words(p.earlier_help, "or") or say("criteria_earlier.any")
    if rule is EarlierHelp.PREFERRED:
        if a.seen_before:
            return met()
        who = _who_can_ask(p)
        if a.seen_before is None:
            return not_answered("preferred_not_answered", services=services, who=who)
        return ask("preferred", services=services, who=who)
    if rule is EarlierHelp.YES and a.seen_before is False:
        if a.has_care_coordinator:
            return ask("contradicted")
        return may_not(services=services)
    return asked_for(YesNo(rule), a.seen_before)


def _who_can_ask(p: Published) -> str:
    """Who can ask whatever came before, to begin a sentence."""
    if p.service.self_referral is YesNo.YES:
        return say("criteria_earlier.you")
    if Referrer.ANY_HEALTH_PROFESSIONAL in p.service.referrers:
        return say("criteria_earlier.any_health_professional")
    return say("criteria_earlier.professional")


def multiple_events(p: Published, a: Answers) -> Check | None:
    """Whether it asks for several losses or traumas."""
    rule = p.criteria.multiple_events or YesNo.UNKNOWN
    return asked_for(rule, a.several_events, only_if_answered=True)


def care_coordinator(p: Published, a: Answers) -> Check | None:
    """For complex needs only, which nobody but a professional is asked about."""
    rule, offer = p.criteria.care_coordinator, p.criteria.complex_needs_offer
    asked = rule is YesNo.YES
    if a.severity is not Severity.COMPLEX:
        return to_read() if asked else None
    if asked and a.has_care_coordinator is None:
        return not_answered()
    if asked and not a.has_care_coordinator:
        return may_not()
    if offer is ComplexNeedsOffer.ASSESSMENT_OR_ADVICE:
        return ask("advice_only")
    if offer is ComplexNeedsOffer.TREATMENT:
        return met()
    return ask("offer_unseen") if asked else None
