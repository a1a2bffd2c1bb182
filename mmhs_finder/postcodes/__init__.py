"""UK postcodes: read what people type, and find its place without the network.

    >>> from mmhs_finder.postcodes import Postcode, open_index
    >>> place = open_index().locate(Postcode.parse("ct1 2eh"))

`parsing` reads text, `index` looks up in the file that `index_file` describes, `opening` opens it,
`building` makes it, `geocoders` asks api.postcodes.io for postcodes that are newer.
Not for: what a council's code means (`mmhs_finder.places.shapes`).
"""

from mmhs_finder.postcodes.errors import (
    BadSource,
    ForcesPostcode,
    IndexProblem,
    LetterMissing,
    NotAPostcode,
    PostcodeError,
    PostcodeWithoutPlace,
    UnknownPostcode,
)
from mmhs_finder.postcodes.found import CloseBy, CouncilShare, FoundMany, IndexInfo, Located
from mmhs_finder.postcodes.index import PostcodeIndex
from mmhs_finder.postcodes.opening import index_info, open_index
from mmhs_finder.postcodes.parsing import MAX_TYPED, Postcode
from mmhs_finder.postcodes.precision import Precision

__all__ = [
    "MAX_TYPED",
    "BadSource",
    "CloseBy",
    "CouncilShare",
    "ForcesPostcode",
    "FoundMany",
    "IndexInfo",
    "IndexProblem",
    "LetterMissing",
    "Located",
    "NotAPostcode",
    "Postcode",
    "PostcodeError",
    "PostcodeIndex",
    "PostcodeWithoutPlace",
    "Precision",
    "UnknownPostcode",
    "index_info",
    "open_index",
]
