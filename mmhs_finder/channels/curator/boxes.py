"""A box for each question: filled with what is held, read as an answer.

Answers are written as `curation.answering` has them: values, not words; "" says nothing, `NONE`
that there is none. What is cleared of something that was held means that there is none.
Not for: whether an answer can be used (`curation.answering`), or what it changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import streamlit as st
from markupsafe import Markup

from mmhs_finder.channels.curator.state import Sitting
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.curation.councils import UNSURE, Councils
from mmhs_finder.curation.holding import NONE, items_of
from mmhs_finder.curation.questions import AnswerKind, FormQuestion, choice_words
from mmhs_finder.curation.week import (
    DAYS,
    day_words,
    days_of,
    read_spells,
    rules_of,
    spell_words,
    week_words,
)
from mmhs_finder.directory.files import CsvFile
from mmhs_finder.render.html import curator
from mmhs_finder.words import join_words, say

_LONG: Final = frozenset({"referral_note", "exclusions", "after_referral", "hours_text"})
"""Questions that are answered in sentences."""

_MOST_LETTERS: Final = 2000


def fill(sitting: Sitting, question: FormQuestion, held: str) -> None:
    """Puts what is held into the boxes of a question. Before they are drawn."""
    key, session = sitting.box(question.id), sitting.session
    match question.kind:
        case AnswerKind.CHOICE:
            session[key] = held or None
        case AnswerKind.CHOICES:
            session[key] = items_of(held)
        case AnswerKind.COUNCILS:
            session[key] = items_of(held)
            session[sitting.box(question.id, "sure")] = False
        case AnswerKind.DAY:
            session[key] = date.fromisoformat(held) if held else None
        case AnswerKind.HOURS if _by_day(held):
            days = days_of(held) or {}
            for day in DAYS:
                session[sitting.box(question.id, day)] = spell_words(days.get(day, ""))
        case _:
            session[key] = held


def draw(
    sitting: Sitting, question: FormQuestion, held: str, tables: Mapping[str, CsvFile]
) -> None:
    """Draws the boxes of a question. held: with which they were filled."""
    label = question.words
    shared: dict[str, Any] = {
        "key": sitting.box(question.id),
        "help": question.hint or None,
        "persist_state": "session",
    }
    match question.kind:
        case AnswerKind.CHOICE:
            st.pills(
                label,
                question.choices,
                required=bool(held),  # there is always an answer once there was one
                format_func=choice_words,
                wrap=True,
                **shared,
            )
        case AnswerKind.CHOICES:
            st.pills(
                label,
                question.choices,
                selection_mode="multi",
                format_func=choice_words,
                wrap=True,
                **shared,
            )
        case AnswerKind.COUNCILS:
            _councils(sitting, question, held, tables, shared)
        case AnswerKind.DAY:
            st.date_input(label, format="DD/MM/YYYY", **shared)
        case AnswerKind.HOURS if _by_day(held):
            _hours(sitting, question)
        case _ if question.id in _LONG:
            st.text_area(label, height=100, max_chars=_MOST_LETTERS, **shared)
        case _:
            st.text_input(label, max_chars=_MOST_LETTERS, **shared)


def read(sitting: Sitting, question: FormQuestion, held: str) -> str:
    """The answer that stands in the boxes of a question; "" says nothing.

    held: with which they were filled. Raises ValueError with a message for people.
    """
    found = sitting.session.get(sitting.box(question.id))
    match question.kind:
        case AnswerKind.CHOICE:
            return str(found or "")
        case AnswerKind.CHOICES:
            answer = ";".join(map(str, found or ()))
        case AnswerKind.COUNCILS:
            sure = bool(sitting.session.get(sitting.box(question.id, "sure")))
            names = (n.removesuffix(UNSURE) if sure else n for n in map(str, found or ()))
            answer = "; ".join(dict.fromkeys(names))
        case AnswerKind.DAY:
            answer = found.isoformat() if isinstance(found, date) else ""
        case AnswerKind.HOURS if _by_day(held):
            answer = _rules(sitting, question)
        case _:
            answer = str(found or "").strip()
    return NONE if held and not answer else answer


def is_filled(sitting: Sitting, question: FormQuestion, held: str) -> bool:
    """Whether its boxes have been filled, and not been forgotten since."""
    by_day = question.kind is AnswerKind.HOURS and _by_day(held)
    return sitting.knows(sitting.box(question.id, DAYS[0] if by_day else ""))


def _by_day(held: str) -> bool:
    """Whether hours can be written day by day."""
    return not held or days_of(held) is not None


def answer_words(question: FormQuestion, answer: str) -> str:
    """An answer for people; "" for none."""
    if answer in ("", NONE):
        return ""
    if question.choices:
        words = [choice_words(v) for v in items_of(answer) if v in question.choices]
        return join_words(words)
    if question.kind is AnswerKind.COUNCILS:
        return join_words([_council(name) for name in items_of(answer)])
    if question.kind is AnswerKind.HOURS and (days := days_of(answer)):
        return week_words(days) or answer
    return answer


def _council(name: str) -> str:
    if name.endswith(UNSURE):
        return say("curator.worked_out", name=name.removesuffix(UNSURE))
    return name


def _councils(
    sitting: Sitting,
    question: FormQuestion,
    held: str,
    tables: Mapping[str, CsvFile],
    shared: Mapping[str, Any],
) -> None:
    unsure = [name for name in items_of(held) if name.endswith(UNSURE)]
    st.multiselect(
        question.words,
        sorted({*Councils(tables).names.values(), *unsure} - {""}),
        format_func=_council,
        placeholder=say("curator.councils_placeholder"),
        select_all=False,
        **shared,
    )
    if unsure:
        st.checkbox(
            say("curator.councils_sure"),
            key=sitting.box(question.id, "sure"),
            persist_state="session",
        )


def _hours(sitting: Sitting, question: FormQuestion) -> None:
    render(
        Markup("<p><strong>{}</strong></p>{}").format(
            question.words, curator.note(say("curator.hours_hint"))
        )
    )
    columns = st.columns(4)
    for place, day in enumerate(DAYS):
        with columns[place % 4]:
            st.text_input(
                day_words(day),
                key=sitting.box(question.id, day),
                max_chars=60,
                persist_state="session",
            )


def _rules(sitting: Sitting, question: FormQuestion) -> str:
    """A day beside which nothing is written is closed where others are open."""
    days: dict[str, str] = {}
    wrong: list[str] = []
    for day in DAYS:
        typed = sitting.said(sitting.box(question.id, day))
        try:
            days[day] = read_spells(typed)
        except ValueError as problem:
            wrong.append(f"{day_words(day)}: “{typed}” {problem}")
    if wrong:
        raise ValueError(" ".join(wrong))
    return rules_of(days)
