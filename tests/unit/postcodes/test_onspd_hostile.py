"""A file that calls itself the ONS Postcode Directory and is something else: one plain line."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from mmhs_finder.channels.terminal.commands import main
from mmhs_finder.postcodes import BadSource
from mmhs_finder.postcodes.building import OnspdSource
from mmhs_finder.postcodes.building.onspd import _Checked
from mmhs_finder.postcodes.building.tabulating import tabulate

HEADER = b"pcds,lad25cd,east1m,north1m,lat,long\n"
ROW = b"CT1 2EH,E07000106,615146,157812,51.278810,1.083457\n"
MEMBER = "Data/ONSPD_NOV_2026_UK.csv"
MB = 1 << 20


def packed(path: Path, pieces: Iterable[bytes], *, stored: bool = True) -> Path:
    """A zip with that as its table; stored, so that its ratio gives nothing away."""
    way = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(path, "w", way) as archive, archive.open(MEMBER, "w") as file:
        for piece in pieces:
            file.write(piece)
    return path


def councils() -> Iterator[bytes]:
    yield HEADER
    for number in range(12_000):
        yield b"CT1 2EH,E%08d,1,1,51,1\n" % number


NOT_TABLES = {
    "spaces": [b" " * MB] * 4,
    "line ends": [b"\n" * MB] * 4,
    "quotes": [b'"' * MB] * 4,
    "nuls": [b"\0" * MB] * 4,
    "no line end": [b"pcds," * 100_000],
    "a million columns": [b"pcds" + b",x" * MB + b"\n"],
    "nothing": [b""],
    "header only": [HEADER],
    "header, spaces": [HEADER, *[b" " * MB] * 4],
    "header, line ends": [HEADER, *[b"\n" * MB] * 4],
    "header, carriage returns": [HEADER, *[b"\r" * MB] * 4],
    "header, blank rows": [HEADER, *[b",,,,,\n" * 100_000] * 4],
    "header, quoted blank rows": [HEADER, *[b'"","","","","",""\n' * 50_000] * 4],
    "header, quotes": [HEADER, *[b'"' * MB] * 4],
    "header, one open quote": [HEADER, ROW, b'"', *[b"a,b\n" * 100_000] * 4],
    "header, a long cell": [HEADER, ROW, b'"', *[b"a" * MB] * 4],
    "header, nuls": [HEADER, *[b"\0" * MB] * 4],
    "header, noise": [HEADER, random.Random(1).randbytes(MB)],
    "header, words": [HEADER, *[b"some,words,that,are,no,codes\n" * 20_000]],
    "a column twice": [b"pcds,pcds,pcds\n", ROW],
    "more councils than there are": councils(),
}


@pytest.mark.parametrize("what", NOT_TABLES)
@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_what_is_no_directory_is_refused_in_one_line(tmp_path: Path, what: str) -> None:
    path = packed(tmp_path / "o.zip", NOT_TABLES[what])
    with pytest.raises(BadSource) as caught:
        tabulate(OnspdSource.open(path))
    said = str(caught.value)
    assert said.isprintable() and len(said) < 700, said


@pytest.mark.parametrize("cell", [b"inf", b"-inf", b"1e300", b"nan", b"-1", b"x", b""])
def test_a_place_that_is_none_is_left_out_and_harms_nothing(tmp_path: Path, cell: bytes) -> None:
    row = b"CT1 3NG,E07000106," + b",".join([cell] * 4) + b"\n"
    columns = tabulate(OnspdSource.open(packed(tmp_path / "o.zip", [HEADER, ROW, row])))
    assert len(columns.key) == 2


def test_what_unpacks_to_far_more_is_not_unpacked(tmp_path: Path) -> None:
    path = packed(tmp_path / "o.zip", [HEADER, *[b" " * MB] * 40], stored=False)
    with pytest.raises(BadSource, match="unpacks to far more"):
        OnspdSource.open(path)


def test_a_damaged_zip_and_one_with_a_password(tmp_path: Path) -> None:
    whole = packed(tmp_path / "o.zip", [HEADER, ROW * 10_000], stored=False).read_bytes()
    cut, broken, locked = (tmp_path / name for name in ("cut.zip", "broken.zip", "locked.zip"))
    cut.write_bytes(whole[: len(whole) // 2])
    broken.write_bytes(whole[:200] + bytes(200) + whole[400:])
    flagged = bytearray(whole)
    flagged[6] |= 1
    flagged[whole.rindex(b"PK\x01\x02") + 8] |= 1
    locked.write_bytes(flagged)
    for path in (cut, broken, locked):
        with pytest.raises(BadSource) as caught:
            tabulate(OnspdSource.open(path))
        assert str(caught.value).isprintable()


def test_an_open_quotation_mark_is_noticed_before_much_is_read() -> None:
    raw = io.BytesIO(HEADER + b'"' + b"a,b\n" * MB)
    with io.BufferedReader(_Checked(raw), 64 * 1024) as checked:
        with pytest.raises(EOFError):
            checked.read(4 * MB)
        assert raw.tell() <= 128 * 1024


def test_the_command_says_it_without_a_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = packed(tmp_path / "o.zip", [HEADER, b" " * MB])
    assert main(["postcodes", "build", "--onspd", str(path)]) == 1
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert line.startswith("postcodes build: ")
