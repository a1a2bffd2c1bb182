"""The list of all services on the page: filters, a table that everybody can read, files, a map.

The table is HTML: a screen reader knows its rows and headings, and on a phone each row is a card.
Not for: filtering or files (`mmhs_finder.views.listing`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

import folium
import streamlit as st
from markupsafe import Markup
from streamlit_folium import st_folium

from mmhs_finder.answers.finder import Finder
from mmhs_finder.channels.streamlit.professionals import left_sheet
from mmhs_finder.channels.streamlit.resources import finder as shared_finder
from mmhs_finder.directory.models import Pathway, ServiceKind, Status, Town, YesNo
from mmhs_finder.hours import LONDON
from mmhs_finder.places.shapes import AreaShapes, Bounds
from mmhs_finder.postcodes import PostcodeError
from mmhs_finder.postcodes.precision import Precision
from mmhs_finder.render.html import cards
from mmhs_finder.render.html import pieces as html
from mmhs_finder.render.maps.answer import (
    LAND,
    LINES,
    SHAPES_CREDIT,
    SIGNS,
    AreaLayer,
    Behaviour,
    FinderMap,
    NameLabels,
    inert,
    sign_svg,
)
from mmhs_finder.views.listing import (
    REGIONS,
    Filters,
    Freshness,
    Row,
    Sort,
    listing,
    to_csv,
    to_json,
)
from mmhs_finder.views.wording import plain_date
from mmhs_finder.words import join_words, say

PER_PAGE: Final = 25
MAP_HEIGHT: Final = 560
_KEY: Final = "listing"
_SIGN_SIZE: Final = 26
_AREAS_SHOWN: Final = 4


def show(finder: Finder) -> None:
    left_sheet()
    directory = finder.directory
    filters, sort = _filters(finder)
    found = listing(directory, filters, sort, datetime.now(LONDON).date())
    table, side = st.columns([5, 3], gap="large")
    with table, st.container(key="listing-table"):
        _table(found, len(directory.services), sort)
        _downloads(found)
    with side, st.container(key="listing-map"):
        _map(finder, found)


# --- filters --------------------------------------------------------------------------------------


def _filters(finder: Finder) -> tuple[Filters, Sort]:
    with st.container(key="listing-filters"):
        first = st.columns([2, 2, 2, 1.4], vertical_alignment="bottom")
        with first[0]:
            text = st.text_input(
                say("listing.text_label"),
                key=f"{_KEY}_text",
                max_chars=60,
                on_change=_go,
                args=(1,),
                persist_state="session",
            )
        with first[1]:
            kinds = _several("kind", [k.value for k in ServiceKind], lambda v: say(f"kind.{v}"))
        with first[2]:
            regions = _several("region", REGIONS)
        with first[3]:
            sort = st.selectbox(
                say("listing.sort_label"),
                [s.value for s in Sort],
                format_func=lambda s: say(f"listing_sort.{s}"),
                key=f"{_KEY}_sort",
                on_change=_go,
                args=(1,),
                persist_state="session",
            )
        with st.expander(say("listing.more_filters")):
            left, right = st.columns(2, gap="medium")
            with left:
                icbs = _several("icb", _icbs(finder))
                pathways = _several(
                    "pathway", [p.value for p in Pathway], lambda v: say(f"sheet_row.{v}")
                )
                own = _several(
                    "self_referral",
                    [y.value for y in YesNo],
                    lambda v: say(f"listing_self_referral.{v}"),
                )
            with right:
                statuses = _several(
                    "status", [s.value for s in Status], lambda v: say(f"listing_status.{v}")
                )
                ages = _several(
                    "freshness",
                    [f.value for f in Freshness],
                    lambda v: say(f"listing_freshness.{v}"),
                )
        st.button(say("listing.clear"), on_click=_clear)
    return (
        Filters(
            text=text or "",
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


def _several(name: str, options: Sequence[str], words: Callable[[str], str] = str) -> list[str]:
    """A choice of several values. words: a value as people read it."""
    chosen: list[str] = st.multiselect(
        say(f"listing.{name}_label"),
        list(options),
        format_func=words,
        placeholder=say("listing.any"),
        filter_mode="contains",
        key=f"{_KEY}_{name}",
        on_change=_go,
        args=(1,),
        persist_state="session",
    )
    return chosen


def _icbs(finder: Finder) -> list[str]:
    return sorted({a.icb_2026 for a in finder.directory.areas.values() if a.icb_2026})


def _clear() -> None:
    for key in [str(k) for k in st.session_state if str(k).startswith(f"{_KEY}_")]:
        del st.session_state[key]


# --- the table ------------------------------------------------------------------------------------


def _table(found: Sequence[Row], total: int, sort: Sort) -> None:
    if not found:
        html.render(cards.alert(say("listing.title"), say("listing.none")))
        return
    pages = -(-len(found) // PER_PAGE)
    asked = int(st.session_state.get(f"{_KEY}_page") or 1)
    page = min(asked, pages)
    if asked != page:
        st.session_state[f"{_KEY}_page"] = page
    first = (page - 1) * PER_PAGE
    shown = found[first : first + PER_PAGE]
    last = first + len(shown)
    counted = say("listing.count_page", count=len(found), total=total, first=first + 1, last=last)
    html.render(Markup('<p role="status" class="muted">{}</p>').format(counted))
    caption = say(
        "listing.caption",
        first=first + 1,
        last=last,
        count=len(found),
        sort=say(f"listing_sort.{sort.value}").lower(),
    )
    html.render(table_html(shown, caption))
    if pages > 1:
        _pager(page, pages)


def _pager(page: int, pages: int) -> None:
    with st.container(horizontal=True, key="listing-pager", vertical_alignment="center"):
        st.button(
            say("listing.previous"),
            disabled=page == 1,
            on_click=_go,
            args=(page - 1,),
            key="listing-previous",
        )
        words = say("listing.page_of", page=page, pages=pages)
        html.render(Markup('<p class="pager">{}</p>').format(words))
        st.button(
            say("listing.next"),
            disabled=page == pages,
            on_click=_go,
            args=(page + 1,),
            key="listing-next",
        )


def _go(page: int) -> None:
    """Turns to a page of the list; with every other choice of filters to the first."""
    st.session_state[f"{_KEY}_page"] = page


_COLUMNS = ("name", "kind", "area", "self_referral", "source")


def table_html(found: Sequence[Row], caption: str) -> Markup:
    """Rows of the list as a table: the service's name is the heading of its row."""
    empty = Markup("")
    head = empty.join(
        Markup('<th scope="col" role="columnheader">{}</th>').format(say(f"listing.column_{c}"))
        for c in _COLUMNS
    )
    body = empty.join(_row_html(row) for row in found)
    return Markup(
        '<table class="data-table listing-table" role="table"><caption>{}</caption>'
        '<thead role="rowgroup"><tr role="row">{}</tr></thead>'
        '<tbody role="rowgroup">{}</tbody></table>'
    ).format(caption, head, body)


