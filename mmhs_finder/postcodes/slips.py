"""Other spellings of a postcode whose first part does not exist: O for 0, I for 1, a 0 too many.

    >>> [str(other) for other in other_spellings(Postcode("P01", "3AX"))]
    ['PO1 3AX', 'P1 3AX']

"P01" has the shape of a first part, so the parser cannot know that PO1 is meant; the index can.
Not for: slips that leave no shape of a postcode, which the parser puts right (`parsing`).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Final

from mmhs_finder.postcodes.parsing import Postcode, is_outward

_SWAPPED: Final = {"0": "O", "O": "0", "1": "I", "I": "1"}


def other_spellings(postcode: Postcode) -> Iterator[Postcode]:
    """The postcodes, or first parts, that are written almost like one, each once."""
    outward = postcode.outward
    if (outward, postcode.inward) == ("G1R", "0AA"):
        yield Postcode("GIR", "0AA")
    choices = [(ch, _SWAPPED[ch]) if ch in _SWAPPED else (ch,) for ch in outward]
    found = {"".join(letters) for letters in itertools.product(*choices)}
    found.add(re.sub(r"^([A-Z]+)0([0-9])", r"\1\2", outward))
    for other in sorted(found - {outward}, reverse=True):
        if is_outward(other):
            yield Postcode(other, postcode.inward)
