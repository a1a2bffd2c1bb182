"""The map of an answer: who serves what, where care is given, and the place that was asked for.

The base layer is our own shapes of councils, so the map shows this without street tiles; tiles of
OpenStreetMap are added only with `streets=True`.
Not for: putting a map on a page (`map_view`), the geometry of areas (`places.shapes`), or which
signs stand where (`pins`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import folium
from markupsafe import Markup, escape

from mmhs_finder.answers.types import Outcome
from mmhs_finder.directory.models import Area, Certainty, Town
from mmhs_finder.directory.named import KIND
from mmhs_finder.nation import Nation
from mmhs_finder.places.place import Place
from mmhs_finder.places.shapes import AreaShapes, Bounds
from mmhs_finder.postcodes.precision import Precision
from mmhs_finder.render.maps.leaflet import (
    MAX_ZOOM_STREETS,
    AreaLayer,
    Behaviour,
    FinderMap,
    NameLabels,
    shapes_credit,
    sign_marker,
)
from mmhs_finder.render.maps.pins import Pin, marker, pins
from mmhs_finder.render.maps.signs import (
    LAND,
    LINES,
    NEARBY_SIGN,
    NEIGHBOUR_LINES,
    ORDER,
    PLACE,
    SERVED,
    SIGNS,
    TEXT,
    WATER,
    around_svg,
    legend_items,
    office_svg,
    place_svg,
    sign_svg,
    swatch_svg,
)
from mmhs_finder.views.answer import AnswerView
from mmhs_finder.words import say

AROUND_METRES = {Precision.OUTWARD: 4000, Precision.SECTOR: 1500}
"""Radius of the circle for a place that is not one point: half the width of a common one."""

NEAR_PADDING = 0.2
"""Councils within the picture and this share around it are drawn in full, the others roughly."""

COUNCIL_RANK = 4
"""Names of councils come after those of towns (ranks 1 to 3), from the same zoom as rank 3."""

STREET_TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
_STREETS_LINK = (
    '<a href="https://www.openstreetmap.org/copyright" target="_blank" rel="noopener">'
    "OpenStreetMap</a>"
)


class MapDirectory(Protocol):
    """What a map needs of the directory."""

    @property
    def towns(self) -> Iterable[Town]: ...

    def areas_of(self, service_id: str) -> Iterable[tuple[Area, Certainty]]: ...


def has_map(answer: AnswerView) -> bool:
    """Whether there is anything to draw: our shapes are of England only."""
    return answer.place.nation is Nation.ENGLAND and (
        bool(answer.place.areas) or answer.place.point is not None
    )


# --- the legend -----------------------------------------------------------------------------------


def legend(answer: AnswerView) -> tuple[tuple[str, str], ...]:
    """What the signs on this map mean: (SVG, words as plain text), in the order to read them."""
    rows: list[tuple[str, str]] = []
    place = answer.place
    if place.point is not None and place.precision in AROUND_METRES:
        rows.append((around_svg(), say("map.around", label=place.label)))
    elif place.point is not None:
        rows.append((place_svg(), say("map.place", label=place.label)))
    drawn = pins(answer)
    own_kinds = {p.kind for p in drawn if not p.office and not p.nearby}
    for kind in ORDER:
        if kind in own_kinds:
            rows.append((sign_svg(SIGNS[kind], 28), KIND(kind)))
    if any(p.nearby and not p.office for p in drawn):
        rows.append((sign_svg(NEARBY_SIGN, 28), say("map.nearby_mmhs")))
    if any(p.office for p in drawn):
        rows.append((office_svg(), say("map.offices")))
    if answer.services:
        rows.append((swatch_svg(SERVED, LINES), _served_words(answer)))
    if place.areas:
        rows.append((swatch_svg("none", TEXT, width=2.5), _outline_words(place)))
    if answer.neighbours:
        rows.append(
            (swatch_svg("none", NEIGHBOUR_LINES, width=2, dash="5 3"), say("map.nearby_areas"))
        )
    rows.append((swatch_svg(WATER, LINES), say("map.outside")))
    return tuple(rows)


def legend_html(answer: AnswerView) -> Markup:
    """The legend as an HTML list: each sign with its words, and how to move the map by touch."""
    return Markup(
        '<div class="map-legend"><ul role="list" aria-label="{}">{}</ul>'
        '<p class="map-touch">{}</p></div>'
    ).format(say("map.legend"), legend_items(legend(answer)), say("map.two_fingers"))


def _served_words(answer: AnswerView) -> str:
    if answer.outcome is Outcome.UNCONFIRMED:
        return say("map.served_unconfirmed")
    return say("map.served", count=len(answer.services))


def _outline_words(place: Place) -> str:
    if len(place.areas) == 1:
        return say("map.own_council", council=place.areas[0].name)
    return say("map.own_area")


# --- the map --------------------------------------------------------------------------------------


def result_map(
    answer: AnswerView,
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
    answer: AnswerView, shapes: AreaShapes, directory: MapDirectory
) -> tuple[list[str], dict[str, list[str]]]:
    """Areas of the place's own MMHS, and those of each neighbouring one."""

    def codes_of(service_id: str) -> list[str]:
        areas = [area.code for area, _ in directory.areas_of(service_id)]
        return [shape for code in areas for shape in shapes.shape_codes(code)]

    own = [s.id for s in answer.services]
    served = sorted({code for service_id in own for code in codes_of(service_id)})
    nearby = {s.id: codes_of(s.id) for s in answer.neighbours}
    return served, {key: codes for key, codes in nearby.items() if key not in own}


def _view(answer: AnswerView, shapes: AreaShapes, codes: Sequence[str]) -> Bounds:
    """The part of England to show: the served area, the place, and the local service itself."""
    points = [p for p in (answer.place.point,) if p is not None]
    points += [s.point for s in answer.services if s.point]
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
            rest,
            attribution=shapes_credit(),
            color=LINES,
            weight=0.8,
            fillColor=LAND,
            fillOpacity=1,
        ).add_to(m)
    if served:
        AreaLayer(
            [shapes.geometry_json(c) for c in served],
            name=say("map.served", count=len(served)),
            attribution=shapes_credit(),
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
        attr=say("map.streets_credit", link=_STREETS_LINK),
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
    sign_marker(
        place.point,
        place_svg(),
        say("map.place", label=place.label),
        size=24,
        anchor=(12, 12),
        pin=0,
        still=True,
    ).add_to(m)


def _add_pins(m: FinderMap, drawn: Sequence[Pin]) -> None:
    """One layer for each kind, so that each can be switched off."""
    layers: dict[str, folium.FeatureGroup] = {}
    for rank, pin in enumerate(drawn, start=1):
        name = pin.layer
        if name not in layers:
            layers[name] = folium.FeatureGroup(name=str(escape(name)))
            layers[name].add_to(m)
        marker(pin, rank).add_to(layers[name])
