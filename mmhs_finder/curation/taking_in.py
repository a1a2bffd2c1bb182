"""A form that came back: the answers of each service in it, checked, and what they change.

A form is for the service and the directory that it was made for: its code says so. Where we have
changed something since, what it says of that is asked about. A service counts as having answered
only where somebody says that all of its sheet is right, and in which role.
Not for: opening the file (`form_file`), single cells (`form_cells`), or writing (`applying`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from mmhs_finder.curation.answering import (
    Answerer,
    Evidence,
    NotAnAnswer,
    changes_for,
    held,
    unproven,
)
from mmhs_finder.curation.changeset import ChangeSet, Proposed
from mmhs_finder.curation.councils import Councils
from mmhs_finder.curation.form_cells import clean, read_day, read_value, role_problem
from mmhs_finder.curation.form_file import FormNotTaken, FormSheet, cell_name, read_form_file
from mmhs_finder.curation.form_lines import (
    CONFIRM,
    FORM_VERSION,
    answer_of,
    form_code,
    lines_for,
)
from mmhs_finder.curation.holding import is_same, rows_of
from mmhs_finder.curation.questions import FormQuestion, choice_words, questions_for
from mmhs_finder.directory.files import CsvFile
from mmhs_finder.directory.models import ServiceKind
from mmhs_finder.directory.vocabularies import ToldHow
from mmhs_finder.words import plain_date, say

ANSWER: Final = 2
"""The column of the answers, from 0."""

HIDDEN: Final = 3
"""The column of the rows' keys, which is not seen. What each cell was filled with is beside it; in
its first row stands the service's id, and in `CODE_ROW` the code."""

CODE_ROW: Final = 3


@dataclass(frozen=True)
class HowSent:
    """How it is known that the service sent a form, and what a curator says for it.

    how, proof: as of `evidence.Answerer`. role: instead of the one in the form, "" for that.
    """

    how: ToldHow = ToldHow.NOT_KNOWN
    proof: str = ""
    role: str = ""


@dataclass(frozen=True)
class TakenService:
    """What a form says of one service. answers: those that are no longer what we held, by question.

    remarks: what else it says, for the curator. mended: cells that were read as something else
    than what stands in them, or not taken, a line each.
    """

    service_id: str
    name: str
    before: Mapping[str, str]
    answers: Mapping[str, str]
    changes: tuple[Proposed, ...]
    remarks: str
    mended: tuple[str, ...]


@dataclass(frozen=True)
class TakenForm:
    """A form that can be taken in. blank: the names of services that nobody has answered for."""

    name: str
    services: tuple[TakenService, ...]
    blank: tuple[str, ...]

    @property
    def changes(self) -> ChangeSet:
        return ChangeSet(tuple(c for s in self.services for c in s.changes), self.name)


def take_in(
    path: Path, tables: Mapping[str, CsvFile], today: date, sent: HowSent | None = None
) -> TakenForm:
    """What a form changes in a directory. Nothing is written.

    tables: as of `holding.held`. today: no day may be later; where a form names none, it is this.

    Raises:
        FormNotTaken: it is no form of ours, or a cell cannot be used; a line for each problem, with
            the sheet, the cell and what to do.
    """
    sheets = read_form_file(path)
    name, sent = path.name, sent or HowSent()
    found = [_Sheet(name, sheet, tables, today, sent) for sheet in sheets if _service_of(sheet)]
    if not found:
        raise FormNotTaken(
            f"{name} is not a form of ours: no sheet has a code. If its sheets were copied into "
            "another workbook, ask for the workbook that we sent."
        )
    problems = [p for sheet in found for p in sheet.whole_problems()]
    problems += _twice(name, found)
    if problems:
        raise FormNotTaken(*problems)
    for sheet in found:
        sheet.read()
    answered = [sheet for sheet in found if sheet.is_answered]
    taken = [sheet.taken() for sheet in answered]
    if problems := [p for sheet in found for p in sheet.problems]:
        raise FormNotTaken(*problems)
    if not answered:
        raise FormNotTaken(f"{name}: nobody has filled in anything. Ask them to, or ring them.")
    blank = tuple(sheet.name for sheet in found if not sheet.is_answered)
    return TakenForm(name, tuple(each for each in taken if each), blank)


