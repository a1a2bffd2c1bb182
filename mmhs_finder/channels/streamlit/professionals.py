"""The page for professionals: choose services, then their sheet, their pack, a
comparison, or a case check.

The area is that of the last search of this visit, so it is the same on every page. Not for: which
services there are to choose (`professionals_choosing`), links (`professionals_links`), a pack
(`professionals_pack`), a case (`professionals_case`), or what a sheet says (`views.sheet`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import streamlit as st
from markupsafe import Markup

from mmhs_finder.answers.finding import Finder
from mmhs_finder.answers.types import Answer
from mmhs_finder.channels.streamlit import (
    professionals_case,
    professionals_links,
    professionals_pack,
    site,
    views,
)
from mmhs_finder.channels.streamlit.draw import download, render
from mmhs_finder.channels.streamlit.professionals_choosing import (
    choose_one,
    choose_several,
    options,
)
from mmhs_finder.channels.streamlit.search import search_form
from mmhs_finder.channels.streamlit.visit import ReferralChoices, Visit
from mmhs_finder.hours import LONDON
from mmhs_finder.places.place import Place
from mmhs_finder.render.documents.pdf import asking_pdf, sheet_pdf
from mmhs_finder.render.html import cards
from mmhs_finder.render.html.answer import search_heading
from mmhs_finder.render.html.sheet import asking_html, bar_html, sheet_html, table_html
from mmhs_finder.views.asking import asking
from mmhs_finder.views.comparison import compare, table_csv
from mmhs_finder.views.notices import notices_about_place
from mmhs_finder.views.referring import none_here, own_areas, sheet_first
from mmhs_finder.views.sheet import referral_sheet
from mmhs_finder.words import say, texts

VIEWS: Final = ("sheet", "pack", "compare", "case")
_VIEW: Final = texts("professional.view_{}", VIEWS)


def show(finder: Finder) -> None:
    """Draws the page below its title."""
    visit = Visit()
    professionals_links.follow(finder.directory, visit.referral)
    place = visit.place
    with st.container(key="professional-area"):
        title = (
            say("professional.area_change", place=place.label)
            if place
            else say("professional.area_choose")
        )
        begins = place is None and not visit.referral.has_chosen
        with st.expander(title, expanded=begins):
            render(cards.hint(say("professional.area_help")))
            search_form(
                say("professional.postcode"),
                say("professional.search"),
                say("professional.council"),
            )
    answer = finder.find(place) if place else None
    _heading(finder, answer)
    view = views.choose(
        say("professional.view_label"),
        {name: _VIEW(name) for name in VIEWS},
        ReferralChoices.view.key,
        professionals_links.leave,
    )
    if view == "compare":
        _compare(finder, answer)
    elif view == "case":
        professionals_case.show(finder, answer)
    else:
        _one(finder, answer, pack=view == "pack")


def _heading(finder: Finder, answer: Answer | None) -> None:
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
    if view := asking(finder.directory, answer):
        render(asking_html(view))
        download(
            say("asking.pdf"),
            lambda: asking_pdf(view),
            f"how-to-ask-{place.code_to_keep or 'england'}.pdf",
            "application/pdf",
        )
    elif text := none_here(answer):
        render(Markup('<p class="measure">{}</p>').format(text))


# --- sheets ---------------------------------------------------------------------------------------


def _one(finder: Finder, answer: Answer | None, *, pack: bool) -> None:
    """The sheet or the pack of one service."""
    first = sheet_first(answer) if answer else None
    chosen = choose_one(options(finder.directory, answer), first.id if first else None)
    if chosen is None:
        render(Markup("<p>{}</p>").format(say("professional.choose_one")))
    elif pack:
        professionals_pack.show(finder, answer, finder.directory.services[chosen])
    else:
        _one_sheet(finder, answer, chosen)
    st.page_link(site.SERVICES, label=say("professional.service_help"))


def _one_sheet(finder: Finder, answer: Answer | None, chosen: str) -> None:
    service = finder.directory.services[chosen]
    today = datetime.now(LONDON).date()
    sheet = referral_sheet(finder.directory, service, own_areas(answer, service), today=today)
    with st.container(key="sheet-bar", horizontal=True, vertical_alignment="center"):
        render(bar_html(sheet))
        download(
            say("professional.pdf"),
            lambda: sheet_pdf(sheet),
            f"referral-{service.id}.pdf",
            "application/pdf",
        )
    render(sheet_html(sheet))
    render(Markup('<p class="muted no-print">{}</p>').format(say("professional.print_hint")))


def _compare(finder: Finder, answer: Answer | None) -> None:
    services = choose_several(finder.directory, answer)
    if not services:
        return
    today = datetime.now(LONDON).date()
    table = compare(
        [referral_sheet(finder.directory, s, own_areas(answer, s), today=today) for s in services]
    )
    if len(services) == 1:
        render(cards.hint(say("professional.add_one")))
    render(table_html(table))
    professionals_links.keep(services)
    download(say("professional.csv"), lambda: table_csv(table), "comparison.csv", "text/csv")
    render(Markup('<p class="muted no-print">{}</p>').format(say("professional.print_hint")))
