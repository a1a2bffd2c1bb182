"""Other councils close by, districts that are mail, and first parts without their letter."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmhs_finder.postcodes import (
    LetterMissing,
    Located,
    Postcode,
    PostcodeIndex,
    PostcodeWithoutPlace,
    UnknownPostcode,
    open_index,
)
from mmhs_finder.postcodes.building.surroundings import (
    CLOSE_METRES,
    METRES_PER_DEGREE,
    close_councils,
)
from mmhs_finder.postcodes.index_file import NO_COORDINATE
from mmhs_finder.postcodes.precision import Precision
from tests.unit.postcodes.table_source import TableSource

KENT, THANET, DOVER = "E07000106", "E07000114", "E07000108"


def row(code: str, east: float, council: str = KENT, north: float = 157000) -> tuple[object, ...]:
    return code, 615000.0 + east, float(north), council


def opened(folder: Path, *rows: tuple[object, ...]) -> PostcodeIndex:
    return open_index(path=folder / "made-up.idx", source=TableSource(rows))  # type: ignore[arg-type]


def located(index: PostcodeIndex, text: str) -> Located:
    postcode = Postcode.parse(text)
    assert isinstance(postcode, Postcode)
    return index.locate(postcode)


def test_the_nearest_postcode_of_each_other_council_close_by(tmp_path: Path) -> None:
    index = opened(
        tmp_path,
        row("CT1 1AA", 0),
        row("CT1 1AB", 10),
        row("CT1 1AC", 200, THANET),
        row("CT1 1AD", 120, THANET),
        row("CT1 1AE", 60, DOVER),
        row("CT1 1AF", 900),
        row("CT1 1AG", 1250, DOVER),
    )
    found = located(index, "CT1 1AA").close
    assert [each.council for each in found] == [DOVER, THANET], "the nearer first, each once"
    dover = located(index, "CT1 1AE")
    assert (found[0].lat, found[0].lon) == (dover.lat, dover.lon)
    assert located(index, "CT1 1AF").close == (), "350 m is not close"
    assert located(index, "CT1 1").close == (), "only a full postcode is at one place"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 1500), st.integers(0, 1500), st.integers(0, 2)),
        min_size=2,
        max_size=40,
    )
)
def test_close_is_what_comparing_each_with_each_finds(points: list[tuple[int, int, int]]) -> None:
    north, east, council = np.array(points).T
    lat = (53_000_000 + north / METRES_PER_DEGREE * 1e6).astype(np.int32)
    lon = (east / METRES_PER_DEGREE / np.cos(np.radians(53)) * 1e6).astype(np.int32)
    lat[0] = NO_COORDINATE
    found = close_councils(lat, lon, council.astype(np.uint16))
    expected = set()
    for one in range(1, len(points)):
        for other in range(1, len(points)):
            metres = np.hypot(north[one] - north[other], east[one] - east[other])
            if council[one] != council[other] and metres < CLOSE_METRES - 2:
                expected.add((one, int(council[other])))
    got = {(int(o), int(council[t])) for o, t in zip(found.of, found.to, strict=True)}
    assert expected <= got
    assert list(found.of) == sorted(found.of)


def test_a_district_whose_post_goes_to_one_office_is_mail(tmp_path: Path) -> None:
    index = opened(
        tmp_path,
        *(row(f"CT1 1A{letter}", 40 * n) for n, letter in enumerate("ABDEFGHJLN")),
        *(row(f"CT50 1A{letter}", 40) for letter in "ABDE"),
        row("CT9 1AA", 50000),  # a farm far away is a place
    )
    assert located(index, "CT50 1AA").is_mail, "who types it in full is told whose it is"
    for typed in ("CT50", "CT50 1", "CT50 9ZZ"):
        with pytest.raises(PostcodeWithoutPlace):
            located(index, typed)
    assert located(index, "CT9").precision is Precision.OUTWARD
    assert not located(index, "CT9 1AA").is_mail
    assert not located(index, "CT1 1AA").is_mail


@pytest.mark.parametrize("typed", ["SL95 0BB", "SR43 4AB", "SL95", "N1P", "LS98"])
def test_mail_is_no_place(index: PostcodeIndex, typed: str) -> None:
    with pytest.raises(PostcodeWithoutPlace):
        located(index, typed)


@pytest.mark.parametrize("typed", ["TR23", "PA62", "KW2", "B40", "TR22 0AA", "W1A 1AA"])
def test_islands_and_hamlets_are_places(index: PostcodeIndex, typed: str) -> None:
    assert located(index, typed).councils


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("SW1", "SW1A"),
        ("EC1", "EC1A"),
        ("EC2", "EC2A"),
        ("EC3", "EC3A"),
        ("EC4", "EC4A"),
        ("WC1", "WC1A"),
        ("WC2", "WC2A"),
        ("W1", "W1A"),
    ],
)
def test_the_middle_of_london_has_a_letter_more(
    index: PostcodeIndex, typed: str, first: str
) -> None:
    with pytest.raises(LetterMissing) as caught:
        located(index, typed)
    assert caught.value.parts[0] == first
    assert all(part.startswith(typed) for part in caught.value.parts)
    assert "like CT1" not in caught.value.message, "she did type only the first part"


def test_of_a_whole_postcode_without_its_letter_those_that_there_are(index: PostcodeIndex) -> None:
    with pytest.raises(LetterMissing) as caught:
        located(index, "SW1 1AA")
    assert "SW1A 1AA" in caught.value.parts
    assert all(part in index for part in caught.value.parts)


@pytest.mark.parametrize("typed", ["N1", "SE1", "E1", "NW1", "W2", "EC1A", "CT1"])
def test_where_no_letter_is_missing_none_is_asked_for(index: PostcodeIndex, typed: str) -> None:
    assert str(located(index, typed).postcode) == typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("P01 3AX", "PO1 3AX"), ("CT01 3NG", "CT1 3NG"), ("M01 1AE", "M1 1AE"), ("P01", "PO1")],
)
def test_a_first_part_that_there_is_not_is_read_as_the_one_it_is_a_slip_for(
    index: PostcodeIndex, typed: str, meant: str
) -> None:
    assert str(located(index, typed).postcode) == meant


def test_girobank_with_a_one(index: PostcodeIndex) -> None:
    with pytest.raises(PostcodeWithoutPlace):
        located(index, "G1R 0AA")


@pytest.mark.parametrize("typed", ["CT99", "CT99 3NG", "E99"])
def test_an_unknown_first_part_is_not_sent_in_a_circle(index: PostcodeIndex, typed: str) -> None:
    with pytest.raises(UnknownPostcode) as caught:
        located(index, typed)
    assert "only its first part" not in caught.value.message
