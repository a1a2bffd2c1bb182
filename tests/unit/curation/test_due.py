"""The work list: what is due of a row, what it costs, and what stands first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mmhs_finder.curation.costs import (
    BIRTHS_NOT_KNOWN,
    COSTS,
    DEVOLVED_WEIGHT,
    EVERYWHERE_WEIGHT,
    KIND_WEIGHT,
    URGENT_WEIGHT,
    DueReason,
)
from mmhs_finder.curation.due import Due, by_provider, councils_of, due
from mmhs_finder.curation.due_numbers import DueContact, contacts_of
from mmhs_finder.directory import Directory
from mmhs_finder.directory.freshness import told_long_ago
from mmhs_finder.directory.linked import LinkState, LinkStatus
from mmhs_finder.directory.models import (
    Area,
    Certainty,
    Criteria,
    Pathway,
    Service,
    ServiceArea,
    ServiceKind,
    YesNo,
)
from tests.made_up.lines import devolved
from tests.made_up.records import MIDSHIRE, criteria, line, service

TODAY = date(2026, 11, 24)
PAGE = "https://made.up.example/us"

ANSWERED = {
    "self_referral": "yes",
    "phone": "020 7946 0000",
    "phone_audience": "public",
    "phone_status": "confirmed",
    "hours_text": "Monday to Friday",
    "website": PAGE,
    "told_on": date(2026, 11, 1),
    "told_by": "team leader",
    "told_how": "sender_domain",
    "told_proof": "made.up.example",
    "availability_as_of": date(2026, 11, 1),
    "source_date": "2019",  # what it told since stands in its place
    "read": "none",
}
LIMITS = {
    **{pathway.value: "yes" for pathway in Pathway},
    "max_months_since_event": 24,
    "accepts_pregnant": "no",
}
PUBLIC_PAGE = {"told_on": None, "told_by": "", "told_how": None, "told_proof": ""}
READ = {**PUBLIC_PAGE, "source_date": "2026-01", "read": "whole"}


def council(code: str, name: str, births: int | None, parent: str = "") -> Area:
    return MIDSHIRE.model_copy(
        update={"code": code, "name": name, "births_year_to_mid_2020": births, "parent": parent}
    )


SPLIT, WEST, EAST = (
    council("E06000001", "Split", 4_000),
    council("E06000001-W", "Split West", None, "E06000001"),
    council("E06000001-E", "Split East", None, "E06000001"),
)
LARGE, SMALL = council("E06000002", "Large", 9_000), council("E06000003", "Small", 1_000)
BLANK = council("E06000004", "Blank", None)
AREAS = {area.code: area for area in (SPLIT, WEST, EAST, LARGE, SMALL, BLANK)}


def directory(
    *services: Service,
    of: Criteria | None = None,
    areas: dict[str, tuple[Area, ...]] | None = None,
    **changes: object,
) -> Directory:
    """A directory of these services, which serve the small council unless `areas` says otherwise.

    of: the criteria of each; those that were all answered where None.
    """
    held = areas or {s.id: (SMALL,) for s in services}
    named = of or criteria(**LIMITS)
    empty = Directory(
        services={s.id: s for s in services},
        criteria={s.id: named for s in services if s.kind is ServiceKind.MMHS},
        service_areas=tuple(
            ServiceArea(service_id=key, area_code=area.code, certainty=Certainty.STATED)
            for key, each in held.items()
            for area in each
        ),
        areas=AREAS,
        gaps={},
        national=(),
        devolved=(),
        towns=(),
    )
    return replace(empty, **changes)


def answered(**changes: object) -> Service:
    return service(**{**ANSWERED, **changes})


def of_one(found: Directory) -> Due:
    (one,) = due(found, TODAY)
    return one


# --- what is due ----------------------------------------------------------------------------------


def test_nothing_is_due_of_a_service_that_has_answered_everything_lately():
    assert due(directory(answered()), TODAY) == ()


@pytest.mark.parametrize(
    ("changes", "reason", "columns"),
    [
        ({"self_referral": "unknown"}, DueReason.SELF_REFERRAL, ["self_referral"]),
        ({"phone": "", "phone_status": None}, DueReason.CONTACT, ["phone"]),
        ({"hours_text": ""}, DueReason.HOURS, ["hours_osm"]),
        ({"told_on": date(2025, 11, 23)}, DueReason.TOLD_OLD, ["told_on"]),
        ({"told_how": "not_known", "told_proof": ""}, DueReason.UNPROVEN, ["told_how"]),
        ({"availability_as_of": date(2026, 8, 23)}, DueReason.AVAILABILITY_OLD, ["new_referrals"]),
        ({**READ}, DueReason.NEVER_TOLD, ["told_on"]),
    ],
)
def test_one_thing_that_is_missing(changes, reason, columns):
    found = of_one(directory(answered(**changes)))
    assert [(q.reason, q.column) for q in found.questions] == [(reason, c) for c in columns]
    assert found.first is COSTS[reason].first
    assert found.cost == pytest.approx(COSTS[reason].points * 1.0)  # a thousand births


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({"status": "unknown"}, {DueReason.STATUS, DueReason.CONTACT}),
        ({"phone_status": "check"}, {DueReason.CHECK_NUMBER, DueReason.CONTACT}),
        ({"phone_audience": "professional"}, {DueReason.CONTACT}),
        ({"self_referral": "no", "phone_audience": "professional"}, set()),
        (
            {"self_referral": "no", "phone_audience": "professional", "phone_status": "check"},
            {DueReason.CHECK_NUMBER, DueReason.CONTACT},
        ),
        (
            {"referrer_phone": "020 7946 0001", "referrer_phone_status": "check"},
            {DueReason.CHECK_NUMBER},
        ),
        ({**READ, "source_date": "2024-10"}, {DueReason.NEVER_TOLD, DueReason.OLD}),
        ({**READ, "read": "part"}, {DueReason.NEVER_TOLD, DueReason.NOT_READ}),
        ({"told_how": "not_known", "told_proof": "", "read": "none"}, {DueReason.UNPROVEN}),
        ({"told_on": date(2025, 11, 24)}, set()),
        ({"availability_as_of": date(2026, 8, 24)}, set()),
        ({"status": "closed", "self_referral": "unknown"}, set()),
    ],
)
def test_what_follows_from_a_row(changes, reasons):
    found = due(directory(answered(**changes)), TODAY)
    assert {reason for row in found for reason in row.reasons} == reasons


def test_criteria_are_asked_one_by_one_and_of_an_mmhs_only():
    found = of_one(directory(answered(), of=criteria()))
    assert [q.column for q in found.questions] == [
        *(p.value for p in Pathway),
        "max_months_since_event",
        "accepts_pregnant",
    ]
    assert due(directory(answered(), of=criteria(**{**LIMITS, "loss": "not_listed"})), TODAY) == ()
    other = answered(kind=ServiceKind.PEER_SUPPORT, **READ)
    assert due(directory(other, of=criteria()), TODAY) == ()


def test_an_mmhs_without_criteria_is_asked_for_all_of_them():
    found = of_one(directory(answered(), criteria={}))
    assert found.reasons == {DueReason.PATHWAYS, DueReason.LIMITS}


def test_talking_therapies_are_not_asked_what_a_national_rule_says():
    row = answered(kind=ServiceKind.TALKING_THERAPIES, self_referral="unknown")
    assert due(directory(row), TODAY) == ()


def test_a_link_that_did_not_answer_is_named_with_its_day():
    row = answered(source_urls=(PAGE, "https://b.example/"), checked_on=date(2026, 11, 1))
    row.note_unanswered(
        {url: LinkStatus(url, date(2026, 11, 20), LinkState.GONE) for url in row.source_urls}
    )
    found = of_one(directory(row))
    assert [(q.reason, q.column) for q in found.questions] == [
        (DueReason.LINK, "website"),
        (DueReason.SOURCE_LINK, "source_urls"),
        (DueReason.SOURCE_LINK, "source_urls"),
    ]
    assert PAGE in found.questions[0].words and "20 November 2026" in found.questions[0].words
    assert not found.page_answers and all(q.is_ours for q in found.questions)


def test_the_questions_stand_by_what_they_cost():
    bare = service(status="unknown", read="none", source_date="2019")
    found = of_one(directory(bare, of=criteria()))
    assert [q.reason for q in found.questions] == [
        DueReason.SELF_REFERRAL,
        DueReason.CONTACT,
        DueReason.STATUS,
        *[DueReason.PATHWAYS] * 4,
        DueReason.HOURS,
        *[DueReason.LIMITS] * 2,
        DueReason.AVAILABILITY_OLD,
        DueReason.OLD,
        DueReason.NEVER_TOLD,
        DueReason.NOT_READ,
    ]


def test_lines_and_services_outside_england():
    lines = (
        line(id="fine"),
        line(id="hours", phone_hours_text="", phone_hours_osm=""),
        line(id="unsure", phone_status="check", nations=("Scotland",)),
        line(id="route", kind="health_visitor", phone="", phone_status=None),
        line(
            id="crisis", kind="crisis", phone="", phone_status=None, urgent_strip="listening_line"
        ),
        line(id="second", read="second_hand", source_date="2020", status="unknown"),
        line(id="shut", status="closed", read="none"),
    )
    wales = (
        devolved(phone="029 2000 0000", website=PAGE),
        devolved(
            service_name="Other", self_referral="unknown", source_date="2019", status="unknown"
        ),
        devolved(service_name="(none found)", self_referral="unknown"),
    )
    found = {d.row: d for d in due(directory(national=lines, devolved=wales), TODAY)}
    assert {row: d.reasons for row, d in found.items()} == {
        "hours": {DueReason.HOURS},
        "unsure": {DueReason.CHECK_NUMBER},
        "crisis": {DueReason.CONTACT},
        "second": {DueReason.NOT_READ, DueReason.OLD, DueReason.STATUS},
        "Wales/Board/Other": {
            DueReason.SELF_REFERRAL,
            DueReason.CONTACT,
            DueReason.STATUS,
            DueReason.OLD,
        },
    }
    england = 14.0  # thousand births: every council once
    points = {reason: cost.points for reason, cost in COSTS.items()}
    assert found["hours"].cost == pytest.approx(
        points[DueReason.HOURS] * EVERYWHERE_WEIGHT * england
    )
    assert found["crisis"].cost == pytest.approx(
        points[DueReason.CONTACT] * URGENT_WEIGHT * england
    )
    assert found["unsure"].births is None
    assert found["unsure"].cost == pytest.approx(
        points[DueReason.CHECK_NUMBER] * EVERYWHERE_WEIGHT * BIRTHS_NOT_KNOWN / 1000
    )
    assert found["Wales/Board/Other"].cost == pytest.approx(
        (10 + 10 + 8 + 2) * DEVOLVED_WEIGHT * BIRTHS_NOT_KNOWN / 1000
    )
    assert not any(d.first for d in found.values())


# --- births ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("areas", "names", "births"),
    [
        ((SMALL, LARGE), ("Large", "Small"), 10_000),
        ((WEST,), ("Split",), 4_000),
        ((WEST, EAST), ("Split",), 4_000),
        ((WEST, SPLIT, SMALL), ("Small", "Split"), 5_000),
        ((BLANK, SMALL), ("Blank", "Small"), 1_000),
        ((BLANK,), ("Blank",), None),
        ((), (), None),
    ],
)
def test_births_are_those_of_the_councils_each_once(areas, names, births):
    one = answered(hours_text="")
    found = of_one(directory(one, areas={one.id: areas}))
    assert (found.councils, found.births) == (names, births)
    assert found.cost == pytest.approx(3 * (births or BIRTHS_NOT_KNOWN) / 1000)


def test_who_takes_people_from_anywhere_concerns_every_birth_and_few_of_each_area():
    one = answered(kind=ServiceKind.MOTHER_BABY_UNIT, takes_from_anywhere="yes", hours_text="")
    found = directory(one, areas={one.id: ()})
    assert [area.name for area in councils_of(found, one)] == ["Blank", "Large", "Small", "Split"]
    row = of_one(found)
    assert (row.councils, row.births) == ((), 14_000)
    assert row.cost == pytest.approx(3 * EVERYWHERE_WEIGHT * 14)


# --- the order ------------------------------------------------------------------------------------


def test_first_what_keeps_somebody_from_an_mmhs_then_what_costs_most_then_by_name():
    rows = [
        answered(id="hours-small", name="B", hours_text=""),
        answered(id="hours-same", name="A", hours_text=""),
        answered(id="hours-large", name="C", hours_text=""),
        answered(id="closed-door-small", name="D", self_referral="unknown"),
        answered(id="closed-door-large", name="E", self_referral="unknown"),
        answered(id="peers", name="F", kind=ServiceKind.PEER_SUPPORT, self_referral="unknown"),
    ]
    areas = {row.id: (LARGE if "large" in row.id else SMALL,) for row in rows}
    for some in (rows, rows[::-1]):
        found = due(directory(*some, areas=areas), TODAY)
        assert [d.row for d in found] == [
            "closed-door-large",
            "closed-door-small",
            "hours-large",
            "hours-same",
            "hours-small",
            "peers",
        ]
    only = due(directory(*rows, areas=areas), TODAY, ServiceKind.PEER_SUPPORT)
    assert [d.row for d in only] == ["peers"]
    assert only[0].cost == pytest.approx(10 * KIND_WEIGHT[ServiceKind.PEER_SUPPORT])


def test_one_call_to_a_provider_settles_several():
    rows = [
        answered(id="a", name="A", provider="Trust One", hours_text=""),
        answered(id="b", name="B", provider="trust one", hours_text=""),
        answered(id="c", name="C", provider="Trust Two", self_referral="unknown"),
        answered(id="d", name="D", provider="", hours_text=""),
        answered(id="e", name="E", provider="", hours_text=""),
    ]
    found = by_provider(due(directory(*rows), TODAY))
    assert [(p.name, [r.row for r in p.rows]) for p in found] == [
        ("Trust Two", ["c"]),
        ("Trust One", ["a", "b"]),
        ("D", ["d"]),
        ("E", ["e"]),
    ]
    assert found[1].births == 2_000


def test_every_number_stands_there_marked_for_the_curator():
    row = service(
        phone="020 7946 0000",
        phone_audience="professional",
        phone_status="check",
        referrer_phone="020 7946 0001",
        referrer_phone_status="confirmed",
        email="a@b.example",
        email_audience="public",
        referrer_email="c@b.example",
    )
    assert contacts_of(row) == (
        DueContact("020 7946 0000", True, for_professionals=True, confirmed=False),
        DueContact("020 7946 0001", True, for_professionals=True),
        DueContact("a@b.example", False),
        DueContact("c@b.example", False, for_professionals=True),
    )
    assert contacts_of(line(phone_status="check", email="x@y.example")) == (
        DueContact("0808 157 0000", True, confirmed=False),
        DueContact("x@y.example", False),
    )
    assert not contacts_of(devolved(phone="029 2000 0000"))[0].confirmed
    assert contacts_of(devolved(phone="029 2000 0000", self_referral="yes"))[0].confirmed


def test_every_reason_has_its_cost():
    assert set(COSTS) == set(DueReason)
    assert all(cost.points > 0 for cost in COSTS.values())
    assert set(KIND_WEIGHT) == set(ServiceKind)


@pytest.mark.parametrize(
    ("day", "long_ago"),
    [(date(2025, 11, 24), False), (date(2025, 11, 23), True), (date(2026, 11, 24), False)],
)
def test_a_year_after_it_answered_a_service_is_asked_again(day, long_ago):
    assert told_long_ago(day, TODAY) is long_ago


# --- properties -----------------------------------------------------------------------------------

ROWS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(ServiceKind),
        "status": st.sampled_from(["open", "unknown", "closed"]),
        "self_referral": st.sampled_from(YesNo),
        "phone": st.sampled_from(["", "020 7946 0000"]),
        "phone_audience": st.sampled_from([None, "public", "professional"]),
        "phone_status": st.sampled_from([None, "confirmed", "check"]),
        "hours_text": st.sampled_from(["", "Monday"]),
        "source_date": st.sampled_from(["", "2019", "2026-11"]),
        "read": st.sampled_from(["whole", "part", "none"]),
        "told_on": st.sampled_from([None, date(2024, 1, 1), date(2026, 11, 1)]),
        "told_how": st.sampled_from([None, "sender_domain", "not_known"]),
        "told_proof": st.sampled_from(["", "made.up.example"]),
        "availability_as_of": st.sampled_from([None, date(2026, 1, 1), date(2026, 11, 1)]),
    }
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ROWS, max_size=5), st.data())
def test_what_keeps_somebody_from_an_mmhs_is_always_on_the_list_and_first(rows, data):
    services = [service(**{**row, "id": f"s{n}"}) for n, row in enumerate(rows)]
    areas = {s.id: data.draw(st.lists(st.sampled_from([*AREAS.values()]))) for s in services}
    found = due(directory(*services, areas=areas), TODAY)
    by_row = {d.row: d for d in found}
    assert len(by_row) == len(found)
    for each in services:
        unknown = each.kind is ServiceKind.MMHS and each.self_referral is YesNo.UNKNOWN
        if each.status == "closed":
            assert each.id not in by_row
        elif unknown:
            assert by_row[each.id].first and DueReason.SELF_REFERRAL in by_row[each.id].reasons
    assert [d.first for d in found] == sorted((d.first for d in found), reverse=True)
    for group in (True, False):
        costs = [d.cost for d in found if d.first is group]
        assert costs == sorted(costs, reverse=True)
    assert all(d.questions and d.cost > 0 for d in found)
    assert found == due(directory(*services[::-1], areas=areas), TODAY)
    listed = [row for provider in by_provider(found) for row in provider.rows]
    assert sorted(d.row for d in listed) == sorted(by_row)


@settings(deadline=None)
@given(ROWS)
def test_who_answered_everything_lately_is_never_on_it(row):
    changes = {key: row[key] for key in ("kind", "source_date", "read", "hours_text") if row[key]}
    assert due(directory(answered(**changes)), TODAY) == ()
