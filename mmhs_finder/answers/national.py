"""Lines, charities and routes for a nation and what happened, in the order to offer them.

Not for: local services (`finding`), what would hurt to show (`suited`), or a crisis (`urgent`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from enum import StrEnum
from typing import Final

from mmhs_finder.answers.suited import Situation, line_suits
from mmhs_finder.answers.types import Answer, Offer
from mmhs_finder.answers.urgent import LISTENING, urgent_rows
from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import (
    LossKind,
    NationalSupport,
    Pathway,
    ServiceKind,
    Status,
    YesNo,
)
from mmhs_finder.directory.said import holds_in
from mmhs_finder.directory.ways import has_number, has_voice, line_ways, number_withheld
from mmhs_finder.hours import Opening, bank_holiday, opening_at
from mmhs_finder.nation import UNITED_KINGDOM, Nation

ROUTE_KINDS: Final = (
    "gp",
    "nhs_talking_therapies",
    "perinatal_mental_health_team",
    "specialist_mental_health_midwife",
    "maternity",
    "health_visitor",
    "community_mental_health_team",
    "childrens_centre",
    "social_prescribing",
    "drug_and_alcohol",
)
"""Kinds of `national_support.csv` that are routes into care near the person, not lines to ring."""

HIDDEN_UNLESS_CHOSEN: Final = "domestic_abuse"
"""Shown only to a person who chooses it: a controlling partner may see this screen."""

FEW_NUMBERS: Final = 2
"""Where fewer lines than these can be called, lines for everybody stand with them."""

WITH_A_BABY: Final = "with_a_baby"
"""Chosen by a parent with her baby: the only topic that leads to help with feeding and the like."""

_CRISIS: Final = "crisis"
_ANY: Final = "any"
_BIRTH: Final = "maternity"
_ELSEWHERE: Final = "adjacent_mmhs"
"""A kind that only says where other services are listed."""

_LOCAL_INSTEAD: Final = {
    "nhs_talking_therapies": ServiceKind.TALKING_THERAPIES,
    "perinatal_mental_health_team": ServiceKind.PERINATAL_TEAM,
}
"""Routes that a confirmed local service of a kind makes unnecessary."""

YOUNG_PEOPLE: Final = "young_people"
"""Lines for children and young people."""

FOR_A_GROUP: Final = frozenset(
    {
        YOUNG_PEOPLE,
        "racialised_communities",
        "faith",
        "young_parents",
        "refugees_migrants",
        "money_housing",
        "legal_rights",
        "partner_support",
    }
)
"""Kinds that are for some people only: after those for everybody."""


class NationalHelp:
    """The national rows of one directory. Safe to share by threads."""

    def __init__(self, directory: Directory) -> None:
        self._rows = directory.national

    def routes(
        self,
        at: datetime,
        who: Situation,
        local: Collection[ServiceKind] = frozenset(),
    ) -> tuple[Offer, ...]:
        """Routes into care near any home in England.

        local: kinds of which a confirmed service serves the place; their routes are left out.
        After a loss or a separation to talk about a birth comes last.
        """
        offers = [
            _offer(row, Nation.ENGLAND, at)
            for row in self._rows
            if row.kind in ROUTE_KINDS
            and "England" in row.nations
            and _LOCAL_INSTEAD.get(row.kind) not in local
            and line_suits(row, who)
        ]
        return tuple(
            sorted(
                offers,
                key=lambda o: (
                    who.shielded and o.support.kind == _BIRTH,
                    ROUTE_KINDS.index(o.support.kind),
                ),
            )
        )

    def urgent(self, nation: Nation, at: datetime) -> tuple[Offer, ...]:
        """Lines for a crisis in this nation, as `answers.urgent` has them. Never domestic abuse."""
        return tuple(_offer(row, nation, at) for row in urgent_rows(self._rows, nation))

    def lines(self, nation: Nation, who: Situation, at: datetime) -> tuple[Offer, ...]:
        """Lines and charities for what happened, best fit first; for anybody if nothing is named.

        Where hardly any of those for one thing can be called, lines for everybody stand with them.
        """
        wanted = {p.value for p in who.needs}
        chosen = [row for row in self._general(nation, who) if wanted & {*row.pathways}]
        if not chosen:
            return self._for_anybody(nation, who, at)
        if any(_callable(chosen, need) < FEW_NUMBERS for need in wanted):
            chosen += [row for row in self._neutral(nation, who) if row not in chosen]
        return _ranked([_offer(row, nation, at) for row in chosen])

    def about(self, topic: str, nation: Nation, at: datetime, who: Situation) -> tuple[Offer, ...]:
        """National help for one topic of `national_support.csv`'s column `pathways`.

        The one way to `domestic_abuse`, which a person must choose. "any": she is not sure.
        "with_a_baby": whatever is for a parent with her baby; after a loss nothing is.
        """
        if topic == _ANY:
            return self._for_anybody(nation, who, at)
        if topic == WITH_A_BABY:
            rows = [r for r in self._general(nation, who) if r.with_a_baby is YesNo.YES]
            return _ranked([_offer(row, nation, at) for row in rows])
        rows = [
            row
            for row in self._in(nation)
            if topic in row.pathways
            and row.kind not in (*ROUTE_KINDS, _ELSEWHERE)
            and (row.kind == HIDDEN_UNLESS_CHOSEN) == (topic == HIDDEN_UNLESS_CHOSEN)
            and (row.kind == _CRISIS) == (topic == _CRISIS)
            and line_suits(row, who)
        ]
        if topic in {*Pathway} and _callable(rows, topic) < FEW_NUMBERS:
            rows += [row for row in self._neutral(nation, who) if row not in rows]
        return _ranked([_offer(row, nation, at) for row in rows])

    def of_kind(self, kind: str, nation: Nation, at: datetime) -> tuple[Offer, ...]:
        """Every row of a kind, for somebody who is known to belong to those it is for."""
        return _ranked([_offer(row, nation, at) for row in self._in(nation) if row.kind == kind])

    def _general(self, nation: Nation, who: Situation) -> list[NationalSupport]:
        """Rows about one of the four things that happen, or for any reason at all."""
        return [
            row
            for row in self._in(nation)
            if row.kind not in (*ROUTE_KINDS, _CRISIS, _ELSEWHERE, HIDDEN_UNLESS_CHOSEN)
            and _is_general(row)
            and line_suits(row, who)
        ]

    def _neutral(self, nation: Nation, who: Situation) -> list[NationalSupport]:
        """Lines for anybody, whatever happened, that can be called or texted."""
        general = [row for row in self._general(nation, who) if _place(row) == _NEUTRAL]
        return [r for r in (*self._listening(nation), *general) if has_voice(line_ways(r))]

    def _for_anybody(self, nation: Nation, who: Situation, at: datetime) -> tuple[Offer, ...]:
        """For somebody who has not said what happened: what hurts nobody first.

        Lines that listen, then what is for any reason, then loss, then birth, then what is for a
        group; what is for a parent with her baby last of all.
        """
        rows = dict.fromkeys((*self._listening(nation), *self._general(nation, who)))
        offers = [_offer(row, nation, at) for row in rows]
        return tuple(
            sorted(
                offers,
                key=lambda o: (
                    *_set_back(o),
                    _place(o.support),
                    not o.answers_now,
                    number_withheld(o.support),
                    *_reach(o),
                ),
            )
        )

    def _listening(self, nation: Nation) -> list[NationalSupport]:
        return [row for row in self._in(nation) if row.urgent_strip in LISTENING]

    def _in(self, nation: Nation) -> list[NationalSupport]:
        return [row for row in self._rows if holds_in(row, nation)]


def _offer(row: NationalSupport, nation: Nation, at: datetime) -> Offer:
    """A row at a moment. That it is free is told only where it is sure to hold."""
    if row.urgent_strip is None and not holds_surely_in(row, nation):
        row = row.model_copy(update={"cost": ""})
    if number_withheld(row) and not has_voice(line_ways(row)):
        return Offer(support=row, opening=Opening())  # nobody can ring it, whatever its hours
    return Offer(support=row, opening=opening_at(row.phone_hours_osm, _run_in(row, nation, at), at))


def _run_in(row: NationalSupport, nation: Nation, at: datetime) -> Nation:
    """Whose bank holidays hold for a line. One for several nations is shut on England's, too."""
    if {*row.nations} == {nation.value} or bank_holiday(nation, at.date()):
        return nation
    return Nation.ENGLAND if bank_holiday(Nation.ENGLAND, at.date()) else nation


