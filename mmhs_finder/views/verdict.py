"""The first thing that an answer says: whose help it is, whether she can turn to them, what to do.

One sentence and two things to press, for every outcome. Each fact is said here or below, once.
Not for: everything else that is known of a service (`views.service`), or markup (`render`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from mmhs_finder.answers.suited import referrer_suits, situation
from mmhs_finder.answers.types import Answer, Match, Outcome
from mmhs_finder.directory.availability import availability
from mmhs_finder.directory.models import (
    Pathway,
    PathwayOffer,
    Service,
    Status,
    WebsiteKind,
    YesNo,
    helps_with,
)
from mmhs_finder.directory.named import (
    KIND,
    REFERRER,
    REFERRERS,
    area_words,
    nation_in,
    nation_words,
)
from mmhs_finder.directory.said import (
    helps_with_none,
    may_ask_herself,
    not_said_of,
    only_if,
    sends_elsewhere,
    takes_nobody_now,
)
from mmhs_finder.directory.vocabularies import Read
from mmhs_finder.directory.ways import (
    OWN_WAYS,
    Reach,
    Way,
    WayKind,
    has_own_page,
    has_own_way,
    reach_of,
    service_ways,
)
from mmhs_finder.views.availability import month_words
from mmhs_finder.views.contact import HAPPENED_TO, ask_first_words
from mmhs_finder.views.notices import notice_text, notice_that_is_the_verdict, taken_out_text
from mmhs_finder.views.scripts import asking_script, several_script
from mmhs_finder.views.ways import unanswered_words
from mmhs_finder.views.wording import sentence, without_brackets, words_for
from mmhs_finder.words import join_words, plain_date, say, texts


class ActionKind(StrEnum):
    """What a button does."""

    CALL = "call"
    WRITE = "write"
    FORM = "form"
    PAGE = "page"
    WORDS = "words"  # copies the words for her GP, or leads to them
    EACH = "each"  # leads to each of several services
    NEAR = "near"  # leads to the other help on this page
    BOARD = "board"  # leads to the health boards on this page


@dataclass(frozen=True)
class Action:
    """One thing to press. link: of a way; "" for what is on this page. whose: it is, heard only."""

    kind: ActionKind
    words: str
    link: str = ""
    whose: str = ""


@dataclass(frozen=True)
class ServiceVerdict:
    """What is said of one service first. helps: "" where she did not say what happened."""

    helps: str
    contact: str
    script: str  # the words for her GP; "" where she turns to them herself
    first: Action
    second: Action | None

    @property
    def sentence(self) -> str:
        return " ".join(text for text in (self.helps, self.contact) if text)


@dataclass(frozen=True)
class VerdictView:
    """The first screen of an answer.

    by: who runs it, or what was found instead, in small letters. services: what is said of each,
    where there are several; else empty. words: what is copied or read out; "" where it is not
    needed.
    """

    heading: str
    by: str
    sentence: str
    words: str
    first: Action
    second: Action | None
    services: tuple[ServiceVerdict, ...] = ()


_YES: Final = PathwayOffer.YES
ONLY_IF: Final = "only_if"
_HELPS: Final = texts("verdict_helps.{}", (*PathwayOffer, ONLY_IF))
_UNSURE: Final = texts("verdict_unsure.{}", (*PathwayOffer, ONLY_IF))
"""The same of a service that may not be running, or that was only planned."""

_UNKNOWN: Final = texts("verdict_unknown.{}", (Read.WHOLE, Read.PART, Read.NONE))
_MOST_REFERRERS: Final = 3
_LONGEST_HEADING: Final = 60
"""Letters of names in a heading; more of them do not leave room for what to do."""


def verdict_view(answer: Answer) -> VerdictView:
    """What to say first, for a parent."""
    if answer.outcome is Outcome.OTHER_NATION:
        return _of_nation(answer)
    if not answer.mmhs:
        return _of_none(answer)
    if len(answer.mmhs) > 1:
        return _of_several(answer)
    match = answer.mmhs[0]
    found = service_verdict(match, answer.needs, answer.at.date())
    return VerdictView(
        heading=match.service.name,
        by=_by(match.service),
        sentence=found.sentence,
        words=found.script,
        first=found.first,
        second=found.second,
    )


def service_verdict(match: Match, needs: Sequence[Pathway], today: date) -> ServiceVerdict:
    """What to say first of one maternal mental health service, and what to do.

    today: for how old it is that it takes nobody.
    """
    service = match.service
    if helps_with_none(match.criteria, needs):
        return _elsewhere(match, needs)
    first, *others = what_to_press(service, needs)
    return ServiceVerdict(
        helps=helps_words(match, needs),
        contact=_contact(service, needs, today),
        script=words_for(match, needs),
        first=first,
        second=next(a for a in others if a.kind is not ActionKind.WORDS),
    )


def what_to_press(service: Service, needs: Sequence[Pathway]) -> list[Action]:
    """What there is to do about a service, the best first: the ways of it where she turns to it
    herself, else the words for her GP."""
    running = service.status is Status.OPEN
    acts = running and reach_of(service) is Reach.ACTS
    ways = {way.kind: way for way in reversed(service_ways(service))}
    own = [way for kind, way in ways.items() if kind in OWN_WAYS][::-1]
    if running and not_said_of(service, needs):
        own = [way for way in own if way.kind is not WayKind.FORM]
    page = ways.get(WayKind.PAGE)
    theirs = page and page.page_kind is WebsiteKind.SERVICE_PAGE
    found = [*own, *([page] if page and theirs else [])]
    # A link that did not answer is pressed here only where there is nothing else to press.
    answers = [way for way in found if way.unanswered is None]
    offered = [_action(way, service.name) for way in answers or found]
    herself = bool(offered) and (_may_ask_now(service, needs) or acts)
    order = [*offered, _words()] if herself else [_words(), *offered]
    return [*order, Action(ActionKind.NEAR, say("action.near"))]


def _may_ask_now(service: Service, needs: Sequence[Pathway]) -> bool:
    return service.status is Status.OPEN and may_ask_herself(service, needs)


def _elsewhere(match: Match, needs: Sequence[Pathway]) -> ServiceVerdict:
    """Where they say that they help with nothing of what happened: who does, not how to get in."""
    sent = sentence(sends_elsewhere(match.service, needs))
    return ServiceVerdict(
        helps=helps_words(match, needs),
        contact=" ".join(text for text in (say("verdict.elsewhere"), sent) if text),
        script=words_for(match, needs),
        first=Action(ActionKind.NEAR, say("action.near")),
        second=_words(),
    )


def helps_words(match: Match, needs: Sequence[Pathway]) -> str:
    """Whether they help with what happened; what they help with first, then on which condition.
    "" where nothing is said."""
    said: dict[PathwayOffer, list[str]] = {}
    words = _HELPS if match.service.status is Status.OPEN else _UNSURE
    on_condition = []
    for need in needs:
        if condition := only_if(match.criteria, need):
            named = HAPPENED_TO(need)
            on_condition.append(words(ONLY_IF, needs=named, condition=condition))
        else:
            said.setdefault(helps_with(match.criteria, need), []).append(HAPPENED_TO(need))
    plain = {
        state: words(state, needs=join_words(said[state], "and" if state is _YES else "or"))
        for state in PathwayOffer
        if state in said
    }
    yes = [plain.pop(_YES)] if _YES in plain else []
    return " ".join((*yes, *on_condition, *plain.values()))


def _contact(service: Service, needs: Sequence[Pathway], today: date) -> str:
    """Whether she can turn to them herself, and who can for her."""
    if service.status is not Status.OPEN:
        return say("verdict.unconfirmed")
    if takes_nobody_now(service):
        found = availability(service, today)
        if found.as_of is None or not found.is_old:
            return say("verdict.full")
        return say("verdict.full_old", month=month_words(found.as_of))
    if _may_ask_now(service, needs):
        if has_own_way(service):
            return say("verdict.yourself")
        page = has_own_page(service)
        return say("verdict.yourself_page") if page else say("verdict.yourself_no_way")
    if asking := ask_first_words(service, needs):
        return asking
    who = short_referrers(service, needs)
    if service.self_referral is YesNo.NO:
        return say("verdict.referred", who=who)
    read = Read.NONE if service.read is Read.SECOND_HAND else service.read
    return f"{_UNKNOWN(read)} {say('verdict.ask_for_you', who=who[0].upper() + who[1:])}"


def short_referrers(service: Service, needs: Sequence[Pathway]) -> str:
    """The first few who can refer; the others stand with the facts. Never empty."""
    who = situation(needs)
    fit = [c for c in REFERRERS if c in service.referrers and referrer_suits(c, who)]
    named = fit[:_MOST_REFERRERS]
    return join_words([REFERRER(code) for code in named], "or") or say("verdict.gp_or_midwife")


def _action(way: Way, name: str) -> Action:
    if way.kind is WayKind.PHONE:
        return Action(ActionKind.CALL, say("action.call", number=way.value), way.link, name)
    if way.kind is WayKind.TEXT:
        return Action(ActionKind.CALL, say("action.text", number=way.value), way.link, name)
    if way.kind is WayKind.EMAIL:
        return Action(ActionKind.WRITE, say("action.write"), way.link, name)
    tried = unanswered_words(way.unanswered)
    if way.kind is WayKind.FORM:
        return Action(ActionKind.FORM, say("action.form") + tried, way.link, name)
    return Action(ActionKind.PAGE, say("action.page") + tried, way.link, name)


def _by(service: Service) -> str:
    """What kind of service it is, where its name does not say so, and who runs it."""
    kind = KIND(service.kind)
    named = kind.casefold() in service.name.casefold()
    provider = without_brackets(service.provider)
    return ", ".join(text for text in ("" if named else kind, provider) if text)


# --- where there is not one service -------------------------------------------------------------


def _words() -> Action:
    return Action(ActionKind.WORDS, say("action.words"))


def _of_several(answer: Answer) -> VerdictView:
    """More than one may be hers: which, and how to find out; then what is said of each."""
    names = join_words([match.service.name for match in answer.mmhs], "or")
    count, where = len(answer.mmhs), area_words(answer.place.label)
    short = len(names) <= _LONGEST_HEADING
    which = notice_that_is_the_verdict(answer)
    return VerdictView(
        heading=names if short else say("verdict.several_heading", count=count, place=where),
        by="" if not short else say("verdict.several_heading", count=count, place=where),
        sentence=notice_text(which) if which else say("verdict.several"),
        words=several_script(answer),
        first=_words(),
        second=Action(ActionKind.EACH, say("action.each")),
        services=tuple(
            service_verdict(match, answer.needs, answer.at.date()) for match in answer.mmhs
        ),
    )


def _of_none(answer: Answer) -> VerdictView:
    closed = answer.outcome is Outcome.CLOSED
    said = " ".join(
        say(
            "verdict.closed_by",
            name=service.name,
            who=without_brackets(service.closed_said_by),
            when=plain_date(service.source_date),
        )
        for service in answer.closed
    )
    return VerdictView(
        heading=join_words([area_words(name) for name in answer.place.area_names]),
        by=said if closed else taken_out_text(answer) or say("verdict.none_by"),
        sentence=say("verdict.closed") if closed else say("verdict.none"),
        words=asking_script(answer),
        first=_words(),
        second=Action(ActionKind.NEAR, say("action.near")),
    )


def _of_nation(answer: Answer) -> VerdictView:
    nation = nation_words(answer.place.nation)
    known = bool(answer.devolved)
    return VerdictView(
        heading=say("result.service_heading_nation", nation=nation_in(answer.place.nation)),
        by=say("verdict.nation_by"),
        sentence=say("verdict.nation", nation=nation) if known else say("verdict.crown"),
        words=asking_script(answer),
        first=_words(),
        second=Action(ActionKind.BOARD, say("action.board")) if known else None,
    )
