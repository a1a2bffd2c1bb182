"""An `Answer` as plain JSON data, for the terminal and other programs. Not for: rules or words."""

from __future__ import annotations

from typing import Any

from mmhs_finder.answers.types import Answer, Match, Notice, Offer, Place
from mmhs_finder.directory.models import Pathway, helps_with
from mmhs_finder.hours import Opening, describe

Json = dict[str, Any]


def answer_json(answer: Answer) -> Json:
    """Everything in the answer. Numbers for professionals stand under their own keys only."""
    return {
        "place": _place(answer.place),
        "needs": [need.value for need in answer.needs],
        "outcome": answer.outcome.value,
        "at": answer.at.isoformat(timespec="minutes"),
        "mmhs": [_mmhs(m, answer) for m in answer.mmhs],
        "alternatives": [_service(m, answer) for m in answer.alternatives]
        + [_offer(o, answer) for o in answer.routes],
        "neighbours": [_mmhs(m, answer) for m in answer.neighbours],
        "national": [_offer(o, answer) for o in answer.national],
        "devolved": [
            {
                "board_or_trust": d.board_or_trust,
                "name": d.service_name,
                "self_referral": d.self_referral.value,
                "what_it_offers": d.what_it_offers or None,
                "website": d.website or None,
            }
            for d in answer.devolved
        ],
        "urgent": [_offer(o, answer) for o in answer.urgent],
        "notices": [_notice(n) for n in answer.notices],
    }


def _place(place: Place) -> Json:
    area = place.areas[0] if place.areas else None
    return {
        "postcode": place.postcode,
        "lat": place.lat,
        "lon": place.lon,
        "council_code": place.council_code or None,
        "council": place.council or None,
        "area_code": area.code if area else None,
        "icb": area.icb_2026 if area else None,
        "region": area.region if area else None,
        "nation": place.nation.value,
        "precision": place.precision.value,
        "areas": [{"code": a.code, "name": a.name} for a in place.areas],
    }


def _service(match: Match, answer: Answer) -> Json:
    service = match.service
    return {
        "id": service.id,
        "name": service.name,
        "kind": service.kind.value,
        "provider": service.provider or None,
        "status": service.status.value,
        "certainty": match.certainty.value if match.certainty else None,
        "self_referral": service.self_referral.value,
        "referrers": list(service.referrers),
        "phone": service.public_phone or None,
        "phone_for_professionals": service.referrer_phone or None,
        "email": service.public_email or None,
        "website": service.website or None,
        "website_kind": service.website_kind.value if service.website_kind else None,
        "hours": service.hours_text or None,
        "opening": _opening(match.opening, answer),
        "distance_km": None if match.distance_km is None else round(match.distance_km, 1),
        "sources": list(service.source_urls),
        "source_date": service.source_date or None,
        "checked_on": service.checked_on.isoformat(),
    }


def _mmhs(match: Match, answer: Answer) -> Json:
    criteria = match.criteria
    return _service(match, answer) | {
        "pathways": {p.value: helps_with(criteria, p).value for p in Pathway},
        "criteria": criteria.model_dump(mode="json", exclude={"service_id"}) if criteria else None,
        "areas": [{"code": a.code, "name": a.name} for a in match.areas],
    }


def _offer(offer: Offer, answer: Answer) -> Json:
    row = offer.support
    return {
        "id": row.id,
        "name": row.name,
        "kind": row.kind,
        "who_for": row.who_for or None,
        "what_it_offers": row.what_it_offers,
        "phone": row.public_phone or None,
        "text_number": row.text_number or None,
        "email": row.email or None,
        "website": row.website or None,
        "finder_url": row.finder_url or None,
        "hours": row.phone_hours_text or None,
        "opening": _opening(offer.opening, answer),
        "sources": list(row.source_urls),
        "source_date": row.source_date or None,
        "checked_on": row.checked_on.isoformat(),
    }


def _opening(opening: Opening, answer: Answer) -> Json:
    return {
        "known": opening.known,
        "open_now": opening.open_now if opening.known else None,
        "next_open": opening.next_open.isoformat() if opening.next_open else None,
        "text": describe(opening, answer.at) or None,
    }


def _notice(notice: Notice) -> Json:
    return {"code": notice.code, "text": notice.text}
