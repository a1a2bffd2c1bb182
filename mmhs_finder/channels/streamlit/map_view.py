"""Maps on a Streamlit page: a frame of ours, given a map as data, that tells what was pressed.

Draw the map of an answer after the cards: everything on it is in them too. A press on another sign
runs the whole page, moving the map and its switches nothing. The frame itself decides whether the
map is drawn at once or waits to be asked for: the server does not know how wide the screen is.
Nothing about a person's place is kept outside her session.
Not for: what is on a map (`render.maps`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import streamlit as st
from streamlit.components.v1 import declare_component

from mmhs_finder.application import served
from mmhs_finder.channels.streamlit.visit import Visit
from mmhs_finder.places.shapes import AreaShapes
from mmhs_finder.render.maps.answer import MapDirectory, has_map, result_map
from mmhs_finder.render.maps.frame import frame_url
from mmhs_finder.render.maps.leaflet import FinderMap
from mmhs_finder.render.maps.shapes_files import DETAIL
from mmhs_finder.views.answer import AnswerView


@cache
def _frame() -> Any:
    """The frame, declared when the first map is drawn: before, Streamlit has no page for it."""
    return declare_component("map", url=frame_url())


def draw_map(
    m: FinderMap, key: str, on_change: Callable[[], None] | None = None
) -> Mapping[str, Any]:
    """Draws a map. Returns what was pressed on it last: `{"service": id}` or `{"area": code}`.

    It comes from the browser, so that nothing in it can be relied on. Empty before the first press.
    key: names this map on the page; under it the same is found in the session.
    """
    pressed = _frame()(map=m.data(), key=key, default=None, on_change=on_change)
    return pressed if isinstance(pressed, Mapping) else {}


def show_map(view: AnswerView, shapes: AreaShapes, directory: MapDirectory, key: str) -> str | None:
    """Draws the map of an answer. Returns the id of the service whose sign was pressed last.

    Draws nothing and returns None where there is no map: our shapes are of England only.
    key: names this map on the page; letters, digits and hyphens.
    """
    if not has_map(view):
        return None
    with st.container(key=f"{key}-frame"):
        m = result_map(view, shapes, directory, served().shapes_files.url(DETAIL))
        picked = draw_map(m, Visit.map_key(key)).get("service")
    known = {service.id for service in view.every_service}
    return picked if isinstance(picked, str) and picked in known else None
