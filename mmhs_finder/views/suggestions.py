"""What is offered to somebody whose text leads to no place, in words: a line, and what to choose.

Every channel draws the same. Not for: what is offered (`places.suggesting`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mmhs_finder.directory.named import area_words
from mmhs_finder.places.suggesting import Meant, Suggestion, Suggestions
from mmhs_finder.words import say, texts

_LEAD: Final = texts("find.meant_{}", [meant for meant in Meant if meant is not Meant.NOTHING])


@dataclass(frozen=True)
class OfferView:
    """One thing to choose. words: on its button. code: of the area to show; where that is "",
    `text` is to be searched for in place of what was typed."""

    words: str
    code: str = ""
    text: str = ""


@dataclass(frozen=True)
class SuggestionsView:
    """lead: what stands above the offers; "" where there are none."""

    lead: str = ""
    offers: tuple[OfferView, ...] = ()


def suggestions_view(found: Suggestions) -> SuggestionsView:
    """What a text was taken for, and what to choose from, in the language of the moment."""
    if not found.offers:
        return SuggestionsView()
    name = {"name": found.name} if found.meant is Meant.COUNTY else {}
    lead = _LEAD(found.meant, **name)
    if found.meant in (Meant.COUNTY, Meant.LONDON):  # the line says what the names are
        named = (OfferView(area_words(o.name), code=o.area.code) for o in found.offers if o.area)
        return SuggestionsView(lead, tuple(named))
    return SuggestionsView(lead, tuple(map(_offer, found.offers)))


def _offer(offer: Suggestion) -> OfferView:
    if offer.area is None and offer.county:  # outside England
        return OfferView(say("find.nation_meant", place=offer.text), text=offer.text)
    if offer.area is None:
        return OfferView(say("find.text_meant", text=offer.text), text=offer.text)
    council = area_words(offer.area.name)
    if offer.name == offer.area.name and not offer.county:
        return OfferView(say("find.council_meant", name=council), code=offer.area.code)
    # "Newport, Isle of Wight": not "St Mary's Hospital, Newport, Isle of Wight, Isle of Wight"
    told = offer.county and not offer.name.endswith(offer.county)
    town = f"{offer.name}, {offer.county}" if told else offer.name
    return OfferView(say("find.town_meant", town=town, name=council), code=offer.area.code)
