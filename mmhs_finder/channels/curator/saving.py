"""What changes, how it is known, and the button that saves it.

Not for: writing (`curation.applying`), or what changes (`working_out`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup

from mmhs_finder.channels.curator import boxes, evidence
from mmhs_finder.channels.curator.state import WHOLE, DeskState, Sitting
from mmhs_finder.channels.curator.working_out import NAME, InTheBoxes, WorkedOut
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.curation.applying import ChangeSet, Proposed, Refused, apply_changes
from mmhs_finder.curation.questions import FormQuestion
from mmhs_finder.curation.trying import Opened
from mmhs_finder.curation.undoing import NotTakenBack, taken_back
from mmhs_finder.render.html import curator
from mmhs_finder.words import say

WHO = "the curators' app"


def show(
    opened: Opened,
    sitting: Sitting,
    questions: Sequence[FormQuestion],
    answered: InTheBoxes,
    outcome: WorkedOut,
    today: date,
) -> None:
    """Draws what is between the answers and the directory."""
    _changes(sitting, questions, answered, outcome)
    render(Markup("<h2>{}</h2>").format(say("curator.evidence_heading")))
    evidence.draw(sitting, WHOLE, today)
    if evidence.kind_of(sitting, WHOLE) == evidence.KINDS[0]:
        st.checkbox(
            say("curator.still_right"),
            key=sitting.evidence(WHOLE, "confirms"),
            help=say("curator.still_right_help"),
            persist_state="session",
        )
    told = [text for field in evidence.FIELDS for text in outcome.beside.get(field, ())]
    if told:
        render(curator.problem(told))
    if answered.number_of_nobody and not outcome.missing:
        render(curator.notice(say("curator.number_of_nobody")))
    _state(outcome)
    if st.button(say("curator.save"), type="primary", key="save"):
        _save(opened, sitting, outcome, today)


def _changes(
    sitting: Sitting, questions: Sequence[FormQuestion], answered: InTheBoxes, outcome: WorkedOut
) -> None:
    heading = Markup("<h2>{}</h2>").format(say("curator.changes_heading"))
    by_id = {q.id: q for q in questions}
    rows = []
    for i, answer in answered.given.items():
        question = by_id[i]
        old = boxes.answer_words(question, sitting.first[i])
        new = boxes.answer_words(question, answer)
        rows.append((question.words, old or say("curator.nothing"), new or say("curator.nothing")))
    if not rows:
        render(Markup("{}<p>{}</p>").format(heading, say("curator.changes_none")))
        return
    shown = curator.changes_list(rows, (say("curator.column_old"), say("curator.column_new")))
    asked = {(q.file, q.column) for i, q in by_id.items() if i in answered.given}
    follow = [c for c in outcome.changes if (c.file, c.column) not in asked]
    also = curator.note(say("curator.also", count=len(follow))) if follow else Markup("")
    render(Markup("{}{}{}").format(heading, shown, also))


def _state(outcome: WorkedOut) -> None:
    """Whether it can be saved, and what is missing."""
    wrong = [text for texts in outcome.beside.values() for text in texts]
    wrong += outcome.others
    if outcome.others:
        heading = say("curator.check_problems", count=len(outcome.others))
        render(curator.problem_list(heading, outcome.others))
    elif wrong:
        render(curator.notice(say("curator.check_beside", count=len(wrong))))
    elif outcome.missing:
        render(curator.missing(say("curator.check_wait"), outcome.missing))
    elif outcome.changes:
        render(curator.notice(say("curator.check_good")))


def _save(opened: Opened, sitting: Sitting, outcome: WorkedOut, today: date) -> None:
    desk = DeskState()
    if not outcome.is_good:
        why = say("curator.not_saved") if outcome.changes else say("curator.nothing_to_save")
        render(curator.problem([why]))
        return
    if problems := write(opened, outcome.changes, today):
        render(curator.problem_list(say("curator.not_saved"), problems))
        return
    sitting.begin_again()
    desk.saved = (sitting.service, outcome.changes)
    st.rerun()


def write(opened: Opened, changes: tuple[Proposed, ...], today: date) -> list[str]:
    """Makes the changes in the directory. Returns why not; [] when it is done."""
    try:
        apply_changes(opened.folder, ChangeSet(changes, NAME), today=today, who=WHO)
    except Refused as refused:
        return [str(problem) for problem in refused.problems]
    return []


def said_after(
    opened: Opened, sitting: Sitting, next_one: tuple[str, str] | None, today: date
) -> str | None:
    """At the top, after saving: that it is done, and the ways on. next_one: id and name.

    Returns the service to go to, when that was pressed.
    """
    desk = DeskState()
    if desk.told:
        render(curator.notice(desk.told))
        desk.told = ""
    if desk.saved is None or desk.saved[0] != sitting.service:
        return None
    changes = desk.saved[1]
    render(curator.notice(say("curator.saved", count=len(changes))))
    with st.container(horizontal=True, key="desk-after"):
        if next_one is None:
            render(Markup("<p>{}</p>").format(say("curator.next_none")))
        elif st.button(say("curator.next", name=next_one[1]), type="primary", key="next"):
            desk.saved = None
            return next_one[0]
        if st.button(say("curator.undo"), key="undo"):
            _undo(opened, sitting, changes, today)
    return None


def _undo(opened: Opened, sitting: Sitting, changes: tuple[Proposed, ...], today: date) -> None:
    desk = DeskState()
    try:
        back = taken_back(changes)
    except NotTakenBack:
        render(curator.problem([say("curator.undo_not")]))
        return
    if problems := write(opened, back, today):
        render(curator.problem_list(say("curator.undo_not"), problems))
        return
    desk.saved, desk.told = None, say("curator.undone")
    sitting.begin_again()
    st.rerun()
