"""The notices of an answer in words.

Not for: when a notice is given (`answers.finding`, `places.locating`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from mmhs_finder.answers.types import Answer, Outcome
from mmhs_finder.directory.named import area_words, nation_words
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
    NoticeCode.TAKEN_OUT,
)
"""Those about the place. Others speak to a parent, and their facts are on the sheet."""


class NoticePlace(StrEnum):
    """Where a notice of an answer is said. Each is said once."""

    VERDICT = "verdict"  # the first sentence says it
    PLACE = "place"  # about the place: before the facts
    FOOT = "foot"  # a doubt: under the facts


_IS_PLACE: Final = (
    NoticeCode.CORRECTED,
    NoticeCode.COARSER,
    NoticeCode.SEVERAL_AREAS,
    NoticeCode.SPLIT_COUNCIL,
    NoticeCode.BORDER,
)
_WHICH: Final = (NoticeCode.SEVERAL_AREAS, NoticeCode.SPLIT_COUNCIL, NoticeCode.SHARED_AREA)
"""Those that say which of several services is hers, the most exact first."""

_IN_VERDICT: Final[Mapping[Outcome, tuple[NoticeCode, ...]]] = {
    Outcome.UNCONFIRMED: (NoticeCode.UNCONFIRMED,),
    Outcome.CLOSED: (NoticeCode.CLOSED,),
    Outcome.NONE_PUBLISHED: (NoticeCode.NONE_PUBLISHED, NoticeCode.TAKEN_OUT),
    Outcome.OTHER_NATION: (NoticeCode.OTHER_NATION, NoticeCode.CROWN_DEPENDENCY),
}
"""What the first sentence of an outcome says already (`views.verdict`)."""


@dataclass(frozen=True)
class NoticeView:
    """code: stable, for programs. text: for people. place: where an answer says it."""

    code: NoticeCode
    text: str
    place: NoticePlace = NoticePlace.PLACE


def notice_views(notices: Iterable[Notice]) -> tuple[NoticeView, ...]:
    return tuple(NoticeView(n.code, notice_text(n)) for n in notices)


def notices_of_answer(answer: Answer) -> tuple[NoticeView, ...]:
    """Every notice of an answer, each with the one place where it is said."""
    verdict = _IN_VERDICT.get(answer.outcome, ())
    if which := notice_that_is_the_verdict(answer):
        verdict = (which.code,)
    return tuple(
        NoticeView(
            notice.code,
            notice_text(notice),
            NoticePlace.VERDICT
            if notice.code in verdict
            else NoticePlace.PLACE
            if notice.code in _IS_PLACE
            else NoticePlace.FOOT,
        )
        for notice in answer.notices
    )


def notice_that_is_the_verdict(answer: Answer) -> Notice | None:
    """Where there are several services: the notice that says which is hers."""
    if len(answer.mmhs) < 2:
        return None
    said = {notice.code: notice for notice in answer.notices}
    return next((said[code] for code in _WHICH if code in said), None)


def taken_out_text(answer: Answer) -> str:
    """That a service of this place is taken out while its entry is checked; "" where none is."""
    found = (n for n in answer.notices if n.code is NoticeCode.TAKEN_OUT)
    return next(map(notice_text, found), "")


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
    """A nation by its name in the language of the moment, a council as people call it."""
    return nation_words(value) if isinstance(value, Nation) else area_words(value)
