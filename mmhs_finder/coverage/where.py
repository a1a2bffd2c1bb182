"""The part of England that coverage is looked at in: all of it, one NHS region, or one ICB.

Which areas lie in it is for `Coverage.holds` to say; everything that shows or writes areas asks
there, or `has` of what is no area of the directory any more.
Not for: places that a person looks up (`places`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mmhs_finder.coverage.values import Level


@dataclass(frozen=True)
class Where:
    """England, an NHS region, or an ICB. level: REGION or ICB; England has none.

    code: the name of a region, or the ONS code of an ICB, as in `AreaRow.code`.
    """

    level: Level | None = None
    code: str = ""
    name: str = ""

    def has(self, region: str, icb: str) -> bool:
        """Whether a council lies in it. region: its name; icb: its ONS code."""
        if self.level is None:
            return True
        return self.code == (icb if self.level is Level.ICB else region)


ENGLAND: Final = Where()
