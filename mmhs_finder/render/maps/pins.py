"""The signs of an answer: which services stand where on the map, and what their popups say.

Filled signs where care is given, a hollow one for a head office, which is no place to visit.
Not for: how signs look (`signs`), or the rest of the map (`answer`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import folium

from mmhs_finder.directory.models import ServiceKind
from mmhs_finder.directory.named import KIND
from mmhs_finder.directory.ways import WayKind
from mmhs_finder.render.maps.leaflet import inert, sign_marker, sign_popup
from mmhs_finder.render.maps.signs import NEARBY_SIGN, ORDER, SIGNS, office_svg, sign_svg
from mmhs_finder.views.answer import AnswerView
from mmhs_finder.views.service import ServiceView
from mmhs_finder.words import join_words, say


@dataclass(frozen=True)
class Pin:
    """A sign on the map: one service where care is given, or one head office of several services.

    No two pins of an answer have the same point: pins that would are 10 cm apart, so that a click
    tells which one was meant.
    """

    lat: float
    lon: float
    services: tuple[ServiceView, ...]
    office: bool = False
    nearby: bool = False  # serves other areas

    @property
    def kind(self) -> ServiceKind:
        return self.services[0].kind

    @property
    def title(self) -> str:
        """The pin in a few words, as its label says it."""
        service = self.services[0]
        if self.office:
            return say("map.office", provider=_provider(service))
        kind = say("map.nearby_mmhs") if self.nearby else KIND(self.kind)
        return f"{service.name} ({kind})"

    @property
    def layer(self) -> str:
        """The words of the layer it is in: one layer for each kind."""
        if self.office:
            return say("map.offices")
        return say("map.nearby_mmhs") if self.nearby else KIND(self.kind)


_NUDGE = 1e-6  # degrees, about 10 cm


def pins(view: AnswerView) -> tuple[Pin, ...]:
    """Everything of an answer that has a known point, most important first."""
    own = sorted((*view.services, *view.alternatives), key=lambda s: ORDER.index(s.kind))
    solid: list[Pin] = []
    offices: dict[tuple[float, float], list[ServiceView]] = {}
    seen: set[str] = set()
    nearby = {s.id for s in view.neighbours} - {s.id for s in own}
    for service in (*own, *view.neighbours):
        if service.id in seen:
            continue
        seen.add(service.id)
        if service.point:
            solid.append(Pin(*service.point, (service,), nearby=service.id in nearby))
        elif service.office:
            offices.setdefault(service.office, []).append(service)
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
        yield Pin(lat, pin.lon, pin.services, pin.office, pin.nearby)


def clicked_service(view: AnswerView, click: Mapping[str, float] | None) -> str | None:
    """The id of the service whose pin was clicked, from the point that the map reports.

    For a head office of several services, the first: its own MMHS, if it is one of them.
    """
    if not click:
        return None
    for pin in pins(view):
        if abs(pin.lat - click["lat"]) < _NUDGE / 2 and abs(pin.lon - click["lng"]) < _NUDGE / 2:
            return pin.services[0].id
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
    first = pin.services[0]
    if pin.office:
        rows = "".join(f"<li>{inert(s.name)}: {inert(s.kind_words)}</li>" for s in pin.services)
        title = inert(say("map.office", provider=_provider(first)))
        runs = inert(say("map.office_of"))
        return f'<div class="pop"><b>{title}</b><p>{runs}</p><ul>{rows}</ul></div>'
    lines = [first.kind_words, first.provider]
    if pin.nearby and first.areas:
        names = join_words([name for _, name in first.areas])
        lines.append(say("map.for_people_in", areas=names))
    lines += [first.unconfirmed_text, f"{first.contact_heading}."]
    text = "".join(f"<p>{inert(line)}</p>" for line in lines if line)
    return f'<div class="pop"><b>{inert(first.name)}</b>{text}{_call(first)}</div>'


def _call(service: ServiceView) -> str:
    """The telephone link of the view, if it has one."""
    calls = (way for way in service.ways if way.kind is WayKind.PHONE)
    return "".join(
        f'<p>{inert(say("map.call"))} <a href="{inert(way.link)}">{inert(way.text)}</a></p>'
        for way in calls
    )


def _provider(service: ServiceView) -> str:
    return service.provider or say("map.office_no_provider")
