"""Which kinds of help would hurt to show. Decided here only, for every list and every channel.

Not for: the order of what is shown (`finding`, `mmhs_finder.signposting`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final

from mmhs_finder.directory.models import Pathway, ServiceKind


class About(StrEnum):
    """What a kind of help is about, where it would hurt somebody whom it does not fit."""

    GRIEF = "grief"  # for parents whose baby or pregnancy was lost
    SEPARATION = "separation"  # for parents whose baby was taken into care
    BABY = "baby"  # for a parent with her baby


ABOUT: Final[Mapping[ServiceKind, About]] = {
    ServiceKind.BEREAVEMENT: About.GRIEF,
    ServiceKind.SEPARATION: About.SEPARATION,
    ServiceKind.MOTHER_BABY_UNIT: About.BABY,
    ServiceKind.PARENT_INFANT: About.BABY,
}
"""Local services that are about one of these; all others suit everybody."""


def suits(about: About | None, needs: Collection[Pathway]) -> bool:
    """Whether help of this kind may be shown to somebody with these needs.

    needs: what happened; empty when nothing was said. Then help with grief is shown, since hiding
    it would be worse, and help after a separation is not: "a baby taken into care" frightens
    somebody to whom it did not happen, and to choose it brings it back.
    """
    if about is About.GRIEF:
        return not needs or Pathway.LOSS in needs
    if about is About.SEPARATION:
        return Pathway.SEPARATION in needs
    if about is About.BABY:
        return not needs or not {*needs} <= {Pathway.LOSS, Pathway.SEPARATION}
    return True
