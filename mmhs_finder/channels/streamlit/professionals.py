"""The page for professionals: choose services, then their sheet, a comparison, or a case check.

The area is that of the last search of this visit, so it is the same on every page. Not for: what a
sheet says (`referral`), or the criteria (`eligibility`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import streamlit as st
from markupsafe import Markup

from mmhs_finder.answers.finder import Finder
from mmhs_finder.answers.types import Answer, Match, Place
from mmhs_finder.channels.streamlit import check, views
from mmhs_finder.channels.streamlit.search import (
    current_needs,
    current_place,
    search_form,
    searches,
)
from mmhs_finder.directory.models import Area, Pathway, Service, ServiceKind
from mmhs_finder.eligibility import AGES, Answers, Assessment, Question, assess
from mmhs_finder.hours import LONDON, Opening
from mmhs_finder.nation import Nation
from mmhs_finder.render.documents.sheet import sheet_pdf
from mmhs_finder.render.html import cards
from mmhs_finder.render.html import pieces as html
from mmhs_finder.views.sheet import (
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
from mmhs_finder.views.summary import since_words
from mmhs_finder.views.wording import plain_date
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
    _follow_link(finder)
    place = current_place()
    with st.container(key="professional-area"):
        title = (
            say("professional.area_change", place=place.label)
            if place
            else say("professional.area_choose")
        )
        by_link = "professional_asked" in st.session_state
        with st.expander(title, expanded=place is None and not by_link):
            html.render(cards.hint(say("professional.area_help")))
            search_form("professional.postcode", "professional.search", "professional.council")
    answer = finder.find(place) if place else None
    _heading(answer)
    view = views.choose(
        say("professional.view_label"),
        {name: say(f"professional.view_{name}") for name in VIEWS},
        "professional_view",
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
    """Every service by id, in words: local ones and those nearby first, and marked so; then the
    maternal mental health services, then the others. What is typed keeps this order."""
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
    rest = search(finder.directory, "")
    others = {s.id: label(s) for s in sorted(rest, key=lambda s: s.kind is not ServiceKind.MMHS)}
    return marked | {key: name for key, name in others.items() if key not in marked}


def _one(options: dict[str, str], first: str | None) -> str | None:
    key, ids = _sheet_key(), list(options)
    start = None if key in st.session_state else first
    chosen: str | None = st.selectbox(
        say("professional.service_label"),
        ids,
        index=ids.index(start) if start else None,
        format_func=lambda key: options[key],
        placeholder=say("professional.service_placeholder"),
        filter_mode="contains",
        key=key,
        persist_state="session",
    )
    return chosen


def _sheet_key() -> str:
    """Where the chosen service stands in the session: after a search the choice is a new one."""
    return f"professional_service_{searches()}"


def _follow_link(finder: Finder) -> None:
    """Shows the sheet of `?service=...`, once: another one may be chosen after that."""
    asked = st.query_params.get("service", "")
    if asked in finder.directory.services and asked != st.session_state.get("professional_asked"):
        st.session_state.professional_asked = st.session_state[_sheet_key()] = asked
        st.session_state.professional_view = VIEWS[0]


def left_sheet() -> None:
    """Somebody is on the list of services: the next link to a sheet is followed anew."""
    st.session_state.pop("professional_asked", None)


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
    is_safe = not st.checkbox(
        say("professional.not_safe"), key="case_not_safe", persist_state="session"
    )
    if not is_safe:
        _urgent(finder, answer)
        return
    html.render(
        Markup('<div class="notice" role="note"><p>{}</p></div>').format(
            say("professional.case_urgent", ways=say("professional.urgent_ways"))
        )
    )
    services = _several(finder, answer, options)
    if not services:
        return
    intro = Markup('<p class="measure no-print">{}</p>')
    html.render(intro.format(say("professional.case_intro")))
    matches = _matches(finder, answer, services)
    asked, outcome = st.columns([2, 3], gap="large")
    with asked:
        answers = check.ask_professional(matches, "case", current_needs())
    assessments = assess_all(matches, answer, answers)
    with outcome:
        counted = (
            say("professional.case_count", count=len(assessments))
            if len(assessments) > 1
            else say("professional.case_count_one")
        )
        html.render(
            Markup('<h2>{}</h2><p role="status" class="muted">{}</p>').format(
                say("professional.case_heading"), counted
            )
        )
        html.render(said_html(answers, datetime.now(LONDON).date()))
        html.render(cards.stack(check.assessment_card(a, _named(a.service)) for a in assessments))
        html.render(cards.hint(say("professional.case_limits")))


def _urgent(finder: Finder, answer: Answer | None) -> None:
    """Urgent help and nothing else: no criterion matters before the person is safe."""
    at = answer.at if answer else datetime.now(LONDON)
    nation = answer.place.nation if answer else Nation.ENGLAND
    html.render(
        Markup('<h2>{}</h2><div class="alert" role="alert"><p>{}</p></div>').format(
            say("professional.not_safe_heading"), say("professional.urgent_ways")
        )
    )
    rows = _EMPTY.join(
        Markup("<li>{}</li>").format(cards.offer_row(offer, at))
        for offer in finder.urgent(nation, at)
    )
    html.render(
        Markup(
            '<article class="card card-small"><h3>{}</h3><ul class="rows">{}</ul></article>'
            "<p>{}</p>"
        ).format(say("professional.not_safe_lines"), rows, say("professional.not_safe_after"))
    )


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


def said_html(answers: Answers, today: date) -> Markup:
    """What was answered, for paper only: the questions themselves are not printed."""
    form = check.Form("case", professional=True)
    chosen: dict[Question, str | None] = {
        Question.LOSS_KIND: answers.loss_kind and answers.loss_kind.value,
        Question.AGE: next((name for name, known in AGES.items() if known == answers.age), None),
        Question.WHO: answers.who and answers.who.value,
        Question.SEVERITY: None if answers.severity is None else answers.severity.name.lower(),
        Question.SEVERAL_EVENTS: _yes_no(answers.several_events),
        Question.PREGNANT_NOW: _yes_no(answers.pregnant),
        Question.SEEN_BEFORE: _yes_no(answers.seen_before),
        Question.LIVES_IN_AREA: _yes_no(answers.lives_in_area),
        Question.GP_IN_AREA: _yes_no(answers.gp_in_area),
        Question.MATERNITY_BOOKED_IN_AREA: _yes_no(answers.maternity_booked_in_area),
        Question.PTSD_PRESENTATION: _yes_no(answers.ptsd_presentation),
        Question.HAS_CARE_COORDINATOR: _yes_no(answers.has_care_coordinator),
    }
    words = {q: form.choices(q)[value] for q, value in chosen.items() if value is not None}
    if answers.happened:
        names = [say(f"sheet_row.{p.value}") for p in Pathway if p in answers.happened]
        words[Question.HAPPENED] = "; ".join(names)
    if answers.since:
        words[Question.WHEN] = since_words(answers.since, today)
    if answers.weeks_pregnant is not None:
        words[Question.WEEKS_PREGNANT] = str(answers.weeks_pregnant)
    facts = [
        (
            say("professional.case_happened") if q is Question.HAPPENED else form.question(q),
            words[q],
        )
        for q in Question
        if q in words
    ]
    said = html.definition_list(facts) if facts else say("professional.case_nothing_said")
    heading = say("professional.case_said", date=plain_date(today.isoformat()))
    return Markup('<section class="print-only"><h3>{}</h3>{}</section>').format(heading, said)


def _yes_no(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"


def table_html(table: Table) -> Markup:
    """The comparison as a table; on a phone each criterion is a card with its services below."""
    plain = [sheet.service.name for sheet in table.sheets]
    names = [
        sheet.service.name if plain.count(sheet.service.name) == 1 else sheet.label
        for sheet in table.sheets
    ]
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
                _cell(sheet, name, row.id, text)
                for sheet, name, text in zip(table.sheets, names, row.cells, strict=True)
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


def _cell(sheet: Sheet, name: str, row_id: str, text: str) -> Markup:
    """A cell of the comparison, with links that can be pressed; `text` where there is nothing.

    name: what the service is called where the table is cards, on a phone.
    """
    row = sheet.row(row_id)
    lines = row.lines if row else ()
    shown = _EMPTY.join(Markup('<span class="line">{}</span>').format(_line(x)) for x in lines)
    return Markup('<td role="cell"{}><span class="cell-name">{}</span><div>{}</div></td>').format(
        _EMPTY if lines else Markup(' class="silent"'), name, shown or text
    )


def _named(service: Service) -> Markup:
    """A service's name, and under it what tells it apart from others of that name."""
    return Markup('{}<span class="sub">{}</span>').format(service.name, distinction(service))
