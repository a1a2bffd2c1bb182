"""A referral pack on paper and as plain text: the same parts, with nothing that can be pressed.

Not for: what a pack says (`referral_pack`), or how it looks (`render.documents`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mmhs_finder.views.papers import AboutPaper, PaperRow, PaperTable, about_paper, paper_lines
from mmhs_finder.views.referral_pack import PackPart, PackPartId, ReferralPack
from mmhs_finder.words import say


@dataclass(frozen=True)
class PackPaperPart:
    """A part of a pack. intro: what stands above its rows, or ""."""

    intro: str
    table: PaperTable


@dataclass(frozen=True)
class PackPaper:
    """A pack. columns: what stands above the terms, and above what is known. letter: its lines, on
    a page of their own; none where there is no letter."""

    about: AboutPaper
    label: str
    title: str
    subtitle: str
    notice: str
    columns: tuple[str, str]
    parts: tuple[PackPaperPart, ...]
    letter_heading: str
    letter: tuple[str, ...]


def pack_paper(pack: ReferralPack, made_at: datetime) -> PackPaper:
    return PackPaper(
        about=about_paper(pack.title, pack.service.name, made_at),
        label=say("pack.label"),
        title=pack.service.name,
        subtitle=pack.subtitle,
        notice=pack.notice,
        columns=(say("pack.column_what"), say("pack.column_known")),
        parts=tuple(
            PackPaperPart(
                _intro(part),
                PaperTable(
                    part.heading,
                    tuple(PaperRow(row.term, paper_lines(row.lines), "") for row in part.rows),
                ),
            )
            for part in pack.parts
        ),
        letter_heading=say("pack.letter_label") if pack.letter else "",
        letter=tuple(pack.letter.rstrip("\n").split("\n")) if pack.letter else (),
    )


def _intro(part: PackPart) -> str:
    """On paper the letter is not where its part is."""
    if part.id is PackPartId.LETTER:
        return f"{part.intro} {say('pack.letter_last')}"
    return part.intro
