"""Pages about things: services, councils, sheets, coverage, the site itself. Anybody may keep them.

Not for: pages that a person's own words lead to (`personal`).
"""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from mmhs_finder.answers.alone import match_alone
from mmhs_finder.channels.text.asking import (
    TO_MEND,
    Ask,
    NoPage,
    NoPlace,
    Reply,
    TakenOut,
    finder_for,
    place_of,
    search_form,
)
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.values import Level
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.coverage.wording import where_slug
from mmhs_finder.directory.models import Service, Status
from mmhs_finder.render.html.coverage import how_html, shares_html
from mmhs_finder.render.html.need import need_text_html
from mmhs_finder.render.html.pages import changed, listing, reading
from mmhs_finder.views.about import about_view
from mmhs_finder.views.changes import asked_for, changes_view
from mmhs_finder.views.need_and_help import need_view
from mmhs_finder.views.notices import notices_about_place
from mmhs_finder.views.referral_pack import referral_pack
from mmhs_finder.views.referring import near, none_here
from mmhs_finder.views.service import service_view
from mmhs_finder.views.sheet import referral_sheet
from mmhs_finder.views.status import closed_text
from mmhs_finder.words import say

PROFESSIONALS = "/text/professionals"

CHANGES_A_PAGE: Final = 50
"""Entries on one page: with its style it stays light on a slow line."""


def _service(ask: Ask) -> Service:
    """The service of the address. Raises `NoPage`, `TakenOut`."""
    found = ask.application.directory.services.get(ask.path["id"])
    if ask.application.directory.is_taken_out(ask.path["id"]):
        raise TakenOut
    if found is None:
        raise NoPage
    return found


def service(ask: Ask) -> Reply:
    """One service, wherever somebody lives. One that has closed says so, and keeps its address."""
    found, directory = _service(ask), ask.application.directory
    match = match_alone(directory, found, ask.at)
    closed = closed_text(found) if found.status is Status.CLOSED else ""
    areas = [area for area, _ in directory.areas_of(found.id)]
    return Reply(listing.service_page(service_view(match, (), ask.at), areas, closed))


def services(ask: Ask) -> Reply:
    """The way to every service."""
    known = ask.application.directory.services.values()
    return Reply(listing.services_page(s for s in known if s.status is not Status.CLOSED))


def councils(ask: Ask) -> Reply:
    """The way to every council."""
    return Reply(listing.councils_page(ask.application.directory.councils()))


def professionals(ask: Ask) -> Reply:
    """The sheets of the services for a place."""
    who = ask.said
    form = search_form(ask, who, PROFESSIONALS, asks_needs=False, for_work=True)
    if not ask.is_form:
        return Reply(listing.professionals_page(form, (), (), "", ""))
    try:
        place = place_of(ask, who, form)
    except NoPlace as problem:
        page = listing.professionals_page(problem.form, (), (), "", "")
        return Reply(page, TO_MEND, personal=True)
    answer = finder_for(ask, who).find(place, at=ask.at)
    page = listing.professionals_page(
        form,
        [(mark, [m.service for m in matches]) for mark, matches in near(answer)],
        notices_about_place(answer.notices),
        none_here(answer),
        say("professional.heading_place", place=place.label),
        place.lives_in,
    )
    return Reply(page, personal=True)


def sheet(ask: Ask) -> Reply:
    """The referral sheet of a service."""
    found = referral_sheet(ask.application.directory, _service(ask), today=ask.at.date())
    return Reply(listing.sheet_page(found))


def referral(ask: Ask) -> Reply:
    """The referral pack of a service."""
    pack = referral_pack(ask.application.finder_of_councils, _service(ask), at=ask.at)
    return Reply(listing.pack_page(pack))


def coverage(ask: Ask) -> Reply:
    """England in shares, and the ways to its regions."""
    found, measure = ask.application.coverage(ask.at.date()), _measure(ask)
    regions = [(where_slug(w), w.name) for w in found.places if w.level is Level.REGION]
    page = listing.coverage_page(measure, _shares(found, measure), regions, how_html())
    return Reply(page)


def region(ask: Ask) -> Reply:
    """The councils of one NHS region as a table. Raises `NoPage`."""
    found, measure = ask.application.coverage(ask.at.date()), _measure(ask)
    slug = ask.path["region"]
    regions = (w for w in found.places if w.level is Level.REGION)
    where = next((w for w in regions if where_slug(w) == slug), None)
    if where is None:
        raise NoPage
    rows = found.rows(Level.COUNCIL, measure, where)
    return Reply(listing.region_page(measure, where, _shares(found, measure, where), rows))


def _shares(found: Coverage, measure: Measure, where: Where = ENGLAND) -> Markup:
    """The shares of a place, and what of them is known by deprivation."""
    need = need_text_html(need_view(found, measure, where), measure)
    return shares_html(found, measure, where) + need


def _measure(ask: Ask) -> Measure:
    """The measure of the address; whether there is a service at all where it names none."""
    asked = ask.query.get("measure", ("",))[0]
    return Measure(asked) if asked in {*Measure} else Measure.MMHS


def about(ask: Ask) -> Reply:
    """What this site is."""
    return Reply(reading.about_page(about_view(ask.application.directory)))


def changes(ask: Ask) -> Reply:
    """What was changed, by month, of all or of one health area. The newest first."""
    application = ask.application
    history = application.history
    given = {name: ask.query.get(name, ("",))[0] for name in ("icb", "what", "month", "page")}
    asked = asked_for(history, given["icb"], given["what"], given["month"], given["page"])
    view = changes_view(history, application.directory, asked, CHANGES_A_PAGE)
    return Reply(changed.changes_page(view, history))
