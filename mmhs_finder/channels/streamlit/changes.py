"""The page "What has changed": choices, the list by month, a link to it, the way to its feeds.

Not for: which changes there are (`views.history`), or their words (`views.changes`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from mmhs_finder.application import served
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.visit import ChangesChoices, Visit
from mmhs_finder.render.html.changes import counted_html, months_html
from mmhs_finder.render.html.feeds import feeds_html
from mmhs_finder.render.html.pieces import link, sheet_link
from mmhs_finder.views.changes import (
    AskedChanges,
    ChangedEntryView,
    ChangesView,
    asked_for,
    changes_view,
    month_choices,
    place_choices,
    what_choices,
)
from mmhs_finder.views.history import History
from mmhs_finder.words import say

PER_PAGE: Final = 20
"""Entries."""

_ASKED: Final = ("icb", "what", "month")


def show() -> None:
    application = served()
    history, directory = application.history, application.directory
    render(Markup('<p class="measure">{}</p>').format(say("changes.intro")))
    _follow_link(history)
    asked = _choices(history)
    view = changes_view(history, directory, asked, PER_PAGE)
    with st.container(key="changes-list"):
        with st.container(key="status-changes"):
            render(counted_html(view))
        render(months_html(view, _named))
        _turn(view)
    with st.expander(say("changes.keep")):
        words = (say("changes.keep_text"), link(link_to(asked), say("changes.keep_label")))
        render(Markup("<p>{} {}</p>").format(*words))
    render(feeds_html(history, asked.place))
    _forget_old_link(asked)


def _named(entry: ChangedEntryView) -> Markup:
    if not entry.service_id:
        return Markup("{}").format(entry.name)
    return sheet_link(entry.service_id, entry.name)


# --- links ----------------------------------------------------------------------------------------


def link_to(asked: AskedChanges) -> str:
    """A link that opens the same list. Names of areas are public; nothing else is in it."""
    given = (
        ("icb", asked.place),
        ("what", asked.what.value if asked.what else ""),
        ("month", asked.month),
    )
    return f"?{urlencode([(name, value) for name, value in given if value])}"


def _follow_link(history: History) -> None:
    """Shows what `?icb=...&what=...&month=...` asks for, once: another choice may follow."""
    choices = Visit().changes
    given = {name: st.query_params[name] for name in _ASKED if name in st.query_params}
    query = urlencode(given)
    if not query:
        choices.link_followed = None
    elif query != choices.link_followed:
        choices.link_followed = query
        asked = asked_for(history, *(given.get(name, "") for name in _ASKED))
        choices.place, choices.what = asked.place, asked.what.value if asked.what else ""
        choices.month, choices.page = asked.month, 1


def _forget_old_link(asked: AskedChanges) -> None:
    """Empties the address when something else was chosen than the link that opened the page."""
    choices = Visit().changes
    if choices.link_followed is not None and f"?{choices.link_followed}" != link_to(asked):
        choices.link_followed = None
        st.query_params.clear()


# --- what to show ---------------------------------------------------------------------------------


def _choices(history: History) -> AskedChanges:
    choices = Visit().changes
    with st.container(key="changes-choices"):
        place = _one(say("changes.icb_label"), place_choices(history), ChangesChoices.place.key)
        left, right = st.columns(2)
        with left:
            what = _one(say("changes.what_label"), what_choices(), ChangesChoices.what.key)
        with right:
            month = _one(
                say("changes.month_label"), month_choices(history), ChangesChoices.month.key
            )
    return asked_for(history, place, what, month, str(choices.page))


def _one(label: str, options: Sequence[tuple[str, str]], key: str) -> str:
    names = dict(options)
    Visit().changes.keep_within(key, names)
    chosen = st.selectbox(
        label,
        list(names),
        format_func=lambda value: names[value],
        filter_mode="contains",
        key=key,
        on_change=Visit().changes.begin_list,
        persist_state="session",
    )
    return str(chosen or "")


def _turn(view: ChangesView) -> None:
    """The ways to what is newer and older. Nothing to turn: none."""
    if view.pages < 2:
        return
    with st.container(horizontal=True, key="changes-pager", vertical_alignment="center"):
        for words, key, page in (
            (say("changes.newer"), ChangesChoices.NEWER, view.page - 1),
            (say("changes.older"), ChangesChoices.OLDER, view.page + 1),
        ):
            st.button(
                words,
                key=key,
                disabled=not 1 <= page <= view.pages,
                on_click=_go,
                args=(page,),
            )


def _go(page: int) -> None:
    Visit().changes.page = page
