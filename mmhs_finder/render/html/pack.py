"""A referral pack as HTML. Pure: a view in, markup out.

The letter stands in a box that can be read and copied and not be written in, so that nothing of a
person is typed into this site.
Not for: what a pack says (`views.referral_pack`), or the same on paper (`render.documents`).
"""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from mmhs_finder.render.html import pieces as html
from mmhs_finder.render.html.pieces import SHEETS
from mmhs_finder.render.html.sheet import lines_html
from mmhs_finder.render.html.verdict import copied_html, copy_button
from mmhs_finder.views.referral_pack import PackPart, PackPartId, ReferralPack
from mmhs_finder.words import say

_EMPTY: Final = Markup("")
LETTER: Final = "referral-letter"
"""The name of the letter's place, for the button that copies it (`copy.js`)."""


def pack_html(pack: ReferralPack, at: str = SHEETS, *, scripted: bool = True) -> Markup:
    """A pack as a card: its parts as headings, every row as a term and what is known.

    at: as of `sheet_link`. scripted: whether our scripts are there, to copy the letter.
    """
    notice = Markup('<div class="notice" role="note"><p>{}</p></div>').format(pack.notice)
    parts = [
        Markup('<p class="muted">{}</p>').format(pack.subtitle),
        notice if pack.notice else _EMPTY,
        *(_part(part, pack.letter, at, scripted=scripted) for part in pack.parts),
    ]
    return Markup('<article class="card sheet pack" id="pack-{}">{}</article>').format(
        pack.service.id, _EMPTY.join(parts)
    )


def _part(part: PackPart, letter: str, at: str, *, scripted: bool) -> Markup:
    facts = [(row.term, lines_html(row.lines, at)) for row in part.rows]
    return Markup("<section><h3>{}</h3>{}{}{}</section>").format(
        part.heading,
        Markup('<p class="measure">{}</p>').format(part.intro) if part.intro else _EMPTY,
        html.definition_list(facts),
        _letter(letter, scripted=scripted) if part.id is PackPartId.LETTER else _EMPTY,
    )


def _letter(letter: str, *, scripted: bool) -> Markup:
    copying = (
        Markup('<p class="no-print">{}</p>{}').format(
            copy_button(say("pack.letter_copy"), "go", LETTER), copied_html(LETTER)
        )
        if scripted
        else _EMPTY
    )
    return Markup(
        '{}<div class="letter" id="{}"><label for="{}-text">{}</label>'
        '<textarea class="no-print" id="{}-text" rows="{}" cols="60" readonly>\n{}</textarea>'
        '<div class="print-only">{}</div></div>'
    ).format(
        copying,
        LETTER,
        LETTER,
        say("pack.letter_label"),
        LETTER,
        letter.count("\n") + 4,
        letter,
        _for_paper(letter),
    )


def _for_paper(letter: str) -> Markup:
    """The letter as paragraphs: a box that goes over a page would be cut through a line."""
    parts = (Markup("<br>").join(part.split("\n")) for part in letter.strip().split("\n\n"))
    return _EMPTY.join(Markup("<p>{}</p>").format(part) for part in parts)
