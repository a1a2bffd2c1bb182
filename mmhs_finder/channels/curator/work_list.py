"""What to ask next: the page a curator begins with.

Not for: the order (`asking_next`), or a service (`one_service`).
"""

from __future__ import annotations

from datetime import date
from typing import Final

import streamlit as st
from markupsafe import Markup

from mmhs_finder.channels.curator.asking_next import WorkItem, confirmed_of, work
from mmhs_finder.channels.curator.state import DeskState
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.curation.trying import Opened
from mmhs_finder.render.html import curator
from mmhs_finder.words import say, texts

KINDS: Final = ("mmhs", "every")
_KINDS: Final = texts("curator.show_{}", KINDS)
PER_PAGE: Final = 10
_REASONS: Final = 3


def show(opened: Opened, today: date, service_page: st.Page) -> None:
    """service_page: where one service is worked on."""
    desk = DeskState()
    st.title(say("curator.page_work"), anchor=False)
    done, whole = confirmed_of(opened)
    render(
        Markup("<p>{}</p>{}").format(
            say("curator.progress", count=whole, done=done), curator.bar(done, whole)
        )
    )
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        text = st.text_input(
            say("curator.find"),
            key=DeskState.search.key,
            max_chars=80,
            on_change=_from_the_top,
            persist_state="session",
        )
    with right:
        kinds = st.segmented_control(
            say("curator.show"),
            KINDS,
            default=None if desk.knows(DeskState.kinds.key) else KINDS[0],
            required=True,
            format_func=_KINDS,
            key=DeskState.kinds.key,
            on_change=_from_the_top,
            persist_state="session",
        )
    every = kinds != KINDS[0]
    items = [i for i in work(opened, today) if not i.is_closed and (every or i.is_mmhs)]
    found = [item for item in items if item.answers_to(text or "")]
    if not found:
        render(curator.notice(say("curator.found_none")))
        return
    render(Markup('<p role="status">{}</p>').format(say("curator.found", count=len(found))))
    shown = desk.shown or PER_PAGE
    for item in found[:shown]:
        _one(item, service_page)
    if (left_out := len(found) - shown) > 0:
        st.button(say("curator.more", count=min(left_out, PER_PAGE)), on_click=_more)


def _one(item: WorkItem, service_page: st.Page) -> None:
    with st.container(border=True, key=f"item-{item.service.id}"):
        words, button = st.columns([6, 1], vertical_alignment="center")
        with words:
            reasons = list(item.reasons[:_REASONS])
            if (more := len(item.reasons) - _REASONS) > 0:
                reasons.append(say("curator.more_reasons", count=more))
            render(curator.item(item.service.name, item.subtitle, reasons))
        with button, st.container(horizontal_alignment="right"):
            pressed = st.button(
                say("curator.open"),
                key=f"open-{item.service.id}",
                help=say("curator.open_named", name=item.service.name),
            )
    if pressed:
        st.switch_page(service_page, query_params={"service": item.service.id})


def _from_the_top() -> None:
    DeskState().shown = PER_PAGE


def _more() -> None:
    desk = DeskState()
    desk.shown = (desk.shown or PER_PAGE) + PER_PAGE
