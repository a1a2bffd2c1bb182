"""The audit looks at every page, runs only when asked for, and its table adds up."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from mmhs_finder.channels.streamlit import site
from tests import conftest
from tests.audit.record import DOC, Record, table, together
from tests.audit.states import PATHS, STATES

ROOT = Path(__file__).parents[2]


def test_every_page_is_looked_at() -> None:
    assert set(site.PATHS) == set((ROOT / "pages").glob("*.py"))
    assert set(PATHS) == {f"/{path}" for path in site.PATHS.values()}
    assert {f"page {path}" for path in PATHS} <= set(STATES)


@pytest.mark.parametrize(
    ("args", "marks", "stay"),
    [
        (["tests"], "", False),
        (["tests/browser", "tests/unit"], "not slow", False),
        (["tests"], "audit", True),
        (["tests/audit/test_answers.py::test_every_area"], "", True),
    ],
)
def test_an_audit_runs_only_when_asked_for(args: list[str], marks: str, stay: bool) -> None:
    left_out: list[Any] = []
    config = SimpleNamespace(
        args=args,
        getoption=lambda _name: marks,
        hook=SimpleNamespace(pytest_deselected=lambda items: left_out.extend(items)),
    )
    audit, other = SimpleNamespace(keywords={"audit"}), SimpleNamespace(keywords={"slow"})
    items = [audit, other]
    conftest.pytest_collection_modifyitems(config, items)  # type: ignore[arg-type]
    assert items == ([audit, other] if stay else [other])
    assert left_out == ([] if stay else [audit])


def test_the_table_adds_up_what_the_processes_have_found(
    tmp_path: Path,
) -> None:
    for worker in ("gw0", "gw1"):
        record = Record()
        record.add("links", 1_000, ["one"])
        record.add(worker, 1, ())
        record.write(tmp_path, worker)
    found = together(list(tmp_path.glob("*.json")))
    text = table(found, date(2026, 11, 5))
    assert "| links | 2,000 | 2 |\n" in text
    assert "| gw0 | 1 | 0 |\n" in text
    assert "5 November 2026" in text


def test_the_last_audit_has_found_nothing() -> None:
    rows = re.findall(r"^\| (.+) \| ([\d,]+) \| ([\d,]+) \|$", DOC.read_text("utf-8"), re.M)
    assert len(rows) >= 5
    assert [row for row in rows if row[1] == "0" or row[2] != "0"] == []
