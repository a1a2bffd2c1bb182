"""What is known of one council, ICB or region: each section on a map of six areas."""

from __future__ import annotations

from datetime import date

import pytest

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import GRADED, HELP_MEASURES, Measure
from mmhs_finder.coverage.values import Level, Value
from mmhs_finder.coverage.wording import measure_words, nearest_words, value_words
from mmhs_finder.directory.models import Pathway, ServiceKind, Status
from mmhs_finder.places.shapes import AreaShapes
from mmhs_finder.planning.workforce import workforce
from mmhs_finder.views.area_report import (
    AreaReport,
    ReportFact,
    ReportItem,
    ReportLink,
    ReportSection,
    area_report,
)
from mmhs_finder.views.sources import source_links
from mmhs_finder.views.status import closed_text
from mmhs_finder.views.wording import sentence
from mmhs_finder.words import join_words, number, plain_date, say
from tests.made_up import world
from tests.made_up.records import criteria, line, service

TODAY = date(2026, 11, 24)
PATHWAYS = [p.value for p in Pathway]
PARTS = ("coverage", "need", "gaps", "workforce", "services", "neighbours", "sources")
HELP, NEED, GAPS, STAFF, SERVICES, NEXT, SOURCES = PARTS

FIGURES = {  # births, women, deprivation
    "E01": (100, 5000, 20.25),
    "E02": (300, 9000, 10.0),
    "E03": (200, 9000, None),
    "E04": (100, 4000, 30.5),
    "E05": (1000, 1234, 25.0),
}
AREAS = tuple(
    a.model_copy(
        update={
            "births_year_to_mid_2020": FIGURES[a.code][0],
            "women_15_44_mid_2021": FIGURES[a.code][1],
            "imd_2025_average_score": FIGURES[a.code][2],
        }
    )
    if a.code in FIGURES
    else a
    for a in world.AREAS
)


def offers(key: str, *helps: str):
    return criteria(service_id=key, **dict.fromkeys(helps, "yes"))


def coverage(services=(), serves=(), said=(), areas=AREAS) -> Coverage:
    found = [service(id=s, name=f"Service {s}") if isinstance(s, str) else s for s in services]
    made = world.directory(found, serves, criteria=said, areas=areas, national=[line()])
    return Coverage(made, TODAY)


def report(of: Coverage, code: str, level: Level = Level.COUNCIL) -> AreaReport:
    return area_report(of, AreaShapes(of.directory.shapes(detail=True)), of.at(level, code))


def section(of: Coverage, which: str, code: str, level: Level = Level.COUNCIL) -> ReportSection:
    heading = say(f"area_report.{which}")
    return next(s for s in report(of, code, level).sections if s.heading == heading)


def facts(of: ReportSection) -> dict[str, str]:
    assert len({f.term for f in of.facts}) == len(of.facts)
    return {f.term: f.text for f in of.facts}


ONE = coverage(["a"], [("a", "E01")], [offers("a", *PATHWAYS)])
"""Westshire has everything, and nobody else has anything."""


# --- the whole ------------------------------------------------------------------------------------


def test_the_sections_in_their_order():
    found = report(ONE, "E01")
    assert found.name == "Westshire"
    assert found.title == say("area_report.title", name="Westshire")
    assert found.printed == say("area_report.printed")
    assert [s.heading for s in found.sections] == [say(f"area_report.{key}") for key in PARTS]
    assert found.sections[6].note == " ".join(
        (
            say("coverage.file_date", date=plain_date("2026-11-22")),
            say("coverage.file_sources"),
            say("coverage.file_licence"),
            sentence(say("coverage.file_caution")),
        )
    )


def test_an_area_that_is_not_of_the_level_has_no_report():
    with pytest.raises(KeyError):
        report(ONE, "E01", Level.REGION)


@pytest.mark.parametrize(
    ("level", "code", "where"),
    [
        (
            Level.COUNCIL,
            "E01",
            say("area_report.level_council", icb="First ICB", region="Midlands"),
        ),
        (
            Level.COUNCIL,
            "E05a",
            say("area_report.level_part", parent="Splitshire", icb="First ICB", region="Midlands"),
        ),
        (Level.ICB, "ICB2", say("area_report.level_icb", region="London")),
        (Level.REGION, "London", say("area_report.level_region")),
    ],
)
def test_it_says_what_kind_of_area_it_is_and_in_which_others_it_lies(level, code, where):
    assert report(ONE, code, level).where == where


def test_an_icb_over_two_regions():
    areas = (AREAS[0], AREAS[1].model_copy(update={"region": "London"}))
    assert report(coverage(areas=areas), "ICB1", Level.ICB).where == (
        say("area_report.level_icb_none")
    )


