"""The page for professionals: choose services, then their sheet, a comparison, or a case check.

The area is that of the last search of this visit, so it is the same on every page. Not for: what a
sheet says (`referral`), or the criteria (`eligibility`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st
from markupsafe import Markup

from mmhs_finder.answers import Answer, Match, Place
from mmhs_finder.directory.models import Area, Service
from mmhs_finder.eligibility import Answers, Assessment, assess
from mmhs_finder.finder import Finder
from mmhs_finder.opening_hours import Opening
from mmhs_finder.referral import (
    MOST_COMPARED,
    Line,
    Row,
    Sheet,
    Table,
    compare,
    distinction,
    label,
    referral_sheet,
    search,
    table_csv,
)
from mmhs_finder.sheet_pdf import sheet_pdf
from mmhs_finder.ui import cards, check, html
from mmhs_finder.ui.search import current_needs, current_place, search_form, searches
from mmhs_finder.words import say

VIEWS = ("sheet", "compare", "case")
_FIRST_COMPARED = 3
"""Services side by side before anybody has chosen: the local ones, then the nearest."""
_NOTICES = (
    "corrected",
    "coarser",
    "several_areas",
    "split_council",
    "border",
    "inferred",
    "shared_area",
    "partly_none_published",
)
"""Those about the place. Others speak to a parent, and their facts are on the sheet."""
_EMPTY = Markup("")


def show(finder: Finder) -> None:
    place = current_place()
    with st.container(key="professional-area"):
        title = (
            say("professional.area_change", place=place.label)
            if place
            else say("professional.area_choose")
        )
        with st.expander(title, expanded=place is None):
            html.render(cards.hint(say("professional.area_help")))
            search_form("professional.postcode", "professional.search")
    answer = finder.find(place) if place else None
    _heading(answer)
    view = st.segmented_control(
        say("professional.view_label"),
        VIEWS,
        default=VIEWS[0],
        required=True,
        format_func=lambda v: say(f"professional.view_{v}"),
        key="professional_view",
        persist_state="session",
    )
    options = _options(finder, answer)
    if view == "compare":
        _compare(finder, answer, options)
    elif view == "case":
        _case(finder, answer, options)
    else:
        _sheet(finder, answer, options)


def _heading(answer: Answer | None) -> None:
    place: Place | None = answer.place if answer else None
    heading = (
        say("professional.heading_place", place=place.label)
        if place
        else say("professional.heading_all")
    )
    number = searches()
    html.render(Markup('<h2 tabindex="-1" data-search="{}">{}</h2>').format(number, heading))
    if not answer or not place:
        return
    said = tuple(n for n in answer.notices if n.code in _NOTICES)
    html.render(cards.notices_html(replace(answer, notices=said)))
    text = ""
    if not place.areas:
        text = say("professional.nation", place=place.label, nation=place.nation.value)
    elif not answer.mmhs:
        text = say("professional.none_published", place=place.label)
    html.render(Markup('<p class="measure">{}</p>').format(text) if text else _EMPTY)


# --- choosing services ----------------------------------------------------------------------------


def _options(finder: Finder, answer: Answer | None) -> dict[str, str]:
    """Every service by id, in words: local ones and those nearby first, and marked so."""
    marked: dict[str, str] = {}
    if answer:
        for mark, matches in (
            ("local", answer.mmhs),
            ("neighbour", answer.neighbours),
            ("local", answer.alternatives),
        ):
            for m in matches:
                name = f"{say(f'professional.{mark}')}: {label(m.service)}"
                marked.setdefault(m.service.id, name)
    others = {s.id: label(s) for s in search(finder.directory, "")}
    return marked | {key: name for key, name in others.items() if key not in marked}


def _one(options: dict[str, str], first: str | None) -> str | None:
    asked = st.query_params.get("service", "")
    start = asked if asked in options and not searches() else first
    ids = list(options)
    chosen: str | None = st.selectbox(
        say("professional.service_label"),
        ids,
        index=ids.index(start) if start else None,
        format_func=lambda key: options[key],
        placeholder=say("professional.service_placeholder"),
        filter_mode="contains",
        key=f"professional_service_{searches()}",
        persist_state="session",
    )
    return chosen


def _several(finder: Finder, answer: Answer | None, options: dict[str, str]) -> list[Service]:
    near = [*answer.mmhs, *answer.neighbours][:_FIRST_COMPARED] if answer else []
    chosen = st.multiselect(
        say("professional.several_label", most=MOST_COMPARED),
        list(options),
        default=[m.service.id for m in near],
        format_func=lambda key: options[key],
        max_selections=MOST_COMPARED,
        placeholder=say("professional.several_placeholder"),
        filter_mode="contains",
        key=f"professional_services_{searches()}",
        persist_state="session",
    )
    if not chosen:
        html.render(Markup("<p>{}</p>").format(say("professional.choose_some")))
    return [finder.directory.services[key] for key in chosen]


def _places(answer: Answer | None, service: Service) -> tuple[Area, ...]:
    """The person's own areas, when the service serves them; a neighbour keeps its own."""
    if not answer:
        return ()
    own = {m.service.id for m in (*answer.mmhs, *answer.alternatives)}
    return answer.place.areas if service.id in own else ()


