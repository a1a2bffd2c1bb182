"""What an answer may not promise: self-referral that is not published for what happened, a referral
to a service that says no, a page that is none of its own, help that may not be there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmhs_finder.directory.models import Pathway, PathwayOffer
from mmhs_finder.directory.said import may_ask_herself, sends_elsewhere
from mmhs_finder.eligibility import Answers, assess
from mmhs_finder.views.answer import answer_view
from mmhs_finder.views.outcome import script_views
from mmhs_finder.views.printed import printed_view
from mmhs_finder.views.verdict import ActionKind, verdict_view
from mmhs_finder.words import say
from tests.made_up.records import answer, criteria, match, service

LOSS, TRAUMA = Pathway.LOSS, Pathway.BIRTH_TRAUMA
SEPARATION, FEAR = Pathway.SEPARATION, Pathway.TOKOPHOBIA
PHONE = {"phone": "020 7946 0000", "phone_audience": "public", "phone_status": "confirmed"}
MAIL = {"email": "us@example.org", "email_audience": "public"}
FORM = {"referral_url": "https://example.org/refer"}
HELPS = criteria(birth_trauma="yes", loss="yes")
NOT_AFTER_LOSS = {"self_referral": "yes", "self_referral_except": ("loss",)}
AFTER_LOSS = say("verdict_need.loss")
SENT = "For birth trauma or fear of childbirth, ask to be referred to the perinatal team."


def verdict(needs, of=None, **changes):
    return verdict_view(answer(match(service(**changes), criteria=of or HELPS), needs=needs))


@pytest.mark.parametrize("needs", [(LOSS,), (TRAUMA, LOSS)])
@pytest.mark.parametrize(
    ("way", "key", "kind"),
    [(PHONE, "ring_and_ask", ActionKind.CALL), (MAIL, "ask_them", ActionKind.WRITE)],
)
def test_self_referral_that_is_not_published_for_a_loss_is_to_ask(needs, way, key, kind):
    found = verdict(needs, **NOT_AFTER_LOSS, **way, **FORM)
    assert found.sentence.endswith(say(f"contact.{key}", needs=AFTER_LOSS))
    assert found.first.kind is kind
    assert found.second and found.second.kind is not ActionKind.FORM
    assert say("script.happened_loss") in found.words


@pytest.mark.parametrize("needs", [(), (TRAUMA,)])
def test_for_what_it_is_published_for_nothing_changes(needs):
    found = verdict(needs, **NOT_AFTER_LOSS, **PHONE)
    assert found.sentence.endswith(say("verdict.yourself")) and not found.words


def test_every_view_says_the_same_of_self_referral_after_a_loss():
    of = answer(match(service(**NOT_AFTER_LOSS, **PHONE), criteria=HELPS), needs=(LOSS,))
    asked = say("contact.ring_and_ask", needs=AFTER_LOSS)
    view = answer_view(of).services[0]
    assert (view.contact_heading, view.contact) == (say("contact.unknown"), (asked,))
    assert not view.acts and view.script
    page = printed_view(of, (LOSS,))
    assert page.services[0].summary.contact == (asked,)
    assert page.scripts == (view.script,)
    told = assess(of.mmhs[0].service, HELPS, Answers(happened=frozenset({LOSS})))
    assert say("check.referral.met") not in {f.reason for f in told.findings}


@given(st.sets(st.sampled_from(Pathway)), st.sets(st.sampled_from(Pathway)))
def test_nobody_may_ask_herself_for_what_is_left_out(left_out, needs):
    of = service(self_referral="yes", self_referral_except=tuple(left_out))
    assert may_ask_herself(of, needs) is not bool(left_out & needs)


# --- a service that says no ---------------------------------------------------------------------

SAYS_NO = criteria(birth_trauma="no", tokophobia="no", separation="no", loss="yes")


@pytest.mark.parametrize("changes", [{"self_referral": "no"}, {"self_referral": "yes", **PHONE}])
@pytest.mark.parametrize("needs", [(TRAUMA,), (SEPARATION,), (TRAUMA, FEAR)])
def test_nobody_is_sent_to_a_service_that_says_no_to_all_of_it(changes, needs):
    of = answer(match(service(**changes), criteria=SAYS_NO), needs=needs)
    found, view = verdict_view(of), answer_view(of).services[0]
    assert found.sentence.endswith(say("verdict.elsewhere"))
    assert (found.first.kind, found.second.kind) == (ActionKind.NEAR, ActionKind.WORDS)
    words = {found.words, view.script, script_views(of)[0].text, *printed_view(of, needs).scripts}
    assert len(words) == 1 and "referral" not in found.words
    assert all(say(f"script.happened_{need.value}") in found.words for need in needs)


@pytest.mark.parametrize("needs", [(), (LOSS,), (LOSS, TRAUMA)])
def test_a_service_that_helps_with_some_of_it_stays_to_ask(needs):
    assert say("verdict.elsewhere") not in verdict(needs, SAYS_NO).sentence


@pytest.mark.parametrize(
    ("needs", "sent"), [((TRAUMA,), SENT), ((FEAR,), SENT), ((SEPARATION,), ""), ((LOSS,), "")]
)
def test_where_its_note_sends_her_is_said_for_what_it_names(needs, sent):
    of = service(self_referral="no", referral_note=f"A professional refers. {SENT}")
    assert sends_elsewhere(of, needs) == sent
    said = verdict_view(answer(match(of, criteria=SAYS_NO), needs=needs)).sentence
    assert said.endswith(SENT) is bool(sent)


def test_of_several_the_words_name_only_those_that_may_help():
    no = match(service(id="no", name="Says No"), criteria=SAYS_NO)
    yes = match(service(id="yes", name="Says Yes"), criteria=HELPS)
    words = verdict_view(answer(no, yes, needs=(TRAUMA,))).words
    assert "Says Yes" in words and "Says No" not in words
    neither = verdict_view(answer(no, no, needs=(TRAUMA,))).words
    assert "Says No" not in neither and say("script.happened_birth_trauma") in neither


# --- who is named, and what may not be there ----------------------------------------------------


@pytest.mark.parametrize("self_referral", ["no", "unknown"])
@pytest.mark.parametrize("referrers", [("health_visitor",), ("gp", "health_visitor")])
@pytest.mark.parametrize(("need", "named"), [(LOSS, False), (SEPARATION, False), (TRAUMA, True)])
def test_a_health_visitor_is_not_named_after_a_loss(self_referral, referrers, need, named):
    of = service(self_referral=self_referral, referrers=referrers)
    view = answer_view(answer(match(of, criteria=HELPS), needs=(need,)))
    visitor = say("referrer.health_visitor").removeprefix("your ")
    for said in (view.verdict.sentence, " ".join(view.services[0].contact)):
        assert (visitor in said) is named


@pytest.mark.parametrize("offer", PathwayOffer)
def test_of_a_service_that_may_not_run_nothing_is_told_as_if_it_did(offer):
    found = verdict((LOSS,), criteria(loss=offer), status="unknown").sentence
    assert say(f"verdict_unsure.{offer.value}", needs=AFTER_LOSS) in found
    assert not found.startswith("They ")
