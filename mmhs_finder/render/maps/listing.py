"""The map of the list of services: England with one sign for each service that has a base.

Not for: filtering the list (`views.listing`), or its table and page (`channels.streamlit.listing`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import folium
from markupsafe import Markup

from mmhs_finder.directory.models import ServiceKind, Town
from mmhs_finder.directory.named import KIND
from mmhs_finder.places.shapes import AreaShapes, Bounds
from mmhs_finder.render.maps.leaflet import (
    AreaLayer,
    Behaviour,
    FinderMap,
    NameLabels,
    inert,
    shapes_credit,
    sign_marker,
    sign_popup,
)
from mmhs_finder.render.maps.signs import LAND, LINES, SIGNS, legend_items, sign_svg
from mmhs_finder.views.listing import ListedService
from mmhs_finder.words import join_words, say

_AREAS_SHOWN: Final = 4
_SIZE: Final = 26  # of a sign, in pixels


def area_words(row: ListedService) -> str:
    """The areas that a service serves, in words: the first few, and how many more."""
    names = row.area or row.councils
    if len(names) > _AREAS_SHOWN:
        rest = say("names.more", count=len(names) - _AREAS_SHOWN)
        return f"{', '.join(names[:_AREAS_SHOWN])} {rest}"
    return join_words(names) or say("listing.area_unknown")


def legend_html(found: Sequence[ListedService]) -> Markup:
    """What the signs on the map mean, as a list: each sign with its words."""
    kinds = {row.kind for row in found}
    items = legend_items(
        (sign_svg(SIGNS[kind], _SIZE), KIND(kind)) for kind in ServiceKind if kind.value in kinds
    )
    return Markup('<ul class="listing-legend" role="list" aria-label="{}">{}</ul>').format(
        say("listing.legend"), items
    )


def listing_map(
    found: Sequence[ListedService],
    points: Mapping[str, tuple[float, float]],
    shapes: AreaShapes,
    towns: Sequence[Town],
) -> FinderMap:
    """A map of England with one sign for each service. It asks nothing of any other host."""
    lats, lons = zip(*(points[row.id] for row in found), strict=True)
    view = Bounds(south=min(lats), west=min(lons), north=max(lats), east=max(lons))
    m = FinderMap(label=say("listing.map_label"), bounds=view.padded(0.1))
    AreaLayer(
        [shapes.coarse_json(code) for code in shapes.codes],
        attribution=shapes_credit(),
        color=LINES,
        weight=0.6,
        fillColor=LAND,
        fillOpacity=1,
    ).add_to(m)
    NameLabels((t.name, t.lat, t.lon, t.rank) for t in towns).add_to(m)
    for rank, row in enumerate(found, start=1):
        _pin(row, points[row.id], rank).add_to(m)
    Behaviour(m).add_to(m)
    return m


def _pin(row: ListedService, point: tuple[float, float], rank: int) -> folium.Marker:
    kind = KIND(row.kind)
    lines = "".join(f"<p>{inert(t)}</p>" for t in (kind, row.provider, area_words(row)) if t)
    half = _SIZE // 2
    return sign_marker(
        point,
        sign_svg(SIGNS[ServiceKind(row.kind)], _SIZE),
        f"{row.name} ({kind})",
        size=_SIZE,
        anchor=(half, half),
        popup=sign_popup(f'<div class="pop"><b>{inert(row.name)}</b>{lines}</div>'),
        pin=rank,
        still=True,
        rise_on_hover=True,
    )
