"""Answers for a place: what comes with each, what is kept back, and what is said of a slip."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmhs_finder.answers.suited import About, about_service
from mmhs_finder.application import Application, IndexOpening
from mmhs_finder.directory.models import FurtherNeed, Pathway, YesNo
from mmhs_finder.postcodes import IndexProblem
from tests.api.conftest import CANTERBURY, V1, client_of

ANSWERS = f"{V1}/answers"
HERS = {"postcode": "CT1 3NG", "needs": ["loss"]}
LISTS = (
    "mmhs",
    "alternatives",
    "closed",
    "neighbours",
    "national",
    "devolved",
    "open_now",
    "assessments",
    "next_steps",
)


@pytest.mark.parametrize(
    "sent",
    [
        HERS,
        {"area": CANTERBURY},
        {"postcode": "EH1 1YZ", "needs": ["separation_illness"]},
        {"postcode": "JE2 3QA", "needs": ["other"]},
        {**HERS, "answers": {"months_since": 14, "age": 31, "who": "partner"}},
        {**HERS, "answers": {"not_safe_now": "not_sure"}},
        {**HERS, "answers": {"not_safe_now": True}},
        {"postcode": "no place at all", "answers": {"not_safe_now": "yes"}},
    ],
)
def test_urgent_help_stands_first_in_every_answer(client, sent):
    reply = client.post(ANSWERS, json=sent)
    assert reply.status_code == 200
    assert reply.headers["cache-control"] == "no-store"
    found = reply.json()
    assert next(iter(found)) == "urgent"
    assert any(line["phone"] for line in found["urgent"])


@pytest.mark.parametrize("sent", [HERS, {"postcode": "nowhere"}, {"postcode": "EH1 1YZ"}])
def test_somebody_who_is_not_safe_gets_urgent_help_and_nothing_else(client, sent):
    sent = {**sent, "answers": {"not_safe_now": "yes", "months_since": 3}}
    found = client.post(ANSWERS, json=sent).json()
    assert found["safety"] == "unsafe"
    assert found["urgent"]
    assert not any(found[name] for name in (*LISTS, "notices", "needs"))
    assert found["outcome"] is found["verdict"] is None


def test_answers_bring_what_looks_right_and_what_to_do_next(client, finder):
    limits = {key for key, c in finder.directory.criteria.items() if c.max_months_since_event}
    code = next(
        code
        for code in finder.directory.areas
        if limits & {m.service.id for m in finder.find(finder.council(code)).mmhs}
    )
    hers = {"area": code, "needs": ["loss"]}
    without = client.post(ANSWERS, json=hers).json()
    assert without["assessments"] == without["next_steps"] == []
    found = client.post(ANSWERS, json={**hers, "answers": {"months_since": 2}}).json()
    assert {one["service"]["id"] for one in found["assessments"]} >= {
        one["id"] for one in found["mmhs"]
    }
    assert all(step["ways"] or step["none_known"] for step in found["next_steps"])
    long_ago = client.post(ANSWERS, json={**hers, "answers": {"years_since": 20}}).json()
    assert long_ago["assessments"] != found["assessments"]
    assert "20" not in str([one["headline"] for one in long_ago["assessments"]])


BABY_ANSWERS = st.sampled_from([None, {}, *({"has_baby": v} for v in (False, "no", "not_sure"))])


@given(
    apart=st.sampled_from([Pathway.LOSS, Pathway.SEPARATION, *FurtherNeed]),
    others=st.sets(st.sampled_from([*Pathway])),
    said=BABY_ANSWERS,
    text=st.sampled_from(["CT1 3NG", "TS24 7BT", "NR2 3TD", "EH1 1YZ"]),
)
@settings(max_examples=25, deadline=None)
def test_after_a_loss_or_a_separation_nothing_is_for_a_parent_with_a_baby(
    client, directory, apart, others, said, text
):
    babies = {s.id for s in directory.services.values() if about_service(s) is About.BABY}
    babies |= {row.id for row in directory.national if row.with_a_baby is YesNo.YES}
    assert babies
    sent = {"postcode": text, "needs": [apart.value, *(n.value for n in others - {apart})]}
    found = client.post(ANSWERS, json=sent | ({} if said is None else {"answers": said})).json()
    assert not babies & {*ids(found)}


def ids(found):
    """The ids of everything in an answer."""
    if isinstance(found, dict):
        if isinstance(found.get("id"), str):
            yield found["id"]
        found = list(found.values())
    if isinstance(found, list):
        for each in found:
            yield from ids(each)


def test_a_baby_that_is_with_her_brings_it_back(client, directory):
    babies = {s.id for s in directory.services.values() if about_service(s) is About.BABY}
    for yes in (True, "yes"):
        found = client.post(ANSWERS, json={**HERS, "answers": {"has_baby": yes}}).json()
        assert babies & {*ids(found)}


# --- a place that is none -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["", "xyzzy", "CT1 3N?", "QQ1 1QQ", "i want to die", "\x00", "9" * 200]
)
def test_a_place_that_is_none_is_said_calmly_with_urgent_help_and_never_repeated(client, text):
    reply = client.post(ANSWERS, json={"postcode": text})
    assert reply.status_code == 422
    assert reply.headers["content-type"] == "application/problem+json"
    found = reply.json()
    assert found["type"] == "/api#place"
    assert found["detail"]
    assert found["urgent"]
    if len(text) > 3:
        assert text not in reply.text


def test_what_may_be_meant_is_offered_by_its_code(client, directory):
    found = client.post(ANSWERS, json={"postcode": "Newport"}).json()
    assert len(found["suggestions"]) > 1
    assert {one["area"] for one in found["suggestions"]} <= {*directory.areas}


def test_an_area_that_is_none(client):
    assert client.post(ANSWERS, json={"area": "E07999999"}).json()["urgent"]
    reply = client.get(f"{V1}/areas/E07999999/answer")
    assert (reply.status_code, reply.json()["type"]) == (404, "/api#no_area")


# --- what was sent --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, ""),
        ({"postcode": "CT1 3NG", "area": CANTERBURY}, ""),
        ({"postcode": None, "area": None}, ""),
        ({"postcode": 5}, "postcode"),
        ({"postcode": "x" * 201}, "postcode"),
        ({"area": "../etc"}, "area"),
        ({**HERS, "needs": "loss"}, "needs"),
        ({**HERS, "needs": ["a dead baby"]}, "needs"),
        ({**HERS, "answers": []}, "answers"),
        ({**HERS, "answers": {"has_baby": "maybe"}}, "answers.has_baby"),
        ({**HERS, "answers": {"has_baby": 1}}, "answers.has_baby"),
        ({**HERS, "answers": {"age": 3}}, "answers.age"),
        ({**HERS, "answers": {"age": "31"}}, "answers.age"),
        ({**HERS, "answers": {"weeks_pregnant": 99}}, "answers.weeks_pregnant"),
        ({**HERS, "answers": {"months_since": True}}, "answers.months_since"),
        ({**HERS, "answers": {"happened": ["loss"]}}, "answers"),
        ({**HERS, "answers": {"event_date": "soon"}}, "answers.event_date"),
        ({**HERS, "my_baby_died_in_TS24": 1}, ""),
    ],
)
def test_a_field_that_is_to_be_changed_is_named_and_nothing_is_repeated(client, sent, field):
    reply = client.post(ANSWERS, json=sent)
    assert reply.status_code == 422
    found = reply.json()
    assert field in {error["field"] for error in found["errors"]}
    assert all(error["problem"] for error in found["errors"])
    assert found["urgent"]
    for typed in ("CT1 3NG", "dead", "TS24", "maybe", "soon", "etc"):
        assert typed not in reply.text[: reply.text.index('"urgent"')]


@pytest.mark.parametrize(
    "answers",
    [
        {"weeks_since": 3, "months_since": 4},
        {"event_date": "2999-01-01"},
        {"event_date": "2025-13"},
        {"pregnant_now": "no", "weeks_pregnant": 20},
    ],
)
def test_answers_that_do_not_fit_together_are_said_in_words(client, answers):
    reply = client.post(ANSWERS, json={**HERS, "answers": answers})
    assert reply.status_code == 422
    assert reply.json()["type"] == "/api#answers"
    assert reply.json()["urgent"]


# --- postcodes that cannot be looked up yet -------------------------------------------------------


def broken_index(_report):
    raise IndexProblem("the disk is full")


def test_without_an_index_a_code_works_and_a_postcode_waits(directory):
    client = client_of(Application(directory, IndexOpening(broken_index)))
    reply = client.post(ANSWERS, json=HERS)
    assert reply.status_code == 503
    assert int(reply.headers["retry-after"]) > 0
    assert reply.json()["urgent"]
    assert "disk" not in reply.text
    assert client.post(ANSWERS, json={"area": CANTERBURY}).status_code == 200
    assert client.get(f"{V1}/areas/{CANTERBURY}/answer").status_code == 200
    unsafe = client.post(ANSWERS, json={**HERS, "answers": {"not_safe_now": True}})
    assert unsafe.json()["urgent"]