# --- the three views ------------------------------------------------------------------------------


def _sheet(finder: Finder, answer: Answer | None, options: dict[str, str]) -> None:
    first = answer.mmhs[0].service.id if answer and answer.mmhs else None
    chosen = _one(options, first)
    if chosen is None:
        html.render(Markup("<p>{}</p>").format(say("professional.choose_one")))
        return
    service = finder.directory.services[chosen]
    sheet = referral_sheet(finder.directory, service, _places(answer, service))
    html.render(sheet_html(sheet))
    st.download_button(
        say("professional.pdf"),
        lambda: sheet_pdf(sheet),
        file_name=f"referral-{service.id}.pdf",
        mime="application/pdf",
        on_click="ignore",
        icon=":material/download:",
    )
    html.render(Markup('<p class="muted no-print">{}</p>').format(say("professional.print_hint")))


def _compare(finder: Finder, answer: Answer | None, options: dict[str, str]) -> None:
    services = _several(finder, answer, options)
    if not services:
        return
    table = compare([referral_sheet(finder.directory, s, _places(answer, s)) for s in services])
    if len(services) == 1:
        html.render(cards.hint(say("professional.add_one")))
    html.render(table_html(table))
    st.download_button(
        say("professional.csv"),
        table_csv(table),
        file_name="comparison.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
    )
    html.render(Markup('<p class="muted no-print">{}</p>').format(say("professional.print_hint")))


def _case(finder: Finder, answer: Answer | None, options: dict[str, str]) -> None:
    html.render(
        Markup('<div class="notice" role="note"><p>{}</p></div>').format(
            say("professional.case_urgent")
        )
    )
    services = _several(finder, answer, options)
    if not services:
        return
    html.render(Markup('<p class="measure">{}</p>').format(say("professional.case_intro")))
    matches = _matches(finder, answer, services)
    asked, outcome = st.columns([2, 3], gap="large")
    with asked:
        answers = check.ask_professional(matches, "case", current_needs())
    assessments = assess_all(matches, answer, answers)
    with outcome:
        st.header(say("professional.case_heading"), anchor=False)
        counted = (
            say("professional.case_count", count=len(assessments))
            if len(assessments) > 1
            else say("professional.case_count_one")
        )
        html.render(Markup('<p role="status" class="muted">{}</p>').format(counted))
        html.render(cards.stack(check.assessment_card(a, _named(a.service)) for a in assessments))
        html.render(cards.hint(say("professional.case_limits")))


