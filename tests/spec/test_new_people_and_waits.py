"""Open to new people now, and how long people wait: with its month, and never as a promise."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmhs_finder.directory.models import Pathway
from mmhs_finder.directory.said import may_ask_herself, takes_nobody_now
from mmhs_finder.eligibility import Answers, Fit, assess
from mmhs_finder.planning.facts import figures
from mmhs_finder.render.registry import RENDERERS
from mmhs_finder.views.answer import answer_view
from mmhs_finder.views.availability import available_words, new_referrals_line, wait_lines
from mmhs_finder.views.contact import asking_words, contact_heading, contact_words
from mmhs_finder.views.printed import printed_view
from mmhs_finder.views.verdict import ActionKind, verdict_view
from mmhs_finder.words import say
from tests.made_up.records import TODAY, answer, criteria, match, service

FRESH, OLD = date(2026, 11, 2), date(2026, 6, 1)
CONFIRMED = {
    "told_on": FRESH,
    "told_by": "service manager",
    "told_how": "sender_domain",
    "told_proof": "example.org",
}
HERS = {"phone": "020 7946 0000", "phone_audience": "public", "phone_status": "confirmed"}
PAGE = {"website": "https://example.org/us", "website_kind": "service_page"}
SIX = {"wait_assessment_weeks": 6}
BOTH = {**SIX, "wait_therapy_weeks": 16}
OPENS, SHUT = {"new_referrals": "yes"}, {"new_referrals": "no"}


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({}, ""),
        (OPENS, ""),  # of no known day
        ({**SIX, **SHUT, "availability_as_of": FRESH}, ""),
        ({"availability_as_of": FRESH}, ""),
        (
            {**SIX, "availability_as_of": FRESH, **CONFIRMED},
            "In November 2026 the service told us that the usual wait to be seen for the first "
            "time is about 6 weeks. This can change from week to week.",
        ),
        (
            {**SIX, "availability_as_of": FRESH, **CONFIRMED, "told_proof": ""},
            "In November 2026 we were told that the usual wait to be seen for the first time is "
            "about 6 weeks. This can change from week to week.",
        ),
        (
            {**BOTH, **OPENS, "availability_as_of": FRESH},
            "In November 2026 we read that they take new people. The usual wait to be seen for the "
            "first time is about 6 weeks. The usual wait for the therapy to start is about 16 "
            "weeks. This can change from week to week.",
        ),
        (
            {**BOTH, **OPENS, "availability_as_of": OLD, **CONFIRMED, "told_on": OLD},
            "In June 2026 the service told us that they took new people. The usual wait to be seen "
            "for the first time was about 6 weeks. The usual wait for the therapy to start was "
            "about 16 weeks. It may have changed: ask.",
        ),
        (
            {"wait_therapy_weeks": 1, "availability_as_of": OLD, **CONFIRMED},
            "In June 2026 we read that the usual wait for the therapy to start was about 1 week. "
            "It may have changed: ask.",
        ),
        (
            {"wait_assessment_weeks": 0, "availability_as_of": FRESH},
            "In November 2026 we read that the usual wait to be seen for the first time is less "
            "than a week. This can change from week to week.",
        ),
    ],
)
def test_what_a_parent_is_told(columns, words):
    assert available_words(service(**columns), TODAY) == words


@pytest.mark.parametrize("name", RENDERERS)
def test_every_rendering_says_it(name):
    of = service(**BOTH, **OPENS, availability_as_of=FRESH, **CONFIRMED)
    drawn = RENDERERS[name](answer_view(answer(match(of))))
    if name == "json":
        found = json.loads(drawn)["mmhs"][0]
        assert (found["wait_assessment_weeks"], found["wait_therapy_weeks"]) == (6, 16)
        assert (found["availability_as_of"], found["availability_is_old"]) == ("2026-11-02", False)
        assert found["takes_new_referrals"] == "yes"
    else:
        assert "first time is about 6 weeks" in drawn and "November 2026" in drawn
    paper = printed_view(answer(match(of)), ()).services[0]
    told = (paper.summary.note, *(text for _, text in paper.facts))
    assert sum("about 6 weeks" in text for text in told) == 1, "once on paper"


@given(st.dates(date(2020, 1, 1), date(2026, 11, 24)), st.integers(0, 260))
def test_a_wait_always_stands_with_its_month_and_an_old_one_with_a_doubt(as_of, weeks):
    of = service(wait_assessment_weeks=weeks, availability_as_of=as_of, **OPENS)
    words = available_words(of, TODAY)
    assert str(as_of.year) in words
    old = as_of < date(2026, 8, 24)
    assert (say("available.old") in words) is old
    assert (say("available.takes") in words) is not old


def test_people_who_refer_read_it_beside_the_standard():
    of = service(**BOTH, **OPENS, availability_as_of=FRESH, **CONFIRMED)
    first, second = wait_lines(of, TODAY)
    nice = figures()
    assert f"within {nice['nice_assessment'].value:.0f} weeks of referral" in first
    assert f"within {nice['nice_therapy'].value:.0f} month of assessment" in second
    assert nice["nice_assessment"].note in first and "about 6 weeks" in first
    assert all("2 November 2026" in line and "service told us" in line for line in (first, second))
    said = new_referrals_line(of, TODAY)
    assert said.startswith("Yes.") and "2 November 2026" in said
    old = service(**SIX, **OPENS, availability_as_of=OLD)
    for line in (*wait_lines(old, TODAY), new_referrals_line(old, TODAY)):
        assert line.endswith(say("sheet.as_of_old"))
    assert new_referrals_line(service(**OPENS), TODAY).endswith(say("sheet.as_of_undated"))
    shut = f"{say('sheet.no')} {say('sheet.as_of_undated')}"
    assert new_referrals_line(service(**SHUT), TODAY) == shut
    assert new_referrals_line(service(new_referrals="unknown"), TODAY) == ""


# --- a closed door ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "heading", "text"),
    [
        (None, "full", "full_text"),
        (FRESH, "full", "full_text_dated"),
        (OLD, "full_old", "full_text_old"),
    ],
)
def test_of_a_service_that_takes_nobody_it_is_said_since_when(as_of, heading, text):
    of = service(self_referral="yes", **SHUT, availability_as_of=as_of, **HERS)
    month = {"month": as_of.strftime("%B %Y")} if as_of else {}
    assert contact_heading(of, today=TODAY) == say(f"contact.{heading}")
    words = say(f"contact.{text}", name=of.name, **month)
    assert contact_words(of, today=TODAY) == (words,)
    short = words if as_of is OLD else say(f"contact.{heading}")
    assert asking_words(of, today=TODAY) == short


@pytest.mark.parametrize("as_of", [None, FRESH, OLD])
@pytest.mark.parametrize("self_referral", ["yes", "no", "unknown"])
def test_a_door_never_opens_by_the_clock_and_an_old_no_is_no_wall(as_of, self_referral):
    of = service(self_referral=self_referral, **SHUT, availability_as_of=as_of, **HERS, **PAGE)
    assert takes_nobody_now(of) and not may_ask_herself(of)
    found = answer(match(of))
    view, verdict = answer_view(found).services[0], verdict_view(found)
    assert not view.acts and view.script
    kinds = {verdict.first.kind, verdict.second.kind}
    assert kinds == {ActionKind.WORDS, ActionKind.CALL}, "she can still call and ask"
    old = as_of is OLD
    assert ("June 2026" in verdict.sentence and "may have changed" in verdict.sentence) is old
    assert (say("verdict.full") in verdict.sentence) is not old


@pytest.mark.parametrize(("as_of", "month"), [(None, ""), (OLD, "June 2026")])
def test_a_service_that_takes_nobody_never_looks_right(as_of, month):
    of = service(self_referral="yes", **SHUT, availability_as_of=as_of, min_age=18)
    rules = criteria(loss="yes", accepts_pregnant="yes", no_time_limit="yes")
    found = assess(of, rules, Answers(happened=frozenset({Pathway.LOSS})))
    assert found.outcome is Fit.WORTH_ASKING
    assert "take no new people" in found.headline and month in found.headline
    assert say("check.referral.met") not in {f.reason for f in found.findings}
