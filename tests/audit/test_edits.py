"""The five ordinary edits, each in a copy of the checkout: all but the browser tests stay green.

What this finds is a test that says something of a real service. It belongs on the made-up directory
(docs/how-it-works.md, "Tests"), or among the properties in `tests/data/`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.breakable import BreakableCopy
from tests.edits import EDITS

ROOT = Path(__file__).parents[2]
LEFT_OUT = (".venv", ".git", ".hypothesis", "__pycache__", ".pytest_cache", ".mypy_cache")
LONGEST = 1800  # seconds

pytestmark = pytest.mark.audit


@pytest.mark.timeout(LONGEST)
@pytest.mark.parametrize("name", EDITS)
def test_an_ordinary_edit_turns_nothing_red(tmp_path: Path, name: str) -> None:
    checkout = tmp_path / "checkout"
    shutil.copytree(ROOT, checkout, ignore=shutil.ignore_patterns(*LEFT_OUT))
    EDITS[name](BreakableCopy(checkout / "data"))
    check = [sys.executable, "-m", "mmhs_finder", "data", "check", "data"]
    checked = subprocess.run(check, cwd=checkout, capture_output=True, text=True, check=False)
    assert "Wrong:" not in checked.stdout and "Doubtful:" not in checked.stdout, checked.stdout
    suite = [sys.executable, "-m", "pytest", "-q", "-m", "not audit and not browser", "-n", "2"]
    suite += ["--dist", "loadscope", "-p", "no:cacheprovider", f"--basetemp={tmp_path / 'made'}"]
    ran = subprocess.run(suite, cwd=checkout, capture_output=True, text=True, check=False)
    failed = [line for line in ran.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    assert (ran.returncode, failed) == (0, []), ran.stdout[-4000:]
