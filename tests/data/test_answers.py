"""What must hold of the answer for every area, whatever stands in the directory.

Every area is asked with nothing said, and every fourth with one of the sets of needs in turn; all
areas with all sets are in `tests/audit/`.
"""

from __future__ import annotations

import json
import re
from itertools import combinations

import pytest

from mmhs_finder.answers.finding import Finder
from mmhs_finder.answers.suited import About, about_service
from mmhs_finder.answers.types import Answer, Outcome
from mmhs_finder.answers.urgent import check_strip, urgent_rows
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import VALUES, Measure
from mmhs_finder.coverage.values import Value
from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import (
    Audience,
    Pathway,
    PhoneStatus,
    ServiceKind,
    Status,
    YesNo,
)
from mmhs_finder.directory.said import may_ask_herself
from mmhs_finder.directory.ways import has_voice, line_ways, name_only, reach_of, service_ways
from mmhs_finder.eligibility import Answers, rank
from mmhs_finder.nation import Nation
from mmhs_finder.render.maps.answer import result_map
from mmhs_finder.render.registry import RENDERERS
from mmhs_finder.signposting.destinations import DESTINATIONS
from mmhs_finder.signposting.steps import next_steps
from mmhs_finder.views.answer import answer_view
from mmhs_finder.views.listing import Filters, Sort, listing, to_csv, to_json
from mmhs_finder.views.names import label
from mmhs_finder.views.sheet import referral_sheet
from mmhs_finder.words import say
from tests.made_up.reach import phone
from tests.made_up.records import SUNDAY_NIGHT, TODAY, match, offer, place

