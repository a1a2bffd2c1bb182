"""UK postcodes: read what people type, and find its place without the network.

    >>> from mmhs_finder.postcodes import Postcode, open_index
    >>> place = open_index().locate(Postcode.parse("ct1 2eh"))

`parsing` reads text, `index` looks up, `building` makes (from `sources`) the index, `geocoders`
offers it to geopy, `cli` is `postcodes build` and `postcodes info`.
Not for: what a council's code means (`mmhs_finder.places.shapes`).
"""

from mmhs_finder.postcodes.building import build_index
from mmhs_finder.postcodes.errors import (
    BadSource,
    IndexProblem,
    NotAPostcode,
    PostcodeError,
    PostcodeWithoutPlace,
    UnknownPostcode,
)
from mmhs_finder.postcodes.index import (
    BulkResult,
    CouncilShare,
    IndexInfo,
    Located,
    PostcodeIndex,
    index_info,
    open_index,
)
from mmhs_finder.postcodes.parsing import Postcode

__all__ = [
    "BadSource",
    "BulkResult",
    "CouncilShare",
    "IndexInfo",
    "IndexProblem",
    "Located",
    "NotAPostcode",
    "Postcode",
    "PostcodeError",
    "PostcodeIndex",
    "PostcodeWithoutPlace",
    "UnknownPostcode",
    "build_index",
    "index_info",
    "open_index",
]
