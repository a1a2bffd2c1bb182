"""Audits look at everything there is. They run when asked for: `make audit`, or by their folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.audit.record import FOLDER, Record
from tests.browser.conftest import (  # noqa: F401  # its fixtures serve here, too
    app,
    browser,
    examples,
    new_page,
    page,
    phone,
    windows,
    windows_of_class,
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.path).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.audit)


@pytest.fixture(scope="session")
def record(request: pytest.FixtureRequest) -> Iterator[Record]:
    """What the audits of this process have looked at, written down at its end."""
    found = Record()
    yield found
    found.write(FOLDER, getattr(request.config, "workerinput", {}).get("workerid", "main"))
