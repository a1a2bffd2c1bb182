"""Rules are tested on the made-up directory: no test here may open the real services."""

from __future__ import annotations

from tests.made_up.fixtures import copy, directory, finder

__all__ = ["copy", "directory", "finder"]
