"""A disk that is full, a cache that cannot be written: one plain line, and no half of a file.

`RLIMIT_FSIZE` stands in for a full disk: a file that grows beyond it fails in the same way, and no
right to mount anything is needed.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOM = 200_000  # bytes that fit

pytestmark = pytest.mark.slow


def _little_room() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, ROOM))


def run(
    *words: str, cache: Path | None = None, full: bool = False
) -> subprocess.CompletedProcess[str]:
    own = {"MMHS_CACHE_DIR": str(cache)} if cache else {}
    return subprocess.run(
        [sys.executable, "-m", "mmhs_finder", *words],
        cwd=ROOT,
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        timeout=200,
        preexec_fn=_little_room if full else None,
    )


def test_no_index_and_a_full_cache_is_one_plain_line(tmp_path: Path) -> None:
    done = run("find", "CT1 3NG", cache=tmp_path, full=True)
    assert done.returncode == 1 and not done.stdout
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1 and "cannot be written" in done.stderr
    assert not [p for p in tmp_path.iterdir() if p.suffix in (".tmp", ".idx")], "no half file"


def test_a_cache_that_cannot_be_made_is_one_plain_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run("find", "CT1 3NG", cache=tmp_path / "file" / "cache")
    assert done.returncode == 1 and done.stderr.count("\n") == 1
    assert "cannot be written" in done.stderr


def test_a_disk_that_fills_up_leaves_no_half_of_a_list(tmp_path: Path) -> None:
    rows = tmp_path / "in.csv"
    rows.write_text("postcode\n" + "CT1 3NG\n" * 20_000, encoding="utf-8")
    out = tmp_path / "out.csv"
    out.write_text("the old one", encoding="utf-8")
    done = run("bulk", str(rows), "-o", str(out), full=True)
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert done.stderr.strip().count("\n") == 0 and done.stderr.strip()
    assert out.read_text(encoding="utf-8") == "the old one"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.csv", "out.csv"]


def test_a_disk_that_fills_up_leaves_no_half_of_the_great_table(tmp_path: Path) -> None:
    out = tmp_path / "lookup.parquet"
    done = run("export", "lookup", str(out), full=True)
    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert done.stderr.strip().count("\n") == 0 and done.stderr.strip()
    assert not list(tmp_path.iterdir())


def test_a_full_disk_behind_the_standard_output_is_said() -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    with full.open("wb") as nowhere:
        done = subprocess.run(
            [sys.executable, "-m", "mmhs_finder", "bulk", "-"],
            cwd=ROOT,
            input=b"postcode\nCT1 3NG\n",
            stdout=nowhere,
            stderr=subprocess.PIPE,
            timeout=200,
        )
    assert done.returncode == 2
    assert b"No space left" in done.stderr and b"Traceback" not in done.stderr
