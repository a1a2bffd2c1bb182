"""Planning, why it matters: need, harm, criteria, thresholds, waits and who is reached.

What the report of 2024 says and what the list knows of a place stand in boxes of their own, and
never in one table. Figures on deaths are folded away: somebody bereaved may have opened this.
Not for: the figures (`facts`), the counts (`stated_counts`), or the survey's charts
(`planning_picture`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import streamlit as st
from markupsafe import Markup

from mmhs_finder.channels.streamlit import planning_parts as parts
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.planning_picture import picture_texts
from mmhs_finder.channels.streamlit.site import FIND_SUPPORT, PATHS
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.where import Where
from mmhs_finder.coverage.wording import MEASURE, where_words
from mmhs_finder.directory.models import ServiceKind, Status
from mmhs_finder.eligibility.stated import Published, published
from mmhs_finder.planning.facts import (
    CriterionSeen,
    Figure,
    Unit,
    context,
    criteria_seen,
    figures,
    topic,
)
from mmhs_finder.planning.stated_counts import (
    KINDS,
    Reaching,
    Stated,
    Threshold,
    groups_stated,
    kinds_stated,
    thresholds,
    waits_given,
)
from mmhs_finder.render.addresses import here
from mmhs_finder.render.html.coverage import share_sentence
from mmhs_finder.render.html.pieces import link, sheet_link
from mmhs_finder.views.availability import wait_lines
from mmhs_finder.words import date_words, say, texts

_OF_LIMITS: Final = texts("planning.{}", (Unit.WEEKS, Unit.MONTHS))
_STATED: Final = texts("planning_why.stated_{}", Stated)
_KIND: Final = texts("planning_why.kind_{}", KINDS)
_LEVEL: Final = texts("planning_why.level_{}", Threshold)
_GROUP: Final = texts("planning_why.group_{}", Reaching)


def show(coverage: Coverage, where: Where) -> None:
    """where: of what the list knows; the figures of the report stay as they are."""
    parts.heading(say("planning_why.heading"), say("planning_why.intro"), say("planning_why.care"))
    render(_to_find_support())
    _affected()
    services = services_here(coverage, where)
    for heading, name, report, today in (
        (say("planning_why.criteria"), "criteria", _criteria, _criteria_today),
        (say("planning_why.threshold"), "threshold", _threshold, _threshold_today),
        (say("planning_why.waits"), "waits", _waits, _waits_today),
        (say("planning_why.inclusion"), "inclusion", _inclusion, _inclusion_today),
    ):
        parts.heading(heading, level=3)
        with _report(name):
            report()
        _today(name, coverage, where, services, today)
    parts.text(say("planning_why.practice"))
    parts.source(figures()["affected_2024"])


def services_here(coverage: Coverage, where: Where) -> tuple[Published, ...]:
    """What each maternal mental health service of a place says; those that have closed left out."""
    criteria = coverage.directory.criteria
    found = coverage.services_in(where, ServiceKind.MMHS)
    return tuple(published(service, criteria.get(service.id)) for service in found)


def shares_words(coverage: Coverage, measure: Measure, where: Where) -> str:
    """A measure with its shares of births, also those of which nobody knows."""
    shares = share_sentence(coverage.shares(measure, where), where)
    return say("planning_why.shares", measure=MEASURE(measure), shares=shares)


def _to_find_support() -> Markup:
    return Markup('<p><a href="{}" data-in-app="h1">{}</a></p>').format(
        here(f"/{PATHS[FIND_SUPPORT]}"), say("planning_why.care_link")
    )


# --- the two boxes --------------------------------------------------------------------------------


@contextmanager
def _report(name: str) -> Iterator[None]:
    with st.container(key=f"card-why-report-{name}"):
        parts.heading(say("planning_why.report"), level=4)
        yield


def _today(
    name: str,
    coverage: Coverage,
    where: Where,
    services: Sequence[Published],
    draw: Callable[[Coverage, Where, Sequence[Published]], None],
) -> None:
    """What the list knows of a place; where it knows of no service, only that."""
    with st.container(key=f"card-why-today-{name}"):
        parts.heading(say("planning_why.today", where=where_words(where)), level=4)
        if not services:
            parts.text(say("planning_why.today_none"))
            return
        draw(coverage, where, services)
        unsure = sum(each.service.status is not Status.OPEN for each in services)
        counted = say(
            "planning_why.today_counted", count=len(services), date=date_words(coverage.date)
        )
        parts.small(
            f"{counted} {say('planning_why.today_running', count=unsure)}" if unsure else counted
        )


def _figures(caption: str, rows: Sequence[Figure]) -> Markup:
    """Figures as the report prints them, each with its page."""
    head = (say("planning_why.what"), say("planning_why.figure"), say("planning_why.page"))
    return parts.table_html(caption, head, [(f.label, _noted(f), f.where) for f in rows])


def _noted(figure: Figure) -> str:
    words = parts.figure_words(figure)
    return say("planning_why.noted", figure=words, note=figure.note) if figure.note else words


# --- what the report says -------------------------------------------------------------------------


def _affected() -> None:
    parts.heading(say("planning_why.affected"), level=3)
    with _report("affected"):
        parts.text(say("planning_why.affected_text"))
        render(_figures(say("planning_why.affected_caption"), topic("affected")))
        parts.text(say("planning_why.harm_text"))
        render(_figures(say("planning_why.harm_caption"), topic("harm")))
        render(
            parts.closed(
                say("planning_why.deaths_summary"),
                parts.paragraphs([say("planning_why.deaths_text")])
                + _figures(say("planning_why.deaths_caption"), topic("deaths")),
            )
        )
    render(parts.closed(say("planning_why.context"), _context()))


def _context() -> Markup:
    head = (say("planning_why.what"), say("planning_why.figure"), say("planning_why.origin"))
    cells = [(f.label, _noted(f), _link_to_source(f)) for f in context() if f.topic == "affected"]
    return parts.paragraphs([say("planning_why.context_text")]) + parts.table_html(
        say("planning_why.context_caption"), head, cells
    )


def _link_to_source(figure: Figure) -> Markup:
    return link(figure.url, f"{figure.source}, {figure.where}")


def _criteria() -> None:
    parts.text(say("planning_why.criteria_text"))
    head = (say("planning_why.criteria_kind"), say("planning_why.criteria_values"))
    rows = [(kind.label, _limits_seen(kind)) for kind in criteria_seen()]
    render(parts.table_html(say("planning_why.criteria_caption"), head, rows, narrow=True))
    for where in dict.fromkeys(kind.where for kind in criteria_seen()):
        parts.small(say("planning_why.where", where=where))


def _limits_seen(kind: CriterionSeen) -> str:
    """The limits of a kind, the last one with what it counts: "12, 24, 60 months"."""
    limits = _limits(kind.values)
    return _OF_LIMITS(kind.unit, value=limits) if kind.unit else limits


def _limits(values: Sequence[int]) -> str:
    return ", ".join(map(parts.number, values)) or say("planning_why.unlimited")


def _threshold() -> None:
    parts.text(say("planning_why.threshold_text"), say("planning_why.threshold_gap"))
    parts.small(say("planning_why.threshold_where"))


def times_as_long(which: str) -> float:
    """How many times as long as NICE asks for the average wait is. which: assessment, therapy."""
    found = figures()
    return found[f"wait_{which}_mean"].weeks / found[f"nice_{which}"].weeks


def _waits() -> None:
    parts.text(
        picture_texts()["waits"],
        say(
            "planning_why.waits_longer",
            assessment=parts.number(times_as_long("assessment"), 1),
            therapy=parts.number(times_as_long("therapy"), 1),
        ),
    )
    for figure in context():
        if figure.topic == "waits":
            parts.text(say("planning_why.waits_quality", label=figure.label, figure=_noted(figure)))
            render(Markup('<p class="small">{}</p>').format(_link_to_source(figure)))


def _inclusion() -> None:
    parts.text(say("planning_why.inclusion_text"))
    rows = (*topic("inclusion"), *topic("equity"))
    render(_figures(say("planning_why.inclusion_caption"), rows))


# --- what the list knows --------------------------------------------------------------------------


def _criteria_today(_coverage: Coverage, where: Where, services: Sequence[Published]) -> None:
    parts.text(say("planning_why.criteria_today_text"))
    head = (
        say("planning_why.criteria_kind"),
        *(_STATED(each) for each in Stated),
        say("planning_why.limits"),
    )
    rows = [
        (
            _KIND(count.kind),
            *(str(count.services[each]) for each in Stated),
            _limits(count.limits),
        )
        for count in kinds_stated(services)
    ]
    render(parts.table_html(say("planning_why.criteria_today_caption"), head, rows))
    if where.level is not None:
        render(sheets_html(services))


def sheets_html(services: Sequence[Published]) -> Markup:
    """The ways to what each service says, for a place that has few."""
    items = Markup("").join(
        Markup("<li>{}</li>").format(sheet_link(each.service.id, each.service.name))
        for each in services
    )
    return Markup("<p>{}</p><ul>{}</ul>").format(say("planning_why.today_sheets"), items)


def _threshold_today(coverage: Coverage, where: Where, services: Sequence[Published]) -> None:
    rows = [(_LEVEL(level), count) for level, count in thresholds(services).items()]
    _counts(say("planning_why.threshold_today_caption"), rows, len(services))
    shares = shares_words(coverage, Measure.TALKING_THERAPIES, where)
    parts.text(say("planning_why.threshold_therapies", shares=shares))


def _waits_today(coverage: Coverage, _where: Where, services: Sequence[Published]) -> None:
    found = waits_given(services, coverage.today)
    rows = [
        (say("planning_why.wait_assessment"), found.assessment),
        (say("planning_why.wait_therapy"), found.therapy),
        (say("planning_why.wait_old"), found.old),
    ]
    _counts(say("planning_why.waits_today_caption"), rows, len(services))
    given = ((s.service, " ".join(wait_lines(s.service, coverage.today))) for s in services)
    render(
        Markup("").join(
            Markup("<p>{}: {}</p>").format(sheet_link(service.id, service.name), lines)
            for service, lines in given
            if lines
        )
    )


def _inclusion_today(_coverage: Coverage, _where: Where, services: Sequence[Published]) -> None:
    parts.text(say("planning_why.inclusion_today_text"))
    rows = [(_GROUP(group), count) for group, count in groups_stated(services).items()]
    _counts(say("planning_why.inclusion_today_caption"), rows, len(services))


def _counts(caption: str, rows: Sequence[tuple[str, int]], of: int) -> None:
    """How many of the services say each, as "3 of 42"."""
    head = (say("planning_why.what"), say("planning_why.says_something"))
    cells = [
        (what, say("planning.services_of", value=str(count), count=str(of))) for what, count in rows
    ]
    render(parts.table_html(caption, head, cells, narrow=True))