# --- help -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["E01", "E02", "E05"])
def test_the_help_of_a_council_is_a_value_for_each_measure(code):
    found = section(ONE, HELP, code)
    assert found.facts == tuple(
        ReportFact(measure_words(m), value_words(m, ONE.value(m, code))) for m in Measure
    )
    assert (found.text, found.items, found.note) == ("", (), "")


def test_a_yes_that_rests_on_an_inferred_area_says_so():
    of = coverage(["a"], [("a", "E01", "inferred")], [offers("a", "loss")])
    found = facts(section(of, HELP, "E01"))
    yes = value_words(Measure.LOSS, Value.YES)
    assert found[measure_words(Measure.LOSS)] == f"{yes} ({say('coverage.inferred')})"
    other = found[measure_words(Measure.TOKOPHOBIA)]
    assert other == value_words(Measure.TOKOPHOBIA, of.value(Measure.TOKOPHOBIA, "E01"))


def test_the_help_of_an_icb_says_for_which_share_of_births():
    said = [offers("a", "loss"), criteria(service_id="b", loss="no")]
    of = coverage(["a", "b"], [("a", "E01"), ("b", "E02")], said)
    found = facts(section(of, HELP, "ICB1", Level.ICB))
    # Of 1400 births 100 are a yes, 300 a published no; for 1000 no service was found. The three
    # add up to 100.0 by the largest remainders, so 7.14 is said as 7.2.
    assert found[measure_words(Measure.LOSS)] == say(
        "area_report.coverage_shares",
        value=value_words(Measure.LOSS, Value.PART),
        yes="7.2",
        unknown="71.4",
    )
    assert found[measure_words(Measure.MMHS)] == say(
        "area_report.coverage_shares",
        value=value_words(Measure.MMHS, Value.PART),
        yes="28.6",
        unknown="71.4",
    )
    for measure in Measure:
        row = of.row(Level.ICB, measure, "ICB1")
        graded = found[measure_words(measure)] == value_words(measure, row.value)
        assert graded == (measure in GRADED)


def test_unknown_shares_are_those_not_published_not_read_and_not_found_together():
    part = service(id="part", read="part")
    of = coverage(["silent", part], [("silent", "E01"), ("part", "E02")])
    found = facts(section(of, HELP, "Midlands", Level.REGION))
    assert found[measure_words(Measure.LOSS)] == say(
        "area_report.coverage_shares",
        value=value_words(Measure.LOSS, of.row(Level.REGION, Measure.LOSS, "Midlands").value),
        yes="0.0",
        unknown="100.0",
    )


# --- need and staff -------------------------------------------------------------------------------


def place(value: str, rank: int, count: int = 5) -> str:
    return say("area_report.place", value=value, rank=rank, count=count)


BIRTHS, WOMEN, POOR = (say(f"area_report.{key}") for key in ("births", "women", "imd"))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("E01", {BIRTHS: place("100", 4), WOMEN: place("5,000", 3), POOR: place("20.2", 3)}),
        ("E02", {BIRTHS: place("300", 2), WOMEN: place("9,000", 1), POOR: place("10.0", 4)}),
        ("E03", {BIRTHS: place("200", 3), WOMEN: place("9,000", 1)}),
        ("E05", {BIRTHS: place("1,000", 1), WOMEN: place("1,234", 5), POOR: place("25.0", 2)}),
    ],
)
def test_the_need_of_a_council_with_its_place_among_all(code, expected):
    found = section(ONE, NEED, code)
    assert facts(found) == expected
    assert list(facts(found)) == list(expected)
    assert (found.text, found.items, found.note) == ("", (), "")


def test_a_council_without_a_figure_stands_before_none():
    figures = {"imd_2025_average_score": 0.5, "women_15_44_mid_2021": None}
    least = AREAS[0].model_copy(update=figures)
    found = facts(section(coverage(areas=(least, AREAS[2])), NEED, "E01"))
    assert found == {BIRTHS: place("100", 2, 2), POOR: place("0.5", 1, 2)}


def test_the_need_of_an_icb_has_no_place_and_no_deprivation():
    assert facts(section(ONE, NEED, "ICB2", Level.ICB)) == {BIRTHS: "300", WOMEN: "13,000"}


@pytest.mark.parametrize("which", [NEED, STAFF])
def test_of_a_part_of_a_council_no_figures_are_published(which):
    found = section(ONE, which, "E05a")
    heading = say("area_report.need") if which == NEED else say("area_report.workforce")
    assert found == ReportSection(heading, say("area_report.no_figures"))


