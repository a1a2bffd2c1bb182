"""What changed since a day, in words: what we know is never told as what a service did."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from itertools import product
from types import MappingProxyType

import pytest

from mmhs_finder.coverage.changed import AREA, SELF_REFERRAL, STATUS, ChangeStep, Difference
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.history import KEPT, Snapshot, snapshot_of
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.snapshots import KeptSnapshots
from mmhs_finder.coverage.where import ENGLAND
from mmhs_finder.directory.changes import FILE, HISTORY_COLUMNS
from mmhs_finder.directory.models import Pathway, PathwayOffer, Status, YesNo
from mmhs_finder.render.files.coverage_history import CSV_COLUMNS, history_csv, history_json
from mmhs_finder.render.html.over_time import changes_html
from mmhs_finder.views.coverage_history import (
    MOST_LINES,
    difference_words,
    history_view,
    icbs_over_time,
)
from mmhs_finder.words import say
from tests.made_up.records import criteria, service
from tests.made_up.world import AREAS, EAST, WEST
from tests.made_up.world import directory as made_up

BEFORE, TODAY = date(2026, 11, 22), date(2026, 12, 22)
BIRTHS = {"E01": 100, "E02": 40, "E03": 7, "E04": 3, "E05": 2}


@pytest.fixture
def at(tmp_path):
    """Coverage of a day over made-up services: (id, area, what is said of it)."""

    def coverage(day: date, *given, history: str = "") -> Coverage:
        (tmp_path / FILE).write_text(f"{','.join(HISTORY_COLUMNS)}\n{history}", encoding="utf-8")
        services, rules, serves = [], [], []
        for key, code, said in given:
            offers = {k: v for k, v in said.items() if k in {*Pathway}}
            rest = {k: v for k, v in said.items() if k not in offers}
            services.append(service(**{"id": key, "name": key.title(), **rest}))
            rules.append(criteria(service_id=key, **offers))
            serves.append((key, code))
        areas = [
            area.model_copy(update={"births_year_to_mid_2020": BIRTHS.get(area.code)})
            for area in AREAS
        ]
        directory = made_up(services, serves, criteria=rules, areas=areas)
        return Coverage(replace(directory, folder=tmp_path), day)

    return coverage


def kept(*coverages: Coverage) -> KeptSnapshots:
    return KeptSnapshots(tuple(snapshot_of(each) for each in coverages))


def view_of(before: Coverage, today: Coverage, where=ENGLAND):
    return history_view(today, kept(before), where)


def test_a_blank_that_was_filled_is_what_we_learned(at):
    before = at(BEFORE, ("birch", WEST.code, {"loss": "unknown"}))
    view = view_of(before, at(TODAY, ("birch", WEST.code, {"loss": "yes"})))
    assert view.by_services == ()
    [line] = view.lines
    assert line.startswith("We now know that Birch helps with")
    assert "Westshire" in line and "100" in line
    assert say("coverage_over_time.no_services") in view.intro
    assert view.since == BEFORE


def test_a_blank_that_we_lost_is_about_us(at):
    before = at(BEFORE, ("birch", WEST.code, {"self_referral": "yes"}))
    [line] = view_of(before, at(TODAY, ("birch", WEST.code, {"self_referral": "unknown"}))).lines
    assert "That is about what we know" in line


HISTORY = "2026-12-02,services.csv,birch,self_referral,no,yes,{},,{},high\n"


@pytest.mark.parametrize(
    ("source", "dated", "is_claimed"),
    [
        ("https://example.org/a", "2026-12-01", True),
        ("https://example.org/a", "2026-10", False),
        ("form:X", "", True),
    ],
)
def test_a_service_is_said_to_have_changed_where_what_says_so_is_newer(
    at, source, dated, is_claimed
):
    before = at(BEFORE, ("birch", WEST.code, {"self_referral": "no"}))
    now = at(
        TODAY,
        ("birch", WEST.code, {"self_referral": "yes"}),
        history=HISTORY.format(source, dated),
    )
    view = view_of(before, now)
    assert (len(view.by_services), len(view.in_what_we_know)) == (is_claimed, not is_claimed)
    assert ("can now refer themselves" in view.lines[0]) is is_claimed
    assert ("mistake of ours" in view.lines[0]) is not is_claimed


def test_what_services_did_comes_before_what_we_learned_however_few_births(at):
    was = [("ash", WEST.code, {"loss": "unknown"}), ("birch", EAST.code, {"self_referral": "no"})]
    now = [("ash", WEST.code, {"loss": "yes"}), ("birch", EAST.code, {"self_referral": "yes"})]
    view = view_of(at(BEFORE, *was), at(TODAY, *now, history=HISTORY.format("form:X", "")))
    assert ["Birch" in line for line in view.lines] == [True, False]


def test_lines_are_bounded_and_the_most_births_come_first(at):
    codes = [code for code in BIRTHS for _ in range(4)]
    was = [(f"s{i}", code, {"loss": "unknown"}) for i, code in enumerate(codes)]
    now = [(key, code, {"loss": "yes"}) for key, code, _ in was]
    view = view_of(at(BEFORE, *was), at(TODAY, *now))
    assert len(view.lines) == MOST_LINES < len(view.in_what_we_know) == len(codes)
    births = [each.item.births for each in view.in_what_we_know]
    assert births == sorted(births, reverse=True)


def test_without_an_earlier_day_it_says_when_there_will_be_something(at):
    today = at(TODAY, ("birch", WEST.code, {}))
    nothing = history_view(today, KeptSnapshots())
    assert (nothing.since, nothing.days, nothing.lines) == (None, (), ())
    assert nothing.intro == say("coverage_over_time.nothing_yet")
    assert history_view(today, kept(today)).intro == say("coverage_over_time.kept_today")


def test_the_day_that_is_asked_for_is_compared_with_and_the_newest_by_default(at):
    first = at(date(2026, 10, 1), ("birch", WEST.code, {"loss": "unknown"}))
    second = at(BEFORE, ("birch", WEST.code, {"loss": "yes"}))
    today = at(TODAY, ("birch", WEST.code, {"loss": "yes"}))
    both = kept(first, second)
    assert history_view(today, both).since == BEFORE
    assert history_view(today, both).lines == ()
    assert len(history_view(today, both, since=date(2026, 10, 1)).lines) == 1
    assert history_view(today, both, since=date(1999, 1, 1)).since == BEFORE
    assert history_view(today, both).days == (BEFORE, date(2026, 10, 1))


def test_shares_go_from_the_oldest_day_to_today_and_add_up(at):
    before = at(BEFORE, ("birch", WEST.code, {"loss": "unknown"}))
    today = at(TODAY, ("birch", WEST.code, {"loss": "yes"}))
    points = history_view(today, kept(before)).shares[Measure.LOSS]
    assert [(p.day, p.yes) for p in points] == [(BEFORE, 0.0), (TODAY, 65.8)]  # 100 of 152
    assert all(p.yes + p.unknown + p.rest == pytest.approx(100) for p in points)


def test_a_measure_that_was_not_counted_then_has_no_share_of_that_day(at):
    today = at(TODAY, ("birch", WEST.code, {}))
    older = snapshot_of(at(BEFORE, ("birch", WEST.code, {})), lacks={"told_on"})
    points = history_view(today, KeptSnapshots((older,))).shares[Measure.CONFIRMED]
    assert [p.day for p in points] == [TODAY]
    rows = icbs_over_time(today, KeptSnapshots((older,)), Measure.CONFIRMED, ENGLAND, BEFORE)
    assert all(row.then is None and row.now is not None for row in rows)


def test_each_icb_has_its_own_changes(at):
    before = at(BEFORE, ("birch", WEST.code, {}), ("oak", EAST.code, {}))
    today = at(TODAY, ("birch", WEST.code, {"loss": "yes"}), ("oak", EAST.code, {}))
    rows = icbs_over_time(today, kept(before), Measure.LOSS, ENGLAND, BEFORE)
    assert {row.name: row.changes for row in rows} == {"First ICB": 1, "Second ICB": 0}


def test_of_a_service_that_is_no_longer_listed_no_name_is_told(at):
    before = at(BEFORE, ("secret", WEST.code, {}), ("oak", EAST.code, {}))
    today = at(TODAY, ("oak", EAST.code, {}))
    text = " ".join(view_of(before, today).lines)
    assert "no longer in our list" in text and "Secret" not in text
    files = history_json(today, kept(before)) + history_csv(today, kept(before))
    assert b"Secret" not in files


def test_files_that_cannot_be_read_are_said(at):
    today = at(TODAY, ("birch", WEST.code, {}))
    view = history_view(today, KeptSnapshots((), (("2026-10-01.csv", "It is too large."),)))
    assert "2026-10-01.csv" in view.unreadable


# --- every change has words -----------------------------------------------------------------------


def every_difference():
    for step, after in product(
        (ChangeStep.CLOSED, ChangeStep.BACK, ChangeStep.KNOWN, ChangeStep.UNKNOWN), Status
    ):
        yield STATUS, step, after
    yield from ((STATUS, ChangeStep.NEW, status) for status in Status)
    yield STATUS, ChangeStep.GONE, ""
    for topic, values in ((SELF_REFERRAL, YesNo), *((p.value, PathwayOffer) for p in Pathway)):
        for step in (ChangeStep.GAINED, ChangeStep.LOST, ChangeStep.UNKNOWN):
            yield topic, step, ""
        yield from ((topic, ChangeStep.KNOWN, v) for v in values if v != "unknown")
    for step in (ChangeStep.ADDED, ChangeStep.LEFT, ChangeStep.MOVED):
        yield AREA, step, ""


@pytest.mark.parametrize("newer", [True, False])
def test_every_change_has_words_and_only_a_newer_one_is_told_as_the_services_own(at, newer):
    directory = at(TODAY, ("birch", WEST.code, {})).directory
    for topic, step, after in every_difference():
        if newer and step not in (
            ChangeStep.GAINED,
            ChangeStep.LOST,
            ChangeStep.CLOSED,
            ChangeStep.BACK,
        ):
            continue
        item = Difference(step, "birch", topic, "", str(after), newer, (), (), 0, "birch")
        words = difference_words(item, directory)
        ours = words.startswith(("We ", "Our list")) or "our list" in words
        assert ours is not newer, words


def test_a_hostile_name_is_text(at):
    name = "<img src=x onerror=alert(1)>"
    before = at(BEFORE, ("birch", WEST.code, {"name": name}))
    now = at(TODAY, ("birch", WEST.code, {"name": name, "loss": "yes"}))
    found = view_of(before, now)
    html = str(changes_html("h", "t", "p", found.in_what_we_know, 5))
    assert "<img" not in html and "&lt;img" in html


# --- files ----------------------------------------------------------------------------------------


def test_both_files_have_every_share_and_every_change(at):
    before = at(BEFORE, ("birch", WEST.code, {"loss": "no"}))
    today = at(TODAY, ("birch", WEST.code, {"loss": "yes"}))
    data = json.loads(history_json(today, kept(before)))
    assert data["days"] == [BEFORE.isoformat(), TODAY.isoformat()]
    assert len(data["shares"]) == 2 * len(today.places) * len(KEPT)
    [change] = data["changes"]
    assert (change["change"], change["topic"], change["by_the_service"]) == (
        "gained",
        "loss",
        False,
    )
    lines = history_csv(today, kept(before)).decode("utf-8-sig").splitlines()
    assert lines[0] == ",".join(CSV_COLUMNS)
    assert len(lines) == 1 + len(data["shares"]) + 1
    for share in data["shares"]:
        percent = [v for k, v in share.items() if k.startswith("percent_")]
        assert sum(percent) == pytest.approx(100)


def test_a_snapshot_of_nothing_breaks_nothing(at):
    today = at(TODAY, ("birch", WEST.code, {}))
    empty = Snapshot(BEFORE, MappingProxyType({}), MappingProxyType({}))
    assert history_view(today, KeptSnapshots((empty,))).since == BEFORE
    assert json.loads(history_json(today, KeptSnapshots((empty,))))["days"][0] == "2026-11-22"