def _callable(rows: Iterable[NationalSupport], topic: str) -> int:
    """How many rows for a topic can be called."""
    return sum(topic in row.pathways and has_number(line_ways(row)) for row in rows)


def _is_general(row: NationalSupport) -> bool:
    """Whether it is about one of the four things that happen, or for any reason at all.

    Rows for a condition or a group only (`ocd`, `psychosis`, `partner`) are found by their topic.
    What is for a parent with her baby carries no `any`, which would reach people after a loss: it
    stands last for somebody who has said nothing.
    """
    return row.with_a_baby is YesNo.YES or bool({*Pathway, _ANY} & {*row.pathways})


class AboutLine(StrEnum):
    """Whom a line is for, for somebody who looks through a list of them."""

    ANYBODY = "anybody"
    LOSS = "loss"
    BIRTH = "birth"  # and fear of it, and what comes after
    SOME = "some"  # one group of people each: `FOR_A_GROUP`


def about_line(row: NationalSupport) -> AboutLine:
    """Where a line stands in a list for somebody who has not said what happened."""
    if row.kind in FOR_A_GROUP:
        return AboutLine.SOME
    place = _place(row)
    if place <= _NEUTRAL:
        return AboutLine.ANYBODY
    return AboutLine.LOSS if place == _PLACES[Pathway.LOSS.value] else AboutLine.BIRTH


