"""The names of places fit the councils and the postcodes that there are."""

from __future__ import annotations

import csv

from mmhs_finder.directory import Directory
from mmhs_finder.nation import Nation
from mmhs_finder.places.gazetteer import DISTRICTS, NAMES, NameKind, gazetteer, plain
from mmhs_finder.postcodes import Postcode, PostcodeIndex

COUNCILS = {code for named in gazetteer().named.values() for p in named for code in p.councils}


def test_every_council_of_a_name_is_one_of_england(directory: Directory) -> None:
    known = {area.code for area in directory.councils()}
    assert known >= COUNCILS, COUNCILS - known


def test_every_council_has_a_county(directory: Directory) -> None:
    assert set(gazetteer().county) >= {area.code for area in directory.councils()}


def test_a_town_is_in_a_council_of_england_or_in_another_nation() -> None:
    for named in gazetteer().named.values():
        for place in named:
            if place.kind is NameKind.TOWN:
                assert bool(place.councils) == (place.nation is Nation.ENGLAND), place


def test_a_district_has_postcodes_in_each_of_its_councils(index: PostcodeIndex) -> None:
    """The mistake: a district of another city's name stands with the wrong council."""
    with (NAMES / DISTRICTS).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 300
    for row in rows:
        there: set[str] = set()
        for outward in row["outward"].split(";"):
            postcode = Postcode.parse(outward)
            assert isinstance(postcode, Postcode), row
            there |= {share.code for share in index.locate(postcode).councils}
        assert there >= set(row["councils"].split(";")), row


def test_a_hamlet_has_not_the_people_of_the_town_of_its_name() -> None:
    """GeoNames put those of Loughton in Essex into Shropshire."""
    (loughton,) = [p for p in gazetteer().named["loughton"] if p.people]
    assert gazetteer().county[loughton.councils[0]] == "Essex"
    assert all(p.people < 50_000 for p in gazetteer().named["st peters"])


def test_every_hospital_stands_at_a_postcode(index: PostcodeIndex) -> None:
    hospitals = gazetteer().hospitals
    assert [h.name for h in hospitals if h.postcode not in index] == []
    assert len({(h.name, h.town) for h in hospitals}) == len(hospitals) > 100


def test_names_are_compared_alike_however_they_are_written() -> None:
    assert plain("Saint Mary’s") == plain("st. MARYS") == "st marys"
    assert all(plain(name) == name for name in gazetteer().named)


def test_where_each_file_comes_from_is_said() -> None:
    readme = (NAMES / "README.md").read_text(encoding="utf-8")
    for file in NAMES.glob("*.csv"):
        assert f"## {file.name}" in readme
        header = file.read_text(encoding="utf-8").splitlines()[0].split(",")
        assert all(f"| `{column}` |" in readme for column in header)
    assert "CC BY 4.0" in readme
