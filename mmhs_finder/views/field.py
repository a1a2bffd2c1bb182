"""What stands around the postcode box, and what the search is called once there is an answer.

Not for: what is wrong with a postcode (`postcodes`), or drawing the field (`render.html.field`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from mmhs_finder.places.place import Place
from mmhs_finder.postcodes import LetterMissing, NotAPostcode, PostcodeError
from mmhs_finder.views.questions import NEEDS
from mmhs_finder.words import say, texts

_SHORT: Final = texts("need_short.{}", NEEDS)

_MORE: Final = frozenset(
    {
        "empty",
        "town_or_words",
        "area_only",
        "too_short",
        "unfinished",
        "two_readings",
        "no_fixed_abode",
        "refuge",
        "hard_time",
        "not_known",
        "abroad",
        "territory",
    }
)
"""Reasons for which what was typed is right as far as it goes."""

_SAID: Final = {"refuge", "hard_time"}
"""Reasons that have a title of their own: "a little more" is no answer to "my baby died"."""

_SAID_TITLE: Final = texts("find.{}_title", sorted(_SAID))


@dataclass(frozen=True)
class FieldProblem:
    """Why a search has led to no place: a title, and what to do next."""

    title: str
    text: str


def field_problem(problem: PostcodeError) -> FieldProblem:
    """In words without blame: a town that was typed is a beginning and no mistake."""
    if isinstance(problem, NotAPostcode) and problem.reason in _SAID:
        return FieldProblem(_SAID_TITLE(problem.reason), problem.message)
    goes_on = isinstance(problem, LetterMissing) or (
        isinstance(problem, NotAPostcode) and problem.reason in _MORE
    )
    title = say("find.error_title") if goes_on else say("find.check_title")
    return FieldProblem(title, problem.message)


def area_gone() -> FieldProblem:
    """The area of a visit is not in the list any more, which was brought up to date meanwhile."""
    return FieldProblem(say("find.error_title"), say("find.area_gone"))


def unknown_link() -> FieldProblem:
    """A link that names no area of the directory."""
    return FieldProblem(say("find.error_title"), say("find.link_unknown"))


@dataclass(frozen=True)
class SearchedView:
    """What was searched for, short enough for two lines of a phone."""

    place: str
    happened: str  # "" when nothing was chosen
    announced: str  # for who cannot see that the answer has changed


def searched_for(place: Place, needs: Collection[str]) -> SearchedView:
    """needs: values of `NEEDS`; others say nothing."""
    chosen = [_SHORT(need) for need in NEEDS if need in needs]
    if not chosen:
        return SearchedView(place.label, "", say("find.announce_all"))
    happened = chosen[0]
    if others := len(chosen) - 1:
        happened = say("find.and_others", first=happened, count=others)
    return SearchedView(place.label, happened, say("find.announce_for", happened=happened))
