"""The published criteria of a service as questions to answer before somebody is referred.

Which criteria a service publishes is asked of `eligibility.CRITERIA`, and what it publishes is said
in the rows of its sheet. Nothing is answered here: a question decides nothing.
Not for: comparing answers with criteria (`eligibility`), or the other parts of a pack.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from mmhs_finder.directory.models import FurtherNeed, Need, Pathway, PathwayOffer, YesNo
from mmhs_finder.directory.named import NEED_TERM
from mmhs_finder.directory.said import only_if
from mmhs_finder.directory.vocabularies import AreaBasis, LimitException
from mmhs_finder.eligibility import CRITERIA, CriterionId, Published
from mmhs_finder.views import sheet_words
from mmhs_finder.views.sheet import Sheet
from mmhs_finder.views.wording import period_words, sentence
from mmhs_finder.words import join_words, say

_ALWAYS: Final = frozenset({CriterionId.SAFE, CriterionId.AREA, CriterionId.EXCLUSIONS})
"""Criteria that need no answer of a person to be checked, so that their rule says nothing."""

_NOT_TAKEN: Final = (PathwayOffer.NO, PathwayOffer.NOT_LISTED)
_ENDS: Final = re.compile(r";|(?<=[.!?])\s+(?=[A-Z])")


@dataclass(frozen=True)
class PackQuestion:
    """A question that somebody who refers can answer. stated: what the service publishes of it,
    or else that it comes from its criteria."""

    criterion: CriterionId
    text: str
    stated: tuple[str, ...]


def taken(facts: Published) -> tuple[Need, ...]:
    """What the service says that it helps with, in the usual order."""
    needs: tuple[Need, ...] = (*Pathway, *FurtherNeed)
    return tuple(n for n in needs if facts.criteria.offers(n) is PathwayOffer.YES)


def pack_questions(facts: Published, sheet: Sheet) -> tuple[PackQuestion, ...]:
    """A question for each criterion that is published, in the order of the criteria.

    sheet: of the same service, for what it publishes. First of all whether the person is safe.
    """
    return tuple(
        PackQuestion(criterion.id, text, _stated(criterion.id, facts, sheet))
        for criterion in CRITERIA
        if criterion.id in _ASKED and (criterion.id in _ALWAYS or criterion.rule(facts))
        for text in _ASKED[criterion.id](facts)
    )


def needs_words(needs: Iterable[Need]) -> str:
    """Some of what a service may help with, by their terms for somebody who refers."""
    return "; ".join(NEED_TERM(n) for n in needs)


# --- the questions ------------------------------------------------------------------------------


def _safe(_p: Published) -> Iterable[str]:
    yield say("pack_question.safe")


def _pathway(p: Published) -> Iterable[str]:
    if needs := taken(p):
        yield say("pack_question.pathway", count=len(needs), needs=needs_words(needs))
    for need in (*Pathway, *FurtherNeed):
        if condition := only_if(p.criteria, need):
            yield say("pack_question.only_if", need=NEED_TERM(need), condition=condition)


def _loss_kind(_p: Published) -> Iterable[str]:
    yield say("pack_question.loss_kind")


def _only_when(p: Published) -> Iterable[str]:
    if needs := p.criteria.only_if_pregnant:
        yield say("pack_question.pregnant_only", needs=needs_words(needs))
    if needs := p.criteria.only_if_not_pregnant:
        yield say("pack_question.not_pregnant_only", needs=needs_words(needs))


def _area(p: Published) -> Iterable[str]:
    if basis := p.service.area_basis:
        yield say("pack_question.area_by", basis=_basis(basis))
    elif p.service.takes_from_anywhere is not YesNo.YES:
        yield say("pack_question.area")
    if basis := p.service.pregnant_area_basis:
        yield say("pack_question.area_pregnant", basis=_basis(basis))


def _basis(basis: Iterable[AreaBasis]) -> str:
    return join_words([sheet_words.BASIS(b) for b in basis], "or")


def _max_months(p: Published) -> Iterable[str]:
    months = p.criteria.max_months_since_event
    if months is None:
        yield say("pack_question.max_months_note")
    elif needs := p.criteria.limits_only_for:
        period = period_words(months)
        yield say("pack_question.max_months_for", needs=needs_words(needs), period=period)
    else:
        yield say("pack_question.max_months", period=period_words(months))


def _min_weeks(p: Published) -> Iterable[str]:
    weeks = p.criteria.min_weeks_since_event or 0
    if needs := p.criteria.limits_only_for:
        yield say("pack_question.min_weeks_for", needs=needs_words(needs), count=weeks)
    else:
        yield say("pack_question.min_weeks", count=weeks)


def _pregnant(_p: Published) -> Iterable[str]:
    yield say("pack_question.pregnant")


def _gestation(p: Published) -> Iterable[str]:
    yield say("pack_question.gestation", count=p.criteria.max_gestation_weeks or 0)


def _min_age(p: Published) -> Iterable[str]:
    yield say("pack_question.min_age", count=p.service.min_age or 0)


def _earlier_treatment(_p: Published) -> Iterable[str]:
    yield say("pack_question.earlier_treatment")


def _multiple_events(_p: Published) -> Iterable[str]:
    yield say("pack_question.multiple_events")


def _partner(_p: Published) -> Iterable[str]:
    yield say("pack_question.partner")


def _ptsd(_p: Published) -> Iterable[str]:
    yield say("pack_question.ptsd")


def _severity(_p: Published) -> Iterable[str]:
    yield say("pack_question.severity")


def _care_coordinator(_p: Published) -> Iterable[str]:
    yield say("pack_question.care_coordinator")


def _exclusions(p: Published) -> Iterable[str]:
    """One for each part of the text: a list that is read to its end is a wall."""
    for part in _ENDS.split(p.criteria.exclusions):
        if text := " ".join(part.split()).rstrip(" .;?"):
            yield say("pack_question.exclusions", text=f"{text}?")


_ASKED: Final[Mapping[CriterionId, Callable[[Published], Iterable[str]]]] = MappingProxyType(
    {
        CriterionId.SAFE: _safe,
        CriterionId.PATHWAY: _pathway,
        CriterionId.LOSS_KIND: _loss_kind,
        CriterionId.ONLY_WHEN: _only_when,
        CriterionId.AREA: _area,
        CriterionId.MAX_MONTHS: _max_months,
        CriterionId.MIN_WEEKS: _min_weeks,
        CriterionId.PREGNANT: _pregnant,
        CriterionId.GESTATION: _gestation,
        CriterionId.MIN_AGE: _min_age,
        CriterionId.EARLIER_TREATMENT: _earlier_treatment,
        CriterionId.MULTIPLE_EVENTS: _multiple_events,
        CriterionId.PARTNER: _partner,
        CriterionId.PTSD: _ptsd,
        CriterionId.SEVERITY: _severity,
        CriterionId.CARE_COORDINATOR: _care_coordinator,
        CriterionId.EXCLUSIONS: _exclusions,
    }
)

_ROWS: Final[Mapping[CriterionId, tuple[str, ...]]] = MappingProxyType(
    {
        CriterionId.PATHWAY: ("other_presentations", "who_for"),
        CriterionId.LOSS_KIND: ("loss_kinds",),
        CriterionId.AREA: ("area_basis",),
        CriterionId.MAX_MONTHS: ("max_months", "period"),
        CriterionId.MIN_WEEKS: ("min_weeks", "period"),
        CriterionId.PREGNANT: ("pregnant", "period"),
        CriterionId.GESTATION: ("gestation", "period"),
        CriterionId.MIN_AGE: ("min_age",),
        CriterionId.EARLIER_TREATMENT: ("earlier_treatment",),
        CriterionId.PARTNER: ("partners",),
        CriterionId.PTSD: ("ptsd",),
        CriterionId.SEVERITY: ("severity",),
        CriterionId.CARE_COORDINATOR: ("complex_needs",),
    }
)
"""The rows of a sheet in which what a criterion rests on is said, in the service's own words where
it has some."""


def _stated(criterion: CriterionId, facts: Published, sheet: Sheet) -> tuple[str, ...]:
    rows = (sheet.row(row_id) for row_id in _ROWS.get(criterion, ()))
    said = [f"{row.heading}: {row.text}" for row in rows if row and row.published]
    criteria = facts.criteria
    if criterion is CriterionId.SAFE:
        said.append(say("pack.safe_first"))
    elif criterion is CriterionId.AREA:
        said.append(say("pack.area_above"))
    elif criterion is CriterionId.PATHWAY:
        others = [n for n in Pathway if criteria.offers(n) in _NOT_TAKEN]
        said += [f"{NEED_TERM(n)}: {sheet_words.ANSWER(criteria.offers(n))}" for n in others]
    elif criterion is CriterionId.MAX_MONTHS:
        if LimitException.PREGNANT in criteria.max_months_except:
            said.append(say("pack.longer_pregnant"))
    elif criterion is CriterionId.EARLIER_TREATMENT and facts.earlier_help:
        said.append(say("pack.first_help", names=join_words(facts.earlier_help)))
    return tuple(sentence(text) for text in said or (say("pack.question_plain"),))
