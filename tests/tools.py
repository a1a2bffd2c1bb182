"""Programs of the system that tests drive: where they are, and what happens without one.

Not for: Python packages, which the lock files name.
"""

from __future__ import annotations

import os
import shutil

import pytest


def need(command: str) -> str:
    """Where a program is. Without it the test is skipped by name, or fails where `CI` is true."""
    if found := shutil.which(command):
        return found
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"needs {command}")
    pytest.skip(f"needs {command}")
