"""The finder on the made-up directory and real postcodes: the right service, nobody turned away."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from itertools import combinations

import pytest
from geopy.exc import GeocoderUnavailable
from geopy.location import Location
from hypothesis import given
from hypothesis import strategies as st

from mmhs_finder.answers.finding import MOST_FROM_ANYWHERE, Finder
from mmhs_finder.answers.national import NationalHelp
from mmhs_finder.answers.suited import situation
from mmhs_finder.answers.types import Outcome
from mmhs_finder.directory.freshness import is_old
from mmhs_finder.directory.models import Pathway, PhoneStatus, ServiceKind, Status
from mmhs_finder.hours import LONDON
from mmhs_finder.nation import Nation
from mmhs_finder.postcodes import NotAPostcode, UnknownPostcode
from mmhs_finder.postcodes.precision import Precision
from mmhs_finder.render.json import answer_json
from mmhs_finder.views.answer import answer_view
from mmhs_finder.views.notices import notice_text
from tests.made_up.reach import phone
from tests.suggested import areas_of

PLACES = ("CT1 3NG", "NR1 3RU", "RG12 2UT", "FY1 1AD", "HU3 2JZ", "ST4 1HH", "TS24 7BT")
"""One for each outcome in England."""
SUNDAY_NIGHT = datetime(2026, 11, 22, 3, 0, tzinfo=LONDON)
NEEDS = [c for n in range(len(Pathway) + 1) for c in combinations(Pathway, n)]


def names(finder: Finder, text: str) -> list[str]:
    return [m.service.id for m in finder.find(finder.place(text)).mmhs]


def codes(answer) -> set[str]:
    return {n.code for n in answer.notices}


def test_a_covered_place_has_its_one_service(finder):
    answer = finder.find(finder.place("ct1 3ng"), [Pathway.LOSS], SUNDAY_NIGHT)
    assert answer.outcome is Outcome.ONE_SERVICE
    (match,) = answer.mmhs
    assert match.service.id == "harbour"
    assert answer.place.council == "Canterbury"
    assert answer.place.areas[0].icb_2026 == "NHS Kent and Medway"
    assert not match.opening.known, "its only number is for professionals"
    assert match.distance_km is None, "only a head office is known"


def test_a_shared_council_shows_both_and_says_what_decides(finder):
    answer = finder.find(finder.place("RG12 2UT"))
    assert answer.outcome is Outcome.SEVERAL_SERVICES
    assert [m.service.id for m in answer.mmhs] == ["birch", "rowan"]
    assert codes(answer) == {"shared_area", "inferred"}


def test_a_service_of_which_only_a_name_is_known_is_named_and_has_no_card(finder):
    """A card with a name and five blanks would say nothing."""
    answer = finder.find(finder.place("ST4 1HH"))
    assert answer.outcome is Outcome.NONE_PUBLISHED
    assert codes(answer) == {"name_only", "none_published"}
    (named,) = [n for n in answer.notices if n.code == "name_only"]
    assert named.values["names"] == ("Ivy Maternal Mental Health Service",)
    assert not answer.mmhs


def test_an_area_without_a_public_page_still_gets_next_steps(finder):
    answer = finder.find(finder.council("E06000001"))
    assert answer.outcome is Outcome.NONE_PUBLISHED
    assert answer.mmhs == ()
    assert answer.routes and answer.national and answer.urgent
    assert [m.service.id for m in answer.neighbours] == ["larch"]
    assert codes(answer) == {"none_published"}


@pytest.mark.slow
def test_a_service_that_may_not_be_running_is_never_simply_open(finder):
    answer = finder.find(finder.council("E06000009"))
    assert [m.service.id for m in answer.mmhs] == ["lime"]
    assert answer.outcome is Outcome.UNCONFIRMED
    assert codes(answer) == {"unconfirmed", "inferred"}


def test_her_service_has_closed(finder):
    """Named with who says so; never as a service, nor as a neighbour's."""
    answer = finder.find(finder.place("HU3 2JZ"), [Pathway.LOSS])
    assert answer.outcome is Outcome.CLOSED
    assert [s.id for s in answer.closed] == ["holly"]
    assert codes(answer) == {"closed"} and not answer.mmhs
    beside = finder.find(finder.council("E06000011"))
    assert beside.outcome is Outcome.NONE_PUBLISHED
    assert "holly" not in {m.service.id for m in beside.neighbours}


