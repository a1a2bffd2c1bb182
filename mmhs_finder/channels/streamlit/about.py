"""The About page. Not for: its text (`views.about`)."""

from __future__ import annotations

from mmhs_finder.answers.finding import Finder
from mmhs_finder.channels.streamlit import correcting
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.visit import Visit
from mmhs_finder.render.html.about import about_html
from mmhs_finder.render.html.feeds import changes_link
from mmhs_finder.render.html.pages.embedding import embed_link
from mmhs_finder.views.about import about_view
from mmhs_finder.words import say


def show(finder: Finder) -> None:
    """Draws the page below its title; a letter may be about the services of the last search."""
    place = Visit().place
    services = [m.service for m in finder.find(place).mmhs] if place else []
    render(about_html(about_view(finder.directory, services), changes_link(say("changes.link"))))
    correcting.show(finder.directory, services)
    render(embed_link())
