"""What is other between two states of the directory, in words that a manager reads."""

from __future__ import annotations

import pytest

from mmhs_finder.directory.cells import columns_of, parse_cell
from mmhs_finder.directory.changes import NEW_ROW, ROW_REMOVED, Change
from mmhs_finder.directory.comparing import Differences
from mmhs_finder.directory.files import FILES
from mmhs_finder.directory.models import FurtherNeed, Pathway, PathwayOffer, SelfReferral, Status
from mmhs_finder.directory.public_changes import PUBLIC_COLUMNS
from mmhs_finder.views.differences import difference_views
from mmhs_finder.views.history import ABOUT
from mmhs_finder.views.names import label
from tests.made_up import world
from tests.made_up.records import criteria, line, service

OAK = service(id="oak", name="Oak", phone="01632 960002", phone_audience="professional")
NOTHING = "we had nothing there before"


def holding(file, column, value, of=OAK):
    """A directory in which that stands in Oak's row."""
    rules, call = criteria(service_id="oak"), line(id="oak")
    rows = {"services.csv": of, "mmhs_criteria.csv": rules, "national_support.csv": call}
    if column in FILES[file].model_fields and value:
        cell = parse_cell(value, columns_of(FILES[file])[column])
        rows[file] = rows[file].model_copy(update={column: cell})
    of, rules, call = rows.values()
    return world.directory([of], criteria=[rules], national=[call])


@pytest.fixture
def told():
    """The sentences of one change of Oak's, each (column, old, new[, file])."""

    def sentences(column, old, new, file="services.csv", of=OAK):
        directory = holding(file, column, "" if new == ROW_REMOVED else new, of)
        found = Differences((Change("", file, "oak", column, old, new),), {})
        return [line for view in difference_views(directory, found) for line in view.lines]

    return sentences


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            ("self_referral", "unknown", "yes"),
            "parents can now contact it themselves (was: we had not seen whether they can)",
        ),
        (
            ("self_referral", "yes", "no"),
            "somebody else has to refer parents now (was: they could)",
        ),
        (("status", "open", "closed"), "it has closed (was: running)"),
        (
            ("new_referrals", "", "no"),
            "it takes no new people now (was: we had not seen whether it does)",
        ),
        (
            ("loss", "unknown", "yes", "mmhs_criteria.csv"),
            "it now helps with loss of a baby or pregnancy "
            "(was: we had not seen whether it helps with loss of a baby or pregnancy)",
        ),
        (("min_age", "", "18"), f"Youngest age: 18 ({NOTHING})"),
        (("website", "https://example.org/a", ""), "Page: taken out (was: https://example.org/a)"),
        (("hours_text", "Mondays", "Fridays"), "Hours: Fridays (was: Mondays)"),
        (("referrers", "gp", "gp;midwife"), "your GP; your midwife (was: your GP)"),
        (("(new row)", "", "Oak"), "it is new in the list"),
        (("id", "oak", ROW_REMOVED), "it was taken out of the list"),
    ],
)
def test_a_change_is_told_with_what_it_was(told, change, sentence):
    (found,) = told(*change)
    assert found.endswith(sentence)


def test_a_number_that_is_not_confirmed_is_not_told(told):
    (found,) = told("phone", "01632 960001", "01632 960002")
    assert "960" not in found and "is not shown here" in found


def test_a_number_for_professionals_is_called_one(told):
    sure = OAK.model_copy(update={"phone_status": "confirmed"})
    (found,) = told("phone", "01632 960001", "01632 960002", of=sure)
    assert "for people who refer: 01632 960002 (was: 01632 960001)" in found


def test_a_text_with_a_number_is_not_told(told):
    (found,) = told("referral_note", "", "Ring 01632 960001")
    assert "960" not in found


def test_notes_are_not_told_and_a_blank_that_became_unknown_is_no_difference(told):
    assert told("curator_notes", "a", "b") == []
    assert told("consent_required", "", "unknown") == []
    assert told("separation_illness", "unknown", "", "mmhs_criteria.csv") == []


@pytest.mark.parametrize(
    ("column", "values", "file"),
    [
        ("self_referral", SelfReferral, "national_support.csv"),
        ("status", Status, "services.csv"),
        ("new_referrals", ("yes", "no", "unknown"), "services.csv"),
        *((need.value, PathwayOffer, "mmhs_criteria.csv") for need in (*Pathway, *FurtherNeed)),
    ],
)
def test_every_value_has_its_sentence(column, values, file):
    for old in values:
        for new in values:
            directory = holding(file, column, new)
            found = Differences((Change("", file, "oak", column, old, new),), {})
            assert bool(difference_views(directory, found)) == (old != new)


def test_every_column_that_is_told_has_a_name():
    for columns in PUBLIC_COLUMNS.values():
        assert columns <= ABOUT.keys()


def test_what_files_say_of_one_service_stands_under_its_name():
    directory = world.directory([OAK], national=[line(id="call", name="Birch Line")])
    found = Differences(
        (
            Change("", "services.csv", "oak", "min_age", "", "18"),
            Change("", "mmhs_criteria.csv", "oak", "severity", "", "any"),
            Change("", "service_areas.csv", "oak", "certainty (E01)", "", "stated"),
            Change("", "service_areas.csv", "oak", "area_code (E02)", "E02", ROW_REMOVED),
            Change("", "national_support.csv", "call", "cost", "", "free"),
            Change("", "services.csv", "gone", "id", "gone", ROW_REMOVED),
            Change("", "devolved_nations.csv", "Wales/A/B", NEW_ROW, "", "B"),
        ),
        {("services.csv", "gone"): "Gone", ("national_support.csv", "call"): "Birch Line"},
    )
    views = difference_views(directory, found)
    assert [view.name for view in views] == [label(OAK), "Birch Line", "Gone", "Wales/A/B"]
    assert [len(view.lines) for view in views] == [4, 1, 1, 1]
    assert views[0].lines[3] == "Middleshire is no longer one of its areas"
