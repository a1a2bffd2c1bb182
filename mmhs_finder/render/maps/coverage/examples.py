"""Examples of a national guide as signs on the coverage map, with what the guide says of each.

Not for: what is said (`views.case_study`); the list beside the map says it too.
"""

from __future__ import annotations

from collections.abc import Sequence

from mmhs_finder.places.shapes import AreaShapes
from mmhs_finder.render.maps.leaflet import SignGroup, SignMarker, SignText
from mmhs_finder.render.maps.signs import EXAMPLE_NAME
from mmhs_finder.views.case_study import CaseStudyView
from mmhs_finder.words import say

_SIZE = 30


def example_signs(views: Sequence[CaseStudyView], shapes: AreaShapes) -> SignGroup:
    """A sign for each example whose areas have a shape."""
    group = SignGroup(say("coverage_examples.layer"), EXAMPLE_NAME, size=_SIZE)
    for rank, view in enumerate(views, start=1):
        point = _middle(view.codes, shapes)
        if point:
            SignMarker(
                point,
                service=view.id,
                title=say("coverage_examples.sign", place=view.place),
                rank=rank,
                text=SignText(
                    say("coverage_examples.sign", place=view.place), [view.title, view.source]
                ),
            ).add_to(group)
    return group


def _middle(codes: Sequence[str], shapes: AreaShapes) -> tuple[float, float] | None:
    """A point inside the one of the areas that is nearest to the middle of all."""
    box = shapes.bounds(codes)
    if box is None:
        return None
    lat, lon = (box.south + box.north) / 2, (box.west + box.east) / 2
    inside = [(y, x) for _, y, x in shapes.labels(codes)]
    return min(inside, key=lambda at: (at[0] - lat) ** 2 + (at[1] - lon) ** 2)
