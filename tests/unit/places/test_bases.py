"""Where services see people."""

from __future__ import annotations

import pytest

from mmhs_finder.directory import Directory
from mmhs_finder.places.bases import base_points, point_of
from mmhs_finder.postcodes import Postcode, PostcodeIndex


def test_every_real_base_is_where_its_postcode_is(
    directory: Directory, index: PostcodeIndex
) -> None:
    services = directory.services
    points = base_points(services.values(), index)
    assert points
    for key, point in points.items():
        assert services[key].is_real_base
        postcode = Postcode.parse(services[key].postcode)
        assert isinstance(postcode, Postcode)
        located = index.locate(postcode)
        assert point == (located.lat, located.lon)


def test_a_head_office_is_no_base(directory: Directory, index: PostcodeIndex) -> None:
    without = [s for s in directory.services.values() if not s.is_real_base]
    assert without
    assert base_points(without, index) == {}


@pytest.mark.parametrize(
    "text", ["", "Canterbury", "CT1", "CT1 3", "CT1 3ZZ", "BT1 5GS", "JE2 3XP", "BFPO 801"]
)
def test_only_a_full_postcode_that_the_index_knows_is_a_point(
    text: str, index: PostcodeIndex
) -> None:
    assert point_of(text, index) is None
