"""The signs of an answer: which services stand where on the map, and what their popups say.

Filled signs where care is given, a hollow one for a head office, which is no place to visit.
Not for: how signs look (`signs`), or the rest of the map (`answer`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mmhs_finder.directory.models import ServiceKind
from mmhs_finder.directory.named import KIND
from mmhs_finder.directory.ways import WayKind
from mmhs_finder.render.maps.leaflet import SignGroup, SignMarker, SignText
from mmhs_finder.render.maps.signs import NEARBY_NAME, NEARBY_SIGN, OFFICE_NAME, ORDER, SIGNS
from mmhs_finder.views.answer import AnswerView
from mmhs_finder.views.service import ServiceView
from mmhs_finder.words import join_words, say


@dataclass(frozen=True)
class Pin:
    """A sign on the map: one service where care is given, or a head office of several services."""

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


def pins(view: AnswerView) -> tuple[Pin, ...]:
    """Everything of an answer that has a known point, most important first."""
    own = sorted((*view.services, *view.other_services), key=lambda s: ORDER.index(s.kind))
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
    return (*solid, *hollow)


# --- on the map -----------------------------------------------------------------------------------


def sign_groups(drawn: Sequence[Pin]) -> tuple[SignGroup, ...]:
    """The pins as layers, one for each kind, most important first. The most important pin keeps its
    place when signs would lie on each other."""
    groups: dict[str, SignGroup] = {}
    for rank, pin in enumerate(drawn, start=1):
        if pin.layer not in groups:
            groups[pin.layer] = _group(pin)
        SignMarker(
            (pin.lat, pin.lon),
            service=pin.services[0].id,
            title=pin.title,
            rank=rank,
            text=_text(pin),
        ).add_to(groups[pin.layer])
    return tuple(groups.values())


def _group(pin: Pin) -> SignGroup:
    if pin.office:
        return SignGroup(pin.layer, OFFICE_NAME, size=24)
    sign = NEARBY_SIGN if pin.nearby else SIGNS[pin.kind]
    size = 36 if sign.is_drop else 30
    name = NEARBY_NAME if pin.nearby else pin.kind.value
    return SignGroup(pin.layer, name, size=size, drop=sign.is_drop)


def _text(pin: Pin) -> SignText:
    first = pin.services[0]
    if pin.office:
        return SignText(
            say("map.office", provider=_provider(first)),
            [say("map.office_of")],
            [f"{s.name}: {s.kind_words}" for s in pin.services],
        )
    lines = [first.kind_words, first.provider]
    if pin.nearby and first.areas:
        names = join_words([name for _, name in first.areas])
        lines.append(say("map.for_people_in", areas=names))
    lines += [first.unconfirmed_text, f"{first.contact_heading}."]
    return SignText(first.name, [line for line in lines if line], call=_call(first))


def _call(service: ServiceView) -> tuple[str, str, str] | None:
    """The telephone link of the view, if it has one."""
    for way in service.ways:
        if way.kind is WayKind.PHONE:
            return say("map.call"), way.link, way.text
    return None


def _provider(service: ServiceView) -> str:
    return service.provider or say("map.office_no_provider")
