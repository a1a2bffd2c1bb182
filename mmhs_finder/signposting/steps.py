"""What to offer next: for these answers, this place, this nation and this moment. Never empty.

Not for: the kinds of step (`destinations`), their order (`order`), whether a service fits
(`mmhs_finder.eligibility`), or drawing (`render`). Domestic abuse lines are never among the steps:
a controlling partner may see this screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from mmhs_finder.answers.finding import Finder
from mmhs_finder.answers.national import FOR_A_GROUP, HIDDEN_UNLESS_CHOSEN
from mmhs_finder.answers.suited import Situation, situation, suits
from mmhs_finder.answers.types import Answer, Match, Offer
from mmhs_finder.directory.models import (
    DevolvedService,
    Pathway,
    PathwayOffer,
    Status,
    YesNo,
    helps_with,
)
from mmhs_finder.directory.said import may_ask_herself
from mmhs_finder.directory.ways import has_voice, line_ways, service_ways
from mmhs_finder.eligibility import Answers, Assessment, LossKind, Safety, Who
from mmhs_finder.hours import bank_holiday
from mmhs_finder.nation import UNITED_KINGDOM, Nation
from mmhs_finder.signposting.destinations import (
    DESTINATIONS,
    FOR_THE_YOUNG,
    OTHERS,
    Destination,
    Step,
)
from mmhs_finder.signposting.order import (
    ADULTS_ONLY,
    GP_PLACE,
    IN_SIGHT,
    afraid_and_late,
    at_high_risk,
    order_of,
    under_eighteen,
    under_twenty,
)
from mmhs_finder.words import texts

_TITLE: Final = texts("step.{}", Step)
_WHAT: Final = texts("step_what.{}", Step)
_SAY: Final = texts("step_say.{}", Step)

_NOTHING_TO_ASK: Final = frozenset({Step.ADJACENT_MMHS, Step.COUNSELLING_NEARBY, Step.YOUNG_LINE})
"""Steps that are left out where no way to them is known: nobody could be asked for them."""

Way = Match | Offer | DevolvedService


@dataclass(frozen=True)
class NextStep:
    """One thing to do next, with every way to reach it.

    local: services of the directory. offers: national lines, charities and finders. devolved:
    services outside England. say: the words to use with a midwife, GP or hospital. open_first: at
    night and on days off, whoever answers at this moment stands before whoever does not.
    """

    step: Step
    title: str
    what: str
    say: str
    local: tuple[Match, ...] = ()
    offers: tuple[Offer, ...] = ()
    devolved: tuple[DevolvedService, ...] = ()
    open_first: bool = False

    @property
    def open_now(self) -> bool:
        """Whether somebody answers a call or a text at this moment."""
        return any(_answers(way) for way in self.ways)

    @property
    def ways(self) -> tuple[Way, ...]:
        """Every way in the order to offer it: the nearest first, `open_first` before that."""
        found: tuple[Way, ...] = (*self.local, *self.offers, *self.devolved)
        return tuple(sorted(found, key=lambda way: self.open_first and not _answers(way)))


def next_steps(
    finder: Finder,
    answer: Answer,
    answers: Answers,
    assessments: Iterable[Assessment] = (),
) -> tuple[NextStep, ...]:
    """What to offer next, the best fit first, urgent help always among it.

    assessments: of the person's services (`eligibility.rank`); the reasons why the local ones may
    not be able to help bring what helps instead to the front. When the person is not safe now,
    urgent help is the only step. In the evening, at night and on days off it comes first, unless
    somebody answers in the first step: then second. Else last, but within the first three for those
    at high risk, and when nobody else answers. First when she is not sure whether she is safe.
    """
    urgent = _step(Step.URGENT, answer, offers=answer.urgent)
    if answers.not_safe_now:
        return (urgent,)
    who = situation_of(answer, answers)
    if who != situation(answer.needs):  # else the answer was found for just that
        answer = finder.find(answer.place, tuple(who.needs), answer.at, who)
    found = {s.step: s for s in _all_steps(finder, answer, answers, who)}
    ordered = [found[s] for s in order_of(who, answers, assessments) if s in found]
    ordered.insert(_urgent_place(answer, who, answers, ordered), urgent)
    _bring_forward(ordered, Step.GP, GP_PLACE, when=not _reached_by_herself(answer))
    return tuple(ordered)


def situation_of(answer: Answer, answers: Answers) -> Situation:
    """What decides which help may hurt: her answers, and the needs of the search."""
    return Situation(
        needs=answers.happened or frozenset(answer.needs),
        has_baby=answers.has_baby,
        pregnant=answers.pregnant,
        loss_kind=answers.loss_kind,
        further=answers.further,
    )


def _urgent_place(
    answer: Answer, who: Situation, answers: Answers, ordered: Sequence[NextStep]
) -> int:
    """Where urgent help stands, from 0."""
    if answers.safety is Safety.UNSURE:
        return 0
    if out_of_hours(answer):
        return 1 if ordered and ordered[0].open_now else 0
    nobody_answers = not any(s.open_now for s in ordered)
    return IN_SIGHT if nobody_answers or at_high_risk(who, answers) else len(ordered)


def _reached_by_herself(answer: Answer) -> bool:
    """Whether a local service that is running takes people who ask for themselves."""
    return any(
        m.service.status is Status.OPEN and may_ask_herself(m.service, answer.needs)
        for m in answer.mmhs
    )


def _bring_forward(ordered: list[NextStep], step: Step, place: int, *, when: bool) -> None:
    """Moves a step to a place of the list, if it stands later."""
    found = next((i for i, s in enumerate(ordered) if s.step is step), 0)
    if when and found > place:
        ordered.insert(place, ordered.pop(found))


def out_of_hours(answer: Answer) -> bool:
    """Whether surgeries and hospitals' offices are shut: not 8am to 6pm on a working day."""
    at, nation = answer.at, answer.place.nation
    working_day = at.weekday() < 5 and not bank_holiday(nation, at.date())
    return not (working_day and 8 <= at.hour < 18)


