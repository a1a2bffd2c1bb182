"""The referral sheet of a service: everything a source says, for somebody who refers.

Everything a source says, in the words of somebody who refers; what none says is "not published".
Numbers that are not confirmed are given, and marked. Pure: records in, texts out.
Not for: a person's fit (`eligibility`), or drawing (`render.html.sheet`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import (
    Area,
    Certainty,
    Criteria,
    FurtherNeed,
    Pathway,
    Service,
    ServiceKind,
    Status,
    YesNo,
)
from mmhs_finder.directory.named import DELIVERY, KIND, NEED_TERM, area_words
from mmhs_finder.directory.said import by_national_rule, only_if, takes_nobody_now
from mmhs_finder.directory.vocabularies import PartnerSupport
from mmhs_finder.eligibility import Published, published
from mmhs_finder.views import sheet_words as words
from mmhs_finder.views.availability import new_referrals_line, wait_lines
from mmhs_finder.views.case_study import case_study_lines
from mmhs_finder.views.contact import full_heading
from mmhs_finder.views.names import distinction, label
from mmhs_finder.views.sheet_lines import SheetLine, help_meanwhile, page_lines, way_lines
from mmhs_finder.views.sources import read_words, source_links, standing_lines
from mmhs_finder.views.status import closed_text
from mmhs_finder.views.wording import listed, period_words, sentence
from mmhs_finder.words import join_words, plain_date, say, texts

_WAIT = re.compile(
    r"wait(ing)? (about|up to|times?|lists?|is)|(day|week|month)s?['’]? wait\b", re.IGNORECASE
)
"""Published texts about a waiting list; not "a wait of a month after the birth is advised"."""

# --- the referral sheet ---------------------------------------------------------------------------


class SheetGroup(StrEnum):
    """The parts of a sheet, in order."""

    REFERRAL = "referral"
    CRITERIA = "criteria"
    OFFER = "offer"
    CONTACT = "contact"
    SILENT = "silent"
    WAITING = "waiting"
    NAMED = "named"
    SOURCE = "source"


_GROUP: Final = texts("sheet.group_{}", SheetGroup)


@dataclass(frozen=True)
class SheetRow:
    """One heading of a sheet. No lines: no source read says."""

    id: str
    group: SheetGroup
    lines: tuple[SheetLine, ...] = ()
    blank: str = ""  # what is said where there is no line

    @property
    def heading(self) -> str:
        return words.row_heading(self.id)

    @property
    def published(self) -> bool:
        return bool(self.lines)

    @property
    def text(self) -> str:
        return " ".join(line.written for line in self.lines) or self.blank


@dataclass(frozen=True)
class Sheet:
    """Everything that is known for referring to one service. Rows are in the order to read them.

    ways: the number, the address and the form that somebody who refers may use, each marked for
    whom it is; where there is none of them, the page that is known.
    """

    service: Service
    rows: tuple[SheetRow, ...]
    ways: tuple[SheetLine, ...] = ()

    @property
    def label(self) -> str:
        return label(self.service)

    @property
    def subtitle(self) -> str:
        """What kind of service it is, who runs it, and where."""
        return f"{KIND(self.service.kind)} · {distinction(self.service)}"

    def row(self, row_id: str) -> SheetRow | None:
        return next((r for r in self.rows if r.id == row_id), None)

    def groups(self) -> Iterable[tuple[str, tuple[SheetRow, ...]]]:
        """Each part in which something is published, with its heading. What is not is gathered
        in a part of its own."""
        for group in SheetGroup:
            rows = tuple(r for r in self.rows if r.group is group and r.published)
            if rows:
                yield _GROUP(group), rows


def referral_sheet(
    directory: Directory, service: Service, places: Sequence[Area] = (), *, today: date
) -> Sheet:
    """The sheet of a service.

    places: the areas of the person's home, to name what is near her; by default everything in the
    service's own area. today: for how old it is what was told of waits and new referrals.
    """
    facts = published(service, directory.criteria.get(service.id))
    ways = (*way_lines(service),) or page_lines(service)
    rows = [*_referral(directory, service, ways, today)]
    if service.kind is ServiceKind.MMHS:
        rows += _criteria(facts)
    else:
        rows.append(_row("who_for", SheetGroup.CRITERIA, sentence(service.who_for)))
        rows.append(_row("min_age", SheetGroup.CRITERIA, _age(service)))
        rows.append(_row("period", SheetGroup.CRITERIA, sentence(service.period_note)))
    rows += _offer(service)
    rows += _contacts(service)
    blank = words.BLANK(service.read)
    if silent := [row.heading for row in rows if not row.published]:
        rows.append(_row("silent", SheetGroup.SILENT, f"{'; '.join(silent)}.", sentence(blank)))
    codes = [a.code for a in places] or [a.code for a, _ in directory.areas_of(service.id)]
    meanwhile = help_meanwhile(directory, codes, but=service.id)
    rows.append(SheetRow("while_waiting", SheetGroup.WAITING, meanwhile))
    if named := case_study_lines(directory, service):
        rows.append(_row("case_study", SheetGroup.NAMED, *named))
    rows += _source(service, today)
    return Sheet(service, tuple(replace(row, blank=blank) for row in rows), ways)


def _row(row_id: str, group: SheetGroup, *texts: str) -> SheetRow:
    return SheetRow(row_id, group, tuple(SheetLine(t) for t in texts if t))


def _yes_no(value: StrEnum | None) -> str:
    """The words of a published answer, "" for one that is not known."""
    return words.ANSWER(value) if value is not None and value != YesNo.UNKNOWN else ""


def _referral(
    directory: Directory, service: Service, ways: Sequence[SheetLine], today: date
) -> Iterable[SheetRow]:
    yield SheetRow("how", SheetGroup.REFERRAL, (*ways, *_note(service)))
    who = [words.REFERRER(r) for r in service.referrers if r != "self"]
    yield _row("who_may_refer", SheetGroup.REFERRAL, sentence(join_words(who)))
    yield _row("self_referral", SheetGroup.REFERRAL, *_self_referral(service, today))
    yield _row("new_referrals", SheetGroup.REFERRAL, new_referrals_line(service, today))
    closed = service.status is Status.CLOSED
    status = closed_text(service) if closed else words.STATUS(service.status)
    yield _row("status", SheetGroup.REFERRAL, status)
    yield _row("consent", SheetGroup.REFERRAL, _yes_no(service.consent_required))
    yield _row("area", SheetGroup.REFERRAL, *_areas(directory, service))
    basis = [words.BASIS(b) for b in service.area_basis]
    yield _row("area_basis", SheetGroup.REFERRAL, sentence(join_words(basis, "or")))
    waits = (*wait_lines(service, today), *_waits(service))
    yield _row("wait", SheetGroup.REFERRAL, *waits)
    yield _row("hours", SheetGroup.REFERRAL, sentence(service.hours_text))
    for told in ("disagreement", "consultation", "after_referral"):
        if text := getattr(service, told):
            yield _row(told, SheetGroup.REFERRAL, sentence(text))


def _self_referral(service: Service, today: date) -> Iterable[str]:
    if by_national_rule(service):
        yield say("sheet.national_rule")
    yield _yes_no(service.self_referral)
    if service.self_referral_except:
        needs = join_words([NEED_TERM(p) for p in service.self_referral_except])
        yield say("sheet.self_referral_except", needs=needs)
    if takes_nobody_now(service):
        yield full_heading(service, today) + "."


def _note(service: Service) -> Iterable[SheetLine]:
    if service.referral_note:
        yield SheetLine(sentence(service.referral_note))


def _areas(directory: Directory, service: Service) -> Iterable[str]:
    found = directory.areas_of(service.id)
    for certainty in Certainty:
        names = [area_words(area.name) for area, sure in found if sure is certainty]
        if names:
            yield words.AREA(certainty, areas=join_words(names))


def _waits(service: Service) -> Iterable[str]:
    """What a public text of the service says of its waiting list, in its own words."""
    for text in (service.who_for, service.referral_note, service.period_note, service.hours_text):
        for clause in re.split(r"(?<=[.;])\s+", text):
            if _WAIT.search(clause):
                yield say("sheet.wait_read", text=clause.strip(" ;."))


def _criteria(facts: Published) -> Iterable[SheetRow]:
    service, criteria = facts.service, facts.criteria

    def row(row_id: str, *texts: str) -> SheetRow:
        return _row(row_id, SheetGroup.CRITERIA, *texts)

    for need in (*Pathway, *FurtherNeed):
        condition = only_if(criteria, need)
        on = say("sheet.only_if", condition=condition) if condition else ""
        yield row(need.value, on or _yes_no(criteria.offers(need)))
    kinds = join_words([words.LOSS(k) for k in criteria.loss_kinds])
    yield row("loss_kinds", sentence(kinds), *_limits_of_loss(criteria))
    yield row("other_presentations", listed(criteria.other_presentations))
    yield row("who_for", sentence(service.who_for))
    yield row("severity", sentence(criteria.severity))
    only = ""
    if criteria.limits_only_for:
        needs = join_words([NEED_TERM(p) for p in criteria.limits_only_for])
        only = say("sheet.limits_only_for", needs=needs)
    weeks, months = criteria.min_weeks_since_event, criteria.max_months_since_event
    yield row("min_weeks", *([say("sheet.min_weeks", count=weeks), only] if weeks else []))
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
    if criteria.complex_needs_offer:
        yield row("complex_needs", words.COMPLEX(criteria.complex_needs_offer))
    yield row("exclusions", sentence(criteria.exclusions))


def _limits_of_loss(criteria: Criteria) -> Iterable[str]:
    if criteria.termination_reasons:
        yield words.TERMINATION(criteria.termination_reasons)
    if criteria.max_child_age_months:
        yield say("sheet.child_age", period=period_words(criteria.max_child_age_months))


def _gestation(service: Service, criteria: Criteria) -> Iterable[str]:
    """The limit, and a text about it that does not stand under "Notes on timing" already."""
    if criteria.max_gestation_weeks is not None:
        yield say("sheet.gestation", count=criteria.max_gestation_weeks)
    if criteria.gestation_note and criteria.gestation_note != service.period_note:
        yield sentence(criteria.gestation_note)


def _age(service: Service) -> str:
    return say("sheet.min_age", count=service.min_age) if service.min_age is not None else ""


def _offer(service: Service) -> Iterable[SheetRow]:
    partners = [_yes_no(p) for p in PartnerSupport if p in service.partner_support]
    yield _row("partners", SheetGroup.OFFER, sentence(join_words([p for p in partners if p])))
    yield _row("therapies", SheetGroup.OFFER, sentence("; ".join(service.therapies)))
    if service.lived_experience:
        yield _row("lived_experience", SheetGroup.OFFER, sentence(service.lived_experience))
    ways = [DELIVERY(d) for d in service.delivery]
    yield _row("delivery", SheetGroup.OFFER, sentence(join_words(ways)))
    if service.kind is ServiceKind.TALKING_THERAPIES:
        priority = _yes_no(service.perinatal_priority)
        yield _row("perinatal_priority", SheetGroup.OFFER, priority)


def _contacts(service: Service) -> Iterable[SheetRow]:
    yield SheetRow("website", SheetGroup.CONTACT, page_lines(service))
    yield _row("address", SheetGroup.CONTACT, _address(service))


def _address(service: Service) -> str:
    """Where care is given; a head office is never given as an address."""
    if not service.is_real_base:
        return ""
    place = service.address or service.location_name
    return sentence(place if service.postcode in place else f"{place}, {service.postcode}")


def _source(service: Service, today: date) -> Iterable[SheetRow]:
    yield _row("backing", SheetGroup.SOURCE, *standing_lines(service, today))
    links = [SheetLine(name, url) for name, url in source_links(service.source_urls, service)]
    yield SheetRow("source", SheetGroup.SOURCE, tuple(links))
    newest = plain_date(service.source_date) if service.source_date else ""
    yield _row("source_date", SheetGroup.SOURCE, sentence(newest))
    read = read_words(service.read, service.checked_on, service.source_date)
    yield _row("checked_on", SheetGroup.SOURCE, read, words.READ(service.read))
    yield _row("confidence", SheetGroup.SOURCE, words.CONFIDENCE(service.confidence))
