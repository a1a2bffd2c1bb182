"""What must hold of every row of a directory, because people act on it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from mmhs_finder.curation.check import check, load_checked_directory
from mmhs_finder.directory import Directory
from mmhs_finder.directory.files import FILES, ProblemLevel, read_table
from mmhs_finder.directory.models import (
    Audience,
    LocationKind,
    PhoneStatus,
    ServiceKind,
    Status,
    UrgentStrip,
    YesNo,
)
from mmhs_finder.directory.ways import WayKind as Kind
from mmhs_finder.directory.ways import dialled, line_ways, number_for_referrers, way_of
from mmhs_finder.eligibility import Answers, Fit, assess
from mmhs_finder.hours import opening_at, problem_with_hours
from mmhs_finder.nation import Nation
from mmhs_finder.postcodes import Postcode, PostcodeIndex, UnknownPostcode
from tests.made_up.reach import email, phone


def test_the_check_has_nothing_to_say(folder: Path, index: PostcodeIndex) -> None:
    """Overdue evidence is work and no mistake."""

    def known(text: str) -> bool:
        postcode = Postcode.parse(text)
        try:
            return isinstance(postcode, Postcode) and index.locate(postcode).lat is not None
        except UnknownPostcode:
            return False

    found = check(folder, postcode_known=known)
    assert [str(p) for p in found if p.kind is not ProblemLevel.OVERDUE] == []
    assert load_checked_directory(folder).services


def test_every_row_of_every_file_is_loaded(directory: Directory) -> None:
    loaded = {
        "services.csv": directory.services,
        "mmhs_criteria.csv": directory.criteria,
        "service_areas.csv": directory.service_areas,
        "areas.csv": directory.areas,
        "area_gaps.csv": directory.gaps,
        "national_support.csv": directory.national,
        "devolved_nations.csv": directory.devolved,
        "places.csv": directory.towns,
    }
    assert set(loaded) == set(FILES)
    for file, records in loaded.items():
        assert len(records) == len(read_table(directory.folder, file)[0].rows) > 0


def test_no_parent_is_given_an_unconfirmed_or_professional_contact(directory: Directory) -> None:
    for service in directory.services.values():
        if phone(service):
            assert service.phone_audience is Audience.PUBLIC, service.id
            assert service.phone_status is PhoneStatus.CONFIRMED, service.id
            assert service.status is Status.OPEN, service.id
        if service.phone_status is PhoneStatus.CHECK:
            assert not number_for_referrers(service), service.id
        if service.email_audience is not Audience.PUBLIC:
            assert not email(service), service.id
    for line in directory.national:
        assert bool(phone(line)) == (line.phone_status is PhoneStatus.CONFIRMED), line.id


def test_a_head_office_is_never_a_place_to_go_to(directory: Directory) -> None:
    for service in directory.services.values():
        if service.location_kind is LocationKind.PROVIDER_OFFICE:
            assert not service.is_real_base and not service.postcode, service.id
        if service.is_real_base:
            assert not service.office_postcode, service.id


def test_every_service_has_a_source(directory: Directory) -> None:
    for service in directory.services.values():
        assert service.source_urls or "Copies read:" in service.curator_notes, service.id


def test_hours_can_be_worked_out_and_stand_in_words(directory: Directory) -> None:
    for service in directory.services.values():
        if service.hours_osm:
            assert problem_with_hours(service.hours_osm) == "", service.id
            assert service.hours_text, service.id
    for line in directory.national:
        assert not line.phone_hours_osm or problem_with_hours(line.phone_hours_osm) == "", line.id


def test_every_number_can_be_dialled(directory: Directory) -> None:
    for row in (*directory.services.values(), *directory.national):
        if row.phone:
            assert len(dialled(row.phone)) in (3, 6, 8, 10, 11), row.phone


def test_domestic_abuse_is_never_among_other_help(directory: Directory) -> None:
    for line in directory.national:
        chosen = line.pathways == ("domestic_abuse",)
        assert chosen == (line.kind == "domestic_abuse"), line.id
        assert chosen or "domestic_abuse" not in line.pathways, line.id


def test_the_line_that_listens_is_open_day_and_night(directory: Directory, noon: datetime) -> None:
    listening = [r for r in directory.national if r.urgent_strip is UrgentStrip.LISTENING_LINE]
    for row in listening:
        assert way_of(line_ways(row), Kind.PHONE)
        assert opening_at(row.phone_hours_osm, Nation.ENGLAND, noon).always
    assert listening


def test_criteria_are_those_of_every_mmhs_and_of_nobody_else(directory: Directory) -> None:
    assert {s.id for s in directory.services_of(ServiceKind.MMHS)} == set(directory.criteria)


@pytest.mark.parametrize("who", ["whose area is known", "who is not of the area"])
def test_nobody_who_answers_nothing_is_told_that_they_may_not(
    directory: Directory, who: str
) -> None:
    for key, criteria in directory.criteria.items():
        service = directory.services[key]
        for sure in (None,) if "not" in who else ("stated", "inferred"):
            found = assess(service, criteria, Answers(), sure)
            assert (found.outcome is Fit.MAY_NOT) == (service.status is Status.CLOSED), key
            assert all(f.source and f.reason and f.question for f in found.findings), key


def test_every_council_is_served_by_an_mmhs_or_listed_as_a_gap(directory: Directory) -> None:
    split = {area.parent for area in directory.areas.values()} - {""}
    for code in set(directory.areas) - split:
        mmhs = [s for s, _ in directory.serving(code) if s.kind is ServiceKind.MMHS]
        closed = [s for s in directory.closed(code) if s.kind is ServiceKind.MMHS]
        assert bool(mmhs or closed) != (code in directory.gaps), code


def test_every_service_reaches_a_postcode_or_takes_people_from_anywhere(
    directory: Directory, index: PostcodeIndex
) -> None:
    councils = set(index.find_many([]).council_names.tolist())
    for service in directory.services.values():
        reached = {a.parent or a.code for a, _ in directory.areas_of(service.id)} & councils
        assert reached or service.takes_from_anywhere is YesNo.YES, service.id


def test_devolved_rows_are_outside_england(directory: Directory) -> None:
    assert directory.devolved
    assert Nation.ENGLAND not in {row.nation for row in directory.devolved}