@pytest.mark.parametrize(
    ("text", "nation", "line"),
    [
        ("EH1 1YZ", Nation.SCOTLAND, "scotland-line"),
        ("CF10 1EP", Nation.WALES, "nhs-111-wales"),
        ("BT1 5GS", Nation.NORTHERN_IRELAND, "ireland-line"),
    ],
)
def test_other_nations_get_their_own_services(finder, text, nation, line):
    answer = finder.find(finder.place(text))
    assert answer.outcome is Outcome.OTHER_NATION
    assert answer.place.nation is nation
    assert answer.mmhs == () == answer.neighbours
    assert answer.devolved and {d.nation for d in answer.devolved} == {nation}
    urgent = [o.support.id for o in answer.urgent]
    assert line in urgent and urgent[0] == "emergency-999"
    assert "nhs-111-option-2" not in urgent


@pytest.mark.parametrize(
    ("text", "nation"),
    [("JE2 3XP", Nation.JERSEY), ("GY1 1WR", Nation.GUERNSEY), ("IM1 3PG", Nation.ISLE_OF_MAN)],
)
def test_crown_dependencies_are_answered(finder, text, nation):
    answer = finder.find(finder.place(text))
    assert answer.place.nation is nation
    assert "crown_dependency" in codes(answer)


@pytest.mark.parametrize(
    ("lat", "lon", "council", "part"),
    [
        (52.475, 1.751, "E07000244", "E07000244-W"),
        (52.093, 1.320, "E07000244", "E07000244-R"),
        (53.962, -2.017, "E06000065", "E06000065-C"),
        (53.991, -1.537, "E06000065", "E06000065-R"),
        (54.327, -2.747, "E06000064", "E06000064-S"),
        (54.664, -2.752, "E06000064", "E06000064-E"),
    ],
)
def test_split_councils_are_told_apart_by_the_point(finder, lat, lon, council, part):
    assert finder.shapes.part_at(council, lat, lon) == part


@pytest.mark.parametrize(
    ("text", "area"),
    [("NR32 1BX", "E07000244-W"), ("IP12 1AP", "E07000244-R"), ("BD23 1JD", "E06000065-C")],
)
def test_split_councils_by_postcode(finder, text, area):
    assert [a.code for a in finder.place(text).areas] == [area]


def test_a_split_council_chosen_from_the_list_shows_all_its_parts(finder):
    place = finder.council("E07000244")
    assert {a.code for a in place.areas} == {"E07000244-W", "E07000244-R"}
    assert "split_council" in codes(finder.find(place))


def test_an_outward_code_is_an_area_answer(finder):
    place = finder.place("CT1")
    assert place.precision is Precision.OUTWARD
    assert place.label == "CT1"
    assert [a.name for a in place.areas] == ["Canterbury"]
    assert names(finder, "CT1") == ["harbour"]


def test_a_postcode_newer_than_the_index_is_answered_for_its_sector(finder):
    place = finder.place("CT1 3ZZ")
    assert place.precision is Precision.SECTOR
    assert "CT1 3." in next(notice_text(n) for n in place.notices if n.code == "coarser")


def test_an_outward_code_over_the_border_says_so(finder):
    place = finder.place("SY10")
    assert place.areas and "border" in codes(finder.find(place))


def test_a_corrected_slip_is_said(finder):
    place = finder.place("CTI 3NG")
    assert place.postcode == "CT1 3NG"
    assert "corrected" in {n.code for n in place.notices}


@pytest.mark.parametrize("text", ["", "Canterbury", "12345", "<script>", "ZZ99 9ZZ9"])
def test_what_is_not_a_postcode_gets_a_plain_message(finder, text):
    with pytest.raises((NotAPostcode, UnknownPostcode)) as caught:
        finder.place(text)
    assert caught.value.message
    assert "<" not in caught.value.message


@pytest.mark.slow
def test_self_referral_comes_first_among_the_alternatives(finder):
    answer = finder.find(finder.place("CT1 3NG"), at=SUNDAY_NIGHT)
    assert [m.service.id for m in answer.alternatives] == [
        "harbour-therapies",  # by the national rule
        "shore",
        "pier",
        "tide",
        "harbour-perinatal",
        "brook",
        "cradle",  # for a parent with her baby: last, with nothing said
        "cove",
        "unit-middle",
        "unit-west",
    ]


