"""The coverage map of England on the page, with its legend.

The shapes of a level are a file of their own that the browser keeps; what is sent is the value of
each of them. So another measure is a small message, and the map keeps its place and its zoom.
Not for: the values (`coverage`), files (`render.files.coverage`) or the page (`channels`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from folium.map import Layer
from markupsafe import Markup

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import VALUES, Measure
from mmhs_finder.coverage.rows import AreaRow
from mmhs_finder.coverage.values import Level, Value
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.coverage.wording import value_words
from mmhs_finder.directory.named import area_words
from mmhs_finder.render.maps.coverage.outlines import Outlines
from mmhs_finder.render.maps.coverage.signs import swatch_svg
from mmhs_finder.render.maps.leaflet import FinderMap, NameLabels, described
from mmhs_finder.render.maps.signs import legend_items
from mmhs_finder.words import say


class ValueLayer(Layer):
    """Areas filled by value, with their name and value as a label when pointed at. An area that
    has no row is muted.

    rows: of each shape of the level, in the order of its file; None where it lies outside the place
    that is shown. chosen: the shapes to be outlined.
    """

    def __init__(
        self,
        rows: Sequence[AreaRow | None],
        measure: Measure,
        *,
        weight: float,
        chosen: Sequence[str],
    ) -> None:
        super().__init__(overlay=True, control=False)
        self._name = "ValueLayer"
        shown = sorted({r.value for r in rows if r}, key=list(Value).index)
        self.about = {
            "names": [area_words(r.name) if r else "" for r in rows],
            "values": [shown.index(r.value) if r else -1 for r in rows],
            "signs": [value.value for value in shown],
            "words": [value_words(measure, value) for value in shown],
            "weight": weight,
            "chosen": list(chosen),
        }


@described.register
def _values(part: ValueLayer) -> dict[str, Any]:
    return {"type": "values", **part.about}


def coverage_map(
    coverage: Coverage,
    outlines: Outlines,
    level: Level,
    measure: Measure,
    shapes_url: str,
    *,
    chosen: str | None = None,
    where: Where = ENGLAND,
    label: str = "",
    marked: Collection[str] = (),
) -> FinderMap:
    """The areas of a level filled by their values for a measure.

    shapes_url: where the browser finds the shapes of that level. chosen: the code of an area to be
    outlined. where: the place that fills the frame; the areas around it are muted. label: what it
    is called, where it is not the map of what is known. marked: codes of shapes that are outlined,
    too.
    """
    m = FinderMap(
        label=label or say("coverage.map_label"),
        bounds=outlines.bounds(where),
        shapes=shapes_url,
        fills=True,
    )
    held = {shape.code for shape in outlines.of(level, where)}
    ValueLayer(
        [
            coverage.row(level, measure, s.code) if s.code in held else None
            for s in outlines.of(level)
        ],
        measure,
        weight=0.5 if level is Level.COUNCIL else 1.0,
        chosen=(*(outlines.around(level, chosen) if chosen else ()), *marked),
    ).add_to(m)
    # One rank further back than on other maps: names would hide the values of small areas.
    NameLabels(say("map.towns"), back=1).add_to(m)
    return m


def legend_html(
    coverage: Coverage, level: Level, measure: Measure, where: Where = ENGLAND
) -> Markup:
    """The signs of the map as an HTML list, with their words and how many areas have them."""
    rows = [r for r in coverage.rows(level, measure, where) if not r.parent]
    count = {v: sum(r.value is v for r in rows) for v in VALUES[measure]}
    items = legend_items(
        (
            swatch_svg(value),
            Markup('{} <span class="muted">({})</span>').format(
                value_words(measure, value),
                say("coverage.legend_count", count=count[value], total=len(rows)),
            ),
        )
        for value in VALUES[measure]
        if count[value]
    )
    return Markup('<ul class="coverage-legend" role="list" aria-label="{}">{}</ul>').format(
        say("coverage.legend_label"), items
    )
