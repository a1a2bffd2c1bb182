"""The history as a reader may be told it: days, entries, places, words, and what is left out."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmhs_finder.directory.cells import columns_of, parse_cell
from mmhs_finder.directory.changes import FILE, HISTORY_COLUMNS, NEW_ROW, ROW_REMOVED
from mmhs_finder.directory.confirming import Backing
from mmhs_finder.directory.models import SelfReferral, Service, YesNo
from mmhs_finder.directory.public_changes import PUBLIC_COLUMNS
from mmhs_finder.directory.vocabularies import SupportNation, ToldHow
from mmhs_finder.views.changed_words import TO_SOMEBODY, value_words
from mmhs_finder.views.changes import (
    AskedChanges,
    asked_for,
    changes_view,
    entry_view,
    feed_entries,
)
from mmhs_finder.views.history import ABOUT, ENGLAND, NATIONS, EntryKind, History, What
from mmhs_finder.words import say
from tests.made_up import world
from tests.made_up.lines import devolved
from tests.made_up.records import line, service

DAY, LATER = "2026-11-20", "2026-12-01"
PHONE = {"phone": "01632 960002", "phone_status": "confirmed"}
ROWS = [
    service(id="oak", name="Oak", phone_audience="public", **PHONE),
    service(id="elm", name="Elm", phone_audience="professional", **PHONE),
    service(id="ash", name="Ash"),
    service(id="sea", name="Sea", takes_from_anywhere=YesNo.YES),
]
LINES = [
    line(id="call", name="Birch Line"),
    line(id="north", name="North Line", nations=(SupportNation.SCOTLAND,)),
]
AREAS = [("oak", "E01"), ("elm", "E02"), ("elm", "E03")]
SITE = "https://example.org/oak"


@pytest.fixture
def made(tmp_path):
    """A directory with a history, whose lines are (day, file, row, column, old, new, source)."""

    def directory(*rows, services=ROWS, nations=()):
        with (tmp_path / FILE).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, HISTORY_COLUMNS)
            writer.writeheader()
            for row in rows:
                writer.writerow(dict(zip(HISTORY_COLUMNS, row, strict=False)))
        serves = [row for row in AREAS if row[0] in {of.id for of in services}]
        known = world.directory(services, serves, national=LINES)
        return replace(known, folder=tmp_path, devolved=tuple(nations))

    return directory


def told(directory):
    """Each entry as (day, kind, key, what its cells are about)."""
    return [
        (str(e.day), e.kind, e.key, [cell.what for cell in e.cells])
        for e in History(directory).entries
    ]


def only(directory):
    """The one entry, as it is told."""
    history = History(directory)
    (entry,) = history.entries
    return entry_view(entry, history, directory)


def test_without_a_list_there_is_no_entry(tmp_path):
    assert History(replace(world.directory(ROWS), folder=tmp_path)).entries == ()


@pytest.mark.parametrize("column", ["phone", "what_it_offers"])
def test_help_with_domestic_abuse_is_not_among_what_has_changed(made, column):
    """The list of changes, its feeds and its files are everybody's: somebody may see the screen."""
    changed = [
        (DAY, "national_support.csv", row, column, "", "x", SITE) for row in ("call", "safe")
    ]
    known = made(*changed)
    safe = line(id="safe", name="Safe Line", kind="domestic_abuse")
    both = replace(known, national=(*known.national, safe))
    assert {key for _, _, key, _ in told(both)} == {"call"}


def test_the_newest_day_first_and_its_entries_by_name(made):
    assert told(
        made(
            (DAY, "services.csv", "oak", "website", "", SITE),
            (LATER, "services.csv", "oak", "name", "Oke", "Oak"),
            (LATER, "national_support.csv", "call", "cost", "", "free"),
            (LATER, "mmhs_criteria.csv", "ash", "loss", "unknown", "yes"),
        )
    ) == [
        (LATER, EntryKind.SERVICE, "ash", [What.HELPS]),
        (LATER, EntryKind.LINE, "call", [What.CONTACT]),
        (LATER, EntryKind.SERVICE, "oak", [What.NAME]),
        (DAY, EntryKind.SERVICE, "oak", [What.CONTACT]),
    ]


