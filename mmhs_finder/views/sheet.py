"""Referral routes for professionals: find a service by name, its referral sheet, sheets compared.

Everything a source says, in the words of somebody who refers; what none says is "not published".
Numbers that are not confirmed are given, and marked. Pure: records in, texts out.
Not for: a person's fit (`eligibility`), or drawing (`ui.professionals`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import (
    Area,
    Audience,
    Certainty,
    Criteria,
    Pathway,
    PhoneStatus,
    Service,
    ServiceKind,
    Status,
    YesNo,
)
from mmhs_finder.eligibility import Published, published
from mmhs_finder.tables.cells import csv_bytes
from mmhs_finder.views.wording import period_words, plain_date, sentence, source_names
from mmhs_finder.words import join_words, say

MOST_COMPARED = 5
"""More columns than this cannot be read side by side."""

NAMES_SHOWN = 3
"""Services of one kind that are named under "what to offer while waiting"."""

_WAIT = re.compile(
    r"wait(ing)? (about|up to|times?|lists?|is)|(day|week|month)s?['’]? wait\b", re.IGNORECASE
)
"""Published texts about a waiting list; not "a wait of a month after the birth is advised"."""

# --- finding a service by name --------------------------------------------------------------------


def label(service: Service) -> str:
    """A service in one line that nothing else has: name, other names, provider and area.

    Two services are called Lotus and two MaLT: what tells them apart is always said.
    """
    others = [n for n in service.alt_names if n.casefold() not in service.name.casefold()]
    name = f"{service.name} ({'; '.join(others)})" if others else service.name
    return f"{name} · {distinction(service)}"


def distinction(service: Service) -> str:
    """What tells services of one name apart: who runs it, and where."""
    area = join_words(service.area_text) or say("sheet.area_unknown")
    provider = service.provider or say("sheet.provider_unknown")
    return f"{provider} · {area}"


@lru_cache(maxsize=2)
def _by_label(directory: Directory) -> tuple[Service, ...]:
    return tuple(sorted(directory.services.values(), key=lambda s: label(s).casefold()))


def search(directory: Directory, text: str) -> tuple[Service, ...]:
    """Services whose name, other names, provider or area answer to what was typed, the best first.

    Every word typed has to begin a word of the service; where nothing does, near misses of a name
    are taken ("Thirve"). Nothing typed: all services by label.
    """
    typed = _plain(text).split()
    services = _by_label(directory)
    if not typed:
        return services
    ranked = [(rank, s) for s in services if (rank := _rank(s, typed)) is not None]
    if not ranked:
        ranked = [(rank, s) for s in services if (rank := _near(s, " ".join(typed))) is not None]
    return tuple(s for _, s in sorted(ranked, key=lambda pair: pair[0]))


def _plain(text: str) -> str:
    """Letters and digits only, without accents and in one case."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in decomposed if not unicodedata.combining(c))
    return re.sub(r"[^\w]+", " ", kept.replace("'", "").replace("’", "")).strip()


def _rank(service: Service, typed: Sequence[str]) -> float | None:
    """0 is a whole name, then words of a name, then provider and area; an MMHS before others."""
    names = [_plain(n) for n in (service.name, *service.alt_names)]
    fields = (names, [_plain(service.provider)], [_plain(a) for a in service.area_text])
    whole = " ".join(typed)
    mmhs_first = 0.0 if service.kind is ServiceKind.MMHS else 0.5
    if whole in names:
        return mmhs_first
    seen: list[str] = []
    for place, field in enumerate(fields, start=1):
        seen += [word for entry in field for word in entry.split()]
        if all(any(word.startswith(t) for word in seen) for t in typed):
            return place + mmhs_first
    return None


def _near(service: Service, typed: str) -> float | None:
    names = [_plain(n) for n in (service.name, *service.alt_names)]
    words = [*names, *(w for n in names for w in n.split())]
    best = max((SequenceMatcher(None, typed, w).ratio() for w in words), default=0.0)
    return 1 - best if best >= 0.8 else None


# --- the referral sheet ---------------------------------------------------------------------------


class Group(StrEnum):
    """The parts of a sheet, in order."""

    REFERRAL = "referral"
    CRITERIA = "criteria"
    OFFER = "offer"
    CONTACT = "contact"
    WAITING = "waiting"
    SOURCE = "source"


