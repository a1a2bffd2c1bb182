"""Take it with you: the words to use, which can be changed, and one page to print or show.

The page is made in memory at the moment it is asked for, and kept nowhere.
Not for: what stands on it (`summary`) or how it is drawn (`pdf`).
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from mmhs_finder.answers import Answer, Match
from mmhs_finder.eligibility import Answers, Assessment
from mmhs_finder.pdf import summary_pdf
from mmhs_finder.signposting import NextStep
from mmhs_finder.summary import summary_of
from mmhs_finder.ui import html
from mmhs_finder.wording import script_text
from mmhs_finder.words import say

FILE_NAME = "support-summary.pdf"
"""Says nothing about what happened, to somebody who sees the list of downloads."""


def show_take_away(
    answer: Answer,
    answers: Answers,
    assessments: Sequence[Assessment],
    steps: Sequence[NextStep],
) -> None:
    """The words for each local service, and its page as PDF. Where none is known, how to ask."""
    st.header(say("take_away.heading"), anchor=False)
    html.render(Markup("<p>{}</p>").format(say("take_away.intro")))
    include = st.checkbox(say("take_away.include"), key="answer_include", persist_state="session")
    by_id = {a.service.id: a for a in assessments}
    for match in answer.mmhs or (None,):
        script = _script(match, answer)
        assessment = by_id.get(match.service.id) if match else None
        name = match.service.name if match else answer.place.label
        _download(match, answer, answers, assessment, steps, script, include, name)


def _script(match: Match | None, answer: Answer) -> str | None:
    if match is None:
        return None
    words = st.text_area(
        say("take_away.script_label", name=match.service.name),
        value=script_text(match.service, answer.needs),
        height=240,
        key=f"answer_script_{match.service.id}_{'_'.join(answer.needs)}",
        help=say("script.intro"),
    )
    return str(words)


def _download(
    match: Match | None,
    answer: Answer,
    answers: Answers,
    assessment: Assessment | None,
    steps: Sequence[NextStep],
    script: str | None,
    include: bool,
    name: str,
) -> None:
    summary = summary_of(
        match,
        answer,
        steps,
        script=script,
        answers=answers,
        assessment=assessment,
        include_answers=include,
    )
    st.download_button(
        say("take_away.download", name=name),
        data=lambda: summary_pdf(summary),
        file_name=FILE_NAME,
        mime="application/pdf",
        icon=":material/download:",
        key=f"download_{match.service.id if match else 'none'}",
        on_click="ignore",
    )