def _row_html(row: Row) -> Markup:
    cells = (
        ("kind", _kind(row)),
        ("area", _area(row)),
        ("self_referral", html.tag(row.self_referral, _self_referral(row))),
        ("source", _source(row)),
    )
    return Markup('<tr role="row"><th scope="row" role="rowheader">{}</th>{}</tr>').format(
        _name(row),
        Markup("").join(
            Markup('<td role="cell"><span class="cell-name">{}</span>{}</td>').format(
                say(f"listing.column_{name}"), Markup("<span>{}</span>").format(cell)
            )
            for name, cell in cells
        ),
    )


def _self_referral(row: Row) -> str:
    return say(f"listing_self_referral.{row.self_referral}")


def _name(row: Row) -> Markup:
    """The name, what tells it from others of that name, and the way to its sheet."""
    sheet = Markup(
        '<a href="professionals?service={}" data-in-app=".sheet h2">{}'
        '<span class="sr-only">: {}</span></a>'
    )
    return Markup('{}<span class="sub">{}</span>{}<span class="sub">{}</span>').format(
        row.name,
        row.provider,
        Markup('<span class="sub">{}</span>').format(
            html.tag("unknown", say("listing.unconfirmed"))
        )
        if row.status != Status.OPEN
        else Markup(""),
        sheet.format(row.id, say("listing.sheet_link"), row.name),
    )


def _kind(row: Row) -> Markup:
    helps = join_words([say(f"sheet_row.{p}") for p in row.pathways])
    more = Markup('<span class="sub">{}</span>').format(helps) if helps else Markup("")
    return Markup("{}{}").format(say(f"kind.{row.kind}"), more)


def _area(row: Row) -> str:
    names = row.area or row.councils
    if len(names) > _AREAS_SHOWN:
        rest = say("sheet.waiting_more", count=len(names) - _AREAS_SHOWN)
        return f"{', '.join(names[:_AREAS_SHOWN])} {rest}"
    return join_words(names) or say("listing.area_unknown")