def _all_steps(
    finder: Finder, answer: Answer, answers: Answers, who: Situation
) -> Iterable[NextStep]:
    needs = who.needs
    england = bool(answer.place.areas) or answer.place.nation is Nation.ENGLAND
    young = under_eighteen(answers)
    if answer.place.areas:
        # A local service that does not fit or cannot be reached must not be the only way.
        answer = replace(answer, routes=finder.routes(answer.at, (), who))
    if answer.devolved:
        yield _step(Step.NATION_SERVICES, answer, devolved=_known(answer.devolved))
    for destination in (*OTHERS, *DESTINATIONS):
        if not suits(destination.about, who) or (destination.england_only and not england):
            continue
        if destination.uk_only and answer.place.nation not in UNITED_KINGDOM:
            continue
        if young and destination.step in ADULTS_ONLY:
            continue
        step = _filled(destination, answer, answers, who)
        if step.ways or destination.step not in _NOTHING_TO_ASK:
            yield step
    yield from _for_the_young(finder, answer, answers)
    if who.without_her_baby and who.pregnant and Pathway.SEPARATION not in needs:
        yield _step(Step.PREGNANCY_AFTER_LOSS, answer)
    if afraid_and_late(who, answers):
        yield _step(Step.MATERNITY_UNIT, answer)
    if answers.who in (Who.PARTNER, Who.FAMILY):
        partners = _partner_lines(finder, answer, who)
        offers = [o for o in partners if _about(o, needs) and _asked_for(o, who)]
        first = [o for o in offers if o.support.kind == Step.PARTNER_SUPPORT.value]
        rest = [o for o in offers if o not in first]
        yield _step(Step.PARTNER_SUPPORT, answer, offers=_for(answers, (*first, *rest)))


def _for_the_young(finder: Finder, answer: Answer, answers: Answers) -> Iterable[NextStep]:
    """Under 18 instead of what is for adults; a family nurse for somebody under 20."""
    if not under_twenty(answers):
        return
    for destination in FOR_THE_YOUNG:
        if not (under_eighteen(answers) or destination.step is Step.FAMILY_NURSE):
            continue
        rows = (
            finder.of_kind(kind, answer.place.nation, answer.at) for kind in destination.national
        )
        step = _step(destination.step, answer, offers=tuple(chain.from_iterable(rows)))
        if step.ways or destination.step not in _NOTHING_TO_ASK:
            yield step


