"""Which areas a text leads to, for tests of several folders.

Not for: what is offered of them (`views.suggestions`).
"""

from __future__ import annotations

from mmhs_finder.directory.models import Area
from mmhs_finder.places.suggesting import Suggestions


def areas_of(found: Suggestions) -> list[Area]:
    """The areas among the offers, each once, in their order."""
    return list(dict.fromkeys(offer.area for offer in found.offers if offer.area))
