"""The search: postcode or council, what happened, and the place they lead to, for this visit only.

Not for: showing the answer (`results`). Nothing here writes a postcode anywhere but the session.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.meant import offers
from mmhs_finder.channels.streamlit.resources import finder
from mmhs_finder.channels.streamlit.visit import Visit
from mmhs_finder.directory.models import Need
from mmhs_finder.places.place import Place
from mmhs_finder.postcodes import MAX_TYPED, PostcodeError
from mmhs_finder.render.html import cards
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
    chosen = [n for n in st.query_params.get_all("need") if n in NEEDS]
    if chosen:
        visit.needs = chosen
    if code in finder().directory.areas:
        visit.place = finder().council(code)
    else:
        visit.problem = say("find.link_unknown")


def search_form(label: str = "", submit: str = "", council: str = "") -> None:
    """Draws the form; the outcome is in `Visit.place` or, beside the field, in plain words.

    label, submit, council: the words of the field, the button and the list; by default those of the
    first page.
    """
    with st.form(Visit.SEARCH_FORM, border=False):
        field, button = st.columns([3, 1], vertical_alignment="bottom")
        field.text_input(
            label or say("find.postcode_label"),
            key=Visit.postcode.key,
            max_chars=MAX_TYPED,
            placeholder=None,
            help=say("find.postcode_help"),
            autocomplete="postal-code",
            persist_state="session",
        )
        button.form_submit_button(
            submit or say("find.submit"),
            type="primary",
            width="stretch",
            on_click=_search_postcode,
        )
    problem = Visit().problem
    if problem:
        render(cards.alert(say("find.error_title"), problem))
        _councils_meant()
    else:
        render(cards.hint(say("find.postcode_hint")))
    councils = finder().directory.councils()
    names = {area.code: area.name for area in councils}
    st.selectbox(
        council or say("find.council_label"),
        list(names),
        index=None,
        format_func=lambda code: names[code],
        placeholder=say("find.council_placeholder"),
        key=Visit.council.key,
        on_change=_search_council,
        persist_state="session",
    )
    needs_choice()


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
    visit.council = None
    visit.searches += 1
    st.query_params.clear()
    try:
        visit.place = finder().place(visit.postcode or "")
        visit.problem = ""
    except PostcodeError as problem:
        visit.place = None
        visit.problem = problem.message


def _search_council() -> None:
    visit = Visit()
    code = visit.council
    visit.problem = ""
    st.query_params.clear()
    if code:
        visit.postcode = ""
        visit.searches += 1
        visit.place = finder().council(code)
