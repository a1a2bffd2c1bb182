"""The map of an answer on a Streamlit page: picture, legend in words, and the switch for streets.

Draw it after the cards: everything on the map is in them too. A change of the switch reruns only
this part of the page, a click on another sign the whole page, and moving the map nothing.
Nothing about a person's place is cached outside her session.
Not for: what is on the map (`render.maps.answer`).
"""

from __future__ import annotations

import streamlit as st
from streamlit_folium import st_folium

from mmhs_finder.channels.streamlit.draw import render, render_styles
from mmhs_finder.channels.streamlit.visit import Visit
from mmhs_finder.places.shapes import AreaShapes
from mmhs_finder.render.maps.answer import MapDirectory, has_map, legend_html, result_map
from mmhs_finder.render.maps.pins import clicked_service
from mmhs_finder.render.maps.signs import WATER
from mmhs_finder.views.answer import AnswerView
from mmhs_finder.words import say

HEIGHT = 420
"""Height of the map in pixels."""

HEIGHT_PHONE = 340
"""Height on screens up to `PHONE_WIDTH`."""

PHONE_WIDTH = 640


def show_map(view: AnswerView, shapes: AreaShapes, directory: MapDirectory, key: str) -> str | None:
    """Draws the map of an answer. Returns the id of the service whose sign was clicked last.

    Draws nothing and returns None where there is no map: our shapes are of England only.
    key: names this map on the page; letters, digits and hyphens.
    """
    if not has_map(view):
        return None
    state = Visit().map(key)
    state.is_whole_page_run = True
    _draw(view, shapes, directory, key)
    state.is_whole_page_run = False
    return state.picked


@st.fragment
def _draw(view: AnswerView, shapes: AreaShapes, directory: MapDirectory, key: str) -> None:
    state = Visit().map(key)
    render_styles(_style(key))
    with st.container(key=f"{key}-frame"):
        clicked = st_folium(
            result_map(view, shapes, directory, streets=state.shows_streets),
            key=state.key,
            height=HEIGHT,
            use_container_width=True,
            returned_objects=["last_object_clicked"],
        )
    render(legend_html(view))
    st.toggle(say("map.streets"), key=state.streets_key, help=say("map.streets_help"))
    found = clicked_service(view, (clicked or {}).get("last_object_clicked"))
    changed = found != state.picked
    state.picked = found
    if changed and not state.is_whole_page_run:
        st.rerun()


def _style(key: str) -> str:
    """Keeps the room for the map from the first moment, so that nothing jumps when it appears."""
    frame = f".st-key-{key}-frame"
    return f"""<style>
{frame} {{ min-height: {HEIGHT}px; background: {WATER}; border-radius: 6px; overflow: hidden; }}
{frame} iframe {{ display: block; width: 100%; height: {HEIGHT}px !important; }}
.map-legend ul {{ list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap;
  gap: 6px 22px; }}
.map-legend li {{ display: flex; align-items: center; gap: 8px; margin: 0; padding: 0;
  font-size: 1rem; line-height: 1.3; }}
.map-legend img {{ flex: none; width: 32px; height: 28px; object-fit: contain; }}
.map-legend p {{ margin: 10px 0 0; font-size: 1rem; display: none; }}
@media (pointer: coarse) {{ .map-legend p.map-touch {{ display: block; }} }}
@media (max-width: {PHONE_WIDTH}px) {{
  {frame} {{ min-height: {HEIGHT_PHONE}px; }}
  {frame} iframe {{ height: {HEIGHT_PHONE}px !important; }}
  .map-legend ul {{ flex-direction: column; }}
}}
@media print {{ {frame} {{ break-inside: avoid; }} .map-legend p.map-touch {{ display: none; }} }}
</style>"""
