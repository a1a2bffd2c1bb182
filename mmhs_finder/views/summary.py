"""What goes on the page to take along: the service, the words to use, questions, other support.

`summary_of` chooses and words it, `shorter` leaves out what matters least. What a person answered
is on it only when she ticks that: without the tick the questions to ask do not depend on her
answers either. A postcode never is. Nothing is stored. Not for: drawing (`pdf`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from mmhs_finder.answers.types import Answer, Match, Offer, Outcome
from mmhs_finder.directory.confirming import newest_evidence
from mmhs_finder.directory.freshness import is_old
from mmhs_finder.directory.models import (
    Certainty,
    Confidence,
    DevolvedService,
    Service,
    Status,
    UrgentStrip,
)
from mmhs_finder.directory.named import KIND, area_words, nation_in, nation_words
from mmhs_finder.directory.ways import (
    Reader,
    WayKind,
    devolved_ways,
    line_ways,
    public_hours,
    service_ways,
    voices,
)
from mmhs_finder.eligibility import (
    Answers,
    Assessment,
    assess,
)
from mmhs_finder.places.place import Notice, NoticeCode
from mmhs_finder.signposting.destinations import Step
from mmhs_finder.signposting.steps import NextStep
from mmhs_finder.views.availability import available_words
from mmhs_finder.views.contact import contact_heading, contact_words, referral_note
from mmhs_finder.views.notices import notice_text, taken_out_text
from mmhs_finder.views.scripts import asking_script
from mmhs_finder.views.silence import blank_text
from mmhs_finder.views.sources import read_words, source_links, told_words
from mmhs_finder.views.status import closed_text, status_words
from mmhs_finder.views.told import Told, told_views
from mmhs_finder.views.ways import WayView, paper_ways, quickest_way, web
from mmhs_finder.views.wording import sentence, unbroken, words_for
from mmhs_finder.words import join_words, plain_date, say, texts

MOST_SCRIPT: Final = 2000
"""Letters of a person's own words that are taken; about half a page."""

_MOST_QUESTIONS: Final = 6
_MOST_STEPS: Final = 4
_MOST_WAYS: Final = 2
_GAP: Final = "\x1f"
_ASK_EVERYBODY: Final = ("wait", "meanwhile", "first_time", "together")
_ASK: Final = texts("summary_ask.{}", _ASK_EVERYBODY)
_URGENT: Final = texts("summary_urgent.{}", (*UrgentStrip, "other_phone", "other_text"))


@dataclass(frozen=True)
class Support:
    """One kind of other support, and how to reach it."""

    title: str
    words: str
    ways: tuple[WayView, ...] = ()


@dataclass(frozen=True)
class Summary:
    """Everything on the page. Blank parts are not drawn.

    told, outcome: only when the person ticked that. note: what the service adds about referrals.
    shortened: something was left out to keep to one page.
    """

    title: str
    subtitle: str
    warnings: tuple[str, ...]
    contact_heading: str
    contact: tuple[str, ...]
    ways: tuple[WayView, ...]
    hours: str
    note: str
    script_heading: str
    script: str
    sources: tuple[WayView, ...]
    source_dates: str
    made_at: datetime
    told: tuple[Told, ...] = ()
    outcome: str = ""
    questions: tuple[str, ...] = ()
    urgent: tuple[WayView, ...] = ()
    steps: tuple[Support, ...] = ()
    shortened: bool = False

    @property
    def document_title(self) -> str:
        return say("summary.document_title", name=self.title)

    @property
    def made(self) -> str:
        return say("summary.made", date=plain_date(self.made_at.date().isoformat()))


def summary_of(
    match: Match | None,
    answer: Answer,
    steps: Sequence[NextStep],
    *,
    script: str | None = None,
    answers: Answers | None = None,
    assessment: Assessment | None = None,
    include_answers: bool = False,
) -> Summary:
    """The page to take along for one service of an answer.

    match: the service; None where no service is known, for a page on how to ask.
    steps: of `signposting.next_steps`; the first few are taken.
    script: the words to use, as the person left them; None for ours.
    answers, assessment: used only with `include_answers`.
    """
    told = answers if include_answers and answers else Answers()
    found = assessment if include_answers and match else None
    page = _of_service(match, answer) if match else _of_no_service(answer)
    return replace(
        page,
        told=told_views(told, answer.at.date()),
        outcome=found.headline if found else "",
        script=_cut(page.script if script is None else script, MOST_SCRIPT),
        questions=_questions(match, told, found),
        urgent=_urgent_lines(answer),
        steps=_steps(steps),
    )