def test_the_staff_that_its_births_need():
    found = section(ONE, STAFF, "E05")
    need = workforce(1000)
    bands = {band.id: number(band.wte, 1) for band in need.bands}
    assert facts(found) == {
        say("area_report.workforce_births"): "1,000",
        say("area_report.workforce_adjusted"): number(need.adjusted_births),
        say("area_report.workforce_cases"): number(need.cases),
        say("area_report.workforce_high"): number(need.high_cases),
        say("area_report.workforce_low"): number(need.low_cases),
        say("area_report.workforce_wte"): say(
            "area_report.workforce_posts", all=number(need.wte, 1), **bands
        ),
    }
    assert found.note == say("area_report.workforce_note")
    assert found.text == ""


# --- gaps -----------------------------------------------------------------------------------------


def test_where_all_help_is_known_there_are_no_gaps():
    every = service(id="a", self_referral="yes")
    of = coverage([every], [("a", "E01")], [offers("a", *PATHWAYS)])
    heading, none = say("area_report.gaps"), say("area_report.gaps_all")
    assert section(of, GAPS, "E01") == ReportSection(heading, none)


def test_each_gap_of_a_council_with_the_nearest_that_is_known():
    of = coverage(["a", "b"], [("a", "E01"), ("b", "E02")], [offers("a", "loss", "tokophobia")])
    found = section(of, GAPS, "E02")
    assert found.text == ""
    measures = [m for m in HELP_MEASURES if m not in (Measure.ALL_FOUR, Measure.ANY)]
    assert [item.text for item in found.items] == [
        say(
            "area_report.gaps_line",
            what=measure_words(m),
            value=value_words(m, of.value(m, "E02")).lower(),
            nearest=nearest_words(*of.nearest(m).get("E02", (None, None))),
        )
        for m in measures
    ]
    near = found.items[measures.index(Measure.LOSS)].text
    assert "Westshire" in near
    assert "Service a" in near
    far = found.items[measures.index(Measure.SEPARATION)].text
    assert say("coverage.nearest_none") in far
    assert all(item.links == () and item.after == item.whose == "" for item in found.items)


def test_a_part_of_a_council_is_as_near_as_its_council():
    found = [item.text for item in section(ONE, GAPS, "E05a").items]
    nearest = nearest_words(*ONE.nearest(Measure.LOSS)["E05"])
    assert "Westshire" in nearest
    assert [text for text in found if measure_words(Measure.LOSS) in text] == [
        say(
            "area_report.gaps_line",
            what=measure_words(Measure.LOSS),
            value=value_words(Measure.LOSS, Value.NONE_FOUND).lower(),
            nearest=nearest,
        )
    ]


def loss_gap(of: Coverage, code: str, level: Level) -> str:
    (found,) = [
        i.text
        for i in section(of, GAPS, code, level).items
        if i.text.startswith(f"{measure_words(Measure.LOSS)}. ")
    ]
    return found


def gap_words(*names: str) -> str:
    text = say("area_report.gaps_parts", areas=", ".join(names))
    return f"{measure_words(Measure.LOSS)}. {text}"


def test_the_gaps_of_a_region_name_its_councils_those_with_most_births_first():
    assert loss_gap(ONE, "Midlands", Level.REGION) == gap_words("Splitshire", "Middleshire")
    assert loss_gap(ONE, "ICB2", Level.ICB) == gap_words("Eastshire", "Farshire")


@pytest.mark.parametrize("count", [12, 13, 15])
def test_no_more_than_twelve_names(count):
    areas = [
        world.area(f"X{n:02}", f"Place {n:02}", births_year_to_mid_2020=None if n == 0 else n)
        for n in range(count)
    ]
    names = [f"Place {n:02}" for n in reversed(range(count))]
    more = [say("names.more", count=count - 12)] if count > 12 else []
    of = coverage(areas=areas)
    assert loss_gap(of, "ICB1", Level.ICB) == gap_words(*names[:12], *more)


# --- services -------------------------------------------------------------------------------------


def items(of: Coverage, code: str, level: Level = Level.COUNCIL) -> tuple[ReportItem, ...]:
    found = section(of, SERVICES, code, level)
    assert found.text == ("" if found.items else say("area_report.services_none"))
    return found.items


def test_without_a_service_it_says_that_no_page_was_found():
    assert items(ONE, "E02") == ()


def test_a_service_with_its_pages_and_how_new_they_are():
    pages = ("https://a.example/one", "javascript:alert(1)", "https://b.example/two")
    mine = service(id="a", name="Willow", source_urls=pages, source_date="2026-03")
    of = coverage([mine], [("a", "E01")])
    links = source_links([pages[0], pages[2]])
    assert items(of, "E01") == (
        ReportItem(
            "Willow, Made Up Trust.",
            tuple(ReportLink(name, url) for name, url in links),
            say("source.newest", date=plain_date("2026-03")),
            "Willow",
        ),
    )


