"""What the values of the directory's vocabularies are called, wherever several views name them.

Not for: the values (`models`, `vocabularies`), or what only one view says of them.
"""

from __future__ import annotations

import re
from typing import Final

from mmhs_finder.directory.models import FurtherNeed, LossKind, Pathway, ServiceKind
from mmhs_finder.directory.vocabularies import Delivery, Referrer
from mmhs_finder.nation import Nation
from mmhs_finder.words import texts

KIND: Final = texts("kind.{}", ServiceKind)
"""A kind of service: "Mother and baby unit"."""

PATHWAY: Final = texts("pathway.{}", Pathway)
"""What an MMHS helps with, as a parent reads it on a card."""

HELPS_WITH: Final = texts("criteria_need.{}", (*Pathway, *FurtherNeed))
"""The same inside a sentence: "birth trauma"."""

NEED_TERM: Final = texts("need_term.{}", (*Pathway, *FurtherNeed))
"""The same by its clinical name, for somebody who refers."""

LOSS: Final = texts("criteria_loss.{}", LossKind)
"""A kind of loss inside a sentence."""

REFERRERS: Final = tuple(r for r in Referrer if r is not Referrer.SELF)
REFERRER: Final = texts("referrer.{}", REFERRERS)
"""Who can refer, to the person herself: "your GP"."""

DELIVERY: Final = texts("delivery.{}", Delivery)
_TURNED: Final = re.compile(r", (?:City|County) of$")
"""How the list of councils writes a name so that it is sorted by its first letters."""

_NATION: Final = texts("nation_name.{}", (nation.name.lower() for nation in Nation))


def nation_words(nation: Nation) -> str:
    """ "Northern Ireland"."""
    return _NATION(nation.name.lower())


_NATION_IN: Final = texts("nation_in.{}", (nation.name.lower() for nation in Nation))


def nation_in(nation: Nation) -> str:
    """Its name after "in": "the Isle of Man"."""
    return _NATION_IN(nation.name.lower())


def area_words(name: str) -> str:
    """A council as people call it: "Bristol", where the official list has "Bristol, City of".

    For everything that is read. Data files and JSON keep the official name.
    """
    return _TURNED.sub("", name)
