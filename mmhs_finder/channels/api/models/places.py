"""Where was asked for, and what is meant where it was not found.

Not for: records of areas (`records`).
"""

from __future__ import annotations

from typing import Final

from pydantic import Field

from mmhs_finder.channels.api.models.shared import NamedArea, Sent
from mmhs_finder.nation import Nation
from mmhs_finder.places.place import NoticeCode
from mmhs_finder.postcodes.precision import Precision

_CLOSE: Final = "WGS84 degrees."


class PlaceData(Sent):
    """Where was asked for, as far as it is known."""

    postcode: str | None = Field(description="As asked for, written properly; null for a council.")
    lat: float | None = Field(description=f"Latitude of the postcode, {_CLOSE}")
    lon: float | None = Field(description=f"Longitude of the postcode, {_CLOSE}")
    council_code: str | None = Field(description="ONS code of the council.")
    council: str | None = Field(description="Its name.")
    area_code: str | None = Field(description="The likeliest area in the directory.")
    icb: str | None = Field(description="The integrated care board (ICB) since April 2026.")
    region: str | None = Field(description="The NHS region.")
    nation: Nation = Field(description="Maternal mental health services are in England only.")
    precision: Precision = Field(description="How exact the place is.")
    areas: list[NamedArea] = Field(
        description="Areas that it can lie in, the likeliest first; empty outside England."
    )


class SuggestionData(Sent):
    words: str = Field(description="What may be meant, for a reader.")
    area: str = Field(description="The code to ask with.")


class NoticeData(Sent):
    """What to know about this answer."""

    code: NoticeCode
    text: str
