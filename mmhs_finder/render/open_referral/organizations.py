"""An organisation of the feed: only its name is known, and how many services here are its own.

Not for: its services (`feed`).
"""

from __future__ import annotations

from mmhs_finder.render.json import Json
from mmhs_finder.render.open_referral.ids import feed_id
from mmhs_finder.views.feed import Organisation
from mmhs_finder.words import say


def organization_id(name: str) -> str:
    """By its name, in whichever letters: organisations have no other id in the directory."""
    return feed_id("organization", name.casefold())


def organization_record(organisation: Organisation) -> Json:
    """The standard wants a description: what we know is how many of its services are here."""
    return {
        "id": organization_id(organisation.name),
        "name": organisation.name,
        "description": say("api_feed.organisation", count=organisation.services),
    }
