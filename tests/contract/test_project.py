"""What a project shows to those who come: the issue forms, the workflow, the glossary."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from mmhs_finder import __version__ as version
from mmhs_finder.directory import DATA
from tests.made_up.folder import ROWS

ROOT = Path(__file__).parents[2]
FORMS = sorted(p for p in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml") if p.stem != "config")
GLOSSARY = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")

each_form = pytest.mark.parametrize("path", FORMS, ids=lambda p: p.stem)


def form(path: Path) -> dict[str, Any]:
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


# --- issue forms and the workflow -----------------------------------------------------------------


def test_there_is_a_form_for_a_fact_a_fault_and_an_idea_and_no_blank_page() -> None:
    assert {p.stem for p in FORMS} == {"fact", "bug", "idea"}
    assert form(ROOT / ".github/ISSUE_TEMPLATE/config.yml") == {"blank_issues_enabled": False}


@each_form
def test_a_form_is_one_that_the_site_takes(path: Path) -> None:
    """Its schema, as far as it refuses a form: keys, types, ids that are given once."""
    of = form(path)
    assert {"name", "description", "body"} <= of.keys() <= {"name", "description", "labels", "body"}
    kinds = [field["type"] for field in of["body"]]
    assert {*kinds} <= {"markdown", "input", "textarea", "checkboxes"}
    ids = [field["id"] for field in of["body"] if field["type"] != "markdown"]
    assert len(ids) == len({*ids}) == len(kinds) - kinds.count("markdown")
    for field in of["body"]:
        text = field["attributes"]["value" if field["type"] == "markdown" else "label"]
        assert isinstance(text, str)
        assert text
        if field["type"] == "checkboxes":
            assert all(isinstance(o["label"], str) for o in field["attributes"]["options"])


@each_form
def test_a_form_says_first_that_nobodys_health_belongs_in_it_and_asks_again(path: Path) -> None:
    first, *_, last = form(path)["body"]
    assert first["type"] == "markdown"
    assert "Everybody can read this." in first["attributes"]["value"]
    assert "health" in first["attributes"]["value"]
    (promise,) = last["attributes"]["options"]
    assert promise["required"] is True
    assert "health" in promise["label"]


def test_the_workflow_runs_what_everybody_runs() -> None:
    of = form(ROOT / ".github/workflows/checks.yml")
    (job,) = of["jobs"].values()
    assert [step["run"] for step in job["steps"] if "run" in step] == [".ci/run"]
    assert (ROOT / ".ci/run").is_file()
    assert of["permissions"] == {"contents": "read"}


# --- glossary, changelog --------------------------------------------------------------------------


def names() -> Iterator[str]:
    """Every class, function, constant and field of the package, values of enums, and columns."""
    for path in (ROOT / "mmhs_finder").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                yield node.name
            elif isinstance(node, ast.AnnAssign):
                yield ast.unparse(node.target).removeprefix("self.")
            elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                yield str(node.value.value)
    for file in (*ROWS.glob("*.csv"), DATA / "areas.csv"):
        with file.open(encoding="utf-8-sig", newline="") as rows:
            yield from next(csv.reader(rows))


def spans() -> set[str]:
    """Names in code style; files and commands are for `test_docs`."""
    return {span for span in re.findall(r"`([^`]+)`", GLOSSARY) if re.fullmatch(r"\w+", span)}


def test_every_name_in_the_glossary_is_there() -> None:
    found = spans()
    assert {"Answer", "Answers", "Match", "Offer", "Way", "suits"} <= found
    assert found - set(names()) == set()


def test_a_name_that_is_nowhere_is_noticed() -> None:
    assert "NoSuchThing" not in set(names())


def test_the_glossary_is_in_the_order_of_the_alphabet() -> None:
    for part in GLOSSARY.split("\n## ")[1:]:
        terms = re.findall(r"^\*\*([^*:.]+)", part, re.MULTILINE)
        assert terms == sorted(terms, key=str.casefold)


def test_the_changelog_names_the_version() -> None:
    assert version in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
