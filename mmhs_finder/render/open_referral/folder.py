"""The feed as files, for somebody who takes all of it away: one JSON list for each kind of record.

Not for: where they are written (`channels.terminal.export`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Final

from mmhs_finder.render.open_referral.feed import PROFILE, VERSION, Feed
from mmhs_finder.words import say

ABOUT: Final = "about.json"
"""Written last: where it is there, all of them are."""

ABUSE: Final = "services_for_abuse_at_home.json"
"""Apart from the others, so that nobody shows them who did not mean to."""

NAMES: Final = (
    "services.json",
    ABUSE,
    "organizations.json",
    "service_at_locations.json",
    "taxonomies.json",
    "taxonomy_terms.json",
    ABOUT,
)


def feed_files(feed: Feed, day: date) -> Mapping[str, bytes]:
    """The contents of each file by its name, in the order to write them. day: of the feed."""
    contents: tuple[object, ...] = (
        feed.services.listed,
        feed.services.apart,
        feed.organizations.listed,
        feed.service_at_locations.listed,
        feed.taxonomies.listed,
        feed.taxonomy_terms.listed,
        {
            "version": VERSION,
            "profile": PROFILE,
            "day": day.isoformat(),
            "licence": say("api.licence"),
            "attribution": say("frame.attribution"),
            "about": say("frame.not_nhs"),
        },
    )
    return {
        name: f"{json.dumps(content, ensure_ascii=False, indent=2)}\n".encode()
        for name, content in zip(NAMES, contents, strict=True)
    }
