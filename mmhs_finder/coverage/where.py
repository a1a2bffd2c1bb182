"""The part of England that coverage is looked at in: all of it, one NHS region, or one ICB.

Which areas lie in it is for `Coverage.holds` to say; everything that shows or writes areas asks
there. Not for: places that a person looks up (`places`).
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


ENGLAND: Final = Where()
