"""The list of all services on the page: filters, a table that everybody can read, files, a map.

The table is HTML: a screen reader knows its rows and headings, and on a phone each row is a card.
Not for: filtering or files (`mmhs_finder.views.listing`), or the map (`render.maps.listing`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

import streamlit as st
from markupsafe import Markup

from mmhs_finder.answers.finding import Finder
from mmhs_finder.application import served
from mmhs_finder.channels.streamlit import views
from mmhs_finder.channels.streamlit.draw import download, render
from mmhs_finder.channels.streamlit.map_view import draw_map
from mmhs_finder.channels.streamlit.visit import ListChoices, Visit
from mmhs_finder.coverage.values import Level
from mmhs_finder.directory.models import Pathway, ServiceKind, Status, YesNo
from mmhs_finder.directory.named import KIND, NEED_TERM
from mmhs_finder.directory.vocabularies import Region
from mmhs_finder.hours import LONDON
from mmhs_finder.render.html import cards
from mmhs_finder.render.html.services import SELF_REFERRAL, STATUS, table_html
from mmhs_finder.render.html.whole import whole_html
from mmhs_finder.render.maps.listing import listing_map
from mmhs_finder.views.listing import (
    Filters,
    Freshness,
    ListedService,
    Sort,
    listing,
    to_csv,
    to_json,
)
from mmhs_finder.words import say, texts

KINDS: Final = ("mmhs", "every")
_KINDS: Final = texts("listing.show_{}", KINDS)
PER_PAGE: Final = 20
_LABEL: Final = texts(
    "listing.{}_label",
    ("kind", "region", "icb", "pathway", "self_referral", "status", "freshness"),
)
_SORT: Final = texts("listing_sort.{}", Sort)
_FRESHNESS: Final = texts("listing_freshness.{}", Freshness)


def show(finder: Finder) -> None:
    Visit().referral.leave_sheet()
    directory, today = finder.directory, datetime.now(LONDON).date()
    kinds = views.choose(
        say("listing.show_label"),
        {name: _KINDS(name) for name in KINDS},
        ListChoices.kinds.key,
        on_change=_first_page,
    )
    filters, sort = _filters(finder, every_kind=kinds != KINDS[0])
    found = listing(directory, filters, sort, today)
    with st.container(key="listing-map"):
        shown = st.toggle(
            say("listing.show_map"), key=ListChoices.shows_map.key, persist_state="session"
        )
        if shown:
            _map(finder, found)
    of_other_kinds = 0
    if filters.text and kinds == KINDS[0]:
        every = listing(directory, replace(filters, kinds=()), sort, today)
        of_other_kinds = len(every) - len(found)
    with st.container(key="listing-table"):
        _table(found, len(directory.services), sort, filters)
        if of_other_kinds:
            words = say("listing.other_kinds", count=of_other_kinds, choice=_KINDS(KINDS[1]))
            render(Markup("<p>{}</p>").format(words))
        _downloads(found)
        render(whole_html())


# --- filters --------------------------------------------------------------------------------------


def _filters(finder: Finder, *, every_kind: bool) -> tuple[Filters, Sort]:
    """What is typed is in sight, the other filters are folded: on a phone they would fill it."""
    with st.container(key="listing-filters"):
        text = st.text_input(
            say("listing.text_label"),
            key=ListChoices.text.key,
            max_chars=60,
            on_change=_first_page,
            persist_state="session",
        )
        with st.expander(say("listing.more_filters")):
            left, right = st.columns(2, gap="medium")
            with left:
                kinds = [ServiceKind.MMHS.value]
                if every_kind:
                    kinds = _several("kind", [k.value for k in ServiceKind], KIND)
                regions = _several("region", [r.value for r in Region])
                icbs = _several("icb", _icbs(finder))
                pathways = _several("pathway", [p.value for p in Pathway], NEED_TERM)
            with right:
                own = _several("self_referral", [y.value for y in YesNo], SELF_REFERRAL)
                statuses = _several("status", [s.value for s in Status], STATUS)
                ages = _several("freshness", [f.value for f in Freshness], _FRESHNESS)
                sort = st.selectbox(
                    say("listing.sort_label"),
                    [s.value for s in Sort],
                    format_func=_SORT,
                    key=ListChoices.sort.key,
                    on_change=_first_page,
                    persist_state="session",
                )
            st.button(say("listing.clear"), on_click=_clear)
    return (
        Filters(
            text=(text or "").strip(),
            kinds=tuple(ServiceKind(k) for k in kinds),
            regions=tuple(regions),
            icbs=tuple(icbs),
            pathways=tuple(Pathway(p) for p in pathways),
            self_referral=tuple(YesNo(y) for y in own),
            statuses=tuple(Status(s) for s in statuses),
            freshness=tuple(Freshness(f) for f in ages),
        ),
        Sort(sort),
    )


def _folded_words(filters: Filters) -> str:
    """The filters that are folded away, in words: a short list is not to surprise anybody."""
    kinds = [] if filters.kinds == (ServiceKind.MMHS,) else [KIND(k) for k in filters.kinds]
    named = [
        *kinds,
        *filters.regions,
        *filters.icbs,
        *(NEED_TERM(p) for p in filters.pathways),
        *(f"{_LABEL('self_referral')}: {SELF_REFERRAL(y)}" for y in filters.self_referral),
        *(STATUS(s) for s in filters.statuses),
        *(_FRESHNESS(f) for f in filters.freshness),
    ]
    return say("listing.filtered", filters="; ".join(named)) if named else ""


def _several(name: str, options: Sequence[str], words: Callable[[str], str] = str) -> list[str]:
    """A choice of several values. words: a value as people read it."""
    chosen: list[str] = st.multiselect(
        _LABEL(name),
        list(options),
        format_func=words,
        placeholder=say("listing.any"),
        filter_mode="contains",
        key=ListChoices.key(name),
        on_change=_first_page,
        persist_state="session",
    )
    return chosen


def _icbs(finder: Finder) -> list[str]:
    return sorted({a.icb_2026 for a in finder.directory.areas.values() if a.icb_2026})


def _clear() -> None:
    Visit().services.clear()


# --- the table ------------------------------------------------------------------------------------


def _table(found: Sequence[ListedService], total: int, sort: Sort, filters: Filters) -> None:
    if not found:
        none = f"{say('listing.none')} {_folded_words(filters)}".strip()
        render(cards.alert(say("listing.title"), none))
        return
    pages = -(-len(found) // PER_PAGE)
    choices = Visit().services
    asked = int(choices.page or 1)
    page = min(asked, pages)
    if asked != page:
        choices.page = page
    first = (page - 1) * PER_PAGE
    shown = found[first : first + PER_PAGE]
    last = first + len(shown)
    counted = say("listing.count_page", count=len(found), total=total, first=first + 1, last=last)
    counted = f"{counted} {_folded_words(filters)}".strip()
    render(Markup('<p role="status" class="muted">{}</p>').format(counted))
    caption = say(
        "listing.caption",
        first=first + 1,
        last=last,
        count=len(found),
        sort=_SORT(sort).lower(),
    )
    render(table_html(shown, caption))
    if pages > 1:
        _pager(page, pages)


def _pager(page: int, pages: int) -> None:
    with st.container(horizontal=True, key="listing-pager", vertical_alignment="center"):
        st.button(
            say("listing.previous"),
            disabled=page == 1,
            on_click=_go,
            args=(page - 1,),
            key=ListChoices.PREVIOUS,
        )
        words = say("listing.page_of", page=page, pages=pages)
        render(Markup('<p class="pager">{}</p>').format(words))
        st.button(
            say("listing.next"),
            disabled=page == pages,
            on_click=_go,
            args=(page + 1,),
            key=ListChoices.NEXT,
        )


def _go(page: int) -> None:
    """Turns to a page of the list; with every other choice of filters to the first."""
    Visit().services.page = page


def _first_page() -> None:
    _go(1)


def _downloads(found: Sequence[ListedService]) -> None:
    if not found:
        return
    with st.container(horizontal=True, key="listing-downloads"):
        download(say("listing.csv"), lambda: to_csv(found), "services.csv", "text/csv")
        download(say("listing.json"), lambda: to_json(found), "services.json", "application/json")


# --- the map --------------------------------------------------------------------------------------


def _map(finder: Finder, found: Sequence[ListedService]) -> None:
    st.header(say("listing.map_heading"), anchor=False)
    points = finder.bases
    drawn = [row for row in found if row.id in points]
    if not drawn:
        render(Markup("<p>{}</p>").format(say("listing.map_none")))
        return
    words = say("listing.map_text", shown=len(drawn), count=len(found))
    render(Markup('<p class="muted">{}</p>').format(words))
    with st.container(key="listing-map-frame"):
        url = served().shapes_files.url(Level.COUNCIL.value)
        draw_map(listing_map(drawn, points, url), ListChoices.MAP)