_NEUTRAL: Final = 1
_PLACES: Final = {Pathway.LOSS.value: 2, Pathway.BIRTH_TRAUMA.value: 3}


def is_neutral(row: NationalSupport) -> bool:
    """Whether it is for anybody, whatever happened, and for no group."""
    return _place(row) <= _NEUTRAL


def _place(row: NationalSupport) -> int:
    """Where it stands for somebody who has not said what happened."""
    if row.urgent_strip in LISTENING:
        return 0
    about = {p.value for p in Pathway} & {*row.pathways}
    if not about and row.kind not in FOR_A_GROUP and row.with_a_baby is not YesNo.YES:
        return _NEUTRAL
    return min((_PLACES.get(p, 4) for p in about), default=4)


_A_CHILD: Final = frozenset({LossKind.NEONATAL_DEATH, LossKind.INFANT_DEATH})
"""Lines for these alone speak of a child's death: wrong first words after another loss."""


def fits_what_happened(row: NationalSupport, answer: Answer) -> bool:
    """Whether a line may be put before others for what happened.

    After a loss: for its kind where that is known; else not for the death of a child alone.
    """
    about = {*answer.needs} & {*row.pathways}
    kinds = {*row.for_loss_kinds}
    if Pathway.LOSS not in about or not kinds:
        return bool(about)
    return answer.loss_kind in kinds if answer.loss_kind else not kinds <= _A_CHILD


def holds_surely_in(row: NationalSupport, nation: Nation) -> bool:
    """Whether a row is sure to reach a nation: outside the UK only where it names that nation."""
    return nation in UNITED_KINGDOM or nation.value in row.nations


def is_for_everybody(row: NationalSupport) -> bool:
    """Whether nothing keeps it from being put before others: it is sure to be running, for no
    group or age, and not for a parent with her baby."""
    return (
        row.status is Status.OPEN
        and row.max_age is None
        and row.with_a_baby is not YesNo.YES
        and row.kind not in FOR_A_GROUP
    )


def _set_back(offer: Offer) -> tuple[bool, ...]:
    """Sort keys of what stands last: may be closing, for a parent with her baby, for a group."""
    row = offer.support
    return (
        row.status is not Status.OPEN,
        row.with_a_baby is YesNo.YES,
        row.kind in FOR_A_GROUP,
    )


def _reach(offer: Offer) -> tuple[bool, ...]:
    """Sort keys: those with a confirmed number first, then those that can be texted."""
    return (not has_number(line_ways(offer.support)), not offer.support.text_number)


def _ranked(offers: Iterable[Offer]) -> tuple[Offer, ...]:
    """Those that may be closing last of all, before them those for a parent with her baby; for
    everybody before for a group; open now first.

    After that those whose number could be confirmed or that have none, those for what happened
    before those for any reason, those with a number, then those that can be texted.
    """
    return tuple(
        sorted(
            offers,
            key=lambda o: (
                *_set_back(o),
                not o.answers_now,
                number_withheld(o.support),
                is_neutral(o.support),
                *_reach(o),
            ),
        )
    )
