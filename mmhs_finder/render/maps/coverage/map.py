"""The coverage map of England on the page, with its legend.

The shapes of a level are put into the map's page once; what fills them is a layer of its own that
is exchanged when another measure is chosen. Nothing is asked of any other host, and every text goes
through `leaflet.js_text` or an escape.
Not for: the values (`coverage`), files (`render.files.coverage`) or the page (`channels`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from folium.elements import JSCSSMixin
from folium.map import FeatureGroup, Layer
from folium.template import Template
from markupsafe import Markup

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import VALUES, Measure
from mmhs_finder.coverage.rows import AreaRow
from mmhs_finder.coverage.values import Level, Value
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.coverage.wording import value_words
from mmhs_finder.directory.models import Town
from mmhs_finder.render.maps.coverage.outlines import PRECISION, Outlines
from mmhs_finder.render.maps.coverage.signs import EDGE, SIGNS, patterns_svg, swatch_svg
from mmhs_finder.render.maps.leaflet import (
    AreaLayer,
    Behaviour,
    FinderMap,
    NameLabels,
    js_text,
    shapes_credit,
)
from mmhs_finder.render.maps.signs import PLACE, legend_items
from mmhs_finder.render.static import app_file_url
from mmhs_finder.words import say


class AreaShapesScript(JSCSSMixin):
    """The shapes of a level and every pattern, put into the map's page once.

    `ValueLayer` fills them, and is exchanged when another measure is chosen, so that the map keeps
    its place and its zoom and the shapes are not sent again.
    """

    default_js = [("finder_coverage", app_file_url("coverage.js"))]  # noqa: RUF012 - as in FinderMap
    _template = Template(
        """
        {% macro html(this, kwargs) %}
            <svg width="0" height="0" style="position:absolute" aria-hidden="true">
                <defs>{{ this.patterns }}</defs></svg>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            finderCoverage.keep({{ this.shapes }}, {{ this.precision }});
            {{ this._parent.get_name() }}.attributionControl.addAttribution({{ this.credit }});
        {% endmacro %}
        """
    )

    def __init__(self, packed: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "AreaShapesScript"
        self.patterns = patterns_svg(SIGNS)
        self.precision = PRECISION
        self.shapes = packed
        self.credit = js_text(shapes_credit())


class ValueLayer(Layer):
    """Areas filled by value, with their name and value as a label when pointed at. An area that
    is not among the rows is muted.

    Needs `AreaShapesScript` on the map. A click is reported by its point; `Outlines.area_at` says
    which area that is.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = finderCoverage.filled({{ this.values }}, {{ this.words }},
                {{ this.line }});
        {% endmacro %}
        """
    )

    def __init__(self, rows: Mapping[str, AreaRow], measure: Measure, *, weight: float) -> None:
        super().__init__(overlay=True, control=False)
        self._name = "ValueLayer"
        shown = sorted({r.value for r in rows.values()}, key=list(Value).index)
        self.line = _js_object({"color": EDGE, "weight": weight})
        self.values = _js_object({c: [r.name, r.value.value] for c, r in rows.items()})
        self.words = _js_object({v.value: value_words(measure, v) for v in shown})


def _js_object(found: Mapping[str, object]) -> str:
    inside = ",".join(f"{js_text(key)}:{js_text(value)}" for key, value in found.items())
    return f"{{{inside}}}"


def base_map(
    outlines: Outlines, level: Level, towns: Sequence[Town], where: Where = ENGLAND
) -> FinderMap:
    """England with the shapes of a level, not filled yet: `value_layer` does that.

    where: the place that fills the view at first.
    """
    m = FinderMap(label=say("coverage.map_label"), bounds=outlines.bounds(where))
    AreaShapesScript(outlines.packed(level)).add_to(m)
    # One rank further back than on other maps: names would hide the values of small areas.
    NameLabels([(t.name, t.lat, t.lon, t.rank + 1) for t in towns if t.rank < 3]).add_to(m)
    Behaviour(m).add_to(m)
    return m


def value_layer(
    coverage: Coverage,
    outlines: Outlines,
    level: Level,
    measure: Measure,
    chosen: str | None = None,
    where: Where = ENGLAND,
) -> FeatureGroup:
    """What lies on `base_map` for one measure. chosen: the code of an area to be outlined.

    where: the place whose areas are filled; those around it are muted.
    """
    drawn = {s.code: coverage.row(level, measure, s.code) for s in outlines.of(level, where)}
    weight = 0.5 if level is Level.COUNCIL else 1.0
    group = FeatureGroup()
    ValueLayer(drawn, measure, weight=weight).add_to(group)
    if chosen is not None:
        # A dark line in a white one, so that it is seen on every ground and in greyscale.
        around = [outlines.around(level, chosen)]
        AreaLayer(around, color="#FFFFFF", weight=7, fill=False).add_to(group)
        AreaLayer(around, color=PLACE, weight=3, fill=False).add_to(group)
    return group


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