def test_what_all_files_say_of_a_service_is_one_entry_a_day(made):
    assert told(
        made(
            (DAY, "services.csv", "oak", "website", "", SITE),
            (DAY, "mmhs_criteria.csv", "oak", "severity", "", "severe"),
            (DAY, "service_areas.csv", "oak", "certainty (E01)", "inferred", "stated"),
        )
    ) == [(DAY, EntryKind.SERVICE, "oak", [What.CONTACT, What.WHO, What.WHERE])]


def test_twice_on_a_day_is_told_from_the_first_to_the_last_and_not_at_all_where_it_came_back(made):
    twice = only(
        made(
            (DAY, "services.csv", "oak", "min_age", "16", "17"),
            (DAY, "services.csv", "oak", "min_age", "17", "18"),
            services=[service(id="oak", min_age=18)],
        )
    )
    assert [(cell.before, cell.now) for cell in twice.cells] == [("16", "18")]
    assert not told(
        made(
            (DAY, "services.csv", "oak", "min_age", "16", "17"),
            (DAY, "services.csv", "oak", "min_age", "17", "16"),
            services=[service(id="oak", min_age=16)],
        )
    )


def test_of_an_entry_that_is_new_only_that_is_told(made):
    new = only(
        made(
            (DAY, "services.csv", "oak", NEW_ROW, "", "Oak"),
            (DAY, "services.csv", "oak", "provider", "", "Oak Trust"),
            (DAY, "mmhs_criteria.csv", "oak", NEW_ROW, "", "Oak"),
            (DAY, "service_areas.csv", "oak", NEW_ROW, "", "E01"),
        )
    )
    assert [(c.what, c.label, c.now, c.before) for c in new.cells] == [
        (What.NEW, say("changes_what.new"), "", "")
    ]


def test_an_entry_that_was_taken_out_is_told_once_and_without_a_way_to_it(made):
    gone = only(
        made(
            (DAY, "services.csv", "gone", "phone", "", "01632 960009"),
            (LATER, "services.csv", "gone", "id", "gone", ROW_REMOVED),
        )
    )
    assert gone.name == say("changes.no_longer")
    assert gone.service_id == ""
    assert [cell.what for cell in gone.cells] == [What.GONE]
    assert gone.entry.day == date.fromisoformat(LATER)


@pytest.mark.parametrize(
    "row",
    [
        ("services.csv", "oak", "curator_notes", "", "a note"),
        ("services.csv", "oak", "confidence", "low", "high"),
        ("services.csv", "oak", "told_proof", "", "oak.nhs.uk"),
        ("services.csv", "gone", "website", "", SITE),  # no longer in the directory
        ("services.csv", "gone", NEW_ROW, "", "Gone"),  # withdrawn: it is told nowhere
        ("services.csv", "call", "website", "", SITE),
        ("national_support.csv", "oak", "website", "", SITE),
        ("service_areas.csv", "oak", "name", "", "x"),
        ("area_gaps.csv", "E01", NEW_ROW, "", ""),
        ("devolved_nations.csv", "call", "phone", "", "1"),
        ("no_such_file.csv", "oak", "name", "", "Oak"),
    ],
)
def test_what_is_nobody_elses_business_makes_no_entry(made, row):
    assert not told(made((DAY, *row)))


@pytest.mark.parametrize("day", ["", "soon", "2026-13-45", "20261120", "2026-11-20T10:00"])
def test_a_line_without_a_day_is_left_out(made, day):
    assert not told(made((day, "services.csv", "oak", "website", "", SITE)))


def test_every_column_that_may_be_told_has_its_words_and_no_other():
    public = frozenset().union(*PUBLIC_COLUMNS.values())
    assert set(ABOUT) == public


# --- places -----------------------------------------------------------------------------------


def places(directory):
    (entry,) = History(directory).entries
    return entry.places


def test_a_service_concerns_the_health_areas_of_its_councils(made):
    assert places(made((DAY, "services.csv", "oak", "website", "", SITE))) == {"ICB1"}
    assert places(made((DAY, "services.csv", "elm", "website", "", SITE))) == {"ICB1", "ICB2"}


