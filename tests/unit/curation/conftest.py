"""Mistakes are made in a small copy of the made-up directory: each test checks all of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.breakable import BreakableCopy
from tests.made_up.folder import lay_out


@pytest.fixture
def copy(tmp_path: Path) -> BreakableCopy:
    return BreakableCopy(lay_out(tmp_path / "data", small=True))


@pytest.fixture(scope="session")
def made_up_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_out(tmp_path_factory.mktemp("small") / "data", small=True)
