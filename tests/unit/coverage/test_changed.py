"""What is other between two snapshots: a table of cases, and what holds for any two."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmhs_finder.coverage.changed import (
    AREA,
    BACKWARDS,
    SELF_REFERRAL,
    STATUS,
    ChangeStep,
    compared,
    newer_grounds,
)
from mmhs_finder.coverage.history import AreaThen, ServiceThen, Snapshot
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.values import Level, Value
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.directory.changes import Change
from mmhs_finder.directory.models import Pathway, PathwayOffer, Status, YesNo

BEFORE, AFTER = date(2026, 11, 22), date(2026, 12, 22)
NORTH, SOUTH = Where(Level.ICB, "ICB1", "North"), Where(Level.REGION, "South", "South")
AREAS = {
    "E1": ("", "North", "ICB1", 100),
    "E2": ("", "North", "ICB1", 40),
    "E3": ("", "South", "ICB2", 7),
    "E3-A": ("E3", "South", "ICB2", None),
    "E3-B": ("E3", "South", "ICB2", None),
}


def snapshot(*services: ServiceThen, day: date = AFTER, value: Value = Value.YES) -> Snapshot:
    areas = {
        code: AreaThen(
            code, code, parent, region, icb, births, MappingProxyType({Measure.MMHS: value})
        )
        for code, (parent, region, icb, births) in AREAS.items()
    }
    return Snapshot(
        day,
        MappingProxyType(areas),
        MappingProxyType({s.id: s for s in sorted(services, key=lambda s: s.id)}),
    )


def mmhs(key: str = "a", areas: tuple[str, ...] = ("E1",), **said: str) -> ServiceThen:
    """said: status, self_referral, or a pathway."""
    offers = {p: PathwayOffer(said.get(p.value, "unknown")) for p in Pathway}
    return ServiceThen(
        key,
        key.upper(),
        Status(said.get("status", "open")),
        YesNo(said.get("self_referral", "unknown")),
        MappingProxyType(offers),
        tuple(sorted(areas)),
    )


CASES = [
    # what stood there, what stands there, what that is
    ({"loss": "unknown"}, {"loss": "yes"}, "loss", ChangeStep.KNOWN),
    ({"loss": "unknown"}, {"loss": "no"}, "loss", ChangeStep.KNOWN),
    ({"loss": "unknown"}, {"loss": "not_listed"}, "loss", ChangeStep.KNOWN),
    ({"loss": "yes"}, {"loss": "unknown"}, "loss", ChangeStep.UNKNOWN),
    ({"loss": "no"}, {"loss": "unknown"}, "loss", ChangeStep.UNKNOWN),
    ({"loss": "no"}, {"loss": "yes"}, "loss", ChangeStep.GAINED),
    ({"loss": "not_listed"}, {"loss": "yes"}, "loss", ChangeStep.GAINED),
    ({"loss": "yes"}, {"loss": "no"}, "loss", ChangeStep.LOST),
    ({"loss": "yes"}, {"loss": "not_listed"}, "loss", ChangeStep.LOST),
    ({"self_referral": "no"}, {"self_referral": "yes"}, SELF_REFERRAL, ChangeStep.GAINED),
    ({"self_referral": "yes"}, {"self_referral": "no"}, SELF_REFERRAL, ChangeStep.LOST),
    ({"self_referral": "unknown"}, {"self_referral": "yes"}, SELF_REFERRAL, ChangeStep.KNOWN),
    ({"self_referral": "yes"}, {"self_referral": "unknown"}, SELF_REFERRAL, ChangeStep.UNKNOWN),
    ({"status": "open"}, {"status": "closed"}, STATUS, ChangeStep.CLOSED),
    ({"status": "unknown"}, {"status": "closed"}, STATUS, ChangeStep.CLOSED),
    ({"status": "closed"}, {"status": "open"}, STATUS, ChangeStep.BACK),
    ({"status": "closed"}, {"status": "unknown"}, STATUS, ChangeStep.BACK),
    ({"status": "unknown"}, {"status": "open"}, STATUS, ChangeStep.KNOWN),
    ({"status": "open"}, {"status": "unknown"}, STATUS, ChangeStep.UNKNOWN),
]


@pytest.mark.parametrize(("was", "now", "topic", "step"), CASES)
def test_what_a_change_is(was, now, topic, step):
    [item] = compared(snapshot(mmhs(**was), day=BEFORE), snapshot(mmhs(**now))).items
    assert (item.topic, item.step) == (topic, step)
    assert (item.councils, item.icbs, item.births) == (("E1",), ("ICB1",), 100)
    assert not item.newer


@pytest.mark.parametrize(("was", "now"), [("no", "not_listed"), ("not_listed", "no")])
def test_how_we_read_a_no_is_no_change(was, now):
    assert not compared(snapshot(mmhs(loss=was)), snapshot(mmhs(loss=now))).items


@pytest.mark.parametrize(
    ("was", "now", "topic", "is_claimed"),
    [
        ({"loss": "no"}, {"loss": "yes"}, "loss", True),
        ({"loss": "yes"}, {"loss": "no"}, "loss", True),
        ({"status": "open"}, {"status": "closed"}, STATUS, True),
        ({"loss": "unknown"}, {"loss": "yes"}, "loss", False),  # it may always have been so
        ({"loss": "yes"}, {"loss": "unknown"}, "loss", False),
        ({"status": "unknown"}, {"status": "open"}, STATUS, False),
    ],
)
def test_a_service_is_said_to_have_changed_only_from_one_answer_to_the_other(
    was, now, topic, is_claimed
):
    grounds = {("a", topic, next(iter(now.values())))}
    found = compared(snapshot(mmhs(**was)), snapshot(mmhs(**now)), newer=grounds)
    assert [item.newer for item in found.items] == [is_claimed]
    assert (len(found.by_services), len(found.in_what_we_know)) == (is_claimed, not is_claimed)


def test_grounds_for_another_value_or_service_claim_nothing():
    grounds = {("a", "loss", "no"), ("b", "loss", "yes"), ("a", "separation", "yes")}
    [item] = compared(snapshot(mmhs(loss="no")), snapshot(mmhs(loss="yes")), newer=grounds).items
    assert not item.newer


@pytest.mark.parametrize(
    ("source_url", "source_date", "is_newer"),
    [
        ("https://example.org/page", "2026-12", True),
        ("https://example.org/page", "2026-11-23", True),
        ("https://example.org/page", "2026-11-22", False),
        ("https://example.org/page", "2026-11", False),  # may be of before the 22nd
        ("https://example.org/page", "2026", False),
        ("https://example.org/page", "2024-10", False),
        ("https://example.org/page", "", False),  # read later is not newer
        ("form:CODE", "", True),
        ("call:somebody", "2026-12-01", True),
        ("mail:somebody", "2026-10-01", False),
    ],
)
def test_a_page_counts_by_its_own_date(source_url, source_date, is_newer):
    line = Change(
        "2026-12-02", "services.csv", "a", "status", "open", "closed", source_url, "", source_date
    )
    assert (("a", "status", "closed") in newer_grounds([line], BEFORE)) is is_newer


def test_the_last_line_about_a_cell_decides():
    def line(new: str, day: str) -> Change:
        return Change("2026-12-02", "mmhs_criteria.csv", "a", "loss", "", new, "https://x", "", day)

    assert newer_grounds([line("yes", "2026-12-01"), line("no", "2024")], BEFORE) == frozenset()
    assert newer_grounds([line("no", "2024"), line("yes", "2026-12-01")], BEFORE) == {
        ("a", "loss", "yes")
    }


def test_a_new_service_is_told_once_and_not_by_each_thing_it_does():
    new = mmhs("b", ("E3-A",), loss="yes", self_referral="yes")
    found = compared(snapshot(mmhs(), day=BEFORE), snapshot(mmhs(), new)).items
    assert [(i.step, i.service, i.councils, i.births) for i in found] == [
        (
            ChangeStep.NEW,
            "b",
            ("E3-A",),
            7,
        )  # births of its whole council: none are published for parts
    ]


def test_what_a_closed_service_offered_is_no_loss():
    was = mmhs(loss="yes", self_referral="yes")
    found = compared(snapshot(was), snapshot(mmhs(status="closed", loss="no")))
    assert [item.step for item in found.items] == [ChangeStep.CLOSED]


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        ([("a", ["E1"])], [("a", ["E1", "E2"])], [(ChangeStep.ADDED, "a", "", ("E2",))]),
        ([("a", ["E1", "E2"])], [("a", ["E1"])], [(ChangeStep.LEFT, "a", "", ("E2",))]),
        (
            [("a", ["E1"]), ("b", ["E2", "E3"])],
            [("a", ["E1", "E2", "E3"]), ("b", [])],
            [(ChangeStep.MOVED, "a", "b", ("E2", "E3"))],
        ),
    ],
)
def test_areas_that_came_went_or_moved(was, now, expected):
    before, after = (
        snapshot(*(mmhs(key, tuple(codes)) for key, codes in each)) for each in (was, now)
    )
    found = compared(before, after).items
    assert [(i.step, i.service, i.other, i.councils) for i in found if i.topic == AREA] == expected


def test_only_the_councils_of_the_place_are_named_and_counted():
    was, now = mmhs(areas=("E1", "E3"), loss="no"), mmhs(areas=("E1", "E3"), loss="yes")
    [everywhere] = compared(snapshot(was), snapshot(now)).items
    [north] = compared(snapshot(was), snapshot(now), NORTH).items
    [south] = compared(snapshot(was), snapshot(now), SOUTH).items
    assert (everywhere.births, north.births, south.births) == (107, 100, 7)
    assert (north.councils, south.councils) == (("E1",), ("E3",))


def test_a_service_of_which_no_council_is_known_counts_for_england_alone():
    was, now = snapshot(mmhs(areas=())), snapshot(mmhs(areas=(), loss="yes"))
    assert len(compared(was, now, ENGLAND).items) == 1
    assert not compared(was, now, NORTH).items


# --- for any two ----------------------------------------------------------------------------------

_SERVICES = st.lists(
    st.builds(
        mmhs,
        st.sampled_from("abc"),
        st.lists(st.sampled_from([*AREAS]), unique=True, max_size=3).map(tuple),
        status=st.sampled_from([*Status]),
        self_referral=st.sampled_from([*YesNo]),
        loss=st.sampled_from([*PathwayOffer]),
    ),
    unique_by=lambda s: s.id,
    max_size=3,
)
SNAPSHOTS = _SERVICES.map(lambda services: snapshot(*services))


@given(SNAPSHOTS)
def test_nothing_is_other_between_a_snapshot_and_itself(one):
    assert compared(one, one).items == ()


@given(SNAPSHOTS, SNAPSHOTS, st.sampled_from([ENGLAND, NORTH, SOUTH]))
def test_the_other_way_round_what_was_gained_is_lost(one, other, where):
    backwards = {**BACKWARDS, **{b: a for a, b in BACKWARDS.items()}}

    def seen(item, *, turned):
        service, topic, other = item.service, item.topic, item.other
        if not turned:
            return item.step, service, topic, item.before, item.after, item.councils, other
        if item.step is ChangeStep.MOVED:
            service, other = other, service
        return (
            backwards[item.step],
            service,
            topic,
            item.after,
            item.before,
            item.councils,
            other,
        )

    forth = {seen(item, turned=True) for item in compared(one, other, where).items}
    back = {seen(item, turned=False) for item in compared(other, one, where).items}
    assert forth == back


@given(SNAPSHOTS, SNAPSHOTS)
def test_without_newer_grounds_no_service_is_said_to_have_changed(one, other):
    assert compared(one, other).by_services == ()
