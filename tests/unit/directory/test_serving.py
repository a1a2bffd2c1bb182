"""Who serves an area: a part has its council's rows, a split council those of its parts."""

from __future__ import annotations

import pytest

from mmhs_finder.directory.models import Certainty, ServiceArea, Status
from mmhs_finder.directory.serving import Serving
from tests.made_up.records import service
from tests.made_up.world import AREAS, LOWER, SPLIT, UPPER, WEST

STATED, INFERRED = Certainty.STATED, Certainty.INFERRED
SERVICES = {key: service(id=key) for key in ("b", "a")} | {
    "gone": service(id="gone", status=Status.CLOSED),
    "doubtful": service(id="doubtful", status=Status.UNKNOWN),
}


def serving(*rows: tuple[str, str, Certainty]) -> Serving:
    areas = {area.code: area for area in AREAS}
    made = [ServiceArea(service_id=s, area_code=a, certainty=c) for s, a, c in rows]
    return Serving(SERVICES, areas, made)


def served(of: Serving, code: str) -> list[tuple[str, Certainty]]:
    return [(s.id, sure) for s, sure in of.services(code)]


@pytest.mark.parametrize(
    ("named", "reached"),
    [
        ("E05", {"E05", "E05a", "E05b"}),
        ("E05a", {"E05", "E05a"}),
        ("E05b", {"E05", "E05b"}),
        ("E01", {"E01"}),
    ],
)
def test_a_row_for_a_council_reaches_its_parts_and_a_row_for_a_part_its_council(named, reached):
    of = serving(("a", named, STATED))
    assert {area.code for area in AREAS if served(of, area.code)} == reached
    assert all(served(of, code) == [("a", STATED)] for code in reached)


def test_services_stand_in_the_order_of_the_file_each_once():
    of = serving(("b", "E05a", STATED), ("a", "E05", STATED), ("b", "E05", STATED))
    assert served(of, "E05a") == [("b", STATED), ("a", STATED)]


@pytest.mark.parametrize(
    ("council", "part", "sure"),
    [
        (STATED, INFERRED, STATED),
        (INFERRED, STATED, STATED),
        (INFERRED, INFERRED, INFERRED),
        (STATED, STATED, STATED),
    ],
)
def test_what_any_row_states_is_stated(council, part, sure):
    of = serving(("a", "E05", council), ("a", "E05a", part))
    assert served(of, "E05a") == [("a", sure)]
    assert served(of, "E05b") == [("a", council)]


def test_a_closed_service_serves_nobody_and_is_named_as_closed():
    of = serving(("gone", "E01", STATED), ("a", "E01", STATED), ("doubtful", "E01", STATED))
    assert served(of, "E01") == [("a", STATED), ("doubtful", STATED)]
    assert [s.id for s in of.closed("E01")] == ["gone"]
    assert of.closed("E02") == () and of.services("E02") == ()
    assert of.closed("") == () and of.services("") == ()


def test_the_areas_of_a_service_are_those_its_rows_name_by_name():
    of = serving(("a", "E01", STATED), ("a", "E05a", INFERRED), ("a", "E05b", STATED))
    named = ((LOWER, STATED), (UPPER, INFERRED), (WEST, STATED))
    assert of.areas("a") == named
    assert of.areas("b") == ()


def test_parts_are_by_name_and_only_of_split_councils():
    of = serving()
    assert of.parts(SPLIT.code) == (LOWER, UPPER)
    assert of.parts(WEST.code) == () and of.parts(UPPER.code) == ()
