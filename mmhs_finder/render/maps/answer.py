"""The map of an answer: who serves what, where care is given, and the place that was asked for.

The ground is our own shapes of councils, so the map shows this without street tiles; tiles of
OpenStreetMap are added in the frame, when the visitor asks for them.
Not for: putting a map on a page (`map_view`), the shapes (`shapes_files`), or which signs stand
where (`pins`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import folium

from mmhs_finder.answers.types import Outcome
from mmhs_finder.directory.models import Area, Certainty
from mmhs_finder.directory.named import area_words
from mmhs_finder.nation import Nation
from mmhs_finder.places.place import Place
from mmhs_finder.places.shapes import AreaShapes, Bounds
from mmhs_finder.postcodes.precision import Precision
from mmhs_finder.render.maps.leaflet import (
    AreaLayer,
    FinderMap,
    NameLabels,
    PlaceCircle,
    PlaceMark,
    StreetTiles,
)
from mmhs_finder.render.maps.pins import pins, sign_groups
from mmhs_finder.views.answer import AnswerView
from mmhs_finder.words import say

AROUND_METRES = {Precision.OUTWARD: 4000, Precision.SECTOR: 1500}
"""Radius of the circle for a place that is not one point: half the width of a common one."""

STREET_TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"


class MapDirectory(Protocol):
    """What a map needs of the directory."""

    def areas_of(self, service_id: str) -> Iterable[tuple[Area, Certainty]]: ...


def has_map(answer: AnswerView) -> bool:
    """Whether there is anything to draw: our shapes are of England only."""
    return answer.place.nation is Nation.ENGLAND and (
        bool(answer.place.areas) or answer.place.point is not None
    )


def result_map(
    answer: AnswerView, shapes: AreaShapes, directory: MapDirectory, shapes_url: str
) -> FinderMap:
    """The map of an answer.

    shapes_url: where the browser finds the shapes in detail. Without streets the map asks nothing
    of any other host, and those it asks for only when the visitor presses their switch.
    """
    served, nearby = _served_areas(answer, shapes, directory)
    place_codes = [code for area in answer.place.areas for code in shapes.shape_codes(area.code)]
    m = FinderMap(
        label=say("map.map", label=answer.place.label),
        bounds=_view(answer, shapes, served or place_codes),
        shapes=shapes_url,
        legend=True,
        spread=True,
        reports=True,
    )
    if served:
        AreaLayer("served", [served], name=_served_words(answer)).add_to(m)
    if nearby:
        AreaLayer("near", nearby, name=say("map.nearby_areas")).add_to(m)
    if place_codes:
        AreaLayer("place", [place_codes], name=_outline_words(answer.place)).add_to(m)
    _add_place(m, answer.place)
    for group in sign_groups(pins(answer)):
        group.add_to(m)
    NameLabels(say("map.towns"), councils=True).add_to(m)
    StreetTiles(STREET_TILES).add_to(m)
    folium.LayerControl().add_to(m)
    return m


def _served_words(answer: AnswerView) -> str:
    if answer.outcome is Outcome.UNCONFIRMED:
        return say("map.served_unconfirmed")
    return say("map.served", count=len(answer.services))


def _outline_words(place: Place) -> str:
    if len(place.areas) == 1:
        return say("map.own_council", council=area_words(place.areas[0].name))
    return say("map.own_area")


def _served_areas(
    answer: AnswerView, shapes: AreaShapes, directory: MapDirectory
) -> tuple[list[str], list[list[str]]]:
    """Shapes of the place's own MMHS, and those of each neighbouring one that are not its own."""

    def codes_of(service_id: str) -> list[str]:
        areas = [area.code for area, _ in directory.areas_of(service_id)]
        return [shape for code in areas for shape in shapes.shape_codes(code)]

    own = [s.id for s in answer.services]
    served = sorted({code for service_id in own for code in codes_of(service_id)})
    others = [codes_of(s.id) for s in answer.neighbours if s.id not in own]
    nearby = [[code for code in codes if code not in served] for codes in others]
    return served, [codes for codes in nearby if codes]


def _view(answer: AnswerView, shapes: AreaShapes, codes: Sequence[str]) -> Bounds:
    """The part of England to show: the served area, the place, and the local service itself."""
    points = [p for p in (answer.place.point,) if p is not None]
    points += [s.point for s in answer.services if s.point]
    view = shapes.bounds(codes) or shapes.bounds(shapes.codes)
    assert view is not None, "the file of shapes is empty"
    for lat, lon in points:
        view = view.around(lat, lon)
    return view


def _add_place(m: FinderMap, place: Place) -> None:
    if place.point is None:
        return
    if (radius := AROUND_METRES.get(place.precision)) is not None:
        PlaceCircle(place.point, radius, name=say("map.around", label=place.label)).add_to(m)
        return
    PlaceMark(place.point, name=say("map.place", label=place.label)).add_to(m)
