"""How exactly a place is known.

Not for: the places themselves (`mmhs_finder.places`).
"""

from __future__ import annotations

from enum import StrEnum


class Precision(StrEnum):
    """From one postcode to a whole council."""

    POSTCODE = "postcode"
    SECTOR = "sector"
    OUTWARD = "outward"
    COUNCIL = "council"
