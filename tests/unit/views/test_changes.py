"""What was changed in the directory: the days, the entries, and what a reader is told of them."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest

from mmhs_finder.directory.changes import FILE, NEW_ROW
from mmhs_finder.directory.models import Criteria, NationalSupport, Service
from mmhs_finder.views.changes import ChangeView, DayOfChanges, changes_view
from mmhs_finder.words import join_words, plain_date, say
from tests.made_up import world
from tests.made_up.records import line, service

ROWS = [service(id="oak", name="Oak"), service(id="elm", name="Elm"), service(id="ash", name="Ash")]
LINES = [line(id="call", name="Birch Line")]
NAME, CONTACT = say("text_pages.change_name"), say("text_pages.change_contact")


@pytest.fixture
def changed(tmp_path):
    """The days of a list of changes, each (day, file, row, column)."""

    def days(*rows):
        with (tmp_path / FILE).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["applied_on", "file", "row", "column", "old", "new"])
            writer.writerows((*row, "before", "after") for row in rows)
        return changes_view(replace(world.directory(ROWS, national=LINES), folder=tmp_path))

    return days


def test_without_a_list_there_are_no_days(tmp_path):
    assert changes_view(replace(world.directory(ROWS), folder=tmp_path)) == ()


def test_the_newest_day_first_and_its_entries_by_name(changed):
    assert changed(
        ("2026-11-20", "services.csv", "oak", "phone"),
        ("2026-11-25", "services.csv", "oak", "name"),
        ("2026-11-25", "national_support.csv", "call", "email"),
        ("2026-11-25", "services.csv", "ash", "status"),
        ("2026-11-22", "mmhs_criteria.csv", "elm", "loss"),
    ) == (
        DayOfChanges(
            plain_date("2026-11-25"),
            (
                ChangeView("Ash", "ash", say("text_pages.change_status")),
                ChangeView("Birch Line", "", CONTACT),
                ChangeView("Oak", "oak", NAME),
            ),
        ),
        DayOfChanges(
            plain_date("2026-11-22"), (ChangeView("Elm", "elm", say("text_pages.change_helps")),)
        ),
        DayOfChanges(plain_date("2026-11-20"), (ChangeView("Oak", "oak", CONTACT),)),
    )


def test_an_entry_stands_once_a_day_with_each_thing_once_in_the_order_of_the_file(changed):
    ((day),) = changed(
        ("2026-11-20", "services.csv", "oak", "phone"),
        ("2026-11-20", "services.csv", "oak", "name"),
        ("2026-11-20", "services.csv", "oak", "website"),
        ("2026-11-20", "mmhs_criteria.csv", "oak", "min_age"),
    )
    who = say("text_pages.change_who")
    assert day.changes == (ChangeView("Oak", "oak", join_words([CONTACT, NAME, who])),)


def test_a_new_entry_is_said_to_be_new(changed):
    (day,) = changed(
        ("2026-11-20", "services.csv", "oak", NEW_ROW),
        ("2026-11-20", "national_support.csv", "call", NEW_ROW),
    )
    new = say("text_pages.change_new")
    assert day.changes == (ChangeView("Birch Line", "", new), ChangeView("Oak", "oak", new))


@pytest.mark.parametrize(
    "row",
    [
        ("services.csv", "oak", "curator_notes"),
        ("services.csv", "oak", "confidence"),
        ("services.csv", "gone", "phone"),  # an entry that the directory no longer has
        ("services.csv", "call", "phone"),
        ("national_support.csv", "oak", "phone"),
        ("national_support.csv", "gone", "phone"),
        ("service_areas.csv", "oak", "name"),
        ("area_gaps.csv", "oak", NEW_ROW),
        ("devolved_nations.csv", "call", "phone"),
    ],
)
def test_what_is_nobody_elses_business_makes_no_day(changed, row):
    assert changed(("2026-11-20", *row)) == ()


ABOUT = {
    "name": "name alt_names provider partners organisation",
    "contact": "phone text_number email website webchat_url finder_url cost languages_access",
    "hours": "phone_hours_text hours_text",
    "who": "who_for min_age severity gestation_note period_note",
    "helps": "birth_trauma loss tokophobia separation"
    " kind therapies what_it_offers partner_support",
    "referral": "self_referral self_referral_except referral_note referral_url referrers "
    "consent_required",
    "status": "status",
    "where": "area_text address nations",
}


@pytest.mark.parametrize(
    ("column", "what"), [(c, what) for what, columns in ABOUT.items() for c in columns.split()]
)
def test_each_column_is_told_as_what_it_is_about(changed, column, what):
    (day,) = changed(("2026-11-20", "services.csv", "oak", column))
    assert day.changes == (ChangeView("Oak", "oak", say(f"text_pages.change_{what}")),)


def test_every_other_column_is_not_told(changed):
    told = {c for columns in ABOUT.values() for c in columns.split()}
    columns = {*Service.model_fields, *Criteria.model_fields, *NationalSupport.model_fields}
    assert told < columns
    assert changed(*(("2026-11-20", "services.csv", "oak", c) for c in columns - told)) == ()
