"""Could it be right for me: what is asked, what is told of each service, and what to do next."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mmhs_finder.answers.types import Outcome
from mmhs_finder.directory.models import Pathway, Status
from mmhs_finder.directory.named import nation_words
from mmhs_finder.eligibility import (
    Answers,
    Question,
    Range,
    Safety,
    needed_questions,
    pregnancy_questions,
    rank,
)
from mmhs_finder.nation import Nation
from mmhs_finder.signposting.destinations import Step
from mmhs_finder.signposting.steps import next_steps
from mmhs_finder.views.line import line_view
from mmhs_finder.views.outcome import (
    STEPS_SHOWN,
    asked_view,
    outcome_view,
    script_views,
    urgent_view,
)
from mmhs_finder.views.steps import step_view
from mmhs_finder.views.summary import asking_script
from mmhs_finder.views.wording import script_text
from mmhs_finder.words import say
from tests.made_up import world
from tests.made_up.lines import EMERGENCY, STRIP, crisis, devolved
from tests.made_up.records import (
    SUNDAY_NIGHT,
    answer,
    criteria,
    line,
    match,
    offer,
    place,
    service,
)

LOST = Answers(happened=frozenset({Pathway.LOSS}))
GP = line(id="gp", kind="gp", name="A GP", nations=("England",))
BY_DAY = {"phone_hours_text": "By day", "phone_hours_osm": "Mo-Fr 09:00-17:00"}
DAY = line(id="day", pathways=("loss",), **BY_DAY)
FINDER = world.finder(world.directory(national=(*STRIP, GP, DAY)))
HERE = place(areas=(world.WEST,), council_code="E01", council="Westshire")


def local(key="here", **changes):
    """A local service. loss: whether it helps after one."""
    loss = changes.pop("loss", "yes")
    return match(
        service(id=key, name=f"Service {key}", **changes),
        criteria=criteria(service_id=key, loss=loss),
    )


def neighbour(key, loss="yes", **changes):
    return replace(local(key, loss=loss, **changes), certainty=None)


# --- what is asked --------------------------------------------------------------------------------


def test_with_a_service_it_is_asked_for_those_of_the_place():
    mine = local(area_basis=("gp_registered",))
    other = neighbour("other", area_basis=("maternity_booked",))
    found = asked_view(answer(mine, neighbours=(other,)), (Pathway.LOSS,))
    assert found.intro == say("check_page.intro")
    assert found.questions == needed_questions((mine,), (Pathway.LOSS,))
    assert Question.GP_IN_AREA in found.questions
    assert Question.MATERNITY_BOOKED_IN_AREA not in found.questions
    assert found.in_pregnancy == frozenset()


def test_without_a_service_it_is_asked_for_those_of_other_areas_and_not_where_she_belongs():
    other = neighbour("other", area_basis=("gp_registered",), min_age=16)
    found = asked_view(answer(neighbours=(other,)), ())
    assert found.intro == say("check_page.intro_elsewhere", place="MS1 1AA")
    assert found.questions == needed_questions((other,), (), neighbours=True)
    assert Question.AGE in found.questions
    assert Question.GP_IN_AREA not in found.questions


def test_where_the_only_service_has_closed_the_questions_are_those_of_other_areas():
    closed = local(status=Status.CLOSED, area_basis=("gp_registered",))
    other = neighbour("other")
    found = asked_view(answer(closed, neighbours=(other,)), ())
    assert found.intro == say("check_page.intro")
    assert found.questions == needed_questions((other,), (), neighbours=True)
    assert Question.GP_IN_AREA not in found.questions


def test_a_fear_of_birth_is_asked_for_the_weeks():
    assert Question.WEEKS_PREGNANT in asked_view(answer(local()), (Pathway.TOKOPHOBIA,)).questions
    assert Question.WEEKS_PREGNANT not in asked_view(answer(local()), ()).questions


def test_what_only_a_pregnant_person_is_asked():
    mine = local(area_basis=("gp_registered",), pregnant_area_basis=("maternity_booked",))
    found = asked_view(answer(mine), ())
    assert found.in_pregnancy == {Question.MATERNITY_BOOKED_IN_AREA} == pregnancy_questions((mine,))
    assert {Question.MATERNITY_BOOKED_IN_AREA, Question.GP_IN_AREA} <= {*found.questions}


# --- not safe, or not sure ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("safety", "after"),
    [
        (Safety.UNSAFE, "check_page.safe_after"),
        (Safety.UNSURE, "check_page.safe_unsure"),
    ],
)
def test_urgent_help_and_nothing_else(safety, after):
    urgent = (offer(EMERGENCY, SUNDAY_NIGHT), offer(crisis("day", **BY_DAY), SUNDAY_NIGHT))
    of = answer(local(), at=SUNDAY_NIGHT, urgent=urgent)
    found = urgent_view(FINDER, of, safety)
    assert found.heading == say("result.urgent_heading")
    assert found.after == say(after)
    (step,) = found.steps
    assert (step.step, step.title) == (Step.URGENT, "")
    assert step.what == say("step_what.urgent")
    assert step.rows == tuple(line_view(o, SUNDAY_NIGHT) for o in urgent)


# --- the words to use -----------------------------------------------------------------------------


def test_the_words_for_each_local_service():
    one, two = local("one"), local("two", self_referral="no")
    of = answer(one, two, needs=(Pathway.LOSS,), neighbours=(neighbour("other"),))
    first, second = script_views(of)
    assert [v.match for v in (first, second)] == [one, two]
    assert [v.label for v in (first, second)] == [
        say("take_away.script_label", name="Service one"),
        say("take_away.script_label", name="Service two"),
    ]
    assert [v.text for v in (first, second)] == [
        script_text(one.service, (Pathway.LOSS,)),
        script_text(two.service, (Pathway.LOSS,)),
    ]


def test_without_a_service_the_words_ask_whether_there_is_one():
    of = answer(needs=(Pathway.LOSS,), neighbours=(neighbour("other"),))
    (found,) = script_views(of)
    assert found.match is None
    assert found.label == say("take_away.script_label_none")
    assert found.text == asking_script(of)


# --- the outcome ----------------------------------------------------------------------------------


def names(assessments):
    return [a.service.id for a in assessments]


def test_each_local_service_then_those_elsewhere_that_fit_better_then_the_rest():
    of = answer(
        local("mine", loss="no"),
        place=HERE,
        needs=(Pathway.LOSS,),
        neighbours=(*(neighbour(k) for k in "abc"), neighbour("d", loss="no")),
    )
    found = outcome_view(FINDER, of, LOST)
    assert names(found.own) == ["mine"]
    assert names(found.better) == ["a", "b"]
    assert names(found.rest) == ["c", "d"]
    assert found.none_known == ""
    assert found.assessments == rank(of, LOST)
    assert names(found.assessments) == ["mine", "a", "b", "c", "d"]


def test_nothing_elsewhere_is_better_than_a_local_service_that_fits_as_well():
    of = answer(local("mine"), place=HERE, neighbours=(neighbour("a"),))
    found = outcome_view(FINDER, of, LOST)
    assert (names(found.own), names(found.better), names(found.rest)) == (["mine"], [], ["a"])


def test_the_steps_are_those_of_the_answer_and_all_of_them_go_along():
    lines = (offer(DAY, SUNDAY_NIGHT),)
    of = answer(
        local("mine", loss="no"),
        place=HERE,
        needs=(Pathway.LOSS,),
        at=SUNDAY_NIGHT,
        national=lines,
    )
    found = outcome_view(FINDER, of, LOST)
    expected = next_steps(FINDER, of, LOST, rank(of, LOST))
    assert found.all_steps == expected
    views = [step_view(s, SUNDAY_NIGHT) for s in expected]
    assert found.steps == tuple(v for v in views if v.step is not Step.URGENT)
    assert (found.urgent,) == tuple(v for v in views if v.step is Step.URGENT)
    unsure = outcome_view(FINDER, of, replace(LOST, safety=Safety.UNSURE))
    assert Step.URGENT not in {v.step for v in unsure.steps}
    assert "day" in [row.id for step in found.steps for row in step.rows]
    assert STEPS_SHOWN == 3 < len(found.steps)


def test_why_a_local_service_may_not_help_brings_what_helps_instead_to_the_front():
    of = answer(local("mine", min_age=25), place=HERE, needs=(Pathway.LOSS,))
    twenty = replace(LOST, age=Range(20, 20))
    steps = [s.step for s in outcome_view(FINDER, of, twenty).steps]
    assert steps[:2] == [Step.BEREAVEMENT, Step.GP]
    steps = [s.step for s in outcome_view(FINDER, of, LOST).steps]
    assert steps.index(Step.GP) > steps.index(Step.NHS_TALKING_THERAPIES)


def test_the_first_service_to_ask_is_called_by_its_name():
    earlier = service(id="brook", name="Brook Therapy")
    own = criteria(
        service_id="here",
        loss="yes",
        prior_treatment_required="preferred",
        earlier_help=("brook",),
    )
    mine = match(service(id="here"), criteria=own)
    finder = world.finder(world.directory((earlier, mine.service), criteria=(own,)))
    answers = replace(LOST, seen_before=False)
    (found,) = outcome_view(finder, answer(mine, place=HERE), answers).own
    assert "Brook Therapy" in repr(found.findings)


@pytest.mark.parametrize("outcome", [o for o in Outcome if o is not Outcome.OTHER_NATION])
@pytest.mark.parametrize("rows", [(), (devolved(),)])
def test_with_no_local_service_in_england_it_says_so(outcome, rows):
    of = answer(place=HERE, outcome=outcome, devolved=rows, neighbours=(neighbour("a"),))
    found = outcome_view(FINDER, of, LOST)
    assert found.own == ()
    closed = outcome is Outcome.CLOSED
    told = say("check_page.no_service_closed") if closed else say("check_page.no_service")
    assert found.none_known == told
    assert names(found.better) == ["a"]


def test_in_another_nation_it_says_what_there_is():
    wales = place(nation=Nation.WALES, areas=())
    of = answer(place=wales, outcome=Outcome.OTHER_NATION, devolved=(devolved(),))
    nation = nation_words(Nation.WALES)
    assert outcome_view(FINDER, of, LOST).none_known == say("nation.text", nation=nation)
    jersey = place(nation=Nation.JERSEY, areas=())
    of = answer(place=jersey, outcome=Outcome.OTHER_NATION)
    assert outcome_view(FINDER, of, LOST).none_known == say("nation.crown")


def test_who_is_not_safe_is_told_of_no_service():
    of = answer(local(), place=HERE, neighbours=(neighbour("a"),))
    found = outcome_view(FINDER, of, replace(LOST, safety=Safety.UNSAFE))
    assert found.own == found.better == found.rest == found.assessments == ()
    assert [s.step for s in found.steps] == [Step.URGENT]
