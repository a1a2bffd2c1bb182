"""An index that knows no postcode: what a process has while the real one is opened, or cannot be.

Councils need none. Not for: tests, which open the real one.
"""

from __future__ import annotations

from mmhs_finder.postcodes.errors import UnknownPostcode
from mmhs_finder.postcodes.found import Located
from mmhs_finder.postcodes.index import PostcodeIndex
from mmhs_finder.postcodes.parsing import Postcode


class NoPostcodes(PostcodeIndex):
    """Opens nothing, and finds nothing."""

    def __init__(self) -> None:
        """There is no file."""

    def locate(self, postcode: Postcode) -> Located:  # noqa: ARG002 - as the index has it
        """Raises `UnknownPostcode`, always."""
        raise UnknownPostcode()
