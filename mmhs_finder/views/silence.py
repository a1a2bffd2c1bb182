"""How a blank is worded: about us, unless the service's page was read to its end.

Not for: which facts are blank (`who`, `sheet`), or what `read` rests on (`data/README.md`).
"""

from __future__ import annotations

from typing import Final

from mmhs_finder.directory.models import Service
from mmhs_finder.directory.vocabularies import Read
from mmhs_finder.words import say, texts

_BLANK: Final = texts("blank.{}", Read)
_UNSEEN: Final = texts("contact.unknown_{}", (Read.WHOLE, Read.PART, Read.NONE))


def blank_tag(read: Read) -> str:
    """A few words for a tag: "Not published", or "Not known to us"."""
    return say("tag.not_published") if read is Read.WHOLE else say("tag.unknown")


def blank_text(read: Read) -> str:
    """What to do about it: to look at their page, or to ask."""
    return _BLANK(read)


def self_referral_unknown(service: Service) -> str:
    """Why it is not said whether a person can ask a service herself."""
    read = Read.NONE if service.read is Read.SECOND_HAND else service.read
    return _UNSEEN(read)
