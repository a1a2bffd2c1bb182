"""The lines of a referral sheet: ways to refer, and other help by name, for somebody who refers.

Not for: which rows a sheet has (`sheet`), or which number is whose (`directory.ways`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import (
    Audience,
    Service,
    ServiceKind,
    Status,
    WebsiteKind,
    YesNo,
)
from mmhs_finder.directory.named import KIND
from mmhs_finder.directory.ways import Reader, Way, WayKind, service_ways
from mmhs_finder.views import sheet_words as words
from mmhs_finder.views.ways import unanswered_words
from mmhs_finder.words import say

NAMES_SHOWN = 3
"""Services of one kind that are named under "what to offer while waiting"."""


@dataclass(frozen=True)
class SheetLine:
    """One statement. `url`: where it leads, a web, telephone or e-mail address, or "".

    sheets: services that are named after the text, each by its id and in words; every one has a
    sheet. rest: how many more there are, or "".
    """

    text: str
    url: str = ""
    sheets: tuple[tuple[str, str], ...] = ()
    rest: str = ""

    @property
    def written(self) -> str:
        """The line where nothing can be pressed: on paper, in a spreadsheet."""
        if self.sheets:
            named = [words for _, words in self.sheets]
            return f"{self.text} {'; '.join([*named, self.rest] if self.rest else named)}."
        return f"{self.text}: {self.url}" if self.url.startswith("http") else self.text


def way_lines(service: Service, *, confirmed: bool = False) -> Iterable[SheetLine]:
    """The number, the address and the form for somebody who refers. confirmed: no number that is
    not."""
    for way in service_ways(service, Reader.PROFESSIONAL):
        if confirmed and not way.confirmed:
            continue
        if way.kind is WayKind.PHONE:
            yield _phone(way, beside=bool(service.referrer_phone))
        elif way.kind is WayKind.EMAIL:
            yield SheetLine(words.EMAIL(way.audience, email=way.value), way.link)
        elif way.kind is WayKind.FORM:
            yield SheetLine(say("sheet.how_form") + unanswered_words(way.unanswered), way.link)


def _phone(way: Way, *, beside: bool) -> SheetLine:
    """The number with its audience. One that is not confirmed is said so, and cannot be pressed.

    beside: there is one for people who refer too, so that the public's is said to be parents'.
    """
    parents = beside and way.audience is Audience.PUBLIC
    text = words.PHONE("parents" if parents else way.audience, phone=way.value)
    return (
        SheetLine(text, way.link)
        if way.confirmed
        else SheetLine(f"{text} {say('sheet.not_confirmed')}")
    )


def page_lines(service: Service) -> tuple[SheetLine, ...]:
    if not service.website:
        return ()
    called = words.WEBSITE(service.website_kind or WebsiteKind.SERVICE_PAGE)
    tried = unanswered_words(service.unanswered(service.website))
    return (SheetLine(called + tried, service.website),)


def help_meanwhile(
    directory: Directory, codes: Iterable[str], but: str = ""
) -> tuple[SheetLine, ...]:
    """Other kinds of help in some areas, those that take self-referrals first.

    codes: of the areas. but: the id of a service that is left out.
    """
    found: dict[str, Service] = {}
    for code in codes:
        for other, _certainty in directory.serving(code):
            if other.id != but and other.status is Status.OPEN:
                found[other.id] = other
    return (*lines_by_kind(found.values()), SheetLine(say("sheet.waiting_always")))


def lines_by_kind(services: Iterable[Service]) -> Iterable[SheetLine]:
    """Services other than maternal mental health services by name, a line a kind."""
    known = tuple(services)
    for kind in ServiceKind:
        of_kind = [s for s in known if s.kind is kind and kind is not ServiceKind.MMHS]
        of_kind.sort(key=lambda s: (s.self_referral is not YesNo.YES, s.name))
        if not of_kind:
            continue
        sheets = tuple((s.id, _named(s)) for s in of_kind[:NAMES_SHOWN])
        more = len(of_kind) - NAMES_SHOWN
        rest = say("names.more", count=more) if more > 0 else ""
        yield SheetLine(f"{KIND(kind)}:", "", sheets, rest)


def _named(service: Service) -> str:
    herself = service.self_referral is YesNo.YES
    return say("sheet.waiting_self", name=service.name) if herself else service.name
