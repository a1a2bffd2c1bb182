"""The form that a service fills in, as it stands there: what we ask, what we have, what to fill in.

For the people who run a service: it holds numbers for people who refer, and is sent to nobody else.
Not for: drawing it (`render.files.forms`, `render.documents`), or reading it back
(`curation.taking_in`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from mmhs_finder.curation.contacts import Contacts
from mmhs_finder.curation.councils import UNSURE, Councils
from mmhs_finder.curation.form_lines import (
    CONFIRM,
    MORE,
    NO,
    YES,
    FormLine,
    form_code,
    form_text,
    lines_for,
)
from mmhs_finder.curation.holding import NONE, held, items_of, rows_of
from mmhs_finder.curation.questions import (
    AnswerKind,
    FormPart,
    FormQuestion,
    choice_words,
    questions_for,
)
from mmhs_finder.curation.week import day_words, days_of, spell_words, week_words
from mmhs_finder.directory.files import CsvFile
from mmhs_finder.directory.models import ServiceKind, WebsiteKind
from mmhs_finder.views.correcting import contact
from mmhs_finder.words import date_words, join_words, plain_date, say, texts

_SAID_OTHERWISE: Final = texts(
    "ask_held.{}", ("psychological_trauma", "not_listed", "some_for_partners")
)
_CONFIRM: Final = texts("ask_confirm.{}", CONFIRM)
_CONFIRM_HINT: Final = texts("ask_confirm_hint.{}", CONFIRM)
_HAVE: Final = texts("ask_have.{}", ("unsure", "news", "listing", "blank"))
_HOURS_OFFERED: Final = ("9am to 5pm", "8am to 6pm", "8am to 8pm", "9am to 1pm")


@dataclass(frozen=True)
class FormRow:
    """A row of a form. key: as of `FormLine`; "" for a question that is answered in the rows below.

    have: what we hold, in words. answer: what the cell is filled with. choices: to choose from;
    others may be typed where `free`. small: a part of the question above it.
    """

    key: str
    words: str
    hint: str
    have: str
    answer: str = ""
    choices: tuple[str, ...] = ()
    free: bool = True
    small: bool = False


@dataclass(frozen=True)
class FormGroup:
    """Rows under a heading."""

    heading: str
    rows: tuple[FormRow, ...]


@dataclass(frozen=True)
class ServiceForm:
    """The form of one service. code: binds it to the service and to what stands in it."""

    service_id: str
    name: str
    code: str
    read: str
    groups: tuple[FormGroup, ...]
    confirm: FormGroup

    @property
    def rows(self) -> tuple[FormRow, ...]:
        return tuple(row for group in (*self.groups, self.confirm) for row in group.rows)


@dataclass(frozen=True)
class ProviderForm:
    """What one organisation is sent. start: heading and text of each part of the first sheet."""

    provider: str
    title: str
    start: tuple[tuple[str, str], ...]
    columns: tuple[str, str, str]
    services: tuple[ServiceForm, ...]
    letter: str


def provider_forms(
    tables: Mapping[str, CsvFile], service_ids: Sequence[str], today: date, links: Mapping[str, str]
) -> tuple[ProviderForm, ...]:
    """A form for each organisation that runs one of these services, in the order of the services.

    tables: as of `curation.holding.held`. links: to the page of a service on our site, by its id;
    {} where the site has no address. Raises KeyError for a service that is not in the directory.
    """
    by_provider: dict[str, list[str]] = {}
    for service_id in service_ids:
        cells, _ = rows_of(tables, service_id)
        name = cells.get("provider") or cells.get("name") or service_id
        by_provider.setdefault(name, []).append(service_id)
    return tuple(
        _provider_form(tables, provider, ids, today, links) for provider, ids in by_provider.items()
    )


def _provider_form(
    tables: Mapping[str, CsvFile],
    provider: str,
    ids: Sequence[str],
    today: date,
    links: Mapping[str, str],
) -> ProviderForm:
    services = tuple(service_form(tables, each) for each in ids)
    names = join_words([service.name for service in services])
    back = contact()
    how_back = say("ask_start.back", address=back) if back else say("ask_start.back_reply")
    return ProviderForm(
        provider=provider,
        title=say("ask_start.title", names=names),
        start=(
            (say("ask_start.who_heading"), say("ask_start.who")),
            (say("ask_start.do_heading"), say("ask_start.do")),
            (say("ask_start.with_heading"), say("ask_start.with")),
            (say("ask_start.never_heading"), say("ask_start.never")),
            (say("ask_start.back_heading"), how_back),
        ),
        columns=(
            say("ask_column.question"),
            say("ask_column.have"),
            say("ask_column.answer"),
        ),
        services=services,
        letter=_letter(names, [links[i] for i in ids if i in links], how_back, today),
    )


def _letter(names: str, links: Sequence[str], back: str, today: date) -> str:
    """A covering letter as plain text, its first line the subject."""
    see = say("ask_letter.see", links="\n".join(links)) if links else ""
    parts = (
        say("ask_letter.subject", names=names),
        say("ask_letter.hello"),
        say("ask_letter.why", names=names),
        see,
        say("ask_letter.ask"),
        say("ask_letter.proof"),
        back,
        say("ask_letter.thanks"),
        date_words(today),
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def service_form(tables: Mapping[str, CsvFile], service_id: str) -> ServiceForm:
    """The form of one service. Raises KeyError for one that is not in the directory."""
    service, criteria = rows_of(tables, service_id)
    lines = lines_for(tables, service_id)
    have = have_words(tables, service_id)
    cells = {**criteria, **service}
    groups: list[FormGroup] = []
    for part in FormPart:
        rows = [
            row
            for question in questions_for(ServiceKind(service["kind"]))
            if question.part is part
            for row in _rows(
                question,
                [line for line in lines if line.question is question],
                have[question.id],
                Councils(tables),
            )
        ]
        groups.append(FormGroup(part.words, tuple(rows)))
    filled = {row.key: form_text(row.answer) for group in groups for row in group.rows if row.key}
    confirm = FormGroup(
        say("ask_confirm.heading"),
        tuple(
            FormRow(
                key,
                _CONFIRM(key),
                _CONFIRM_HINT(key),
                "",
                choices=(choice_words(YES),) if key == "confirm" else (),
                free=key != "confirm",
            )
            for key in CONFIRM
        ),
    )
    return ServiceForm(
        service_id=service_id,
        name=service.get("name", "") or service_id,
        code=form_code(service_id, filled),
        read=_read_words(cells),
        groups=tuple(groups),
        confirm=confirm,
    )


def _read_words(cells: Mapping[str, str]) -> str:
    if told := cells.get("told_on", ""):
        return say("ask_have.told_on", day=plain_date(told))
    return say("ask_have.read_on", day=plain_date(cells.get("checked_on", "")))


# --- rows ---------------------------------------------------------------------------------------


def answer_words(question: FormQuestion, item: str, value: str) -> str:
    """A line's value as its cell is filled: "Yes", "9am to 5pm", "01227 768928"."""
    if question.choices or (question.kind is AnswerKind.COUNCILS and item != MORE):
        return choice_words(value) if value else ""
    if question.kind is AnswerKind.HOURS:
        return spell_words(value)
    if question.kind is AnswerKind.DAY:
        return plain_date(value)
    return value


