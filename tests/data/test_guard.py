"""A test of a rule that opens the real services fails and says what to do."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

from mmhs_finder.directory import DATA, load_directory
from mmhs_finder.planning.facts import FACTS
from tests.made_up.folder import GEOGRAPHY
from tests.made_up.guard import (
    TESTS,
    RealServicesOpened,
    is_of_rules,
    is_of_services,
    no_real_services,
    watched,
)

SERVICES = (
    "services.csv",
    "mmhs_criteria.csv",
    "service_areas.csv",
    "area_gaps.csv",
    "national_support.csv",
    "devolved_nations.csv",
    "changes.csv",
    "history/2026-11-22/services.csv",
)


@pytest.mark.parametrize("file", SERVICES)
def test_a_file_of_services_is_not_for_tests_of_rules(file: str) -> None:
    assert is_of_services(str(DATA / file)) and is_of_services(DATA / file)
    assert is_of_services(str(DATA / "facts" / ".." / file))


@pytest.mark.parametrize("file", [*GEOGRAPHY, "README.md", "datapackage.json"])
def test_geography_and_descriptions_may_be_read(file: str) -> None:
    assert not is_of_services(str(DATA / file))


def test_the_facts_of_reports_and_the_made_up_files_may_be_read(made_up_folder: Path) -> None:
    assert not is_of_services(str(FACTS / "report_figures.csv"))
    assert not is_of_services(str(made_up_folder / "services.csv"))
    assert not is_of_services(3)


def test_opening_one_raises_at_once_and_says_what_to_do() -> None:
    with (
        pytest.raises(RealServicesOpened, match=r"services\.csv.*`directory`, `finder`"),
        watched(),
    ):
        load_directory(DATA)


def test_who_swallows_it_or_opens_it_in_a_thread_fails_at_the_end() -> None:
    def swallow() -> None:
        with suppress(AssertionError):
            (DATA / "services.csv").read_bytes()

    for run in (swallow, lambda: _in_a_thread(swallow)):
        with pytest.raises(RealServicesOpened), no_real_services():
            run()


def _in_a_thread(work: object) -> None:
    thread = Thread(target=work)  # type: ignore[arg-type]
    thread.start()
    thread.join()


@pytest.mark.parametrize(
    ("file", "of_rules"),
    [
        ("unit/answers/test_finder.py", True),
        ("spec/test_shield.py", True),
        ("contract/test_contract.py", True),
        ("shell/test_urgent.py", True),
        ("data/test_rows.py", False),
        ("audit/test_edits.py", False),
    ],
)
def test_which_tests_are_watched(file: str, of_rules: bool) -> None:
    assert is_of_rules(TESTS / file) is of_rules
