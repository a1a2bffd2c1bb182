"""HTML can be made without the machinery that shows it: another channel needs no Streamlit."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HTML = sorted((ROOT / "mmhs_finder" / "render" / "html").glob("*.py"))
MODULES = [p.stem for p in HTML if p.stem != "__init__"]


def loaded(modules: list[str], unwanted: tuple[str, ...]) -> str:
    """The unwanted packages that a fresh process has after importing modules one by one, each with
    the module that brought it."""
    code = f"""
import importlib, sys
for name in {modules}:
    importlib.import_module(name)
    if found := set({unwanted}) & set(sys.modules):
        print(name, *sorted(found))
        break
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def test_html_needs_no_server():
    modules = [f"mmhs_finder.render.html.{name}" for name in MODULES]
    assert len(modules) > 5
    assert loaded(modules, ("streamlit", "starlette")) == ""


def test_cards_need_no_tables_of_data():
    assert loaded(["mmhs_finder.render.html.cards"], ("pandas", "pyarrow")) == ""


def test_what_is_unwanted_is_named_with_who_brought_it():
    assert loaded(["json", "mmhs_finder.channels.privates"], ("starlette",)) == (
        "mmhs_finder.channels.privates starlette"
    )
