"""The notices of an answer in words.

Not for: when a notice is given (`answers.finding`, `places.locating`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from mmhs_finder.directory.named import nation_words
from mmhs_finder.nation import Nation
from mmhs_finder.places.place import Notice, NoticeCode
from mmhs_finder.words import join_words, plain_date, texts

_NOTICE: Final = texts("notice.{}", NoticeCode)

_ABOUT_PLACE: Final = (
    NoticeCode.CORRECTED,
    NoticeCode.ORGANISATION,
    NoticeCode.COARSER,
    NoticeCode.SEVERAL_AREAS,
    NoticeCode.SPLIT_COUNCIL,
    NoticeCode.BORDER,
    NoticeCode.CLOSE_TO,
    NoticeCode.CLOSED,
    NoticeCode.NAME_ONLY,
    NoticeCode.INFERRED,
    NoticeCode.SHARED_AREA,
    NoticeCode.PARTLY_NONE_PUBLISHED,
)
"""Those about the place. Others speak to a parent, and their facts are on the sheet."""


@dataclass(frozen=True)
class NoticeView:
    """code: stable, for programs. text: for people."""

    code: NoticeCode
    text: str


def notice_views(notices: Iterable[Notice]) -> tuple[NoticeView, ...]:
    return tuple(NoticeView(n.code, notice_text(n)) for n in notices)


def notices_about_place(notices: Iterable[Notice]) -> tuple[NoticeView, ...]:
    """Those that somebody who refers is told."""
    return notice_views(n for n in notices if n.code in _ABOUT_PLACE)


def notice_text(notice: Notice) -> str:
    """The words of one notice. Lists of names are joined as people say them."""
    values = {
        gap: _name(value) if isinstance(value, str) else join_words([_name(v) for v in value])
        for gap, value in notice.values.items()
    }
    if "when" in values:
        values["when"] = plain_date(values["when"])
    return _NOTICE(notice.code, **values)


def _name(value: str) -> str:
    """A nation by its name in the language of the moment; anything else as it is."""
    return nation_words(value) if isinstance(value, Nation) else value
