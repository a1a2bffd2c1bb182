"""The coverage page: shares in words, map, sheet of an area, table, gap list and files.

Everything on the map is in the table, and an area's sheet can be chosen from a list, so nobody
needs the map. Not for: the values (`mmhs_finder.coverage`) or the files (`coverage_map`).
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Final

import streamlit as st
from markupsafe import Markup
from streamlit_folium import st_folium

from mmhs_finder.area_report import document_html, document_pdf, nearest_words, sheet_html
from mmhs_finder.coverage import (
    GAP_MEASURES,
    GRADED,
    VALUES,
    Coverage,
    Gap,
    Level,
    Measure,
    Row,
    Scaling,
    Shares,
    Value,
    Weights,
)
from mmhs_finder.coverage_map import (
    Outlines,
    coverage_map,
    map_title,
    measure_words,
    swatch_svg,
    to_csv,
    to_geojson,
    to_png,
    to_svg,
    value_words,
)
from mmhs_finder.finder import LONDON
from mmhs_finder.referral import csv_bytes
from mmhs_finder.ui import html
from mmhs_finder.ui.resources import directory
from mmhs_finder.wording import plain_date
from mmhs_finder.words import join_words, say

MAP_HEIGHT: Final = 620
PER_PAGE: Final = 25
GAPS_PER_PAGE: Final = 10
_EMPTY = Markup("")
_HOW: Final = ("yes", "unpublished", "none", "split", "groups", "several", "figures", "facts")


@st.cache_resource(show_spinner=False, max_entries=2)
def _coverage(today: date) -> tuple[Coverage, Outlines]:
    found = Coverage(directory(), today)
    return found, Outlines(found)


def show() -> None:
    coverage, outlines = _coverage(datetime.now(LONDON).date())
    level, measure = _choices()
    html.render(_how())
    html.render(shares_html(coverage, measure))
    left, right = st.columns([3, 2], gap="large")
    with left, st.container(key="coverage-map"):
        clicked = _map(coverage, outlines, level, measure)
        _downloads(coverage, outlines, level, measure)
    with right, st.container(key="coverage-side"):
        html.render(legend_html(coverage, level, measure))
        _sheet(coverage, outlines, level, clicked)
    _gaps(coverage, measure)
    _table(coverage, level, measure)


def _choices() -> tuple[Level, Measure]:
    with st.container(key="coverage-choices"):
        first, second = st.columns([2, 3], vertical_alignment="bottom")
        with first:
            level = st.selectbox(
                say("professional_coverage.level_label"),
                [v.value for v in Level],
                format_func=_level_words,
                key="coverage_level",
            )
        with second:
            measure = st.selectbox(
                say("professional_coverage.measure_label"),
                [m.value for m in Measure],
                format_func=lambda m: say(f"professional_coverage_measure.{m}"),
                key="coverage_measure",
            )
    return Level(level), Measure(measure)


def _level_words(level: str) -> str:
    words = say(f"professional_coverage_level.{level}")
    return words[0].upper() + words[1:]


def _how() -> Markup:
    items = _EMPTY.join(
        Markup("<li>{}</li>").format(say(f"professional_coverage.how_{name}")) for name in _HOW
    )
    return Markup(
        '<details class="coverage-more measure"><summary>{}</summary><ul>{}</ul></details>'
    ).format(say("professional_coverage.how"), items)


# --- shares ---------------------------------------------------------------------------------------


def share_words(shares: Shares) -> str:
    """The shares in one or two sentences; what is not known is always among them."""
    rounded = shares.rounded()
    parts = [
        f"{value_words(shares.measure, v).lower()} {rounded[v]:.1f} %"
        for v in VALUES[shares.measure]
        if v is not Value.YES
    ]
    if shares.measure in GRADED:
        return f"{join_words(parts)}.".capitalize()
    lead = say(
        "professional_coverage.shares_lead",
        percent=f"{rounded[Value.YES]:.1f}",
        what=say(f"professional_coverage_what.{shares.measure.value}"),
    )
    return f"{lead} {say('professional_coverage.shares_rest', rest=join_words(parts))}"


def shares_html(coverage: Coverage, measure: Measure) -> Markup:
    """The headline for England, and the same figures for each region as a table."""
    shares = coverage.shares(measure)
    notes = [
        say(
            "professional_coverage.shares_note",
            births=f"{shares.births:,}",
            date=plain_date(coverage.date.isoformat()),
        )
    ]
    if shares.inferred:
        percent = f"{100 * shares.inferred / shares.births:.1f}"
        notes.append(say("professional_coverage.shares_inferred", percent=percent))
    return Markup(
        '<section class="coverage-shares"><h2>{}</h2><p class="measure"><strong>{}</strong></p>'
        '<p class="muted small measure">{}</p></section>'
        '<details class="coverage-more"><summary>{}</summary>{}</details>'
    ).format(
        say("professional_coverage.shares_heading"),
        share_words(shares),
        " ".join(notes),
        say("professional_coverage.shares_region"),
        _region_table(coverage, measure),
    )


def _region_table(coverage: Coverage, measure: Measure) -> Markup:
    values = VALUES[measure]
    rows = [
        (
            row.name,
            [f"{row.births or 0:,}", *(f"{row.shares.rounded()[v]:.1f} %" for v in values)],
        )
        for row in coverage.rows(Level.REGION, measure)
        if row.shares
    ]
    head = [
        say("professional_coverage.column_births"),
        *(value_words(measure, v) for v in values),
    ]
    caption = f"{measure_words(measure)}: {say('professional_coverage.column_known').lower()}"
    return table_html(caption, say("professional_coverage_level.region"), head, rows)


def table_html(
    caption: str,
    first: str,
    head: Sequence[str],
    rows: Sequence[tuple[str | Markup, Sequence[str | Markup]]],
) -> Markup:
    """A table whose rows become cards on a phone, and stay a table for screen readers."""
    columns = _EMPTY.join(
        Markup('<th scope="col" role="columnheader">{}</th>').format(h) for h in (first, *head)
    )
    body = _EMPTY.join(
        Markup('<tr role="row"><th scope="row" role="rowheader">{}</th>{}</tr>').format(
            name,
            _EMPTY.join(
                Markup(
                    '<td role="cell"><span class="cell-name">{}</span><span>{}</span></td>'
                ).format(h, cell)
                for h, cell in zip(head, cells, strict=True)
            ),
        )
        for name, cells in rows
    )
    return Markup(
        '<table class="data-table coverage-table" role="table"><caption>{}</caption>'
        '<thead role="rowgroup"><tr role="row">{}</tr></thead>'
        '<tbody role="rowgroup">{}</tbody></table>'
    ).format(caption, columns, body)


# --- map and sheet --------------------------------------------------------------------------------


def _map(coverage: Coverage, outlines: Outlines, level: Level, measure: Measure) -> str | None:
    """Draws the map. Returns the code of the area that was clicked just now."""
    st.header(say("professional_coverage.map_heading"), anchor=False)
    html.render(Markup("<p><strong>{}</strong></p>").format(map_title(level, measure)))
    key = f"coverage-{level.value}-{measure.value}"
    with st.container(key="coverage-map-frame"):
        state = st_folium(
            coverage_map(coverage, outlines, level, measure, coverage.directory.towns),
            key=key,
            height=MAP_HEIGHT,
            use_container_width=True,
            returned_objects=["last_object_clicked"],
        )
    html.render(
        Markup('<p class="muted small">{}</p>').format(say("professional_coverage.map_hint"))
    )
    point = (state or {}).get("last_object_clicked")
    if not point or st.session_state.get("coverage_click") == (key, point):
        return None
    st.session_state["coverage_click"] = (key, point)
    return outlines.area_at(level, point["lat"], point["lng"])


def legend_html(coverage: Coverage, level: Level, measure: Measure) -> Markup:
    """The signs of the map with their words and how many areas have them."""
    rows = [r for r in coverage.rows(level, measure) if not r.parent]
    count = {v: sum(r.value is v for r in rows) for v in VALUES[measure]}
    items = _EMPTY.join(
        Markup(
            '<li><img src="{}" alt=""><span>{} <span class="muted">({})</span></span></li>'
        ).format(
            "data:image/svg+xml;base64," + b64encode(swatch_svg(value).encode()).decode(),
            value_words(measure, value),
            say("professional_coverage.legend_count", count=count[value], total=len(rows)),
        )
        for value in VALUES[measure]
        if count[value]
    )
    return Markup('<ul class="coverage-legend" role="list" aria-label="{}">{}</ul>').format(
        say("professional_coverage.legend_label"), items
    )


def _sheet(coverage: Coverage, outlines: Outlines, level: Level, clicked: str | None) -> None:
    rows = coverage.rows(level, Measure.MMHS)
    names = {r.code: r.name for r in rows}
    key = f"coverage_area_{level.value}"
    if clicked in names:
        st.session_state[key] = clicked
    chosen = st.selectbox(
        say("professional_coverage.area_label"),
        list(names),
        index=None,
        format_func=lambda c: names[c],
        placeholder=say("professional_coverage.area_placeholder"),
        filter_mode="contains",
        key=key,
    )
    if chosen is None:
        return
    html.render(sheet_html(coverage, outlines, level, chosen))
    st.download_button(
        say("professional_coverage.report_download"),
        document_html(coverage, outlines, level, chosen),
        file_name=f"coverage-{_file_part(chosen)}.html",
        mime="text/html",
        on_click="ignore",
        icon=":material/download:",
    )
    st.download_button(
        say("professional_area.report_pdf"),
        lambda: document_pdf(coverage, outlines, level, chosen),
        file_name=f"coverage-{_file_part(chosen)}.pdf",
        mime="application/pdf",
        on_click="ignore",
        icon=":material/download:",
    )


def _file_part(code: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in code).lower()


@st.fragment
def _downloads(coverage: Coverage, outlines: Outlines, level: Level, measure: Measure) -> None:
    """The files are made when somebody asks for one."""
    name = f"coverage-{level.value}-{measure.value}-{coverage.date.isoformat()}"
    files: tuple[tuple[str, str, Callable[[], bytes]], ...] = (
        ("csv", "text/csv", lambda: to_csv(coverage, level, measure)),
        ("geojson", "application/geo+json", lambda: to_geojson(coverage, outlines, level, measure)),
        ("svg", "image/svg+xml", lambda: to_svg(coverage, outlines, level, measure)),
        ("png", "image/png", lambda: to_png(coverage, outlines, level, measure)),
    )
    with st.container(horizontal=True, key="coverage-downloads"):
        for kind, mime, make in files:
            st.download_button(
                say(f"professional_coverage.{kind}"),
                make,
                file_name=f"{name}.{kind}",
                mime=mime,
                on_click="ignore",
                icon=":material/download:",
                key=f"coverage-file-{kind}",
            )


# --- the table ------------------------------------------------------------------------------------


def _table(coverage: Coverage, level: Level, measure: Measure) -> None:
    st.header(say("professional_coverage.table_heading"), anchor=False)
    rows: Sequence[Row] = coverage.rows(level, measure)
    if level is not Level.REGION:
        text = st.text_input(
            say("professional_coverage.table_filter"), key="coverage_filter", max_chars=60
        )
        typed = (text or "").strip().casefold()
        rows = [r for r in rows if typed in f"{r.name} {r.icb} {r.region}".casefold()]
    if not rows:
        html.render(Markup("<p>{}</p>").format(say("professional_coverage.table_none")))
        return
    with st.container(key="coverage-table"):
        first, last = _page_of(len(rows), f"coverage_page_{level.value}", PER_PAGE)
        caption = say(
            "professional_coverage.table_caption",
            title=map_title(level, measure),
            count=len(rows),
        )
        html.render(rows_html(rows[first:last], level, measure, caption))


def _page_of(count: int, key: str, per_page: int) -> tuple[int, int]:
    """The first and last row to show, from 0, after buttons to move. Nothing to move: none."""
    pages = max(1, -(-count // per_page))
    page = min(int(st.session_state.get(key) or 0), pages - 1)
    first, last = page * per_page, min(count, (page + 1) * per_page)
    if pages > 1:
        with st.container(horizontal=True, key=f"{key}-pager", vertical_alignment="center"):
            st.button(
                say("professional_coverage.previous"),
                disabled=page == 0,
                on_click=_go,
                args=(key, page - 1),
                key=f"{key}-previous",
            )
            words = say("professional_coverage.page_of", first=first + 1, last=last, count=count)
            html.render(Markup('<p role="status" class="pager">{}</p>').format(words))
            st.button(
                say("professional_coverage.next"),
                disabled=page == pages - 1,
                on_click=_go,
                args=(key, page + 1),
                key=f"{key}-next",
            )
    return first, last


def _go(key: str, page: int) -> None:
    st.session_state[key] = page


def rows_html(rows: Sequence[Row], level: Level, measure: Measure, caption: str) -> Markup:
    """Areas as a table: value, shares (ICBs and regions), births, services."""
    head = [say("professional_coverage.column_value")]
    if level is Level.COUNCIL:
        head.append(say("professional_coverage.column_icb"))
    else:
        head.append(say("professional_coverage.column_known"))
    head.append(say("professional_coverage.column_births"))
    if level is Level.COUNCIL:
        head.append(say("professional_coverage.column_services"))
    body: list[tuple[str | Markup, Sequence[str | Markup]]] = []
    for row in rows:
        cells: list[str | Markup] = [_value_cell(measure, row)]
        if level is Level.COUNCIL:
            cells.append(f"{row.icb}, {row.region}")
        else:
            cells.append(_shares_cell(row))
        cells.append(_births(row))
        if level is Level.COUNCIL:
            names = join_words([s.name for s in row.services])
            cells.append(names or say("professional_coverage.services_none"))
        body.append((row.name, cells))
    return table_html(caption, say("professional_coverage.column_area"), head, body)


def _value_cell(measure: Measure, row: Row) -> Markup:
    kind = {Value.YES: "yes", Value.NO: "no", Value.NOT_PUBLISHED: "unknown"}.get(row.value)
    words = value_words(measure, row.value)
    cell = html.tag(kind, words) if kind else Markup('<span class="tag">{}</span>').format(words)
    if row.inferred:
        note = say("professional_coverage.inferred")
        cell += Markup('<span class="sub">{}</span>').format(note)
    return cell


def _shares_cell(row: Row) -> str:
    if row.shares is None:
        return ""
    rounded = row.shares.rounded()
    return "; ".join(
        f"{value_words(row.shares.measure, v)} {share:.1f} %"
        for v, share in rounded.items()
        if share
    )


def _births(row: Row) -> str:
    return say("professional_coverage.part_row") if row.births is None else f"{row.births:,}"


# --- gaps -----------------------------------------------------------------------------------------


def _gaps(coverage: Coverage, measure: Measure) -> None:
    st.header(say("professional_coverage.gaps_heading"), anchor=False)
    if measure not in GAP_MEASURES:
        html.render(Markup("<p>{}</p>").format(say("professional_coverage.gaps_other")))
        return
    what = measure_words(measure).lower()
    html.render(
        Markup('<p class="measure">{}</p>').format(
            say("professional_coverage.gaps_intro", what=what)
        )
    )
    weights, scaling, values = _gap_choices()
    found = coverage.gaps(measure, weights, scaling, values)
    if not found:
        html.render(Markup("<p>{}</p>").format(say("professional_coverage.gaps_none")))
        return
    births = sum(g.row.births or 0 for g in found)
    percent = 100 * births / coverage.shares(measure).births
    counted = say("professional_coverage.gaps_count", count=len(found), percent=f"{percent:.1f}")
    html.render(Markup("<p><strong>{}</strong></p>").format(counted))
    with st.container(key="coverage-gaps"):
        first, last = _page_of(len(found), "coverage_gap_page", GAPS_PER_PAGE)
        html.render(gaps_html(found, first, last, measure))
        st.download_button(
            say("professional_coverage.gaps_csv"),
            gaps_csv(found, coverage, measure),
            file_name=f"gaps-{measure.value}-{coverage.date.isoformat()}.csv",
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
        )


def _gap_choices() -> tuple[Weights, Scaling, tuple[Value, ...]]:
    with st.container(key="coverage-weights"):
        columns = st.columns(3, gap="medium")
        chosen = []
        for column, name in zip(columns, ("births", "women", "deprivation"), strict=True):
            with column:
                chosen.append(
                    st.slider(
                        say(f"professional_coverage.weight_{name}"),
                        0,
                        10,
                        5,
                        key=f"coverage_weight_{name}",
                        help=say("professional_coverage.weight_help"),
                    )
                )
        left, right = st.columns([1, 2], gap="medium")
        with left:
            scaling = st.radio(
                say("professional_coverage.scaling_label"),
                [s.value for s in Scaling],
                format_func=lambda s: say(f"professional_coverage_scaling.{s}"),
                horizontal=True,
                key="coverage_scaling",
                help=say("professional_coverage.scaling_help"),
            )
        options = (Value.NONE_FOUND, Value.NOT_PUBLISHED, Value.NO, Value.PART)
        with right:
            values = st.pills(
                say("professional_coverage.gaps_values"),
                [v.value for v in options],
                default=[v.value for v in options],
                selection_mode="multi",
                format_func=lambda v: say(f"professional_coverage_value.{v}"),
                key="coverage_gap_values",
                wrap=True,
            )
    births, women, deprivation = (float(w) for w in chosen)
    return (
        Weights(births, women, deprivation),
        Scaling(scaling),
        tuple(Value(v) for v in values or ()),
    )


def gaps_html(found: Sequence[Gap], first: int, last: int, measure: Measure) -> Markup:
    """Rows `first` to `last` of the gap list, every figure with its year in the heading."""
    head = [
        say(f"professional_coverage.column_{c}")
        for c in ("rank", "value", "need", "births", "women", "imd", "nearest")
    ]
    body: list[tuple[str | Markup, Sequence[str | Markup]]] = []
    for number, gap in enumerate(found[first:last], start=first + 1):
        row = gap.row
        cells: list[str | Markup] = [
            str(number),
            _value_cell(measure, row),
            f"{gap.need:.2f}",
            f"{row.births or 0:,}",
            f"{row.women or 0:,}",
            "" if row.imd is None else f"{row.imd:.1f}",
            nearest_words(gap.nearest, gap.km),
        ]
        body.append((row.name, cells))
    caption = say("professional_coverage.gaps_caption")
    return table_html(caption, say("professional_coverage.column_area"), head, body)


def gaps_csv(found: Sequence[Gap], coverage: Coverage, measure: Measure) -> bytes:
    """The whole gap list for spreadsheets: no cell is a formula."""
    header = (
        "place",
        "code",
        "name",
        "region",
        "icb_2026",
        "measure",
        "value",
        "need_0_to_1",
        "births_year_to_mid_2020",
        "women_15_44_mid_2021",
        "imd_2025_average_score",
        "nearest_area",
        "straight_line_km",
        "nearest_services",
        "checked_on",
    )
    rows = [
        (
            number,
            g.row.code,
            g.row.name,
            g.row.region,
            g.row.icb,
            measure.value,
            g.row.value.value,
            f"{g.need:.4f}",
            g.row.births,
            g.row.women,
            g.row.imd,
            g.nearest.name if g.nearest else "",
            "" if g.km is None else f"{g.km:.1f}",
            "; ".join(s.name for s in g.nearest.services) if g.nearest else "",
            coverage.date.isoformat(),
        )
        for number, g in enumerate(found, start=1)
    ]
    return csv_bytes(header, rows)
