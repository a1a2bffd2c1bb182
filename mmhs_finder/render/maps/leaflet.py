"""What every map shares: the map itself, its layers, its signs, and how it becomes data.

A map is put together of folium's parts (map, groups, markers, circles, tiles) and a few of our own.
folium would write it as a page with a script in it. We send it as data instead (`FinderMap.data`),
which our own script draws (`static/map.js`): nothing is evaluated, any text stays text, and the
shapes, which are the heavy part, come from an address that the browser keeps (`shapes_files`).
Not for: what is on a map (`answer`, `listing`, `coverage.map`), or putting it on a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import singledispatch
from typing import Any

import folium
from folium.map import Layer

from mmhs_finder.places.shapes import Bounds

MAX_ZOOM = 12  # at 13 the 250 m of the simplified shapes would show as corners
MAX_ZOOM_STREETS = 18

_PLACES = 5
"""Decimals of a degree that are sent: about a metre."""


@dataclass(frozen=True)
class SignText:
    """What a sign says when it is pressed. Plain text; the script makes the elements.

    call: the words before a telephone link, its address, and its text.
    """

    head: str
    lines: Sequence[str] = ()
    rows: Sequence[str] = ()
    call: tuple[str, str, str] | None = None

    def data(self) -> dict[str, Any]:
        return {key: value for key, value in asdict(self).items() if value}


class FinderMap(folium.Map):
    """A folium map that becomes data. Base of every map of the finder.

    A `folium.LayerControl` on it gives each layer that has a name a switch.
    """

    def __init__(
        self,
        *,
        label: str,
        bounds: Bounds,
        shapes: str,
        legend: bool = False,
        spread: bool = False,
        fills: bool = False,
        reports: bool = False,
    ) -> None:
        """label: what the map shows, for screen readers. bounds: the first view. shapes: the
        address of the shapes that are drawn.

        legend: says under the map what the signs in view mean. spread: moves signs apart that would
        lie on each other; else they are gathered in one, with their number. fills: the map is as
        high as its frame, which the page decides, and on a phone is drawn when it comes into view;
        else the frame is as high as what is in it, and on a phone the map waits to be asked for.
        reports: tells the page which sign was pressed.
        """
        # Not folium's own beginning: it puts a map into a page (branca's `Figure`) and compiles
        # that page's template anew each time. A map that becomes data is in no page.
        super(folium.Map, self).__init__()  # type: ignore[no-untyped-call]
        self._name = "Map"
        self.bounds = bounds
        self._about = {
            "label": label,
            "shapes": shapes,
            "legend": legend,
            "spread": spread,
            "fills": fills,
            "reports": reports,
        }

    def data(self) -> dict[str, Any]:
        """The map as JSON data: what `static/map.js` draws.

        Raises TypeError for a part of folium that the script does not know.
        """
        parts = list(self._children.values())
        return {
            **self._about,
            "view": [
                [round(self.bounds.south, _PLACES), round(self.bounds.west, _PLACES)],
                [round(self.bounds.north, _PLACES), round(self.bounds.east, _PLACES)],
            ],
            "zoom": MAX_ZOOM,
            "switches": any(isinstance(p, folium.LayerControl) for p in parts),
            "layers": [described(p) for p in parts if not isinstance(p, folium.LayerControl)],
        }


class AreaLayer(Layer):
    """Areas that nobody can press, by the codes of their shapes. How a kind looks: `map.css`.

    kind: "served" (filled), "near" or "place" (an outline around each group of codes).
    name: what it is, for the switch and the legend.
    """

    def __init__(self, kind: str, groups: Iterable[Sequence[str]], *, name: str) -> None:
        super().__init__(name=name, overlay=True, control=True)
        self._name = "AreaLayer"
        self.kind = kind
        self.groups = [list(codes) for codes in groups]


class NameLabels(Layer):
    """Names of towns and councils, which come with the shapes. The script decides for which of
    them there is room.

    back: by how much each town's rank is put back, where names would hide what the map is about.
    """

    def __init__(self, name: str, *, back: int = 0, councils: bool = False) -> None:
        super().__init__(name=name, overlay=True)
        self._name = "NameLabels"
        self.back = back
        self.councils = councils


class StreetTiles(Layer):
    """Tiles with streets, asked for only when the visitor says so: the script draws the switch.

    Not `folium.TileLayer`, which compares every address with those of a thousand known makers of
    tiles. url: with gaps for zoom and place.
    """

    def __init__(self, url: str) -> None:
        super().__init__(overlay=True, control=False)
        self._name = "StreetTiles"
        self.url = url


class SignGroup(folium.FeatureGroup):
    """The signs of one kind, so that each kind can be switched off.

    sign: the drawing, by its name in the frame's page (`frame`). size: in pixels. drop: whether it
    points at its place with its tip; all others lie on it with their middle.
    """

    def __init__(self, name: str, sign: str, *, size: int, drop: bool = False) -> None:
        super().__init__(name=name)
        self.sign, self.size, self.drop = sign, size, drop


class SignMarker(folium.Marker):
    """A sign on the map. service: what the page hears when it is pressed. rank: 1 keeps its
    place."""

    def __init__(
        self, point: tuple[float, float], *, service: str, title: str, rank: int, text: SignText
    ) -> None:
        super().__init__(location=point)
        self.service, self.title, self.rank, self.text = service, title, rank, text


class PlaceMark(folium.Marker):
    """The place that was asked for: a dot that nobody can press."""

    def __init__(self, point: tuple[float, float], *, name: str) -> None:
        super().__init__(location=point)
        self.label = name


class PlaceCircle(folium.Circle):
    """The place that was asked for, where it is known roughly. radius: in metres."""

    def __init__(self, point: tuple[float, float], radius: float, *, name: str) -> None:
        super().__init__(location=point, radius=radius)
        self.label = name


# --- as data --------------------------------------------------------------------------------------


def _point(location: Sequence[float]) -> list[float]:
    return [round(float(value), _PLACES) for value in location]


@singledispatch
def described(part: object) -> dict[str, Any]:
    """One part of a map as data: a layer, or what is in one."""
    raise TypeError(f"map.js does not draw {type(part).__name__}")


@described.register
def _areas(part: AreaLayer) -> dict[str, Any]:
    return {"type": "areas", "kind": part.kind, "name": part.layer_name, "groups": part.groups}


@described.register
def _names(part: NameLabels) -> dict[str, Any]:
    return {
        "type": "names",
        "name": part.layer_name,
        "back": part.back,
        "councils": part.councils,
    }


@described.register
def _signs(part: SignGroup) -> dict[str, Any]:
    return {
        "type": "signs",
        "name": part.layer_name,
        "sign": part.sign,
        "size": part.size,
        "drop": part.drop,
        "signs": [described(sign) for sign in part._children.values()],
    }


@described.register
def _sign(part: SignMarker) -> dict[str, Any]:
    assert part.location is not None
    return {
        "id": part.service,
        "at": _point(part.location),
        "title": part.title,
        "rank": part.rank,
        "text": part.text.data(),
    }


@described.register
def _place(part: PlaceMark) -> dict[str, Any]:
    assert part.location is not None
    return {"type": "place", "name": part.label, "at": _point(part.location)}


@described.register
def _around(part: PlaceCircle) -> dict[str, Any]:
    assert part.location is not None
    radius = part.options["radius"]
    return {"type": "around", "name": part.label, "at": _point(part.location), "radius": radius}


@described.register
def _streets(part: StreetTiles) -> dict[str, Any]:
    return {
        "type": "streets",
        "url": part.url,
        "zoom": MAX_ZOOM_STREETS,
        "referrerPolicy": "strict-origin",
    }
