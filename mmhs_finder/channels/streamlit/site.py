"""Where the page scripts are, so that the router and links between pages name them in one way."""

from __future__ import annotations

from pathlib import Path

_PAGES = Path(__file__).parents[3] / "pages"

FIND_SUPPORT = _PAGES / "find_support.py"
CHECK = _PAGES / "check.py"
OTHER_SUPPORT = _PAGES / "other_support.py"
PROFESSIONALS = _PAGES / "professionals.py"
SERVICES = _PAGES / "services.py"
BULK = _PAGES / "bulk.py"
PLANNING = _PAGES / "planning.py"
COVERAGE = _PAGES / "coverage.py"
ABOUT = _PAGES / "about.py"
