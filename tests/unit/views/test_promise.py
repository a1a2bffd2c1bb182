"""Promised, counted, seen: three steps that stay apart, and what is seen in each place."""

from __future__ import annotations

import re
from datetime import date

import pytest

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.values import Level
from mmhs_finder.coverage.where import Where
from mmhs_finder.planning.facts import figures
from mmhs_finder.planning.promise import PromiseStep, promise_facts
from mmhs_finder.render.html.over_time import promise_html
from mmhs_finder.views.promise import promise_view
from tests.made_up.records import service
from tests.made_up.world import AREAS, EAST, FAR, MIDDLE, SPLIT, UPPER, WEST
from tests.made_up.world import directory as made_up

TODAY = date(2026, 12, 22)
BIRTHS = {"E01": 100, "E02": 40, "E03": 7, "E04": 3, "E05": 2}
OLD = {"E01": ("Old A",), "E02": ("Old A", "Old B"), "E03": ("Old B",)}
ALL = ("E01", "E02", "E03", "E04", "E05")
FIRST = Where(Level.ICB, "ICB1", "First ICB")


def coverage(*given) -> Coverage:
    """given: (area code, status) of a service."""
    services = [
        service(id=f"s{i}", name=f"Service {i}", status=status)
        for i, (_, status) in enumerate(given)
    ]
    areas = [
        area.model_copy(
            update={
                "births_year_to_mid_2020": BIRTHS.get(area.code),
                "icb_2024": OLD.get(area.code, ()),
            }
        )
        for area in AREAS
    ]
    serves = [(f"s{i}", code) for i, (code, _) in enumerate(given)]
    return Coverage(made_up([*services, service(id="none")], serves, areas=areas), TODAY)


@pytest.mark.parametrize(
    ("given", "seen"),
    [
        ([(c, "open") for c in ALL], {"First ICB": "in every council", "Second ICB": "in every"}),
        ([("E01", "open")], {"First ICB": "in some", "Second ICB": "in no council"}),
        ([("E03", "unknown"), ("E04", "closed")], {"First ICB": "in no", "Second ICB": "in no"}),
        ([("E05a", "open")], {"First ICB": "in some", "Second ICB": "in no"}),
    ],
)
def test_in_how_much_of_an_icb_a_running_service_is_seen(given, seen):
    found = {icb.name: icb.seen for icb in promise_view(coverage(*given)).icbs_now}
    assert found.keys() == seen.keys()
    assert all(found[name].startswith(start) for name, start in seen.items())


def test_a_council_that_two_icbs_of_2024_shared_counts_for_both():
    view = promise_view(coverage((WEST.code, "open")))
    found = {icb.name: (icb.seen, icb.births_without) for icb in view.icbs_2024}
    assert found == {"Old A": ("in some councils", "40"), "Old B": ("in no council", "47")}


def test_the_icbs_of_2024_are_told_only_where_a_place_lay_in_several():
    of = coverage((WEST.code, "open"))
    told = {c: promise_view(of, Where(Level.COUNCIL, c, c)).today for c in ("E01", "E02")}
    assert [len(sentences) for sentences in told.values()] == [3, 4]
    assert "2024" not in " ".join(told["E01"]) and "2024" in told["E02"][-1]


def test_where_none_is_seen_what_we_know_is_said_with_the_most_births_first():
    view = promise_view(
        coverage((WEST.code, "unknown"), (MIDDLE.code, "closed"), (UPPER.code, "open"))
    )
    assert [row.name for row in view.unreached] == [
        a.name for a in (WEST, MIDDLE, EAST, FAR, SPLIT)
    ]
    assert [row.known for row in view.unreached] == [
        "Found, but not confirmed to be running: Service 0",
        "Reported closed: Service 1",
        "No service found",
        "No service found",
        "Seen in a part of the council only",
    ]
    assert "5 councils, with 152 births" in view.unreached_words


def test_a_place_has_its_own_councils_and_icbs_and_no_others():
    view = promise_view(coverage((EAST.code, "unknown")), FIRST)
    assert {row.icb for row in view.unreached} == {"First ICB"}
    assert [icb.name for icb in view.icbs_now] == ["First ICB"]
    assert any("First ICB: a running service is seen in no council" in t for t in view.today)


def test_where_it_is_seen_everywhere_that_is_said():
    view = promise_view(coverage(*((code, "open") for code in ALL)))
    assert view.unreached == ()
    assert "in every council" in view.unreached_words


# --- the figures ----------------------------------------------------------------------------------


def test_each_figure_says_what_it_counts_and_where_it_stands():
    facts = promise_facts().values()
    assert {fact.step for fact in facts} == {*PromiseStep}
    for fact in facts:
        assert fact.what and fact.counts and fact.source and fact.unit
        assert fact.url or fact.where  # a page, or the place in a text that we hold a copy of
        assert not fact.url or fact.url.startswith("https://")
        assert re.fullmatch(r"(20\d\d(-(0[1-9]|1[0-2]))?)?", fact.date)


def test_both_figures_of_women_are_shown_and_each_says_what_it_counts():
    facts = promise_facts()
    fewer, more = facts["women_6000"], facts["women_66000"]
    assert fewer.value < more.value and fewer.counts != more.counts
    words = promise_view(coverage()).promised_words
    assert f"{fewer.value:,.0f}" in words and f"{more.value:,.0f}" in words


def test_the_survey_is_told_by_its_own_figures_and_stands_in_one_file_only():
    words = promise_view(coverage()).counted_words
    for key in ("mmhs_identified", "mmhs_responded", "mmhs_closed"):
        assert f"{figures()[key].value:.0f}" in words
    assert not figures().keys() & promise_facts().keys()


def test_the_three_steps_stand_one_after_the_other_each_with_its_own_figures():
    html = str(promise_html(promise_view(coverage((WEST.code, "open")))))
    steps = html.split("<h3>")[1:]
    assert [step[:2] for step in steps] == ["1.", "2.", "3."]
    for fact in promise_facts().values():
        place = 0 if fact.step is PromiseStep.PROMISED else 1
        shown = fact.what.replace("'", "&#39;")
        assert [shown in step for step in steps] == [place == 0, place == 1, False]
