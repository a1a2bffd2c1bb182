"""The house keeps its order: rooms, sizes, names. What imports what is `lint-imports`' to say."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "mmhs_finder"
MODULES = sorted(HOUSE.rglob("*.py"))
MOST_LINES = 400
MAP = ROOT / "docs" / "how-it-works.md"


@cache
def trees() -> tuple[tuple[Path, ast.Module], ...]:
    return tuple((path, ast.parse(path.read_text(encoding="utf-8"))) for path in MODULES)


def rooms() -> set[str]:
    """The folders of the package, and the modules that stand beside them."""
    folders = {p.name for p in HOUSE.iterdir() if p.is_dir() and p.name != "__pycache__"}
    return folders | {p.stem for p in HOUSE.glob("*.py") if not p.stem.startswith("__")}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_module_is_longer_than_somebody_reads_at_once(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MOST_LINES


def test_every_module_says_what_it_is_for():
    silent = [
        str(path.relative_to(ROOT))
        for path, tree in trees()
        if tree.body and not ast.get_docstring(tree)
    ]
    assert not silent


def test_no_two_public_types_have_one_name():
    found = defaultdict(list)
    for path, tree in trees():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(str(path.relative_to(ROOT)))
    assert not {name: places for name, places in found.items() if len(places) > 1}


def test_no_module_uses_another_ones_private_names():
    taken = [
        f"{path.relative_to(ROOT)}: {name.name}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("mmhs_finder")
        for name in node.names
        if name.name.startswith("_")
    ]
    assert not taken


def test_the_map_of_the_house_names_every_room_once_and_no_other():
    section = MAP.read_text(encoding="utf-8").split("## The rooms\n")[1].split("\n## ")[0]
    named = re.findall(r"^\| `mmhs_finder/(\w+)(?:/|\.py)` \|", section, re.MULTILINE)
    assert sorted(named) == sorted(rooms())


def test_the_walk_from_a_postcode_to_a_card_names_functions_that_are_there():
    section = MAP.read_text(encoding="utf-8").split("## The walk\n")[1].split("\n## ")[0]
    steps = re.findall(r"`([\w.]+)` in `(mmhs_finder/[\w/]+\.py)`", section)
    assert len(steps) >= 8
    for name, path in steps:
        source = (ROOT / path).read_text(encoding="utf-8")
        for part in name.split("."):
            assert re.search(rf"^\s*(?:def|class) {part}\b", source, re.MULTILINE), (name, path)
