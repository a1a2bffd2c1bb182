"""Opening hours, and the questions with their choices, as a reader is told them."""

from __future__ import annotations

from datetime import datetime

import pytest

from mmhs_finder.eligibility import (
    CHOICES,
    Question,
    choices,
    question_text,
)
from mmhs_finder.hours import LONDON, Opening, opening_at
from mmhs_finder.nation import Nation
from mmhs_finder.views.hours import hours_view
from mmhs_finder.views.questions import choices_words, question_words
from mmhs_finder.words import say
from tests.made_up.records import TUESDAY_NOON

# --- hours ----------------------------------------------------------------------------------------


def test_hours_are_told_as_of_now_today_and_as_published():
    opening = opening_at("Mo-Fr 09:00-17:00", Nation.ENGLAND, TUESDAY_NOON)
    found = hours_view(opening, "weekdays", TUESDAY_NOON)
    assert (found.opening, found.published, found.known) == (opening, "Weekdays.", True)
    assert found.state == ("Open now, until 5pm.", "")
    assert found.today.startswith("Today: 9am to 5pm") and found.today.endswith(".")


def test_without_hours_there_is_nothing_to_tell():
    found = hours_view(Opening(), "", TUESDAY_NOON)
    assert (found.now, found.today, found.published, found.known) == ("", "", "", False)
    assert hours_view(Opening(), "by appointment", TUESDAY_NOON).known
    timed = opening_at("Mo-Fr 09:00-17:00", Nation.ENGLAND, TUESDAY_NOON)
    assert hours_view(timed, "", TUESDAY_NOON).known


def test_what_matters_most_of_the_hours_is_their_first_sentence():
    night = datetime(2026, 11, 22, 3, tzinfo=LONDON)
    closed = hours_view(opening_at("Mo-Fr 09:00-17:00", Nation.ENGLAND, night), "", night)
    head, rest = closed.state
    assert f"{head} {rest}".strip() == closed.now and head.count(".") == 1 and head[-1] == "."


# --- questions ------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", [q for q in CHOICES if q is not Question.HAPPENED])
def test_somebody_who_refers_is_asked_in_words_of_their_own(question):
    assert question_words(question) == question_text(question)
    own = question_words(question, professional=True)
    assert own == say(f"professional_question.{question.value}")
    hers, theirs = choices_words(question), choices_words(question, professional=True)
    assert list(hers) == list(theirs) and {*CHOICES[question]} < {*hers}
    assert all("None" not in words and words for words in (*hers.values(), *theirs.values()))


@pytest.mark.parametrize("question", [*CHOICES])
def test_a_person_herself_reads_her_own_words_unless_it_is_said_who_asks(question):
    hers = choices_words(question)
    assert hers == dict(choices(question)) == choices_words(question, professional=False)


def test_some_choices_are_worded_otherwise_for_somebody_who_refers():
    hers, theirs = (choices_words(Question.WHO, professional=p) for p in (False, True))
    differ = {c for c in hers if hers[c] != theirs[c]}
    assert differ and all(theirs[c] == say(f"professional_choice.{c}") for c in differ)
    assert all(theirs[c] == say(f"choice.{c}") for c in {*theirs} - differ)
