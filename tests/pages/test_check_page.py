"""Could it be right for you: the questions that matter here, and no dead end."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from mmhs_finder.channels.streamlit.visit import Visit
from mmhs_finder.eligibility import PROFESSIONAL_ONLY, Question, question_text
from mmhs_finder.views.outcome import WORDS_PART
from mmhs_finder.words import say
from tests.pages.offered import files as offered
from tests.pages.test_pages import page_text, ran, search, start

CHECK = "../../../pages/check.py"


def check(postcode: str, needs: list[str] | None = None) -> AppTest:
    app = search(start(), postcode)
    if needs:
        app.pills(key="needs").set_value(needs)
        ran(app.run())
    return ran(app.switch_page(CHECK).run())


def test_without_a_place_it_asks_for_one_and_what_needs_none():
    app = ran(start().switch_page(CHECK).run())
    text = page_text(app)
    assert "Put in your postcode or council" in text
    assert app.text_input(key="postcode")
    assert app.selectbox(key="council")
    asked = {r.label for r in app.radio}
    assert question_text(Question.WHO) in asked
    assert question_text(Question.LIVES_IN_AREA) not in asked, "it is about a service"
    app.pills(key="needs").set_value(["loss"])
    assert question_text(Question.LOSS_KIND) in {r.label for r in ran(app.run()).radio}


def test_a_search_from_here_leads_to_the_verdict_and_keeps_what_was_said():
    app = ran(start().switch_page(CHECK).run())
    app.pills(key="needs").set_value(["loss"])
    ran(app.run()).radio(key="answer_loss_kind").set_value("miscarriage")
    ran(app.run()).radio(key="answer_who").set_value("parent")
    ran(app.run())
    search(app, "CT1 3NG")
    assert app.radio(key="answer_loss_kind").value == "miscarriage"
    assert app.radio(key="answer_who").value == "parent"
    assert "Harbour: worth asking" in page_text(app)


@pytest.mark.parametrize("value", ["unsafe", "not_sure"])
def test_urgent_help_is_first_without_a_place_too(value):
    app = ran(start().switch_page(CHECK).run())
    app.radio(key="answer_safety").set_value(value)
    text = page_text(ran(app.run()))
    main = text[text.index('id="main-content"') :]
    assert "116 123" in main
    asked = [box for box in app.text_input if box.key == Visit.postcode.key]
    assert bool(asked) is (value == "not_sure"), "nothing else is asked of who is not safe"


def verdict(app: AppTest) -> str:
    (said,) = re.findall(r'<p class="outcome outcome-\w+"><strong>([^<]* · [^<]*)<', page_text(app))
    return said


def test_the_verdict_counts_what_is_left_and_has_its_next_step():
    app = check("CT1 3NG", ["loss"])
    before = verdict(app)
    left = int(re.search(r"(\d+) left", before)[1])
    assert before == f"Harbour: worth asking · {left} left to answer"
    copies = re.search(
        r'<button type="button" class="go" data-copy="words"[^>]*>([^<]+)<', page_text(app)
    )
    assert copies and copies[1] == say("fit_verdict.words"), "others refer to it"
    assert f'<h2 id="{WORDS_PART}"' in page_text(app)
    app.radio(key="answer_seen_before").set_value("yes")
    assert verdict(ran(app.run())) == f"Harbour: looks right to ask · {left - 1} left to answer"
    app.radio(key="answer_who").set_value("not_sure")
    assert f"{left - 2} left" in verdict(ran(app.run())), "not sure is an answer"


def test_a_service_that_she_asks_herself_is_one_press_away():
    assert re.search(r'<span class="go"><a href="(tel|mailto|https?):', page_text(check("NR1 3RU")))


def test_who_is_safe_finds_urgent_help_folded_and_once():
    text = page_text(check("CT1 3NG", ["loss"]))
    assert "<summary>Urgent help</summary>" in text
    unsure = check("CT1 3NG", ["loss"])
    unsure.radio(key="answer_safety").set_value("not_sure")
    assert "<summary>Urgent help</summary>" not in page_text(ran(unsure.run())), "it stands first"


def test_only_questions_that_matter_for_this_place_are_asked():
    thrive = {r.label for r in check("CT1 3NG").radio}
    assert "When did it happen?" not in thrive, "Harbour takes trauma from any time"
    assert "Have you had help for this before, such as talking therapies or counselling?" in thrive
    lotus = {r.label for r in check("ST16 3SR").radio}
    assert "When did it happen?" in lotus
    assert not {question_text(q) for q in PROFESSIONAL_ONLY} & (thrive | lotus)


def test_where_no_service_is_known_nothing_is_asked_about_its_area():
    app = check("ST4 1HH", ["loss"])
    asked = {r.label for r in app.radio}
    assert "When did it happen?" in asked, "it matters for the neighbours"
    about_area = ("lives_in_area", "gp_in_area", "maternity_booked_in_area")
    assert not {say(f"question.{q}") for q in about_area} & asked
    assert "We know of no such service for ST4 1HH." in page_text(app)


def test_in_another_nation_it_is_said_that_these_services_are_only_in_england():
    text = page_text(check("EH1 1YZ"))
    assert "exist only in England" in text
    assert say("check_page.no_service") not in text


def test_a_service_that_cannot_be_reached_says_who_can_tell():
    text = page_text(check("BS1 5TR", ["loss"]))
    assert say("card.no_way") in text, "it has an address for professionals, and no page"
    assert "NHS talking therapies" in text, "the national way in comes next"


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
    app = check("CV1 2GN", ["separation"])
    text = page_text(app)
    assert "They may not be able to help with this." in text
    assert say("check_page.next_heading") in text
    assert say("fit_verdict.next") in text
    assert "eligib" not in text.lower()


def test_a_neighbour_that_fits_better_is_shown_before_the_rest():
    better = say("check_page.better_heading")
    chelmsford = check("CM1 1GB", ["birth_trauma"])
    assert better in [h.value for h in chelmsford.header], "the local one is for losses only"
    assert say("fit.ask_neighbour") in page_text(chelmsford)
    assert better not in [h.value for h in check("CT1 3NG", ["birth_trauma"]).header]


def test_of_several_events_the_last_one_counts():
    labels = {r.label for r in check("ST16 3SR", ["loss", "birth_trauma"]).radio}
    assert say("check_page.when_several") in labels
    assert "When did it happen?" not in labels


def test_time_is_asked_in_the_unit_people_know():
    app = check("ST16 3SR", ["loss"])
    app.radio(key="answer_when").set_value("years_since")
    ran(app.run())
    app.number_input(key="answer_years_since").set_value(4)
    text = page_text(ran(app.run()))
    assert "12 months" in text


def test_not_safe_shows_urgent_help_and_asks_nothing():
    app = check("CT1 3NG", ["loss"])
    app.radio(key="answer_safety").set_value("unsafe")
    ran(app.run())
    text = page_text(app)
    assert "999" in text
    assert "116 123" in text
    assert [r.key for r in app.radio] == ["answer_safety"], "nothing else is asked"
    assert "Harbour" not in text
    assert say("check_page.safe_after") in text


def test_answers_are_still_there_when_a_person_feels_safe_again():
    app = check("CT1 3NG", ["loss"])
    app.radio(key="answer_seen_before").set_value("yes")
    ran(app.run())
    app.radio(key="answer_safety").set_value("unsafe")
    ran(app.run())
    app.radio(key="answer_safety").set_value("safe")
    ran(app.run())
    assert app.radio(key="answer_seen_before").value == "yes"


@pytest.mark.parametrize("value", ["not_sure", "prefer_not_to_say"])
def test_not_sure_whether_she_is_safe_shows_urgent_help_first_and_keeps_the_rest(value):
    app = check("CT1 3NG", ["loss"])
    app.radio(key="answer_safety").set_value(value)
    text = page_text(ran(app.run()))
    assert text.index("116 123") < text.index("Harbour")
    assert say("check_page.safe_unsure") in text
    assert app.radio(key="answer_seen_before").value is None, "the questions are there"


def test_safety_is_a_choice_and_not_only_a_tick():
    options = check("CT1 3NG").radio(key="answer_safety").options
    assert list(options) == [
        "I feel safe",
        "I do not feel safe right now",
        "I am not sure",
        "I would rather not say",
    ]


def test_who_is_pregnant_is_asked_where_she_has_booked_only_where_it_counts():
    booked = question_text(Question.MATERNITY_BOOKED_IN_AREA)
    app = check("RG12 2UT", ["tokophobia"])
    assert booked not in {r.label for r in app.radio}
    app.radio(key="answer_pregnant_now").set_value("no")
    assert booked not in {r.label for r in ran(app.run()).radio}
    app.radio(key="answer_pregnant_now").set_value("yes")
    assert booked in {r.label for r in ran(app.run()).radio}


def test_more_weeks_than_a_pregnancy_has_are_answered_in_plain_words():
    app = check("CT1 3NG", ["tokophobia"])
    app.radio(key="answer_pregnant_now").set_value("yes")
    ran(app.run()).radio(key="answer_known_weeks").set_value("known_weeks")
    ran(app.run()).number_input(key="answer_weeks_pregnant").set_value(60)
    assert "A pregnancy lasts up to 42 weeks." in page_text(ran(app.run()))


def test_fertility_treatment_that_did_not_work_is_a_choice_of_its_own():
    app = check("CT1 3NG", ["failed_fertility_treatment"])
    assert "They help with unsuccessful fertility treatment." in page_text(app)
    assert "Family hub" not in page_text(app)


def test_clear_removes_every_answer():
    app = check("CT1 3NG", ["loss"])
    app.radio(key="answer_seen_before").set_value("yes")
    app.text_area[0].set_value("My own words.")
    app.checkbox(key="answer_include").check()
    ran(app.run())
    button = next(b for b in app.button if b.label == say("check_page.clear"))
    ran(button.click().run())
    assert app.radio(key="answer_seen_before").value is None
    assert app.pills(key="needs").value == []
    assert app.text_area[0].value.startswith("I would like to ask for a referral to Harbour")
    assert not app.checkbox(key="answer_include").value


@pytest.mark.parametrize("postcode", ["TS24 7BT", "EH1 1YZ", "HU3 2JZ", "JE2 3XP", "RG12 2UT"])
@pytest.mark.parametrize("needs", [None, ["loss"], ["separation", "tokophobia"]])
def test_nobody_gets_an_empty_page(postcode, needs):
    app = check(postcode, needs)
    assert page_text(app).count("<article") >= 3


def test_the_page_to_take_along_has_the_words_as_the_person_left_them():
    app = check("CT1 3NG", ["loss"])
    area = app.text_area[0]
    assert area.value.startswith("I would like to ask for a referral to Harbour")
    area.set_value("Please ask Harbour to see me.")
    ran(app.run())
    assert app.text_area[0].value == "Please ask Harbour to see me."
    assert list(offered(app)) == ["Get the page for Harbour (PDF)"]


@pytest.mark.parametrize(
    ("postcode", "words"), [("TS24 7BT", "live in Hartlepool"), ("EH1 1YZ", "Which NHS team")]
)
def test_where_no_service_is_known_there_are_words_to_change_and_a_page_too(postcode, words):
    app = check(postcode, ["loss"])
    assert words in app.text_area[0].value
    assert app.text_area[0].value.startswith("I lost a baby or a pregnancy.")
    labels = list(offered(app))
    assert labels == [f"Get the page for {postcode} (PDF)"]


def test_weeks_of_pregnancy_too_need_not_be_known_or_said(monkeypatch):
    """No service of today's directory has such a limit, so the question is made to be asked."""
    asked = (Question.HAPPENED, Question.PREGNANT_NOW, Question.WEEKS_PREGNANT)
    monkeypatch.setattr("mmhs_finder.views.outcome.needed_questions", lambda *_, **__: asked)
    app = check("CT1 3NG", ["tokophobia"])
    assert question_text(Question.WEEKS_PREGNANT) not in {r.label for r in app.radio}
    app.radio(key="answer_pregnant_now").set_value("yes")
    weeks = ran(app.run()).radio(key="answer_known_weeks")
    assert list(weeks.options)[-2:] == ["I am not sure", "I would rather not say"]
    weeks.set_value("known_weeks")
    ran(app.run()).number_input(key="answer_weeks_pregnant").set_value(20)
    ran(app.run())
    app.radio(key="answer_known_weeks").set_value("not_sure")
    assert not ran(app.run()).number_input
