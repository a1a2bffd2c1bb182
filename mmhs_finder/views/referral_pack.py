"""The referral pack of a service: what to know, to ask, to write and to offer, in one view.

Everything in it is the directory's, or a question; a blank is about us. Numbers for people who
refer stand here, marked so; one that is not confirmed never does. Nothing is for a parent with a
baby: whether there is one is not known here, and the kinder order holds.
Not for: the questions and the letter (`pack_questions`, `pack_letter`), paper (`pack_paper`), or
drawing (`render`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from mmhs_finder.answers.finding import Finder
from mmhs_finder.answers.national import fits_what_happened
from mmhs_finder.answers.suited import About, about_service, is_for_a_baby
from mmhs_finder.answers.types import Answer, Match, Offer
from mmhs_finder.directory.models import (
    Area,
    Need,
    Pathway,
    Service,
    ServiceKind,
    Status,
)
from mmhs_finder.directory.named import NEED_TERM
from mmhs_finder.directory.ways import (
    Reader,
    WayKind,
    email_for_referrers,
    line_ways,
    number_for_referrers,
    service_ways,
)
from mmhs_finder.eligibility import CriterionId, names_of, published
from mmhs_finder.nation import Nation
from mmhs_finder.places.place import Place
from mmhs_finder.postcodes import Precision
from mmhs_finder.views.pack_letter import letter
from mmhs_finder.views.pack_questions import needs_words, pack_questions, taken
from mmhs_finder.views.sheet import Sheet, referral_sheet
from mmhs_finder.views.sheet_lines import SheetLine, lines_by_kind, page_lines, way_lines
from mmhs_finder.views.status import closed_text
from mmhs_finder.views.ways import quickest_way
from mmhs_finder.views.wording import sentence
from mmhs_finder.words import say, texts

NEIGHBOURS: Final = 2
"""Other services that are named, those that share most borders first."""

_NO_CRITERIA: Final = (CriterionId.SAFE, CriterionId.AREA)
"""What is asked of every service, whatever it publishes."""

LINES_A_NEED: Final = 3
"""National lines and charities for each thing that the service helps with."""


class PackPartId(StrEnum):
    """The parts of a pack, in order."""

    HOW = "how"
    WHO = "who"
    CONSENT = "consent"
    TALK = "talk"
    QUESTIONS = "questions"
    OPEN = "open"
    LETTER = "letter"
    NEXT = "next"
    MEANWHILE = "meanwhile"
    INSTEAD = "instead"  # where it has closed
    NEIGHBOURS = "neighbours"
    SOURCE = "source"


_SOURCE: Final = ("backing", "source", "source_date", "checked_on")
_HEADING: Final = texts("pack.{}", PackPartId)


@dataclass(frozen=True)
class PackRow:
    """A heading, or a question, and what is known of it: at least one line."""

    term: str
    lines: tuple[SheetLine, ...]


@dataclass(frozen=True)
class PackPart:
    """A part of a pack. intro: what to know of all its rows, or ""."""

    id: PackPartId
    rows: tuple[PackRow, ...]
    intro: str = ""

    @property
    def heading(self) -> str:
        return _HEADING(self.id)


@dataclass(frozen=True)
class ReferralPack:
    """The pack of one service. subtitle: which kind of service it is, who runs it, and where.

    notice: that it has closed or could not be confirmed, or "". letter: the text to copy; "" where
    it has closed.
    """

    service: Service
    subtitle: str
    notice: str
    parts: tuple[PackPart, ...]
    letter: str

    @property
    def title(self) -> str:
        return say("pack.of", name=self.service.name)

    def part(self, part_id: PackPartId) -> PackPart | None:
        return next((p for p in self.parts if p.id is part_id), None)


def referral_pack(
    finder: Finder, service: Service, places: Sequence[Area] = (), *, at: datetime
) -> ReferralPack:
    """The pack of a service.

    places: the areas of the person's home, to name what is near; by default everything in the
    service's own area. at: the moment (aware), for what was told of waits and for open hours.
    """
    directory = finder.directory
    sheet = referral_sheet(directory, service, places, today=at.date())
    facts = published(service, directory.criteria.get(service.id), names=names_of(directory))
    needs = taken(facts)
    areas = tuple(places) or tuple(area for area, _ in directory.areas_of(service.id))
    around = finder.find(_place(service, areas), _pathways(needs), at)
    other_help = (_meanwhile(finder, around, service, needs), *_neighbours(finder, around, service))
    source = _from_rows(PackPartId.SOURCE, sheet, _SOURCE)
    if service.status is Status.CLOSED:
        notice = f"{closed_text(service)} {say('pack.closed')}"
        return ReferralPack(service, sheet.subtitle, notice, (*other_help, source), "")
    questions = pack_questions(facts, sheet)
    rows = tuple(PackRow(q.text, tuple(map(SheetLine, q.stated))) for q in questions)
    nothing = all(q.criterion in _NO_CRITERIA for q in questions)
    parts = (
        _how(service, sheet),
        _from_rows(PackPartId.WHO, sheet, ("who_may_refer", "self_referral")),
        _consent(sheet),
        _talk(service),
        PackPart(
            PackPartId.QUESTIONS,
            rows,
            say("pack.questions_none") if nothing else say("pack.questions_intro"),
        ),
        *_open(sheet),
        _letter_part(),
        _next(sheet),
        *other_help,
        source,
    )
    text = letter(service, needs, questions)
    return ReferralPack(service, sheet.subtitle, _unconfirmed(service), parts, text)


def _place(service: Service, areas: Sequence[Area]) -> Place:
    """The areas as a place to find help for: the service's own have no postcode."""
    return Place(service.name, Precision.COUNCIL, Nation.ENGLAND, areas=tuple(areas))