def _rows(
    question: FormQuestion, lines: Sequence[FormLine], have: str, councils: Councils
) -> list[FormRow]:
    if len(lines) == 1 and not lines[0].item:
        words = answer_words(question, "", lines[0].answer)
        choices = tuple(map(choice_words, question.choices))
        return [
            FormRow(
                key=question.id,
                words=question.words,
                hint=question.hint,
                have=have,
                answer=words,
                choices=choices,
                free=not choices,
                small=question.kind is AnswerKind.CONDITION,
            )
        ]
    rows = [FormRow("", question.words, question.hint, have)]
    for line in lines:
        yes_no: tuple[str, ...] = (choice_words(YES), choice_words(NO))
        label, known = _item_words(line, councils)
        free = question.kind is AnswerKind.HOURS or line.item == MORE
        if question.kind is AnswerKind.HOURS:
            yes_no = (*_HOURS_OFFERED, say("ask_hours.closed"))
        elif line.item == MORE:
            yes_no = ()
        answer = answer_words(question, line.item, line.answer)
        rows.append(FormRow(line.key, label, "", known, answer, yes_no, free, small=True))
    return rows


def _item_words(line: FormLine, councils: Councils) -> tuple[str, str]:
    """What a line of a list is called, and what we have of it where that is not in its cell."""
    if line.question.kind is AnswerKind.HOURS:
        return day_words(line.item), ""
    if line.question.kind is AnswerKind.COUNCILS:
        if line.item == MORE:
            return say("ask_have.more_councils"), ""
        name = councils.names.get(line.item, line.item)
        return name, "" if line.answer else say("ask_have.worked_out")
    return choice_words(line.item), ""


# --- what we have ---------------------------------------------------------------------------------


def have_words(tables: Mapping[str, CsvFile], service_id: str) -> dict[str, str]:
    """What we hold for each question, in words: also what is not held as an answer."""
    service, criteria = rows_of(tables, service_id)
    known = held(tables, service_id)
    found: dict[str, str] = {}
    for question in questions_for(ServiceKind(service["kind"])):
        words = held_words(question, known[question.id])
        other = _otherwise(question, {**criteria, **service})
        blank = "" if question.kind is AnswerKind.CONDITION else _HAVE("blank")
        found[question.id] = words or other or blank
    return found


def held_words(question: FormQuestion, answer: str) -> str:
    """An answer in words, "" for a blank: "A GP; A midwife", "Monday to Friday, 9am to 5pm."."""
    if answer == NONE:
        return say("ask_have.none")
    if question.choices:
        return "; ".join(choice_words(each) for each in items_of(answer))
    if question.kind is AnswerKind.HOURS and (days := days_of(answer)):
        return week_words(days)
    if question.kind is AnswerKind.DAY and answer:
        return plain_date(answer)
    if question.kind is AnswerKind.COUNCILS and UNSURE in answer:
        return f"{answer} ({say('ask_have.question_mark')})"
    return answer


def _otherwise(question: FormQuestion, cells: Mapping[str, str]) -> str:
    """What we know of a question without an answer to it: a number that we are not sure of."""
    contacts = Contacts.of(cells)
    unsure = {"phone": contacts.parents_phone, "referrer_phone": contacts.referrers_phone}
    if number := unsure.get(question.id, ""):
        return _HAVE("unsure", what=number)
    if question.id == "website" and cells.get("website"):
        is_news = cells.get("website_kind") == WebsiteKind.NEWS
        return _HAVE("news" if is_news else "listing", what=cells["website"])
    if question.id == "hours_osm" and cells.get("hours_text"):
        return cells["hours_text"]
    value = cells.get(question.column, "")
    if question.id == "partner_support" and value == YES:
        return _SAID_OTHERWISE("some_for_partners")
    return _SAID_OTHERWISE(value) if value in ("psychological_trauma", "not_listed") else ""
