"""The questions that a service is asked fit the directory that they are about."""

from __future__ import annotations

from mmhs_finder.curation.questions import ASKED, QUESTIONS, AnswerKind, choice_words, questions_for
from mmhs_finder.directory.cells import columns_of
from mmhs_finder.directory.files import FILES
from mmhs_finder.directory.models import Pathway, ServiceKind

NOBODY_IS_ASKED = {"curator_notes", "notes", "told_proof", "read", "confidence", "checked_on"}


def test_every_question_is_about_a_column_once():
    assert len(ASKED) == len(QUESTIONS)
    for question in QUESTIONS:
        assert question.column in columns_of(FILES[question.file])
        assert question.column not in NOBODY_IS_ASKED
        assert question.words.endswith("?")


def test_a_choice_offers_only_what_says_something():
    for question in QUESTIONS:
        is_choice = question.kind in (AnswerKind.CHOICE, AnswerKind.CHOICES)
        assert bool(question.choices) == is_choice
        assert "unknown" not in question.choices
        assert len({choice_words(each) for each in question.choices}) == len(question.choices)


def test_only_a_maternal_mental_health_service_is_asked_for_its_criteria():
    asked = {q.column for q in questions_for(ServiceKind.TALKING_THERAPIES)}
    assert not asked & {*Pathway}
    assert "self_referral" in asked
    assert {*Pathway} <= {q.column for q in questions_for(ServiceKind.MMHS)}
