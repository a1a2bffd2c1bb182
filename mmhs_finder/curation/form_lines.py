"""The lines of a form: a cell to fill in for each, and what an answer is made of.

A question has one line, or one for each thing to choose, each day and each council. A line is known
by its key ("phone", "referrers:gp", "hours_osm:Mo", "area_code:E07000106"), which stands beside it
in the form, so that it is found again wherever it has moved to.
Not for: the words (`views.forms`), reading cells (`taking_in`), or what an answer changes
(`answering`).
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mmhs_finder.curation.councils import UNSURE, Councils
from mmhs_finder.curation.holding import NONE, held, items_of, rows_of
from mmhs_finder.curation.questions import AnswerKind, FormPart, FormQuestion, questions_for
from mmhs_finder.curation.week import CLOSED, DAYS, HOLIDAYS, WEEKDAYS, days_of, rules_of
from mmhs_finder.directory.files import CsvFile
from mmhs_finder.directory.models import Certainty, ServiceKind
from mmhs_finder.tables.cells import safe_cell

FORM_VERSION: Final = 1
"""Of the keys and what is made of them: a form of another version is not read."""

MORE: Final = "more"
"""The item of the line for councils that are not named yet."""

CONFIRM: Final = ("confirm", "role", "day", "notes")
"""The keys of the lines in which somebody says that all is right: yes, in which role, on which day;
and what else there is to say."""

YES: Final = "yes"
NO: Final = "no"


@dataclass(frozen=True)
class FormLine:
    """A cell to fill in. item: of a list, a value, a day or an area's code; "" for one line.

    answer: what it is filled with when it is sent, as a value: "yes", "09:00-17:00"; "" for
    nothing.
    """

    question: FormQuestion
    item: str = ""
    answer: str = ""

    @property
    def key(self) -> str:
        return f"{self.question.id}:{self.item}" if self.item else self.question.id


def lines_for(tables: Mapping[str, CsvFile], service_id: str) -> tuple[FormLine, ...]:
    """The lines of a service's form, filled with what we hold.

    What changes from week to week (`FormPart.NOW`) is never filled in: it is asked anew. tables and
    KeyError: as of `holding.held`.
    """
    service, _ = rows_of(tables, service_id)
    known = held(tables, service_id)
    found: list[FormLine] = []
    for question in questions_for(ServiceKind(service["kind"])):
        answer = "" if question.part is FormPart.NOW else known[question.id]
        if question.kind is AnswerKind.CHOICES:
            chosen, no = items_of(answer), NO if answer == NONE else ""
            found += [
                FormLine(question, each, YES if each in chosen else no) for each in question.choices
            ]
        elif question.kind is AnswerKind.HOURS:
            days = days_of(answer) or {}
            found += [FormLine(question, day, days.get(day, "")) for day in DAYS]
        elif question.kind is AnswerKind.COUNCILS:
            areas = Councils(tables).of(service_id)
            found += [
                FormLine(question, code, YES if certainty == Certainty.STATED else "")
                for code, certainty in areas.items()
            ]
            found.append(FormLine(question, MORE))
        else:
            found.append(FormLine(question, "", answer))
    return tuple(found)


def answer_of(
    question: FormQuestion, cells: Mapping[str, str], councils: Councils
) -> tuple[str, str]:
    """The answer to a question, made of its lines, and a message where they make none.

    cells: values by the items of the lines, "" for blank ones.
    """
    if question.kind is AnswerKind.CHOICES:
        chosen = [item for item, value in cells.items() if value == YES]
        said_no = any(value == NO for value in cells.values())
        return ";".join(chosen) or (NONE if said_no else ""), ""
    if question.kind is AnswerKind.HOURS:
        return _hours(cells)
    if question.kind is AnswerKind.COUNCILS:
        return _councils(cells, councils), ""
    return cells.get("", ""), ""


def _hours(cells: Mapping[str, str]) -> tuple[str, str]:
    weekdays = [cells.get(day, "") for day in WEEKDAYS]
    if not any(weekdays):
        return "", "holidays_only" if cells.get(HOLIDAYS) else ""
    if all(spells in ("", CLOSED) for spells in weekdays):
        return NONE, ""
    return rules_of(cells), ""


def _councils(cells: Mapping[str, str], councils: Councils) -> str:
    named = [
        councils.names.get(item, item) + ("" if value == YES else UNSURE)
        for item, value in cells.items()
        if item != MORE and value != NO
    ]
    if cells.get(MORE) and cells[MORE] != NONE:
        named.append(cells[MORE])
    return "; ".join(named)


def form_code(service_id: str, filled: Mapping[str, str]) -> str:
    """What binds a form to a service and to what stood in it when it was sent: "1-3f2a9c01d4".

    filled: by the keys of its lines, as the cells were filled.
    """
    said = json.dumps([FORM_VERSION, service_id, sorted(filled.items())], ensure_ascii=False)
    return f"{FORM_VERSION}-{hashlib.sha256(said.encode('utf-8', 'replace')).hexdigest()[:10]}"


def form_text(text: str) -> str:
    """A text as it stands in a cell of a form: no program takes it for a formula, and it has no
    signs that cannot be seen. Line ends stay."""
    seen = "".join(c if c == "\n" or unicodedata.category(c) not in _UNSEEN else " " for c in text)
    return safe_cell(seen[:_LONGEST])


_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_LONGEST: Final = 8_000
"""Letters. A cell of Excel's holds 32,767."""
