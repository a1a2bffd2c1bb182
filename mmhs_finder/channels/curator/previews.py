"""The card as a parent will see it and the sheet as somebody who refers will, with what is typed.

Both are drawn by what draws them in public, over a directory that exists only here.
Not for: what stands on them (`views`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import streamlit as st
from markupsafe import Markup

from mmhs_finder.answers.alone import match_alone
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import ServiceKind, Status
from mmhs_finder.render.html import cards
from mmhs_finder.render.html.sheet import bar_html, sheet_html
from mmhs_finder.views.service import service_view
from mmhs_finder.views.sheet import referral_sheet
from mmhs_finder.words import say, texts

READERS: Final = ("parent", "professional")
_READER: Final = texts("curator.preview_{}", READERS)


def show(directory: Directory | None, service_id: str, now: datetime) -> None:
    """directory: with the changes; None where it cannot be made."""
    render(Markup("<h2>{}</h2>").format(say("curator.preview_heading")))
    if directory is None or service_id not in directory.services:
        render(Markup("<p>{}</p>").format(say("curator.no_card")))
        return
    parent, professional = st.tabs([_READER(reader) for reader in READERS])
    with parent:
        render(_card(directory, service_id, now))
    with professional:
        sheet = referral_sheet(directory, directory.services[service_id], today=now.date())
        render(Markup("{}{}").format(bar_html(sheet), sheet_html(sheet)))


def _card(directory: Directory, service_id: str, now: datetime) -> Markup:
    service = directory.services[service_id]
    if service.status is Status.CLOSED:
        return Markup('<div class="notice"><p>{}</p></div>').format(say("curator.preview_closed"))
    match = match_alone(directory, service, now)
    view = service_view(match, (), now)
    card = cards.mmhs_card(view) if service.kind is ServiceKind.MMHS else cards.service_card(view)
    return Markup('<div class="desk-preview">{}</div>').format(card)