def shorter(summary: Summary) -> Iterator[Summary]:
    """The same page with less and less on it, what matters least first.

    The service, urgent help, the person's own words and answers, and the source always stay.
    """
    bare = tuple(replace(s, words="") if s.ways else s for s in summary.steps)
    one_way = tuple(replace(s, ways=s.ways[:1]) for s in bare)
    four, three = summary.questions[:4], summary.questions[:3]
    for cut in (
        replace(summary, steps=(*summary.steps[:2], *bare[2:])),
        replace(summary, steps=bare),
        replace(summary, steps=bare, questions=four),
        replace(summary, steps=one_way, questions=four),
        replace(summary, steps=one_way[:3], questions=four),
        replace(summary, steps=one_way[:2], questions=three),
        replace(summary, steps=one_way[:2], questions=three, note=""),
    ):
        yield replace(cut, shortened=True)


def with_less_script(summary: Summary, letters: int) -> Summary:
    """The page with only the beginning of the words to use, and a line that says so."""
    return replace(summary, script=_cut(summary.script, letters), shortened=True)


def _cut(text: str, letters: int) -> str:
    text = text.strip()
    if len(text) <= letters:
        return text
    kept = text[:letters].rsplit(None, 1)[0] if letters > 0 else ""
    return f"{kept} …\n{say('summary.script_more')}".strip()


# --- the service --------------------------------------------------------------------------------


def _of_service(match: Match, answer: Answer) -> Summary:
    """The page with what is published of the service; the person's part is still blank."""
    service = match.service
    script, today = words_for(match, answer.needs), answer.at.date()
    return Summary(
        title=service.name,
        subtitle=_subtitle(match),
        warnings=_warnings(match, answer),
        contact_heading=contact_heading(service, answer.needs, today=today),
        contact=contact_words(service, Reader.PAPER, answer.needs, today=today),
        ways=paper_ways(service),
        hours=sentence(public_hours(service)[1]) or blank_text(service.read),
        note=" ".join(t for t in (referral_note(service), available_words(service, today)) if t),
        script_heading=say("script.heading") if script else say("summary.say_yourself"),
        script=script,
        sources=_sources(service),
        source_dates=_source_dates(service, today),
        made_at=answer.at,
    )


def _of_no_service(answer: Answer) -> Summary:
    """Where no service is known: how to ask whether there is one."""
    place = answer.place
    areas = join_words([area_words(a.name) for a in place.areas])
    nation = nation_words(place.nation)
    if answer.outcome is Outcome.OTHER_NATION:
        heading = say("result.service_heading_nation", nation=nation_in(place.nation))
        contact: tuple[str, ...] = (say("nation.crown"),)
        if answer.devolved:
            contact = (say("nation.text", nation=nation), say("nation.ask"))
    elif answer.outcome is Outcome.CLOSED:
        heading = say("closed.heading")
        contact = tuple(closed_text(service) for service in answer.closed)
    else:
        heading = say("none_published.heading")
        contact = (taken_out_text(answer) or say("summary.none_published"),)
    return Summary(
        title=say("summary.no_service"),
        subtitle=areas or nation,
        warnings=(),
        contact_heading=heading,
        contact=contact,
        ways=(),
        hours="",
        note="",
        script_heading=say("script.heading"),
        script=asking_script(answer),
        sources=(),
        source_dates="",
        made_at=answer.at,
    )


def _subtitle(match: Match) -> str:
    parts = [KIND(match.kind), match.service.provider]
    if match.areas:
        parts.append(
            say("card.serves", areas=join_words([area_words(a.name) for a in match.areas]))
        )
    return " · ".join(p for p in parts if p)


