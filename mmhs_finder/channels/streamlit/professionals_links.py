"""Links to the page for professionals: to one service, and to a list of one's own, to keep.

Not for: what may stand in a list (`views.kept_list`), or choosing by hand
(`professionals_choosing`).
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.visit import ReferralChoices, Visit
from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import Service
from mmhs_finder.render.html import cards
from mmhs_finder.render.html.pieces import link
from mmhs_finder.views.kept_list import COMPARE, ONE_SERVICE, kept_list, list_link
from mmhs_finder.words import say


def follow(directory: Directory, choices: ReferralChoices) -> None:
    """Shows what the address asks for, once: something else may be chosen after that."""
    if asked := st.query_params.get(COMPARE, ""):
        _follow_list(asked, directory, choices)
    elif service := st.query_params.get("service", ""):
        _follow_service(service, st.query_params.get("view", ""), directory, choices)


def _follow_service(asked: str, view: str, directory: Directory, choices: ReferralChoices) -> None:
    """`?service=...&view=...`"""
    if directory.is_taken_out(asked):
        render(cards.hint(say("text_pages.taken_out")))
    view = view if view in ONE_SERVICE else ONE_SERVICE[0]
    wanted = f"{asked} {view}"
    if asked in directory.services and wanted != choices.link_followed:
        choices.follow_link(wanted, asked, view)


def _follow_list(asked: str, directory: Directory, choices: ReferralChoices) -> None:
    """`?compare=...`"""
    found = kept_list(asked, directory)
    for note in found.notes:
        render(cards.hint(note))
    if found.services and asked != choices.link_followed:
        choices.follow_list(asked, [s.id for s in found.services], "compare")


def keep(services: Sequence[Service]) -> None:
    """A link to the list that is shown."""
    words = Markup('<p class="no-print">{} {}</p>')
    link_to_it = link(list_link(services), say("professional_list.link"))
    render(words.format(link_to_it, say("professional_list.how")))


def leave() -> None:
    """Something else than what the link asks for is chosen: the address no longer names it, and
    the same link is followed anew when it is pressed again."""
    st.query_params.clear()
    Visit().referral.leave_sheet()
