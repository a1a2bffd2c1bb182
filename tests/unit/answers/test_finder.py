"""The finder on the real directory and postcodes: the right service, and nobody turned away."""

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
from mmhs_finder.answers.suited import About, about_service, situation
from mmhs_finder.answers.types import Outcome
from mmhs_finder.directory.freshness import is_old
from mmhs_finder.directory.models import Pathway, PhoneStatus, ServiceKind, Status, WebsiteKind
from mmhs_finder.directory.said import may_ask_herself
from mmhs_finder.directory.ways import service_ways
from mmhs_finder.hours import LONDON
from mmhs_finder.nation import Nation
from mmhs_finder.postcodes import NotAPostcode, UnknownPostcode
from mmhs_finder.postcodes.precision import Precision
from mmhs_finder.render.json import answer_json
from mmhs_finder.views.answer import answer_view
from mmhs_finder.views.notices import notice_text
from tests.made_up.reach import phone

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
    assert match.service.id == "thrive-kent-medway"
    assert answer.place.council == "Canterbury"
    assert answer.place.areas[0].icb_2026 == "NHS Kent and Medway"
    assert not match.opening.known, "its only number is for professionals"
    assert match.distance_km is None, "only a head office is known"


def test_a_shared_council_shows_both_and_says_what_decides(finder, index):
    """Bracknell, if the second of its services had a page."""
    directory = finder.directory
    second = directory.services["frimley-mmhs"].model_copy(
        update={"website": "https://example.org/", "website_kind": WebsiteKind.SERVICE_PAGE}
    )
    both = replace(directory, services={**directory.services, second.id: second})
    answer = Finder(both, index).find(finder.place("RG12 2UT"))
    assert answer.outcome is Outcome.SEVERAL_SERVICES
    assert [m.service.id for m in answer.mmhs] == ["birth-in-mind-berkshire", "frimley-mmhs"]
    assert {"shared_area", "inferred"} <= codes(answer)


def test_a_service_of_which_only_a_name_is_known_is_named_and_has_no_card(finder):
    """Stoke-on-Trent: a card with a name and five blanks said nothing."""
    answer = finder.find(finder.place("ST4 1HH"))
    assert answer.outcome is Outcome.NONE_PUBLISHED
    assert {"name_only", "none_published"} <= codes(answer)
    assert not answer.mmhs


def test_an_area_without_a_public_page_still_gets_next_steps(finder):
    answer = finder.find(finder.council("E06000001"))
    assert answer.outcome is Outcome.NONE_PUBLISHED
    assert answer.mmhs == ()
    assert answer.routes and answer.national and answer.urgent and answer.neighbours
    assert "none_published" in codes(answer)


def test_a_service_that_may_not_be_running_is_never_simply_open(finder):
    for code in finder.directory.areas:
        answer = finder.find(finder.council(code))
        if answer.mmhs and not any(m.service.status is Status.OPEN for m in answer.mmhs):
            assert answer.outcome is Outcome.UNCONFIRMED
            assert "unconfirmed" in codes(answer)


def test_her_service_has_closed_hull(finder):
    """Named with who says so; never as a service, nor as a neighbour's."""
    answer = finder.find(finder.place("HU3 2JZ"), [Pathway.LOSS])
    assert answer.outcome is Outcome.CLOSED
    assert [s.id for s in answer.closed] == ["humber-north-yorkshire-mmhs"]
    assert "closed" in codes(answer) and not answer.mmhs
    for code in finder.directory.areas:
        found = finder.find(finder.council(code))
        assert all(m.service.status is not Status.CLOSED for m in (*found.mmhs, *found.neighbours))


