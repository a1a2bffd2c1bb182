"""Many postcodes at once: the same answers as one by one."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from geopy.distance import geodesic
from hypothesis import given, settings
from hypothesis import strategies as st

from mmhs_finder.answers.finding import Finder
from mmhs_finder.bulk import AreaNote, Lookup, WhyNot
from mmhs_finder.directory.models import ServiceArea, ServiceKind
from mmhs_finder.directory.ways import name_only
from mmhs_finder.postcodes import Postcode, PostcodeError
from mmhs_finder.postcodes.errors import Reason
from mmhs_finder.views.bulk_columns import ADDED, area_cells
from mmhs_finder.words import say
from tests.unit.bulk.lists import converted, one


@pytest.fixture(scope="module")
def lookup(finder: Finder) -> Lookup:
    return Lookup(finder)


def test_a_row_gets_everything(lookup):
    row = one("CT1 3NG", lookup)
    assert list(row) == list(ADDED)
    assert (row["matched"], row["council"], row["council_code"]) == (
        "yes",
        "Canterbury",
        "E07000106",
    )
    assert row["icb_2024"] == row["icb_2026"] == "NHS Kent and Medway"
    assert (row["mmhs"], row["mmhs_id"]) == ("Harbour", "harbour")
    assert row["self_referral"] == "no"
    assert row["perinatal_team"] == "Harbour Perinatal Team"
    assert row["mmhs_distance_km"] == ""  # no page says where Harbour sees people
    assert row["note"] == ""


def test_many_give_the_same_as_one_by_one(lookup, finder, index):
    rng = random.Random(4)
    texts = [str(index.postcode_at(rng.randrange(len(index)))) for _ in range(1500)]
    found = lookup.find(texts)
    for row, text in enumerate(texts):
        answer = lookup.answers[found.answer[row]]
        place = finder.place(text)
        assert answer.nation == place.nation.value
        assert ((answer.area_code,) if answer.area_code else ()) == tuple(
            a.code for a in place.areas
        )
        wanted = {
            s.id
            for a in place.areas
            for s, _ in finder.directory.serving(a.code)
            if s.kind is ServiceKind.MMHS and not name_only(s, finder.directory.criteria.get(s.id))
        }
        assert {s.id for s in answer.mmhs} == wanted


@pytest.mark.slow
def test_the_parts_of_split_councils_are_those_of_a_single_search(lookup, finder, index):
    rng = np.random.default_rng(2)
    texts = [str(index.postcode_at(int(row))) for row in rng.integers(0, len(index), 60_000)]
    found = index.find_many(texts)
    codes = found.council_names[found.council]
    split = [t for t, c in zip(texts, codes, strict=True) if finder.directory.parts(c)]
    assert len(split) > 500
    answers = lookup.find(split).answer
    for text, number in zip(split, answers.tolist(), strict=True):
        assert lookup.answers[number].area_code == finder.place(text).areas[0].code
        assert lookup.answers[number].council_code == finder.place(text).council_code


def test_open_services_come_first_and_others_are_marked(lookup, finder, index):
    directory = finder.directory
    rows = (ServiceArea(service_id="lime", area_code="E06000036", certainty="stated"),)
    both = replace(directory, service_areas=(*rows, *directory.service_areas))
    row = one("RG12 2UT", Lookup(Finder(both, index)))
    assert row["mmhs"] == "Birch; Rowan; Lime (not confirmed)"
    assert row["mmhs_id"] == "birch; rowan; lime"
    assert one("FY1 1AD", lookup)["mmhs"] == "Lime (not confirmed)"


def test_a_closed_service_is_named_in_the_note_alone(lookup):
    row = one("HU3 2JZ", lookup)
    assert not row["mmhs"] and not row["mmhs_id"]
    assert "closed" in row["note"]


def test_services_of_one_row_stand_in_one_order(lookup):
    for answer in lookup.answers:
        row = dict(zip(ADDED, area_cells(answer), strict=False))
        assert len({row[c].count("; ") for c in ("mmhs", "mmhs_id", "self_referral")}) == 1


def test_an_area_without_a_published_service_says_how_to_ask(lookup):
    row = one("TS24 7BT", lookup)
    assert (row["matched"], row["mmhs"]) == ("yes", "")
    assert row["note"].startswith(say("bulk.note_none"))


def test_distance_is_geodesic_to_the_service_of_that_row(lookup, finder):
    place = finder.place("NR30 1BX")
    answer = lookup.answers[lookup.find(["NR30 1BX"]).answer[0]]
    km = geodesic(place.point, answer.bases[0]).km
    assert one("NR30 1BX", lookup)["mmhs_distance_km"] == f"{km:.1f}"
    # Elsewhere no base is known: the only one that is would be across the country.
    assert one("TR1 2HD", lookup)["mmhs_distance_km"] == ""


@pytest.mark.parametrize(
    ("text", "matched", "note"),
    [
        ("", "no", "reason_empty"),
        ("Canterbury", "no", "reason_town_or_words"),
        ("CT1", "no", "reason_part"),
        ("CT1 3", "no", "reason_part"),
        ("CT1 3ZZ", "no", "reason_unknown"),
        ("QQ1 1QQ", "no", "reason_not_uk_shape"),
        ("CT1 3NG or M1 1AE", "no", "reason_several"),
        ("BFPO 801", "no", "reason_forces"),
        ("GIR 0AA", "no", "reason_no_place"),
    ],
)
def test_a_row_that_is_not_matched_says_why(lookup, text, matched, note):
    row = one(text, lookup) if text else _blank_row(lookup)
    assert (row["matched"], row["note"]) == (matched, say(f"bulk.{note}"))
    assert row["council"] == row["mmhs"] == ""


def _blank_row(lookup: Lookup) -> dict[str, str]:
    header, row = converted(b"name,postcode\nA,\n", lookup)
    return dict(zip(header[2:], row[2:], strict=True))


@pytest.mark.parametrize(
    ("text", "nation"),
    [
        ("EH1 1YZ", "Scotland"),
        ("CF10 1EP", "Wales"),
        ("BT1 5GS", "Northern Ireland"),
        ("JE2 3XP", "Jersey"),
        ("GY1 1AA", "Guernsey"),
        ("IM1 1AA", "Isle of Man"),
    ],
)
def test_other_nations_are_named(lookup, text, nation):
    row = one(text, lookup)
    assert (row["matched"], row["note"]) == ("yes", say("bulk.note_nation", nation=nation))
    assert row["mmhs"] == ""


def test_a_corrected_postcode_says_how_it_was_read(lookup):
    row = one("CTI 3NG", lookup)
    assert (row["council"], row["note"]) == ("Canterbury", "Read as CT1 3NG.")
    assert one("12 High Street, Canterbury ct1-3ng", lookup)["note"] == ""


def test_a_corrected_postcode_of_the_islands_names_its_nation_too(lookup):
    row = one("JEI 1AA", lookup)
    assert row["matched"] == "yes"
    assert row["note"] == f"Read as JE1 1AA. {say('bulk.note_nation', nation='Jersey')}"


def test_answers_have_codes_and_no_words(lookup):
    found = lookup.find(["CTI 3NG", "Canterbury", "EH1 1YZ"])
    assert found.read_as == {0: Postcode("CT1", "3NG")}
    assert found.why_not == {1: WhyNot.TOWN_OR_WORDS}
    scotland = lookup.answers[found.answer[2]]
    assert (scotland.nation, scotland.notes) == ("Scotland", (AreaNote.NATION,))


def test_every_reason_of_the_parser_is_a_reason_here():
    assert set(get_args(Reason)) <= {str(reason) for reason in WhyNot}


def test_unknown_postcodes_are_answered_alike_whatever_came_before(finder):
    rng = random.Random(5)
    outwards = (
        "CT1",
        "BT1",
        "JE2",
        "GY9",
        "IM1",
        "BF1",
        "BX1",
        "ZE1",
        "TD15",
        "CT99",
        "GIR",
        "NPT",
    )
    texts = [
        f"{outward} {rng.randrange(10)}{rng.choice('ABDEFG')}{rng.choice('ABDEFG')}"
        for outward in outwards
        for _ in range(40)
    ]
    rng.shuffle(texts)
    together, alone = Lookup(finder), Lookup(finder)
    found = together.find(texts)
    for row, text in enumerate(texts):
        alone._around.clear()
        one = alone.find([text])
        given = one.answer[0], one.why_not.get(0), one.read_as.get(0)
        assert given == (found.answer[row], found.why_not.get(row), found.read_as.get(row)), text


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=20))
def test_any_text_gets_an_answer_as_for_one(lookup, finder, texts):
    found = lookup.find(texts)
    for row, text in enumerate(texts):
        answer = lookup.answers[found.answer[row]]
        if not answer.matched:
            assert found.why_not[row]
        else:
            assert finder.place(text).nation.value == answer.nation
        try:
            place = finder.place(text)
        except PostcodeError:
            assert not answer.matched
        else:
            assert answer.matched or place.precision != "postcode"
