"""The services of a place for somebody who refers: which, in which order, and what is said of them.

Not for: what a sheet says (`views.sheet`), or finding services by name (`views.names`).
"""

from __future__ import annotations

from collections.abc import Iterable

from mmhs_finder.answers.types import Answer, Match
from mmhs_finder.directory.models import Area, Service, ServiceKind
from mmhs_finder.directory.named import nation_words
from mmhs_finder.views.notices import taken_out_text
from mmhs_finder.words import join_words, say


def near(answer: Answer) -> tuple[tuple[str, tuple[Match, ...]], ...]:
    """The services of the place and those nearby, each group with the word that marks it."""
    local, nearby = say("professional.local"), say("professional.neighbour")
    return ((local, answer.mmhs), (nearby, answer.neighbours), (local, answer.alternatives))


def none_here(answer: Answer) -> str:
    """What is said where no maternal mental health service is known for the place, or ""."""
    place = answer.place
    if not place.areas:
        return say("professional.nation", place=place.label, nation=nation_words(place.nation))
    if answer.mmhs:
        return ""
    if text := taken_out_text(answer):
        return text
    if named := boards(place.areas):
        return say(
            "professional.none_published_board", place=place.label, boards=join_words(named, "or")
        )
    return say("professional.none_published", place=place.label)


def boards(areas: Iterable[Area]) -> tuple[str, ...]:
    """The integrated care boards of some areas since April 2026, each once."""
    named = (board for a in areas for board in (a.icb_2026, *a.icb_2026_others))
    return tuple(dict.fromkeys(board for board in named if board))


def sheet_first(answer: Answer) -> Service | None:
    """The service whose sheet is open before anybody has chosen: the one of the place, or else the
    perinatal team, which can say whether there is one."""
    for match in (*answer.mmhs, *answer.alternatives):
        if match.kind in (ServiceKind.MMHS, ServiceKind.PERINATAL_TEAM):
            return match.service
    return None


def own_areas(answer: Answer | None, service: Service) -> tuple[Area, ...]:
    """The person's own areas, when the service serves them; a neighbour keeps its own."""
    if not answer:
        return ()
    own = {m.service.id for m in (*answer.mmhs, *answer.alternatives)}
    return answer.place.areas if service.id in own else ()
