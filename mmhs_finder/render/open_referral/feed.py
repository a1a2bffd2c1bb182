"""All records of the feed, made once of the public view, and found by their ids.

    feed = Feed(PublicDirectory(directory, day))
    feed.services.listed, feed.services.by_id[...]

Not for: paging, filters or addresses (`channels.open_referral`), or files (`folder`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Final

from mmhs_finder.render.json import Json
from mmhs_finder.render.open_referral.organizations import organization_record
from mmhs_finder.render.open_referral.places import locations
from mmhs_finder.render.open_referral.services import service_record
from mmhs_finder.render.open_referral.terms import taxonomy_record, term_id, term_record
from mmhs_finder.views.feed import ABUSE_TERMS, TERMS, Organisation, feed_entries, organisations
from mmhs_finder.views.public import PublicDirectory

VERSION: Final = "HSDS-UK-3.0"
PROFILE: Final = "https://docs.openreferraluk.org/"


@dataclass(frozen=True)
class Records:
    """The records of one kind. listed: those of every list. apart: those about abuse at home, in a
    list only for who asks for them."""

    listed: tuple[Json, ...]
    apart: tuple[Json, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Json]:
        """All of both."""
        return MappingProxyType({record["id"]: record for record in (*self.listed, *self.apart)})


class Feed:
    """What the feed holds, with everything nested. Safe to share by threads; nobody changes it."""

    def __init__(self, public: PublicDirectory) -> None:
        entries = feed_entries(public)
        theirs = organisations(entries)
        records = [
            (entry, service_record(entry, theirs.get(entry.organisation.casefold())))
            for entry in entries
        ]
        self.services = Records(
            tuple(record for entry, record in records if not entry.is_hidden),
            tuple(record for entry, record in records if entry.is_hidden),
        )
        self.organizations = Records(
            tuple(self._organization(o) for o in theirs.values() if not o.is_hidden),
            tuple(self._organization(o) for o in theirs.values() if o.is_hidden),
        )
        self.service_at_locations = Records(tuple(locations(self.services.listed)))
        self.taxonomies = Records(tuple(map(taxonomy_record, TERMS)))
        self.taxonomy_terms = Records(
            tuple(term_record(term) for terms in TERMS.values() for term in terms)
        )
        self.terms_of_abuse = frozenset(map(term_id, ABUSE_TERMS))

    def _organization(self, organisation: Organisation) -> Json:
        record = organization_record(organisation)
        records = self.services.apart if organisation.is_hidden else self.services.listed
        return record | {
            "services": [
                {name: value for name, value in service.items() if name != "organization"}
                for service in records
                if service.get("organization", {}).get("id") == record["id"]
            ]
        }


def in_short(record: Json) -> Json:
    """A record as lists have it: without what there can be several of."""
    return {
        name: in_short(value) if isinstance(value, dict) else value
        for name, value in record.items()
        if not isinstance(value, list)
    }
