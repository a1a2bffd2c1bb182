"""Below a text that leads to no place: what somebody may mean, to choose from.

Not for: what is offered, or its words (`views.suggestions`), or the search itself (`search`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st

from mmhs_finder.channels.streamlit.visit import Visit
from mmhs_finder.views.suggestions import OfferView, SuggestionsView
from mmhs_finder.words import say

_MOST_BUTTONS: Final = 8
"""More offers than this, such as London's boroughs, are a list and no wall of buttons."""


def offers(view: SuggestionsView, take: Callable[[OfferView], None]) -> None:
    """Draws the line above the offers, and the offers. take: what happens with the chosen one."""
    if len(view.offers) > _MOST_BUTTONS:
        _list_of(view.lead, view.offers, take)
    elif view.offers:
        st.markdown(view.lead)
        with st.container(horizontal=True, key="councils-meant"):
            for offer in view.offers:
                st.button(
                    offer.words,
                    key=Visit.meant_key(offer.code or offer.text),
                    on_click=take,
                    args=(offer,),
                )


def _list_of(lead: str, offered: Sequence[OfferView], take: Callable[[OfferView], None]) -> None:
    by_key = {offer.code or offer.text: offer for offer in offered}

    def chosen() -> None:
        offer = by_key.get(Visit().meant or "")
        if offer is not None:
            take(offer)

    st.selectbox(
        lead,
        list(by_key),
        index=None,
        format_func=lambda key: by_key[key].words,
        placeholder=say("find.council_placeholder"),
        key=Visit.meant.key,
        on_change=chosen,
    )
