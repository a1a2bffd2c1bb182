"""People who have no postcode at hand, or none at all: each is told what to do next."""

from __future__ import annotations

import re

import pytest

from mmhs_finder.answers.finding import Finder
from mmhs_finder.postcodes import PostcodeError
from mmhs_finder.views.field import field_problem
from mmhs_finder.views.suggestions import suggestions_view

SCOLDING = re.compile(r"invalid|wrong|not valid|error|problem|looks like a place", re.IGNORECASE)


def told(finder: Finder, typed: str) -> str:
    with pytest.raises(PostcodeError) as caught:
        finder.place(typed)
    assert not SCOLDING.search(caught.value.message)
    return caught.value.message


@pytest.mark.parametrize("typed", ["homeless", "no fixed address", "NFA", "ZZ99 3VZ"])
def test_she_has_no_fixed_address(finder: Finder, typed: str) -> None:
    assert "without a fixed address" in told(finder, typed)
    assert "council where you are staying" in told(finder, typed)


def test_she_stays_with_friends_in_leeds(finder: Finder) -> None:
    told(finder, "sofa surfing in Leeds")
    (offer,) = suggestions_view(finder.suggestions("sofa surfing in Leeds")).offers
    assert offer.words == "Show support in Leeds"


def test_she_is_in_a_refuge_and_need_not_say_where(finder: Finder) -> None:
    message = told(finder, "in a refuge")
    assert "first part of a postcode" in message
    assert "do not keep" in message
    assert finder.suggestions("in a refuge").offers == ()


@pytest.mark.parametrize("typed", ["my baby died", "help", "suicide", "I lost my baby"])
def test_she_types_how_she_is(finder: Finder, typed: str) -> None:
    """Never a town, and the numbers before the postcode."""
    with pytest.raises(PostcodeError) as caught:
        finder.place(typed)
    problem = field_problem(caught.value)
    assert problem.title.startswith("We are sorry")
    assert problem.text.index("numbers at the top") < problem.text.index("Other support")
    assert problem.text.index("Other support") < problem.text.index("postcode")
    assert finder.suggestions(typed).offers == ()


def test_her_records_say_that_nobody_knows_where_she_lives(finder: Finder) -> None:
    assert "does not know a postcode" in told(finder, "ZZ99 3WZ")


def test_she_is_with_the_forces_in_the_falklands(finder: Finder) -> None:
    message = told(finder, "FIQQ 1ZZ")
    assert "the Falkland Islands" in message
    assert "people who live in England" in message
    assert "Other support" in message, "lines that she can call"


def test_she_types_the_hospital_where_it_happened(finder: Finder) -> None:
    view = suggestions_view(finder.suggestions("St Mary's Hospital"))
    assert "where you live" in view.lead, "a service goes by her home"
    assert "St Mary's Hospital, Manchester" in view.offers[0].words


def test_her_keyboard_slipped(finder: Finder) -> None:
    """Shift was held: CT11 may be meant, and CT1 must not be taken for it."""
    assert "more than one way" in told(finder, "CT!1 3NG")
