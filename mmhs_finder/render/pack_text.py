"""A referral pack as plain lines: a file to keep, and a terminal.

Not for: what is said (`views.referral_pack`).
"""

from __future__ import annotations

from collections.abc import Iterator

from mmhs_finder.views.pack_paper import PackPaper


def pack_text(paper: PackPaper) -> str:
    """The pack in plain lines, its letter last."""
    return "\n".join(_lines(paper)).rstrip() + "\n"


def _lines(paper: PackPaper) -> Iterator[str]:
    yield from (paper.about.title, paper.subtitle, paper.label)
    if paper.notice:
        yield from ("", paper.notice)
    for part in paper.parts:
        yield from ("", part.table.heading.upper())
        if part.intro:
            yield part.intro
        for row in part.table.rows:
            yield row.term
            yield from (f"  {line.written}" for line in row.lines)
    if paper.letter:
        yield from ("", paper.letter_heading.upper(), "", *paper.letter)
    yield from ("", paper.about.foot)
