"""Take it with you: the words to use, which can be changed, and one page to print or show.

The page is made in memory at the moment it is asked for, and let go when it has been sent.
Not for: what stands on it (`summary`) or how it is drawn (`render.documents`).
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from mmhs_finder.answers.types import Answer, Match
from mmhs_finder.channels.streamlit.draw import download, render
from mmhs_finder.channels.streamlit.visit import Visit
from mmhs_finder.eligibility import Answers, Assessment
from mmhs_finder.render.documents.pdf import summary_pdf
from mmhs_finder.render.html.fit import part_heading
from mmhs_finder.render.html.verdict import WORDS
from mmhs_finder.signposting.steps import NextStep
from mmhs_finder.views.outcome import WORDS_PART, OutcomeView, ScriptView, script_views
from mmhs_finder.views.summary import summary_of
from mmhs_finder.words import say

FILE_NAME = "support-summary.pdf"
"""Says nothing about what happened, to somebody who sees the list of downloads."""


def show_take_away(answer: Answer, answers: Answers, view: OutcomeView) -> None:
    """The words for each local service, and its page as PDF. Where none is known, how to ask."""
    render(part_heading(WORDS_PART, say("take_away.heading")))
    render(Markup("<p>{}</p>").format(say("take_away.intro")))
    include = st.checkbox(
        say("take_away.include"), key=Visit().answers.include_key, persist_state="session"
    )
    by_id = {a.service.id: a for a in view.assessments}
    for count, ours in enumerate(script_views(answer)):
        match = ours.match
        with st.container(key=None if count else WORDS):  # the first are those that a press copies
            script = _script(ours, answer)
        assessment = by_id.get(match.service.id) if match else None
        name = match.service.name if match else answer.place.label
        _download(match, answer, answers, assessment, view.all_steps, script, include, name)


def _script(ours: ScriptView, answer: Answer) -> str:
    """The words to use, in a field where they can be changed."""
    name = ours.match.service.id if ours.match else "none"
    words = st.text_area(
        ours.label,
        value=ours.text,
        height="content",
        key=Visit().scripts.key(name, answer.needs),
        help=say("script.intro"),
        persist_state="session",
    )
    return str(words)


def _download(
    match: Match | None,
    answer: Answer,
    answers: Answers,
    assessment: Assessment | None,
    steps: Sequence[NextStep],
    script: str,
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
    download(
        say("take_away.download", name=name),
        lambda: summary_pdf(summary),
        FILE_NAME,
        "application/pdf",
        key=Visit().scripts.download_key(match.service.id if match else "none"),
    )
