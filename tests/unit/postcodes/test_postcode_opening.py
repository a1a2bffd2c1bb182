"""Opening an index loads only what reading it needs."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = ("pandas", "pyarrow", "pyproj", "msgpack", "streamlit", "folium")

REPORT = "; import sys, json; print(json.dumps(sorted(m for m in sys.modules if '.' not in m)))"


def loaded(code: str) -> set[str]:
    """The packages that a fresh process has loaded after this."""
    done = subprocess.run(
        [sys.executable, "-c", code + REPORT], capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout))


@pytest.mark.parametrize(
    "code",
    [
        "import mmhs_finder.postcodes",
        "import mmhs_finder.answers.finding",
        "from mmhs_finder.postcodes import open_index; open_index()",
    ],
)
def test_building_is_loaded_only_to_build(code: str, index: object) -> None:
    assert not loaded(code) & set(HEAVY)


def test_the_test_above_would_notice() -> None:
    assert {"pandas", "pyproj", "msgpack"} <= loaded("import mmhs_finder.postcodes.building")