def _pathways(needs: Iterable[Need]) -> tuple[Pathway, ...]:
    known = set(needs)
    return tuple(p for p in Pathway if p in known)


def _unconfirmed(service: Service) -> str:
    if service.status is Status.OPEN:
        return ""
    if service.provider:
        return say("pack.unconfirmed", provider=service.provider)
    return say("pack.unconfirmed_plain")


def _row(sheet: Sheet, row_id: str, blank: str = "") -> Iterator[PackRow]:
    """A row of the sheet as it stands there. blank: said instead of the sheet's own words."""
    row = sheet.row(row_id)
    if row is None:
        return
    yield PackRow(row.heading, row.lines or (SheetLine(blank or sentence(row.blank)),))


def _from_rows(part_id: PackPartId, sheet: Sheet, ids: Iterable[str]) -> PackPart:
    return PackPart(part_id, tuple(row for each in ids for row in _row(sheet, each)))


def _how(service: Service, sheet: Sheet) -> PackPart:
    ways = tuple(way_lines(service, confirmed=True)) or page_lines(service)
    told = [*(ways or (SheetLine(say("pack.ways_none")),))]
    if any(not way.confirmed for way in service_ways(service, Reader.PROFESSIONAL)):
        told.append(SheetLine(say("pack.number_withheld")))
    if service.referral_note:
        told.append(SheetLine(sentence(service.referral_note)))
    rows = [PackRow(say("sheet_row.how"), tuple(told))]
    if not service.referral_url:
        rows.append(PackRow(say("pack.form"), (SheetLine(say("pack.form_none")),)))
    rest = ("new_referrals", "area", "area_basis", "hours", "disagreement")
    rows += [row for each in rest for row in _row(sheet, each)]
    return PackPart(PackPartId.HOW, tuple(rows))


def _consent(sheet: Sheet) -> PackPart:
    asked = (
        say("pack.consent_ask_agreed"),
        say("pack.consent_ask_written"),
        say("pack.consent_ask_contact"),
        say("pack.consent_ours"),
    )
    rows = (
        *_row(sheet, "consent", say("pack.consent_blank")),
        PackRow(say("pack.consent_ask"), tuple(SheetLine(text) for text in asked)),
    )
    return PackPart(PackPartId.CONSENT, rows)


def _talk(service: Service) -> PackPart:
    """Where it offers advice, or has a number or an address for people who refer."""
    rows = []
    if service.consultation:
        line = SheetLine(sentence(service.consultation))
        rows.append(PackRow(say("pack.talk_advice"), (line,)))
    by = []
    if phone := number_for_referrers(service):
        by.append(SheetLine(say("pack.talk_phone", phone=phone), _link(service, phone)))
    if email := email_for_referrers(service):
        by.append(SheetLine(say("pack.talk_email", email=email), _link(service, email)))
    if by:
        rows.append(PackRow(say("pack.talk_by"), tuple(by)))
    if not rows:
        line = SheetLine(say("pack.talk_blank"))
        rows.append(PackRow(say("pack.talk_advice"), (line,)))
    return PackPart(PackPartId.TALK, tuple(rows))


def _link(service: Service, value: str) -> str:
    ways = service_ways(service, Reader.PROFESSIONAL)
    return next(way.link for way in ways if way.value == value)


def _open(sheet: Sheet) -> Iterator[PackPart]:
    """What is not known of the service, to ask it about."""
    if silent := sheet.row("silent"):
        yield PackPart(PackPartId.OPEN, (PackRow(silent.heading, silent.lines),))


