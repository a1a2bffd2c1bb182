"""Maps of an answer, as folium maps that ask no other host for anything.

The base layer is our own shapes of councils, so a map shows who serves what without street tiles;
tiles of OpenStreetMap are added only with `streets=True`. Everything that comes from the directory
is escaped for where it ends up: HTML, the script that folium writes, and Leaflet's labels.
Not for: putting a map on a page (`ui.map_view`) or the geometry of areas (`areas`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast

import folium
from folium.map import Layer
from folium.template import Template
from folium.utilities import JsCode
from markupsafe import escape

from mmhs_finder.answers.types import Answer, Match, Outcome
from mmhs_finder.channels.shell.assets import JQUERY_JS, LEAFLET_CSS, LEAFLET_JS
from mmhs_finder.directory.models import Area, Certainty, Service, ServiceKind, Status, Town, YesNo
from mmhs_finder.directory.ways import dialled
from mmhs_finder.nation import Nation
from mmhs_finder.places.place import Place
from mmhs_finder.places.shapes import AreaShapes, Bounds
from mmhs_finder.postcodes.precision import Precision
from mmhs_finder.words import join_words, say

WATER = "#DCE9EE"
LAND = "#EEF2F1"
SERVED = "#9CC9C3"
LINES = "#7F9A9C"
NEIGHBOUR_LINES = "#3F6B70"
TEXT = "#1E2A2E"
PRIMARY = "#005A6E"
NEARBY = "#3F6B70"
PLACE = "#B3261E"

AROUND_METRES = {Precision.OUTWARD: 4000, Precision.SECTOR: 1500}
"""Radius of the circle for a place that is not one point: half the width of a common one."""

NEAR_PADDING = 0.2
"""Councils within the picture and this share around it are drawn in full, the others roughly."""

COUNCIL_RANK = 4
"""Names of councils come after those of towns (ranks 1 to 3), from the same zoom as rank 3."""

MAX_ZOOM = 12  # at 13 the 250 m of the simplified shapes would show as corners
MAX_ZOOM_STREETS = 18
MAX_ZOOM_FIT = 11

STREET_TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
STREET_CREDIT = (
    '&copy; <a href="https://www.openstreetmap.org/copyright" target="_blank" rel="noopener">'
    "OpenStreetMap</a> contributors"
)
SHAPES_CREDIT = "Source: ONS, OGL v3.0. &copy; Crown copyright 2026"


class MapDirectory(Protocol):
    """What a map needs of the directory."""

    @property
    def towns(self) -> Iterable[Town]: ...

    def areas_of(self, service_id: str) -> Iterable[tuple[Area, Certainty]]: ...


# --- signs ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sign:
    """How a kind of service looks: a shape and a letter as well as a colour."""

    letters: str
    colour: str
    shape: str  # an SVG path in a box of 32 by 32


_DROP = "M16 31C10 23 4 19 4 12.5A12 11.5 0 0 1 28 12.5C28 19 22 23 16 31Z"
_SQUARE = "M8 4H24A4 4 0 0 1 28 8V24A4 4 0 0 1 24 28H8A4 4 0 0 1 4 24V8A4 4 0 0 1 8 4Z"
_ROUND = "M16 3A13 13 0 1 1 16 29A13 13 0 1 1 16 3Z"
_HOUSE = "M16 2L29 13V28A1.5 1.5 0 0 1 27.5 29H4.5A1.5 1.5 0 0 1 3 28V13Z"
_DIAMOND = "M16 1L31 16L16 31L1 16Z"
_HEXAGON = "M9 3H23L30 16L23 29H9L2 16Z"
_OCTAGON = "M10.5 3H21.5L29 10.5V21.5L21.5 29H10.5L3 21.5V10.5Z"
_SHIELD = "M4 4H28V17C28 23 22 27 16 30C10 27 4 23 4 17Z"
_PILL = "M10 6H22A10 10 0 0 1 22 26H10A10 10 0 0 1 10 6Z"
_TENT = "M11 3H21L30 28H2Z"
_BUCKET = "M2 5H30L23 28H9Z"

SIGNS: Mapping[ServiceKind, Sign] = {
    ServiceKind.MMHS: Sign("M", PRIMARY, _DROP),
    ServiceKind.PERINATAL_TEAM: Sign("P", "#5B3A8C", _SQUARE),
    ServiceKind.TALKING_THERAPIES: Sign("T", "#1F5FA6", _ROUND),
    ServiceKind.MOTHER_BABY_UNIT: Sign("MB", "#8A4B08", _HOUSE),
    ServiceKind.BEREAVEMENT: Sign("B", "#7A2455", _DIAMOND),
    ServiceKind.BIRTH_REFLECTIONS: Sign("R", "#1F6B3A", _HEXAGON),
    ServiceKind.COUNSELLING: Sign("C", "#5C5A12", _OCTAGON),
    ServiceKind.PEER_SUPPORT: Sign("PS", "#8F2B2B", _SHIELD),
    ServiceKind.PARENT_INFANT: Sign("PB", "#31505C", _PILL),
    ServiceKind.SEPARATION: Sign("S", "#4A4A8A", _TENT),
    ServiceKind.OTHER: Sign("O", "#45474A", _BUCKET),
}
NEARBY_SIGN = Sign("N", NEARBY, _DROP)
"""An MMHS that serves other areas: the same drop, with another letter."""

_ORDER = (
    ServiceKind.MMHS,
    ServiceKind.PERINATAL_TEAM,
    ServiceKind.MOTHER_BABY_UNIT,
    ServiceKind.BEREAVEMENT,
    ServiceKind.BIRTH_REFLECTIONS,
    ServiceKind.TALKING_THERAPIES,
    ServiceKind.COUNSELLING,
    ServiceKind.PEER_SUPPORT,
    ServiceKind.PARENT_INFANT,
    ServiceKind.SEPARATION,
    ServiceKind.OTHER,
)
"""Order of layers and legend, and who keeps its place when signs would lie on each other."""


def _svg(size: int, inner: str, *, box: tuple[int, int] = (24, 24)) -> str:
    width, height = box
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{size}" height="{size * height // width}" aria-hidden="true">{inner}</svg>'
    )


def sign_svg(sign: Sign, size: int = 32) -> str:
    """The sign of a service where care is given: filled, with white letters."""
    baseline = 18 if sign.shape is _DROP else 21
    font = 15 if len(sign.letters) == 1 else 12
    return _svg(
        size,
        f'<path d="{sign.shape}" fill="{sign.colour}" stroke="#fff" stroke-width="2"/>'
        f'<text x="16" y="{baseline}" text-anchor="middle" font-size="{font}" '
        f'font-weight="700" font-family="sans-serif" fill="#fff">{sign.letters}</text>',
        box=(32, 32),
    )


def office_svg(size: int = 24) -> str:
    """The sign of a head office: a hollow dot."""
    return _svg(
        size,
        f'<circle cx="12" cy="12" r="9.5" fill="#fff"/>'
        f'<circle cx="12" cy="12" r="7" fill="#fff" stroke="{PRIMARY}" stroke-width="3"/>',
    )


def place_svg(size: int = 24) -> str:
    """The sign of the searched place: a red dot."""
    return _svg(
        size, f'<circle cx="12" cy="12" r="9" fill="{PLACE}" stroke="#fff" stroke-width="3"/>'
    )


def _around_svg() -> str:
    return _svg(
        24,
        f'<circle cx="12" cy="12" r="10" fill="{PLACE}" fill-opacity=".25" stroke="{PLACE}"/>',
    )


def _swatch_svg(fill: str, line: str, *, width: float = 1.5, dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return _svg(
        32,
        f'<rect x="3" y="3" width="26" height="18" rx="2" fill="{fill}" stroke="{line}" '
        f'stroke-width="{width}"{dashed}/>',
        box=(32, 24),
    )


# --- what is on the map ---------------------------------------------------------------------------


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


_NUDGE = 1e-6  # degrees, about 10 cm


def pins(answer: Answer) -> tuple[Pin, ...]:
    """Everything of an answer that has a known point, most important first."""
    own = sorted((*answer.mmhs, *answer.alternatives), key=lambda m: _ORDER.index(m.kind))
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


def has_map(answer: Answer) -> bool:
    """Whether there is anything to draw: our shapes are of England only."""
    return answer.place.nation is Nation.ENGLAND and (
        bool(answer.place.areas) or answer.place.point is not None
    )


def legend(answer: Answer) -> tuple[tuple[str, str], ...]:
    """What the signs on this map mean: (SVG, words as plain text), in the order to read them."""
    rows: list[tuple[str, str]] = []
    place = answer.place
    if place.point is not None and place.precision in AROUND_METRES:
        rows.append((_around_svg(), say("map.around", label=place.label)))
    elif place.point is not None:
        rows.append((place_svg(), say("map.place", label=place.label)))
    drawn = pins(answer)
    own_kinds = {p.kind for p in drawn if not p.office and not p.nearby}
    for kind in _ORDER:
        if kind in own_kinds:
            rows.append((sign_svg(SIGNS[kind], 28), say(f"kind.{kind.value}")))
    if any(p.nearby and not p.office for p in drawn):
        rows.append((sign_svg(NEARBY_SIGN, 28), say("map.nearby_mmhs")))
    if any(p.office for p in drawn):
        rows.append((office_svg(), say("map.offices")))
    if answer.mmhs:
        rows.append((_swatch_svg(SERVED, LINES), _served_words(answer)))
    if place.areas:
        rows.append((_swatch_svg("none", TEXT, width=2.5), _outline_words(place)))
    if answer.neighbours:
        rows.append(
            (_swatch_svg("none", NEIGHBOUR_LINES, width=2, dash="5 3"), say("map.nearby_areas"))
        )
    rows.append((_swatch_svg(WATER, LINES), say("map.outside")))
    return tuple(rows)


def _served_words(answer: Answer) -> str:
    if answer.outcome is Outcome.UNCONFIRMED:
        return say("map.served_unconfirmed")
    return say("map.served_several" if len(answer.mmhs) > 1 else "map.served")


def _outline_words(place: Place) -> str:
    if len(place.areas) == 1:
        return say("map.own_council", council=place.areas[0].name)
    return say("map.own_area")


# --- the map --------------------------------------------------------------------------------------


def result_map(
    answer: Answer,
    shapes: AreaShapes,
    directory: MapDirectory,
    *,
    streets: bool = False,
) -> FinderMap:
    """The map of an answer.

    streets: adds the tiles of OpenStreetMap. Without them the map asks nothing of any other host.
    """
    served, nearby = _served_areas(answer, shapes, directory)
    place_codes = [code for area in answer.place.areas for code in shapes.shape_codes(area.code)]
    view = _view(answer, shapes, served or place_codes)
    m = FinderMap(
        label=say("map.map", label=answer.place.label),
        bounds=view,
        streets=streets,
    )
    _add_areas(m, shapes, view, served, nearby, place_codes, streets=streets)
    if streets:
        _add_streets(m)
    else:
        towns = [(t.name, t.lat, t.lon, t.rank) for t in directory.towns]
        named = {name for name, *_ in towns}
        near = shapes.within(view.padded(NEAR_PADDING))
        councils = [(*row, COUNCIL_RANK) for row in shapes.labels(near) if row[0] not in named]
        NameLabels([*towns, *councils]).add_to(m)
    _add_place(m, answer.place)
    _add_pins(m, pins(answer))
    folium.LayerControl(position="topright", collapsed=True).add_to(m)
    Behaviour(m).add_to(m)
    return m


def _served_areas(
    answer: Answer, shapes: AreaShapes, directory: MapDirectory
) -> tuple[list[str], dict[str, list[str]]]:
    """Areas of the place's own MMHS, and those of each neighbouring one."""

    def codes_of(service_id: str) -> list[str]:
        areas = [area.code for area, _ in directory.areas_of(service_id)]
        return [shape for code in areas for shape in shapes.shape_codes(code)]

    own = [m.service.id for m in answer.mmhs]
    served = sorted({code for service_id in own for code in codes_of(service_id)})
    nearby = {m.service.id: codes_of(m.service.id) for m in answer.neighbours}
    return served, {key: codes for key, codes in nearby.items() if key not in own}


