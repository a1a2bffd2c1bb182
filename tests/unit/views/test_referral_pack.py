"""The referral pack: `views.referral_pack`, its questions and its letter."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmhs_finder.answers.finding import Finder
from mmhs_finder.directory.models import (
    Audience,
    Criteria,
    NationalSupport,
    Pathway,
    PhoneStatus,
    Service,
    ServiceKind,
    Status,
    YesNo,
)
from mmhs_finder.directory.named import NEED_TERM
from mmhs_finder.eligibility import CriterionId, published
from mmhs_finder.render.html.cards import mmhs_card, service_card
from mmhs_finder.render.pack_text import pack_text
from mmhs_finder.render.text import answer_text
from mmhs_finder.views.answer import answer_view
from mmhs_finder.views.pack_letter import letter
from mmhs_finder.views.pack_paper import pack_paper
from mmhs_finder.views.pack_questions import pack_questions
from mmhs_finder.views.referral_pack import (
    LINES_A_NEED,
    NEIGHBOURS,
    PackPart,
    PackPartId,
    ReferralPack,
    referral_pack,
)
from mmhs_finder.views.service import service_view
from mmhs_finder.views.sheet import referral_sheet
from mmhs_finder.words import say
from tests.made_up.records import TODAY, TUESDAY_NOON, criteria, line, match, service
from tests.made_up.texts import assert_told_in_full
from tests.made_up.world import MIDDLE, directory, finder

_OF_SERVICE = frozenset(Service.model_fields)
SERVES = (("made-up", "E02"),)


def pack(
    *others: Service,
    serves: Iterable[tuple[str, ...]] = SERVES,
    others_criteria: Iterable[Criteria] = (),
    national: Iterable[NationalSupport] = (),
    **columns: Any,
) -> ReferralPack:
    of = service(**{k: v for k, v in columns.items() if k in _OF_SERVICE})
    own = criteria(**{k: v for k, v in columns.items() if k not in _OF_SERVICE})
    made = directory(
        [of, *others], serves, criteria=[own, *others_criteria], national=tuple(national)
    )
    found = referral_pack(finder(made), of, at=TUESDAY_NOON)
    assert_told_in_full([(row.term, row.lines) for part in found.parts for row in part.rows])
    assert all(row.lines for part in found.parts for row in part.rows), "a heading says something"
    return found


def part(found: ReferralPack, part_id: PackPartId) -> PackPart:
    (one,) = (each for each in found.parts if each.id is part_id)
    return one


def rows(found: ReferralPack, part_id: PackPartId) -> dict[str, list[str]]:
    return {row.term: [x.text for x in row.lines] for row in part(found, part_id).rows}


def everything(found: ReferralPack) -> str:
    return pack_text(pack_paper(found, TUESDAY_NOON))


# --- the questions ------------------------------------------------------------------------------

TERMS = {need.value: NEED_TERM(need) for need in Pathway}
BOTH = f"{TERMS['birth_trauma']}; {TERMS['loss']}"

ASKED = [
    (CriterionId.SAFE, {}, ["Is the person safe right now, and everybody around?"]),
    (
        CriterionId.PATHWAY,
        {"loss": "yes", "birth_trauma": "yes", "tokophobia": "no"},
        [f"Is it about one of these: {BOTH}?"],
    ),
    (
        CriterionId.PATHWAY,
        {"loss": "yes", "loss_only_if": "Only if it was after 24 weeks."},
        [
            f"Is it about this: {TERMS['loss']}?",
            f"For {TERMS['loss']}: is it so that it was after 24 weeks?",
        ],
    ),
    (CriterionId.PATHWAY, {}, []),
    (
        CriterionId.LOSS_KIND,
        {"loss_kinds": ("stillbirth",)},
        ["After a loss: is it one of the kinds that are named?"],
    ),
    (CriterionId.LOSS_KIND, {}, []),
    (
        CriterionId.ONLY_WHEN,
        {"only_if_pregnant": ("tokophobia",), "only_if_not_pregnant": ("loss",)},
        [
            f"For {TERMS['tokophobia']}: is the person pregnant now? This is for people who are.",
            f"For {TERMS['loss']}: is the person not pregnant now? This is for people who are not.",
        ],
    ),
    (CriterionId.AREA, {}, ["Does the person belong to the area served?"]),
    (
        CriterionId.AREA,
        {"area_basis": ("lives_in", "gp_registered"), "pregnant_area_basis": ("maternity_booked",)},
        [
            "Does the person belong to the area served, by home address or GP registration?",
            "If the person is pregnant now: also by maternity booking?",
        ],
    ),
    (CriterionId.AREA, {"takes_from_anywhere": "yes"}, []),
    (
        CriterionId.MAX_MONTHS,
        {"max_months_since_event": 12},
        ["Is it less than 1 year since it happened?"],
    ),
    (
        CriterionId.MAX_MONTHS,
        {"max_months_since_event": 18, "limits_only_for": ("loss",)},
        [f"For {TERMS['loss']}: is it less than 18 months since it happened?"],
    ),
    (
        CriterionId.MAX_MONTHS,
        {"period_note": "In the year after birth"},
        ["How long ago was it?"],
    ),
    (CriterionId.MAX_MONTHS, {"no_time_limit": "yes", "max_months_since_event": 12}, []),
    (CriterionId.MAX_MONTHS, {}, []),
    (
        CriterionId.MIN_WEEKS,
        {"min_weeks_since_event": 1},
        ["Is it at least 1 week since it happened?"],
    ),
    (
        CriterionId.MIN_WEEKS,
        {"min_weeks_since_event": 12, "limits_only_for": ("loss",)},
        [f"For {TERMS['loss']}: is it at least 12 weeks since it happened?"],
    ),
    (CriterionId.PREGNANT, {"accepts_pregnant": "no"}, ["Is the person pregnant now?"]),
    (CriterionId.PREGNANT, {"accepts_pregnant": "yes"}, []),
    (
        CriterionId.GESTATION,
        {"max_gestation_weeks": 28},
        ["If the person is pregnant: is it before 28 weeks of gestation?"],
    ),
    (CriterionId.MIN_AGE, {"min_age": 18}, ["Is the person 18 years old or more?"]),
    (
        CriterionId.EARLIER_TREATMENT,
        {"prior_treatment_required": "yes"},
        ["Has the person had earlier treatment for this? Which, and when?"],
    ),
    (CriterionId.EARLIER_TREATMENT, {"prior_treatment_required": "no"}, []),
    (
        CriterionId.MULTIPLE_EVENTS,
        {"multiple_events": "yes"},
        ["Was it more than one loss or traumatic birth? More than one is asked for."],
    ),
    (
        CriterionId.PARTNER,
        {"partner_support": ("signposting",)},
        ["Is the referral for the person, or for a partner or family?"],
    ),
    (CriterionId.PTSD, {"ptsd_required": "yes"}, ["Is there a PTSD presentation?"]),
    (CriterionId.SEVERITY, {"severity": "severe"}, ["Is it as severe as the criteria ask for?"]),
    (
        CriterionId.CARE_COORDINATOR,
        {"care_coordinator": "yes"},
        ["Where needs are complex: is there a care co-ordinator?"],
    ),
    (
        CriterionId.EXCLUSIONS,
        {"exclusions": "Crisis or urgent need; current psychosis. Lives outside the area."},
        [
            "Does this apply: Crisis or urgent need?",
            "Does this apply: current psychosis?",
            "Does this apply: Lives outside the area?",
        ],
    ),
    (CriterionId.EXCLUSIONS, {}, []),
]
"""Which questions come of which columns of the directory."""


def questions(**columns: Any):
    of = service(**{k: v for k, v in columns.items() if k in _OF_SERVICE})
    own = criteria(**{k: v for k, v in columns.items() if k not in _OF_SERVICE})
    made = directory([of], SERVES, criteria=[own])
    return pack_questions(published(of, own), referral_sheet(made, of, today=TODAY))


@pytest.mark.parametrize(("kind", "columns", "wanted"), ASKED)
def test_each_criterion_has_its_question(kind, columns, wanted):
    assert [q.text for q in questions(**columns) if q.criterion is kind] == wanted


def test_every_criterion_is_in_the_table_but_those_that_other_parts_speak_of():
    in_the_table = {kind for kind, _, wanted in ASKED if wanted}
    elsewhere = {CriterionId.RUNNING, CriterionId.REFERRAL, CriterionId.RULES}
    assert in_the_table == {*CriterionId} - elsewhere


def test_questions_stand_in_the_order_of_the_criteria_and_safety_is_first():
    columns = {key: value for _, given, wanted in ASKED if wanted for key, value in given.items()}
    found = [q.criterion for q in questions(**columns)]
    assert found == sorted(found, key=list(CriterionId).index)
    assert found[0] is CriterionId.SAFE and len({*found}) > 10


@pytest.mark.parametrize(
    ("kind", "columns", "said"),
    [
        (
            CriterionId.MAX_MONTHS,
            {"max_months_since_event": 12},
            say("sheet.max_months", period="1 year"),
        ),
        (
            CriterionId.MAX_MONTHS,
            {"max_months_since_event": 12, "max_months_except": ("pregnant",)},
            say("pack.longer_pregnant"),
        ),
        (CriterionId.SEVERITY, {"severity": "moderate to severe"}, "Moderate to severe."),
        (CriterionId.PATHWAY, {"loss": "yes", "tokophobia": "no"}, f"{TERMS['tokophobia']}: No."),
        (CriterionId.PATHWAY, {"loss": "yes", "who_for": "after a loss"}, "After a loss."),
    ],
)
def test_beside_a_question_stands_what_is_published(kind, columns, said):
    (question,) = [q for q in questions(**columns) if q.criterion is kind]
    assert said in " ".join(question.stated)


def test_without_criteria_it_is_said_that_we_have_seen_none():
    assert part(pack(), PackPartId.QUESTIONS).intro == say("pack.questions_none")
    assert part(pack(severity="severe"), PackPartId.QUESTIONS).intro == say("pack.questions_intro")


# --- blanks, and what is known ------------------------------------------------------------------


def test_a_blank_is_about_us():
    found = pack()
    assert rows(found, PackPartId.HOW)[say("pack.form")] == [say("pack.form_none")]
    assert rows(found, PackPartId.HOW)[say("sheet_row.how")] == [say("pack.ways_none")]
    assert rows(found, PackPartId.CONSENT)[say("sheet_row.consent")] == [say("pack.consent_blank")]
    assert rows(found, PackPartId.TALK) == {say("pack.talk_advice"): [say("pack.talk_blank")]}
    after = rows(found, PackPartId.NEXT)
    assert after[say("pack.next_received")] == [say("pack.next_blank")]
    assert after[say("sheet_row.wait")] == [say("pack.next_wait_blank")]
    blanks = ("form_none", "consent_blank", "talk_blank", "next_blank", "next_wait_blank")
    assert "We have not seen" in say("pack.form_none")
    for key, text in ((k, everything(found)) for k in blanks):
        assert key and "does not" not in text
    assert rows(found, PackPartId.NEIGHBOURS) == {
        say("pack.neighbours"): [say("pack.neighbours_none")]
    }


def test_what_is_known_stands_instead_of_the_blank():
    found = pack(
        referral_url="https://example.org/form",
        consent_required="yes",
        consultation="Ring the team on Mondays",
        after_referral="They call within a week",
        wait_assessment_weeks=6,
        availability_as_of="2026-11-01",
    )
    how = part(found, PackPartId.HOW).rows[0].lines
    assert [x.url for x in how] == ["https://example.org/form"]
    assert say("pack.form") not in rows(found, PackPartId.HOW)
    assert rows(found, PackPartId.CONSENT)[say("sheet_row.consent")] == [say("sheet.yes")]
    assert rows(found, PackPartId.TALK) == {say("pack.talk_advice"): ["Ring the team on Mondays."]}
    after = rows(found, PackPartId.NEXT)
    assert after[say("pack.next_received")] == ["They call within a week."]
    (wait,) = after[say("sheet_row.wait")]
    assert "about 6 weeks" in wait and "1 November 2026" in wait


def test_the_person_is_asked_whether_she_agrees_and_we_say_that_this_is_our_question():
    asked = rows(pack(), PackPartId.CONSENT)[say("pack.consent_ask")]
    assert all(text.endswith("?") for text in asked[:-1])
    assert asked[-1] == say("pack.consent_ours")


@pytest.mark.parametrize("status", [*Status])
def test_a_service_that_is_not_known_to_run_is_said_to_be_so(status):
    columns = {"phone": "0161 496 0000", "phone_audience": "professional"}
    found = pack(status=status, phone_status="confirmed", referral_note="Write to them", **columns)
    ids = [each.id for each in found.parts]
    if status is Status.CLOSED:
        assert say("pack.closed") in found.notice and found.letter == ""
        assert ids == [PackPartId.INSTEAD, PackPartId.NEIGHBOURS, PackPartId.SOURCE]
        assert "0161" not in everything(found)
        return
    assert found.letter and PackPartId.INSTEAD not in ids
    unsure = say("pack.unconfirmed", provider="Made Up Trust")
    assert found.notice == ("" if status is Status.OPEN else unsure)


def test_a_service_of_another_kind_has_a_pack_without_neighbours():
    found = pack(kind="talking_therapies", min_age=18)
    assert found.part(PackPartId.NEIGHBOURS) is None
    assert "Is the person 18 years old or more?" in rows(found, PackPartId.QUESTIONS)


# --- numbers: who may have which ----------------------------------------------------------------

NUMBER, OTHER = "0161 496 0001", "0161 496 0002"


def digits(text: str) -> str:
    return re.sub(r"[^\d]", "", text)


@pytest.mark.parametrize("theirs", [*PhoneStatus])
@pytest.mark.parametrize("audience", [*Audience, None])
@pytest.mark.parametrize("status", [*PhoneStatus])
def test_a_number_is_given_to_whom_it_is_for_and_only_where_it_is_confirmed(
    status, audience, theirs
):
    running = (Status.OPEN, Status.UNKNOWN)
    kinds = (ServiceKind.MMHS, ServiceKind.PERINATAL_TEAM)
    for now, kind, herself in product(running, kinds, (YesNo.YES, YesNo.NO)):
        of = service(
            kind=kind,
            status=now,
            self_referral=herself,
            phone=NUMBER,
            phone_audience=audience,
            phone_status=status,
            referrer_phone=OTHER,
            referrer_phone_status=theirs,
        )
        made = finder(directory([of], SERVES, criteria=[criteria(loss="yes")]))
        confirmed = status is PhoneStatus.CONFIRMED and audience is not None
        found = referral_pack(made, of, at=TUESDAY_NOON)
        told = digits(everything(found))
        assert (digits(NUMBER) in told) == confirmed
        assert (digits(OTHER) in told) == (theirs is PhoneStatus.CONFIRMED)
        assert digits(NUMBER) not in digits(found.letter)
        assert digits(OTHER) not in digits(found.letter)
        withheld = say("pack.number_withheld") in everything(found)
        assert withheld == (not confirmed or theirs is not PhoneStatus.CONFIRMED)
        hidden = [OTHER]
        if not confirmed or audience is Audience.PROFESSIONAL:
            hidden.append(NUMBER)
        for shown in on_a_parents_screens(made, of):
            assert not [number for number in hidden if digits(number) in digits(shown)]


def on_a_parents_screens(made: Finder, of: Service) -> Iterable[str]:
    """Her card, less the words that she hands to a GP, in which a number is no link; a terminal."""
    card = mmhs_card if of.kind is ServiceKind.MMHS else service_card
    markup = str(card(service_view(match(of), (), TUESDAY_NOON)))
    assert f"tel:{digits(OTHER)}" not in markup
    yield re.sub(r"<blockquote.*?</blockquote>", "", markup)
    yield answer_text(answer_view(made.find(made.council(MIDDLE.code), at=TUESDAY_NOON)))


def test_a_number_for_people_who_refer_is_said_to_be_theirs():
    found = pack(phone=NUMBER, phone_audience="professional", phone_status="confirmed")
    (told,) = rows(found, PackPartId.TALK)[say("pack.talk_by")]
    assert told == say("pack.talk_phone", phone=NUMBER)
    assert say("sheet.phone_professional", phone=NUMBER) in everything(found)
    line_of_it = part(found, PackPartId.TALK).rows[0].lines[0]
    assert line_of_it.url == f"tel:{digits(NUMBER)}"
    public = pack(phone=NUMBER, phone_audience="public", phone_status="confirmed")
    assert say("pack.talk_blank") in everything(public)


# --- the letter ---------------------------------------------------------------------------------


def test_the_letter_holds_gaps_and_every_question_but_that_of_safety():
    found = pack(loss="yes", severity="severe", exclusions="Urgent need", max_months_since_event=12)
    for gap in ("[name]", "[date of birth]", "[date of event]", "[answer]", "[your name"):
        assert gap in found.letter
    asked = [row.term for row in part(found, PackPartId.QUESTIONS).rows]
    lines = found.letter.splitlines()
    assert [f"- {text} [answer]" for text in asked[1:]] == [x for x in lines if x.startswith("- ")]
    assert say("pack_letter.consent") in found.letter and say("pack_letter.risk") in found.letter
    assert f"one or more of: {TERMS['loss']}" in found.letter


def test_the_letter_names_the_address_for_people_who_refer_and_no_other():
    theirs = {"email": "team@example.org", "email_audience": "professional"}
    assert say("pack_letter.by_email", email="team@example.org") in pack(**theirs).letter
    assert "@" not in pack(email="us@example.org", email_audience="public").letter


@given(st.text(), st.text(), st.text())
def test_a_cell_stays_one_line_of_the_letter(name, provider, exclusions):
    of = service(name=f"A{name}", provider=provider)
    text = letter(of, (), questions(exclusions=exclusions))
    subject = say("pack_letter.subject", name=" ".join(of.name.split()))
    assert subject in text.split("\n")
    assert all(one == one.strip() and "\r" not in one for one in text.split("\n"))


# --- other help ---------------------------------------------------------------------------------

TEAM = service(id="team", kind="perinatal_team", name="The Team")
BABIES = service(id="babies", kind="parent_infant", name="Baby Place")
UNIT = service(id="unit", kind="mother_baby_unit", name="Baby Unit")
WITH_BABY = service(id="with", kind="other", name="With a baby", with_a_baby="yes")


@pytest.mark.parametrize("need", [None, *Pathway])
def test_nothing_for_a_baby_is_offered_and_urgent_help_is_first(need):
    others = (TEAM, BABIES, UNIT, WITH_BABY)
    serves = (*SERVES, *((s.id, "E02") for s in others))
    lines = (
        line(id="feeding", name="Feeding Line", pathways=("birth_trauma",), with_a_baby="yes"),
        line(id="visitor", name="Baby Visitor", kind="health_visitor", pathways=("any",)),
        line(id="crisis", name="Crisis Line", kind="crisis", urgent_strip="listening_line"),
    )
    taken = {need.value: "yes"} if need else {}
    found = pack(*others, serves=serves, national=lines, **taken)
    told = everything(found)
    assert "The Team" in told
    for name in ("Baby Place", "Baby Unit", "With a baby", "Feeding Line", "Baby Visitor"):
        assert name not in told
    first = part(found, PackPartId.MEANWHILE).rows[0]
    assert first.term == say("pack.meanwhile_urgent")
    assert first.lines[0].text == say("professional.urgent_ways")


def test_lines_are_for_what_the_service_helps_with_and_few():
    lines = [line(id=f"a{n}", name=f"Any {n}") for n in range(4)]
    lines.append(line(id="grief", name="Grief Line", pathways=("loss",)))
    found = rows(pack(national=lines, loss="yes"), PackPartId.MEANWHILE)
    told = found[say("pack.meanwhile_lines", need=TERMS["loss"])]
    assert len(told) == LINES_A_NEED and "Grief Line" in told[0]
    assert say("pack.meanwhile_any") not in found
    nothing_known = rows(pack(national=lines), PackPartId.MEANWHILE)
    assert len(nothing_known[say("pack.meanwhile_any")]) == LINES_A_NEED


def test_the_neighbours_are_two_that_run_with_what_they_take_and_who_may_refer():
    others = (
        service(id="east", name="East", referrers=("gp",)),
        service(id="west", name="West"),
        service(id="shut", name="Shut", status="closed"),
        service(id="unsure", name="Unsure", status="unknown", who_for="Anybody"),
        service(id="both", name="Both Sides"),
    )
    serves = (*SERVES, ("east", "E03"), ("west", "E01"), ("shut", "E01"), ("unsure", "E01"))
    serves = (*serves, ("both", "E01"), ("both", "E03"))
    own = [criteria(service_id="east", loss="yes")]
    found = pack(*others, serves=serves, others_criteria=own)
    beside = rows(found, PackPartId.NEIGHBOURS)
    assert list(beside) == ["Both Sides", "East"], "that which shares most borders first"
    assert len(beside) == NEIGHBOURS
    assert say("pack.takes", needs=TERMS["loss"]) in beside["East"]
    assert "Who may refer: GP." in beside["East"]
    assert say("pack.takes_blank") in beside["Both Sides"]
    assert part(found, PackPartId.NEIGHBOURS).intro == say("pack.neighbours_intro")


def test_a_neighbour_that_is_not_known_to_run_is_none():
    unsure = service(id="unsure", name="Unsure", status="unknown", who_for="Anybody")
    found = pack(unsure, serves=(*SERVES, ("unsure", "E01")))
    assert list(rows(found, PackPartId.NEIGHBOURS)) == [say("pack.neighbours")]


def test_the_home_of_the_person_decides_what_is_near():
    team, other = (service(id=x, kind="perinatal_team", name=f"Team {x}") for x in ("a", "b"))
    of = service()
    serves = (("made-up", "E01"), ("made-up", "E02"), ("a", "E01"), ("b", "E02"))
    made = finder(directory([of, team, other], serves, criteria=[criteria()]))
    near = everything(referral_pack(made, of, (MIDDLE,), at=TUESDAY_NOON))
    assert "Team b" in near and "Team a" not in near
    everywhere = everything(referral_pack(made, of, at=TUESDAY_NOON))
    assert "Team a" in everywhere and "Team b" in everywhere
