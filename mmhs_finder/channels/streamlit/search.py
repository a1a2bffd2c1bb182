"""The search: postcode or council, what happened, and the place they lead to, for this visit only.

Not for: showing the answer (`results`). Nothing here writes a postcode anywhere but the session.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from mmhs_finder.application import served
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.meant import offers
from mmhs_finder.channels.streamlit.resources import finder
from mmhs_finder.channels.streamlit.visit import Visit
from mmhs_finder.directory.models import Need
from mmhs_finder.directory.named import area_words
from mmhs_finder.places.place import Place
from mmhs_finder.postcodes import MAX_TYPED, PostcodeError
from mmhs_finder.render.html.field import (
    done_button,
    field_words,
    kept_area,
    problem_html,
    search_chips,
)
from mmhs_finder.views.field import area_gone, field_problem, searched_for, unknown_link
from mmhs_finder.views.questions import NEED, NEEDS
from mmhs_finder.views.suggestions import OfferView, suggestions_view
from mmhs_finder.words import say


def restore_from_link() -> None:
    """Takes `?area=...&need=...` once a visit; a link with an area that is not known says so."""
    visit = Visit()
    if visit.link_taken:
        return
    visit.link_taken = True
    code = st.query_params.get("area")
    if not code:
        return
    visit.has_begun = True
    chosen = [n for n in st.query_params.get_all("need") if n in NEEDS]
    if chosen:
        visit.needs = chosen
    if code in finder().directory.areas:
        visit.place = finder().council(code)
    else:
        visit.problem = unknown_link()


def follow_the_directory() -> None:
    """Where another directory is served than in the run before, finds the place of the visit anew:
    its areas may have other names, parts and services. One that is gone is said in plain words."""
    visit, now = Visit(), served().number
    before, visit.application = visit.application, now
    if before in (0, now):
        return
    known = finder().directory.areas
    if visit.council and visit.council not in known:
        visit.council = None
    place = visit.place
    if place is None or not place.areas:
        return
    try:
        code = place.code_to_keep
        visit.place = finder().place(place.postcode) if place.postcode else finder().council(code)
    except (PostcodeError, KeyError):
        visit.place, visit.problem = None, area_gone()


def area_for_a_reload() -> None:
    """Tells the browser's tab which area to keep, and takes it back after a reload.

    Only the area's code, only in the tab, and by no address: `kept.js` writes it down, and fills in
    the box that nobody sees. A visit that has begun in any way takes nothing back.
    """
    visit = Visit()
    with st.container(key="kept"):
        if visit.has_begun:
            render(kept_area(visit.place.code_to_keep if visit.place else ""))
        else:
            st.text_input(
                say("find.council_choose"),
                key=Visit.kept_area.key,
                max_chars=20,
                autocomplete="off",
                label_visibility="collapsed",
                live=True,
                on_change=_take_kept_area,
            )


def _take_kept_area() -> None:
    visit = Visit()
    code = visit.kept_area or ""
    visit.has_begun = True
    if code in finder().directory.areas:
        visit.place = finder().council(code)


def search() -> None:
    """The form; once there is an answer, two chips that say what was asked, and open it again."""
    visit = Visit()
    place = visit.place
    with st.container(key="search-folded" if place else "search-open"):
        with st.container(key="search-chips"):
            if place:
                render(search_chips(searched_for(place, visit.needs or ())))
        search_form()


def search_form(label: str = "", submit: str = "", council: str = "") -> None:
    """Draws the form; the outcome is in `Visit.place` or, above the box, in plain words.

    label, submit, council: the words of the field, the button and the list; by default those of the
    first page.
    """
    problem = Visit().problem
    with st.container(key="search-place"):
        render(field_words(label or say("find.postcode_label")))
        with st.container(key="search-problem"):
            if problem:
                render(problem_html(problem, Visit().searches))
                _councils_meant()
        with st.form(Visit.SEARCH_FORM, border=False), st.container(horizontal=True):
            st.text_input(
                label or say("find.postcode_label"),
                key=Visit.postcode.key,
                max_chars=MAX_TYPED,
                placeholder=None,
                autocomplete="postal-code",
                label_visibility="collapsed",
                persist_state="session",
            )
            st.form_submit_button(
                submit or say("find.submit"), type="primary", on_click=_search_postcode
            )
    with st.container(key="search-happened"):
        needs_choice()
        render(done_button())
    with st.container(key="search-council"):
        _council_choice(council or say("find.council_choose"), is_open=problem is not None)


def _council_choice(label: str, *, is_open: bool) -> None:
    names = {area.code: area_words(area.name) for area in finder().directory.councils()}
    with st.expander(say("find.council_fold"), expanded=is_open):
        st.selectbox(
            label,
            list(names),
            index=None,
            format_func=lambda code: names[code],
            placeholder=say("find.council_placeholder"),
            key=Visit.council.key,
            on_change=_search_council,
            persist_state="session",
        )


def _councils_meant() -> None:
    """Below the alert, what somebody may mean who typed a place or half a postcode."""
    offers(suggestions_view(finder().suggestions(Visit().postcode or "")), _take_offer)


def _take_offer(offer: OfferView) -> None:
    visit = Visit()
    if offer.code:
        visit.council = offer.code
        _search_council()
    else:
        visit.postcode = offer.text
        _search_postcode()


def needs_choice() -> None:
    """What happened, in plain words: the same choice on every page that asks."""
    st.pills(
        say("find.needs_label"),
        NEEDS,
        selection_mode="multi",
        format_func=NEED,
        key=Visit.needs.key,
        persist_state="session",
    )


def start_again() -> None:
    """Clears everything of this visit."""
    Visit().start_again()
    st.query_params.clear()


def link_to(place: Place, needs: Sequence[Need]) -> str:
    """A link that restores the view: the area and the needs, never a postcode."""
    return f"?area={place.code_to_keep}" + "".join(f"&need={need.value}" for need in needs)


def _search_postcode() -> None:
    visit = Visit()
    if visit.council:  # a list that stays as it is is not sent again
        visit.council = None
    _begin_search(visit)
    try:
        visit.place = finder().place(visit.postcode or "")
        visit.problem = None
    except PostcodeError as problem:
        visit.place = None
        visit.problem = field_problem(problem)


def _search_council() -> None:
    visit = Visit()
    code = visit.council
    visit.problem = None
    if code:
        visit.postcode = ""
        _begin_search(visit)
        visit.place = finder().council(code)


def _begin_search(visit: Visit) -> None:
    visit.searches += 1
    visit.has_begun = True
    st.query_params.clear()
