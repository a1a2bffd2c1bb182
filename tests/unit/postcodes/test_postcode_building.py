"""Making the index: sources, damage, staleness, two processes at once."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyproj
import pytest
from geopy.distance import geodesic

from mmhs_finder.nation import Nation
from mmhs_finder.postcodes import (
    BadSource,
    CouncilShare,
    IndexProblem,
    Postcode,
    PostcodeIndex,
    UnknownPostcode,
    index_info,
    open_index,
)
from mmhs_finder.postcodes.building import OnspdSource, PostcodeRows, build_index, making
from mmhs_finder.postcodes.building.grid import to_wgs84
from mmhs_finder.postcodes.index_file import CACHE_VARIABLE, index_path
from mmhs_finder.postcodes.precision import Precision
from tests.unit.postcodes.table_source import TableSource

TABLE = (
    ("CT1 2EH", 615146.0, 157812.0, "E07000106"),
    ("CT1 3NG", 615456.0, 156464.0, "E07000106"),
    ("CT133AA", 633000.0, 158000.0, "E07000108"),  # the package pads to seven characters
    ("M1  1AE", 384759.0, 398488.0, "E08000003"),
    ("CH4 0AA", 333000.0, 363000.0, "W06000005"),
    ("CH4 7AA", 340000.0, 365000.0, "E06000050"),
    ("CH4 7AB", 340010.0, 365000.0, "E06000050"),
    ("ZE1 0AA", 447759.0, 1141280.0, "S12000027"),
    ("LS9 9AA", None, None, "E08000035"),  # no grid reference, but a council
    ("LS1 1AA", None, None, ""),  # neither
    ("JE2 3AB", None, None, "L99999999"),
    ("GY1 1AA", None, None, "L99999999"),
    ("IM1 1AA", None, None, "M99999999"),
    ("BT1 1AA", 146000.0, 530000.0, "N09000003"),
    ("BT1 1AB", None, None, ""),
    ("rubbish", 1.0, 1.0, "E07000106"),
)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    return index_path()


@pytest.fixture
def small(tmp_path: Path) -> PostcodeIndex:
    return open_index(path=tmp_path / "small.idx", source=TableSource(TABLE))


def parsed(text: str) -> Postcode:
    postcode = Postcode.parse(text)
    assert isinstance(postcode, Postcode)
    return postcode


def test_rows_of_northern_ireland_and_without_a_council_are_left_out(small: PostcodeIndex) -> None:
    assert len(small) == 12
    info = small.info
    assert (info.left_out_ni, info.left_out_no_council, info.left_out_malformed) == (2, 1, 1)
    assert "BT1 1AA" not in small
    located = small.locate(parsed("BT1 1AA"))
    assert (located.nation, located.lat, located.lon) == (Nation.NORTHERN_IRELAND, None, None)
    assert located.councils == ()


def test_a_row_without_a_grid_reference_keeps_its_council(small: PostcodeIndex) -> None:
    for text in ("LS9 9AA", "LS9 9", "LS9"):
        located = small.locate(parsed(text))
        assert (located.lat, located.lon) == (None, None)
        assert located.councils == (CouncilShare("E08000035", 1),)
        assert located.nation is Nation.ENGLAND
    many = small.find_many(["LS9 9AA"])
    assert (many.row >= 0).all()
    assert np.isnan(many.lat[0])
    assert many.council_names[many.council].tolist() == ["E08000035"]


@pytest.mark.parametrize(
    ("text", "nation"),
    [
        ("JE2 3AB", Nation.JERSEY),
        ("JE2", Nation.JERSEY),
        ("JE9 9ZZ", Nation.JERSEY),  # not in the index: still Jersey
        ("GY1 1AA", Nation.GUERNSEY),
        ("IM1 1AA", Nation.ISLE_OF_MAN),
    ],
)
def test_the_crown_dependencies(small: PostcodeIndex, text: str, nation: Nation) -> None:
    located = small.locate(parsed(text))
    assert (located.nation, located.councils, located.lat) == (nation, (), None)


def test_a_border_code_goes_with_the_majority_and_shows_both(small: PostcodeIndex) -> None:
    located = small.locate(parsed("CH4"))
    assert located.nation is Nation.ENGLAND
    assert located.councils == (CouncilShare("E06000050", 2), CouncilShare("W06000005", 1))
    assert small.locate(parsed("CH4 0")).nation is Nation.WALES


def test_an_unknown_postcode_is_answered_for_its_sector_then_its_outward_code(
    small: PostcodeIndex,
) -> None:
    assert small.locate(parsed("CT1 2ZZ")).precision is Precision.SECTOR
    assert small.locate(parsed("CT1 9ZZ")).precision is Precision.OUTWARD
    assert small.locate(parsed("CT1 9")).precision is Precision.OUTWARD
    with pytest.raises(UnknownPostcode):
        small.locate(parsed("AB1 1AA"))


def test_the_grid_is_projs_own_without_a_grid_file() -> None:
    east = np.array([651409.804, 91492.146, 439735.119, 530000.0, 7960.0])
    north = np.array([313177.450, 11318.804, 1155379.0, 180000.0, 899000.0])
    lat, lon = to_wgs84(east, north)
    expected = pyproj.Transformer.from_crs("EPSG:27700", "EPSG:4326").transform(east, north)
    assert np.abs(lat - expected[0]).max() < 6e-5  # 6 m: also holds where PROJ has OSTN15
    assert np.abs(lon - expected[1]).max() < 1e-4


@pytest.mark.parametrize(
    ("grid", "wgs84"),
    [
        # Ordnance Survey, "Transformations and OSGM15 user guide", OSTN15 test points
        ((651409.804, 313177.450), (52.65800783, 1.71607397)),  # Caister water tower
        ((91492.146, 11318.804), (49.92226394, -6.29977752)),  # St Mary's, Scilly
    ],
)
def test_coordinates_are_within_five_metres(
    grid: tuple[float, float], wgs84: tuple[float, float]
) -> None:
    lat, lon = to_wgs84(np.array([grid[0]]), np.array([grid[1]]))
    assert geodesic((lat[0], lon[0]), wgs84).meters < 5


# Damage


def test_builds_when_missing_and_opens_the_same_file_once(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "p.idx"
    first = open_index(path=path, source=TableSource(TABLE))
    assert open_index(path=path, source=TableSource(TABLE)) is first
    assert [entry.name for entry in path.parent.iterdir() if entry.suffix == ".tmp"] == []


def damage_first_byte(data: bytearray) -> bytearray:
    data[0] ^= 0xFF
    return data


def damage_header(data: bytearray) -> bytearray:
    data[40] ^= 0x01
    return data


def damage_column(data: bytearray) -> bytearray:
    data[-70] ^= 0x01
    return data


DAMAGE = {
    "empty": lambda data: bytearray(),
    "first byte": damage_first_byte,
    "header": damage_header,
    "one bit in a column": damage_column,
    "truncated header": lambda data: data[:50],
    "half written": lambda data: data[: len(data) // 2],
    "one byte short": lambda data: data[:-1],
    "one byte long": lambda data: data + b"\0",
    "other file": lambda data: bytearray(b"postcode,easting\n" * 1000),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_damage_is_found_and_the_index_rebuilt(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "p.idx"
    making.build(path, TableSource(TABLE))
    path.write_bytes(DAMAGE[kind](bytearray(path.read_bytes())))
    with pytest.raises(IndexProblem):
        PostcodeIndex(path)
    index = open_index(path=path, source=TableSource(TABLE))
    assert "CT1 2EH" in index
    assert "CT1 2EH" in PostcodeIndex(path)


def test_a_folder_in_place_of_the_file_is_a_problem_in_words(tmp_path: Path) -> None:
    (tmp_path / "p.idx" / "x").mkdir(parents=True)
    with pytest.raises(IndexProblem, match=CACHE_VARIABLE):
        open_index(path=tmp_path / "p.idx", source=TableSource(TABLE))


def test_a_cache_that_cannot_be_made_is_a_problem_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexProblem, match=CACHE_VARIABLE):
        open_index(path=tmp_path / "file" / "p.idx", source=TableSource(TABLE))


def test_a_new_version_of_the_package_rebuilds(tmp_path: Path) -> None:
    path = tmp_path / "p.idx"
    old = open_index(path=path, source=TableSource(TABLE, version="1"))
    new = open_index(path=path, source=TableSource(TABLE[:2], version="2"))
    assert (len(old), len(new)) == (12, 2)
    assert "M1 1AE" in old  # who has the old file open goes on reading it
    assert open_index(path=path, source=TableSource(TABLE, version="2")) is new


def test_progress_reaches_its_end(tmp_path: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    source = TableSource(TABLE)
    open_index(lambda *step: seen.append(step), path=tmp_path / "p.idx", source=source)
    assert [step[0] for step in seen] == sorted(step[0] for step in seen)
    assert seen[-1][0] == seen[-1][1]


ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class CountingSource(TableSource):
    """Writes a line to `log` each time it is read, and takes until both processes are there."""

    log: str = ""

    def rows(self) -> Iterator[PostcodeRows]:
        with Path(self.log).open("a") as file:
            file.write(f"{os.getpid()}\n")
        while len(list(Path(self.log).parent.glob("here-*"))) < 2:
            time.sleep(0.01)
        yield from super().rows()


def size_of(path: str, log: str) -> int:
    Path(log).with_name(f"here-{os.getpid()}").touch()
    return len(open_index(path=Path(path), source=CountingSource(TABLE, log=log)))


# A program of its own each, and no pool of `multiprocessing`: that starts its workers from
# `__main__`, which a test of a page may have put its script into, and starts a dead one again for
# ever.
OPEN = """
import sys
from tests.unit.postcodes.test_postcode_building import size_of
print(size_of(*sys.argv[1:]))
"""


@pytest.mark.slow
def test_of_two_processes_one_builds_and_both_read(tmp_path: Path) -> None:
    path, log = str(tmp_path / "p.idx"), str(tmp_path / "log")
    command = [sys.executable, "-c", OPEN, path, log]
    both = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) for _ in range(2)]
    assert [each.communicate(timeout=120)[0].split() for each in both] == [[b"12"], [b"12"]]
    assert len(Path(log).read_text().splitlines()) == 1


# The zip of the ONS

NEW_COLUMNS = (
    "pcd7,pcd8,pcds,dointr,doterm,cty25cd,ced25cd,lad25cd,wd25cd,gridind,east1m,north1m,lat,long"
)
NEW_ROWS = (
    "CT1 2EH,CT1  2EH,CT1 2EH,198001,,E10000016,E58000737,E07000106,E05010395,1,615146,157812,"
    "51.278810,1.083457",
    "BT1 1AA,BT1  1AA,BT1 1AA,198001,199606,,,N09000003,,1,146000,530000,54.6,-5.93",
    "GY1 1AA,GY1  1AA,GY1 1AA,199401,,L99999999,,L99999999,L99999999,9,,,99.999999,0.000000",
    "M1 1AE ,M1   1AE,M1 1AE,198001,202001,E99999999,,E08000003,,1,384759,398488,53.483,-2.2296",
)
OLD_COLUMNS = "PCD,PCD2,PCDS,DOINTR,DOTERM,OSCTY,OSLAUA,OSEAST1M,OSNRTH1M"
OLD_ROWS = (
    "AB1 0AA,AB1  0AA,AB1 0AA,198001,199606,S99999999,S12000033,385386,0801193",
    "M1  1AE,M1   1AE,M1 1AE,198001,,E99999999,E08000003,384759,398488",
)


def make_zip(path: Path, header: str, rows: tuple[str, ...], edition: str = "NOV_2026") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        text = "\ufeff" + "\r\n".join([header, *rows]) + "\r\n"
        archive.writestr(f"Data/ONSPD_{edition}_UK.csv", text)
        archive.writestr(f"Data/multi_csv/ONSPD_{edition}_UK_AB.csv", header)
        archive.writestr("User Guide/guide.pdf", "")
    return path


def test_builds_from_an_onspd_zip_and_uses_its_coordinates(tmp_path: Path, cache: Path) -> None:
    header = build_index(make_zip(tmp_path / "o.zip", NEW_COLUMNS, NEW_ROWS))
    assert (header.kind, header.version, header.rows) == ("onspd", "ONSPD_NOV_2026_UK", 3)
    assert header.left_out_ni == 1
    index = open_index()
    located = index.locate(parsed("CT1 2EH"))
    assert (located.lat, located.lon) == (51.27881, 1.083457)
    assert located.councils == (CouncilShare("E07000106", 1),)
    guernsey = index.locate(parsed("GY1 1AA"))
    assert (guernsey.lat, guernsey.nation) == (None, Nation.GUERNSEY)


def test_older_editions_have_other_columns_and_no_coordinates(tmp_path: Path, cache: Path) -> None:
    build_index(make_zip(tmp_path / "o.zip", OLD_COLUMNS, OLD_ROWS, "AUG_2017"))
    located = open_index().locate(parsed("AB1 0AA"))
    assert located.lat == pytest.approx(57.1015, abs=1e-3)
    assert located.nation is Nation.SCOTLAND


def test_an_operators_onspd_stays_until_the_package_is_asked_for(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index(make_zip(tmp_path / "o.zip", NEW_COLUMNS, NEW_ROWS))
    newer = TableSource(TABLE, version="2099.1")
    assert open_index(source=newer).header.kind == "onspd"
    monkeypatch.setattr(making, "PackageSource", lambda: newer)
    assert build_index().version == "2099.1"
    assert open_index(source=newer).header.kind == "package"


def test_building_again_does_nothing_unless_forced(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "PackageSource", lambda: TableSource(TABLE))
    build_index()
    before = cache.stat().st_mtime_ns
    build_index()
    assert cache.stat().st_mtime_ns == before
    build_index(force=True)
    assert cache.stat().st_mtime_ns > before


def test_a_failed_build_leaves_the_index_that_was_there(tmp_path: Path, cache: Path) -> None:
    build_index(make_zip(tmp_path / "o.zip", NEW_COLUMNS, NEW_ROWS))
    bad = make_zip(tmp_path / "bad.zip", NEW_COLUMNS, ("BT1 1AA,,BT1 1AA,,,,,N09000003,,,,,,",))
    with pytest.raises(BadSource, match="no postcode of Great Britain"):
        build_index(bad)
    info = index_info()
    assert info is not None
    assert info.rows == 3
    assert [entry for entry in cache.parent.iterdir() if entry.suffix == ".tmp"] == []


def test_a_zip_that_is_none_and_one_without_the_file(tmp_path: Path) -> None:
    with pytest.raises(BadSource, match="There is no file"):
        OnspdSource.open(tmp_path / "none.zip")
    (tmp_path / "text.zip").write_text("hello")
    with pytest.raises(BadSource, match="cannot be read as a zip"):
        OnspdSource.open(tmp_path / "text.zip")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("Data/NSPL21_UK.csv", "pcds\n")
    with pytest.raises(BadSource, match="holds no"):
        OnspdSource.open(tmp_path / "other.zip")


def test_missing_columns_are_named(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "o.zip", "pcds,doterm,east1m,lat,long", ())
    with pytest.raises(BadSource) as caught:
        OnspdSource.open(path)
    assert "oslaua or laua or lad25cd" in str(caught.value)
    assert "osnrth1m or north1m" in str(caught.value)


def test_no_index_no_info(cache: Path) -> None:
    assert index_info() is None