def _service_of(sheet: FormSheet) -> str:
    return sheet.cells.get((1, HIDDEN), "") if _code_of(sheet) else ""


def _code_of(sheet: FormSheet) -> str:
    return sheet.cells.get((CODE_ROW, HIDDEN), "")


def _twice(name: str, sheets: Sequence[_Sheet]) -> Iterator[str]:
    first: dict[str, _Sheet] = {}
    for sheet in sheets:
        other = first.setdefault(sheet.service_id, sheet)
        if other is not sheet:
            yield (
                f"{name}: the sheets “{other.sheet.name}” and “{sheet.sheet.name}” are both about "
                f"{sheet.service_id}. Keep the right one."
            )


@dataclass
class _Cell:
    """A line of the form as it came back. raw: its text; filled: what it was sent with."""

    row: int
    raw: str
    filled: str
    value: str = ""


@dataclass
class _Sheet:
    """The sheet of one service."""

    file: str
    sheet: FormSheet
    tables: Mapping[str, CsvFile]
    today: date
    sent: HowSent
    problems: list[str] = field(default_factory=list)
    mended: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.service_id, self.code = _service_of(self.sheet), _code_of(self.sheet)
        self.cells: dict[str, _Cell] = {}
        self.doubled = False
        for (row, column), key in sorted(self.sheet.cells.items()):
            if column != HIDDEN or row <= CODE_ROW:
                continue
            self.doubled |= key in self.cells
            raw = self.sheet.cells.get((row, ANSWER), "")
            self.cells[key] = _Cell(row, raw, self.sheet.cells.get((row, HIDDEN + 1), ""))
        self.answers: dict[str, str] = {}
        self.name = self.service_id

    # --- is it a form of ours?

    def whole_problems(self) -> Iterator[str]:
        where = f"{self.file}, sheet “{self.sheet.name}”"
        filled = {k: c.filled for k, c in self.cells.items() if k not in CONFIRM}
        if not self.code.startswith(f"{FORM_VERSION}-"):
            yield f"{where}: this form is of another version of the finder. Send a new one."
        elif self.doubled or form_code(self.service_id, filled) != self.code:
            yield f"{where}: {say('ask_cell.lost')}"
        else:
            try:
                service, _ = rows_of(self.tables, self.service_id)
            except KeyError:
                yield (
                    f"{where}: there is no service {self.service_id} in this directory any more. "
                    "Look at its history, and whether this is the right directory."
                )
                return
            self.name = service.get("name", self.service_id)
            self.questions = questions_for(ServiceKind(service["kind"]))

    # --- its cells

    def read(self) -> None:
        """Reads every cell; what cannot be read is a problem."""
        councils = Councils(self.tables)
        now = {line.key: line.answer for line in lines_for(self.tables, self.service_id)}
        for question in self.questions:
            lines = self._lines(question)
            unread = [item for item, cell in lines.items() if not self._read(question, item, cell)]
            if unread:
                continue
            values = {item: cell.value for item, cell in lines.items()}
            answer, wrong = answer_of(question, values, councils)
            if wrong:
                self._problem(question.id, "", say("ask_cell.holidays_only"))
            current = {
                key.partition(":")[2]: value
                for key, value in now.items()
                if key.partition(":")[0] == question.id
            }
            self._changed_since(question, answer, answer_of(question, current, councils)[0])
            self.answers[question.id] = answer

    def _lines(self, question: FormQuestion) -> dict[str, _Cell]:
        """The lines of a question by their items."""
        return {
            key.partition(":")[2]: cell
            for key, cell in self.cells.items()
            if key.partition(":")[0] == question.id
        }

    def _read(self, question: FormQuestion, item: str, cell: _Cell) -> bool:
        key = f"{question.id}:{item}" if item else question.id
        if cell.filled and not clean(cell.raw):
            self._problem(key, cell.filled, say("ask_cell.taken_out"))
            return False
        try:
            cell.value = read_value(question, item, cell.raw)
        except ValueError as error:
            self._problem(key, cell.raw, str(error))
            return False
        plain = " ".join(cell.raw.split())
        shown = cell.value and not question.choices and ":" not in key
        if shown and plain != cell.value and question.kind.value not in ("day", "text"):
            self.mended.append(f"{self._where(key)}: “{plain}” is read as {cell.value}.")
        return True

    def _changed_since(self, question: FormQuestion, answer: str, now: str) -> None:
        """What we have changed since the form was sent, and what stands there as it was sent, are
        not both right: that is asked about. An answer of its own is newer than either."""
        lines = self._lines(question)
        filled: dict[str, str] = {}
        for item, cell in lines.items():
            try:
                filled[item] = read_value(question, item, cell.filled)
            except ValueError:
                filled[item] = cell.filled
        sent, _ = answer_of(question, filled, Councils(self.tables))
        as_sent = is_same(question, sent, answer) and bool(answer)
        if not as_sent or is_same(question, sent, now):
            return
        key = next(iter(f"{question.id}:{item}" if item else question.id for item in lines))
        self._problem(key, answer, say("ask_cell.changed_since", now=now))

    @property
    def is_answered(self) -> bool:
        """Whether anybody wrote anything into it."""
        return any(clean(cell.raw) != clean(cell.filled) for cell in self.cells.values())

    # --- what it changes

    def taken(self) -> TakenService | None:
        """What it changes; None where there are problems, which are then known."""
        told, day = self._answerer(), self._day()
        if self.problems:
            return None
        evidence = Evidence(day, f"form:{self.code}", told=told)
        before = held(self.tables, self.service_id)
        for i in unproven(self.tables, self.service_id, self.answers, evidence):
            not_taken = f"“{self.answers.pop(i)}” {say('ask_problem.unproven')}"
            self.mended.append(f"{self._where(i)} is not taken: {not_taken}")
        try:
            changes = changes_for(self.tables, self.service_id, self.answers, evidence)
        except NotAnAnswer as refused:
            for problem in refused.problems:
                self._problem(problem.question, problem.value, problem.message)
            return None
        asked = {question.id: question for question in self.questions}
        new = {
            i: answer
            for i, answer in self.answers.items()
            if answer and not is_same(asked[i], answer, before[i])
        }
        notes = clean(self._raw("notes"))
        return TakenService(
            self.service_id, self.name, before, new, tuple(changes), notes, tuple(self.mended)
        )

    def _answerer(self) -> Answerer:
        said = clean(self._raw("confirm")).casefold()
        role = self.sent.role or clean(self._raw("role"))
        if said not in (choice_words("yes").casefold(), "true", "y", "x"):
            self._problem("confirm", "", say("ask_cell.not_confirmed"))
        elif message := role_problem(role):
            self._problem("role", role, message)
        return Answerer(role, self.sent.how, self.sent.proof)

    def _day(self) -> date:
        raw = clean(self._raw("day"))
        try:
            day = date.fromisoformat(read_day(raw)) if raw else self.today
        except ValueError as error:
            self._problem("day", raw, str(error))
            return self.today
        if day > self.today:
            self._problem("day", raw, say("ask_cell.to_come"))
        service, _ = rows_of(self.tables, self.service_id)
        before = service.get("told_on", "")
        if before > day.isoformat():
            self._problem("day", raw, say("ask_cell.newer", day=plain_date(before)))
        return day

    def _raw(self, key: str) -> str:
        return self.cells[key].raw if key in self.cells else ""

    # --- words

    def _where(self, key: str) -> str:
        keys = (k for k in (key, *self.cells) if k == key or k.startswith(f"{key}:"))
        cell = next((self.cells[k] for k in keys if k in self.cells), None)
        where = f"{self.file}, sheet “{self.sheet.name}”"
        return f"{where}, cell {cell_name(cell.row, ANSWER)}" if cell else where

    def _problem(self, key: str, value: str, message: str) -> None:
        of_form = {"told_by": "role", "told_proof": "--from-domain or --called"}
        key = of_form.get(key, key)
        question = next((q for q in self.questions if q.id == key.partition(":")[0]), None)
        about = f" ({question.words})" if question else "" if key in self.cells else f" ({key})"
        shown = value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"
        said = f"“{shown}” " if shown else "" if key in self.cells else "this "
        self.problems.append(f"{self._where(key)}{about}: {said}{message}")


_SHOWN: Final = 60