@pytest.mark.parametrize(
    ("text", "therapies", "perinatal"),
    [
        ("CT1 3NG", False, False),
        ("NR1 3RU", False, False),
        ("NR30 1BX", True, False),
        ("TS24 7BT", True, True),
    ],
)
@pytest.mark.slow
def test_without_a_confirmed_local_team_the_national_way_in_is_offered(
    finder, text, therapies, perinatal
):
    answer = finder.find(finder.place(text), at=SUNDAY_NIGHT)
    routes = {o.support.kind for o in answer.routes}
    assert "gp" in routes
    assert ("nhs_talking_therapies" in routes) == therapies
    assert ("perinatal_mental_health_team" in routes) == perinatal


def test_a_local_team_that_is_not_confirmed_takes_no_routes_place(finder, index):
    """Nor one that nobody can reach."""
    directory = finder.directory
    for changes in ({"status": Status.UNKNOWN}, {"website": "", "website_kind": None}):
        team = directory.services["harbour-perinatal"].model_copy(update=changes)
        other = replace(directory, services={**directory.services, team.id: team})
        answer = Finder(other, index).find(finder.place("CT1 3NG"), at=SUNDAY_NIGHT)
        assert "perinatal_mental_health_team" in {o.support.kind for o in answer.routes}, changes


@pytest.mark.parametrize("needs", NEEDS, ids=lambda n: "+".join(n) or "none")
@pytest.mark.slow
def test_every_area_and_need_has_a_next_step_that_is_open_now(finder, needs):
    for text in PLACES:
        answer = finder.find(finder.place(text), needs, SUNDAY_NIGHT)
        assert answer.national and answer.routes
        assert any(o.opening.always and phone(o.support) for o in answer.urgent)


@pytest.mark.parametrize("needs", NEEDS, ids=lambda n: "+".join(n) or "none")
@pytest.mark.parametrize("nation", list(Nation))
def test_domestic_abuse_help_is_never_shown_unasked(finder, nation, needs):
    lines = NationalHelp(finder.directory)
    shown = [
        *lines.lines(nation, situation(needs), SUNDAY_NIGHT),
        *lines.urgent(nation, SUNDAY_NIGHT),
    ]
    assert shown
    assert not [o for o in shown if "domestic_abuse" in o.support.pathways]


def test_domestic_abuse_help_is_there_when_chosen(finder):
    offers = finder.support_for("domestic_abuse", Nation.ENGLAND, SUNDAY_NIGHT)
    assert [o.support.id for o in offers] == ["abuse-line"]


def kinds(finder: Finder, text: str, *needs: Pathway) -> set[ServiceKind]:
    return {m.kind for m in finder.find(finder.place(text), needs, SUNDAY_NIGHT).alternatives}


def test_bereavement_help_is_not_shown_to_somebody_who_fears_birth(finder):
    assert ServiceKind.BEREAVEMENT in kinds(finder, "NR1 3RU")
    assert ServiceKind.BEREAVEMENT in kinds(finder, "NR1 3RU", Pathway.LOSS)
    assert ServiceKind.BEREAVEMENT not in kinds(finder, "NR1 3RU", Pathway.TOKOPHOBIA)


def test_mother_and_baby_help_is_not_shown_after_a_loss_alone(finder):
    with_a_baby = {ServiceKind.MOTHER_BABY_UNIT, ServiceKind.PARENT_INFANT}
    assert with_a_baby <= kinds(finder, "CT1 3NG", Pathway.BIRTH_TRAUMA)
    assert not with_a_baby & kinds(finder, "CT1 3NG", Pathway.LOSS)


def test_a_closed_unit_keeps_no_place_from_an_open_one(finder, index):
    """The next two stand there, not one."""

    def units(found: Finder) -> list[str]:
        answer = found.find(found.place("B1 1BB"))
        return [m.service.id for m in answer.alternatives if m.kind is ServiceKind.MOTHER_BABY_UNIT]

    directory = finder.directory
    nearest, *others = units(finder)
    assert len(others) == MOST_FROM_ANYWHERE - 1
    closed = directory.services[nearest].model_copy(update={"status": Status.CLOSED})
    left = replace(directory, services={**directory.services, nearest: closed})
    found = units(Finder(left, index))
    assert nearest not in found and len(found) == MOST_FROM_ANYWHERE
    assert set(others) < set(found)


@pytest.mark.parametrize(
    ("key", "km"), [("pier", 1.2), ("willow", 152.5), ("harbour", None), ("tide", None)]
)
def test_distance_only_to_a_real_base(finder, key, km):
    """Never to a head office, and none where no place is known."""
    place, of = finder.place("CT1 3NG"), finder.directory.services[key]
    match = finder._match(of, place, SUNDAY_NIGHT, certainty=None, areas=())
    assert (match.lat is not None) == of.is_real_base
    assert (match.office_lat is not None) == bool(of.office_postcode)
    assert match.distance_km == (km if km is None else pytest.approx(km, abs=0.1))


