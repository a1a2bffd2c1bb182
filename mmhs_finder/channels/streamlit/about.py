"""The About page: texts from `about.toml` and `about.md`, counts from the directory itself."""

from __future__ import annotations

import os
from typing import Final

import streamlit as st
from markupsafe import Markup

from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import Pathway, ServiceKind, Status
from mmhs_finder.directory.named import PATHWAY
from mmhs_finder.render.html.pieces import definition_list, link
from mmhs_finder.views.wording import sentence
from mmhs_finder.words import date_words, page, say, texts

_PATHWAY_HELP: Final = texts("pathway_help.{}", Pathway)


def contact() -> str:
    """The operator's e-mail address for corrections, from `MMHS_CONTACT_EMAIL`; "" when not set."""
    return os.environ.get("MMHS_CONTACT_EMAIL", "").strip()


def text(directory: Directory) -> str:
    """The page's Markdown with today's counts of the directory filled in."""
    mmhs = [s for s in directory.services.values() if s.kind is ServiceKind.MMHS]
    return page("about.md").format(
        mmhs=len(mmhs),
        mmhs_open=sum(s.status is Status.OPEN for s in mmhs),
        others=len(directory.services) - len(mmhs),
        national=len(directory.national),
        gaps=sum(1 for code in directory.gaps if not directory.areas[code].parent),
        checked=date_words(directory.newest_check),
    )


def show(directory: Directory) -> None:
    rows = [(PATHWAY(p), sentence(_PATHWAY_HELP(p).partition(": ")[2])) for p in Pathway]
    before, after = text(directory).split("<!-- pathways -->")
    st.markdown(before)
    render(definition_list(rows))
    st.markdown(after)
    address = contact()
    if address:
        render(
            Markup("<p>{} {}</p>").format(say("about.contact"), link(f"mailto:{address}", address))
        )
    else:
        render(Markup("<p>{}</p>").format(say("about.no_contact")))
