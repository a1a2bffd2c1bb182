"""The page to take along: what is on it, and what never is."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmhs_finder.answers.national import HIDDEN_UNLESS_CHOSEN
from mmhs_finder.answers.types import Match
from mmhs_finder.directory.models import Audience, Pathway, PhoneStatus, ServiceKind, Status, YesNo
from mmhs_finder.directory.ways import dialled
from mmhs_finder.eligibility import (
    AGES,
    Answers,
    LossKind,
    Range,
    Severity,
    Who,
    months_ago,
    question_text,
    rank,
    weeks_ago,
    years_ago,
)
from mmhs_finder.eligibility import Question as Q
from mmhs_finder.hours import LONDON
from mmhs_finder.nation import Nation
from mmhs_finder.places.place import Place
from mmhs_finder.postcodes.precision import Precision
from mmhs_finder.signposting.steps import next_steps
from mmhs_finder.views.summary import MOST_SCRIPT, Summary, shorter, summary_of, with_less_script
from mmhs_finder.views.told import since_words
from mmhs_finder.words import say

AT = datetime(2026, 11, 23, 12, 0, tzinfo=LONDON)
TODAY = AT.date()
EVERYTHING = Answers(
    happened=frozenset({Pathway.LOSS, Pathway.BIRTH_TRAUMA}),
    loss_kind=LossKind.STILLBIRTH,
    since=months_ago(14),
    several_events=True,
    has_baby=False,
    pregnant_now=True,
    weeks_pregnant=21,
    age=AGES["adult"],
    seen_before=True,
    lives_in_area=True,
    gp_in_area=False,
    maternity_booked_in_area=True,
    who=Who.PARENT,
    severity=Severity.COMPLEX,
    ptsd_presentation=True,
    has_care_coordinator=False,
)


def page(finder, text="CT1 3NG", answers=EVERYTHING, *, tick=False, script=None, **changes):
    """The page for the first service of a place, its row changed."""
    answer = finder.find(finder.place(text), tuple(answers.happened or ()), AT)
    assessments = rank(answer, answers)
    match = answer.mmhs[0] if answer.mmhs else None
    if match and changes:
        match = Match(match.service.model_copy(update=changes), match.opening, match.certainty)
    return summary_of(
        match,
        answer,
        next_steps(finder, answer, answers, assessments),
        script=script,
        answers=answers,
        assessment=assessments[0] if assessments else None,
        include_answers=tick,
    )


def texts(summary: Summary) -> str:
    """Every word and every link of a page."""
    return repr(summary).replace("\xa0", " ").replace("\\xa0", " ")


# --- the service --------------------------------------------------------------------------------


def test_a_service_that_others_refer_to(finder):
    found = page(finder)
    assert found.title == "Harbour"
    assert "Midshire Coast NHS Trust" in found.subtitle
    assert found.contact_heading == "Somebody asks them for you"
    assert "0161\xa0496\xa00101. This number is for professionals." in found.contact[-1]
    assert found.hours.startswith("Monday to Friday, 9am to 5pm")
    assert [w.link for w in found.ways] == ["https://example.org/harbour"]
    assert "from a copy of a public page" in found.source_dates.lower()
    assert "23 November 2026" in found.made


def test_a_service_that_people_reach_themselves(finder):
    found = page(finder, "NR1 3RU")
    assert found.contact_heading == "You can contact them yourself"
    assert [w.link for w in found.ways][:2] == ["tel:01914980102", "mailto:willow@example.org"]
    assert found.script == ""


def test_hours_that_are_not_published_are_asked_for(finder):
    assert page(finder, hours_text="").hours == "Their page does not say. Ask the service."


def test_every_service_with_hours_has_them_in_words(directory):
    assert not [s.id for s in directory.services.values() if s.hours_osm and not s.hours_text]


@pytest.mark.parametrize("audience", [*Audience, None])
@pytest.mark.parametrize("phone_status", [*PhoneStatus, None])
@pytest.mark.parametrize("self_referral", [*YesNo])
@pytest.mark.parametrize("status", [*Status])
def test_the_right_number_for_the_right_reader(
    finder, audience, phone_status, self_referral, status
):
    found = page(
        finder,
        phone="020 7946 0000",
        phone_audience=audience,
        phone_status=phone_status,
        self_referral=self_referral,
        status=status,
        website="",
    )
    confirmed = phone_status is PhoneStatus.CONFIRMED
    public = confirmed and audience is Audience.PUBLIC and status is Status.OPEN
    professional = confirmed and audience is Audience.PROFESSIONAL
    assert ("tel:02079460000" in texts(found)) == public
    assert ("020 7946 0000" in texts(found)) == (public or professional)
    said = "020 7946 0000. This number is for professionals." in texts(found)
    assert said == professional


def test_a_service_that_may_not_run_says_so_first(finder):
    found = page(finder, status=Status.UNKNOWN)
    assert found.warnings[0] == say("status.unconfirmed_text")
    assert found.contact[0] == say("contact.unconfirmed_text", name="Harbour")


def test_a_service_of_another_area_says_so(finder):
    answer = finder.find(finder.place("M1 1AE"), (), AT)
    found = summary_of(answer.neighbours[0], answer, ())
    assert say("fit.via_gp") in found.warnings


def test_a_hostile_address_is_no_link(finder):
    for url in ("javascript:alert(1)", "http://[", "https://a b.uk", "file:///etc/passwd", "//x"):
        assert {w.link for w in page(finder, website=url).ways} == {""}


def test_every_source_is_there(finder, directory):
    for service in directory.services.values():
        if service.kind is ServiceKind.MMHS:
            found = summary_of(Match(service, None), finder.find(finder.place("CT1"), (), AT), ())
            assert len(found.sources) == len(service.source_urls)
            assert len({w.text for w in found.sources}) == len(found.sources)


@pytest.mark.parametrize(
    ("number", "digits"),
    [
        ("0300 443 0048 ext 7093", "03004430048"),
        ("0300 443 0048 (option 2)", "03004430048"),
        ("020 7713 7486 / 7487", "02077137486"),
        ("+44 20 7946 0000", "+442079460000"),
        ("999", "999"),
    ],
)
def test_an_extension_is_not_dialled(number, digits):
    assert dialled(number) == digits


def test_every_number_of_the_directory_can_be_dialled(directory):
    for row in (*directory.services.values(), *directory.national):
        if row.phone:
            assert len(dialled(row.phone)) in (3, 6, 8, 10, 11), row.phone


# --- the person ---------------------------------------------------------------------------------


def test_nothing_that_was_answered_is_there_unless_ticked(finder):
    """The rest of the page is the same whatever was answered, questions included."""
    answer = finder.find(finder.place("CT1 3NG"), (Pathway.LOSS,), AT)
    steps = next_steps(finder, answer, Answers())
    pages = []
    for answers in (Answers(), EVERYTHING, Answers(who=Who.PARTNER), Answers(age=Range(14, 14))):
        for assessment in (None, rank(answer, answers)[0]):
            pages.append(
                summary_of(answer.mmhs[0], answer, steps, answers=answers, assessment=assessment)
            )
    assert len(set(pages)) == 1
    assert pages[0].told == ()
    assert pages[0].outcome == ""


def test_everything_that_was_answered_is_there_when_ticked(finder):
    found = page(finder, tick=True)
    told = {t.question: t.answer for t in found.told}
    assert list(told) == [question_text(q) for q in Q]
    assert (
        told[question_text(Q.HAPPENED)]
        == "A hard or frightening birth; Loss of a baby or pregnancy"
    )
    assert told[question_text(Q.WHEN)] == "about 14 months ago"
    assert told[question_text(Q.WEEKS_PREGNANT)] == "21"
    assert told[question_text(Q.AGE)] == "18 or over"
    assert told[question_text(Q.GP_IN_AREA)] == "No"
    assert told[question_text(Q.SEVERITY)].startswith("Complex")
    assert found.outcome


def test_a_tick_without_answers_adds_nothing(finder):
    assert page(finder, answers=Answers(), tick=True).told == ()


@pytest.mark.parametrize("tick", [True, False])
def test_a_postcode_is_never_there(finder, tick):
    for text in ("CT1 3NG", "CT1 3", "CT1", "CF10 1EP", "NE1 7RU", "IP22 1AA"):
        found = texts(page(finder, text, tick=tick))
        assert text not in found
        assert text.replace(" ", "") not in found


def test_the_persons_own_words_are_kept(finder):
    assert page(finder, script="My own words.").script == "My own words."
    assert page(finder, script="").script == ""
    assert "I lost a baby" in page(finder).script


def test_endless_words_are_cut_and_it_is_said(finder):
    found = page(finder, script="word " * 5000).script
    assert len(found) < MOST_SCRIPT + 100
    assert found.endswith(say("summary.script_more"))


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (Range(14, 14), "9 November 2026"),
        (Range(0, 0), "23 November 2026"),
        (weeks_ago(0), "less than a week ago"),
        (weeks_ago(1), "about 1 week ago"),
        (months_ago(0), "less than a month ago"),
        (years_ago(0), "less than a year ago"),
        (Range(598, 628), "about 20 months ago"),  # some day in a month
    ],
)
def test_how_long_ago(since, words):
    assert since_words(since, TODAY) == words


@given(st.integers(2, 200))
def test_weeks_and_months_come_back_as_they_were_said(number):
    assert since_words(weeks_ago(number), TODAY) == f"about {number} weeks ago"
    assert since_words(months_ago(number), TODAY) == f"about {number} months ago"


@given(st.integers(2, 80))
def test_years_come_back_as_they_were_said(number):
    assert since_words(years_ago(number), TODAY) == f"about {number} years ago"


@given(st.integers(0, 20000), st.integers(0, 900))
def test_any_range_has_words(least, width):
    assert since_words(Range(least, least + width), date(2026, 11, 23))


# --- questions and other support ----------------------------------------------------------------


def test_questions_end_with_what_everybody_may_want_to_know(finder):
    questions = page(finder).questions
    assert 4 <= len(questions) <= 6
    assert say("summary_ask.wait") in questions


def test_urgent_help_is_there_in_every_nation(finder):
    for text in ("CT1 3NG", "CF10 1EP", "EH1 1YZ", "BT1 5GS"):
        urgent = page(finder, text).urgent
        assert urgent[0].link == "tel:999"
        assert {"tel:116123", "sms:85258?body=SHOUT"} <= {w.link for w in urgent}
    england = page(finder).urgent
    first = ["tel:999", "tel:111", "tel:116123", "sms:85258?body=SHOUT"]
    assert [w.link for w in england if w.link in first] == first
    assert "press 2" in england[1].after
    assert "A&E" in england[0].after


def test_there_are_three_or_four_kinds_of_other_support_each_with_a_way_or_words(finder):
    for need in (*Pathway, None):
        answers = Answers(happened=frozenset({need} if need else ()))
        for text in ("CT1 3NG", "NE1 7RU", "CF10 1EP"):
            steps = page(finder, text, answers).steps
            assert 3 <= len(steps) <= 4
            for step in steps:
                assert step.ways or "“" in step.words


def test_a_way_is_not_shown_twice_when_there_is_another(finder):
    steps = page(finder, "NE1 7RU", Answers(happened=frozenset({Pathway.SEPARATION}))).steps
    first = [s.ways[0] for s in steps if s.ways]
    assert len(set(first)) == len(first)


def test_domestic_abuse_lines_are_never_there(finder, directory):
    hidden = [r for r in directory.national if r.kind == HIDDEN_UNLESS_CHOSEN]
    assert hidden
    found = texts(page(finder)) + texts(page(finder, "CF10 1EP"))
    for row in hidden:
        assert row.name not in found


def test_where_no_service_is_known_the_page_says_how_to_ask(finder):
    found = page(finder, "NE1 7RU")
    assert found.title == "Maternal mental health support"
    assert found.script.startswith(say("script.happened_birth_trauma"))
    assert "Is there a maternal mental health service for people who live in Newc" in found.script
    assert found.steps
    assert found.urgent


@pytest.mark.parametrize("nation", [n for n in Nation if n is not Nation.ENGLAND])
def test_other_nations_have_a_page_too(finder, nation):
    place = Place(label=nation.value, precision=Precision.POSTCODE, nation=nation)
    answer = finder.find(place, (), AT)
    found = summary_of(None, answer, next_steps(finder, answer, Answers()))
    assert nation.value in found.subtitle
    assert found.contact
    assert found.urgent


# --- fitting ------------------------------------------------------------------------------------


def test_shorter_pages_lose_only_what_matters_least(finder):
    full = page(finder, tick=True)
    for cut in shorter(full):
        assert cut.shortened
        for kept in ("title", "contact", "ways", "hours", "told", "script", "urgent", "sources"):
            assert getattr(cut, kept) == getattr(full, kept)
        assert cut.steps
        assert cut.questions


def test_less_script_ends_between_words():
    summary = with_less_script(_blank("one two three"), 9)
    assert summary.script == f"one two …\n{say('summary.script_more')}"
    assert summary.shortened


def _blank(script: str) -> Summary:
    return Summary("", "", (), "", (), (), "", "", "", script, (), "", AT)
