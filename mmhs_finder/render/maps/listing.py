"""The map of the list of services: England with one sign for each service that has a base.

Not for: filtering the list (`views.listing`), or its table and page (`channels.streamlit.listing`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from mmhs_finder.directory.models import ServiceKind
from mmhs_finder.directory.named import KIND
from mmhs_finder.places.shapes import Bounds
from mmhs_finder.render.maps.leaflet import FinderMap, NameLabels, SignGroup, SignMarker, SignText
from mmhs_finder.views.listing import ListedService, served_words
from mmhs_finder.words import say

_SIZE: Final = 28  # of a sign, in pixels


def listing_map(
    found: Sequence[ListedService],
    points: Mapping[str, tuple[float, float]],
    shapes_url: str,
) -> FinderMap:
    """A map of England with one sign for each service. It asks nothing of any other host.

    shapes_url: where the browser finds the shapes of councils.
    """
    lats, lons = zip(*(points[row.id] for row in found), strict=True)
    view = Bounds(south=min(lats), west=min(lons), north=max(lats), east=max(lons))
    m = FinderMap(
        label=say("listing.map_label"), bounds=view.padded(0.1), shapes=shapes_url, legend=True
    )
    groups = {
        kind: SignGroup(KIND(kind), kind.value, size=_SIZE)
        for kind in ServiceKind
        if any(row.kind == kind.value for row in found)
    }
    for rank, row in enumerate(found, start=1):
        _sign(row, points[row.id], rank).add_to(groups[ServiceKind(row.kind)])
    for group in groups.values():
        group.add_to(m)
    NameLabels(say("map.towns")).add_to(m)
    return m


def _sign(row: ListedService, point: tuple[float, float], rank: int) -> SignMarker:
    kind = KIND(row.kind)
    lines = [text for text in (kind, row.provider, served_words(row)) if text]
    title = f"{row.name} ({kind})"
    return SignMarker(point, service=row.id, title=title, rank=rank, text=SignText(row.name, lines))