@dataclass(frozen=True)
class Line:
    """One statement. `url`: where it leads, a web, telephone or e-mail address, or ""."""

    text: str
    url: str = ""

    @property
    def written(self) -> str:
        """The line where nothing can be pressed: on paper, in a spreadsheet."""
        return f"{self.text}: {self.url}" if self.url.startswith("http") else self.text


@dataclass(frozen=True)
class Row:
    """One heading of a sheet. No lines: no source read says."""

    id: str
    group: Group
    lines: tuple[Line, ...] = ()

    @property
    def heading(self) -> str:
        return say(f"sheet_row.{self.id}")

    @property
    def published(self) -> bool:
        return bool(self.lines)

    @property
    def text(self) -> str:
        return " ".join(line.written for line in self.lines) or say("sheet.not_published")


@dataclass(frozen=True)
class Sheet:
    """Everything that is known for referring to one service. Rows are in the order to read them."""

    service: Service
    rows: tuple[Row, ...]

    @property
    def label(self) -> str:
        return label(self.service)

    def row(self, row_id: str) -> Row | None:
        return next((r for r in self.rows if r.id == row_id), None)

    def groups(self) -> Iterable[tuple[str, tuple[Row, ...]]]:
        """Each part that has rows, with its heading."""
        for group in Group:
            rows = tuple(r for r in self.rows if r.group is group)
            if rows:
                yield say(f"sheet.group_{group.value}"), rows


def referral_sheet(directory: Directory, service: Service, places: Sequence[Area] = ()) -> Sheet:
    """The sheet of a service.

    places: the areas of the person's home, to name what is near her; by default everything in the
    service's own area.
    """
    facts = published(service, directory.criteria.get(service.id))
    rows = [*_referral(directory, service)]
    if service.kind is ServiceKind.MMHS:
        rows += _criteria(facts)
    else:
        rows.append(_row("who_for", Group.CRITERIA, sentence(service.who_for)))
        rows.append(_row("min_age", Group.CRITERIA, _age(service)))
        rows.append(_row("period", Group.CRITERIA, sentence(service.period_note)))
    rows += _offer(service)
    rows += _contacts(service)
    codes = [a.code for a in places] or [a.code for a, _ in directory.areas_of(service.id)]
    rows.append(Row("while_waiting", Group.WAITING, _while_waiting(directory, service, codes)))
    rows += _source(service)
    return Sheet(service, tuple(rows))


def _row(row_id: str, group: Group, *texts: str) -> Row:
    return Row(row_id, group, tuple(Line(t) for t in texts if t))


def _yes_no(value: YesNo | None) -> str:
    return say(f"sheet.{value.value}") if value in (YesNo.YES, YesNo.NO) else ""


def _referral(directory: Directory, service: Service) -> Iterable[Row]:
    status = say(f"sheet.status_{service.status.value}")
    yield _row("status", Group.REFERRAL, status)
    who = [say(f"sheet_referrer.{r}") for r in service.referrers if r != "self"]
    yield _row("who_may_refer", Group.REFERRAL, sentence(join_words(who)))
    yield _row("self_referral", Group.REFERRAL, _yes_no(service.self_referral))
    yield Row("how", Group.REFERRAL, tuple(_how(service)))
    yield _row("consent", Group.REFERRAL, _yes_no(service.consent_required))
    yield _row("area", Group.REFERRAL, *_areas(directory, service))
    basis = [say(f"sheet.basis_{b}") for b in service.area_basis]
    yield _row("area_basis", Group.REFERRAL, sentence(join_words(basis, "or")))
    yield _row("wait", Group.REFERRAL, *_waits(service))
    yield _row("hours", Group.REFERRAL, sentence(service.hours_text))


def _how(service: Service) -> Iterable[Line]:
    if service.referral_url:
        yield Line(say("sheet.how_form"), service.referral_url)
    if service.referral_note:
        yield Line(sentence(service.referral_note))
    ways = [
        say(f"sheet.by_{way}")
        for way, given in (("email", service.email), ("phone", service.phone))
        if given
    ]
    if ways:
        yield Line(say("sheet.how_contacts", ways=join_words(ways, "or")))


