"""Which kinds of help would hurt to show. Decided here only, for every list and every channel.

The shield: after a loss or a separation nothing for a parent with her baby is shown, unless she
says that she has a baby with her. Pregnant again brings back those who care for a pregnancy, and
nothing else. After a loss without a birth nobody is offered to talk about one. A service that is
for one thing only is for nobody else. When unsure, the kinder order.

Not for: the order of what is shown otherwise (`finding`, `mmhs_finder.signposting`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from mmhs_finder.directory.models import (
    DevolvedService,
    FurtherNeed,
    LossKind,
    NationalSupport,
    Pathway,
    Service,
    ServiceKind,
    Status,
    YesNo,
)
from mmhs_finder.directory.vocabularies import Referrer


class About(StrEnum):
    """What a kind of help is about, where it would hurt somebody whom it does not fit."""

    GRIEF = "grief"  # for parents whose baby or pregnancy was lost
    SEPARATION = "separation"  # for parents whose baby was taken into care
    BABY = "baby"  # for a parent with her baby
    PREGNANCY = "pregnancy"  # for somebody who is pregnant or has just given birth
    BIRTH = "birth"  # to talk a birth through


ABOUT: Final[Mapping[ServiceKind, About]] = {
    ServiceKind.BEREAVEMENT: About.GRIEF,
    ServiceKind.SEPARATION: About.SEPARATION,
    ServiceKind.MOTHER_BABY_UNIT: About.BABY,
    ServiceKind.PARENT_INFANT: About.BABY,
    ServiceKind.BIRTH_REFLECTIONS: About.BIRTH,
}
"""Local services that are about one of these; all others suit everybody."""

_ABOUT_LINES: Final[Mapping[str, About]] = {
    "specialist_mental_health_midwife": About.PREGNANCY,
    "maternity": About.BIRTH,
    "health_visitor": About.BABY,
    "childrens_centre": About.BABY,
}
"""The same of kinds of national help."""

NO_BIRTH_TO_TALK_ABOUT: Final = frozenset(
    {LossKind.MISCARRIAGE, LossKind.ECTOPIC, LossKind.TERMINATION}
)
"""Losses after which "talk about your birth" is the wrong thing to offer."""


@dataclass(frozen=True)
class Situation:
    """What is known of somebody that decides what may hurt. None: not said.

    needs: what happened; empty when nothing was said. has_baby: a baby is with her now.
    further: what else happened: treatment that failed counts as a loss, illness that kept them
    apart as a separation.
    """

    needs: frozenset[Pathway] = frozenset()
    has_baby: bool | None = None
    pregnant: bool | None = None
    loss_kind: LossKind | None = None
    further: frozenset[FurtherNeed] = frozenset()

    @property
    def without_her_baby(self) -> bool:
        """A loss or a separation is among what happened, or which loss it was has been said."""
        apart = bool(self.needs & {Pathway.LOSS, Pathway.SEPARATION}) or bool(self.further)
        return apart or self.loss_kind is not None

    @property
    def shielded(self) -> bool:
        """Nothing for a parent with her baby may be shown."""
        return self.without_her_baby and self.has_baby is not True

    @property
    def asks_for_baby_help(self) -> bool:
        """Lines for a parent with her baby (feeding, parenting, apps) may stand in a list of hers.

        Only where she has said that a baby is with her: to somebody who has said nothing they are
        not offered, for her baby may have died. She can choose them as a topic.
        """
        return self.has_baby is True


NOTHING_SAID: Final = Situation()


def situation(needs: Iterable[Pathway] = ()) -> Situation:
    """Somebody of whom only what happened is known."""
    return Situation(frozenset(needs))


def suits(about: About | None, who: Situation) -> bool:
    """Whether help of this kind may be shown to somebody.

    With nothing said, help with grief is shown, since hiding it would be worse, and help after a
    separation is not: "a baby taken into care" frightens somebody to whom it did not happen, and to
    choose it brings it back.
    """
    if about is About.GRIEF:
        lost = Pathway.LOSS in who.needs or FurtherNeed.FAILED_FERTILITY_TREATMENT in who.further
        return lost or not (who.needs or who.further)
    if about is About.SEPARATION:
        return Pathway.SEPARATION in who.needs
    if about is About.BABY:
        return not who.shielded
    if about is About.PREGNANCY:
        return not who.shielded or who.pregnant is True
    if about is About.BIRTH:
        birth = who.needs & {Pathway.BIRTH_TRAUMA, Pathway.TOKOPHOBIA}
        return who.loss_kind not in NO_BIRTH_TO_TALK_ABOUT or bool(birth)
    return True


def about_service(service: Service) -> About | None:
    """What a local service is about, where it would hurt somebody whom it does not fit."""
    return About.BABY if service.with_a_baby is YesNo.YES else ABOUT.get(service.kind)


def service_suits(service: Service, who: Situation) -> bool:
    """Whether a local service may be shown to somebody: its kind, and what it is only for."""
    if not suits(about_service(service), who):
        return False
    return not service.only_for or any(_fits(need, who) for need in service.only_for)


def _fits(need: Pathway, who: Situation) -> bool:
    """Whether help with one thing only is for her."""
    if need is Pathway.LOSS:
        return suits(About.GRIEF, who)
    if need is Pathway.SEPARATION:
        return suits(About.SEPARATION, who)
    return not who.needs or need in who.needs


def referrer_suits(referrer: str, who: Situation) -> bool:
    """Whether somebody who can refer may be named: a health visitor comes to those with a baby."""
    return referrer != Referrer.HEALTH_VISITOR or suits(About.BABY, who)


def line_suits(row: NationalSupport, who: Situation) -> bool:
    """Whether a national line, charity or route may be shown to somebody."""
    if row.with_a_baby is YesNo.YES:
        return suits(About.BABY, who)
    if {*Pathway} & {*row.pathways} == {Pathway.SEPARATION}:
        return suits(About.SEPARATION, who)
    return suits(_ABOUT_LINES.get(row.kind), who)


def is_for_a_baby(row: NationalSupport) -> bool:
    """Whether a line, charity or route is for a parent with her baby."""
    return row.with_a_baby is YesNo.YES or _ABOUT_LINES.get(row.kind) is About.BABY


def devolved_suits(row: DevolvedService, who: Situation) -> bool:
    """Whether a service outside England may be shown to somebody. Never one that has closed."""
    if row.status is Status.CLOSED:
        return False
    return suits(About.BABY if row.with_a_baby is YesNo.YES else None, who)
