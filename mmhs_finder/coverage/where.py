"""The part of England that coverage is looked at in: all of it, a region, an ICB, a council.

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
    """England, an NHS region, an ICB, a council, or a part of one. level: England has none.

    code: the name of a region, or the ONS code of the others, as in `AreaRow.code`. name: as a
    sentence has it.
    """

    level: Level | None = None
    code: str = ""
    name: str = ""

    def has(self, region: str, icb: str, council: str, parent: str) -> bool:
        """Whether a council or a part of one lies in it.

        region: its name. icb, council: their ONS codes. parent: of the council that it is a part
        of, or "".
        """
        if self.level is None:
            return True
        if self.level is Level.COUNCIL:
            return self.code in (council, parent)
        return self.code == (icb if self.level is Level.ICB else region)


ENGLAND: Final = Where()
