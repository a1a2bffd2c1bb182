"""The page of the frame in which every map is drawn.

It holds what does not change from map to map: words, drawings, and the addresses of our scripts and
style sheets. It has no script and no style inside: the policy of the frame refuses both. What is on
a map comes as data (`leaflet`).
Not for: serving it (`channels.shell.assets`), or what the scripts do (`static/frame.js`, `map.js`).
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache

from markupsafe import Markup

from mmhs_finder.render.addresses import below, here
from mmhs_finder.render.maps.coverage.signs import SIGNS, patterns_svg
from mmhs_finder.render.maps.signs import symbols_svg
from mmhs_finder.render.static import LEAFLET_CSS, LEAFLET_JS, MAP_FRAME_AT, app_file_url
from mmhs_finder.words import html_language, language, say

_SCRIPTS = ("map_shapes.js", "map_signs.js", "coverage.js", "map.js")
"""Loaded after Leaflet, in this order, when a map is drawn."""

_STREETS_LINK = Markup(
    '<a href="https://www.openstreetmap.org/copyright" target="_blank" rel="noopener">'
    "OpenStreetMap</a>"
)

_PAGE = Markup(
    '<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
    '<link rel="stylesheet" href="{colours}"><link rel="stylesheet" href="{look}">'
    '<script src="{script}" defer></script></head>'
    '<body data-words="{words}" data-scripts="{scripts}" data-styles="{styles}">'
    '<svg class="drawings" aria-hidden="true"><defs>{drawings}</defs></svg>'
    '<p id="undrawn" hidden><button type="button" id="draw">{show}</button></p>'
    '<p id="failed" role="status" hidden>{failed}</p>'
    '<div id="drawn" hidden><div id="map"></div>'
    '<div id="said" role="status"></div>'
    '<div id="legend"></div><p id="touch">{touch}</p>'
    '<div id="streets" hidden><label><input type="checkbox" id="streets-on">'
    "<span>{streets}</span></label><details><summary>{about}</summary><p>{told}</p></details></div>"
    "</div></body></html>"
)


@lru_cache(maxsize=4)
def _page(_language: str, _below: str) -> str:
    """The page in a language, which is the one that texts are in now, with addresses of now."""
    words = {
        "layers": say("map.layers"),
        "zoomIn": say("map.zoom_in"),
        "zoomOut": say("map.zoom_out"),
        "close": say("map.close_popup"),
        "legend": say("map.legend"),
        "outside": say("map.outside"),
        "heap": say("map.heap"),
        "many": say("map.many", number="{number}"),
        "credit": str(Markup.escape(say("map.shapes_credit"))),
        "streetsCredit": str(
            Markup.escape(say("map.streets_credit", link="{link}")).format(link=_STREETS_LINK)
        ),
    }
    return str(
        _PAGE.format(
            lang=html_language(),
            title=say("map.frame_title"),
            colours=app_file_url("colours.css"),
            look=app_file_url("map.css"),
            script=app_file_url("frame.js"),
            words=json.dumps(words, ensure_ascii=False),
            scripts=" ".join((here(LEAFLET_JS), *map(app_file_url, _SCRIPTS))),
            styles=here(LEAFLET_CSS),
            drawings=Markup(symbols_svg() + patterns_svg(SIGNS)),  # noqa: S704 - our own drawings
            show=say("map.show"),
            failed=say("map.failed"),
            touch=say("map.two_fingers"),
            streets=say("map.streets"),
            about=say("map.streets_about"),
            told=say("map.streets_help"),
        )
    )


def frame_page() -> str:
    """The page as HTML, in the language of the process."""
    return _page(language(), below())


def frame_url() -> str:
    """Its address; the version is a digest of its content."""
    digest = hashlib.sha256(frame_page().encode()).hexdigest()[:12]
    return here(f"{MAP_FRAME_AT}?v={digest}")
