"""The nations that a postcode can lie in, and which of them an ONS code belongs to.

Not for: what a nation has (`directory`), or its bank holidays (`hours`).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Nation(StrEnum):
    ENGLAND = "England"
    SCOTLAND = "Scotland"
    WALES = "Wales"
    NORTHERN_IRELAND = "Northern Ireland"
    JERSEY = "Jersey"
    GUERNSEY = "Guernsey"
    ISLE_OF_MAN = "Isle of Man"


UNITED_KINGDOM: Final = (Nation.ENGLAND, Nation.SCOTLAND, Nation.WALES, Nation.NORTHERN_IRELAND)

_OF_LETTER: Final = {nation.value[0]: nation for nation in UNITED_KINGDOM}

_PSEUDO: Final = "99999999"


def nation_of_code(code: str) -> Nation | None:
    """The nation of an ONS code of nine characters, such as "E07000106"; None for any other text.

    Source: ONS, Register of Geographic Codes: the first letter names the country (E, W, S, N).
    """
    return _OF_LETTER.get(code[:1])


def is_pseudo(code: str) -> bool:
    """Whether a code stands for no council: ONS gives such to the Crown dependencies, and others.

    "L99999999" is the Channel Islands', "M99999999" the Isle of Man's.
    """
    return code.endswith(_PSEUDO)