def _source(row: Row) -> str:
    return plain_date(row.source_date) if row.source_date else say("listing.undated")


def _downloads(found: Sequence[Row]) -> None:
    if not found:
        return
    with st.container(horizontal=True, key="listing-downloads"):
        st.download_button(
            say("listing.csv"),
            to_csv(found),
            file_name="services.csv",
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
        )
        st.download_button(
            say("listing.json"),
            to_json(found),
            file_name="services.json",
            mime="application/json",
            on_click="ignore",
            icon=":material/download:",
        )


# --- the map --------------------------------------------------------------------------------------


@st.cache_resource(show_spinner=False)
def _points() -> dict[str, tuple[float, float]]:
    """Where care is given, of every service that publishes it: (latitude, longitude) by id."""
    finder = shared_finder()
    found = {}
    for service in finder.directory.services.values():
        if not service.is_real_base:
            continue
        try:
            place = finder.place(service.postcode)
        except PostcodeError:
            continue
        if place.point is not None and place.precision is Precision.POSTCODE:
            found[service.id] = place.point
    return found


def _map(finder: Finder, found: Sequence[Row]) -> None:
    st.header(say("listing.map_heading"), anchor=False)
    points = _points()
    drawn = [row for row in found if row.id in points]
    if not drawn:
        html.render(Markup("<p>{}</p>").format(say("listing.map_none")))
        return
    words = say("listing.map_text", shown=len(drawn), count=len(found))
    html.render(Markup('<p class="muted">{}</p>').format(words))
    with st.container(key="listing-map-frame"):
        st_folium(
            listing_map(drawn, points, finder.shapes, finder.directory.towns),
            key="listing-map-view",
            height=MAP_HEIGHT,
            use_container_width=True,
            returned_objects=[],
        )
    html.render(legend_html(drawn))


def legend_html(found: Sequence[Row]) -> Markup:
    """What the signs on the map mean, as a list: each sign with its words."""
    kinds = {row.kind for row in found}
    items = Markup("").join(
        Markup('<li><img src="{}" alt=""><span>{}</span></li>').format(
            html.image_address(sign_svg(SIGNS[kind], _SIGN_SIZE)), say(f"kind.{kind.value}")
        )
        for kind in ServiceKind
        if kind.value in kinds
    )
    return Markup('<ul class="listing-legend" role="list" aria-label="{}">{}</ul>').format(
        say("listing.legend"), items
    )


def listing_map(
    found: Sequence[Row],
    points: dict[str, tuple[float, float]],
    shapes: AreaShapes,
    towns: Sequence[Town],
) -> FinderMap:
    """A map of England with one sign for each service. It asks nothing of any other host."""
    lats, lons = zip(*(points[row.id] for row in found), strict=True)
    view = Bounds(south=min(lats), west=min(lons), north=max(lats), east=max(lons))
    m = FinderMap(label=say("listing.map_label"), bounds=view.padded(0.1))
    AreaLayer(
        [shapes.coarse_json(code) for code in shapes.codes],
        attribution=SHAPES_CREDIT,
        color=LINES,
        weight=0.6,
        fillColor=LAND,
        fillOpacity=1,
    ).add_to(m)
    NameLabels((t.name, t.lat, t.lon, t.rank) for t in towns).add_to(m)
    for rank, row in enumerate(found, start=1):
        _pin(row, points[row.id], rank).add_to(m)
    Behaviour(m).add_to(m)
    return m


def _pin(row: Row, point: tuple[float, float], rank: int) -> folium.Marker:
    kind = say(f"kind.{row.kind}")
    title = inert(f"{row.name} ({kind})")
    lines = "".join(f"<p>{inert(t)}</p>" for t in (kind, row.provider, _area(row)) if t)
    half = _SIGN_SIZE // 2
    return folium.Marker(
        location=point,
        icon=folium.DivIcon(
            html=f"{sign_svg(SIGNS[ServiceKind(row.kind)], _SIGN_SIZE)}"
            f'<span class="sr">{title}</span>',
            icon_size=(_SIGN_SIZE, _SIGN_SIZE),
            icon_anchor=(half, half),
            popup_anchor=(0, -half),
            class_name="pin",
        ),
        popup=folium.Popup(
            f'<div class="pop"><b>{inert(row.name)}</b>{lines}</div>', max_width=280, min_width=180
        ),
        tooltip=folium.Tooltip(title, sticky=False, direction="top", offset=[0, -half]),
        pin=rank,
        still=True,
        rise_on_hover=True,
    )
