"""What every map of the finder shares: the map itself, areas, names, markers, and its manners.

Maps are folium maps that load nothing from any other host: libraries, style sheet and script are
our own files (`render.static`), and the script folium writes only calls them. Texts go through
`inert` (HTML) or `js_text` (script), because folium writes them between backticks and runs the
whole through Jinja once more.
Not for: what is on a map (`answer`, `listing`, `coverage.map`), or putting it on a page.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, cast

import folium
from folium.map import Layer
from folium.template import Template
from folium.utilities import JsCode
from markupsafe import escape

from mmhs_finder.places.shapes import Bounds
from mmhs_finder.render.maps.signs import PRIMARY, TEXT, WATER
from mmhs_finder.render.static import JQUERY_JS, LEAFLET_CSS, LEAFLET_JS, app_file_url
from mmhs_finder.words import say

MAX_ZOOM = 12  # at 13 the 250 m of the simplified shapes would show as corners
MAX_ZOOM_STREETS = 18
MAX_ZOOM_FIT = 11


def shapes_credit() -> str:
    """Whose the shapes are, as HTML: the condition of their licence."""
    return escape(say("map.shapes_credit"))


# --- any text is only text ------------------------------------------------------------------------


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


# --- the map and its layers -----------------------------------------------------------------------


class FinderMap(folium.Map):
    """A folium map whose libraries and looks are our own. Base of every map of the finder.

    Differs from `folium.Map` in what it loads, and in not forbidding to enlarge the page.
    """

    # In the header: the colours, which have one source, and what decides the size of the box. The
    # first view is fitted to it, and that may be before the style sheet has come.
    _template = Template(
        """
        {% macro header(this, kwargs) %}
            <style>:root { {{ this.colours }} }
                html, body { height: 100%; margin: 0; padding: 0; overflow: hidden; }
                #{{ this.get_name() }} { position: relative; width: 100% !important;
                height: 100vh !important; }</style>
        {% endmacro %}
        {% macro html(this, kwargs) %}
            <div class="folium-map" id={{ this.get_name()|tojson }} ></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = finderMap.open(
                {{ this.get_name()|tojson }}, {{ this.options|tojavascript }}
            ).fitBounds({{ this.view }}, {{ this.fit|tojavascript }});
            L.control.scale({position: "bottomleft"}).addTo({{ this.get_name() }});
        {% endmacro %}
        """
    )
    default_js = [  # noqa: RUF012 - folium reads it of the class
        ("leaflet", LEAFLET_JS),
        ("jquery", JQUERY_JS),
        ("finder_map", app_file_url("map.js")),
    ]
    default_css = [  # noqa: RUF012
        ("leaflet_css", LEAFLET_CSS),
        ("finder_map_css", app_file_url("map.css")),
    ]

    def __init__(self, *, label: str, bounds: Bounds, streets: bool = False) -> None:
        """label: what the map shows, for screen readers. bounds: the first view."""
        super().__init__(
            location=((bounds.south + bounds.north) / 2, (bounds.west + bounds.east) / 2),
            tiles=None,
            zoom_start=7,
            minZoom=5,
            maxZoom=MAX_ZOOM_STREETS if streets else MAX_ZOOM,
            zoomSnap=1 if streets else 0.25,
            scrollWheelZoom=False,
        )
        # The first view is the fitted one, so that no tile is asked for that is not needed.
        del cast(dict[str, Any], self.options)["zoom"]
        self._name = "Map"
        self.label = label
        self.colours = f"--water: {WATER}; --text: {TEXT}; --primary: {PRIMARY};"
        self.view = js_text([[bounds.south, bounds.west], [bounds.north, bounds.east]])
        self.fit = {"padding": [18, 18], "maxZoom": MAX_ZOOM_FIT, "animate": False}


class AreaLayer(Layer):
    """Shapes that nobody can click. Has a switch in the layer control when it has a name.

    geometries: GeoJSON geometries as text. style: Leaflet's options of a path.
    """

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
            var {{ this.get_name() }} = finderMap.names({{ this.names }});
        {% endmacro %}
        """
    )

    def __init__(self, names: Iterable[tuple[str, float, float, int]]) -> None:
        super().__init__(name=say("map.towns"), overlay=True)
        self._name = "NameLabels"
        self.names = js_text([list(row) for row in names])


class Behaviour(folium.MacroElement):
    """What the map does by itself: make room for signs and names, keep the view, name itself.

    To be added last: it arranges what is on the map.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            finderMap.behave({{ this.map_name }}, {label: {{ this.label }},
                layersLabel: {{ this.layers_label }}, zoomIn: {{ this.zoom_in }},
                zoomOut: {{ this.zoom_out }}, closePopup: {{ this.close }}, view: {{ this.view }},
                fit: {{ this.fit|tojavascript }}});
        {% endmacro %}
        """
    )

    def __init__(self, m: FinderMap) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Behaviour"
        self._map = m
        self.label = js_text(m.label)
        self.layers_label = js_text(say("map.layers"))
        self.zoom_in, self.zoom_out = js_text(say("map.zoom_in")), js_text(say("map.zoom_out"))
        self.close = js_text(say("map.close_popup"))
        self.view, self.fit = m.view, m.fit

    @property
    def map_name(self) -> str:
        return str(self._map.get_name())


# --- markers --------------------------------------------------------------------------------------


def sign_marker(
    point: tuple[float, float],
    svg: str,
    title: str,
    *,
    size: int,
    anchor: tuple[int, int],
    popup: folium.Popup | None = None,
    **options: Any,
) -> folium.Marker:
    """A sign on the map with a label, which opens a popup if it has one.

    point: latitude and longitude. title: plain text, as the label and for screen readers.
    size: of the drawing, in pixels; anchor: the pixel of it that is at the point.
    options: Leaflet's of a marker, and those of our script: `pin`, the rank of the sign, 0 first;
    `still`, it keeps its place; `up`, how many pixels its middle is above the point.
    """
    shown = inert(title)
    above = -anchor[1]
    return folium.Marker(
        location=point,
        icon=folium.DivIcon(
            html=f'{svg}<span class="sr">{shown}</span>',
            icon_size=(size, size),
            icon_anchor=anchor,
            popup_anchor=None if popup is None else (0, above),
            class_name="pin",
        ),
        popup=popup,
        tooltip=folium.Tooltip(shown, sticky=False, direction="top", offset=[0, above]),
        **options,
    )


def sign_popup(html: str, *, clear: bool = False) -> folium.Popup:
    """What a sign says when pressed. html: with every text `inert`.

    clear: keep away from the buttons in the top left corner, where there is room for that.
    """
    popup = folium.Popup(html, max_width=280, min_width=180)
    if clear:
        # Phones have no room: there the buttons hide behind the popup.
        padding = JsCode("window.innerWidth > 500 ? [64, 64] : [8, 8]")
        cast(dict[str, Any], popup.options)["autoPanPaddingTopLeft"] = padding
    return popup
