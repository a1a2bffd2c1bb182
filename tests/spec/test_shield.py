"""The shield, as persons: after a loss or a separation nothing for a parent with her baby."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmhs_finder.answers.suited import About, Situation, about_service, suits
from mmhs_finder.directory.models import LossKind, Pathway, ServiceKind, YesNo
from mmhs_finder.eligibility import Answers, Range, Severity, Who, rank
from mmhs_finder.render.html.fit import step_card
from mmhs_finder.render.registry import RENDERERS
from mmhs_finder.signposting.destinations import Step
from mmhs_finder.signposting.steps import next_steps
from mmhs_finder.views.answer import answer_view
from mmhs_finder.views.steps import step_view
from mmhs_finder.views.summary import summary_of
from tests.made_up.records import SUNDAY_NIGHT, TUESDAY_NOON

LOSS, TRAUMA = Pathway.LOSS, Pathway.BIRTH_TRAUMA
A_BABY = re.compile(
    r"mother and baby|breastfe|baby buddy|\bNCT\b|home-start|parent-infant|family hub"
    r"|start for life|parent and baby|baby group|crying baby",
    re.IGNORECASE,
)
FOR_A_BABY = ("Cradle Baby Group", "Cove Parent and Baby Team", "Made Up Crying Baby Line")
"""What the made-up directory has for a parent with her baby near Canterbury, and everywhere."""

PLACES = ("CT1 3NG", "M13 9WL", "NR1 3RU", "TS24 7BT", "SW17 0QT")


def steps_for(finder, text, at=SUNDAY_NIGHT, **said):
    answer = finder.find(finder.place(text), tuple(said.get("happened") or ()), at)
    said["happened"] = frozenset(said.get("happened") or ()) or None
    answers = Answers(**said)
    return next_steps(finder, answer, answers, rank(answer, answers))


@pytest.mark.parametrize("text", PLACES)
@pytest.mark.parametrize("needs", [(LOSS,), (LOSS, TRAUMA), (Pathway.SEPARATION,)])
@pytest.mark.parametrize("name", RENDERERS)
def test_her_baby_died_in_a_hard_birth_and_no_page_speaks_of_a_baby(finder, text, needs, name):
    """What is offered may not; what a service for loss says of itself ("mothers") may."""
    view = answer_view(finder.find(finder.place(text), needs, SUNDAY_NIGHT))
    kinds = {s.kind for s in view.other_services}
    assert not kinds & {ServiceKind.MOTHER_BABY_UNIT, ServiceKind.PARENT_INFANT}
    assert not [row.id for row in (*view.lines, *view.routes) if row.row.with_a_baby is YesNo.YES]
    drawn = RENDERERS[name](view)
    for heading in A_BABY.findall(drawn):
        offered = [s.name for s in view.every_service] + [row.name for row in view.lines]
        assert not [n for n in offered if heading.lower() in n.lower()], heading


def test_her_baby_died_in_a_hard_birth_at_three_in_the_morning_in_canterbury(finder):
    steps = steps_for(finder, "CT1 3NG", happened=(LOSS, TRAUMA), loss_kind=LossKind.NEONATAL_DEATH)
    assert [s.step for s in steps[:2]] == [Step.URGENT, Step.BEREAVEMENT]
    names = [o.support.name for s in steps for o in s.offers]
    names += [m.service.name for s in steps for m in s.local]
    assert not [n for n in names if A_BABY.search(n)]


def test_a_twin_died_and_the_other_baby_is_with_her(finder):
    steps = steps_for(finder, "CT1 3NG", happened=(LOSS,), has_baby=True)
    assert Step.CHILDRENS_CENTRE in [s.step for s in steps]


def test_pregnant_again_after_a_loss_brings_back_the_midwife_and_no_baby_app(finder):
    steps = steps_for(finder, "CT1 3NG", at=TUESDAY_NOON, happened=(LOSS,), pregnant_now=True)
    order = [s.step for s in steps]
    assert order.index(Step.MENTAL_HEALTH_MIDWIFE) in (1, 2)
    assert Step.CHILDRENS_CENTRE not in order


@pytest.mark.parametrize("kind", [LossKind.MISCARRIAGE, LossKind.ECTOPIC, LossKind.TERMINATION])
def test_after_a_miscarriage_nobody_starts_with_her_birth_or_a_health_visitor(finder, kind):
    order = [s.step for s in steps_for(finder, "CT1 3NG", happened=(LOSS,), loss_kind=kind)]
    assert not {Step.MATERNITY, Step.HEALTH_VISITOR, Step.MENTAL_HEALTH_MIDWIFE} & {*order}


@pytest.mark.parametrize("text", PLACES)
def test_with_nothing_said_what_is_for_a_baby_stands_last(finder, text):
    view = answer_view(finder.find(finder.place(text), (), TUESDAY_NOON))
    assert not [line.name for line in view.lines if line.row.with_a_baby is YesNo.YES]
    assert [line.name for line in view.baby_lines] == ["Made Up Crying Baby Line"]
    about = [about_service(s.service) is About.BABY for s in view.other_services]
    assert about == sorted(about)


@pytest.mark.parametrize("at", [SUNDAY_NIGHT, TUESDAY_NOON])
def test_her_baby_was_taken_into_care_and_somebody_listens_within_the_first_three(finder, at):
    steps = steps_for(finder, "CT1 3NG", at=at, happened=(Pathway.SEPARATION,))
    assert Step.URGENT in [s.step for s in steps[:3]]


def test_at_seventeen_urgent_help_is_within_the_first_three(finder):
    steps = steps_for(finder, "CT1 3NG", at=TUESDAY_NOON, happened=(TRAUMA,), age=Range(17, 17))
    assert Step.URGENT in [s.step for s in steps[:3]]


@pytest.mark.parametrize("text", ["CT1 3NG", "TS24 7BT"])
def test_where_only_a_professional_can_ask_the_gp_is_fourth_or_earlier(finder, text):
    order = [s.step for s in steps_for(finder, text, at=TUESDAY_NOON, happened=(TRAUMA,))]
    assert order.index(Step.GP) <= 3


def test_drug_and_alcohol_help_is_never_among_the_first(finder):
    for needs in ((LOSS,), (TRAUMA,), ()):
        order = [s.step for s in steps_for(finder, "CT1 3NG", at=TUESDAY_NOON, happened=needs)]
        assert order.index(Step.DRUG_AND_ALCOHOL) > 5, 'behind "show more"'


@settings(max_examples=200, deadline=None)
@given(
    st.frozensets(st.sampled_from(Pathway)),
    st.sampled_from([None, *LossKind]),
    st.sampled_from([None, False]),
    st.sampled_from([None, True, False]),
)
def test_no_way_from_a_loss_to_a_baby_but_her_own_word(needs, kind, has_baby, pregnant):
    who = Situation(needs, has_baby, pregnant, kind)
    lost = bool(needs & {Pathway.LOSS, Pathway.SEPARATION}) or kind is not None
    assert suits(About.BABY, who) != lost


# --- every renderer, every answer ----------------------------------------------------------------

WORDS_ABOUT_A_BABY = re.compile(
    r"mother and baby|breastfe|infant feeding|baby buddy|\bNCT\b|home-start|parent-infant"
    r"|parent and baby|family hub|children's centre|start for life|have a baby|with your baby"
    r"|health visitor$|support from other parents|if you have a baby|baby app|baby group"
    r"|crying baby",
    re.IGNORECASE,
)


def told(view) -> list[str]:
    """Every name, heading and text of ours that a view of an answer tells."""
    texts = [view.heading, view.alternatives_section.text, *(n.text for n in view.notices)]
    for found in (*view.other_services, *view.neighbours):
        texts += [found.name, found.kind_words]
        texts += [found.about] if not found.service.who_for else []
    for row in (*view.lines, *view.baby_lines, *view.routes):
        texts += [row.name, row.heading, row.offers, row.who]
    texts += [d.name for d in view.nation.services] if view.nation else []
    return texts


def told_by_steps(steps) -> list[str]:
    texts = []
    for step in (step_view(s, SUNDAY_NIGHT) for s in steps):
        texts += [step.title, step.what, step.say]
        texts += [row.full_name if hasattr(row, "full_name") else row.name for row in step.rows]
    return texts


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from((*PLACES, "CF10 1EP", "EH1 1YZ", "BT1 5GS", "SE11 4TJ", "E1 6AN", "SS1 1AA")),
    st.frozensets(st.sampled_from(Pathway)),
    st.sampled_from([LOSS, Pathway.SEPARATION]),
    st.sampled_from([None, *LossKind]),
    st.sampled_from([None, False]),
    st.sampled_from([None, True, False]),
    st.sampled_from([None, *Who]),
    st.sampled_from([None, *Severity]),
    st.sampled_from([None, Range(0, 15), Range(19, 19), Range(18, 120)]),
    st.sampled_from([SUNDAY_NIGHT, TUESDAY_NOON]),
)
@pytest.mark.slow
def test_no_path_from_a_loss_leads_to_a_word_about_having_a_baby(
    finder, text, others, lost, kind, has_baby, pregnant, who, severity, age, at
):
    needs = others | {lost}
    kind = kind if LOSS in needs else None
    answers = Answers(
        happened=needs,
        loss_kind=kind,
        has_baby=has_baby,
        pregnant_now=pregnant,
        who=who,
        severity=severity,
        age=age,
    )
    answer = finder.find(finder.place(text), tuple(needs), at, situation_of_answers(answers))
    view = answer_view(answer)
    steps = next_steps(finder, answer, answers, rank(answer, answers))
    page = summary_of(None, answer, steps)
    on_paper = [s.title + s.words for s in page.steps]
    on_paper += [way.words + way.text for s in page.steps for way in s.ways]
    for said in (*told(view), *told_by_steps(steps), *on_paper):
        assert not WORDS_ABOUT_A_BABY.search(said), said
    drawn = {name: RENDERERS[name](view) for name in RENDERERS}
    drawn["steps"] = "".join(str(step_card(step_view(s, at))) for s in steps)
    for name, shown in drawn.items():
        for word in (*FOR_A_BABY, "mother_baby_unit"):
            assert word not in shown, name


def situation_of_answers(answers: Answers) -> Situation:
    return Situation(answers.happened, answers.has_baby, answers.pregnant, answers.loss_kind)


def test_with_a_baby_beside_her_after_a_loss_all_of_it_is_back(finder):
    who = Situation(frozenset({LOSS}), has_baby=True)
    view = answer_view(finder.find(finder.place("CT1 3NG"), (LOSS,), TUESDAY_NOON, who))
    assert "Your health visitor" in {r.heading for r in view.routes}
    shown = {s.name for s in view.other_services}
    assert {*FOR_A_BABY[:2], "Made Up Unit Middle", "Made Up Unit West"} <= shown
