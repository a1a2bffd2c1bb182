"""What a feed for other directories holds: which entries, whose they are, what each is marked with.

All of it comes from the one public view. A route into care ("your GP") is no service that somebody
runs, and is in no feed. What is marked is a plain yes: a yes on a condition is told in words.
Not for: what may be published (`views.public`), or the fields of a standard (`render`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from mmhs_finder.answers.national import HIDDEN_UNLESS_CHOSEN, ROUTE_KINDS
from mmhs_finder.answers.suited import service_suits, situation
from mmhs_finder.directory.models import (
    Pathway,
    SelfReferral,
    Service,
    ServiceKind,
    Status,
    YesNo,
)
from mmhs_finder.directory.named import HELPS_WITH, KIND
from mmhs_finder.directory.said import takes_nobody_now
from mmhs_finder.directory.vocabularies import Referrer, SupportKind, Topic
from mmhs_finder.directory.ways import WayKind
from mmhs_finder.views.changed_words import topic_words
from mmhs_finder.views.contact import full_words
from mmhs_finder.views.line import LineView
from mmhs_finder.views.public import (
    ClosedService,
    PublicDirectory,
    PublicLine,
    PublicService,
    is_about,
)
from mmhs_finder.views.service import ServiceView
from mmhs_finder.views.sources import read_words
from mmhs_finder.views.ways import WayView
from mmhs_finder.views.wording import sentence
from mmhs_finder.words import join_words, say, texts


class Taxonomy(StrEnum):
    """The lists of terms by which entries are marked."""

    SERVICE_KIND = "service_kind"
    LINE_KIND = "line_kind"
    HELPS_WITH = "helps_with"
    REFERRER = "referrer"
    CARE = "care"


class Care(StrEnum):
    """What to know before an entry is shown to anybody."""

    WITH_A_BABY = "with_a_baby"
    NOT_CONFIRMED = "not_confirmed"


_ELSEWHERE: Final = "adjacent_mmhs"
_NO_SERVICES: Final = frozenset({*ROUTE_KINDS, _ELSEWHERE})
"""Kinds of national rows that are a way to other services and none themselves."""

LINE_KINDS: Final = tuple(kind for kind in SupportKind if kind not in _NO_SERVICES)

_TAXONOMY: Final = texts("api_feed_taxonomy.{}", Taxonomy)
_LINE_KIND: Final = texts("api_feed_line_kind.{}", LINE_KINDS)
_REFERRER: Final = texts("api_feed_referrer.{}", Referrer)
_CARE: Final = texts("api_feed_care.{}", Care)

_TERMS: Final[Mapping[Taxonomy, tuple[Iterable[str], Callable[[str], str]]]] = {
    Taxonomy.SERVICE_KIND: (ServiceKind, KIND),
    Taxonomy.LINE_KIND: (LINE_KINDS, _LINE_KIND),
    Taxonomy.HELPS_WITH: (Topic, topic_words),
    Taxonomy.REFERRER: (Referrer, _REFERRER),
    Taxonomy.CARE: (Care, _CARE),
}


@dataclass(frozen=True)
class Term:
    """One word of a taxonomy: its stable value, and what it is called."""

    taxonomy: Taxonomy
    value: str

    @property
    def name(self) -> str:
        called = _TERMS[self.taxonomy][1](self.value)
        return called[:1].upper() + called[1:]

    @property
    def taxonomy_name(self) -> str:
        return _TAXONOMY(self.taxonomy)


TERMS: Final[Mapping[Taxonomy, tuple[Term, ...]]] = MappingProxyType(
    {
        taxonomy: tuple(Term(taxonomy, str(value)) for value in values)
        for taxonomy, (values, _) in _TERMS.items()
    }
)
"""Every term, by taxonomy, in the order to show them."""

ABUSE_TERMS: Final = frozenset(
    {
        Term(Taxonomy.LINE_KIND, HIDDEN_UNLESS_CHOSEN),
        Term(Taxonomy.HELPS_WITH, HIDDEN_UNLESS_CHOSEN),
    }
)
"""Who asks for one of these asks for help with abuse at home: only then is it in a list."""


@dataclass(frozen=True)
class FeedEntry:
    """One service of a feed.

    key: where it stands in the directory and its id there; it never changes. organisation: the name
    of who runs it, or "". terms: what is known of it, as a plain yes. description, alerts: in
    sentences; an alert is to be read first. is_hidden: for who asks for it by its term or id, and
    in no other list.
    """

    key: tuple[str, str]
    of: PublicService | ClosedService | PublicLine
    name: str
    organisation: str
    terms: tuple[Term, ...]
    description: tuple[str, ...]
    alerts: tuple[str, ...]
    is_hidden: bool = False


def feed_entries(public: PublicDirectory) -> tuple[FeedEntry, ...]:
    """Every entry: local services, lines and charities, then those that were reported closed."""
    lines = {line.view.id: line for line in public.lines()}
    hidden = [
        line
        for line in public.lines(kind=SupportKind(HIDDEN_UNLESS_CHOSEN))
        if line.view.id not in lines
    ]
    return (
        *(_of_service(each, public.day) for each in public.services),
        *(_of_line(each) for each in lines.values() if each.view.kind not in _NO_SERVICES),
        *(_of_line(each, is_hidden=True) for each in hidden),
        *(_of_closed(each) for each in public.closed),
    )


@dataclass(frozen=True)
class Organisation:
    """Who runs services of a feed. services: how many of those that are in lists, or of the hidden
    ones where it runs no others. is_hidden: as of an entry."""

    name: str
    services: int
    is_hidden: bool


def organisations(entries: Iterable[FeedEntry]) -> Mapping[str, Organisation]:
    """Those that are named, by their names in small letters, in the order of the alphabet."""
    theirs: dict[str, list[FeedEntry]] = {}
    for entry in entries:
        if entry.organisation:
            theirs.setdefault(entry.organisation.casefold(), []).append(entry)
    found = {}
    for key, of_one in sorted(theirs.items()):
        shown = [entry for entry in of_one if not entry.is_hidden]
        name = of_one[0].organisation
        found[key] = Organisation(name, len(shown or of_one), is_hidden=not shown)
    return MappingProxyType(found)


# --- one entry -----------------------------------------------------------------------------------


def _of_service(each: PublicService, today: date) -> FeedEntry:
    view, row = each.view, each.service
    return FeedEntry(
        key=("service", row.id),
        of=each,
        name=row.name,
        organisation=row.provider,
        terms=(
            Term(Taxonomy.SERVICE_KIND, row.kind.value),
            *_helps_with(view),
            *_referrers(row),
            *_care(row.status, is_for_a_baby=each.for_a_parent_with_a_baby),
        ),
        description=tuple(_filled(_service_words(view))),
        alerts=tuple(
            _filled(
                (
                    view.unconfirmed_text,
                    full_words(row, today) if takes_nobody_now(row) else "",
                    *_links_without_answer(view.ways),
                    view.source.doubt,
                )
            )
        ),
    )


def _helps_with(view: ServiceView) -> Iterable[Term]:
    """What its pages say that it helps with. A mother and baby unit is not marked with a loss: who
    asks for that term would show it to somebody whose baby died.
    """
    plain = {found.pathway for found in view.helps if found.is_plain_yes}
    plain |= {*view.service.only_for}
    fit = (p for p in Pathway if p in plain and service_suits(view.service, situation((p,))))
    return (Term(Taxonomy.HELPS_WITH, p.value) for p in fit)


def _referrers(row: Service) -> Iterable[Term]:
    """Who may refer; she herself only where that is published for all that it helps with."""
    found = {*row.referrers} - {Referrer.SELF}
    if row.self_referral is YesNo.YES and not row.self_referral_except:
        found.add(Referrer.SELF)
    return (Term(Taxonomy.REFERRER, r.value) for r in Referrer if r in found)


def _care(status: Status, *, is_for_a_baby: bool) -> Iterable[Term]:
    if is_for_a_baby:
        yield Term(Taxonomy.CARE, Care.WITH_A_BABY)
    if status is Status.UNKNOWN:
        yield Term(Taxonomy.CARE, Care.NOT_CONFIRMED)


def _service_words(view: ServiceView) -> Iterable[str]:
    row = view.service
    yield "" if row.who_for else view.about  # else it is the first fact
    yield from (sentence(helps.text) for helps in view.helps if helps.only_if)
    yield from (_labelled(fact.term, fact.text) for fact in view.facts)
    if not takes_nobody_now(row):  # that is an alert
        yield from (sentence(view.contact_heading), *view.contact)
    if row.self_referral_except:
        needs = join_words([HELPS_WITH(need) for need in row.self_referral_except], "or")
        yield say("api_feed.not_asked_for", needs=needs)
    yield view.note
    if form := view.way(WayKind.FORM):
        yield _labelled(say("contact.referral_link"), form)
    yield view.source.told
    yield from _source_words(view.source.read, row.source_urls)


def _of_line(each: PublicLine, *, is_hidden: bool = False) -> FeedEntry:
    view, row = each.view, each.view.row
    terms = [Term(Taxonomy.LINE_KIND, row.kind.value)]
    terms += [Term(Taxonomy.HELPS_WITH, t.value) for t in Topic if is_about(row, t)]
    if row.self_referral is SelfReferral.YES:
        terms.append(Term(Taxonomy.REFERRER, Referrer.SELF))
    return FeedEntry(
        key=("line", row.id),
        of=each,
        name=row.name,
        organisation=row.organisation,
        terms=(*terms, *_care(row.status, is_for_a_baby=each.for_a_parent_with_a_baby)),
        description=tuple(_filled(_line_words(view))),
        alerts=tuple(
            _filled(
                (
                    say("status.unconfirmed_text") if row.status is Status.UNKNOWN else "",
                    *_links_without_answer(view.ways),
                )
            )
        ),
        is_hidden=is_hidden,
    )


def _line_words(view: LineView) -> Iterable[str]:
    yield view.offers
    yield _labelled(view.who_label, view.who)
    yield _labelled(view.languages_label, view.languages)
    for kind in (WayKind.CHAT, WayKind.FINDER):
        yield from (_labelled(way.text, way.value) for way in view.ways if way.kind is kind)
    read = read_words(view.row.read, view.row.checked_on, view.row.source_date)
    yield from _source_words(read, view.row.source_urls)


def _of_closed(each: ClosedService) -> FeedEntry:
    kind = Term(Taxonomy.SERVICE_KIND, each.service.kind.value)
    key = ("service", each.service.id)
    return FeedEntry(key, each, each.service.name, "", (kind,), (), (each.text,))


def _links_without_answer(ways: Iterable[WayView]) -> Iterable[str]:
    """ "Go to the service's page (it did not answer on 1 November 2026)."."""
    pages = (WayKind.PAGE, WayKind.FORM, WayKind.CHAT, WayKind.FINDER)
    return (sentence(f"{w.text}{w.after}") for w in ways if w.kind in pages and w.after)


def _source_words(read: str, urls: Iterable[str]) -> Iterable[str]:
    yield read
    if links := " ".join(urls):
        yield _labelled(say("api_feed.sources"), links)


def _labelled(label: str, text: str) -> str:
    return say("api_feed.labelled", label=label, text=text) if text else ""


def _filled(texts_: Iterable[str]) -> Iterable[str]:
    return (text for text in texts_ if text)
