"""Planning, good practice: the lists that a system can be held against, and where it stands.

They are the checklist of the Integrate guide, its gold standard with what helps it along, and the
recommendations of the report of 2024. The answers are in this visit's memory and nowhere else.
Not for: the lines of the lists (`facts`), or what the list knows (`planning_recommended`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

import streamlit as st
from markupsafe import Markup

from mmhs_finder.channels.streamlit import planning_parts as parts
from mmhs_finder.channels.streamlit.draw import download, render
from mmhs_finder.channels.streamlit.planning_recommended import known_beside
from mmhs_finder.channels.streamlit.visit import PlanningChoices, Visit
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.where import Where
from mmhs_finder.planning.facts import (
    AREAS,
    Consideration,
    Extent,
    checklist,
    checklist_areas,
    standing,
)
from mmhs_finder.tables.cells import csv_bytes
from mmhs_finder.views.checklist import EXTENT_WORDS, line_words
from mmhs_finder.words import say, texts

_AREA: Final = texts("planning_practice.area_{}", AREAS)


def show(coverage: Coverage, where: Where) -> None:
    """where: of what this list knows beside some of the lines."""
    parts.heading(say("planning_practice.heading"), say("planning_practice.intro"))
    asked, summary = st.columns([3, 2], gap="large")
    with asked:
        for area in checklist_areas():
            parts.heading(_AREA(area), level=3)
            for item in checklist():
                if item.area == area:
                    _consideration(item, known_beside(item.id, coverage, where))
    answers = answered()
    with summary:
        _practice_summary(answers)


def _consideration(item: Consideration, known: str) -> None:
    """known: what the list knows of it; it stands before the question and answers nothing."""
    if item.recommendation:
        parts.heading(item.recommendation, level=4)
    if known:
        label = say("planning_recommendation.label")
        render(Markup('<p class="small measure"><strong>{}</strong> {}</p>').format(label, known))
    st.radio(
        item.text,
        list(Extent),
        index=None,
        format_func=lambda extent: EXTENT_WORDS(extent),
        horizontal=True,
        key=PlanningChoices.line_key(item.id),
        persist_state="session",
    )


def answered() -> dict[str, Extent]:
    """What this visit answered, by line; lines without an answer are missing."""
    planning = Visit().planning
    given = {item.id: planning.line(item.id) for item in checklist()}
    return {key: Extent(value) for key, value in given.items() if value}


def _practice_summary(answers: Mapping[str, Extent]) -> None:
    parts.heading(say("planning_practice.summary"))
    render(Markup('<p role="status">{}</p>').format(practice_text(answers).splitlines()[0]))
    render(
        parts.table_html(
            say("planning_practice.caption"),
            (
                say("planning_practice.area"),
                *(EXTENT_WORDS(e) for e in reversed(Extent)),
                say("planning_practice.open"),
            ),
            [
                (
                    _AREA(each.area),
                    *(str(each.answers[e]) for e in reversed(Extent)),
                    str(each.unanswered),
                )
                for each in standing(answers)
            ],
            narrow=True,
        )
    )

    def clear() -> None:
        Visit().planning.clear_checklist(item.id for item in checklist())

    files: tuple[tuple[str, Callable[[Mapping[str, Extent]], bytes | str], str, str], ...] = (
        (say("planning_practice.csv"), practice_csv, "good-practice.csv", "text/csv"),
        (say("planning_practice.text"), practice_text, "good-practice.txt", "text/plain"),
    )
    with st.container(horizontal=True, gap="small"):
        for label, make, name, mime in files:
            download(label, partial(make, answers), name, mime)
        st.button(
            say("planning_practice.clear"), on_click=clear, key=PlanningChoices.CLEAR_CHECKLIST
        )
    for words in _sources():
        parts.small(words)


def _sources() -> list[str]:
    """Where the lists come from, each once."""
    sources = dict.fromkeys(item.source for item in checklist())
    return [say("planning.source", source=source) for source in sources]


def _answer_words(answers: Mapping[str, Extent], id_: str) -> str:
    given = answers.get(id_)
    return EXTENT_WORDS(given) if given else say("planning_practice.open")


def practice_csv(answers: Mapping[str, Extent]) -> bytes:
    """The checklist with its answers, for a spreadsheet."""
    header = (
        say("planning_practice.area"),
        say("planning_practice.line"),
        say("planning_practice.answer"),
        say("planning_practice.source"),
    )
    return csv_bytes(
        header,
        [
            (
                _AREA(item.area),
                line_words(item),
                _answer_words(answers, item.id),
                ", ".join(filter(None, (item.source, item.where))),
            )
            for item in checklist()
        ],
    )


def practice_text(answers: Mapping[str, Extent]) -> str:
    """The checklist with its answers as plain text; its first line is the summary."""
    counts = {e.value: list(answers.values()).count(e) for e in Extent}
    lines = [
        say(
            "planning_practice.summary_text",
            answered=len(answers),
            count=len(checklist()),
            **counts,
        )
    ]
    for area in checklist_areas():
        lines += ["", _AREA(area)]
        lines += [
            f"- {line_words(item)}: {_answer_words(answers, item.id)}"
            for item in checklist()
            if item.area == area
        ]
    lines += ["", *_sources(), ""]
    return "\n".join(lines)
