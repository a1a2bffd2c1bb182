"""The criteria: each one entry of `CRITERIA` with its check, and its words in `criteria.toml`.

Not for: how a check compares (`checks`), or the outcome of a service (`outcomes`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from mmhs_finder.directory.models import YesNo
from mmhs_finder.directory.vocabularies import EarlierHelp, PartnerSupport, PtsdRule
from mmhs_finder.eligibility import checks
from mmhs_finder.eligibility.checks import Check
from mmhs_finder.eligibility.person import Answers, Question
from mmhs_finder.eligibility.stated import Published


class CriterionId(StrEnum):
    """The criteria by name, in the order they are told: keys of words and of next steps."""

    SAFE = "safe"
    RUNNING = "running"
    PATHWAY = "pathway"
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


@dataclass(frozen=True)
class Criterion:
    """One entry of `CRITERIA`. Its words: `check.<id>.*`, `check_name.<id>`, `check_ask.<id>` and
    `check_instead.<id>` when it can turn out "may not".

    questions: the answers it needs.
    rule: whether the service publishes something that those answers decide.
    check: a pure function of what is published and what was said; None when it does not apply.
    noted: a published note on the period turns "may not" into "worth asking", with the note: the
        exceptions that services make (a loss longer ago when pregnant again) stand in such notes.
    only: which of the questions this service's rule needs, when not all.
    """

    id: CriterionId
    questions: tuple[Question, ...]
    rule: Callable[[Published], bool]
    check: Callable[[Published, Answers], Check | None]
    noted: bool = False
    only: Callable[[Published, Question], bool] | None = None


def _never(_p: Published) -> bool:
    return False


CRITERIA: Final[tuple[Criterion, ...]] = (
    Criterion(CriterionId.SAFE, (), _never, checks.safe),
    Criterion(CriterionId.RUNNING, (), _never, checks.running),
    Criterion(CriterionId.PATHWAY, (Question.HAPPENED,), lambda _p: True, checks.pathway),
    Criterion(
        CriterionId.AREA,
        tuple(checks.BASIS.values()),
        lambda p: bool(p.service.area_basis) and not p.neighbour,
        checks.in_area,
        only=lambda p, q: (
            any(checks.BASIS[b] is q for b in p.service.area_basis)
            and not (q is Question.LIVES_IN_AREA and p.certainty is not None)
        ),
    ),
    Criterion(
        CriterionId.MAX_MONTHS,
        (Question.WHEN, Question.HAPPENED),
        lambda p: (
            not p.criteria.any_time
            and (
                p.criteria.max_months_since_event is not None
                or bool(p.notes_about(*checks.ABOUT_TIME))
            )
        ),
        checks.max_months,
        noted=True,
    ),
    Criterion(
        CriterionId.MIN_WEEKS,
        (Question.WHEN, Question.HAPPENED),
        lambda p: p.criteria.min_weeks_since_event is not None,
        checks.min_weeks,
    ),
    Criterion(
        CriterionId.PREGNANT,
        (Question.PREGNANT_NOW,),
        lambda p: (
            p.criteria.accepts_pregnant is YesNo.NO or bool(p.notes_about(*checks.ABOUT_PREGNANCY))
        ),
        checks.pregnant,
        noted=True,
    ),
    Criterion(
        CriterionId.GESTATION,
        (Question.PREGNANT_NOW, Question.WEEKS_PREGNANT),
        lambda p: p.criteria.max_gestation_weeks is not None,
        checks.gestation,
        noted=True,
    ),
    Criterion(
        CriterionId.MIN_AGE,
        (Question.AGE,),
        lambda p: p.service.min_age is not None,
        checks.min_age,
    ),
    Criterion(
        CriterionId.EARLIER_TREATMENT,
        (Question.SEEN_BEFORE,),
        lambda p: p.criteria.prior_treatment_required in (EarlierHelp.YES, EarlierHelp.PREFERRED),
        checks.earlier_treatment,
    ),
    Criterion(
        CriterionId.MULTIPLE_EVENTS,
        (Question.SEVERAL_EVENTS,),
        lambda p: p.criteria.multiple_events is YesNo.YES,
        checks.multiple_events,
    ),
    Criterion(
        CriterionId.PARTNER,
        (Question.WHO,),
        lambda p: bool(set(p.service.partner_support) - {PartnerSupport.UNKNOWN}),
        checks.partner,
    ),
    Criterion(
        CriterionId.PTSD,
        (Question.PTSD_PRESENTATION,),
        lambda p: p.criteria.ptsd_required is PtsdRule.YES,
        checks.ptsd,
    ),
    Criterion(
        CriterionId.SEVERITY,
        (Question.SEVERITY,),
        lambda p: bool(p.criteria.severity),
        checks.severity,
    ),
    Criterion(
        CriterionId.CARE_COORDINATOR,
        (Question.SEVERITY, Question.HAS_CARE_COORDINATOR),
        lambda p: p.criteria.care_coordinator is YesNo.YES,
        checks.care_coordinator,
    ),
    Criterion(CriterionId.EXCLUSIONS, (), _never, checks.exclusions),
    Criterion(CriterionId.REFERRAL, (), _never, checks.referral),
)