def _filled(destination: Destination, answer: Answer, answers: Answers, who: Situation) -> NextStep:
    """A destination with its ways: those of the directory, then the national ones."""
    step = destination.step
    if step is Step.ADJACENT_MMHS:
        return _step(step, answer, local=_may_help(answer.neighbours, who.needs))
    local = sorted(
        (m for m in answer.alternatives if m.kind in destination.local),
        key=lambda m: (
            m.service.status is not Status.OPEN,
            not _answers(m),
        ),
    )
    offers = [
        o for o in (*answer.routes, *answer.national) if o.support.kind in destination.national
    ]
    if step is Step.SEPARATION_SERVICES:
        offers = [o for o in answer.national if _supports_the_separated(o)]
    elif step is Step.LEGAL_ADVICE:
        offers = [o for o in offers if Pathway.SEPARATION.value in o.support.pathways]
    elif step is Step.BEREAVEMENT and answers.loss_kind:
        kind = answers.loss_kind
        others = [o for o in answer.national if _named_for(o, kind) and o not in offers]
        offers = sorted((*others, *offers), key=lambda o: _for_another(o, kind))
    offers = [o for o in offers if _asked_for(o, who)]
    return _step(step, answer, local=tuple(local), offers=_for(answers, offers))


def _asked_for(offer: Offer, who: Situation) -> bool:
    """Not help for a parent with her baby, where she has not said that she has one with her."""
    return who.asks_for_baby_help or offer.support.with_a_baby is not YesNo.YES


def _supports_the_separated(offer: Offer) -> bool:
    """A line for parents whose baby was taken into care, or for anybody; not legal advice."""
    row, about = offer.support, {p.value for p in Pathway} & {*offer.support.pathways}
    return row.kind not in FOR_A_GROUP and (not about or Pathway.SEPARATION.value in about)


def _answers(way: Way) -> bool:
    """Whether somebody answers a call or a text at this moment."""
    if isinstance(way, Match):
        return way.opening.open_now and has_voice(service_ways(way.service))
    if isinstance(way, Offer):
        return way.opening.open_now and has_voice(line_ways(way.support))
    return False


def _may_help(neighbours: Sequence[Match], needs: frozenset[Pathway]) -> tuple[Match, ...]:
    """Those not known to leave out everything that happened; known to help with it first."""

    def best(match: Match) -> int:
        order = (
            PathwayOffer.YES,
            PathwayOffer.UNKNOWN,
            PathwayOffer.NOT_LISTED,
            PathwayOffer.NO,
        )
        return min((order.index(helps_with(match.criteria, n)) for n in needs), default=0)

    return tuple(sorted((m for m in neighbours if best(m) < 3), key=best))


def _named_for(offer: Offer, kind: LossKind) -> bool:
    return kind in offer.support.for_loss_kinds


def _for_another(offer: Offer, kind: LossKind) -> tuple[bool, int, bool]:
    """Lines for this kind of loss come first, of those the ones that are chiefly for it."""
    row, named = offer.support, _named_for(offer, kind)
    place = row.for_loss_kinds.index(kind) if named else 0
    return not named, place, row.kind != "bereavement_service"


def _step(
    step: Step,
    answer: Answer,
    *,
    local: tuple[Match, ...] = (),
    offers: tuple[Offer, ...] = (),
    devolved: tuple[DevolvedService, ...] = (),
) -> NextStep:
    nation = answer.place.nation.value
    return NextStep(
        step=step,
        title=_TITLE(step, nation=nation),
        what=_WHAT(step, nation=nation),
        say=_SAY(step),
        local=local,
        offers=tuple(o for o in offers if o.support.kind != HIDDEN_UNLESS_CHOSEN),
        devolved=devolved,
        open_first=out_of_hours(answer),
    )


def _known(rows: Iterable[DevolvedService]) -> tuple[DevolvedService, ...]:
    """Rows that name something; some only say that nothing was found."""
    return tuple(r for r in rows if r.names_a_service)


def _partner_lines(finder: Finder, answer: Answer, who: Situation) -> tuple[Offer, ...]:
    return finder.support_for("partner", answer.place.nation, answer.at, who)


def _about(offer: Offer, needs: frozenset[Pathway]) -> bool:
    """Whether a line is for everybody or for what happened: none for grief after fear of birth."""
    about = {p.value for p in Pathway} & set(offer.support.pathways)
    return not about or bool(about & {n.value for n in needs})


def _for(answers: Answers, offers: Iterable[Offer]) -> tuple[Offer, ...]:
    """Those that are there for this person; a row that names no audience is kept."""
    who = answers.who
    return tuple(
        o
        for o in offers
        if who is None or not o.support.audience or who.value in o.support.audience
    )