def test_a_council_that_was_taken_from_it_counts_too(made):
    row = (DAY, "service_areas.csv", "oak", "area_code (E03)", "E03", ROW_REMOVED)
    assert places(made(row)) == {"ICB1", "ICB2"}


def test_what_is_for_everybody_stands_under_england_and_the_rest_outside(made):
    scottish = devolved(nation="Scotland", board_or_trust="Mist Board", service_name="Mist Team")
    key = "Scotland/Mist Board/Mist Team"
    directory = made(
        (DAY, "services.csv", "sea", "website", "", SITE),
        (DAY, "national_support.csv", "call", "website", "", SITE),
        (DAY, "national_support.csv", "north", "website", "", SITE),
        (DAY, "devolved_nations.csv", key, "status", "unknown", "open"),
        nations=[scottish],
    )
    history = History(directory)
    assert [e.key for e in history.of(ENGLAND)] == ["call", "sea"]
    assert [e.key for e in history.of(NATIONS)] == [key, "north"]
    assert history.of("ICB1") == ()


def test_what_is_asked_for_is_given_and_nothing_else(made):
    directory = made(
        (DAY, "services.csv", "oak", "website", "", SITE),
        (DAY, "services.csv", "oak", "min_age", "", "16"),
        (LATER, "services.csv", "elm", "min_age", "", "16"),
    )
    history = History(directory)
    assert history.months() == ("2026-12", "2026-11")
    assert [e.key for e in history.of("ICB1")] == ["elm", "oak"]
    assert [e.key for e in history.of("ICB2")] == ["elm"]
    assert [e.key for e in history.of(month="2026-11")] == ["oak"]
    (contact,) = history.of(what=What.CONTACT)
    assert [cell.column for cell in contact.cells] == ["website"]
    assert len(feed_entries(history, directory, "", 1)) == 1


# --- who stands behind it -----------------------------------------------------------------------

ANSWERED = (DAY, "services.csv", "oak", "min_age", "", "16", "form:OAK-1")


@pytest.mark.parametrize(
    ("cells", "backing"),
    [
        ({}, Backing.TOLD),
        ({"told_on": DAY, "told_how": ToldHow.NOT_KNOWN}, Backing.TOLD),
        ({"told_on": DAY, "told_how": ToldHow.SENDER_DOMAIN, "told_proof": "oak.nhs.uk"}, "yes"),
        # Confirmed later and anew: how the answer of then was known nobody knows any more.
        ({"told_on": LATER, "told_how": ToldHow.CALL_BACK, "told_proof": "1"}, Backing.TOLD),
    ],
)
def test_it_is_confirmed_by_the_service_only_where_that_is_on_record(made, cells, backing):
    oak = service(id="oak", name="Oak", **cells)
    view = only(made(ANSWERED, services=[oak]))
    wanted = Backing.CONFIRMED if backing == "yes" else backing
    assert view.entry.backing is wanted
    assert view.told == say(f"changes.{wanted.value}")
    assert view.sources == ()


def test_what_was_read_on_a_page_names_the_page_and_no_service(made):
    view = only(made((DAY, "services.csv", "oak", "min_age", "", "16", SITE)))
    assert (view.told, view.sources) == ("", (("example.org", SITE),))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "form:CODE", "call:01632 960000", "x", ""])
def test_a_source_that_is_no_page_is_no_link(made, url):
    assert only(made((DAY, "services.csv", "oak", "min_age", "", "16", url))).sources == ()


# --- words ----------------------------------------------------------------------------------------


def cell(made, *row):
    """A change. What it made of a cell that is no number stands in the service's row today."""
    file, key, column, _, new = row
    stands = file == "services.csv" and column not in TO_SOMEBODY
    today = {column: parse_cell(new, columns_of(Service)[column])} if stands else {}
    rows = [each.model_copy(update=today) if each.id == key else each for each in ROWS]
    (found,) = only(made((DAY, *row), services=rows)).cells
    return found


