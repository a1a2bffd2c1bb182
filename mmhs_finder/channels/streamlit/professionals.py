"""The page for professionals: choose services, then their sheet, a comparison, or a case check.

The area is that of the last search of this visit, so it is the same on every page. Not for: what a
sheet says (`referral`), or the criteria (`eligibility`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

import streamlit as st
from markupsafe import Markup

from mmhs_finder.answers.finding import Finder
from mmhs_finder.answers.types import Answer, Match
from mmhs_finder.channels.streamlit import views
from mmhs_finder.channels.streamlit.draw import download, render
from mmhs_finder.channels.streamlit.question_form import QuestionForm, ask_rest, ask_safety
from mmhs_finder.channels.streamlit.search import (
    search_form,
)
from mmhs_finder.channels.streamlit.visit import ReferralChoices, Visit
from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import FurtherNeed, Need, Pathway, Service, ServiceKind
from mmhs_finder.directory.named import NEED_TERM
from mmhs_finder.eligibility import (
    Answers,
    Assessment,
    Question,
    Safety,
    answers_from_json,
    assess,
    elsewhere,
    names_of,
    needed_questions,
    pregnancy_questions,
)
from mmhs_finder.hours import LONDON, Opening
from mmhs_finder.nation import Nation
from mmhs_finder.places.place import Place
from mmhs_finder.render.documents.pdf import sheet_pdf
from mmhs_finder.render.html import cards
from mmhs_finder.render.html.answer import search_heading
from mmhs_finder.render.html.fit import assessment_card
from mmhs_finder.render.html.sheet import named, said_html, sheet_html, table_html
from mmhs_finder.views.comparison import MOST_COMPARED, compare, table_csv
from mmhs_finder.views.line import line_view
from mmhs_finder.views.names import label, search
from mmhs_finder.views.notices import notices_about_place
from mmhs_finder.views.referring import near, none_here, own_areas
from mmhs_finder.views.sheet import referral_sheet
from mmhs_finder.words import language, say, texts

VIEWS: Final = ("sheet", "compare", "case")
_VIEW: Final = texts("professional.view_{}", VIEWS)
_FIRST_COMPARED = 3
"""Services side by side before anybody has chosen: the local ones, then the nearest."""
_EMPTY = Markup("")


def show(finder: Finder) -> None:
    """Draws the page below its title."""
    visit = Visit()
    _follow_link(finder, visit.referral)
    place = visit.place
    with st.container(key="professional-area"):
        title = (
            say("professional.area_change", place=place.label)
            if place
            else say("professional.area_choose")
        )
        by_link = visit.referral.link_followed is not None
        with st.expander(title, expanded=place is None and not by_link):
            render(cards.hint(say("professional.area_help")))
            search_form(
                say("professional.postcode"),
                say("professional.search"),
                say("professional.council"),
            )
    answer = finder.find(place) if place else None
    _heading(answer)
    view = views.choose(
        say("professional.view_label"),
        {name: _VIEW(name) for name in VIEWS},
        ReferralChoices.view.key,
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
    render(search_heading(heading, Visit().searches))
    if not answer or not place:
        return
    render(cards.notices_html(notices_about_place(answer.notices)))
    text = none_here(answer)
    render(Markup('<p class="measure">{}</p>').format(text) if text else _EMPTY)


# --- choosing services ----------------------------------------------------------------------------


def _options(finder: Finder, answer: Answer | None) -> dict[str, str]:
    """Every service by id, in words: local ones and those nearby first, and marked so; then the
    maternal mental health services, then the others. What is typed keeps this order."""
    marked: dict[str, str] = {}
    for mark, matches in near(answer) if answer else ():
        for m in matches:
            marked.setdefault(m.service.id, f"{mark}: {label(m.service)}")
    others = _labels(finder.directory, language())
    return marked | {key: name for key, name in others.items() if key not in marked}


@lru_cache(maxsize=2)
def _labels(directory: Directory, _language: str) -> Mapping[str, str]:
    """Every service by id: the maternal mental health services first, each kind by its label.

    _language: the one of the moment, which the labels are in.
    """
    by_label = search(directory, "")
    mmhs_first = sorted(by_label, key=lambda s: s.kind is not ServiceKind.MMHS)
    return MappingProxyType({s.id: label(s) for s in mmhs_first})


def _one(options: dict[str, str], first: str | None) -> str | None:
    visit, ids = Visit(), list(options)
    key = visit.referral.service_key
    start = None if visit.knows(key) else first
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


def _follow_link(finder: Finder, choices: ReferralChoices) -> None:
    """Shows the sheet of `?service=...`, once: another one may be chosen after that."""
    asked = st.query_params.get("service", "")
    if asked in finder.directory.services and asked != choices.link_followed:
        choices.follow_link(asked, VIEWS[0])


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
        key=Visit().referral.services_key,
        persist_state="session",
    )
    if not chosen:
        render(Markup("<p>{}</p>").format(say("professional.choose_some")))
    return [finder.directory.services[key] for key in chosen]


# --- the three views ------------------------------------------------------------------------------


def _sheet(finder: Finder, answer: Answer | None, options: dict[str, str]) -> None:
    first = answer.mmhs[0].service.id if answer and answer.mmhs else None
    chosen = _one(options, first)
    if chosen is None:
        render(Markup("<p>{}</p>").format(say("professional.choose_one")))
        return
    service = finder.directory.services[chosen]
    sheet = referral_sheet(finder.directory, service, own_areas(answer, service))
    render(sheet_html(sheet))
    download(
        say("professional.pdf"),
        lambda: sheet_pdf(sheet),
        f"referral-{service.id}.pdf",
        "application/pdf",
    )
    render(Markup('<p class="muted no-print">{}</p>').format(say("professional.print_hint")))


def _compare(finder: Finder, answer: Answer | None, options: dict[str, str]) -> None:
    services = _several(finder, answer, options)
    if not services:
        return
    table = compare([referral_sheet(finder.directory, s, own_areas(answer, s)) for s in services])
    if len(services) == 1:
        render(cards.hint(say("professional.add_one")))
    render(table_html(table))
    download(say("professional.csv"), lambda: table_csv(table), "comparison.csv", "text/csv")
    render(Markup('<p class="muted no-print">{}</p>').format(say("professional.print_hint")))


def _case(finder: Finder, answer: Answer | None, options: dict[str, str]) -> None:
    safety = ask_safety(QuestionForm(Visit().case, professional=True))
    if safety:
        _urgent(finder, answer, safety)
    if safety is Safety.UNSAFE:
        return
    render(
        Markup('<div class="notice" role="note"><p>{}</p></div>').format(
            say("professional.case_urgent", ways=say("professional.urgent_ways"))
        )
    )
    services = _several(finder, answer, options)
    if not services:
        return
    intro = Markup('<p class="measure no-print">{}</p>')
    render(intro.format(say("professional.case_intro")))
    matches = _matches(finder, answer, services)
    asked, outcome = st.columns([2, 3], gap="large")
    with asked:
        answers = replace(_ask(matches), safety=safety)
    assessments = assess_all(matches, answer, answers, names_of(finder.directory))
    with outcome:
        counted = say("professional.case_count", count=len(assessments))
        render(
            Markup('<h2>{}</h2><p role="status" class="muted">{}</p>').format(
                say("professional.case_heading"), counted
            )
        )
        render(said_html(answers, datetime.now(LONDON).date()))
        render(
            cards.stack(
                assessment_card(a, named(a.service), professional=True) for a in assessments
            )
        )
        render(cards.hint(say("professional.case_limits")))


def _ask(matches: Sequence[Match]) -> Answers:
    """The questions that matter for these services, as somebody who refers is asked them.

    What happened is known where it was said with the search.
    """
    visit = Visit()
    form = QuestionForm(visit.case, professional=True)
    happened = st.pills(
        say("professional.case_happened"),
        [n.value for n in (*Pathway, *FurtherNeed)],
        selection_mode="multi",
        default=[need.value for need in (*visit.pathways, *visit.further)],
        format_func=lambda p: NEED_TERM(p),
        key=form.key(Question.HAPPENED.value),
        wrap=True,
        persist_state="session",
    )
    given: dict[str, Any] = {"happened": list(happened or []) or None}
    needs: list[Need] = [n for n in (*Pathway, *FurtherNeed) if n.value in (happened or ())]
    asked = needed_questions(matches, needs, professional=True)
    ask_rest(form, asked, given, pregnancy_questions(matches))
    st.button(say("professional.case_clear"), on_click=_clear)
    return answers_from_json({k: v for k, v in given.items() if v is not None})


def _clear() -> None:
    case = Visit().case
    case.clear()
    case.choose_none(Question.HAPPENED.value)


def _urgent(finder: Finder, answer: Answer | None, safety: Safety) -> None:
    """Urgent help: no criterion matters before the person is safe."""
    at = answer.at if answer else datetime.now(LONDON)
    nation = answer.place.nation if answer else Nation.ENGLAND
    render(
        Markup('<h2>{}</h2><div class="alert" role="alert"><p>{}</p></div>').format(
            say("professional.not_safe_heading"), say("professional.urgent_ways")
        )
    )
    rows = cards.rows(line_view(offer, at) for offer in finder.urgent(nation, at))
    render(
        Markup('<article class="card card-small"><h3>{}</h3>{}</article>').format(
            say("professional.not_safe_lines"), rows
        )
    )
    if safety is Safety.UNSAFE:
        render(Markup("<p>{}</p>").format(say("professional.not_safe_after")))


def _matches(finder: Finder, answer: Answer | None, services: Sequence[Service]) -> list[Match]:
    """The chosen services, as the answer knows them: how sure it is that they serve the place."""
    known = {m.service.id: m for m in (*answer.mmhs, *answer.alternatives)} if answer else {}
    return [
        known.get(s.id)
        or Match(service=s, opening=Opening(), criteria=finder.directory.criteria.get(s.id))
        for s in services
    ]


def assess_all(
    matches: Sequence[Match],
    answer: Answer | None,
    answers: Answers,
    names: Mapping[str, str] = MappingProxyType({}),
) -> list[Assessment]:
    """Each service for this case, the best fit first.

    With an area searched for, a service that does not serve it counts as a neighbour: what was said
    about the area is about the local services, so it does not hold there. names: as `assess`.
    """
    found = []
    for match in matches:
        near = answer is not None and match.certainty is None
        said = elsewhere(answers) if near else answers
        of = match.service
        found.append(assess(of, match.criteria, said, match.certainty, neighbour=near, names=names))
    return sorted(found, key=lambda a: (a.outcome.place, a.via_gp))
