"""Look-ups in the index of the whole package."""

from __future__ import annotations

import random
from contextlib import suppress

import numpy as np
import pandas as pd
import pytest
from geopy.distance import geodesic
from hypothesis import given, settings
from hypothesis import strategies as st

from mmhs_finder.nation import Nation
from mmhs_finder.postcodes import (
    ForcesPostcode,
    Postcode,
    PostcodeError,
    PostcodeIndex,
    PostcodeWithoutPlace,
    UnknownPostcode,
    open_index,
    packing,
)
from mmhs_finder.postcodes.building import PackageSource
from mmhs_finder.postcodes.precision import Precision
from mmhs_finder.words import say


@pytest.fixture(scope="module")
def index() -> PostcodeIndex:
    return open_index()


def parsed(text: str) -> Postcode:
    postcode = Postcode.parse(text)
    assert isinstance(postcode, Postcode)
    return postcode


@pytest.mark.parametrize(
    ("text", "point", "council", "nation"),
    [
        ("CT1 2EH", (51.279, 1.083), "E07000106", Nation.ENGLAND),  # Canterbury Cathedral precincts
        ("SW1A 1AA", (51.501, -0.142), "E09000033", Nation.ENGLAND),  # Buckingham Palace
        ("M13 9WL", (53.461, -2.226), "E08000003", Nation.ENGLAND),  # St Mary's, Manchester
        ("CF14 4XW", (51.507, -3.190), "W06000015", Nation.WALES),  # University Hospital of Wales
        ("EH1 1YZ", (55.950, -3.193), "S12000036", Nation.SCOTLAND),
        ("ZE1 0AA", (60.153, -1.141), "S12000027", Nation.SCOTLAND),
        ("TR21 0LW", (49.915, -6.315), "E06000053", Nation.ENGLAND),  # Scilly
    ],
)
def test_known_places(
    index: PostcodeIndex, text: str, point: tuple[float, float], council: str, nation: Nation
) -> None:
    located = index.locate(parsed(text))
    assert located.precision is Precision.POSTCODE
    assert geodesic((located.lat, located.lon), point).meters < 400
    assert [share.code for share in located.councils] == [council]
    assert located.nation is nation


def test_outward_codes_and_sectors_give_every_council_with_most_postcodes_first(
    index: PostcodeIndex,
) -> None:
    for text in ("HR3", "TD15", "SW1A", "CT1 3", "NP16"):
        located = index.locate(parsed(text))
        counts = [share.postcodes for share in located.councils]
        assert counts == sorted(counts, reverse=True)
        assert located.lat is not None
    assert index.locate(parsed("TD12")).nation is Nation.SCOTLAND
    assert index.locate(parsed("NP16")).nation is Nation.WALES
    assert index.locate(parsed("HR3")).nation is Nation.ENGLAND


@pytest.mark.parametrize("text", ["BFPO 801", "BFPO", "BF1 2AB"])
def test_forces_addresses_have_no_place(index: PostcodeIndex, text: str) -> None:
    with pytest.raises(ForcesPostcode) as caught:
        index.locate(parsed(text))
    assert isinstance(caught.value, PostcodeWithoutPlace)
    assert caught.value.message == say("postcode.forces")


@pytest.mark.parametrize("text", ["GIR 0AA", "BX1 1LT", "XX10 1AA"])
def test_organisations_postcodes_have_no_place(index: PostcodeIndex, text: str) -> None:
    with pytest.raises(PostcodeWithoutPlace) as caught:
        index.locate(parsed(text))
    assert caught.value.message == say("postcode.no_place")


def test_an_unknown_outward_code(index: PostcodeIndex) -> None:
    with pytest.raises(UnknownPostcode):
        index.locate(parsed("CT99 1AA"))


@pytest.mark.parametrize("made_up", [Postcode(""), Postcode("x", "y"), Postcode("CT1", "é")])
def test_a_postcode_made_by_hand_cannot_break_it(index: PostcodeIndex, made_up: Postcode) -> None:
    with suppress(PostcodeError):
        index.locate(made_up)


def test_contains(index: PostcodeIndex) -> None:
    assert "ct1 2eh" in index
    assert Postcode("CT1", "2EH") in index
    assert "CT1" not in index
    assert "BT1 1AA" not in index
    assert None not in index


