"""The whole answer as a reader is told it, in the order to read it. Every channel draws this.

Not for: finding it (`answers.finding`), one service (`views.service`), or markup (`render`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from mmhs_finder.answers.national import holds_surely_in
from mmhs_finder.answers.suited import About, about_service
from mmhs_finder.answers.types import Answer, Match, Offer, Outcome
from mmhs_finder.directory.models import Pathway, Service, YesNo
from mmhs_finder.directory.named import area_words, nation_words
from mmhs_finder.places.place import Place
from mmhs_finder.views.line import DevolvedView, LineView, devolved_view, line_view, route_view
from mmhs_finder.views.notices import NoticePlace, NoticeView, notices_of_answer
from mmhs_finder.views.now import NowView, now_view
from mmhs_finder.views.service import ServiceView, service_view
from mmhs_finder.views.verdict import VerdictView, verdict_view
from mmhs_finder.words import join_words, say


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
    ask: str = ""  # how to find out which board is hers
    services: tuple[DevolvedView, ...] = ()
    boards: tuple[str, ...] = ()


@dataclass(frozen=True)
class AnswerView:
    """Everything to be told for one place and what happened. Empty parts are not drawn."""

    place: Place
    needs: tuple[Pathway, ...]
    outcome: Outcome
    at: datetime  # the moment for which "open now" holds; aware, Europe/London
    verdict: VerdictView
    now: NowView
    label: str  # "For CT1 3NG"
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
    lines: tuple[LineView, ...]
    baby_lines_section: Section
    baby_lines: tuple[LineView, ...]  # for a parent with her baby, under a heading of their own
    baby_services_section: Section
    baby_services: tuple[ServiceView, ...]  # near her, for a parent with her baby: a fold too
    neighbours_section: Section
    neighbours: tuple[ServiceView, ...]
    urgent_section: Section
    urgent: tuple[LineView, ...]

    @property
    def every_service(self) -> tuple[ServiceView, ...]:
        return (*self.services, *self.other_services, *self.neighbours)

    @property
    def other_services(self) -> tuple[ServiceView, ...]:
        """What else is near, in the order to read it."""
        return (*self.alternatives, *self.baby_services)

    @property
    def heading(self) -> str:
        """What the answer is headed by: the service, or the place."""
        return self.verdict.heading

    def told(self, place: NoticePlace) -> tuple[NoticeView, ...]:
        """The notices that are said in one place."""
        return tuple(notice for notice in self.notices if notice.place is place)


def answer_view(answer: Answer) -> AnswerView:
    """The answer in words, for a parent."""
    place, needs, at = answer.place, answer.needs, answer.at
    near, with_a_baby = without_a_baby(answer.alternatives)
    none = not answer.alternatives
    others = say("result.alternatives_none") if none else ""
    return AnswerView(
        place=place,
        needs=needs,
        outcome=answer.outcome,
        at=at,
        verdict=verdict_view(answer),
        now=now_view(answer),
        label=say("result.for_place", place=area_words(place.label)),
        notices=notices_of_answer(answer),
        services=tuple(service_view(m, needs, at) for m in answer.mmhs),
        closed=answer.closed,
        none_known=_none_known(answer),
        nation=_nation(answer),
        alternatives_section=Section(say("result.alternatives_heading"), others),
        alternatives=tuple(service_view(m, needs, at) for m in near),
        routes_section=Section(say("result.routes_heading")),
        routes=tuple(route_view(o, at) for o in answer.routes),
        lines_section=Section(say("result.national_heading"), _lines_text(answer)),
        lines=line_views(answer.national, at),
        baby_lines_section=baby_section(),
        baby_lines=baby_line_views(answer.national, at),
        baby_services_section=Section(say("result.baby_heading"), say("result.baby_near")),
        baby_services=tuple(service_view(m, needs, at) for m in with_a_baby),
        neighbours_section=Section(
            say("result.neighbours_heading"), say("result.neighbours_intro")
        ),
        neighbours=tuple(service_view(m, needs, at) for m in answer.neighbours),
        urgent_section=Section(say("result.urgent_heading")),
        urgent=tuple(line_view(o, at) for o in answer.urgent),
    )


def without_a_baby(found: Sequence[Match]) -> tuple[tuple[Match, ...], tuple[Match, ...]]:
    """Local services that anybody may see at once, and those for a parent with her baby: a ward, a
    group, visits at home. Where nothing was said her baby may have died."""
    baby = tuple(m for m in found if about_service(m.service) is About.BABY)
    return tuple(m for m in found if m not in baby), baby


def line_views(offers: Iterable[Offer], at: datetime) -> tuple[LineView, ...]:
    """Lines and charities, without those for a parent with her baby (`baby_line_views`)."""
    return tuple(line_view(o, at) for o in offers if o.support.with_a_baby is not YesNo.YES)


def baby_line_views(offers: Iterable[Offer], at: datetime) -> tuple[LineView, ...]:
    """Those for a parent with her baby: they stand last, under `baby_section`."""
    return tuple(line_view(o, at) for o in offers if o.support.with_a_baby is YesNo.YES)


def _lines_text(answer: Answer) -> str:
    """Outside the UK: that some of the lines may not be there for her."""
    nation = answer.place.nation
    if all(holds_surely_in(o.support, nation) for o in answer.national):
        return ""
    return say("result.lines_elsewhere", nation=nation_words(nation))


def baby_section() -> Section:
    return Section(say("result.baby_heading"), say("result.baby_intro"))


def _none_known(answer: Answer) -> NoneKnown | None:
    if answer.outcome not in (Outcome.NONE_PUBLISHED, Outcome.CLOSED):
        return None
    closed = answer.outcome is Outcome.CLOSED
    areas = join_words([area_words(name) for name in answer.place.area_names])
    return NoneKnown(
        heading=say("closed.heading") if closed else say("none_published.heading"),
        text=say("closed.text") if closed else say("none_published.text"),
        words_to_say=say("none_published.say", area=areas),
        then=say("none_published.text2"),
    )


def _nation(answer: Answer) -> NationView | None:
    if answer.outcome is not Outcome.OTHER_NATION:
        return None
    if not answer.devolved:
        return NationView(say("nation.crown"))
    nation = nation_words(answer.place.nation)
    return NationView(
        text=say("nation.text", nation=nation),
        ask=say("nation.ask"),
        services=tuple(devolved_view(d) for d in answer.devolved if d.names_a_service),
        boards=tuple(dict.fromkeys(d.board_or_trust for d in answer.devolved)),
    )
