"""Choosing services on the page for professionals: those of the place first, then every other.

Not for: which services a place has (`answers`), or what is shown of them (`professionals`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

import streamlit as st
from markupsafe import Markup

from mmhs_finder.answers.types import Answer
from mmhs_finder.channels.streamlit import professionals_links
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.visit import Visit
from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import Service, ServiceKind
from mmhs_finder.views.comparison import MOST_COMPARED
from mmhs_finder.views.names import label, search
from mmhs_finder.views.referring import near
from mmhs_finder.words import language, say

_FIRST_COMPARED = 3
"""Services side by side before anybody has chosen: the local ones, then the nearest."""


def options(directory: Directory, answer: Answer | None) -> dict[str, str]:
    """Every service by id, in words: local ones and those nearby first, and marked so; then the
    maternal mental health services, then the others. What is typed keeps this order.

    The mark comes last: where a phone has no room for all of it, the name is there.
    """
    names = _names(directory, language())
    marked: dict[str, str] = {}
    for mark, matches in near(answer) if answer else ():
        for m in matches:
            marked.setdefault(m.service.id, f"{names[m.service.id]} · {mark}")
    return marked | {key: name for key, name in names.items() if key not in marked}


@lru_cache(maxsize=2)
def _names(directory: Directory, _language: str) -> Mapping[str, str]:
    """Every service by id: the maternal mental health services first, each kind by its label.

    A name stands alone, so that a phone shows it whole; who runs the service, and where, is said
    beside its sheet. Only services of one name are told apart here.
    _language: the one of the moment, which the labels are in.
    """
    by_label = search(directory, "")
    mmhs_first = sorted(by_label, key=lambda s: s.kind is not ServiceKind.MMHS)
    count = Counter(s.name.casefold() for s in mmhs_first)
    return MappingProxyType(
        {s.id: s.name if count[s.name.casefold()] == 1 else label(s) for s in mmhs_first}
    )


def choose_one(options: dict[str, str], first: str | None) -> str | None:
    """The id of the service that is chosen. first: at the start."""
    visit, ids = Visit(), list(options)
    key = visit.referral.service_key
    start = None if visit.knows(key) else first
    chosen: str | None = st.selectbox(
        say("professional.service_label"),
        ids,
        index=ids.index(start) if start else None,
        format_func=lambda key: options[key],
        placeholder=say("professional.service_placeholder"),
        filter_mode="contains",
        key=key,
        on_change=professionals_links.leave,
        persist_state="session",
    )
    return chosen


def choose_several(directory: Directory, answer: Answer | None) -> list[Service]:
    """The services that are chosen to be seen together; says so where none is."""
    labels = options(directory, answer)
    key = Visit().referral.services_key
    first = [] if answer is None or Visit().knows(key) else [*answer.mmhs, *answer.neighbours]
    chosen = st.multiselect(
        say("professional.several_label", most=MOST_COMPARED),
        list(labels),
        default=[m.service.id for m in first[:_FIRST_COMPARED]] or None,
        format_func=labels.__getitem__,
        max_selections=MOST_COMPARED,
        placeholder=say("professional.several_placeholder"),
        filter_mode="contains",
        key=key,
        on_change=professionals_links.leave,
        persist_state="session",
    )
    if not chosen:
        render(Markup("<p>{}</p>").format(say("professional.choose_some")))
    return [directory.services[key] for key in chosen]