def test_values_are_told_as_people_say_them(made):
    told = cell(made, "services.csv", "oak", "self_referral", SelfReferral.UNKNOWN, "yes")
    assert (told.before, told.now) == ("not known to us", "yes")
    told = cell(made, "services.csv", "oak", "referrers", "gp", "gp;midwife")
    assert (told.before, told.now) == ("your GP", "your GP; your midwife")
    assert cell(made, "services.csv", "oak", "status", "closed", "open").now == "yes"
    assert cell(made, "services.csv", "oak", "name", "Open", "open").now == "open"
    assert cell(made, "services.csv", "oak", "told_on", "", DAY).now == "20 November 2026"


def test_a_blank_is_worded_about_us(made):
    added = cell(made, "services.csv", "oak", "min_age", "", "16")
    assert (added.before, added.now, added.note) == ("", "16", "")
    out = cell(made, "services.csv", "oak", "min_age", "16", "")
    assert (out.before, out.now, out.note) == ("16", "", say("changes.taken_out"))


def test_a_number_of_before_is_nobodys_to_ring(made):
    told = cell(made, "services.csv", "oak", "phone", "01632 960001", "01632 960002")
    assert (told.now, told.before) == ("01632 960002", say("changes.another"))


def test_a_number_for_professionals_is_not_told_where_parents_read(made):
    told = cell(made, "services.csv", "elm", "phone", "01632 960001", "01632 960002")
    assert (told.now, told.before, told.note) == ("", "", say("changes.for_referrers"))


def test_of_a_number_in_doubt_only_that_it_was_changed(made):
    told = cell(made, "services.csv", "ash", "phone", "", "01632 960001")
    assert (told.now, told.before, told.note) == ("", "", say("changes.number_changed"))


def test_a_council_is_called_by_its_name(made):
    told = cell(made, "service_areas.csv", "oak", "certainty (E01)", "inferred", "stated")
    assert told.label.endswith(": Westshire")
    moved = cell(made, "service_areas.csv", "oak", "area_code (E03)", "oak", "elm")
    assert (moved.label.endswith(": Eastshire"), moved.note) == (True, say("changes.moved"))


@given(column=st.sampled_from(sorted(ABOUT)), value=st.text(max_size=40))
def test_whatever_stood_in_a_cell_has_words(column, value):
    words = value_words(column, value, world.directory(ROWS))
    assert isinstance(words, str)


# --- pages ----------------------------------------------------------------------------------------


def test_a_long_list_is_told_in_pages(made):
    directory = made(
        *(
            (f"2026-11-{day:02}", "services.csv", "oak", "min_age", day, day + 1)
            for day in range(1, 8)
        )
    )
    history = History(directory)
    pages = [changes_view(history, directory, AskedChanges(page=n), 3) for n in (1, 2, 3, 9, 0)]
    assert [view.page for view in pages] == [1, 2, 3, 3, 1]
    seen = [e.entry.day.day for v in pages[:3] for m in v.months for d in m.days for e in d.entries]
    assert seen == [7, 6, 5, 4, 3, 2, 1]
    assert pages[0].counted == "7 changes in 7 entries"
    assert pages[2].shown == say("changes.shown", first=7, last=7, count=7)


def test_an_empty_list_says_why(made):
    empty = made()
    nothing = History(empty)
    full = made((DAY, "services.csv", "oak", "min_age", "", "16"))
    some = History(full)

    def none(history, **asked):
        return changes_view(history, full, AskedChanges(**asked), 9).none

    assert none(nothing) == say("changes.no_history")
    assert none(some) == ""
    assert none(some, place="ICB2") == say("changes.none_icb", place="Second ICB")
    assert none(some, place="ICB2", what=What.WHO) == say("changes.none")


@given(place=st.text(), what=st.text(), month=st.text(), page=st.text(max_size=6))
def test_whatever_an_address_asks_for_is_known_or_left_out(place, what, month, page):
    history = History(replace(world.directory(ROWS), folder=Path("no-such-folder")))
    asked = asked_for(history, place, what, month, page)
    assert not asked.place or history.is_place(asked.place)
    assert asked.month == ""
    assert 0 <= asked.page < 10_000