def test_a_service_without_a_provider_or_a_date_that_nobody_could_confirm():
    mine = service(id="a", name="Elm", provider="", source_date="", status=Status.UNKNOWN)
    (found,) = items(coverage([mine], [("a", "E01")]), "E01")
    assert found.text == f"Elm ({say('area_report.unconfirmed')})."
    assert (found.after, found.whose) == ("", "Elm")


def test_closed_services_come_last_and_are_no_service():
    closed = service(id="old", name="Old", status=Status.CLOSED, closed_said_by="a report")
    of = coverage([closed, "a"], [("old", "E01"), ("old", "E02"), ("a", "E01")])
    assert [i.text for i in items(of, "E01")] == [
        "Service a, Made Up Trust.",
        closed_text(closed),
    ]
    assert items(of, "E02") == (ReportItem(closed_text(closed)),)


def test_the_services_of_a_split_council_are_those_of_its_parts_each_once():
    serves = [("up", "E05a"), ("both", "E05a"), ("both", "E05b"), ("low", "E05b")]
    of = coverage(["both", "low", "up"], serves)
    names = [i.whose for i in items(of, "E05")]
    assert sorted(names) == ["Service both", "Service low", "Service up"]
    assert {i.whose for i in items(of, "E05a")} == {"Service both", "Service up"}
    assert {i.whose for i in items(of, "ICB1", Level.ICB)} == {*names}


def test_only_maternal_mental_health_services_are_listed():
    other = service(id="other", name="Other", kind=ServiceKind.PERINATAL_TEAM)
    of = coverage([other, "a"], [("other", "E01"), ("a", "E01"), ("other", "E02")])
    assert [i.whose for i in items(of, "Midlands", Level.REGION)] == ["Service a"]


# --- the areas next to it -------------------------------------------------------------------------


def neighbour(name: str, *said: str) -> str:
    offered = "; ".join(said) or say("area_report.neighbour_nothing")
    return say("area_report.neighbour_line", name=name, offers=offered)


def known(*measures: Measure, key: str = "neighbour_offers") -> str:
    words = join_words([measure_words(m).lower() for m in measures])
    return say(f"area_report.{key}", what=words)


def next_to(of: Coverage, code: str, level: Level = Level.COUNCIL) -> list[str]:
    found = section(of, NEXT, code, level)
    assert found.text == ("" if found.items else say("area_report.neighbours_none"))
    return [item.text for item in found.items]


@pytest.mark.parametrize(
    ("level", "code", "names"),
    [
        (Level.COUNCIL, "E01", ["Middleshire"]),
        (Level.COUNCIL, "E02", ["Eastshire", "Westshire"]),  # by name, not from west to east
        (Level.COUNCIL, "E03", ["Farshire", "Middleshire"]),
        (Level.COUNCIL, "E05", []),  # its parts touch each other only
        (Level.COUNCIL, "E05a", ["Lower Splitshire"]),
        (Level.ICB, "ICB1", ["Second ICB"]),
        (Level.ICB, "ICB2", ["First ICB"]),
        (Level.REGION, "London", ["Midlands"]),
    ],
)
def test_the_areas_that_touch_it_by_name(level, code, names):
    of = coverage()
    assert next_to(of, code, level) == [neighbour(name) for name in names]


def test_what_the_next_area_is_known_to_offer():
    said = [offers("a", "loss", "separation"), offers("b", *PATHWAYS)]
    of = coverage(["a", "b"], [("a", "E01"), ("b", "E03")], said)
    assert next_to(of, "E02") == [
        neighbour("Eastshire", known(Measure.ALL_FOUR)),
        neighbour("Westshire", known(Measure.LOSS, Measure.SEPARATION)),
    ]


def test_what_is_offered_in_a_part_of_the_next_area():
    said = [offers("a", "loss"), offers("b", "loss", "tokophobia")]
    serves = [("a", code) for code in ("E01", "E05a", "E05b")]
    of = coverage(["a", "b"], [*serves, ("b", "E02")], said)
    assert next_to(of, "ICB2", Level.ICB) == [
        neighbour(
            "First ICB",
            known(Measure.LOSS),
            known(Measure.TOKOPHOBIA, key="neighbour_part"),
        )
    ]
    one = coverage(["b"], [("b", "E02")], [offers("b", *PATHWAYS)])
    assert next_to(one, "ICB2", Level.ICB) == [
        neighbour("First ICB", known(Measure.ALL_FOUR, key="neighbour_part"))
    ]
