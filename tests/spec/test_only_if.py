"""Help on a condition is told with its condition, in every channel, and is never a plain yes."""

from __future__ import annotations

import html
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmhs_finder.coverage.measures import DEFINITIONS, Measure
from mmhs_finder.coverage.rules import Known, Local
from mmhs_finder.coverage.values import Value
from mmhs_finder.directory.models import Pathway
from mmhs_finder.directory.said import only_if
from mmhs_finder.eligibility import Answers, Fit, State, assess
from mmhs_finder.eligibility.checks.needs import offer_place
from mmhs_finder.render.html.cards import pathway_tag
from mmhs_finder.render.registry import RENDERERS
from mmhs_finder.views.answer import answer_view
from mmhs_finder.views.printed import printed_view
from mmhs_finder.views.sheet import referral_sheet
from mmhs_finder.views.verdict import verdict_view
from mmhs_finder.words import say
from tests.made_up.records import TODAY, answer, criteria, match, service
from tests.made_up.world import directory as made_of

LOSS, TRAUMA = Pathway.LOSS, Pathway.BIRTH_TRAUMA
AFTER = "it was after 24 weeks"
ON = {"loss": "yes", "loss_only_if": AFTER}
KNOWN = {"accepts_pregnant": "yes", "no_time_limit": "yes", "prior_treatment_required": "no"}
RULES = criteria(birth_trauma="yes", **ON, **KNOWN)
TAG = say("tag.only_if", name=say("pathway.loss"), condition=AFTER)


def happened(*needs):
    return Answers(happened=frozenset(needs))


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("", ""),
        (AFTER, AFTER),
        (f"Only if {AFTER}.", AFTER),
        (f"if {AFTER}", AFTER),
        (f"  {AFTER} \n", AFTER),
        ("iffy cases are talked over", "iffy cases are talked over"),
    ],
)
def test_a_condition_follows_only_if(cell, said):
    assert only_if(criteria(loss="yes", loss_only_if=cell), LOSS) == said
    assert only_if(criteria(loss="no", loss_only_if=cell), LOSS) == ""
    assert only_if(None, LOSS) == ""


@pytest.mark.parametrize("name", RENDERERS)
def test_every_rendering_says_the_condition_and_no_plain_yes(name):
    found = answer(match(service(), criteria=RULES), needs=(LOSS,))
    view = answer_view(found)
    drawn = html.unescape(RENDERERS[name](view))
    assert AFTER in drawn
    if name == "json":
        row = json.loads(drawn)["mmhs"][0]
        assert row["pathways_only_if"] == {"loss": AFTER}
    else:
        assert TAG in drawn
    assert AFTER in view.verdict.sentence and "Ask" in view.verdict.sentence
    (tagged,) = [p for p in view.services[0].helps if p.pathway is LOSS]
    assert not tagged.is_plain_yes
    assert "tag-yes" not in pathway_tag(tagged) and say("tag.yes") not in pathway_tag(tagged)


def test_paper_and_the_sheet_say_it():
    found = answer(match(service(), criteria=RULES), needs=(LOSS,))
    assert any(TAG in text for _, text in printed_view(found, ()).services[0].facts)
    of = service()
    made = made_of([of], [], criteria=[RULES])
    row = referral_sheet(made, of, today=TODAY).row("loss")
    assert row and row.text == say("sheet.only_if", condition=AFTER)


@pytest.mark.parametrize("needs", [(LOSS,), (LOSS, TRAUMA)])
def test_help_on_a_condition_is_worth_asking_and_never_looks_right(needs):
    of = service(self_referral="yes", min_age=16)
    plain = criteria(birth_trauma="yes", loss="yes", **KNOWN)
    on = assess(of, RULES, happened(*needs))
    without = assess(of, plain, happened(*needs))
    assert on.outcome is Fit.WORTH_ASKING
    assert AFTER in on.headline
    pathway = [f for f in on.findings if f.criterion == "pathway"]
    assert [f.state for f in pathway] == [State.CANNOT_TELL]
    assert say("check_ask.pathway") in on.questions
    assert [f.state for f in without.findings if f.criterion == "pathway"] == [State.MET]
    assert offer_place(RULES, frozenset(needs)) == 1 and offer_place(plain, frozenset(needs)) == 0


def test_for_what_has_no_condition_nothing_changes():
    of = service(self_referral="yes", min_age=16)
    found = assess(of, RULES, happened(TRAUMA))
    assert AFTER not in found.headline
    verdict = verdict_view(answer(match(of, criteria=RULES), needs=(TRAUMA,)))
    assert AFTER not in verdict.sentence


def test_what_is_plain_is_said_first_and_a_no_last():
    rules = criteria(birth_trauma="yes", tokophobia="no", **ON)
    needs = (LOSS, TRAUMA, Pathway.TOKOPHOBIA)
    said = verdict_view(answer(match(service(), criteria=rules), needs=needs)).sentence
    reason = assess(service(), rules, happened(*needs)).findings[0].reason
    for text, first in ((said, "They help after a hard"), (reason, "They help with birth")):
        assert text.startswith(first)
        assert text.index(AFTER) < text.index("do not help")


def test_of_one_that_may_not_run_nothing_is_promised():
    found = answer(match(service(status="unknown"), criteria=RULES), needs=(LOSS,))
    assert verdict_view(found).sentence.startswith("It was set up")


def test_coverage_counts_it_as_offered():
    known = Known(service(), RULES)
    assert DEFINITIONS[Measure.LOSS].value_of(Local((known,), TODAY)) is Value.YES


@given(st.text(min_size=1, max_size=40))
def test_no_condition_becomes_markup(text):
    rules = criteria(loss="yes", loss_only_if=f"{text}<b>x</b>")
    drawn = RENDERERS["html"](answer_view(answer(match(criteria=rules), needs=(LOSS,))))
    assert "<b>x" not in drawn
