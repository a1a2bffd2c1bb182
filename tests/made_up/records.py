"""Records of a directory that nobody runs: what a rule needs, and nothing else."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from mmhs_finder.answers.types import Answer, Match, Offer, Outcome
from mmhs_finder.directory.models import (
    Area,
    Certainty,
    Confidence,
    Criteria,
    LocationKind,
    NationalSupport,
    Service,
    ServiceKind,
    Status,
    YesNo,
)
from mmhs_finder.hours import LONDON, opening_at
from mmhs_finder.nation import Nation
from mmhs_finder.places.place import Place
from mmhs_finder.postcodes.precision import Precision

READ_ON = date(2026, 11, 22)
TUESDAY_NOON = datetime(2026, 11, 24, 12, tzinfo=LONDON)
TODAY = TUESDAY_NOON.date()
SUNDAY_NIGHT = datetime(2026, 11, 22, 3, tzinfo=LONDON)
UNKNOWN = YesNo.UNKNOWN

MIDSHIRE = Area(
    code="E07000999",
    name="Midshire",
    region="Midlands",
    icb_2026_code="E54000999",
    icb_2026="Midshire ICB",
)


def service(**changes: Any) -> Service:
    """An open maternal mental health service that says next to nothing."""
    return Service(
        **{
            "id": "made-up",
            "kind": ServiceKind.MMHS,
            "name": "Made Up Service",
            "provider": "Made Up Trust",
            "status": Status.OPEN,
            "location_kind": LocationKind.NONE,
            "self_referral": UNKNOWN,
            "source_urls": ("https://example.org/page",),
            "source_date": "2026-01",
            "read": "whole",
            "checked_on": READ_ON,
            "confidence": Confidence.HIGH,
            **changes,
        }
    )


def criteria(**changes: Any) -> Criteria:
    """Criteria of the made-up service, all of them unknown."""
    names = ("birth_trauma", "loss", "tokophobia", "separation")
    rules = ("accepts_pregnant", "ptsd_required", "prior_treatment_required")
    unknown = dict.fromkeys((*names, *rules), UNKNOWN)
    return Criteria(**{"service_id": "made-up", **unknown, **changes})


def line(**changes: Any) -> NationalSupport:
    """A line for anybody in the United Kingdom, open day and night."""
    return NationalSupport(
        **{
            "id": "made-up-line",
            "name": "Made Up Line",
            "kind": "voluntary_sector",
            "status": "open",
            "nations": ("UK",),
            "what_it_offers": "Somebody to talk to",
            "pathways": ("any",),
            "phone": "0808 157 0000",
            "phone_status": "confirmed",
            "phone_hours_text": "Always",
            "phone_hours_osm": "24/7",
            "source_urls": ("https://example.org/line",),
            "read": "whole",
            "checked_on": READ_ON,
            "confidence": Confidence.HIGH,
            **changes,
        }
    )


def match(of: Service | None = None, at: datetime = TUESDAY_NOON, **changes: Any) -> Match:
    """The service in an answer for Midshire."""
    of = of or service()
    mmhs = of.kind is ServiceKind.MMHS
    return Match(
        **{
            "service": of,
            "opening": opening_at(of.hours_osm, Nation.ENGLAND, at),
            "certainty": Certainty.STATED,
            "criteria": criteria(service_id=of.id) if mmhs else None,
            "areas": (MIDSHIRE,),
            **changes,
        }
    )


def offer(of: NationalSupport | None = None, at: datetime = TUESDAY_NOON) -> Offer:
    of = of or line()
    return Offer(of, opening_at(of.phone_hours_osm, Nation.ENGLAND, at))


def place(**changes: Any) -> Place:
    return Place(
        **{
            "label": "MS1 1AA",
            "precision": Precision.POSTCODE,
            "nation": Nation.ENGLAND,
            "postcode": "MS1 1AA",
            "lat": 52.5,
            "lon": -1.5,
            "areas": (MIDSHIRE,),
            "council_code": MIDSHIRE.code,
            "council": MIDSHIRE.name,
            **changes,
        }
    )


def answer(*mmhs: Match, at: datetime = TUESDAY_NOON, **changes: Any) -> Answer:
    """An answer for Midshire with these services and the made-up line."""
    return Answer(
        **{
            "place": place(),
            "needs": (),
            "outcome": Outcome.ONE_SERVICE if mmhs else Outcome.NONE_PUBLISHED,
            "at": at,
            "mmhs": mmhs,
            "national": (offer(at=at),),
            "urgent": (offer(line(id="urgent", name="Urgent Line", kind="crisis"), at),),
            **changes,
        }
    )
