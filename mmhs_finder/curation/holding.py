"""What we hold of a service, as answers to our questions: how a form is filled before it is sent.

An answer is written as the directory writes it: a choice by its value ("yes"), several with ";"
between ("gp;midwife"), a day as 2026-11-22, hours in OpenStreetMap syntax, councils by their names
(`councils`). Blank says nothing; `NONE` says that there is none. A number that we are not sure of,
a page that is not the service's own and a value that is no answer ("unknown") are not held as
answers.
Not for: the words of what is held (`views.forms`), or what a new answer changes (`answering`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mmhs_finder.curation.contacts import Contacts
from mmhs_finder.curation.councils import Councils
from mmhs_finder.curation.questions import QUESTIONS, AnswerKind, FormQuestion, questions_for
from mmhs_finder.curation.week import days_of, more_than_hours, rules_of
from mmhs_finder.directory.files import CsvFile
from mmhs_finder.directory.models import ServiceKind, WebsiteKind
from mmhs_finder.directory.vocabularies import PartnerSupport

NONE: Final = "none"
"""The answer that there is none."""

SERVICES: Final = "services.csv"
CRITERIA: Final = "mmhs_criteria.csv"
BY_ID: Final = {question.id: question for question in QUESTIONS}


def held(tables: Mapping[str, CsvFile], service_id: str) -> dict[str, str]:
    """What we hold of a service as answers, by the questions' ids, in the order of the form.

    tables: the directory's files by name (`directory.reading.read(folder).tables`). Raises KeyError
    for a service that is not in it.
    """
    service, criteria = rows_of(tables, service_id)
    contacts = Contacts.of(service)
    special = {
        "phone": contacts.sure_phone,
        "referrer_phone": contacts.sure_referrers_phone,
        "email": contacts.parents_email,
        "referrer_email": contacts.referrers_email,
        "website": _own_page(service),
        "hours_osm": tidy(BY_ID["hours_osm"], service.get("hours_osm", "")),
        "hours_text": more_than_hours(service.get("hours_text", ""), service.get("hours_osm", "")),
    }
    found: dict[str, str] = {}
    for question in questions_for(ServiceKind(service["kind"])):
        if question.kind is AnswerKind.COUNCILS:
            councils = Councils(tables)
            found[question.id] = councils.written(councils.of(service_id))
        elif question.id in special:
            found[question.id] = special[question.id]
        else:
            cells = service if question.file == SERVICES else criteria
            found[question.id] = _said(question, cells.get(question.column, ""))
    return found


def rows_of(
    tables: Mapping[str, CsvFile], service_id: str
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The cells of a service and of its criteria; none where it has no criteria."""
    services = (r.cells for r in tables[SERVICES].rows)
    service = next((c for c in services if c.get("id") == service_id), None)
    if service is None:
        raise KeyError(service_id)
    criteria = (r.cells for r in tables[CRITERIA].rows)
    return service, next((c for c in criteria if c.get("service_id") == service_id), {})


def _own_page(service: Mapping[str, str]) -> str:
    own = service.get("website_kind") == WebsiteKind.SERVICE_PAGE
    return service.get("website", "") if own else ""


def _said(question: FormQuestion, value: str) -> str:
    """A cell as an answer: without what is no answer."""
    if question.kind is AnswerKind.CHOICE:
        return value if value in question.choices else ""
    if question.kind is AnswerKind.CHOICES:
        if value == PartnerSupport.NO:
            return NONE
        return ";".join(each for each in items_of(value) if each in question.choices)
    return value


def items_of(value: str) -> list[str]:
    return list(dict.fromkeys(item.strip() for item in value.split(";") if item.strip()))


def tidy(question: FormQuestion, answer: str) -> str:
    """An answer without differences that mean nothing: spaces, the order of a list."""
    text = " ".join(answer.split())
    if question.kind is AnswerKind.HOURS and (days := days_of(text)):
        return rules_of(days) or text
    if question.kind is AnswerKind.CHOICES and text != NONE:
        return ";".join(items_of(text))
    return text


def is_same(question: FormQuestion, one: str, other: str) -> bool:
    """Whether two answers to a question say the same."""
    if question.kind in (AnswerKind.CHOICES, AnswerKind.COUNCILS):
        return {*items_of(one)} == {*items_of(other)}
    return tidy(question, one) == tidy(question, other)