def _view(answer: Answer, shapes: AreaShapes, codes: Sequence[str]) -> Bounds:
    """The part of England to show: the served area, the place, and the local service itself."""
    points = [p for p in (answer.place.point,) if p is not None]
    points += [(m.lat, m.lon) for m in answer.mmhs if m.lat is not None and m.lon is not None]
    view = shapes.bounds(codes) or shapes.bounds(shapes.codes)
    assert view is not None, "the file of shapes is empty"
    for lat, lon in points:
        view = view.around(lat, lon)
    return view


def _add_areas(
    m: FinderMap,
    shapes: AreaShapes,
    view: Bounds,
    served: Sequence[str],
    nearby: Mapping[str, Sequence[str]],
    place_codes: Sequence[str],
    *,
    streets: bool,
) -> None:
    near = set(shapes.within(view.padded(NEAR_PADDING)))
    own = set(served)
    if not streets:
        far = [shapes.coarse_json(c) for c in shapes.codes if c not in near]
        AreaLayer(far, color=LINES, weight=0.5, fillColor=LAND, fillOpacity=1).add_to(m)
        rest = [shapes.geometry_json(c) for c in sorted(near - own)]
        AreaLayer(
            rest, attribution=SHAPES_CREDIT, color=LINES, weight=0.8, fillColor=LAND, fillOpacity=1
        ).add_to(m)
    if served:
        AreaLayer(
            [shapes.geometry_json(c) for c in served],
            name=say("map.served"),
            attribution=SHAPES_CREDIT,
            color=LINES,
            weight=0.8,
            fillColor=SERVED,
            fillOpacity=0.35 if streets else 1,
        ).add_to(m)
    outlines = [
        shapes.outline_json(inside)
        for codes in nearby.values()
        if (inside := [c for c in codes if c in near and c not in own])
    ]
    if outlines:
        AreaLayer(
            outlines,
            name=say("map.nearby_areas"),
            color=NEIGHBOUR_LINES,
            weight=1.8,
            dashArray="5 4",
            fill=False,
        ).add_to(m)
    if place_codes:
        AreaLayer([shapes.outline_json(place_codes)], color=TEXT, weight=2.2, fill=False).add_to(m)


