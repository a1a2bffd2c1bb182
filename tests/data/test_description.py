"""The data package and the README describe every file and column, and the data package is valid."""

from __future__ import annotations

import json
import re

import pytest
from frictionless import Package

from mmhs_finder.curation.cells import CURATORS_ONLY, PUBLIC_TEXT
from mmhs_finder.directory import DATA, link_status
from mmhs_finder.directory.cells import columns_of
from mmhs_finder.directory.files import FILES, SHAPES
from mmhs_finder.directory.linked import LinkState
from mmhs_finder.directory.reading import KEYS

README = (DATA / "README.md").read_text(encoding="utf-8")
PACKAGE = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
GUIDE = (DATA.parent / "docs" / "data-reference.md").read_text(encoding="utf-8")
BESIDE = {link_status.FILE}
"""Files that a command writes, and no facts: they need not be there."""

RESOURCES = {resource["path"]: resource for resource in PACKAGE["resources"]}


def test_the_data_package_validates():
    report = Package(str(DATA / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])


def test_every_file_of_the_folder_is_described():
    files = {path.name for path in DATA.iterdir() if path.suffix in (".csv", ".geojson")}
    assert files - BESIDE == set(RESOURCES) == {*FILES, *SHAPES, "changes.csv"}
    assert all(f"`{file}`" in README for file in files | BESIDE)


def test_the_readme_explains_what_came_of_asking_the_links():
    section = README.split("## link_status.csv\n")[1].split("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(link_status.COLUMNS)
    assert all(f"`{state}`" in section for state in LinkState)


@pytest.mark.parametrize("file", FILES)
def test_the_data_package_has_the_columns_and_words_of_the_code(file):
    schema = RESOURCES[file]["schema"]
    header = (DATA / file).read_text(encoding="utf-8-sig").splitlines()[0].split(",")
    columns = columns_of(FILES[file])
    assert [field["name"] for field in schema["fields"]] == header == list(columns)
    assert schema["primaryKey"] == list(KEYS[file])
    for field in schema["fields"]:
        column, constraints = columns[field["name"]], field.get("constraints", {})
        assert field["description"]
        if column.words and column.type is not tuple:
            assert constraints["enum"] == list(column.words)
        elif column.words:
            assert set(re.findall(r"\w+(?: \w+)*", constraints["pattern"])) >= set(column.words)


@pytest.mark.parametrize("file", FILES)
def test_the_readme_explains_every_column_and_word(file):
    section = README.split(f"## {file}\n")[1].split("\n## ")[0]
    columns = columns_of(FILES[file])
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(columns)
    for line in section.splitlines():
        if match := re.match(r"\| `(\w+)` \|", line):
            missing = [w for w in columns[match[1]].words if f"`{w}`" not in line]
            if (file, match[1]) != ("area_gaps.csv", "kind"):  # the kinds of services.csv
                assert not missing, match[1]


def test_columns_are_shown_to_the_public_or_to_curators_never_both():
    assert not PUBLIC_TEXT & CURATORS_ONLY
    names = {name for record in FILES.values() for name in columns_of(record)}
    assert names >= PUBLIC_TEXT | CURATORS_ONLY


@pytest.mark.parametrize(
    "word", ["open", "unknown", "public", "professional", "confirmed", "check"]
)
def test_the_guide_for_curators_explains_every_status(word):
    assert f"`{word}`" in GUIDE


@pytest.mark.parametrize("hours", re.findall(r"\| `([A-Z2][^`]*)` \|$", GUIDE, re.MULTILINE))
def test_the_hours_in_the_guide_can_be_used(hours):
    from mmhs_finder.hours import problem_with_hours

    assert problem_with_hours(hours) == ""
