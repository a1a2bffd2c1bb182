"""The signs of an answer: which services stand where on the map, and what their popups say.

Filled signs where care is given, a hollow one for a head office, which is no place to visit.
Not for: how signs look (`signs`), or the rest of the map (`answer`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import folium

from mmhs_finder.answers.types import Answer, Match
from mmhs_finder.directory.models import Service, ServiceKind, Status, YesNo
from mmhs_finder.render.maps.leaflet import inert, sign_marker, sign_popup
from mmhs_finder.render.maps.signs import NEARBY_SIGN, ORDER, SIGNS, office_svg, sign_svg
from mmhs_finder.views.wording import dialled
from mmhs_finder.words import join_words, say


@dataclass(frozen=True)
class Pin:
    """A sign on the map: one service where care is given, or one head office of several services.

    No two pins of an answer have the same point: pins that would are 10 cm apart, so that a click
    tells which one was meant.
    """

    lat: float
    lon: float
    matches: tuple[Match, ...]
    office: bool = False
    nearby: bool = False  # serves other areas

    @property
    def kind(self) -> ServiceKind:
        return self.matches[0].kind

    @property
    def title(self) -> str:
        """The pin in a few words, as its label says it."""
        service = self.matches[0].service
        if self.office:
            return say("map.office", provider=_provider(service))
        kind = say("map.nearby_mmhs") if self.nearby else say(f"kind.{self.kind.value}")
        return f"{service.name} ({kind})"

    @property
    def layer(self) -> str:
        """The words of the layer it is in: one layer for each kind."""
        if self.office:
            return say("map.offices")
        return say("map.nearby_mmhs") if self.nearby else say(f"kind.{self.kind.value}")


_NUDGE = 1e-6  # degrees, about 10 cm


def pins(answer: Answer) -> tuple[Pin, ...]:
    """Everything of an answer that has a known point, most important first."""
    own = sorted((*answer.mmhs, *answer.alternatives), key=lambda m: ORDER.index(m.kind))
    solid: list[Pin] = []
    offices: dict[tuple[float, float], list[Match]] = {}
    seen: set[str] = set()
    nearby = {m.service.id for m in answer.neighbours} - {m.service.id for m in own}
    for match in (*own, *answer.neighbours):
        if match.service.id in seen:
            continue
        seen.add(match.service.id)
        if match.lat is not None and match.lon is not None:
            solid.append(Pin(match.lat, match.lon, (match,), nearby=match.service.id in nearby))
        elif match.office_lat is not None and match.office_lon is not None:
            offices.setdefault((match.office_lat, match.office_lon), []).append(match)
    solid.sort(key=lambda p: p.nearby)
    hollow = [Pin(lat, lon, tuple(found), office=True) for (lat, lon), found in offices.items()]
    return tuple(_apart([*solid, *hollow]))


def _apart(found: Iterable[Pin]) -> Iterable[Pin]:
    taken: set[tuple[float, float]] = set()
    for pin in found:
        lat = pin.lat
        while (round(lat, 7), round(pin.lon, 7)) in taken:
            lat += _NUDGE
        taken.add((round(lat, 7), round(pin.lon, 7)))
        yield Pin(lat, pin.lon, pin.matches, pin.office, pin.nearby)


def clicked_service(answer: Answer, click: Mapping[str, float] | None) -> str | None:
    """The id of the service whose pin was clicked, from the point that the map reports.

    For a head office of several services, the first: its own MMHS, if it is one of them.
    """
    if not click:
        return None
    for pin in pins(answer):
        if abs(pin.lat - click["lat"]) < _NUDGE / 2 and abs(pin.lon - click["lng"]) < _NUDGE / 2:
            return pin.matches[0].service.id
    return None


# --- on the map -----------------------------------------------------------------------------------


def marker(pin: Pin, rank: int) -> folium.Marker:
    """The pin as a folium marker. rank: 1 for the most important, which keeps its place."""
    if pin.office:
        svg, size, anchor, up = office_svg(), 24, (12, 12), 0
    else:
        sign = NEARBY_SIGN if pin.nearby else SIGNS[pin.kind]
        size = 36 if sign.is_drop else 30
        svg = sign_svg(sign, size)
        anchor, up = ((18, 35), 20) if sign.is_drop else ((15, 15), 0)
    return sign_marker(
        (pin.lat, pin.lon),
        svg,
        pin.title,
        size=size,
        anchor=anchor,
        popup=sign_popup(_popup(pin), clear=True),
        pin=rank,
        up=up,
        rise_on_hover=True,
    )


def _popup(pin: Pin) -> str:
    first = pin.matches[0]
    if pin.office:
        rows = "".join(
            f"<li>{inert(m.service.name)}: {inert(say(f'kind.{m.kind.value}'))}</li>"
            for m in pin.matches
        )
        title = inert(say("map.office", provider=_provider(first.service)))
        return f'<div class="pop"><b>{title}</b><p>{say("map.office_of")}</p><ul>{rows}</ul></div>'
    service = first.service
    lines = [say(f"kind.{service.kind.value}")]
    if service.provider:
        lines.append(service.provider)
    if pin.nearby and first.areas:
        names = join_words([area.name for area in first.areas])
        lines.append(say("map.for_people_in", areas=names))
    if service.status is not Status.OPEN:
        lines.append(say("card.unconfirmed_text"))
    lines.append(say(f"contact.{service.self_referral.value}") + ".")
    text = "".join(f"<p>{inert(line)}</p>" for line in lines)
    return f'<div class="pop"><b>{inert(service.name)}</b>{text}{_call(service)}</div>'


def _call(service: Service) -> str:
    """The telephone link, only where a parent may ring herself."""
    number = service.public_phone
    if not number or service.self_referral is YesNo.NO or service.status is not Status.OPEN:
        return ""
    return f'<p>{say("map.call")} <a href="tel:{dialled(number)}">{inert(number)}</a></p>'


def _provider(service: Service) -> str:
    return service.provider or say("map.office_no_provider")
