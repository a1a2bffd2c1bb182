"""An `AnswerView` as plain JSON data, for the terminal and other programs.

Not for: rules or words.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mmhs_finder.directory.confirming import standing
from mmhs_finder.directory.linked import Linked
from mmhs_finder.directory.models import Pathway, Service, ServiceKind
from mmhs_finder.directory.said import by_national_rule
from mmhs_finder.directory.ways import WayKind, public_hours
from mmhs_finder.places.place import Place
from mmhs_finder.views.answer import AnswerView
from mmhs_finder.views.hours import HoursView
from mmhs_finder.views.line import DevolvedView, LineView
from mmhs_finder.views.service import ServiceView
from mmhs_finder.views.status import closed_text
from mmhs_finder.views.ways import WayView

Json = dict[str, Any]


def answer_json(view: AnswerView) -> Json:
    """Everything in the answer. Numbers for professionals stand under their own keys only."""
    return {
        "place": place_json(view.place),
        "needs": [need.value for need in view.needs],
        "outcome": view.outcome.value,
        "at": view.at.isoformat(timespec="minutes"),
        "verdict": {"heading": view.verdict.heading, "sentence": view.verdict.sentence},
        "open_now": [
            {"id": line.id, "name": line.name, "number": line.number, "link": line.link}
            for line in view.now.lines
        ],
        "mmhs": [_mmhs(s) for s in view.services],
        "alternatives": [_service(s) for s in view.other_services]
        + [line_json(r) for r in view.routes],
        "closed": [closed_json(s) for s in view.closed],
        "neighbours": [_mmhs(s) for s in view.neighbours],
        "national": [line_json(line) for line in (*view.lines, *view.baby_lines)],
        "devolved": [devolved_json(d) for d in view.nation.services] if view.nation else [],
        "urgent": [line_json(line) for line in view.urgent],
        "notices": [{"code": n.code.value, "text": n.text} for n in view.notices],
    }


def place_json(place: Place) -> Json:
    """Where somebody asks for."""
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


def _service(view: ServiceView) -> Json:
    service, available = view.service, view.availability
    return {
        "id": view.id,
        "name": view.name,
        "kind": view.kind.value,
        "provider": view.provider or None,
        "status": view.status.value,
        "certainty": view.certainty.value if view.certainty else None,
        "self_referral": view.self_referral.value,
        "self_referral_not_published_for": [need.value for need in service.self_referral_except],
        "referrers": list(service.referrers),
        "phone": view.way(WayKind.PHONE) or None,
        "phone_for_professionals": view.phone_for_referrers or None,
        "email": view.way(WayKind.EMAIL) or None,
        "email_for_professionals": view.email_for_referrers or None,
        "referral_form": view.way(WayKind.FORM) or None,
        "website": view.way(WayKind.PAGE) or None,
        "website_kind": service.website_kind.value if service.website_kind else None,
        "hours": public_hours(service)[1] or None,
        "opening": _opening(view.hours),
        "distance_km": None if view.distance_km is None else round(view.distance_km, 1),
        "read": service.read.value,
        "self_referral_by_national_rule": by_national_rule(service),
        "takes_new_referrals": service.new_referrals and service.new_referrals.value,
        "wait_assessment_weeks": available.assessment,
        "wait_therapy_weeks": available.therapy,
        "availability_as_of": available.as_of and available.as_of.isoformat(),
        "availability_is_old": available.is_old,
        "standing": standing(service).value,
        "told_on": service.told_on and service.told_on.isoformat(),
        "told_by": service.told_by or None,
        "sources": [url for _, url in view.source.links],
        "unanswered_links": _unanswered(service, view.ways, view.source.links),
        "source_date": view.source.source_date or None,
        "checked_on": view.source.checked_on.isoformat(),
    }


def _mmhs(view: ServiceView) -> Json:
    criteria = view.criteria
    helps = {p.pathway: p.state.value for p in view.helps}
    return _service(view) | {
        "pathways": {p.value: helps[p] for p in Pathway},
        "pathways_only_if": {p.pathway.value: p.only_if for p in view.helps if p.only_if},
        "criteria": criteria.model_dump(mode="json", exclude={"service_id"}) if criteria else None,
        "areas": [{"code": code, "name": name} for code, name in view.areas],
    }


def closed_json(service: Service) -> Json:
    """A service that was reported closed: who says so, and when. It is offered to nobody."""
    return {
        "id": service.id,
        "name": service.name,
        "said_by": service.closed_said_by,
        "date": service.source_date,
        "text": closed_text(service),
    }


def line_json(view: LineView) -> Json:
    """A national line, charity or route."""
    row = view.row
    return {
        "id": view.id,
        "name": view.name,
        "kind": view.kind,
        "who_for": row.who_for or None,
        "what_it_offers": row.what_it_offers,
        "phone": view.way(WayKind.PHONE) or None,
        "text_number": view.way(WayKind.TEXT) or None,
        "email": view.way(WayKind.EMAIL) or None,
        "webchat_url": view.way(WayKind.CHAT) or None,
        "website": row.website or None,
        "finder_url": view.way(WayKind.FINDER) or None,
        "hours": row.phone_hours_text or None,
        "opening": _opening(view.hours),
        "read": row.read.value,
        "sources": [url for _, url in view.sources],
        "unanswered_links": _unanswered(row, view.ways, view.sources),
        "source_date": row.source_date or None,
        "checked_on": row.checked_on.isoformat(),
    }


def devolved_json(view: DevolvedView) -> Json:
    """A service of another nation of the UK."""
    return {
        "board_or_trust": view.board,
        "name": view.name,
        "status": view.status.value,
        "self_referral": view.self_referral.value,
        "what_it_offers": view.offers or None,
        "phone": view.way(WayKind.PHONE) or None,
        "website": view.way(WayKind.PAGE) or None,
    }


def _unanswered(
    of: Linked, ways: Iterable[WayView], sources: Iterable[tuple[str, str]]
) -> list[Json]:
    """Which of the links that are given did not answer when they were last tried."""
    urls = dict.fromkeys([*(way.value for way in ways), *(url for _, url in sources)])
    return [
        {"url": url, "state": found.state.value, "tried_on": found.on.isoformat()}
        for url in urls
        if (found := of.unanswered(url))
    ]


def _opening(hours: HoursView) -> Json:
    opening = hours.opening
    return {
        "known": opening.known,
        "open_now": opening.open_now if opening.known else None,
        "next_open": opening.next_open.isoformat() if opening.next_open else None,
        "text": hours.now or None,
    }


def service_json(view: ServiceView) -> Json:
    """A local service; an MMHS with what it helps with and its criteria."""
    return _mmhs(view) if view.kind is ServiceKind.MMHS else _service(view)
