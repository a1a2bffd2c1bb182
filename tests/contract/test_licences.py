"""NOTICE names every locked package with the licence that the package itself states."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.licenses import canonicalize_license_expression
from packaging.requirements import Requirement

from tests.contract.licences import (
    LOCKS,
    ROOT,
    SPELLINGS,
    UnknownLicence,
    licensed,
    locked,
    normal,
    packages,
)

NOTICE = (ROOT / "NOTICE").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

PERMISSIVE = {
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-CMU",
    "PSF-2.0",
    "Zlib",
}
"""They ask for their notice to be kept, and nothing of our code."""

ON_A_CONDITION = {
    "MPL-2.0",  # holds for its own files, which we do not change
    "OFL-1.1",  # fonts: not sold alone
    "OGL-UK-3.0",  # data: shown with its source
}
"""NOTICE says of each package how we keep to it."""

parts = pytest.mark.parametrize("part", LOCKS)


def noticed(part: str) -> dict[str, str]:
    """Package -> licence, as a table of NOTICE has it."""
    section = NOTICE.split(f"### {part}\n")[1].split("\n### ")[0]
    return dict(re.findall(r"^\| ([\w.-]+) \| (.+?) \| .+ \|$", section, re.MULTILINE)[1:])


def suits(expression: str, kinds: set[str]) -> bool:
    """Whether an SPDX expression can be met with these licences: all of AND, one of OR."""
    every = expression.replace("(", "").replace(")", "").split(" AND ")
    return all(any(kind in kinds for kind in one.split(" OR ")) for one in every)


@parts
def test_notice_names_every_locked_package_and_no_other(part: str) -> None:
    assert sorted(noticed(part)) == packages(part)


@parts
def test_notice_gives_the_licence_that_the_package_states(part: str) -> None:
    assert noticed(part) == {name: licensed(name).licence for name in packages(part)}


@parts
def test_every_licence_is_one_that_everybody_can_look_up(part: str) -> None:
    for licence in noticed(part).values():
        assert canonicalize_license_expression(licence) == licence


def test_nothing_at_run_time_asks_more_of_us_than_we_agreed_to() -> None:
    kinds = PERMISSIVE | ON_A_CONDITION
    assert {n: e for n, e in noticed("Run time").items() if not suits(e, kinds)} == {}


def test_notice_says_how_we_keep_to_what_has_a_condition() -> None:
    prose = NOTICE.split("### ")[0]
    conditional = [n for n, e in noticed("Run time").items() if not suits(e, PERMISSIVE)]
    assert conditional
    assert [n for n in conditional if f"**{n}" not in prose] == []


def test_the_lock_has_all_that_the_project_asks_for() -> None:
    asked = {normal(Requirement(line).name) for line in PROJECT["project"]["dependencies"]}
    assert len(asked) > 10
    assert asked <= set(locked("requirements.txt"))


def test_the_project_states_the_licences_of_its_code_and_of_its_data() -> None:
    code = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert code.startswith("MIT License\n")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    attribution = " ".join(re.findall(r"^> (.*)$", NOTICE, re.MULTILINE))
    assert attribution.startswith("Source: Office for National Statistics")
    for text in (readme, (ROOT / "data" / "README.md").read_text(encoding="utf-8")):
        assert attribution in " ".join(re.findall(r"^> (.*)$", text, re.MULTILINE))
    assert PROJECT["project"]["license"] == (
        "MIT AND OGL-UK-3.0 AND CC-BY-4.0 AND OFL-1.1 AND Apache-2.0"
    )


# --- the tests above find what they look for ------------------------------------------------------


def test_an_expression_needs_all_of_and_and_one_of_or() -> None:
    assert suits("MIT", {"MIT"})
    assert suits("GPL-3.0-only OR MIT", {"MIT"})
    assert not suits("GPL-3.0-only AND MIT", {"MIT"})
    assert not suits("GPL-3.0-only", PERMISSIVE | ON_A_CONDITION)


def test_a_package_that_nobody_has_read_is_an_error() -> None:
    with pytest.raises(UnknownLicence):
        licensed("no-such-package")


def test_what_packages_write_is_turned_into_names_that_exist() -> None:
    for licence in SPELLINGS.values():
        assert canonicalize_license_expression(licence) == licence