def _add_streets(m: FinderMap) -> None:
    folium.TileLayer(
        STREET_TILES,
        attr=STREET_CREDIT,
        max_zoom=MAX_ZOOM_STREETS,
        overlay=True,
        control=False,
        referrerPolicy="strict-origin",
    ).add_to(m)


def _add_place(m: FinderMap, place: Place) -> None:
    if place.point is None:
        return
    if (radius := AROUND_METRES.get(place.precision)) is not None:
        folium.Circle(
            location=place.point,
            radius=radius,
            color=PLACE,
            weight=1.5,
            fill=True,
            fill_opacity=0.25,
            interactive=False,
        ).add_to(m)
        return
    title = inert(say("map.place", label=place.label))
    folium.Marker(
        location=place.point,
        icon=folium.DivIcon(
            html=f'{place_svg()}<span class="sr">{title}</span>',
            icon_size=(24, 24),
            icon_anchor=(12, 12),
            class_name="pin",
        ),
        tooltip=folium.Tooltip(title, sticky=False, direction="top", offset=[0, -12]),
        pin=0,
        still=True,
    ).add_to(m)


def _add_pins(m: FinderMap, drawn: Sequence[Pin]) -> None:
    """One layer for each kind, so that each can be switched off."""
    layers: dict[str, folium.FeatureGroup] = {}
    for rank, pin in enumerate(drawn, start=1):
        name = _layer_name(pin)
        if name not in layers:
            layers[name] = folium.FeatureGroup(name=str(escape(name)))
            layers[name].add_to(m)
        _marker(pin, rank).add_to(layers[name])