@pytest.mark.slow
def test_no_number_that_parents_must_not_ring_is_offered_to_them(finder):
    """Looks at the whole JSON by the raw numbers of the directory: `tests/data/` at every area."""
    rows = (*finder.directory.services.values(), *finder.directory.national)
    forbidden = {r.phone for r in rows if r.phone_status is PhoneStatus.CHECK}
    assert len(forbidden) == 3
    for text in (*PLACES, "B91 3QJ"):
        view = answer_view(finder.find(finder.place(text), at=SUNDAY_NIGHT))
        drawn = json.dumps(answer_json(view))
        assert not [number for number in forbidden if number in drawn], text


def test_curators_notes_reach_nobody(finder):
    directory = finder.directory
    assert all(s.curator_notes for s in directory.services.values())
    assert directory.gaps["E06000001"].curator_notes
    for text in PLACES:
        drawn = json.dumps(answer_json(answer_view(finder.find(finder.place(text)))))
        assert "urators" not in drawn and "never shown" not in drawn


@pytest.mark.slow
def test_neighbours_never_include_the_own_service(finder):
    """Elm's own area lies between others; Harbour serves the next council, too."""
    chelmsford = finder.find(finder.place("CM1 1GB"))
    assert [m.service.id for m in chelmsford.mmhs] == ["elm"]
    assert [m.service.id for m in chelmsford.neighbours] == ["oak", "ash"]
    assert "harbour" not in {m.service.id for m in finder.find(finder.place("CT1 3NG")).neighbours}
    everywhere = [finder.find(finder.place(text)).neighbours for text in PLACES]
    assert {m.service.kind for found in everywhere for m in found} == {ServiceKind.MMHS}


@pytest.mark.parametrize(
    ("text", "old"),
    [
        ("", False),
        ("2024", False),
        ("2024-11", False),
        ("2024-10", True),
        ("2023", True),
        ("2026-11-22", False),
    ],
)
def test_what_counts_as_old(text, old):
    assert is_old(text, date(2026, 11, 22)) is old


class Newer:
    """A geocoder that knows one postcode, and remembers what it was asked."""

    def __init__(self, raises: Exception | None = None) -> None:
        self.asked: list[str] = []
        self.raises = raises

    def geocode(self, query: str):
        self.asked.append(query)
        if self.raises:
            raise self.raises
        if query != "CT1 3ZZ":
            return None
        return Location(query, (51.27, 1.08), {"council": "E07000106"})


def test_a_newer_postcode_is_asked_for_where_the_operator_wants_it(finder, index, directory):
    newer = Newer()
    place = Finder(directory, index, newer=newer).place("CT1 3ZZ")
    assert place.precision is Precision.POSTCODE
    assert place.point == (51.27, 1.08)
    assert place.council == "Canterbury"
    assert newer.asked == ["CT1 3ZZ"]


def test_known_postcodes_and_parts_are_never_asked_for(index, directory):
    newer = Newer()
    for text in ("CT1 3NG", "CT1", "CT1 3"):
        Finder(directory, index, newer=newer).place(text)
    assert newer.asked == []


def test_when_the_geocoder_fails_the_index_answers(index, directory):
    newer = Newer(GeocoderUnavailable("down"))
    place = Finder(directory, index, newer=newer).place("CT1 3ZZ")
    assert place.precision is Precision.SECTOR


@pytest.mark.parametrize(
    ("typed", "councils"),
    [
        ("Canterbury", ["Canterbury"]),
        (" canterBURY ", ["Canterbury"]),
        ("Cantebury", ["Canterbury"]),
        ("Margate", ["Thanet"]),
        ("Bradford", ["Bradford"]),
        ("Newcastle", ["Newcastle upon Tyne", "Newcastle-under-Lyme"]),
        ("Hull", ["Kingston upon Hull, City of"]),
        ("Ca", []),
        ("", []),
        ("<script>", []),
    ],
)
def test_a_place_name_leads_to_its_councils(finder, typed, councils):
    assert [area.name for area in areas_of(finder.suggestions(typed))] == councils


@given(st.text(max_size=60))
@pytest.mark.slow
def test_any_text_is_offered_areas_each_once(finder, text):
    named = areas_of(finder.suggestions(text))
    assert len(set(named)) == len(named)
