"""The whole answer as a reader is told it, in the order to read it. Every channel draws this.

Not for: finding it (`answers.finding`), one service (`views.service`), or markup (`render`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mmhs_finder.answers.types import Answer, Offer, Outcome
from mmhs_finder.answers.urgent import day_and_night
from mmhs_finder.directory.models import Pathway, Service, YesNo
from mmhs_finder.directory.named import nation_words
from mmhs_finder.places.place import Place
from mmhs_finder.views.line import DevolvedView, LineView, devolved_view, line_view, route_view
from mmhs_finder.views.notices import NoticeView, notice_views
from mmhs_finder.views.service import ServiceView, service_view
from mmhs_finder.words import join_words, say, texts


@dataclass(frozen=True)
class Section:
    """A heading with a line of words under it; "" where there is none."""

    heading: str
    text: str = ""


@dataclass(frozen=True)
class NoneKnown:
    """Where no service is known: what that means, and how to ask."""

    heading: str
    text: str
    words_to_say: str
    then: str


@dataclass(frozen=True)
class NationView:
    """What there is outside England. services: those that are named, the whole nation's first."""

    text: str
    services: tuple[DevolvedView, ...] = ()
    boards: tuple[str, ...] = ()


@dataclass(frozen=True)
class AnswerView:
    """Everything to be told for one place and what happened. Empty parts are not drawn."""

    place: Place
    needs: tuple[Pathway, ...]
    outcome: Outcome
    at: datetime  # the moment for which "open now" holds; aware, Europe/London
    heading: str
    found: str
    notices: tuple[NoticeView, ...]
    services: tuple[ServiceView, ...]
    closed: tuple[Service, ...]
    none_known: NoneKnown | None
    nation: NationView | None
    alternatives_section: Section
    alternatives: tuple[ServiceView, ...]
    routes_section: Section
    routes: tuple[LineView, ...]
    lines_section: Section
    lines_closed: str  # said when no line of the list answers now, before `always_open`
    always_open: tuple[LineView, ...]
    lines: tuple[LineView, ...]
    baby_lines_section: Section
    baby_lines: tuple[LineView, ...]  # for a parent with her baby, under a heading of their own
    neighbours_section: Section
    neighbours: tuple[ServiceView, ...]
    urgent_section: Section
    urgent: tuple[LineView, ...]

    @property
    def every_service(self) -> tuple[ServiceView, ...]:
        return (*self.services, *self.alternatives, *self.neighbours)


_KEYS: Final = {
    Outcome.ONE_SERVICE: "services",
    Outcome.SEVERAL_SERVICES: "services",
    Outcome.UNCONFIRMED: "unconfirmed",
    Outcome.CLOSED: "closed",
    Outcome.NONE_PUBLISHED: "none",
    Outcome.OTHER_NATION: "nation",
}
_HEADING: Final = texts("result.service_heading_{}", {*_KEYS.values()})
_FOUND: Final = texts("result.found_{}", {*_KEYS.values()})


def answer_view(answer: Answer) -> AnswerView:
    """The answer in words, for a parent."""
    place, needs, at = answer.place, answer.needs, answer.at
    key, nation = _KEYS[answer.outcome], nation_words(place.nation)
    closed = not any(offer.answers_now for offer in answer.national)
    none = not answer.alternatives
    others = say("result.alternatives_none") if none else say("result.alternatives_intro")
    return AnswerView(
        place=place,
        needs=needs,
        outcome=answer.outcome,
        at=at,
        heading=_HEADING(key, nation=nation, count=len(answer.mmhs)),
        found=_FOUND(key, place=place.label, count=len(answer.mmhs), nation=nation),
        notices=notice_views(answer.notices),
        services=tuple(service_view(m, needs, at) for m in answer.mmhs),
        closed=answer.closed,
        none_known=_none_known(answer),
        nation=_nation(answer),
        alternatives_section=Section(say("result.alternatives_heading"), others),
        alternatives=tuple(service_view(m, needs, at) for m in answer.alternatives),
        routes_section=Section(say("result.routes_heading")),
        routes=tuple(route_view(o, at) for o in answer.routes),
        lines_section=Section(say("result.national_heading"), say("result.national_intro")),
        lines_closed=say("result.national_closed") if closed else "",
        always_open=_always_open(answer) if closed else (),
        lines=line_views(answer.national, at),
        baby_lines_section=baby_section(),
        baby_lines=baby_line_views(answer.national, at),
        neighbours_section=Section(
            say("result.neighbours_heading"), say("result.neighbours_intro")
        ),
        neighbours=tuple(service_view(m, needs, at) for m in answer.neighbours),
        urgent_section=Section(say("result.urgent_heading")),
        urgent=tuple(line_view(o, at) for o in answer.urgent),
    )


def line_views(offers: Iterable[Offer], at: datetime) -> tuple[LineView, ...]:
    """Lines and charities, without those for a parent with her baby (`baby_line_views`)."""
    return tuple(line_view(o, at) for o in offers if o.support.with_a_baby is not YesNo.YES)


def baby_line_views(offers: Iterable[Offer], at: datetime) -> tuple[LineView, ...]:
    """Those for a parent with her baby: they stand last, under `baby_section`."""
    return tuple(line_view(o, at) for o in offers if o.support.with_a_baby is YesNo.YES)


def baby_section() -> Section:
    return Section(say("result.baby_heading"), say("result.baby_intro"))


def _always_open(answer: Answer) -> tuple[LineView, ...]:
    """At an hour when no line of a list is open: those of a crisis's lines that always are."""
    return tuple(line_view(offer, answer.at) for offer in day_and_night(answer.urgent))


def _none_known(answer: Answer) -> NoneKnown | None:
    if answer.outcome not in (Outcome.NONE_PUBLISHED, Outcome.CLOSED):
        return None
    closed = answer.outcome is Outcome.CLOSED
    return NoneKnown(
        heading=say("closed.heading") if closed else say("none_published.heading"),
        text=say("closed.text") if closed else say("none_published.text"),
        words_to_say=say("none_published.say", area=join_words(answer.place.area_names)),
        then=say("none_published.text2"),
    )


def _nation(answer: Answer) -> NationView | None:
    if answer.outcome is not Outcome.OTHER_NATION:
        return None
    if not answer.devolved:
        return NationView(say("nation.crown"))
    nation = nation_words(answer.place.nation)
    return NationView(
        text=f"{say('nation.text', nation=nation)} {say('nation.ask')}",
        services=tuple(devolved_view(d) for d in answer.devolved if d.names_a_service),
        boards=tuple(dict.fromkeys(d.board_or_trust for d in answer.devolved)),
    )
