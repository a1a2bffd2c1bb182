"""The criteria: each one entry of `CRITERIA` with its check.

Not for: how a check compares (`checks`), its words (`reasons`), or what follows (`outcomes`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from mmhs_finder.directory.models import YesNo
from mmhs_finder.directory.vocabularies import EarlierHelp, PtsdRule
from mmhs_finder.eligibility.checks import access, burden, needs, times
from mmhs_finder.eligibility.checks.types import Check
from mmhs_finder.eligibility.person import Answers, Question
from mmhs_finder.eligibility.stated import Published


class CriterionId(StrEnum):
    """The criteria by name, in the order they are told: keys of words and of next steps."""

    SAFE = "safe"
    RUNNING = "running"
    PATHWAY = "pathway"
    LOSS_KIND = "loss_kind"
    ONLY_WHEN = "only_when"
    AREA = "area"
    MAX_MONTHS = "max_months"
    MIN_WEEKS = "min_weeks"
    PREGNANT = "pregnant"
    GESTATION = "gestation"
    MIN_AGE = "min_age"
    EARLIER_TREATMENT = "earlier_treatment"
    MULTIPLE_EVENTS = "multiple_events"
    PARTNER = "partner"
    PTSD = "ptsd"
    SEVERITY = "severity"
    CARE_COORDINATOR = "care_coordinator"
    EXCLUSIONS = "exclusions"
    REFERRAL = "referral"
    RULES = "rules"


@dataclass(frozen=True)
class Criterion:
    """One entry of `CRITERIA`. What it can find, and its words, are declared in `reasons`.

    questions: the answers it needs.
    rule: whether the service publishes something that those answers decide.
    check: a pure function of what is published and what was said; None when it does not apply.
    only: which of the questions this service's rule needs, when not all.
    """

    id: CriterionId
    questions: tuple[Question, ...]
    rule: Callable[[Published], bool]
    check: Callable[[Published, Answers], Check | None]
    only: Callable[[Published, Question], bool] | None = None


def _never(_p: Published) -> bool:
    return False


def _about_area(p: Published, q: Question) -> bool:
    """Whether one of the questions about the area matters for this service."""
    if q is Question.PREGNANT_NOW:
        return bool(p.service.pregnant_area_basis)
    if q is Question.LIVES_IN_AREA and p.certainty is not None:
        return False
    basis = (*p.service.area_basis, *p.service.pregnant_area_basis)
    return any(access.BASIS[b] is q for b in basis)


CRITERIA: Final[tuple[Criterion, ...]] = (
    Criterion(CriterionId.SAFE, (), _never, access.safe),
    Criterion(CriterionId.RUNNING, (), _never, access.running),
    Criterion(CriterionId.PATHWAY, (Question.HAPPENED,), lambda _p: True, needs.pathway),
    Criterion(
        CriterionId.LOSS_KIND,
        (Question.HAPPENED, Question.LOSS_KIND),
        lambda p: bool(p.criteria.loss_kinds or p.criteria.termination_reasons),
        needs.loss_kind,
    ),
    Criterion(
        CriterionId.ONLY_WHEN,
        (Question.HAPPENED, Question.PREGNANT_NOW),
        lambda p: bool(p.criteria.only_if_pregnant or p.criteria.only_if_not_pregnant),
        needs.only_when,
    ),
    Criterion(
        CriterionId.AREA,
        (*access.BASIS.values(), Question.PREGNANT_NOW),
        lambda p: bool(p.service.area_basis or p.service.pregnant_area_basis) and not p.neighbour,
        access.in_area,
        only=_about_area,
    ),
    Criterion(
        CriterionId.MAX_MONTHS,
        (Question.WHEN, Question.HAPPENED, Question.PREGNANT_NOW),
        lambda p: (
            not p.criteria.any_time
            and (
                p.criteria.max_months_since_event is not None
                or bool(p.notes_about(*times.ABOUT_TIME))
            )
        ),
        times.max_months,
        only=lambda p, q: q is not Question.PREGNANT_NOW or bool(p.criteria.max_months_except),
    ),
    Criterion(
        CriterionId.MIN_WEEKS,
        (Question.WHEN, Question.HAPPENED),
        lambda p: p.criteria.min_weeks_since_event is not None,
        times.min_weeks,
    ),
    Criterion(
        CriterionId.PREGNANT,
        (Question.PREGNANT_NOW,),
        lambda p: (
            p.criteria.accepts_pregnant is YesNo.NO or bool(p.notes_about(*times.ABOUT_PREGNANCY))
        ),
        times.pregnant,
    ),
    Criterion(
        CriterionId.GESTATION,
        (Question.PREGNANT_NOW, Question.WEEKS_PREGNANT),
        lambda p: p.criteria.max_gestation_weeks is not None,
        times.gestation,
    ),
    Criterion(
        CriterionId.MIN_AGE,
        (Question.AGE,),
        lambda p: p.service.min_age is not None,
        access.min_age,
    ),
    Criterion(
        CriterionId.EARLIER_TREATMENT,
        (Question.SEEN_BEFORE,),
        lambda p: p.criteria.prior_treatment_required in (EarlierHelp.YES, EarlierHelp.PREFERRED),
        burden.earlier_treatment,
    ),
    Criterion(
        CriterionId.MULTIPLE_EVENTS,
        (Question.SEVERAL_EVENTS,),
        lambda p: p.criteria.multiple_events is YesNo.YES,
        burden.multiple_events,
    ),
    Criterion(
        CriterionId.PARTNER,
        (Question.WHO,),
        lambda p: bool(p.service.known_partner_support),
        needs.partner,
    ),
    Criterion(
        CriterionId.PTSD,
        (Question.PTSD_PRESENTATION,),
        lambda p: p.criteria.ptsd_required in (PtsdRule.YES, PtsdRule.PSYCHOLOGICAL_TRAUMA),
        burden.ptsd,
    ),
    Criterion(
        CriterionId.SEVERITY,
        (Question.SEVERITY,),
        lambda p: bool(p.criteria.severity),
        burden.severity,
    ),
    Criterion(
        CriterionId.CARE_COORDINATOR,
        (Question.SEVERITY, Question.HAS_CARE_COORDINATOR),
        lambda p: (
            p.criteria.care_coordinator is YesNo.YES or p.criteria.complex_needs_offer is not None
        ),
        burden.care_coordinator,
        only=lambda p, q: q is Question.SEVERITY or p.criteria.care_coordinator is YesNo.YES,
    ),
    Criterion(CriterionId.EXCLUSIONS, (), _never, access.exclusions),
    Criterion(CriterionId.REFERRAL, (), _never, access.referral),
    Criterion(CriterionId.RULES, (), _never, access.rules),
)
