"""Where the page scripts are and which address each has, so that all name them in one way."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

_PAGES = Path(__file__).parents[3] / "pages"

FIND_SUPPORT = _PAGES / "find_support.py"
CHECK = _PAGES / "check.py"
OTHER_SUPPORT = _PAGES / "other_support.py"
PROFESSIONALS = _PAGES / "professionals.py"
SERVICES = _PAGES / "services.py"
BULK = _PAGES / "bulk.py"
PLANNING = _PAGES / "planning.py"
COVERAGE = _PAGES / "coverage.py"
CHANGES = _PAGES / "changes.py"
ABOUT = _PAGES / "about.py"

COVERAGE_VIEWS: Final = ("map", "gaps", "need", "table", "over_time", "what_if")
"""The views of the coverage page, as its links name them."""

PATHS: Final[Mapping[Path, str]] = {
    FIND_SUPPORT: "",
    CHECK: "check",
    OTHER_SUPPORT: "other-support",
    PROFESSIONALS: "professionals",
    SERVICES: "services",
    BULK: "bulk",
    PLANNING: "planning",
    COVERAGE: "coverage",
    CHANGES: "changes",
    ABOUT: "about",
}
"""The address of each page, without the stroke before it."""
