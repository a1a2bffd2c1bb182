"""`link_status.csv` beside the directory: what a row takes from it, and what it must not break."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mmhs_finder.curation.check import check, load_checked_directory
from mmhs_finder.directory import load_directory
from mmhs_finder.directory.files import ProblemLevel
from mmhs_finder.directory.link_status import COLUMNS, FILE, read_link_status
from mmhs_finder.directory.linked import (
    NO_ANSWER,
    LinkState,
    LinkStatus,
    Unanswered,
    addresses_of,
    unanswered_of,
)
from mmhs_finder.directory.ways import Reader, service_ways
from tests.made_up.folder import lay_out
from tests.made_up.records import READ_ON, line, service

LATER = date(2027, 3, 3)
PAGE = "https://a.example/page"
HEADER = ",".join(COLUMNS)


def status(state: LinkState = LinkState.GONE, on: date = LATER, url: str = PAGE) -> LinkStatus:
    return LinkStatus(url, on, state)


def write(folder: Path, *rows: str, header: str = HEADER) -> None:
    (folder / FILE).write_text("\r\n".join([header, *rows, ""]), encoding="utf-8", newline="")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return lay_out(tmp_path / "data", small=True)


def test_a_row_knows_all_its_addresses_once():
    one = service(
        website=PAGE,
        referral_url="https://a.example/form",
        source_urls=(PAGE, "https://b.example/"),
    )
    assert addresses_of(one) == (PAGE, "https://a.example/form", "https://b.example/")
    other = line(webchat_url="https://c.example/chat", finder_url="https://c.example/near")
    assert "https://c.example/chat" in addresses_of(other)


@pytest.mark.parametrize("state", LinkState)
def test_only_a_page_that_is_not_there_is_told(state):
    found = unanswered_of(service(website=PAGE), {PAGE: status(state)})
    assert found == ({PAGE: Unanswered(LATER, state)} if state in NO_ANSWER else {})
    assert LinkState.REFUSED not in NO_ANSWER and LinkState.SLOW not in NO_ANSWER


@pytest.mark.parametrize(("on", "told"), [(READ_ON, False), (date(2026, 11, 23), True)])
def test_who_read_the_page_since_knows_better_than_the_check(on, told):
    found = unanswered_of(service(website=PAGE, checked_on=READ_ON), {PAGE: status(on=on)})
    assert bool(found) is told


def test_without_the_file_nothing_is_known_and_nothing_wrong(folder):
    directory = load_checked_directory(folder)
    assert directory.link_status == {}
    assert all(not s.unanswered(url) for s in directory.services.values() for url in s.source_urls)
    assert read_link_status(folder) == ({}, [])


def test_the_directory_takes_it_to_its_rows_and_ways(folder):
    url = next(s.website for s in load_directory(folder).services.values() if s.website)
    write(folder, f"{url},2027-03-03,gone,404,,2026-12-01")
    directory = load_directory(folder)
    assert directory.link_status[url].answered_on == date(2026, 12, 1)
    using = [s for s in directory.services.values() if s.website == url]
    assert using
    for each in using:
        assert each.unanswered(url) == Unanswered(LATER, LinkState.GONE)
        assert [
            w.unanswered for w in service_ways(each, Reader.PROFESSIONAL) if w.value == url
        ] == [Unanswered(LATER, LinkState.GONE)]


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ("javascript:alert(1),2026-11-22,gone,,,", "url", "not a web address"),
        ("https://a.example/x y,2026-11-22,gone,,,", "url", "not a web address"),
        (f"{PAGE},2026-11-22,dead,,,", "state", "is not one of: ok, gone"),
        (f"{PAGE},46348,gone,,,", "checked_on", "not a date"),
        (f"{PAGE},20261122,gone,,,", "checked_on", "not a date"),
        (f"{PAGE},,gone,,,", "checked_on", "is blank"),
        (f"{PAGE},2026-11-22,gone,,,tomorrow", "answered_on", "not a date"),
        (f"{PAGE},2026-11-22,moved,,file:///etc/passwd,", "moved_to", "not a web address"),
        (f"{PAGE},2026-11-29,gone,,,", "checked_on", "in the future"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_and_left_out(folder, row, column, said):
    write(folder, row)
    found, problems = read_link_status(folder, date(2026, 11, 24))
    assert found == {}
    (problem,) = problems
    assert (problem.file, problem.row, problem.column) == (FILE, 2, column)
    assert said in str(problem) and problem.kind is ProblemLevel.DOUBTFUL
    named = [p for p in check(folder, today=date(2026, 11, 24)) if p.file == FILE]
    assert named == [problem]


def test_an_address_that_is_there_twice_counts_once(folder):
    write(folder, f"{PAGE},2026-11-22,ok,,,", f"{PAGE},2026-11-22,gone,,,")
    found, (problem,) = read_link_status(folder)
    assert found[PAGE].state is LinkState.OK
    assert "twice" in str(problem) and problem.row == 3


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04\x00", b"\xff\xfeu\x00", b"url;checked_on\r\n", b"\x00" * 9, b"a,b\r\n"],
)
def test_a_broken_side_file_never_keeps_the_directory_from_being_served(folder, content):
    (folder / FILE).write_bytes(content)
    assert load_checked_directory(folder).link_status == {}
    assert any(p.file == FILE for p in check(folder))