def _matches(finder: Finder, answer: Answer | None, services: Sequence[Service]) -> list[Match]:
    """The chosen services, as the answer knows them: how sure it is that they serve the place."""
    known = {m.service.id: m for m in (*answer.mmhs, *answer.alternatives)} if answer else {}
    return [
        known.get(s.id)
        or Match(service=s, opening=Opening(), criteria=finder.directory.criteria.get(s.id))
        for s in services
    ]


def assess_all(
    matches: Sequence[Match], answer: Answer | None, answers: Answers
) -> list[Assessment]:
    """Each service for this case, the best fit first.

    With an area searched for, a service that does not serve it counts as a neighbour: what was said
    about the area is about the local services, so it does not hold there.
    """
    elsewhere = replace(answers, lives_in_area=None, gp_in_area=None, maternity_booked_in_area=None)
    found = []
    for match in matches:
        near = answer is not None and match.certainty is None
        said = elsewhere if near else answers
        found.append(assess(match.service, match.criteria, said, match.certainty, neighbour=near))
    return sorted(found, key=lambda a: (a.outcome.place, a.via_gp))


# --- HTML, pure -----------------------------------------------------------------------------------


def sheet_html(sheet: Sheet) -> Markup:
    """A sheet as a card: its parts as headings, every row as a term and what is published."""
    service = sheet.service
    apart = distinction(service)
    parts = [
        Markup("<h2>{}</h2>").format(service.name),
        Markup('<p class="muted">{} · {}</p>').format(say(f"kind.{service.kind.value}"), apart),
    ]
    for heading, rows in sheet.groups():
        facts = [(row.heading, _value(row)) for row in rows]
        parts.append(
            Markup("<section><h3>{}</h3>{}</section>").format(heading, html.definition_list(facts))
        )
    return Markup('<article class="card sheet">{}</article>').format(_EMPTY.join(parts))


def _value(row: Row) -> Markup:
    if not row.published:
        return html.tag("unknown", say("sheet.not_published"))
    if len(row.lines) == 1:
        return _line(row.lines[0])
    items = _EMPTY.join(Markup("<li>{}</li>").format(_line(line)) for line in row.lines)
    return Markup('<ul class="ways">{}</ul>').format(items)


def _line(line: Line) -> Markup:
    return html.link(line.url, line.text) if line.url else Markup("{}").format(line.text)


def table_html(table: Table) -> Markup:
    """The comparison as a table; on a phone each criterion is a card with its services below."""
    silent = say("sheet.not_published")
    columns = [_named(sheet.service) for sheet in table.sheets]
    head = _EMPTY.join(
        Markup('<th scope="col" role="columnheader">{}</th>').format(c) for c in columns
    )
    body = _EMPTY.join(
        Markup('<tr role="row"{}><th scope="row" role="rowheader">{}{}</th>{}</tr>').format(
            Markup(' class="differs"') if row.differs else _EMPTY,
            row.heading,
            Markup('<span class="mark">{}</span>').format(row.note) if row.note else _EMPTY,
            _EMPTY.join(
                Markup('<td role="cell"{}><span class="cell-name">{}</span>{}</td>').format(
                    Markup(' class="silent"') if cell == silent else _EMPTY,
                    sheet.service.name,
                    cell,
                )
                for sheet, cell in zip(table.sheets, row.cells, strict=True)
            ),
        )
        for row in table.rows
    )
    caption = say("compare.caption", differing=table.differing, count=len(table.rows))
    return Markup(
        '<table class="data-table compare-table" role="table"><caption>{}</caption>'
        '<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">{}</th>{}</tr>'
        '</thead><tbody role="rowgroup">{}</tbody></table>'
    ).format(caption, say("compare.criterion"), head, body)


def _named(service: Service) -> Markup:
    """A service's name, and under it what tells it apart from others of that name."""
    return Markup('{}<span class="sub">{}</span>').format(service.name, distinction(service))
