"""The text of the About page with today's counts, and where mistakes can be reported.

Not for: drawing Markdown (`channels`, `render`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import Pathway, Service, ServiceKind, Status
from mmhs_finder.directory.named import PATHWAY
from mmhs_finder.views.correcting import Letter, letters_about
from mmhs_finder.views.wording import sentence
from mmhs_finder.words import date_words, page, texts

_PATHWAY_HELP: Final = texts("pathway_help.{}", Pathway)
_PARTS: Final = re.compile(r"<!-- (?:pathways|changes|privacy|sources|correct) -->")


@dataclass(frozen=True)
class AboutView:
    """The page in Markdown, in parts: the pathways with their meaning stand after the first, the
    way to what was changed after the second.

    privacy: of the app; pages that keep less say so themselves. correct: how to tell about a
    mistake, "" where nobody has given an address for it. letters: where to write, about this site
    and about each service of the visit.
    """

    before: str
    pathways: tuple[tuple[str, str], ...]
    middle: str
    limits: str
    privacy: str
    after: str
    correct: str
    letters: tuple[Letter, ...]


def about_text(directory: Directory) -> str:
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


def about_view(directory: Directory, services: Sequence[Service] = ()) -> AboutView:
    """services: those that a reader has just seen; a letter about one has its name in it."""
    before, middle, limits, privacy, after, correct = _PARTS.split(about_text(directory))
    rows = tuple((PATHWAY(p), sentence(_PATHWAY_HELP(p).partition(": ")[2])) for p in Pathway)
    letters = letters_about(services)
    told = correct if letters else ""
    return AboutView(before, rows, middle, limits, privacy, after, told, letters)
