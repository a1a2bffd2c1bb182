"""What `streamlit run app.py` does before anybody is answered."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.breakable import BreakableCopy

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_the_app_does_not_start_on_a_broken_directory(made_up_copy: BreakableCopy) -> None:
    row = made_up_copy.row_where("services.csv", phone="*")
    made_up_copy.set("services.csv", row, "phone", "not a number")
    done = subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", "0"],
        cwd=ROOT,
        env={**os.environ, "MMHS_DATA_DIR": str(made_up_copy.folder)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode != 0
    assert f"services.csv row {row}" in done.stderr
    assert "column phone" in done.stderr
