"""HTML can be made without the machinery that shows it: another channel needs no Streamlit."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HTML = sorted((ROOT / "mmhs_finder" / "render" / "html").glob("*.py"))
MODULES = [p.stem for p in HTML if p.stem != "__init__"]


def loaded(module: str, unwanted: tuple[str, ...]) -> str:
    """Which of the unwanted packages a fresh process has after importing a module."""
    code = f"import sys, {module}; print(*(set({unwanted}) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.mark.parametrize("name", MODULES)
def test_html_needs_no_server(name: str):
    assert not loaded(f"mmhs_finder.render.html.{name}", ("streamlit", "starlette"))


def test_cards_need_no_tables_of_data():
    assert not loaded("mmhs_finder.render.html.cards", ("pandas", "pyarrow"))
