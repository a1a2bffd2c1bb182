"""The facts of a maternal mental health service that it should publish, and how many it does.

Not for: what they say (`eligibility`), or how the share is put in words (`measures`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from mmhs_finder.directory.models import Criteria, Pathway, PathwayOffer, Service, YesNo

Published = Callable[[Service, Criteria | None], bool]


def _says(pathway: Pathway) -> Published:
    return lambda _s, c: c is not None and c.offers(pathway) is not PathwayOffer.UNKNOWN


FACTS: Final[Mapping[str, Published]] = MappingProxyType(
    {
        **{p.value: _says(p) for p in Pathway},
        "self_referral": lambda s, _c: s.self_referral is not YesNo.UNKNOWN,
        "referrers": lambda s, _c: bool(s.referrers),
        "contact": lambda s, _c: any(
            (s.phone, s.email, s.referral_url, s.referrer_phone, s.referrer_email)
        ),
        "hours": lambda s, _c: bool(s.hours_text or s.hours_osm),
        "who_for": lambda s, _c: bool(s.who_for),
        "severity": lambda _s, c: c is not None and bool(c.severity),
        "time_limit": lambda _s, c: c is not None and c.publishes_time_limit,
        "pregnancy": lambda _s, c: c is not None and c.accepts_pregnant is not YesNo.UNKNOWN,
        "min_age": lambda s, _c: s.min_age is not None,
        "area_basis": lambda s, _c: bool(s.area_basis),
        "therapies": lambda s, _c: bool(s.therapies),
        "partners": lambda s, _c: bool(s.known_partner_support),
    }
)
"""The 16 facts of an MMHS whose publication `Measure.COMPLETENESS` counts."""


def completeness(service: Service, criteria: Criteria | None) -> float:
    """The share of `FACTS` that a service publishes, 0 to 1."""
    return sum(known(service, criteria) for known in FACTS.values()) / len(FACTS)
