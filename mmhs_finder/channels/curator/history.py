"""What was changed in the directory, for who keeps it: every line with both values and its source.

Not for: what of it is published (`directory.public_changes`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final

import streamlit as st
from markupsafe import Markup

from mmhs_finder.channels.curator.boxes import answer_words
from mmhs_finder.channels.curator.state import DeskState
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.curation.questions import QUESTIONS, FormQuestion
from mmhs_finder.curation.trying import Opened
from mmhs_finder.curation.undoing import is_taken_back
from mmhs_finder.directory.changes import NEW_ROW, ROW_REMOVED, Change, read_changes
from mmhs_finder.render.html import curator
from mmhs_finder.words import plain_date, say

PER_PAGE: Final = 15
_QUOTES: Final = 3


def show(opened: Opened) -> None:
    st.title(say("curator.page_changes"), anchor=False)
    changes = read_changes(opened.folder)
    if not changes:
        render(Markup("<p>{}</p>").format(say("curator.history_none")))
        return
    render(Markup("<p>{}</p>").format(say("curator.history_intro")))
    desk = DeskState()
    shown = desk.history_shown or PER_PAGE
    made = [list(group) for _, group in groupby(changes, key=_made_together)][::-1]
    names = {
        row.cells["id"]: row.cells.get("name", "")
        for file in ("services.csv", "national_support.csv")
        for row in opened.tables[file].rows
        if row.cells.get("id")
    }
    for group in made[:shown]:
        render(_group(group, names))
    if len(made) > shown:
        st.button(say("curator.history_more"), on_click=_more)


def _made_together(change: Change) -> tuple[str, str, str, bool]:
    """What one person saved at once of one entry has these in common."""
    return change.applied_on, change.row, change.source_url, is_taken_back(change.quote)


def _group(group: Sequence[Change], names: Mapping[str, str]) -> Markup:
    first = group[0]
    asked = {(q.file, q.column): q for q in QUESTIONS}
    told = [c for c in group if (c.file, c.column) in asked]
    rest = [c for c in group if (c.file, c.column) not in asked]
    quotes = dict.fromkeys(c.quote for c in (told or rest) if c.quote)
    return curator.saved_card(
        names.get(first.row, first.row),
        f"{plain_date(first.applied_on)} · {first.source_url}",
        [_answer(asked[c.file, c.column], c) for c in told],
        list(quotes)[:_QUOTES],
        (say("curator.history_cells", count=len(rest)) if told else say("curator.history_all")),
        [(_where(c), *_values(c)) for c in rest],
        (say("curator.column_old"), say("curator.column_new")),
    )


def _answer(question: FormQuestion, change: Change) -> tuple[str, str, str]:
    old, new = (answer_words(question, v) for v in (change.old, change.new))
    return question.words, old or say("curator.nothing"), new or say("curator.nothing")


def _where(change: Change) -> str:
    column = say("curator.new_row") if change.column == NEW_ROW else change.column
    return f"{change.file}: {column}"


def _values(change: Change) -> tuple[str, str]:
    new = say("curator.row_removed") if change.new == ROW_REMOVED else change.new
    return change.old or say("curator.nothing"), new or say("curator.nothing")


def _more() -> None:
    desk = DeskState()
    desk.history_shown = (desk.history_shown or PER_PAGE) + PER_PAGE