def _layer_name(pin: Pin) -> str:
    if pin.office:
        return say("map.offices")
    return say("map.nearby_mmhs") if pin.nearby else say(f"kind.{pin.kind.value}")


def _marker(pin: Pin, rank: int) -> folium.Marker:
    title = inert(pin.title)
    if pin.office:
        svg, size, anchor, up = office_svg(), 24, (12, 12), 0
    else:
        sign = NEARBY_SIGN if pin.nearby else SIGNS[pin.kind]
        drop = sign.shape is _DROP
        svg, size = sign_svg(sign, 36 if drop else 30), 36 if drop else 30
        anchor, up = ((18, 35), 20) if drop else ((15, 15), 0)
    popup = folium.Popup(_popup(pin), max_width=280, min_width=180)
    # Clear of the buttons, which phones have no room for: there they hide behind the popup.
    clear = JsCode("window.innerWidth > 500 ? [64, 64] : [8, 8]")
    cast(dict[str, Any], popup.options)["autoPanPaddingTopLeft"] = clear
    return folium.Marker(
        location=(pin.lat, pin.lon),
        icon=folium.DivIcon(
            html=f'{svg}<span class="sr">{title}</span>',
            icon_size=(size, size),
            icon_anchor=anchor,
            popup_anchor=(0, -anchor[1]),
            class_name="pin",
        ),
        popup=popup,
        tooltip=folium.Tooltip(title, sticky=False, direction="top", offset=[0, -anchor[1]]),
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


def inert(text: str) -> str:
    """Text as HTML that stays text inside a JavaScript template literal as well.

    folium writes popups and labels between backticks, and runs the whole through Jinja once more.
    """
    out = str(escape(text))
    for char in "`$\\{}":
        out = out.replace(char, f"&#{ord(char)};")
    return out


def js_text(value: object) -> str:
    """A value as a JavaScript literal that folium may handle as it likes.

    folium runs what it has rendered through Jinja once more, so a name with `{{...}}` would be
    executed on the server: braces in texts are written as escapes, like what could end a script.
    """
    if isinstance(value, str):
        return "".join(_js_char(c) for c in json.dumps(value))
    if isinstance(value, list):
        return f"[{','.join(js_text(v) for v in value)}]"
    return json.dumps(value)


def _js_char(char: str) -> str:
    return f"\\u{ord(char):04x}" if char in "{}<>&'`$%#" else char


# --- parts of the map that folium does not have ---------------------------------------------------

_CSS = """
html, body { height: 100%; margin: 0; padding: 0; overflow: hidden; }
body > span { display: none; }
.leaflet-container { background: WATER; color: TEXT; font: 16px/1.4 "Source Sans 3",
  "Source Sans Pro", "Source Sans", system-ui, sans-serif; }
.leaflet-container:focus-visible { outline: 3px solid PRIMARY; outline-offset: -3px; }
.leaflet-container a { color: PRIMARY; }
.leaflet-bar a, .leaflet-touch .leaflet-bar a { width: 44px; height: 44px; line-height: 44px;
  font-size: 24px; color: TEXT; }
.leaflet-bar a.leaflet-disabled { color: #5C6B70; }
.leaflet-control a:focus-visible, .leaflet-control input:focus-visible, .pin:focus-visible,
.leaflet-popup a:focus-visible { outline: 3px solid PRIMARY; outline-offset: 2px; }
.leaflet-control-layers .leaflet-control-layers-toggle { width: auto; height: 44px;
  padding: 0 14px; background: none; line-height: 44px; font-weight: 600; color: TEXT;
  text-decoration: none; }
.leaflet-control-layers-expanded { padding: 4px 14px 4px 8px; max-width: 17rem; }
.leaflet-control-layers label { display: block; font-size: 16px; line-height: 1.3;
  padding: 7px 0; }
.leaflet-control-layers label > span { display: flex; gap: 8px; align-items: flex-start; }
.leaflet-control-layers-selector { width: 20px; height: 20px; margin: 0; flex: none; top: 0; }
.leaflet-control-attribution { font-size: 12px; color: #3B474C; }
.leaflet-container .leaflet-control-scale-line { color: TEXT; font-size: 12px; line-height: 1.3;
  text-shadow: none; background: rgba(255, 255, 255, .85); }
.leaflet-popup-content { margin: 12px 28px 12px 14px; font-size: 16px; }
.leaflet-container a.leaflet-popup-close-button { width: 32px; height: 32px; line-height: 32px;
  font-size: 22px; color: TEXT; }
.leaflet-tooltip { font-size: 15px; color: TEXT; white-space: normal; width: max-content;
  max-width: 220px; }
.leaflet-bottom.leaflet-left { margin-bottom: 20px; }
@media (max-width: 500px) { .leaflet-bottom.leaflet-left { margin-bottom: 38px; } }
@media (max-width: 500px) { .has-popup .leaflet-top { visibility: hidden; } }
.pop p { margin: 4px 0 0; }
.pop ul { margin: 4px 0 0; padding-left: 1.1em; }
.pin svg { display: block; position: relative; }
.town span { position: absolute; transform: translate(-50%, -50%); white-space: nowrap;
  font-weight: 600; font-size: 14px; line-height: 1; color: TEXT; text-shadow: 0 0 2px #fff,
  0 0 2px #fff, 0 0 3px #fff, 1px 1px 2px #fff, -1px -1px 2px #fff, 1px -1px 2px #fff,
  -1px 1px 2px #fff; }
.town.rank-1 span { font-size: 15px; font-weight: 700; }
.town.rank-3 span { font-size: 13px; }
.town.rank-4 span { font-size: 13px; font-weight: 400; color: #33464B; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
@media (prefers-reduced-motion: reduce) { .leaflet-container * { transition: none !important; } }
"""
for _name in ("WATER", "TEXT", "PRIMARY"):
    _CSS = _CSS.replace(_name, str(globals()[_name]))


class FinderMap(folium.Map):
    """A folium map whose libraries and looks are our own. Base of every map of the finder.

    Differs from `folium.Map` in what it loads, and in not forbidding to enlarge the page.
    """

    _template = Template(
        """
        {% macro header(this, kwargs) %}
            <style>"""
        + _CSS
        + """#{{ this.get_name() }} { position: relative; width: 100% !important;
                height: 100vh !important; }</style>
        {% endmacro %}
        {% macro html(this, kwargs) %}
            <div class="folium-map" id={{ this.get_name()|tojson }} ></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            // Else Leaflet's own pin, drawn before ours replaces it, asks for pictures.
            L.Marker.prototype.options.icon = L.divIcon();
            var {{ this.get_name() }} = L.map(
                {{ this.get_name()|tojson }}, {{ this.options|tojavascript }}
            ).fitBounds({{ this.view }}, {{ this.fit|tojavascript }});
            L.control.scale({position: "bottomleft"}).addTo({{ this.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, *, label: str, bounds: Bounds, streets: bool = False) -> None:
        super().__init__(
            location=((bounds.south + bounds.north) / 2, (bounds.west + bounds.east) / 2),
            tiles=None,
            zoom_start=7,
            minZoom=5,
            maxZoom=MAX_ZOOM_STREETS if streets else MAX_ZOOM,
            zoomSnap=1 if streets else 0.25,
            scrollWheelZoom=False,
        )
        options = cast(dict[str, Any], self.options)
        # One finger scrolls the page, two fingers move the map.
        options["dragging"] = JsCode("!window.matchMedia('(pointer: coarse)').matches")
        options["renderer"] = JsCode("L.svg({padding: 0.5})")
        # The first view is the fitted one, so that no tile is asked for that is not needed.
        del options["zoom"]
        self._name = "Map"
        self.label = label
        self.view = js_text([[bounds.south, bounds.west], [bounds.north, bounds.east]])
        self.fit = {"padding": [18, 18], "maxZoom": MAX_ZOOM_FIT, "animate": False}


FinderMap.default_js = [("leaflet", LEAFLET_JS), ("jquery", JQUERY_JS)]
FinderMap.default_css = [("leaflet_css", LEAFLET_CSS)]


class AreaLayer(Layer):
    """Shapes that nobody can click. Has a switch in the layer control when it has a name."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.geoJSON(
                {{ this.geometries }}, {{ this.options|tojavascript }});
        {% endmacro %}
        """
    )

    def __init__(
        self, geometries: Iterable[str], *, name: str = "", attribution: str = "", **style: Any
    ) -> None:
        super().__init__(name=name or None, overlay=True, control=bool(name))
        self._name = "AreaLayer"
        self.geometries = f"[{','.join(geometries)}]"
        self.options = {"interactive": False, "style": style}
        if attribution:
            self.options["attribution"] = attribution


class NameLabels(Layer):
    """Names of towns and councils; `Behaviour` decides for which of them there is room.

    names: (name, latitude, longitude, rank) of each; lower ranks are shown first.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.layerGroup({{ this.names }}.map(
                function (t) {
                    var name = document.createElement("span");
                    name.textContent = t[0];
                    return L.marker([t[1], t[2]], {
                        interactive: false, keyboard: false,
                        town: t[3], width: 16 + 8 * t[0].length,
                        icon: L.divIcon({
                            html: name, iconSize: [0, 0], className: "town rank-" + t[3]
                        })
                    });
                }));
        {% endmacro %}
        """
    )

    def __init__(self, names: Iterable[tuple[str, float, float, int]]) -> None:
        super().__init__(name=say("map.towns"), overlay=True)
        self._name = "NameLabels"
        self.names = js_text([list(row) for row in names])


class Behaviour(folium.MacroElement):
    """What the map does by itself: make room for signs and names, keep the view, name itself."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        (function (map, label, layersLabel, view, fit) {
            var box = map.getContainer(), touched = false;
            box.setAttribute("role", "region");
            box.setAttribute("aria-label", label);
            document.title = label;
            try { window.frameElement.title = label; } catch (e) {}
            map.attributionControl.setPrefix(false);
            var toggle = box.querySelector(".leaflet-control-layers-toggle");
            if (toggle) { toggle.textContent = layersLabel; toggle.title = ""; }

            function free(taken, b) {
                return taken.every(function (t) {
                    return Math.abs(t.x - b.x) * 2 >= t.w + b.w
                        || Math.abs(t.y - b.y) * 2 >= t.h + b.h;
                });
            }
            // Where a sign may go, nearest first: where it belongs, then rings around it.
            var spots = [[0, 0]];
            [30, 60, 90].forEach(function (r) {
                for (var i = 0; i < 8 * r / 30; i++) {
                    var a = i * Math.PI / 4 * 30 / r;
                    spots.push([Math.round(r * Math.cos(a)), Math.round(r * Math.sin(a))]);
                }
            });
            function move(mark, dx, dy) {
                var el = mark.getElement(), icon = mark.options.icon.options, a = icon.iconAnchor;
                el.style.marginLeft = dx - a[0] + "px";
                el.style.marginTop = dy - a[1] + "px";
                icon.popupAnchor = [dx, dy - a[1]];
                icon.tooltipAnchor = [dx, dy];
                if (dx || dy) {
                    var p = map.latLngToLayerPoint(mark.getLatLng()), up = mark.options.up;
                    var end = map.layerPointToLatLng([p.x + dx, p.y + dy - up]);
                    L.polyline([mark.getLatLng(), end],
                        {color: "#33464B", weight: 1.5, interactive: false}).addTo(leads);
                }
            }
            var leads = L.layerGroup().addTo(map);  // from moved signs to where they belong
            function arrange() {
                leads.clearLayers();
                var signs = [], towns = [], taken = [], zoom = map.getZoom();
                map.eachLayer(function (l) {
                    if (l.options.pin !== undefined) { signs.push(l); }
                    if (l.options.town) { towns.push(l); }
                });
                signs.sort(function (a, b) { return a.options.pin - b.options.pin; });
                signs.forEach(function (s) {
                    var p = map.latLngToLayerPoint(s.getLatLng()), up = s.options.up || 0;
                    var size = s.options.icon.options.iconSize[0] - 2, best = spots[0], b;
                    for (var i = 0; i < spots.length; i++) {
                        b = {x: p.x + spots[i][0], y: p.y - up + spots[i][1], w: size, h: size};
                        if (s.options.still || free(taken, b)) { best = spots[i]; break; }
                    }
                    taken.push({x: p.x + best[0], y: p.y - up + best[1], w: size, h: size});
                    if (!s.options.still) { move(s, best[0], best[1]); }
                });
                // Names keep clear of the buttons and of the edge, so that none is cut off.
                var size = map.getSize(), corner = map.containerPointToLayerPoint([0, 0]);
                var here = box.getBoundingClientRect();
                box.querySelectorAll(".leaflet-control").forEach(function (c) {
                    var q = c.getBoundingClientRect();
                    taken.push({
                        x: corner.x + q.left - here.left + q.width / 2, w: q.width + 8,
                        y: corner.y + q.top - here.top + q.height / 2, h: q.height + 8
                    });
                });
                function whole(b) {
                    return b.x - b.w / 2 >= corner.x && b.x + b.w / 2 <= corner.x + size.x
                        && b.y - b.h / 2 >= corner.y && b.y + b.h / 2 <= corner.y + size.y;
                }
                towns.sort(function (a, b) { return a.options.town - b.options.town; });
                towns.forEach(function (t) {
                    var rank = t.options.town, el = t.getElement();
                    var w = t.options.width, found = null;
                    if (rank === 1 || (rank === 2 && zoom >= 8) || zoom >= 10) {
                        var p = map.latLngToLayerPoint(t.getLatLng()), side = w / 2 + 12;
                        [[0, 0], [0, 24], [0, -22], [side, 0], [-side, 0]].some(function (o) {
                            var b = {x: p.x + o[0], y: p.y + o[1], w: w, h: 20};
                            if (whole(b) && free(taken, b)) { found = o; taken.push(b); }
                            return found;
                        });
                    }
                    el.style.display = found ? "" : "none";
                    if (found) {
                        el.firstChild.style.left = found[0] + "px";
                        el.firstChild.style.top = found[1] + "px";
                    }
                });
            }
            map.on("moveend zoomend resize overlayadd overlayremove", arrange);
            box.addEventListener("keydown", function (e) {
                if (e.key === "Escape") { map.closePopup(); }
            });
            // Enter does all that a click does: Leaflet alone would open the popup and tell nobody.
            function pressable(sign) {
                if (sign.options.pin === undefined || sign.pressable) { return; }
                sign.pressable = true;
                sign.off("keypress").on("keypress", function (e) {
                    if (e.originalEvent.key !== "Enter") { return; }
                    sign.fire("click", {latlng: sign.getLatLng(), originalEvent: e.originalEvent});
                });
            }
            map.eachLayer(pressable);
            map.on("layeradd", function (e) { pressable(e.layer); });
            map.on("popupclose", function () { box.classList.remove("has-popup"); });
            map.on("popupopen", function (e) {
                box.classList.add("has-popup");
                var sign = e.popup._source;
                if (sign && sign.closeTooltip) { sign.closeTooltip(); }
            });
            // The frame gets its size after the map is made: fit again until somebody uses the map.
            ["pointerdown", "keydown", "touchstart"].forEach(function (name) {
                box.addEventListener(name, function () { touched = true; }, {passive: true});
            });
            map.on("resize", function () {
                if (touched) { return; }
                map.fitBounds(view, fit);
            });
            arrange();
            // The buttons have their places only when Leaflet's style sheet has come.
            document.querySelectorAll("link[rel=stylesheet]").forEach(function (link) {
                link.addEventListener("load", arrange);
            });
        })({{ this.map_name }}, {{ this.label }}, {{ this.layers_label }}, {{ this.view }},
           {{ this.fit|tojavascript }});
        {% endmacro %}
        """
    )

    def __init__(self, m: FinderMap) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Behaviour"
        self._map = m
        self.label = js_text(m.label)
        self.layers_label = js_text(say("map.layers"))
        self.view, self.fit = m.view, m.fit

    @property
    def map_name(self) -> str:
        return str(self._map.get_name())