def _phone(service: Service) -> Line:
    """The number with its audience. One that is not confirmed is said so, and cannot be pressed."""
    audience = service.phone_audience or Audience.PUBLIC
    text = say(f"sheet.phone_{audience.value}", phone=service.phone)
    if service.phone_status is not PhoneStatus.CONFIRMED:
        return Line(f"{text} {say('sheet.not_confirmed')}")
    return Line(text, f"tel:{re.sub(r'[^0-9+]', '', service.phone)}")


def _areas(directory: Directory, service: Service) -> Iterable[str]:
    found = directory.areas_of(service.id)
    for certainty in Certainty:
        names = [area.name for area, sure in found if sure is certainty]
        if names:
            yield say(f"sheet.area_{certainty.value}", areas=join_words(names))


def _waits(service: Service) -> Iterable[str]:
    """What a public text of the service says of its waiting list, in its own words."""
    for text in (service.who_for, service.referral_note, service.period_note, service.hours_text):
        for clause in re.split(r"(?<=[.;])\s+", text):
            if _WAIT.search(clause):
                yield say("sheet.wait_quoted", text=clause.strip(" ;."))


def _criteria(facts: Published) -> Iterable[Row]:
    service, criteria = facts.service, facts.criteria

    def row(row_id: str, *texts: str) -> Row:
        return _row(row_id, Group.CRITERIA, *texts)

    for pathway in Pathway:
        yield row(pathway.value, _yes_no(criteria.offers(pathway)))
    yield row("other_presentations", sentence(criteria.other_presentations))
    yield row("who_for", sentence(service.who_for))
    yield row("severity", sentence(criteria.severity))
    only = ""
    if criteria.limits_only_for:
        needs = join_words([say(f"sheet_row.{p}") for p in criteria.limits_only_for])
        only = say("sheet.limits_only_for", needs=needs)
    weeks, months = criteria.min_weeks_since_event, criteria.max_months_since_event
    yield row("min_weeks", *([say("sheet.min_weeks", weeks=weeks), only] if weeks else []))
    if criteria.any_time:
        yield row("max_months", say("sheet.no_time_limit"))
    else:
        limit = say("sheet.max_months", period=period_words(months)) if months else ""
        yield row("max_months", *([limit, only] if limit else []))
    yield row("period", sentence(service.period_note))
    yield row("pregnant", _yes_no(criteria.accepts_pregnant))
    yield row("gestation", *_gestation(service, criteria))
    yield row("min_age", _age(service))
    yield row("ptsd", _yes_no(criteria.ptsd_required))
    yield row("earlier_treatment", _yes_no(criteria.prior_treatment_required))
    yield row("exclusions", sentence(criteria.exclusions))


def _gestation(service: Service, criteria: Criteria) -> Iterable[str]:
    """The limit, and a text about it that does not stand under "Notes on timing" already."""
    if criteria.max_gestation_weeks is not None:
        yield say("sheet.gestation", weeks=criteria.max_gestation_weeks)
    if criteria.gestation_note and criteria.gestation_note != service.period_note:
        yield sentence(criteria.gestation_note)


def _age(service: Service) -> str:
    return say("sheet.min_age", years=service.min_age) if service.min_age is not None else ""


def _offer(service: Service) -> Iterable[Row]:
    yield _row("partners", Group.OFFER, _yes_no(service.partner_support))
    yield _row("therapies", Group.OFFER, sentence("; ".join(service.therapies)))
    ways = [say(f"card.delivery_{d}") for d in service.delivery]
    yield _row("delivery", Group.OFFER, sentence(join_words(ways)))
    if service.kind is ServiceKind.TALKING_THERAPIES:
        priority = _yes_no(service.perinatal_priority)
        yield _row("perinatal_priority", Group.OFFER, priority)


def _contacts(service: Service) -> Iterable[Row]:
    phone = (_phone(service),) if service.phone else ()
    yield Row("phone", Group.CONTACT, phone)
    email: tuple[Line, ...] = ()
    if service.email:
        audience = service.email_audience or Audience.PUBLIC
        text = say(f"sheet.email_{audience.value}", email=service.email)
        email = (Line(text, f"mailto:{service.email}"),)
    yield Row("email", Group.CONTACT, email)
    page: tuple[Line, ...] = ()
    if service.website:
        kind = service.website_kind
        words = say(f"sheet.website_{kind.value}") if kind else say("sheet.website_service_page")
        page = (Line(words, service.website),)
    yield Row("website", Group.CONTACT, page)
    yield _row("address", Group.CONTACT, _address(service))