@pytest.mark.slow
def test_every_row_of_the_package_is_found_with_its_council(index: PostcodeIndex) -> None:
    count = 0
    for rows in PackageSource().rows():
        councils = np.array(packing.as_strings(rows.councils), dtype=object)
        wanted = (councils != "") & ~np.char.startswith(councils.astype(str), "N")
        many = index.find_many(rows.postcodes)
        assert ((many.row >= 0) == wanted).all(), rows.label
        assert (many.as_written == wanted).all(), rows.label
        assert (many.council_names[many.council][wanted] == councils[wanted]).all()
        assert (np.isnan(many.lat[wanted]) == np.isnan(rows.easting[wanted])).all()
        count += int(wanted.sum())
    assert count == len(index) == index.info.rows


def test_coordinates_lie_in_great_britain(index: PostcodeIndex) -> None:
    many = index.find_many([str(index.postcode_at(row)) for row in range(0, len(index), 997)])
    assert (many.row >= 0).all()
    assert np.nanmin(many.lat) > 49.8
    assert np.nanmax(many.lat) < 60.9
    assert np.nanmin(many.lon) > -8.7
    assert np.nanmax(many.lon) < 1.8


def test_one_and_many_agree(index: PostcodeIndex) -> None:
    rng = random.Random(1)
    for row in rng.sample(range(len(index)), 500):
        postcode = index.postcode_at(row)
        assert index.row_of(postcode) == row
        located, many = index.locate(postcode), index.find_many([str(postcode)])
        assert many.row.tolist() == [row]
        assert located.lat is None or located.lat == many.lat[0]
        assert located.lon is None or located.lon == many.lon[0]


ODD_TEXTS = st.one_of(
    st.text(max_size=12),
    st.text(alphabet="CTctSW1AaEH23N9G IO0\n.-", max_size=10),
    st.sampled_from(
        ["CT1 2EH", "ct12eh", "CTI 2EH", "ＣＴ１　２ＥＨ", "at CT1 2EH!", "SWIA 1AA", ""]
    ),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(ODD_TEXTS, max_size=6))
@pytest.mark.slow
def test_many_reads_text_exactly_as_the_parser_does(texts: list[str]) -> None:
    index = open_index()
    expected = []
    for text in texts:
        postcode = Postcode.parse(text)
        expected.append(index.row_of(postcode) if isinstance(postcode, Postcode) else -1)
    assert index.find_many(texts).row.tolist() == expected


def test_many_takes_lists_arrays_and_series_with_gaps(index: PostcodeIndex) -> None:
    values = ["CT1 2EH", None, "nowhere", float("nan"), "CT1 2EH"]
    for given_as in (
        values,
        tuple(values),
        np.array(values, dtype=object),
        pd.Series(values),
        pd.Series(["CT1 2EH", None, "nowhere", None, "CT1 2EH"], dtype="str"),
        pd.Series(["CT1 2EH", None, "nowhere", None, "CT1 2EH"], dtype="category"),
    ):
        many = index.find_many(given_as)
        assert (many.row >= 0).tolist() == [True, False, False, False, True]
        assert many.council_names[many.council[[0, 4]]].tolist() == ["E07000106", "E07000106"]
        assert many.council[1:4].tolist() == [-1, -1, -1]
    assert index.find_many([]).row.tolist() == []
    assert (index.find_many(np.array(["CT1 2EH", "M13 9WL"])).row >= 0).all()


def test_many_tell_what_was_written_as_a_postcode_from_what_was_read_into_one(
    index: PostcodeIndex,
) -> None:
    many = index.find_many(
        ["ct1-2eh", "CTI 2EH", "at CT1 2EH!", "CT1 3ZZ", "", "CT1,2EH", "CT!1 2EH"]
    )
    assert (many.row >= 0).tolist() == [True, True, True, False, False, True, False]
    assert many.as_written.tolist() == [True, False, False, False, False, False, False]


def test_packed_codes_come_back() -> None:
    for outward in ("M1", "CT1", "CT13", "W1A", "SW1A", "NPT", "GIR"):
        assert packing.unpack_outward(packing.pack_outward(outward)) == outward
    for inward in ("0AA", "9ZZ", "3NG"):
        assert packing.unpack_inward(packing.inward_numbers()[inward]) == inward
    assert len(packing.inward_numbers()) == packing.INWARDS


def test_rows_as_texts(index: PostcodeIndex) -> None:
    for start in (0, 1_000_000, len(index) - 50):
        wanted = [str(index.postcode_at(row)) for row in range(start, start + 50)]
        assert index.texts(start, start + 50).tolist() == wanted
    assert index.texts(len(index) - 1, len(index) + 9).tolist() == [
        str(index.postcode_at(len(index) - 1))
    ]


def test_info(index: PostcodeIndex) -> None:
    info = index.info
    assert info.rows == len(index) > 2_600_000
    assert info.bytes == info.path.stat().st_size