NEEDS = [c for n in range(len(Pathway) + 1) for c in combinations(Pathway, n)]
WIDEST = ("E06000065-R", "E06000013", "E06000049", "E09000012")
MOST_BYTES = 10_000
A_BABY = re.compile(
    r"mother and baby|breastfe|infant feeding|baby buddy|\bNCT\b|home-start|parent-infant"
    r"|parent and baby|family hub|children's centre|start for life|baby app",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def nothing_said(finder: Finder) -> dict[str, Answer]:
    """The answer for every area, at night, to somebody who has said nothing."""
    codes = finder.directory.areas
    return {code: finder.find(finder.council(code), (), SUNDAY_NIGHT) for code in codes}


@pytest.fixture(scope="module")
def in_turn(finder: Finder) -> dict[str, Answer]:
    """The answer for every fourth area to somebody to whom something happened."""
    return {
        code: finder.find(finder.council(code), NEEDS[1 + number % 15], SUNDAY_NIGHT)
        for number, code in enumerate(list(finder.directory.areas)[::4])
    }


@pytest.fixture(scope="module")
def both(nothing_said: dict[str, Answer], in_turn: dict[str, Answer]) -> list[tuple[str, Answer]]:
    return [*nothing_said.items(), *in_turn.items()]


# --- who is in an answer --------------------------------------------------------------------------


def test_nobody_is_left_without_a_next_step_that_is_open_now(both) -> None:
    for code, answer in both:
        assert answer.national and answer.routes, code
        assert "gp" in {o.support.kind for o in answer.routes}, code
        assert any(o.opening.always and phone(o.support) for o in answer.urgent), code


def test_the_outcome_is_what_its_services_are(nothing_said) -> None:
    for code, answer in nothing_said.items():
        running = [m.service.status is Status.OPEN for m in answer.mmhs]
        if answer.outcome in (Outcome.ONE_SERVICE, Outcome.SEVERAL_SERVICES):
            assert any(running), code
            assert (len(running) == 1) == (answer.outcome is Outcome.ONE_SERVICE), code
        elif answer.outcome is Outcome.UNCONFIRMED:
            assert running and not any(running), code
            assert "unconfirmed" in {n.code for n in answer.notices}, code
        else:
            assert not answer.mmhs, code
            assert (answer.outcome is Outcome.CLOSED) == bool(answer.closed), code


def test_a_service_that_has_closed_is_named_and_offered_to_nobody(both) -> None:
    for code, answer in both:
        offered = (*answer.mmhs, *answer.neighbours, *answer.alternatives)
        assert not [m.service.id for m in offered if m.service.status is Status.CLOSED], code
        assert bool(answer.closed) == ("closed" in {n.code for n in answer.notices}), code


def test_an_open_mmhs_of_an_area_is_in_its_answer_and_has_a_way_or_words(
    directory: Directory, nothing_said
) -> None:
    for code, answer in nothing_said.items():
        shown = {m.service.id for m in answer.mmhs}
        for service, _ in directory.serving(code):
            named = name_only(service, directory.criteria.get(service.id))
            if service.kind is ServiceKind.MMHS and service.status is Status.OPEN:
                assert service.id in shown, code
                assert not named
                told = (service.referral_note, service.referrers, service.who_for)
                assert service_ways(service) or any(told), service.id
            elif service.kind is ServiceKind.MMHS:
                assert (service.id in shown) != named, code


def test_neighbours_never_include_the_own_service(both) -> None:
    for code, answer in both:
        own = {m.service.id for m in answer.mmhs}
        assert not own & {m.service.id for m in answer.neighbours}, code
        assert all(m.service.kind is ServiceKind.MMHS for m in answer.neighbours), code


def test_what_she_can_act_on_comes_first_and_what_is_for_a_baby_last(nothing_said) -> None:
    for code, answer in nothing_said.items():
        order = [
            (
                about_service(m.service) is About.BABY,
                m.kind is ServiceKind.MOTHER_BABY_UNIT,
                reach_of(m.service),
                not may_ask_herself(m.service),
            )
            for m in answer.alternatives
        ]
        assert order == sorted(order), code


def test_without_a_confirmed_local_team_the_national_way_in_is_offered(nothing_said) -> None:
    for code, answer in nothing_said.items():
        local = {
            m.kind
            for m in answer.alternatives
            if m.service.status is Status.OPEN and service_ways(m.service)
        }
        routes = {o.support.kind for o in answer.routes}
        assert (ServiceKind.TALKING_THERAPIES in local) != ("nhs_talking_therapies" in routes), code
        perinatal = "perinatal_mental_health_team" in routes
        assert (ServiceKind.PERINATAL_TEAM in local) != perinatal, code


def test_domestic_abuse_help_is_never_shown_unasked(finder: Finder, both) -> None:
    hidden = {r.id for r in finder.directory.national if "domestic_abuse" in r.pathways}
    assert hidden
    for code, answer in both:
        shown = (*answer.national, *answer.urgent, *answer.routes)
        assert not hidden & {o.support.id for o in shown}, code
    assert {
        o.support.id
        for nation in Nation
        for o in finder.support_for("domestic_abuse", nation, SUNDAY_NIGHT)
    } == hidden


@pytest.mark.parametrize("nation", list(Nation))
def test_no_nation_is_without_urgent_help(directory: Directory, nation: Nation) -> None:
    check_strip(directory.national)
    rows = urgent_rows(directory.national, nation)
    assert has_voice(line_ways(rows[0]))
    foreign = {n.value for n in Nation} - {nation.value}
    assert not [row.id for row in rows if row.nations and {*row.nations} <= foreign]


# --- the shield -----------------------------------------------------------------------------------


def test_after_a_loss_or_a_separation_nobody_is_led_to_a_baby(finder: Finder, in_turn) -> None:
    shielded = {Pathway.LOSS, Pathway.SEPARATION}
    for code, answer in in_turn.items():
        if not shielded & {*answer.needs}:
            continue
        rows = [m.service for m in answer.alternatives]
        assert not [s.id for s in rows if about_service(s) is About.BABY], code
        answers = Answers(happened=frozenset(answer.needs))
        steps = next_steps(finder, answer, answers, rank(answer, answers))
        lines = [o.support for o in (*answer.national, *answer.routes)]
        lines += [o.support for step in steps for o in step.offers]
        assert not [r.id for r in lines if r.with_a_baby is YesNo.YES], code
        # A perinatal team goes by the name that its trust gave it.
        local = [s.name for s in rows if s.kind is not ServiceKind.PERINATAL_TEAM]
        names = [*local, *(row.name for row in lines)]
        assert not [name for name in names if A_BABY.search(name)], code


def test_help_for_one_thing_is_not_shown_for_another(in_turn) -> None:
    for code, answer in in_turn.items():
        kinds = {m.kind for m in answer.alternatives}
        assert Pathway.LOSS in answer.needs or ServiceKind.BEREAVEMENT not in kinds, code
        assert Pathway.SEPARATION in answer.needs or ServiceKind.SEPARATION not in kinds, code
        for found in answer.alternatives:
            only = found.service.only_for
            assert not only or {*only} & {*answer.needs}, (code, found.service.id)


# --- next steps -----------------------------------------------------------------------------------


def test_every_destination_has_a_row_of_its_kind(directory: Directory) -> None:
    kinds = {row.kind for row in directory.national}
    assert {kind for d in DESTINATIONS for kind in d.national} <= kinds


def test_an_area_has_steps_and_one_is_reachable_now(finder: Finder, in_turn) -> None:
    for code, answer in in_turn.items():
        answers = Answers(happened=frozenset(answer.needs))
        steps = next_steps(finder, answer, answers, rank(answer, answers))
        kinds = [step.step.value for step in steps]
        assert len(kinds) == len({*kinds}), code
        assert {"urgent", "gp"} <= {*kinds}, code
        assert all(s.say and s.what and s.title for s in steps), code
        assert any(s.open_now for s in steps), code


# --- what is drawn --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def everything(directory: Directory) -> Answer:
    """An answer with every service and every line there is."""
    rows = directory.services.values()
    found = [
        match(s, SUNDAY_NIGHT, criteria=directory.criteria.get(s.id))
        for s in rows
        if s.status is not Status.CLOSED
    ]
    return Answer(
        place=place(),
        needs=(),
        outcome=Outcome.SEVERAL_SERVICES,
        at=SUNDAY_NIGHT,
        mmhs=tuple(m for m in found if m.kind is ServiceKind.MMHS),
        alternatives=tuple(m for m in found if m.kind is not ServiceKind.MMHS),
        national=tuple(offer(row, SUNDAY_NIGHT) for row in directory.national),
        devolved=directory.devolved,
        urgent=tuple(offer(row, SUNDAY_NIGHT) for row in directory.national if row.urgent_strip),
    )


@pytest.mark.parametrize("name", RENDERERS)
def test_no_number_that_is_not_confirmed_is_drawn_anywhere(
    directory: Directory, everything: Answer, name: str
) -> None:
    rows = (*directory.services.values(), *directory.national)
    confirmed = {r.phone for r in rows if r.phone_status is PhoneStatus.CONFIRMED}
    unsure = {r.phone for r in rows if r.phone_status is PhoneStatus.CHECK} - confirmed
    drawn = RENDERERS[name](answer_view(everything)).replace("\N{NO-BREAK SPACE}", " ")
    assert not [number for number in unsure if number in drawn]
    dialled = {re.sub(r"\D", "", number) for number in unsure}
    assert not [number for number in dialled if f"tel:{number}" in drawn]


@pytest.mark.parametrize("name", RENDERERS)
def test_nothing_that_is_for_curators_is_drawn_anywhere(
    directory: Directory, everything: Answer, name: str
) -> None:
    rows = (*directory.services.values(), *directory.national, *directory.gaps.values())
    notes = {row.curator_notes[:60] for row in rows} | {d.notes[:60] for d in directory.devolved}
    drawn = RENDERERS[name](answer_view(everything))
    assert not [note for note in notes if len(note) > 20 and note in drawn]


def test_no_number_for_professionals_is_one_that_a_parent_can_press(
    directory: Directory, everything: Answer
) -> None:
    rows = directory.services.values()
    public = {phone(row) for row in (*rows, *directory.national)}
    theirs = {s.phone for s in rows if s.phone_audience is Audience.PROFESSIONAL} - public
    drawn = RENDERERS["html"](answer_view(everything))
    numbers = {re.split(" ext", number)[0].replace(" ", "") for number in theirs}
    assert not [number for number in numbers if f'href="tel:{number}' in drawn]


def test_every_service_is_listed_and_no_list_holds_an_unconfirmed_number(
    directory: Directory,
) -> None:
    listed = listing(directory, Filters(), Sort.NAME, SUNDAY_NIGHT.date())
    assert {row.id for row in listed} == set(directory.services)
    for row in listed:
        service = directory.services[row.id]
        if service.phone_status is PhoneStatus.CHECK:
            assert not row.public_phone and not row.professional_phone, row.id
        assert not row.postcode or service.is_real_base, row.id
    text = to_csv(listed).decode("utf-8-sig") + to_json(listed).decode()
    notes = [s.curator_notes for s in directory.services.values() if s.curator_notes]
    assert not [n for n in notes if n in text or json.dumps(n)[1:-1] in text]


def test_every_service_has_a_label_and_a_sheet_of_its_own(directory: Directory) -> None:
    labels = [label(service) for service in directory.services.values()]
    assert len({*labels}) == len(labels)
    for service in directory.services.values():
        sheet = referral_sheet(directory, service, today=TODAY)
        assert len({row.id for row in sheet.rows}) == len(sheet.rows), service.id
        assert all(row.heading and row.text for row in sheet.rows), service.id
        unsure = service.phone_status is PhoneStatus.CHECK
        marked = [line for line in sheet.ways if say("sheet.not_confirmed") in line.text]
        assert bool(marked) == unsure, service.id
        assert not any(line.url for line in marked), service.id
        address = sheet.row("address")
        assert address and address.published == service.is_real_base, service.id


@pytest.mark.parametrize("code", WIDEST)
def test_the_map_of_the_widest_areas_stays_small(finder: Finder, nothing_said, code) -> None:
    view = answer_view(nothing_said[code])
    made = result_map(view, finder.shapes, finder.directory, "/shapes").data()
    assert len(json.dumps(made)) < MOST_BYTES


# --- coverage -------------------------------------------------------------------------------------


def test_an_area_is_covered_by_what_is_known_to_run_and_by_nothing_else(
    directory: Directory,
) -> None:
    coverage = Coverage(directory, SUNDAY_NIGHT.date())
    for code in directory.areas:
        states = [s.status for s, _ in coverage.services(code, ServiceKind.MMHS)]
        value = coverage.value(Measure.MMHS, code)
        assert value in VALUES[Measure.MMHS], code
        if directory.parts(code):
            continue
        if Status.OPEN in states:
            assert value is Value.YES, code
        else:
            assert value is (Value.NOT_READ if states else Value.NONE_FOUND), code
    for measure in Measure:
        assert round(sum(coverage.shares(measure).rounded().values()), 6) == 100.0
