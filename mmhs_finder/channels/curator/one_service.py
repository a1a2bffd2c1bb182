"""One service: its questions with what is held, what changes, how it is known, save, next.

Not for: the boxes (`boxes`, `evidence`), what they come to (`working_out`), or saving (`saving`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import streamlit as st
from markupsafe import Markup

from mmhs_finder.channels.curator import boxes, evidence, previews, saving
from mmhs_finder.channels.curator.about import head_lines, said_of, where_from
from mmhs_finder.channels.curator.asking_next import work
from mmhs_finder.channels.curator.state import DeskState, Sitting
from mmhs_finder.channels.curator.working_out import InTheBoxes, WorkedOut, read_answers, work_out
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.curation.holding import NONE, held, is_same
from mmhs_finder.curation.questions import FormPart, FormQuestion, questions_for
from mmhs_finder.curation.trying import Opened
from mmhs_finder.directory.changes import Change, read_changes
from mmhs_finder.directory.files import CsvRow
from mmhs_finder.directory.models import ServiceKind
from mmhs_finder.render.html import curator
from mmhs_finder.words import say


def show(opened: Opened, now: datetime) -> None:
    """Draws the page. The service is that of the address (`?service=`)."""
    st.title(say("curator.page_service"), anchor=False)
    rows = {r.cells.get("id", ""): r for r in opened.tables["services.csv"].rows}
    known = {i: rows[i] for i in opened.services}
    order = [item.service.id for item in work(opened, now.date())]
    chosen = _choose(order, known)
    if chosen is None:
        render(Markup("<p>{}</p>").format(say("curator.none_chosen")))
        return
    sitting, cells, today = Sitting(chosen), known[chosen].cells, now.date()
    questions = questions_for(ServiceKind(cells["kind"]))
    holds = held(opened.tables, chosen)
    conflicts = _follow(sitting, questions, holds)
    answered = read_answers(sitting, questions, conflicts, today)
    outcome = work_out(opened, chosen, questions, answered, today)
    render(curator.head(cells.get("name", ""), head_lines(opened, chosen, cells)))
    asked, panel = st.columns([3, 2], gap="large")
    with asked:
        _Asked(opened, sitting, questions, holds, answered, outcome, now).draw()
    with panel, st.container(key="desk-panel"):
        if goes_to := saving.said_after(opened, sitting, _next(order, chosen, known), today):
            _go_to(goes_to)
        saving.show(opened, sitting, questions, answered, outcome, today)
        after = outcome.tried.directory if outcome.tried else opened.directory
        previews.show(after, chosen, now)


# --- which service --------------------------------------------------------------------------------


def _choose(order: Sequence[str], known: Mapping[str, CsvRow]) -> str | None:
    desk = DeskState()
    asked = st.query_params.get("service", "")
    if asked in known and desk.chosen != asked:
        desk.chosen = asked
    elif desk.chosen not in known:
        desk.forget(DeskState.chosen.key)
    chosen = st.selectbox(
        say("curator.choose"),
        order,
        index=None,
        format_func=lambda i: said_of(known[i].cells),
        key=DeskState.chosen.key,
        on_change=_to_the_address,
        placeholder=say("curator.choose_placeholder"),
        persist_state="session",
    )
    return chosen if chosen in known else None


def _to_the_address() -> None:
    if chosen := DeskState().chosen:
        st.query_params["service"] = chosen
    else:
        st.query_params.clear()


def _go_to(service: str) -> None:
    st.query_params["service"] = service
    st.rerun()


def _next(order: Sequence[str], chosen: str, known: Mapping[str, CsvRow]) -> tuple[str, str] | None:
    """The one to ask next: the first of the list that is another, of the same kind."""
    mmhs = [i for i in order if known[i].cells.get("kind") == known[chosen].cells.get("kind")]
    found = next((i for i in mmhs if i != chosen), None)
    return (found, known[found].cells.get("name", "")) if found else None


def _follow(
    sitting: Sitting, questions: Sequence[FormQuestion], holds: Mapping[str, str]
) -> frozenset[str]:
    """Fills the boxes with what is held, those that nobody has touched anew when that changes.

    Returns the questions that somebody else has answered meanwhile, and somebody here as well.
    """
    first = dict(sitting.first)
    conflicts: set[str] = set()
    for question in questions:
        i = question.id
        if i not in first or not boxes.is_filled(sitting, question, first[i]):
            first[i] = holds[i]
            boxes.fill(sitting, question, holds[i])
        elif first[i] != holds[i]:
            if _is_touched(sitting, question, first[i], holds[i]):
                conflicts.add(i)
            else:
                first[i] = holds[i]
                boxes.fill(sitting, question, holds[i])
    sitting.first = first
    return frozenset(conflicts)


def _is_touched(sitting: Sitting, question: FormQuestion, first: str, now: str) -> bool:
    """Whether a box says something else than it was filled with, and than is held now."""
    try:
        answer = boxes.read(sitting, question, first)
    except ValueError:
        return True
    return not (is_same(question, answer, first) or is_same(question, answer, now))


# --- the questions --------------------------------------------------------------------------------


class _Asked:
    """The questions of a service, a fold for each part of the form."""

    def __init__(
        self,
        opened: Opened,
        sitting: Sitting,
        questions: Sequence[FormQuestion],
        holds: Mapping[str, str],
        answered: InTheBoxes,
        outcome: WorkedOut,
        now: datetime,
    ) -> None:
        self.opened, self.sitting, self.questions = opened, sitting, questions
        self.holds, self.answered, self.outcome, self.now = holds, answered, outcome, now
        self.history: tuple[Change, ...] = read_changes(opened.folder)

    def draw(self) -> None:
        parts = [p for p in FormPart if any(q.part is p for q in self.questions)]
        first = next((p for p in parts if p is FormPart.WAY_IN), parts[0])
        for part in parts:
            asked = [q for q in self.questions if q.part is part]
            label = self._label(part, asked)
            with st.expander(label, expanded=part is first, key=f"part-{part}"):
                for question in asked:
                    self._one(question)

    def _label(self, part: FormPart, asked: Sequence[FormQuestion]) -> str:
        blank = sum(not self.holds[q.id] and not q.id.endswith("_only_if") for q in asked)
        words = (
            say("curator.not_known", part=part.words, count=blank)
            if blank
            else say("curator.part_done", part=part.words)
        )
        changed = sum(q.id in self.answered.given for q in asked)
        wrong = sum(q.id in self.outcome.beside for q in asked)
        if changed:
            words += f" · {say('curator.changed_here', count=changed)}"
        if wrong:
            words += f" · {say('curator.wrong_here', count=wrong)}"
        return words

    def _one(self, question: FormQuestion) -> None:
        i, first = question.id, self.sitting.first[question.id]
        with st.container(key=f"question-{i}", gap="xsmall"):
            boxes.draw(self.sitting, question, first, self.opened.tables)
            if texts := self.outcome.beside.get(i):
                render(curator.problem(texts))
            if i in self.answered.conflicts:
                self._conflict(question)
            elif i in self.answered.given:
                self._changed(question, first)
            elif not first:
                render(curator.note(say("curator.unseen")))
            else:
                where = where_from(
                    self.history, question.file, self.sitting.service, question.column
                )
                render(curator.note(where))

    def _changed(self, question: FormQuestion, first: str) -> None:
        """What it said before, and whether this one is known from somewhere else."""
        i = question.id
        old = boxes.answer_words(question, first)
        note = say("curator.said_before", held=old) if old else say("curator.said_nothing")
        if self.answered.given[i] == NONE:
            note = f"{note} {say('curator.cleared')}"
        render(curator.note(note))
        own = st.checkbox(
            say("curator.elsewhere"),
            key=self.sitting.evidence(i, "own"),
            persist_state="session",
        )
        if own:
            with st.container(border=True, key=f"evidence-{i}"):
                evidence.draw(self.sitting, i, self.now.date())

    def _conflict(self, question: FormQuestion) -> None:
        """Somebody else has answered it meanwhile: what was typed stays until somebody decides."""
        i, now = question.id, self.holds[question.id]
        said = boxes.answer_words(question, now) or say("curator.nothing")
        render(curator.problem([say("curator.changed_meanwhile", held=said)]))
        with st.container(horizontal=True, key=f"conflict-{i}"):
            st.button(say("curator.keep_mine"), key=f"mine-{i}", on_click=self._keep, args=(i,))
            st.button(
                say("curator.take_theirs"), key=f"theirs-{i}", on_click=self._take, args=(question,)
            )

    def _keep(self, question: str) -> None:
        self.sitting.first = {**self.sitting.first, question: self.holds[question]}

    def _take(self, question: FormQuestion) -> None:
        self._keep(question.id)
        boxes.fill(self.sitting, question, self.holds[question.id])
