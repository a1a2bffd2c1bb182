"""The page to take along: `views.summary`, on a made-up service."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mmhs_finder.answers.types import Outcome
from mmhs_finder.directory.models import (
    Area,
    Certainty,
    Pathway,
    Service,
    Status,
    YesNo,
)
from mmhs_finder.eligibility import Answers, Range, assess
from mmhs_finder.nation import Nation
from mmhs_finder.places.place import Notice, NoticeCode
from mmhs_finder.signposting.destinations import Step
from mmhs_finder.signposting.steps import NextStep
from mmhs_finder.views.notices import notice_text
from mmhs_finder.views.summary import (
    MOST_SCRIPT,
    Summary,
    asking_script,
    shorter,
    summary_of,
    with_less_script,
)
from mmhs_finder.views.told import told_views
from mmhs_finder.views.wording import script_text
from mmhs_finder.words import say
from tests.made_up.lines import devolved
from tests.made_up.records import TUESDAY_NOON, answer, criteria, line, match, offer, place, service
from tests.made_up.texts import assert_told_in_full
from tests.made_up.world import EAST, WEST

PHONE = {"phone": "0300 1", "phone_audience": "public", "phone_status": "confirmed"}
FOR_GPS = {**PHONE, "phone_audience": "professional"}
NO_PHONE = {"phone": "", "phone_status": None}
PAGE = "https://a.example"
NBSP = "\N{NO-BREAK SPACE}"
LOSS, BIRTH = Pathway.LOSS, Pathway.BIRTH_TRAUMA


AT = TUESDAY_NOON


def page(of: Service | None = None, steps: tuple[NextStep, ...] = (), **options: Any) -> Summary:
    found = match(of or service(), **options.pop("match", {}))
    given = answer(found, **options.pop("answer", {}))
    summary = summary_of(found, given, steps, **options)
    assert_told_in_full(replace(summary, ways=(), urgent=()))
    return summary


def test_the_page_has_what_is_published_of_a_service():
    a = service(
        **PHONE, self_referral="yes", hours_text="weekdays", referral_note="ask", website=PAGE
    )
    found = page(a)
    assert found.title == "Made Up Service"
    serves = say("card.serves", areas="Midshire")
    assert found.subtitle == f"{say('kind.mmhs')} · Made Up Trust · {serves}"
    assert found.warnings == () and found.contact == ()
    assert found.contact_heading == say("contact.yes")
    assert [w.text for w in found.ways] == [f"0300{NBSP}1", "a.example"]
    assert (found.hours, found.note) == ("Weekdays.", "Ask.")
    assert (found.script_heading, found.script) == (say("summary.say_yourself"), "")
    assert [(s.words, s.text, s.link) for s in found.sources] == [
        ("", "example.org", "https://example.org/page")
    ]
    dated = say("source_read.dated", date="22 November 2026")
    assert found.source_dates == f"{dated} {say('summary.newest', date='January 2026')}"
    assert (found.made_at, found.shortened, found.outcome, found.told) == (AT, False, "", ())
    assert found.made == say("summary.made", date="24 November 2026")
    assert found.document_title == say("summary.document_title", name="Made Up Service")


def test_a_service_that_others_refer_to_has_the_words_to_use_and_the_number_for_them():
    a = service(self_referral="no", source_date="", confidence="low", **FOR_GPS)
    found = page(a, answer={"needs": (LOSS,)})
    assert found.script_heading == say("script.heading")
    assert found.script == script_text(a, (LOSS,))
    assert found.contact[-1] == say(
        "contact.referrer_phone", name="Made Up Service", phone=f"0300{NBSP}1"
    )
    assert found.hours == say("blank.whole")
    undated = say("source_read.undated", date="22 November 2026")
    assert found.source_dates == f"{undated} {say('source.low')}"


def test_what_other_directories_say_is_said_to_be_theirs():
    found = page(service(read="second_hand", source_date=""))
    assert found.source_dates == say("source_read.second_hand", date="22 November 2026")


def test_when_it_happened_is_a_day_counted_back_from_the_day_of_the_answer():
    found = page(service(), answers=Answers(since=Range(14, 14)), include_answers=True)
    assert [each.answer for each in found.told] == ["10 November 2026"]


@pytest.mark.parametrize(
    ("of", "certainty", "warnings"),
    [
        ({}, Certainty.STATED, []),
        ({"status": "unknown"}, Certainty.STATED, [say("status.unconfirmed_text")]),
        ({"source_date": "2020-05"}, Certainty.STATED, ["old"]),
        (
            {"source_date": "2020-05", "status": "unknown"},
            Certainty.STATED,
            [say("status.unconfirmed_text")],
        ),
        ({}, None, [say("fit.via_gp")]),
        ({}, Certainty.INFERRED, ["inferred"]),
        ({"source_date": "2020"}, None, ["old", say("fit.via_gp")]),
    ],
    ids=str,
)
def test_what_to_know_before_relying_on_the_page(of, certainty, warnings):
    known = {
        "old": notice_text(Notice(NoticeCode.OLD, {"year": "2020"})),
        "inferred": notice_text(Notice(NoticeCode.INFERRED, {"place": ("Midshire",)})),
    }
    found = page(service(**of), match={"certainty": certainty})
    assert list(found.warnings) == [known.get(w, w) for w in warnings]


def test_without_areas_or_a_provider_the_line_under_the_name_is_shorter():
    assert page(service(provider=""), match={"areas": ()}).subtitle == say("kind.mmhs")


SAID = Answers(happened=frozenset({LOSS}), age=Range(17, 17))
OWN = criteria(loss="yes", max_months_since_event=12)


def test_nothing_that_was_answered_is_on_the_page_without_the_tick():
    found_for = assess(service(), OWN, SAID, Certainty.STATED)
    options = {"answers": SAID, "assessment": found_for, "match": {"criteria": OWN}}
    bare, ticked = page(**options.copy()), page(**options.copy(), include_answers=True)
    assert (bare.told, bare.outcome) == ((), "")
    assert ticked.told == told_views(SAID, AT.date()) and len(ticked.told) == 2
    assert ticked.outcome == found_for.headline
    assert ticked.questions[:2] == found_for.questions[:2]
    unanswered = assess(service(), OWN, Answers(), Certainty.STATED).questions
    assert bare.questions[: len(unanswered[:4])] == unanswered[:4]


def test_the_questions_are_hers_first_and_then_what_everybody_may_ask():
    everybody = [say(f"summary_ask.{k}") for k in ("wait", "meanwhile", "first_time", "together")]
    own = assess(service(), criteria(), Answers(), Certainty.STATED).questions
    assert list(page().questions) == [*own[:4], *everybody][:6]
    known = service(self_referral="yes", min_age=18)
    all_known = criteria(
        **dict.fromkeys(("birth_trauma", "loss", "tokophobia", "separation"), "yes"),
        accepts_pregnant="yes",
        prior_treatment_required="no",
        no_time_limit="yes",
    )
    few = page(known, match={"criteria": all_known}).questions
    asked = assess(known, all_known, Answers(), Certainty.STATED).questions
    assert list(few) == [*asked, *everybody]
    many = criteria(
        birth_trauma="yes",
        max_months_since_event=12,
        min_weeks_since_event=6,
        max_gestation_weeks=30,
        ptsd_required="yes",
    )
    long = page(service(min_age=18), match={"criteria": many}).questions
    asked = assess(service(min_age=18), many, Answers(), Certainty.STATED).questions
    assert len(asked) > 4 and list(long) == [*asked[:4], *everybody[:2]]
    around = page(match={"certainty": None}).questions
    assert say("fit.ask_neighbour") in around and say("fit.ask_neighbour") not in long


def test_her_own_words_are_kept_and_cut_between_words_where_there_are_too_many():
    assert page(script="  My words. ").script == "My words."
    assert page(script="").script == ""
    more = say("summary.script_more")
    words = "word " * (MOST_SCRIPT // 5 + 1)
    cut = page(script=words).script
    assert cut.endswith(f"word …\n{more}") and len(cut) <= MOST_SCRIPT + len(more) + 3
    exact = "x" * MOST_SCRIPT
    assert page(script=exact).script == exact
    less = with_less_script(page(script="one two three"), 9)
    assert (less.script, less.shortened) == (f"one two …\n{more}", True)
    assert with_less_script(page(script="one two"), 0).script == f"…\n{more}"


URGENT = [
    (line(id="e", urgent_strip="emergency", phone="999"), "emergency"),
    (line(id="c", name="Crisis", phone="0300 1"), "other_phone"),
    (line(id="t", name="Texts", text_number="85258", text_keyword="HI", **NO_PHONE), "other_text"),
]


def test_urgent_help_stands_as_sentences_with_numbers_and_never_blank():
    offers = tuple(offer(row) for row, _ in URGENT)
    nobody = offer(line(website=PAGE, **NO_PHONE))
    found = page(answer={"urgent": (*offers, nobody)})
    assert len(found.urgent) == 3
    for way, (row, key) in zip(found.urgent, URGENT, strict=True):
        number = row.phone or row.text_number
        told = say(
            f"summary_urgent.{key}", name=row.name, number="|", word=row.text_keyword or row.name
        )
        before, _, after = told.partition("|")
        assert (way.words, way.after) == (before.strip(), after.strip())
        assert (way.text, way.value) == (number.replace(" ", NBSP), number)
        assert way.link.endswith(number.replace(" ", "") + ("?body=HI" if row.text_keyword else ""))
        assert way.kind is not None
    (only,) = page(answer={"urgent": (nobody,)}).urgent
    assert (only.words, only.text) == (say("step_what.urgent"), "")


def step(kind: Step, *rows: Any, **changes: Any) -> NextStep:
    local = tuple(match(r) for r in rows if isinstance(r, Service))
    lines_ = tuple(offer(r) for r in rows if type(r).__name__ == "NationalSupport")
    outside = tuple(r for r in rows if type(r).__name__ == "DevolvedService")
    return NextStep(kind, kind.value, "What.", "Say.", local, lines_, outside, **changes)


def numbered(n: int) -> Any:
    return line(id=str(n), name=str(n), phone=str(n))


def test_the_first_four_kinds_of_support_stand_with_two_ways_each_urgent_help_apart():
    steps = (
        step(Step.URGENT, numbered(9)),
        step(Step.PEER_SUPPORT, numbered(1), numbered(2), numbered(3)),
        step(Step.GP),
        step(Step.BEREAVEMENT, numbered(1), numbered(4)),
        step(Step.MATERNITY, numbered(1)),
        step(Step.HEALTH_VISITOR, numbered(5)),
    )
    found = page(steps=steps).steps
    assert [s.title for s in found] == ["peer_support", "gp", "bereavement_services", "maternity"]
    assert [[w.text for w in s.ways] for s in found] == [["1", "2"], [], ["4"], ["1"]]
    assert [s.words for s in found] == ["What.", "What. Say.", "What.", "What."]


def test_a_way_on_paper_is_one_to_a_confirmed_service_by_its_name():
    a = service(name="Open", **PHONE)
    unsure = service(name="Unsure", website=PAGE, status=Status.UNKNOWN)
    outside = devolved(self_referral=YesNo.YES, phone="0300 2")
    found = page(steps=(step(Step.PEER_SUPPORT, unsure, a, outside),)).steps[0]
    assert [w.words for w in found.ways] == [
        say("summary.call_name", name="Open"),
        say("summary.call_name", name="Team (Board)"),
    ]
    twice = page(steps=(step(Step.PEER_SUPPORT, a, a, numbered(1)),)).steps[0]
    assert [w.text for w in twice.ways] == [f"0300{NBSP}1", "1"]


def without(areas: tuple[Area, ...] = (WEST, EAST), **changes: Any) -> Summary:
    given = answer(
        place=place(areas=areas, nation=changes.pop("nation", Nation.ENGLAND)), **changes
    )
    found = summary_of(None, given, ())
    assert found.script == asking_script(given)
    assert (found.warnings, found.ways, found.hours, found.note) == ((), (), "", "")
    assert (found.sources, found.source_dates, found.outcome) == ((), "", "")
    assert (found.script_heading, found.made_at) == (say("script.heading"), AT)
    assert found.questions == tuple(
        say(f"summary_ask.{k}") for k in ("wait", "meanwhile", "first_time", "together")
    )
    return found


def test_where_no_service_is_known_the_page_says_how_to_ask():
    found = without(needs=(LOSS, BIRTH))
    assert (found.title, found.subtitle) == (say("summary.no_service"), "Westshire and Eastshire")
    assert found.contact_heading == say("none_published.heading")
    assert found.contact == (say("summary.none_published"),)
    question = say("none_published.say", area="Westshire and Eastshire").strip("“”")
    happened = f"{say('script.happened_loss')} {say('script.happened_birth_trauma')}"
    assert found.script == say("script.asking", happened=happened, question=question)


def test_another_nation_has_a_page_of_its_own():
    wales = {"areas": (), "nation": Nation.WALES, "outcome": Outcome.OTHER_NATION}
    found = without(**wales, devolved=(devolved(),))
    assert found.subtitle == "Wales"
    assert found.contact_heading == say("result.service_heading_nation", nation="Wales")
    assert found.contact == (say("nation.text", nation="Wales"), say("nation.ask"))
    asked = {"happened": say("script.happened_other"), "question": say("script.ask_nation")}
    assert found.script == say("script.asking", **asked)
    assert without(**wales).contact == (say("nation.crown"),)


def test_a_page_that_is_too_long_loses_step_by_step_what_matters_least():
    steps = tuple(
        step(kind, numbered(2 * i), numbered(2 * i + 1))
        for i, kind in enumerate((Step.PEER_SUPPORT, Step.MATERNITY, Step.GP, Step.BEREAVEMENT))
    )
    full = page(service(referral_note="ask"), steps=steps)
    seen = [
        (
            [s.words for s in cut.steps],
            [len(s.ways) for s in cut.steps],
            len(cut.questions),
            cut.note,
        )
        for cut in shorter(full)
    ]
    said, none = "What.", ""
    assert len(full.questions) == 6
    assert seen == [
        ([said, said, none, none], [2, 2, 2, 2], 6, "Ask."),
        ([none] * 4, [2] * 4, 6, "Ask."),
        ([none] * 4, [2] * 4, 4, "Ask."),
        ([none] * 4, [1] * 4, 4, "Ask."),
        ([none] * 3, [1] * 3, 4, "Ask."),
        ([none] * 2, [1] * 2, 3, "Ask."),
        ([none] * 2, [1] * 2, 3, ""),
    ]
    assert all(cut.shortened for cut in shorter(full))
    assert all(cut.questions == full.questions[: len(cut.questions)] for cut in shorter(full))
    last = list(shorter(full))[-1]
    kept = ("title", "urgent", "script", "told", "sources", "ways", "contact")
    assert all(getattr(last, field) == getattr(full, field) for field in kept)
    assert last.steps[0].ways == full.steps[0].ways[:1]


def test_the_words_to_ask_stay_where_a_step_has_no_way():
    full = page(steps=(step(Step.GP), step(Step.PEER_SUPPORT, numbered(1))))
    *_, last = shorter(full)
    assert [s.words for s in last.steps] == ["What. Say.", ""]
