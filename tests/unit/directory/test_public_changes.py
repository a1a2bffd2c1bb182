"""What of the history may be published: never a note, never a number that was not confirmed."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date

import pytest

from mmhs_finder.directory.changes import FILE, HISTORY_COLUMNS, ChangeKind, target_of
from mmhs_finder.directory.files import FILES
from mmhs_finder.directory.public_changes import (
    NEVER_PUBLIC,
    PUBLIC_COLUMNS,
    may_be_published,
    public_changes,
)
from tests.made_up import world
from tests.made_up.records import line, service

OLD, NEW, OTHER = "01632 960001", "01632 960002", "01632 960003"
DAY, LATER = "2026-11-20", "2026-11-25"


@pytest.fixture
def told(tmp_path):
    """What may be told of changes, each (day, file, row, column, old, new[, source_url])."""

    def public(*rows, services=(), national=()):
        with (tmp_path / FILE).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, HISTORY_COLUMNS)
            writer.writeheader()
            for row in rows:
                writer.writerow(dict(zip(HISTORY_COLUMNS, row, strict=False)))
        return public_changes(
            replace(world.directory(services, national=national), folder=tmp_path)
        )

    return public


def oak(**cells):
    return service(id="oak", name="Oak", **cells)


def phone(audience="public", status="confirmed", number=NEW):
    return oak(phone=number, phone_audience=audience, phone_status=status)


def values(changes):
    return [(c.column, c.old, c.new, c.withheld, c.professional) for c in changes]


CHANGED = (DAY, "services.csv", "oak", "phone", OLD, NEW)


def test_a_number_that_is_confirmed_is_told_with_the_one_before(told):
    assert values(told(CHANGED, services=[phone()])) == [("phone", OLD, NEW, False, False)]


def test_a_number_for_professionals_is_marked(told):
    told_now = told(CHANGED, services=[phone("professional")])
    assert values(told_now) == [("phone", OLD, NEW, False, True)]


@pytest.mark.parametrize(
    ("services", "rows"),
    [
        ([phone(status="check")], [CHANGED]),  # the new one is not confirmed
        (  # the old one was not: it was replaced by a confirmed one
            [phone()],
            [CHANGED, (DAY, "services.csv", "oak", "phone_status", "check", "confirmed")],
        ),
        (  # it was once, and no longer is
            [phone(status="check")],
            [CHANGED, (LATER, "services.csv", "oak", "phone_status", "confirmed", "check")],
        ),
        ([phone(number=OTHER)], [CHANGED]),  # somebody changed it without a line
        ([phone(number="")], [CHANGED]),  # it was withdrawn
        ([], [CHANGED]),  # the service is gone
        (  # changed twice on one day: nobody knows what it was between
            [phone(number=OTHER)],
            [CHANGED, (DAY, "services.csv", "oak", "phone", NEW, OTHER)],
        ),
        (  # another row holds the number as one that is not confirmed
            [
                phone(),
                service(id="elm", phone=NEW, phone_audience="public", phone_status="check"),
            ],
            [CHANGED],
        ),
        ([phone("public", number="")], [(DAY, "services.csv", "oak", "phone", OLD, "")]),
    ],
)
def test_a_number_in_doubt_is_left_out(told, services, rows):
    found = [c for c in told(*rows, services=services) if c.column == "phone"]
    assert found
    for change in found:
        assert (change.old, change.new, change.withheld) == (None, None, True)


def test_the_status_of_a_number_is_that_of_its_time(told):
    found = told(
        CHANGED,
        (LATER, "services.csv", "oak", "phone_audience", "professional", "public"),
        services=[phone()],
    )
    assert values(found)[0] == ("phone", OLD, NEW, False, True)


def test_a_line_tells_its_confirmed_number_only(told):
    row = (DAY, "national_support.csv", "call", "phone", OLD, NEW)
    sure = line(id="call", phone=NEW, phone_status="confirmed")
    unsure = line(id="call", phone=NEW, phone_status="check")
    assert values(told(row, national=[sure])) == [("phone", OLD, NEW, False, False)]
    assert values(told(row, national=[unsure])) == [("phone", None, None, True, False)]


@pytest.mark.parametrize(
    ("now", "is_told"),
    [
        ({"website": "https://example.org/b"}, True),
        ({"website": ""}, False),  # withdrawn
        ({"website": "https://example.org/c"}, False),  # edited without a line
        (None, False),  # the service is gone, or withdrawn
    ],
)
def test_a_cell_that_is_another_today_than_the_history_says_keeps_its_values(told, now, is_told):
    rows = [
        (DAY, "services.csv", "oak", "website", "", "https://example.org/a"),
        (LATER, "services.csv", "oak", "website", "https://example.org/a", "https://example.org/b"),
    ]
    found = told(*rows, services=[] if now is None else [oak(**now)])
    assert [change.withheld for change in found] == [not is_told] * 2
    assert bool(found[1].new) == is_told


def test_lists_days_and_numbers_are_compared_as_their_cells_have_them(told):
    rows = [
        (DAY, "services.csv", "oak", "partners", "", "One; Two"),
        (DAY, "services.csv", "oak", "told_on", "", "2026-11-20"),
        (DAY, "services.csv", "oak", "min_age", "", "18"),
        (DAY, "services.csv", "oak", "consent_required", "yes", ""),
    ]
    now = oak(partners=("One", "Two"), told_on=date(2026, 11, 20), min_age=18)
    assert [change.withheld for change in told(*rows, services=[now])] == [False] * 4


def test_a_number_inside_a_text_is_left_out_with_the_text(told):
    row = (DAY, "services.csv", "oak", "referral_note", f"Ring {OLD}.", "Write to us.")
    assert values(told(row, services=[oak(referral_note="Write to us.")])) == [
        ("referral_note", None, None, True, False)
    ]


@pytest.mark.parametrize("column", sorted(NEVER_PUBLIC))
def test_no_column_of_those_who_keep_the_directory_is_told(told, column):
    for file in FILES:
        assert not may_be_published(file, column)
        assert told((DAY, file, "oak", column, "a", "b"), services=[oak()]) == ()


def test_what_is_told_is_a_column_of_its_file_or_one_that_services_are_asked_about():
    """A column with a new name is told to nobody until somebody has decided it."""
    for file, columns in PUBLIC_COLUMNS.items():
        assert file in FILES
        assert not columns & NEVER_PUBLIC


def test_only_a_web_address_is_told_as_the_source(told):
    rows = [
        (DAY, "services.csv", "oak", "status", "unknown", "open", source)
        for source in ("https://example.org/a", "form:ABC-1", "call:the trust's switchboard", "x")
    ]
    found = told(*rows, services=[oak(status="open")])
    assert [(c.source_url, c.from_service) for c in found] == [
        ("https://example.org/a", ""),
        ("", "form"),
        ("", "call"),
        ("", ""),
    ]


@pytest.mark.parametrize(
    ("line", "kind", "area"),
    [
        (("services.csv", "oak", "(new row)", "", "Oak"), "new_row", ""),
        (("services.csv", "oak", "phone", "", "1"), "cell", ""),
        (("services.csv", "oak", "id", "oak", "(row removed)"), "removed", ""),
        (("service_areas.csv", "oak", "certainty (E01)", "", "stated"), "cell", "E01"),
        (("service_areas.csv", "oak", "(new row)", "", "E01"), "new_row", "E01"),
        (
            ("service_areas.csv", "oak", "area_code (E01)", "stated", "(row removed)"),
            "removed",
            "E01",
        ),
        (("service_areas.csv", "oak", "area_code (E01)", "oak", "elm"), "moved", "E01"),
    ],
)
def test_a_line_says_what_it_is_about(line, kind, area):
    target = target_of(*line)
    assert (target.kind, target.area) == (ChangeKind(kind), area)
