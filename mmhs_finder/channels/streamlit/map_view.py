"""The map of an answer on a Streamlit page: picture, legend in words, and the switch for streets.

Draw it after the cards: everything on the map is in them too. A change of the switch reruns only
this part of the page, a click on another sign the whole page, and moving the map nothing.
Nothing about a person's place is cached outside her session. Not for: what is on the map (`maps`).
"""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup
from streamlit_folium import st_folium

from mmhs_finder.answers.types import Answer
from mmhs_finder.channels.streamlit.draw import render, render_styles
from mmhs_finder.channels.streamlit.visit import Visit
from mmhs_finder.places.shapes import AreaShapes
from mmhs_finder.render.html.pieces import image_address
from mmhs_finder.render.maps.answer import (
    MapDirectory,
    clicked_service,
    has_map,
    legend,
    result_map,
)
from mmhs_finder.words import say

HEIGHT = 420
"""Height of the map in pixels."""

HEIGHT_PHONE = 340
"""Height on screens up to `PHONE_WIDTH`."""

PHONE_WIDTH = 640


def show_map(answer: Answer, shapes: AreaShapes, directory: MapDirectory, key: str) -> str | None:
    """Draws the map of an answer. Returns the id of the service whose sign was clicked last.

    Draws nothing and returns None where there is no map: our shapes are of England only.
    key: names this map on the page; letters, digits and hyphens.
    """
    if not has_map(answer):
        return None
    state = Visit().map(key)
    state.is_whole_page_run = True
    _draw(answer, shapes, directory, key)
    state.is_whole_page_run = False
    return state.picked


@st.fragment
def _draw(answer: Answer, shapes: AreaShapes, directory: MapDirectory, key: str) -> None:
    state = Visit().map(key)
    render_styles(_style(key))
    with st.container(key=f"{key}-frame"):
        clicked = st_folium(
            result_map(answer, shapes, directory, streets=state.shows_streets),
            key=state.key,
            height=HEIGHT,
            use_container_width=True,
            returned_objects=["last_object_clicked"],
        )
    render(legend_html(answer))
    st.toggle(say("map.streets"), key=state.streets_key, help=say("map.streets_help"))
    found = clicked_service(answer, (clicked or {}).get("last_object_clicked"))
    changed = found != state.picked
    state.picked = found
    if changed and not state.is_whole_page_run:
        st.rerun()


def legend_html(answer: Answer) -> Markup:
    """The legend as an HTML list: each sign with its words."""
    rows = Markup("").join(
        Markup('<li><img src="{}" alt=""><span>{}</span></li>').format(image_address(svg), words)
        for svg, words in legend(answer)
    )
    return Markup(
        '<div class="map-legend"><ul role="list" aria-label="{}">{}</ul>'
        '<p class="map-touch">{}</p></div>'
    ).format(say("map.legend"), rows, say("map.two_fingers"))


def _style(key: str) -> str:
    """Keeps the room for the map from the first moment, so that nothing jumps when it appears."""
    frame = f".st-key-{key}-frame"
    return f"""<style>
{frame} {{ min-height: {HEIGHT}px; background: #DCE9EE; border-radius: 6px; overflow: hidden; }}
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
