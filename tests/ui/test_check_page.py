"""Could it be right for you: the questions that matter here, and no dead end."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from mmhs_finder.eligibility import PROFESSIONAL_ONLY, question_text
from tests.ui.test_pages import page_text, ran, search, start

CHECK = "../../pages/check.py"


def check(postcode: str, needs: list[str] | None = None) -> AppTest:
    app = search(start(), postcode)
    if needs:
        app.pills(key="needs").set_value(needs)
        ran(app.run())
    return ran(app.switch_page(CHECK).run())


def test_without_a_place_it_says_where_to_begin():
    text = page_text(ran(start().switch_page(CHECK).run()))
    assert "First tell us where you live" in text


def test_only_questions_that_matter_for_this_place_are_asked():
    thrive = {r.label for r in check("CT1 3NG").radio}
    assert "When did it happen?" not in thrive, "Thrive takes trauma from any time"
    assert "Have you had help for this before, such as talking therapies or counselling?" in thrive
    lotus = {r.label for r in check("ST16 3SR").radio}
    assert "When did it happen?" in lotus
    assert not {question_text(q) for q in PROFESSIONAL_ONLY} & (thrive | lotus)


def test_every_question_can_be_left_out_or_not_answered():
    for radio in check("ST16 3SR", ["loss"]).radio:
        assert radio.value is None
        assert list(radio.options)[-2:] == ["I am not sure", "I would rather not say"]


def test_which_loss_is_asked_only_after_a_loss():
    assert "Which kind of loss was it?" not in {r.label for r in check("CT1 3NG").radio}
    assert "Which kind of loss was it?" in {r.label for r in check("CT1 3NG", ["loss"]).radio}


def test_answers_that_fit_look_right():
    app = check("CT1 3NG", ["loss"])
    app.radio(key="answer_seen_before").set_value("yes")
    assert "This service looks right to ask." in page_text(ran(app.run()))


def test_what_may_not_fit_comes_with_its_reason_and_a_next_step():
    app = check("CO1 1ZD", ["tokophobia"])
    text = page_text(app)
    assert "They may not be able to help with this." in text
    assert "What you can do next" in [h.value for h in app.header]
    assert "eligib" not in text.lower()


def test_time_is_asked_in_the_unit_people_know():
    app = check("ST16 3SR", ["loss"])
    app.radio(key="answer_when").set_value("years_since")
    ran(app.run())
    app.number_input(key="answer_years_since").set_value(4)
    text = page_text(ran(app.run()))
    assert "12 months" in text


def test_not_safe_shows_urgent_help_and_asks_nothing():
    app = check("CT1 3NG", ["loss"])
    app.checkbox(key="answer_not_safe").check()
    ran(app.run())
    text = page_text(app)
    assert "999" in text
    assert "116 123" in text
    assert not app.radio
    assert "Thrive" not in text


def test_clear_removes_every_answer():
    app = check("CT1 3NG", ["loss"])
    app.radio(key="answer_seen_before").set_value("yes")
    ran(app.run())
    button = next(b for b in app.button if b.label == "Clear my answers")
    ran(button.click().run())
    assert app.radio(key="answer_seen_before").value is None
    assert app.pills(key="needs").value == []


@pytest.mark.parametrize("postcode", ["TS24 7BT", "EH1 1YZ", "HU3 2JZ", "JE2 3XP", "RG12 2UT"])
@pytest.mark.parametrize("needs", [None, ["loss"], ["separation", "tokophobia"]])
def test_nobody_gets_an_empty_page(postcode, needs):
    app = check(postcode, needs)
    assert page_text(app).count("<article") >= 3


def test_the_page_to_take_along_has_the_words_as_the_person_left_them():
    app = check("CT1 3NG", ["loss"])
    area = app.text_area[0]
    assert area.value.startswith("I would like to ask for a referral to Thrive")
    area.set_value("Please ask Thrive to see me.")
    ran(app.run())
    assert app.text_area[0].value == "Please ask Thrive to see me."
    assert [b.label for b in app.get("download_button")] == ["Get the page for Thrive (PDF)"]


def test_an_area_without_a_known_service_has_a_page_to_take_along_too():
    labels = [b.label for b in check("TS24 7BT", ["loss"]).get("download_button")]
    assert labels == ["Get the page for TS24 7BT (PDF)"]