def _warnings(match: Match, answer: Answer) -> tuple[str, ...]:
    """What to know before relying on the page. None of these texts holds a postcode."""
    service = match.service
    texts: list[str] = []
    if unsure := status_words(service).text:
        texts.append(unsure)
    elif is_old(newest := newest_evidence(service), answer.at.date()):
        year = newest[:4]
        texts.append(notice_text(Notice(NoticeCode.OLD, {"year": year})))
    if match.certainty is None:
        texts.append(say("fit.via_gp"))
    elif match.certainty is Certainty.INFERRED:
        names = tuple(a.name for a in match.areas)
        texts.append(notice_text(Notice(NoticeCode.INFERRED, {"place": names})))
    return tuple(texts)


def _sources(service: Service) -> tuple[WayView, ...]:
    """Every page the facts come from, by the name of its site."""
    return tuple(
        WayView("", name, web(url)) for name, url in source_links(service.source_urls, service)
    )


def _source_dates(service: Service, today: date) -> str:
    texts = [
        *filter(None, [told_words(service, today)]),
        read_words(service.read, service.checked_on, service.source_date),
    ]
    if service.source_date:
        texts.append(say("summary.newest", date=plain_date(service.source_date)))
    if service.confidence is Confidence.LOW:
        texts.append(say("source.low"))
    return " ".join(texts)


# --- the person ---------------------------------------------------------------------------------


def _questions(
    match: Match | None, told: Answers, assessment: Assessment | None
) -> tuple[str, ...]:
    """What to ask: first what could not be checked, then what everybody may want to know."""
    own: tuple[str, ...] = ()
    if match:
        found = assessment or assess(
            match.service,
            match.criteria,
            told,
            match.certainty,
            neighbour=match.certainty is None,
        )
        own = found.questions
    everybody = tuple(_ASK(key) for key in _ASK_EVERYBODY)
    return (*own[: _MOST_QUESTIONS - 2], *everybody)[:_MOST_QUESTIONS]


# --- other support ------------------------------------------------------------------------------


def _urgent_lines(answer: Answer) -> tuple[WayView, ...]:
    found = (way for offer in answer.urgent if (way := _urgent(offer)))
    return tuple(found) or (WayView(say("step_what.urgent"), ""),)


def _urgent(offer: Offer) -> WayView | None:
    """A line for a crisis, with what to do in words of its own, else its name."""
    row = offer.support
    spoken = voices(line_ways(row))
    if not spoken:
        return None
    way = spoken[0]
    other = "other_phone" if way.kind is WayKind.PHONE else "other_text"
    words = row.urgent_strip or other
    text = _URGENT(words, name=row.name, number=_GAP, word=way.keyword or row.name)
    before, _, after = text.partition(_GAP)
    return WayView(
        before.strip(), unbroken(way.value), way.link, after.strip(), kind=way.kind, value=way.value
    )


def _steps(steps: Sequence[NextStep]) -> tuple[Support, ...]:
    """The first few kinds of support, each way once, urgent help apart."""
    shown: set[WayView] = set()
    found: list[Support] = []
    for step in [s for s in steps if s.step is not Step.URGENT][:_MOST_STEPS]:
        ways = list(dict.fromkeys(w for way in step.ways if (w := _paper_way(way))))
        ways = ([w for w in ways if w not in shown] or ways)[:_MOST_WAYS]
        shown.update(ways)
        # Where there is nothing to call or look at, the words to ask for it.
        words = step.what if ways else f"{step.what} {step.say}"
        found.append(Support(step.title, words, tuple(ways)))
    return tuple(found)


def _paper_way(way: Match | Offer | DevolvedService) -> WayView | None:
    if isinstance(way, Match):
        return _service_way(way.service)
    return _offer_way(way) if isinstance(way, Offer) else _devolved_way(way)


def _service_way(service: Service) -> WayView | None:
    if service.status is not Status.OPEN:
        return None
    return quickest_way(service.name, service_ways(service))


def _offer_way(offer: Offer) -> WayView | None:
    return quickest_way(offer.support.name, line_ways(offer.support))


def _devolved_way(row: DevolvedService) -> WayView | None:
    return quickest_way(f"{row.service_name} ({row.board_or_trust})", devolved_ways(row))
