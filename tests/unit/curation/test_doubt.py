"""What a person should look at: doubtful cells, and evidence that is overdue."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmhs_finder.curation.check import check
from mmhs_finder.curation.doubt import doubtful, is_copy, overdue
from mmhs_finder.directory.files import CsvFile, CsvRow, ProblemLevel
from mmhs_finder.directory.said import tells_to_ring, without_ringing

TODAY = date(2026, 11, 25)


def tables(**cells: str) -> dict[str, CsvFile]:
    """A directory with one service that holds these cells."""
    row = CsvRow(2, {"status": "open", "source_date": "2026-01", **cells})
    return {
        "services.csv": CsvFile("services.csv", tuple(row.cells), (row,)),
        "national_support.csv": CsvFile("national_support.csv"),
        "devolved_nations.csv": CsvFile("devolved_nations.csv"),
    }


@pytest.mark.parametrize(
    "url",
    [
        "https://gmmh-staging.verseonecloud.com/petals",
        "https://cornwall-staging.example.org/news",
        "https://test.4ni.co.uk/news/1",
        "https://matthew.theyworkforyou.dev.mysociety.org/senedd",
        "https://bbctodays.pages.dev/news/articles/1",
        "https://d33gy59ovltp76.cloudfront.net/news/x",
        "https://www.findhealthclinics.com/GB/Derby",
        "http://web.archive.org/web/2017/https://www.citizensadvice.org.uk",
        "https://wiki.surgery.proxy.example.org/page",
        "https://uat2.trust.nhs.uk/service",
    ],
)
def test_a_copy_of_a_page_is_no_source(url: str) -> None:
    assert is_copy(url)
    (found,) = doubtful(tables(source_urls=f"https://www.gmmh.nhs.uk/petals;{url}"))
    assert found.kind is ProblemLevel.DOUBTFUL and found.value == url


@pytest.mark.parametrize(
    "url",
    [
        "https://www.devonpartnership.nhs.uk/test-and-trace",  # of a path, not of the host
        "https://www.stagecoach.example.org/",
        "https://latest.example.org/news",
        "https://mirrornews.example.org/a",
        "https://www.gov.uk/",
    ],
)
def test_a_page_of_its_own_is_one(url: str) -> None:
    assert not is_copy(url)


@pytest.mark.parametrize(
    "text",
    [
        "Whether you can refer yourself is not published.",
        "No week limit is published.",
        "No gestation limit stated.",
        "One version of the page says from 18.",
    ],
)
def test_a_readers_remark_is_no_fact_of_the_service(text: str) -> None:
    found = list(doubtful(tables(period_note=text)))
    assert found and all(f.kind is ProblemLevel.DOUBTFUL for f in found)
    assert not list(doubtful(tables(curator_notes=text)))


def test_a_note_that_says_ring_without_a_number() -> None:
    note = "You can ring the team yourself."
    assert list(doubtful(tables(referral_note=note)))
    assert not list(doubtful(tables(referral_note=note, phone="01234 567890")))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ring the team yourself.", ""),
        ("Use the form. You can also phone the ward.", "Use the form."),
        ("After a loss, ring and ask.", ""),
        ("They can ring the team for advice.", "They can ring the team for advice."),
        ("A professional phones for the form.", "A professional phones for the form."),
        ("In a crisis, call NHS 111.", "In a crisis, call NHS 111."),
    ],
)
def test_only_what_asks_her_to_ring_goes_with_the_number(text: str, left: str) -> None:
    assert without_ringing(text) == left
    assert tells_to_ring(text) == (left != text)


@given(st.dates(date(2000, 1, 1), date(2026, 11, 25)))
def test_old_evidence_is_overdue_and_nothing_else(day: date) -> None:
    found = overdue(tables(source_date=day.isoformat()), TODAY)
    two_years = TODAY - timedelta(days=2 * 366 + 31)
    if day < two_years:
        assert [f.kind for f in found] == [ProblemLevel.OVERDUE]
        assert str(day.year) in found[0].message
    if day > TODAY - timedelta(days=729):
        assert not found


@pytest.mark.parametrize(
    ("told", "late"),
    [
        ({}, "2022"),
        ({"told_on": "2026-11-02", "told_how": "call_back", "told_proof": "a page"}, ""),
        ({"told_on": "2026-11-02", "told_how": "not_known"}, "2022"),
        ({"told_on": "2024-03-03", "told_how": "sender_domain", "told_proof": "a.uk"}, "2024"),
    ],
)
def test_what_the_service_confirmed_is_evidence_of_that_day(told, late) -> None:
    found = overdue(tables(source_date="2022-05", **told), TODAY)
    assert [p.message.count(late) for p in found] == [1] * bool(late)
    assert [p.column for p in found] == ["told_on" if late == "2024" else "source_date"] * len(
        found
    )


def test_the_oldest_stand_first_and_a_closed_one_nowhere() -> None:
    rows = [
        CsvRow(n, {"status": status, "source_date": day})
        for n, (status, day) in enumerate(
            [("open", "2021-05"), ("closed", "2015"), ("unknown", "2018"), ("open", "2026-10")], 2
        )
    ]
    files = tables() | {"services.csv": CsvFile("services.csv", (), tuple(rows))}
    assert [p.row for p in overdue(files, TODAY)] == [4, 2]


def test_the_clock_makes_nothing_wrong_or_doubtful(small_folder: Path) -> None:
    now, later = (check(small_folder, today=day) for day in (TODAY, date(2046, 1, 1)))
    assert [p for p in now if p.kind is not ProblemLevel.OVERDUE] == []
    assert [p for p in later if p.kind is not ProblemLevel.OVERDUE] == []
    assert len(later) > len(now)
