"""What must hold of every row of the real directory, because people act on it."""

from __future__ import annotations

import pytest

from mmhs_finder.directory import DATA, load_directory
from mmhs_finder.directory.models import (
    Audience,
    LocationKind,
    Pathway,
    PathwayOffer,
    PhoneStatus,
    ServiceKind,
)
from mmhs_finder.directory.ways import number_for_referrers
from mmhs_finder.hours import opening_at, problem_with_hours
from mmhs_finder.nation import Nation
from tests.made_up.reach import email, phone

DIRECTORY = load_directory(DATA)
SERVICES = [pytest.param(service, id=service.id) for service in DIRECTORY.services.values()]
LINES = [pytest.param(line, id=line.id) for line in DIRECTORY.national]


@pytest.mark.parametrize("service", SERVICES)
def test_no_parent_sees_an_unconfirmed_or_professional_contact(service):
    if phone(service):
        assert service.phone_audience is Audience.PUBLIC
        assert service.phone_status is PhoneStatus.CONFIRMED
    if service.phone_status is PhoneStatus.CHECK:
        assert not phone(service)
        assert not number_for_referrers(service)
    if service.phone_audience is Audience.PROFESSIONAL:
        assert not phone(service)
    if service.email_audience is not Audience.PUBLIC:
        assert not email(service)


@pytest.mark.parametrize("service", SERVICES)
def test_a_head_office_is_never_a_place_to_go_to(service):
    if service.location_kind is LocationKind.PROVIDER_OFFICE:
        assert not service.is_real_base
        assert not service.postcode
    if service.is_real_base:
        assert service.location_kind in (LocationKind.SERVICE_BASE, LocationKind.HOSPITAL_SITE)
        assert not service.office_postcode


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_has_a_source_and_a_date(service):
    assert service.source_urls or "Copies read:" in service.curator_notes
    assert service.checked_on.year >= 2026


@pytest.mark.parametrize("service", SERVICES)
def test_hours_can_be_worked_out(service):
    if service.hours_osm:
        assert problem_with_hours(service.hours_osm) == ""
        assert service.hours_text


@pytest.mark.parametrize("line", LINES)
def test_a_national_line_shows_confirmed_numbers_only(line):
    assert not phone(line) or line.phone_status is PhoneStatus.CONFIRMED
    assert bool(phone(line)) == (line.phone_status is PhoneStatus.CONFIRMED)


@pytest.mark.parametrize("line", LINES)
def test_domestic_abuse_is_never_among_other_help(line):
    assert ("domestic_abuse" in line.pathways) == (line.kind == "domestic_abuse")
    if line.kind == "domestic_abuse":
        assert line.pathways == ("domestic_abuse",)


@pytest.mark.parametrize("line", LINES)
def test_hours_of_national_lines_can_be_worked_out(line):
    assert not line.phone_hours_osm or problem_with_hours(line.phone_hours_osm) == ""


@pytest.mark.parametrize("criteria", [pytest.param(c, id=i) for i, c in DIRECTORY.criteria.items()])
def test_criteria_are_of_an_mmhs_and_have_an_answer_for_each_pathway(criteria):
    assert DIRECTORY.services[criteria.service_id].kind is ServiceKind.MMHS
    assert all(criteria.offers(pathway) in tuple(PathwayOffer) for pathway in Pathway)


def test_every_council_is_served_by_an_mmhs_or_listed_as_a_gap():
    split = {area.parent for area in DIRECTORY.areas.values()} - {""}
    for code in set(DIRECTORY.areas) - split:
        mmhs = [s for s, _ in DIRECTORY.serving(code) if s.kind is ServiceKind.MMHS]
        known = bool(mmhs) or bool(DIRECTORY.closed(code))
        assert known != (code in DIRECTORY.gaps), code


def test_crisis_lines_are_open_day_and_night_or_have_hours(noon):
    samaritans = next(line for line in DIRECTORY.national if line.phone == "116 123")
    assert phone(samaritans)
    assert opening_at(samaritans.phone_hours_osm, Nation.ENGLAND, noon).always


def test_devolved_rows_are_outside_england():
    assert Nation.ENGLAND not in {row.nation for row in DIRECTORY.devolved}
