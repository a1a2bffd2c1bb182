"""What each criterion can find, and the words of it: the families of their texts.

A finding is named by the last part of its key (`Check.words`).
Not for: when it is found (`checks`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from mmhs_finder.eligibility.criteria import CriterionId
from mmhs_finder.words import texts

FINDINGS: Final[Mapping[CriterionId, tuple[str, ...]]] = MappingProxyType(
    {
        CriterionId.SAFE: ("may_not",),
        CriterionId.RUNNING: ("not_published", "closed", "closed_read"),
        CriterionId.PATHWAY: (
            "met",
            "in_part",
            "in_part_named",
            "only_if",
            "may_not",
            "not_listed",
            "not_published",
            "further_named",
            "nothing_published",
            "not_answered",
            "other",
            "other_named",
        ),
        CriterionId.LOSS_KIND: (
            "met",
            "to_read",
            "not_named",
            "other_loss",
            "other_loss_age",
            "medical_only",
            "child_age",
        ),
        CriterionId.ONLY_WHEN: (
            "pregnant_only",
            "pregnant_not_answered",
            "not_pregnant_only",
            "not_pregnant_not_answered",
        ),
        CriterionId.AREA: (
            "met",
            "met_plain",
            "may_not",
            "pregnant_may_not",
            "pregnant_not_answered",
            "if_pregnant",
            "not_answered",
            "not_published",
            "inferred",
            "neighbour",
        ),
        CriterionId.MAX_MONTHS: (
            "met",
            "met_pregnant",
            "any_time",
            "may_not",
            "may_not_pregnant",
            "unless_pregnant",
            "not_published",
            "no_limit_but_note",
            "not_answered",
            "not_answered_except",
            "borderline",
            "may_not_apply",
            "other_need",
            "other_need_noted",
        ),
        CriterionId.MIN_WEEKS: (
            "met",
            "wait",
            "wait_maybe",
            "not_published",
            "not_answered",
            "other_need",
            "other_need_noted",
        ),
        CriterionId.PREGNANT: ("met", "may_not", "not_published", "unclear", "not_answered"),
        CriterionId.GESTATION: ("met", "may_not", "not_published", "not_answered"),
        CriterionId.MIN_AGE: ("met", "may_not", "not_published", "not_answered"),
        CriterionId.EARLIER_TREATMENT: (
            "met",
            "not_needed",
            "may_not",
            "contradicted",
            "preferred",
            "preferred_not_answered",
            "not_published",
            "not_answered",
        ),
        CriterionId.MULTIPLE_EVENTS: (
            "met",
            "not_needed",
            "may_not",
            "not_published",
            "not_answered",
        ),
        CriterionId.PARTNER: ("met", "part", "something", "may_not", "not_published"),
        CriterionId.PTSD: (
            "met",
            "not_needed",
            "may_not",
            "trauma",
            "trauma_met",
            "trauma_ask",
            "not_published",
            "not_answered",
        ),
        CriterionId.SEVERITY: ("met", "may_not", "contradicted", "to_read", "not_published"),
        CriterionId.CARE_COORDINATOR: (
            "met",
            "advice_only",
            "offer_unseen",
            "may_not",
            "not_answered",
            "to_read",
        ),
        CriterionId.EXCLUSIONS: ("to_read",),
        CriterionId.RULES: ("not_published",),
        CriterionId.REFERRAL: (
            "met",
            "full",
            "full_dated",
            "by_others",
            "by_others_consent",
            "not_published",
        ),
    }
)
"""Everything that the check of a criterion can find."""

IN_HEADLINE: Final[Mapping[CriterionId, tuple[str, ...]]] = MappingProxyType(
    {
        CriterionId.SAFE: ("may_not",),
        CriterionId.RUNNING: ("closed", "closed_read"),
        CriterionId.PATHWAY: ("in_part", "in_part_named", "only_if", "not_listed"),
        CriterionId.LOSS_KIND: ("not_named", "medical_only"),
        CriterionId.EARLIER_TREATMENT: ("preferred",),
        CriterionId.PARTNER: ("part", "something"),
        CriterionId.CARE_COORDINATOR: ("advice_only",),
        CriterionId.PTSD: ("trauma_ask",),
        CriterionId.REFERRAL: ("full", "full_dated"),
    }
)
"""What has words of its own for the first line, where the name of the criterion says too little."""

_MAY_NOT: Final = (
    CriterionId.SAFE,
    CriterionId.RUNNING,
    CriterionId.PATHWAY,
    CriterionId.AREA,
    CriterionId.MAX_MONTHS,
    CriterionId.PREGNANT,
    CriterionId.GESTATION,
    CriterionId.MIN_AGE,
    CriterionId.EARLIER_TREATMENT,
    CriterionId.MULTIPLE_EVENTS,
    CriterionId.PARTNER,
    CriterionId.PTSD,
    CriterionId.SEVERITY,
    CriterionId.CARE_COORDINATOR,
)
"""Criteria that may turn out not to be met, so that it is said what to do then."""

NAME: Final = texts("check_name.{}", CriterionId)
"""A criterion in a few words."""

ASK: Final = texts("check_ask.{}", CriterionId)
"""The question about it, to put to the service."""

INSTEAD: Final = texts("check_instead.{}", _MAY_NOT)
REASON: Final = texts("check.{}.{}", [(c, found) for c in FINDINGS for found in FINDINGS[c]])
HEADLINE: Final = texts(
    "headline.{}.{}", [(c, found) for c in IN_HEADLINE for found in IN_HEADLINE[c]]
)
