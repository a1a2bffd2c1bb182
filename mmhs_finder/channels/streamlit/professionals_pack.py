"""The referral pack of the service that is chosen, with its files.

Not for: what a pack says (`views.referral_pack`), or choosing a service (`professionals_choosing`).
"""

from __future__ import annotations

from datetime import datetime

import streamlit as st
from markupsafe import Markup

from mmhs_finder.answers.finding import Finder
from mmhs_finder.answers.types import Answer
from mmhs_finder.channels.streamlit.draw import download, render
from mmhs_finder.directory.models import Service
from mmhs_finder.hours import LONDON
from mmhs_finder.render.documents.pdf import pack_pdf
from mmhs_finder.render.html.pack import pack_html
from mmhs_finder.render.pack_text import pack_text
from mmhs_finder.views.pack_paper import pack_paper
from mmhs_finder.views.referral_pack import referral_pack
from mmhs_finder.views.referring import own_areas
from mmhs_finder.words import say

_PLAIN = "text/plain; charset=utf-8"


def show(finder: Finder, answer: Answer | None, service: Service) -> None:
    """Draws the pack. answer: of the place that was searched for, for what is near."""
    at = datetime.now(LONDON)
    pack = referral_pack(finder, service, own_areas(answer, service), at=at)
    heading = Markup('<h2 tabindex="-1">{}</h2><p class="measure">{}</p>')
    render(heading.format(pack.title, say("pack.intro")))
    name = f"referral-pack-{service.id}"
    with st.container(key="pack-files", horizontal=True):
        download(say("pack.pdf"), lambda: pack_pdf(pack), f"{name}.pdf", "application/pdf")
        download(
            say("pack.text_file"),
            lambda: pack_text(pack_paper(pack, datetime.now(LONDON))),
            f"{name}.txt",
            _PLAIN,
        )
        if pack.letter:
            download(
                say("pack.letter_file"),
                lambda: pack.letter,
                f"referral-letter-{service.id}.txt",
                _PLAIN,
            )
    render(pack_html(pack))
    render(Markup('<p class="muted no-print">{}</p>').format(say("professional.print_hint")))