def _letter_part() -> PackPart:
    holds = (
        say("pack.letter_holds_who"),
        say("pack.letter_holds_what"),
        say("pack.letter_holds_risk"),
        say("pack.letter_holds_help"),
        say("pack.letter_holds_answers"),
        say("pack.letter_holds_consent"),
        say("pack.letter_own_form"),
    )
    row = PackRow(say("pack.letter_holds"), tuple(SheetLine(text) for text in holds))
    return PackPart(PackPartId.LETTER, (row,), say("pack.letter_intro"))


def _next(sheet: Sheet) -> PackPart:
    received = sheet.row("after_referral")
    told = received.lines if received else (SheetLine(say("pack.next_blank")),)
    rows = (
        PackRow(say("pack.next_received"), told),
        *_row(sheet, "wait", say("pack.next_wait_blank")),
        PackRow(say("pack.next_ask"), (SheetLine(say("pack.next_ask_text")),)),
    )
    return PackPart(PackPartId.NEXT, rows)


# --- other help ---------------------------------------------------------------------------------


def _meanwhile(finder: Finder, around: Answer, service: Service, needs: Sequence[Need]) -> PackPart:
    urgent = (SheetLine(say("professional.urgent_ways")), *_line_lines(around.urgent))
    rows = [PackRow(say("pack.meanwhile_urgent"), urgent)]
    local = lines_by_kind(
        m.service
        for m in around.alternatives
        if m.service.id != service.id
        and m.service.status is Status.OPEN
        and about_service(m.service) is not About.BABY
    )
    none = (SheetLine(say("pack.meanwhile_local_none")),)
    rows.append(PackRow(say("pack.meanwhile_local"), tuple(local) or none))
    for need in _pathways(needs):
        if lines := _few(finder.find(around.place, (need,), around.at)):
            rows.append(PackRow(say("pack.meanwhile_lines", need=NEED_TERM(need)), lines))
    if not _pathways(needs) and (lines := _few(around)):
        rows.append(PackRow(say("pack.meanwhile_any"), lines))
    closed = service.status is Status.CLOSED
    part_id = PackPartId.INSTEAD if closed else PackPartId.MEANWHILE
    return PackPart(part_id, tuple(rows), say("pack.meanwhile_shield"))


def _few(answer: Answer) -> tuple[SheetLine, ...]:
    """A few of its lines and charities, those for what happened first."""
    suited = [offer for offer in answer.national if not is_for_a_baby(offer.support)]
    suited.sort(key=lambda offer: not fits_what_happened(offer.support, answer))
    return tuple(_line_lines(suited))[:LINES_A_NEED]


def _line_lines(offers: Iterable[Offer]) -> Iterator[SheetLine]:
    """A line each: its name and the quickest way to it. What has no way helps nobody."""
    for offer in offers:
        name = offer.support.name
        if way := quickest_way(name, line_ways(offer.support)):
            text = f"{way.words} {way.text} {way.after}".replace("\N{NO-BREAK SPACE}", " ").strip()
            page = way.kind not in (WayKind.PHONE, WayKind.TEXT)
            yield SheetLine(f"{name}{way.after}" if page else text, way.link)


def _neighbours(finder: Finder, around: Answer, service: Service) -> Iterator[PackPart]:
    """The services of the areas beside: for people who live there. Of an MMHS only."""
    if service.kind is not ServiceKind.MMHS:
        return
    running = [
        m
        for m in (*around.mmhs, *around.neighbours)
        if m.service.id != service.id and m.service.status is Status.OPEN
    ]
    rows = tuple(_neighbour(finder, m, around) for m in running[:NEIGHBOURS])
    none = PackRow(say("pack.neighbours"), (SheetLine(say("pack.neighbours_none")),))
    intro = say("pack.neighbours_intro") if rows else ""
    yield PackPart(PackPartId.NEIGHBOURS, rows or (none,), intro)


def _neighbour(finder: Finder, match: Match, around: Answer) -> PackRow:
    directory, service = finder.directory, match.service
    sheet = referral_sheet(directory, service, today=around.at.date())
    needs = needs_words(taken(published(service, match.criteria)))
    takes = say("pack.takes", needs=needs) if needs else say("pack.takes_blank")
    told = [SheetLine(f"{sheet.subtitle}."), SheetLine(takes)]
    for row_id in ("who_may_refer", "self_referral"):
        told += [
            SheetLine(sentence(f"{row.term}: {' '.join(line.text for line in row.lines)}"))
            for row in _row(sheet, row_id)
        ]
    told += way_lines(service, confirmed=True) or page_lines(service)
    told.append(SheetLine(say("pack.neighbour_sheet"), "", ((service.id, service.name),)))
    return PackRow(service.name, tuple(told))