@pytest.mark.parametrize(
    ("text", "nation", "line"),
    [
        ("EH1 1YZ", Nation.SCOTLAND, "nhs-24-mental-health-hub"),
        ("CF10 1EP", Nation.WALES, "nhs-111-wales-press-2"),
        ("BT1 5GS", Nation.NORTHERN_IRELAND, "lifeline-ni"),
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
    assert names(finder, "CT1") == ["thrive-kent-medway"]


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


def test_self_referral_comes_first_among_the_alternatives(finder):
    for code in finder.directory.areas:
        order = [
            may_ask_herself(m.service)
            for m in finder.find(finder.council(code), at=SUNDAY_NIGHT).alternatives
            if about_service(m.service) is not About.BABY  # last, with nothing said
        ]
        assert order == sorted(order, reverse=True), code


def test_without_a_confirmed_local_team_the_national_way_in_is_offered(finder):
    for code in finder.directory.areas:
        answer = finder.find(finder.council(code), at=SUNDAY_NIGHT)
        local = {
            m.kind
            for m in answer.alternatives
            if m.service.status.value == "open" and service_ways(m.service)
        }
        routes = {o.support.kind for o in answer.routes}
        assert "gp" in routes
        assert (ServiceKind.TALKING_THERAPIES in local) != ("nhs_talking_therapies" in routes)
        assert (ServiceKind.PERINATAL_TEAM in local) != ("perinatal_mental_health_team" in routes)


@pytest.mark.parametrize("needs", NEEDS, ids=lambda n: "+".join(n) or "none")
def test_every_area_and_need_has_a_next_step_that_is_open_now(finder, needs):
    for code in finder.directory.areas:
        answer = finder.find(finder.council(code), needs, SUNDAY_NIGHT)
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
    assert "national-domestic-abuse-helpline" in [o.support.id for o in offers]
    assert {o.support.kind for o in offers} == {"domestic_abuse"}


def test_bereavement_help_is_not_shown_to_somebody_who_fears_birth(finder):
    for code in finder.directory.areas:
        answer = finder.find(finder.council(code), [Pathway.TOKOPHOBIA], SUNDAY_NIGHT)
        assert ServiceKind.BEREAVEMENT not in {m.kind for m in answer.alternatives}


def test_mother_and_baby_help_is_not_shown_after_a_loss_alone(finder):
    for code in finder.directory.areas:
        answer = finder.find(finder.council(code), [Pathway.LOSS], SUNDAY_NIGHT)
        kinds = {m.kind for m in answer.alternatives}
        assert not kinds & {ServiceKind.MOTHER_BABY_UNIT, ServiceKind.PARENT_INFANT}


def test_a_closed_unit_keeps_no_place_from_an_open_one(finder, index):
    """Birmingham, if its own unit were closed: the next two stand there, not one."""

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


def test_distance_only_to_a_real_base(finder):
    seen = 0
    for service in finder.directory.services.values():
        code = finder.directory.areas_of(service.id)
        if not code:
            continue
        place = finder.place("CT1 3NG")
        match = finder._match(service, place, SUNDAY_NIGHT, certainty=None, areas=())
        assert (match.distance_km is not None) == (match.lat is not None)
        assert match.lat is None or service.is_real_base
        seen += match.lat is not None
    assert seen > 30


def test_no_number_that_parents_must_not_ring_is_offered_to_them(finder):
    """Looks at the whole JSON of every area, by the raw numbers of the directory."""
    forbidden = {
        s.phone
        for s in finder.directory.services.values()
        if s.phone and s.phone_status is PhoneStatus.CHECK
    } | {
        r.phone
        for r in finder.directory.national
        if r.phone and r.phone_status is PhoneStatus.CHECK
    }
    public = {phone(s) for s in finder.directory.services.values()} | {
        phone(r) for r in finder.directory.national
    }
    forbidden -= public
    assert forbidden
    for code in finder.directory.areas:
        view = answer_view(finder.find(finder.council(code), at=SUNDAY_NIGHT))
        text = json.dumps(answer_json(view))
        for number in forbidden:
            assert f'"{number}"' not in text, (code, number)


def test_curators_notes_reach_nobody(finder):
    notes = [
        s.curator_notes[:60] for s in finder.directory.services.values() if s.curator_notes
    ] + [g.curator_notes[:60] for g in finder.directory.gaps.values()]
    for code in list(finder.directory.areas)[::10]:
        text = json.dumps(
            answer_json(answer_view(finder.find(finder.council(code)))), ensure_ascii=False
        )
        assert not [n for n in notes if n in text]


def test_neighbours_never_include_the_own_service(finder):
    for code in finder.directory.areas:
        answer = finder.find(finder.council(code))
        own = {m.service.id for m in answer.mmhs}
        assert not own & {m.service.id for m in answer.neighbours}
        assert all(m.service.kind is ServiceKind.MMHS for m in answer.neighbours)


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
        ("London", []),
        ("Ca", []),
        ("", []),
        ("<script>", []),
    ],
)
def test_a_place_name_leads_to_its_councils(finder, typed, councils):
    assert [area.name for area in finder.councils_named(typed)] == councils


@given(st.text(max_size=60))
def test_any_text_names_at_most_three_councils(finder, text):
    assert len(finder.councils_named(text)) <= 3
