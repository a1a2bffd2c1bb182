"""The sheet for a telephone call with a service: what to ask, what we have, boxes to tick.

For the curator alone: it holds numbers that we are not sure of.
Not for: drawing it (`render.documents`), or the form that is sent (`forms`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from mmhs_finder.curation.contacts import Contacts
from mmhs_finder.curation.holding import rows_of
from mmhs_finder.curation.questions import FormPart, choice_words, questions_for
from mmhs_finder.directory.files import CsvFile
from mmhs_finder.directory.models import PhoneStatus, ServiceKind, WebsiteKind
from mmhs_finder.hours import LONDON
from mmhs_finder.views.forms import have_words
from mmhs_finder.views.papers import AboutPaper, about_paper
from mmhs_finder.words import say, texts

_NUMBER: Final = texts("ask_call_number.{}", ("parents", "referrers"))


@dataclass(frozen=True)
class CallRow:
    """A question. have: what we hold. boxes: to tick; none where there is a line to write on."""

    words: str
    have: str
    boxes: tuple[str, ...]


@dataclass(frozen=True)
class CallGroup:
    """Questions under a heading."""

    heading: str
    rows: tuple[CallRow, ...]


@dataclass(frozen=True)
class CallSheet:
    """The sheet of one service. ring: the numbers that we know; back: how to prove the answer."""

    name: str
    provider: str
    ring: tuple[str, ...]
    back: str
    columns: tuple[str, str, str]
    groups: tuple[CallGroup, ...]
    end: tuple[str, ...]


@dataclass(frozen=True)
class CallPaper:
    """The sheets of one organisation, each on a page of its own."""

    about: AboutPaper
    made_at: datetime
    label: str
    sheets: tuple[CallSheet, ...]


def call_paper(
    tables: Mapping[str, CsvFile], provider: str, service_ids: Sequence[str], today: date
) -> CallPaper:
    """tables and KeyError: as of `forms.service_form`."""
    at = datetime.combine(today, time(12), LONDON)
    return CallPaper(
        about=about_paper(say("ask_call.title", name=provider), provider, at),
        made_at=at,
        label=say("ask_call.label"),
        sheets=tuple(_sheet(tables, each) for each in service_ids),
    )


def _sheet(tables: Mapping[str, CsvFile], service_id: str) -> CallSheet:
    service, _ = rows_of(tables, service_id)
    have = have_words(tables, service_id)
    questions = questions_for(ServiceKind(service["kind"]))
    groups = tuple(
        CallGroup(
            part.words,
            tuple(
                CallRow(q.words, have[q.id], tuple(map(choice_words, q.choices)))
                for q in questions
                if q.part is part
            ),
        )
        for part in FormPart
        if any(q.part is part for q in questions)
    )
    own = service.get("website_kind") == WebsiteKind.SERVICE_PAGE
    page = service.get("website", "") if own else ""
    return CallSheet(
        name=service.get("name", "") or service_id,
        provider=service.get("provider", ""),
        ring=tuple(_numbers(service)) or (say("ask_call.no_number"),),
        back=say("ask_call.back_page", page=page) if page else say("ask_call.back"),
        columns=(say("ask_column.question"), say("ask_column.have"), say("ask_call.they_say")),
        groups=groups,
        end=tuple(say("ask_call.end").split("|")),
    )


def _numbers(service: Mapping[str, str]) -> list[str]:
    contacts = Contacts.of(service)
    known = (
        ("parents", contacts.parents_phone, contacts.parents_status),
        ("referrers", contacts.referrers_phone, contacts.referrers_status),
    )
    return [
        _NUMBER(who, number=number)
        if status == PhoneStatus.CONFIRMED
        else say("ask_have.unsure", what=_NUMBER(who, number=number))
        for who, number, status in known
        if number
    ]
