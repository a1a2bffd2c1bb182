"""What if: what must hold of a scenario for any directory."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest

from mmhs_finder.channels.shell.asked import asked
from mmhs_finder.coverage.closing import difference, what_it_takes
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import HELP_MEASURES, Measure
from mmhs_finder.coverage.scenario import (
    MOST,
    SWITCHES,
    Scenario,
    applied,
    fitting,
    read,
    under,
    written,
)
from mmhs_finder.coverage.values import Level, Value
from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import ServiceKind


@pytest.fixture(scope="module")
def today(directory: Directory) -> Coverage:
    return Coverage(directory, directory.newest_check)


def test_the_longest_scenario_fits_into_a_link(directory: Directory) -> None:
    ids = sorted((s.id for s in directory.services_of(ServiceKind.MMHS)), key=len)[-MOST:]
    longest = Scenario.of(
        dict.fromkeys(ids, SWITCHES), dict.fromkeys(list(directory.icbs)[:MOST], SWITCHES)
    )
    assert read(written(longest)).scenario == longest
    rest = {"where": "North East and Yorkshire", "level": "council", "measure": "self_referral"}
    query = urlencode({**rest, "view": "what_if", "scenario": written(longest)}, quote_via=quote)
    assert asked("/coverage", query, directory) == query


def test_every_running_service_can_be_assumed_to_offer_more_and_never_takes_a_yes_away(
    today: Coverage,
) -> None:
    for service in today.directory.services_of(ServiceKind.MMHS):
        scenario = Scenario.of({service.id: SWITCHES})
        can = not fitting(today.directory, scenario).scenario.is_empty
        assert can == (applied(today.directory, scenario) is not today.directory)
        then = under(today, scenario)
        served = [area.code for area, _ in today.directory.areas_of(service.id)]
        for measure in (*HELP_MEASURES, Measure.MMHS):
            for code in served:
                before = today.value(measure, code)
                assert then.value(measure, code) is Value.YES or before is not Value.YES, code
                assert then.value(measure, code) is Value.YES or not can, (service.id, code)


def test_what_it_takes_for_a_region_is_true(today: Coverage) -> None:
    where = next(place for place in today.places if place.level is Level.REGION)
    every, then = Scenario(), today
    for step in what_it_takes(today, every, Measure.SEPARATION, where):
        every, before = every.plus(step.assumed), then
        then = under(today, every)
        found = difference(before, then, Measure.SEPARATION, where)
        assert found.births == step.births and found.turned
        assert found.after == step.after
    assert fitting(today.directory, every).scenario == every