def _address(service: Service) -> str:
    """Where care is given; a head office is never given as an address."""
    if not service.is_real_base:
        return ""
    place = service.address or service.location_name
    return sentence(place if service.postcode in place else f"{place}, {service.postcode}")


def _while_waiting(
    directory: Directory, service: Service, codes: Iterable[str]
) -> tuple[Line, ...]:
    """Other kinds of help in the same areas, those that take self-referrals first."""
    found: dict[str, Service] = {}
    for code in codes:
        for other, _certainty in directory.serving(code):
            if other.id != service.id and other.status is Status.OPEN:
                found[other.id] = other
    lines = []
    for kind in ServiceKind:
        of_kind = [s for s in found.values() if s.kind is kind and kind is not ServiceKind.MMHS]
        of_kind.sort(key=lambda s: (s.self_referral is not YesNo.YES, s.name))
        if not of_kind:
            continue
        names = [
            say("sheet.waiting_self", name=s.name) if s.self_referral is YesNo.YES else s.name
            for s in of_kind[:NAMES_SHOWN]
        ]
        if len(of_kind) > NAMES_SHOWN:
            names.append(say("sheet.waiting_more", count=len(of_kind) - NAMES_SHOWN))
        lines.append(Line(f"{say(f'kind.{kind.value}')}: {'; '.join(names)}."))
    lines.append(Line(say("sheet.waiting_always")))
    return tuple(lines)


def _source(service: Service) -> Iterable[Row]:
    names = source_names(service.source_urls)
    links = [Line(name, url) for name, url in zip(names, service.source_urls, strict=True)]
    yield Row("source", Group.SOURCE, tuple(links))
    newest = plain_date(service.source_date) if service.source_date else ""
    yield _row("source_date", Group.SOURCE, sentence(newest))
    yield _row("checked_on", Group.SOURCE, sentence(plain_date(service.checked_on.isoformat())))
    yield _row("confidence", Group.SOURCE, say(f"sheet.confidence_{service.confidence.value}"))


# --- sheets compared ------------------------------------------------------------------------------

_NOT_COMPARED = ("while_waiting", "source")
_NEVER_THE_SAME = (
    "how",
    "area",
    "phone",
    "email",
    "website",
    "address",
    "source_date",
    "checked_on",
    "confidence",
)
"""Rows that tell services apart and say nothing about a person's way in: no mark for them."""


@dataclass(frozen=True)
class TableRow:
    """One criterion across services. `note` says in words whether they differ; "" needs no word."""

    id: str
    heading: str
    cells: tuple[str, ...]
    differs: bool
    note: str


@dataclass(frozen=True)
class Table:
    """Services side by side: one column each, in the order given."""

    sheets: tuple[Sheet, ...]
    rows: tuple[TableRow, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(sheet.label for sheet in self.sheets)

    @property
    def differing(self) -> int:
        return sum(row.differs for row in self.rows)


def compare(sheets: Sequence[Sheet]) -> Table:
    """Services side by side, rows = criteria. Up to `MOST_COMPARED` sheets; more are left out."""
    shown = tuple(sheets[:MOST_COMPARED])
    ids = dict.fromkeys(row.id for g in Group for s in shown for row in s.rows if row.group is g)
    return Table(shown, tuple(_table_row(i, shown) for i in ids if i not in _NOT_COMPARED))


def _table_row(row_id: str, sheets: Sequence[Sheet]) -> TableRow:
    rows = [sheet.row(row_id) for sheet in sheets]
    cells = tuple(row.text if row else say("compare.not_kept") for row in rows)
    said = {_plain(row.text) for row in rows if row and row.published}
    silent = any(row is not None and not row.published for row in rows)
    several = len(sheets) > 1 and row_id not in _NEVER_THE_SAME
    differs = several and (len(said) > 1 or (bool(said) and silent))
    if not several:
        note = ""
    elif not said:
        note = say("compare.nobody_says")
    elif len(said) > 1:
        note = say("compare.differs")
    else:
        note = say("compare.some_silent") if silent else say("compare.same")
    return TableRow(row_id, say(f"sheet_row.{row_id}"), cells, differs, note)


def table_csv(table: Table) -> bytes:
    """The comparison as a spreadsheet file."""
    header = (say("compare.criterion"), *table.columns, say("compare.difference"))
    return csv_bytes(header, ((row.heading, *row.cells, row.note) for row in table.rows))
