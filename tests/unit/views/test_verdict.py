"""The first thing that an answer says, for every outcome, and the two numbers that answer now."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmhs_finder.answers.open_now import SHOWN, reached_now
from mmhs_finder.answers.types import Outcome
from mmhs_finder.directory.linked import LinkState, LinkStatus
from mmhs_finder.directory.models import Pathway, PhoneStatus, ServiceKind, Status, YesNo
from mmhs_finder.directory.ways import line_ways, voices
from mmhs_finder.nation import Nation
from mmhs_finder.places.place import Notice, NoticeCode
from mmhs_finder.views.answer import answer_view
from mmhs_finder.views.notices import NoticePlace
from mmhs_finder.views.now import now_view
from mmhs_finder.views.verdict import ActionKind, verdict_view
from mmhs_finder.views.wording import without_brackets
from mmhs_finder.words import say
from tests.made_up.lines import EMERGENCY, LISTENING, NO_PHONE, TEXT, crisis, devolved
from tests.made_up.records import (
    SUNDAY_NIGHT,
    TUESDAY_NOON,
    answer,
    criteria,
    line,
    match,
    offer,
    place,
    service,
)

CALL, FORM, WRITE = ActionKind.CALL, ActionKind.FORM, ActionKind.WRITE
PAGE, WORDS, NEAR = ActionKind.PAGE, ActionKind.WORDS, ActionKind.NEAR
HERS = {"phone": "020 7946 0000", "phone_audience": "public", "phone_status": "confirmed"}
THEIRS = {**HERS, "phone_audience": "professional"}
SITE = {"website": "https://example.org/us", "website_kind": "service_page"}
NEWS = {"website": "https://example.org/news", "website_kind": "news"}
FORM_AT = {"referral_url": "https://example.org/refer"}
MAIL = {"email": "us@example.org", "email_audience": "public"}
GP = say("referrer.gp")

SAID = [
    ({"self_referral": "yes", **HERS, **SITE}, "yourself", CALL, PAGE),
    ({"self_referral": "yes", **FORM_AT}, "yourself", FORM, NEAR),
    ({"self_referral": "yes", **MAIL, **SITE}, "yourself", WRITE, PAGE),
    ({"self_referral": "yes", **SITE}, "yourself_page", PAGE, NEAR),
    ({"self_referral": "yes", **NEWS}, "yourself_no_way", WORDS, NEAR),
    ({"self_referral": "yes"}, "yourself_no_way", WORDS, NEAR),
    ({"self_referral": "no", "referrers": ("gp",), **SITE}, "referred", WORDS, PAGE),
    ({"self_referral": "no", "referrers": ("gp",), **THEIRS}, "referred", WORDS, NEAR),
    ({"self_referral": "yes", "new_referrals": "no", **HERS}, "full", WORDS, CALL),
    ({"self_referral": "yes", "status": "unknown", **HERS}, "unconfirmed", WORDS, NEAR),
]
"""What is known of a service, what is said of it, and the two things to press."""


@pytest.mark.parametrize(("changes", "key", "first", "second"), SAID)
def test_whether_she_can_turn_to_them_and_what_to_do(changes, key, first, second):
    found = verdict_view(answer(match(service(**changes))))
    gaps = {"who": GP} if key == "referred" else {}
    assert found.heading == "Made Up Service"
    assert found.sentence == say(f"verdict.{key}", **gaps)
    assert (found.first.kind, found.second and found.second.kind) == (first, second)
    assert bool(found.words) is (first is WORDS or key in ("full", "unconfirmed"))


@pytest.mark.parametrize(("read", "key"), [("whole", "whole"), ("part", "part"), ("none", "none")])
def test_where_it_is_not_known_the_blank_is_ours_and_her_gp_can_ask(read, key):
    found = verdict_view(answer(match(service(read=read, referrers=("gp",)))))
    assert found.sentence.startswith(say(f"verdict_unknown.{key}"))
    assert found.sentence.endswith(say("verdict.ask_for_you", who="Your GP"))
    assert found.first.kind is WORDS and "Made Up Service" in found.words


def test_a_number_for_parents_is_the_first_thing_to_do_where_asking_is_open():
    found = verdict_view(answer(match(service(**HERS))))
    assert (found.first.kind, found.first.link) == (CALL, "tel:02079460000")
    assert found.words, "her GP can still ask"


@pytest.mark.parametrize(
    ("states", "begins"),
    [
        ({"loss": "yes"}, "They help after the loss of a baby or pregnancy."),
        ({"loss": "not_listed"}, "Their list does not name help after the loss of a baby"),
        ({}, "We have not seen whether they help after the loss of a baby"),
    ],
)
def test_what_she_chose_is_answered_first(states, begins):
    of = match(service(), criteria=criteria(**states))
    chosen = verdict_view(answer(of, needs=(Pathway.LOSS,))).sentence
    without = verdict_view(answer(of)).sentence
    assert chosen.startswith(begins) and chosen.endswith(without)


def test_of_two_needs_the_one_they_help_with_is_said_first():
    of = match(service(), criteria=criteria(loss="no", birth_trauma="yes"))
    said = verdict_view(answer(of, needs=(Pathway.LOSS, Pathway.BIRTH_TRAUMA))).sentence
    assert said.index("They help after a hard") < said.index("They say that they do not help")


def test_only_the_first_few_who_can_refer_stand_in_the_sentence():
    who = ("gp", "midwife", "health_visitor", "social_care", "any_health_professional")
    said = verdict_view(answer(match(service(self_referral="no", referrers=who)))).sentence
    assert "your GP, your midwife or your health visitor" in said
    assert "social worker" not in said


def test_the_name_of_the_kind_is_not_said_twice_and_brackets_of_a_provider_are_left_out():
    plain = verdict_view(answer(match(service(provider="A Trust (called B)")))).by
    assert plain == f"{say('kind.mmhs')}, A Trust"
    named = service(name="Maternal Mental Health Service (North)", provider="A Trust")
    assert verdict_view(answer(match(named))).by == "A Trust"


# --- where there is not one service ---------------------------------------------------------------

HULL = {"code": "E06000010", "name": "Kingston upon Hull, City of"}


@pytest.mark.parametrize("outcome", [Outcome.NONE_PUBLISHED, Outcome.CLOSED])
def test_where_none_is_known_the_place_is_the_heading_and_there_is_something_to_do(outcome):
    gone = service(name="Gone", status="closed", closed_said_by="A report (of a charity)")
    closed = outcome is Outcome.CLOSED
    hull = place().areas[0].model_copy(update=HULL)
    of = answer(outcome=outcome, place=place(areas=(hull,)), closed=(gone,) * closed)
    found = verdict_view(of)
    assert found.heading == "Kingston upon Hull"
    assert found.sentence == say("verdict.closed") if closed else say("verdict.none")
    assert (found.by == "Gone: closed, said A report in January 2026.") is closed
    assert (found.first.kind, found.second.kind) == (WORDS, NEAR)
    assert "people who live in Kingston upon Hull?" in found.words


def test_another_nation_has_its_own_and_a_board_to_choose():
    wales = {"place": place(areas=(), nation=Nation.WALES), "outcome": Outcome.OTHER_NATION}
    found = verdict_view(answer(**wales, devolved=(devolved(),)))
    assert found.heading == "Help in Wales"
    assert found.sentence == say("verdict.nation", nation="Wales")
    assert (found.first.kind, found.second.kind) == (WORDS, ActionKind.BOARD)
    crown = verdict_view(answer(**wales))
    assert (crown.sentence, crown.second) == (say("verdict.crown"), None)


def test_of_two_services_it_says_which_is_hers_and_then_each():
    two = (match(service(id="a", name="Ash", **HERS)), match(service(id="b", name="Elm")))
    shared = Notice(NoticeCode.SHARED_AREA, {"place": ("Midshire",)})
    view = answer_view(answer(*two, outcome=Outcome.SEVERAL_SERVICES, notices=(shared,)))
    found = view.verdict
    assert found.heading == "Ash or Elm"
    assert found.sentence == view.notices[0].text
    assert view.notices[0].place is NoticePlace.VERDICT, "said once"
    assert "Ash or Elm" in found.words
    assert [s.first.kind for s in found.services] == [CALL, WORDS]
    long = [match(service(id=str(n), name="A Service With A Very Long Name")) for n in range(3)]
    many = verdict_view(answer(*long, outcome=Outcome.SEVERAL_SERVICES))
    assert many.heading == say("verdict.several_heading", count=3, place="MS1 1AA")
    assert many.sentence == say("verdict.several")


# --- who answers now ------------------------------------------------------------------------------

ALWAYS = {"urgent": (offer(EMERGENCY), offer(LISTENING), offer(TEXT))}
DAY = {"phone_hours_osm": "Mo-Fr 09:00-17:00"}
FREE = {"cost": "free"}


def now(at=TUESDAY_NOON, *rows, near=(), **changes):
    offers = tuple(offer(row, at) for row in rows)
    urgent = tuple(offer(o.support, at) for o in ALWAYS["urgent"])
    of = answer(at=at, national=offers, urgent=urgent, alternatives=tuple(near), **changes)
    return [line.id for line in now_view(of).lines]


FOR_LOSS = line(id="loss", pathways=("loss",), phone="0300 1", **DAY)
NEUTRAL = line(id="neutral", phone="0300 2", **DAY)
LOCAL = match(
    service(id="near", kind=ServiceKind.OTHER, self_referral="yes", hours_osm="24/7", **HERS)
)
BABY = line(id="baby", with_a_baby="yes", pathways=("loss", "any"), phone="0300 3")
CHECK = line(id="check", phone="0300 4", phone_status="check", pathways=("loss",))
GROUP = line(id="group", kind="faith", phone="0300 5")
GIVEN_FREE = line(id="free", phone="0300 6", **DAY, **FREE)

OPEN = [
    ("nothing said", TUESDAY_NOON, (NEUTRAL, FOR_LOSS), (), (), ["listens", "text"]),
    ("a loss, by day", TUESDAY_NOON, (NEUTRAL, FOR_LOSS), (), ("loss",), ["loss", "text"]),
    ("a loss, at night", SUNDAY_NIGHT, (FOR_LOSS,), (), ("loss",), ["listens", "text"]),
    ("a local line", SUNDAY_NIGHT, (FOR_LOSS,), (LOCAL,), ("loss",), ["near", "text"]),
    ("never a baby's", TUESDAY_NOON, (BABY,), (), ("loss",), ["listens", "text"]),
    ("never unconfirmed", TUESDAY_NOON, (CHECK,), (), ("loss",), ["listens", "text"]),
    ("never for a group", TUESDAY_NOON, (GROUP,), (), (), ["listens", "text"]),
]


@pytest.mark.parametrize(("case", "at", "rows", "near", "needs", "ids"), OPEN)
def test_two_numbers_that_fit_and_answer_now(case, at, rows, near, needs, ids):
    assert now(at, *rows, near=near, needs=tuple(map(Pathway, needs))) == ids, case


def test_a_free_line_comes_before_one_that_costs():
    rows = (offer(NEUTRAL), offer(GIVEN_FREE))
    of = answer(national=rows, urgent=())
    assert [line.id for line in now_view(of).lines] == ["free", "neutral"]
    assert now_view(of).heading == say("now.heading")
    assert now_view(answer(national=rows[1:], urgent=())).heading == say("now.free")


def test_a_text_line_carries_its_word_and_names_are_short():
    shout = crisis(
        "shout",
        urgent_strip="text_line",
        name="Shout 85258",
        text_number="85258",
        text_keyword="SHOUT",
        **NO_PHONE,
    )
    (found,) = now_view(answer(national=(), urgent=(offer(shout),))).lines
    assert found.link == "sms:85258?body=SHOUT"
    assert (found.number, found.below) == ("Text SHOUT", "to 85258, Shout")
    assert without_brackets("Tommy's midwives (PregnancyHub)") == "Tommy's midwives"


def test_where_no_number_is_known_no_number_stands():
    assert now_view(answer(national=(), urgent=(offer(EMERGENCY),))).lines == ()


# --- of any answer of the made-up directory -------------------------------------------------------

PLACES = ("CT1 3NG", "RG12 2UT", "FY1 1AD", "HU3 2JZ", "TS24 7BT", "NR1 3RU", "ST4 1HH", "EH1 1YZ")


@given(
    text=st.sampled_from((*PLACES, "CT1", "CF10 1EP", "BT1 5GS", "JE2 3QA")),
    needs=st.sets(st.sampled_from([*Pathway]), max_size=3),
    at=st.sampled_from([TUESDAY_NOON, SUNDAY_NIGHT]),
)
@settings(max_examples=80, deadline=None)
def test_every_answer_has_something_to_do_and_nobody_who_may_hurt(finder, text, needs, at):
    of = finder.find(finder.place(text), tuple(needs), at)
    view = answer_view(of)
    first = view.verdict.first
    assert first.words and (first.link or first.kind in (WORDS, NEAR))
    assert first.kind is not WORDS or view.verdict.words
    found = reached_now(of)
    assert 1 <= len(found) <= SHOWN
    for one in found:
        assert one.opening.open_now
        row = one.support if hasattr(one, "support") else one.service
        assert row.with_a_baby is not YesNo.YES
        assert row.phone_status is not PhoneStatus.CHECK or not row.phone
        assert row.status is Status.OPEN
        if hasattr(one, "support"):
            assert voices(line_ways(row)) and row.kind != "domestic_abuse"
    said = [n.code for n in view.notices if n.place is NoticePlace.VERDICT]
    assert len(said) <= 2 and all(
        s.contact_heading != say("contact.yes") or s.acts for s in view.every_service
    )


def pressed(of, *dead):
    """What there is to press, by kind and words, where these links did not answer."""
    of.note_unanswered({u: LinkStatus(u, date(2027, 3, 3), LinkState.GONE) for u in dead})
    view = verdict_view(answer(match(of)))
    return [view.first, view.second]


def test_a_link_that_did_not_answer_is_pressed_first_only_where_there_is_nothing_else():
    site, form = SITE["website"], FORM_AT["referral_url"]
    ways = {"self_referral": "yes", **FORM_AT, **SITE}
    assert [a.kind for a in pressed(service(**ways))] == [FORM, PAGE]
    assert [a.kind for a in pressed(service(**ways), form)] == [PAGE, NEAR]
    first, second = pressed(service(**ways), form, site)
    assert (first.kind, second.kind) == (FORM, PAGE)
    assert "on 3 March 2027" in first.words and "on 3 March 2027" in second.words
    assert first.link == form


def test_words_for_a_gp_name_no_page_that_is_gone():
    of = service(self_referral="no", **SITE)
    assert SITE["website"] in verdict_view(answer(match(of))).words
    assert pressed(of, SITE["website"])
    words = verdict_view(answer(match(of))).words
    assert words and SITE["website"] not in words
