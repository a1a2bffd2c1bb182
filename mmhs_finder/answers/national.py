"""Lines, charities and routes for a nation and what happened, in the order to offer them.

Not for: local services (`finding`), or what would hurt to show (`suited`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

from mmhs_finder.answers.suited import Situation, line_suits
from mmhs_finder.answers.types import Offer
from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import NationalSupport, Pathway, ServiceKind, UrgentStrip, YesNo
from mmhs_finder.directory.ways import WayKind, line_ways
from mmhs_finder.hours import opening_at
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

_CRISIS: Final = "crisis"
_ELSEWHERE: Final = "adjacent_mmhs"
"""A kind that only says where other services are listed."""

_LOCAL_INSTEAD: Final = {
    "nhs_talking_therapies": ServiceKind.TALKING_THERAPIES,
    "perinatal_mental_health_team": ServiceKind.PERINATAL_TEAM,
}
"""Routes that a confirmed local service of a kind makes unnecessary."""

_ABOUT_A_BIRTH: Final = frozenset(
    {"specialist_mental_health_midwife", "maternity", "health_visitor"}
)
"""Routes that speak of a pregnancy or a baby: last after a loss, unless she is pregnant again."""

_FOR_A_GROUP: Final = frozenset(
    {
        "racialised_communities",
        "faith",
        "young_parents",
        "refugees_migrants",
        "money_housing",
        "legal_rights",
        "partner_support",
    }
)


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
        After a loss or a separation those about a baby or a birth come last.
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
                    who.shielded and not who.pregnant and o.support.kind in _ABOUT_A_BIRTH,
                    ROUTE_KINDS.index(o.support.kind),
                ),
            )
        )

    def urgent(self, nation: Nation, at: datetime) -> tuple[Offer, ...]:
        """Lines for a crisis in this nation, open day and night first. Never domestic abuse."""
        offers = [_offer(r, nation, at) for r in self._in(nation) if r.kind == _CRISIS]
        return tuple(
            sorted(
                offers,
                key=lambda o: (
                    o.support.urgent_strip is not UrgentStrip.EMERGENCY,
                    o.support.urgent_strip is not UrgentStrip.MENTAL_HEALTH_LINE,
                    not o.opening.always,
                    not _has_number(o),
                ),
            )
        )

    def lines(self, nation: Nation, who: Situation, at: datetime) -> tuple[Offer, ...]:
        """Lines and charities for what happened, best fit first; general ones if none is named.

        With nothing said, those for a parent with her baby come after all others.
        """
        wanted = {p.value for p in who.needs}
        general = [
            row
            for row in self._in(nation)
            if row.kind not in (*ROUTE_KINDS, _CRISIS, _ELSEWHERE, HIDDEN_UNLESS_CHOSEN)
            and _is_general(row)
            and line_suits(row, who)
        ]
        rows = [row for row in general if wanted & set(row.pathways)] or general
        return _ranked([_offer(r, nation, at) for r in rows], general_first=not wanted)

    def about(self, topic: str, nation: Nation, at: datetime, who: Situation) -> tuple[Offer, ...]:
        """National help for one topic of `national_support.csv`'s column `pathways`.

        The one way to `domestic_abuse`, which a person must choose.
        """
        rows = [
            row
            for row in self._in(nation)
            if topic in row.pathways
            and row.kind not in (*ROUTE_KINDS, _ELSEWHERE)
            and (row.kind == HIDDEN_UNLESS_CHOSEN) == (topic == HIDDEN_UNLESS_CHOSEN)
            and (row.kind == _CRISIS) == (topic == _CRISIS)
            and line_suits(row, who)
        ]
        return _ranked([_offer(r, nation, at) for r in rows], general_first=topic == "any")

    def _in(self, nation: Nation) -> list[NationalSupport]:
        """Rows for a nation; a row that states no nation is kept. UK lines serve four nations."""
        uk = nation in UNITED_KINGDOM
        return [
            r
            for r in self._rows
            if not r.nations or nation.value in r.nations or (uk and "UK" in r.nations)
        ]


def _offer(row: NationalSupport, nation: Nation, at: datetime) -> Offer:
    return Offer(support=row, opening=opening_at(row.phone_hours_osm, nation, at))


def _has_number(offer: Offer) -> bool:
    return any(way.kind is WayKind.PHONE for way in line_ways(offer.support))


def _is_general(row: NationalSupport) -> bool:
    """Whether it is about one of the four things that happen, or for any reason at all.

    Rows for a condition or a group only (`ocd`, `psychosis`, `partner`) are found by their topic.
    """
    return bool({*Pathway, "any"} & {*row.pathways})


def _ranked(offers: Iterable[Offer], *, general_first: bool) -> tuple[Offer, ...]:
    """Those for a parent with her baby last; for everybody before for a group; open now first.

    After that those with a confirmed number, then those that can be texted.

    general_first: what is for any reason comes before what is for one, for a person who named none.
    """
    return tuple(
        sorted(
            offers,
            key=lambda o: (
                o.support.with_a_baby is YesNo.YES,
                o.support.kind in _FOR_A_GROUP,
                general_first and "any" not in o.support.pathways,
                not o.answers_now,
                not _has_number(o),
                not o.support.text_number,
            ),
        )
    )
