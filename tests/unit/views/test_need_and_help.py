"""What the view "Need and help" says: the finding first, its unknown share beside it, never why."""

from __future__ import annotations

from datetime import date

import pytest

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import GRADED, Measure
from mmhs_finder.coverage.need_points import NeedFigure
from mmhs_finder.coverage.values import Level
from mmhs_finder.coverage.where import ENGLAND
from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import Area
from mmhs_finder.render.html.need import need_html
from mmhs_finder.views.need_and_help import greatest_words, need_view
from tests.made_up import world
from tests.made_up.records import criteria, service

TODAY = date(2026, 11, 22)
LOSS = Measure.LOSS


def areas(*names: str) -> tuple[Area, ...]:
    """Councils of ten births each, the most deprived first; the last is in London."""
    return tuple(
        world.area(
            f"E0{n}",
            name,
            births_year_to_mid_2020=10,
            women_15_44_mid_2021=100 - n,
            imd_2025_average_score=50.0 - 10 * n,
            region="London" if n == len(names) - 1 else "Midlands",
        )
        for n, name in enumerate(names)
    )


def made(said: dict[str, str], *names: str) -> Coverage:
    """A directory in which each council has a service that says something of help after a loss."""
    rows = [service(id=code) for code in said]
    says = [criteria(service_id=code, loss=word) for code, word in said.items()]
    served = [(code, code) for code in said]
    found = names or ("Aston", "Barr", "Cole", "Dene", "Esk")
    return Coverage(world.directory(rows, served, criteria=says, areas=areas(*found)), TODAY)


SAID = [
    ("higher", {"E00": "yes", "E04": "no"}, ("100.0 points", "100.0\u00a0%", "0.0\u00a0%")),
    ("lower", {"E00": "no", "E04": "yes"}, ("100.0 points", "0.0\u00a0%", "100.0\u00a0%")),
    ("the same", {"E00": "yes", "E04": "yes"}, ("100.0\u00a0%",)),
]


@pytest.mark.parametrize(("way", "said", "figures"), SAID, ids=[row[0] for row in SAID])
def test_the_finding_comes_first_and_then_the_difference(way, said, figures):
    lines = need_view(made(said), LOSS).lines
    assert "most deprived fifth" in lines[0] and "a service is known to offer" in lines[0]
    assert "Of 0.0\u00a0% we do not know" in lines[0]
    difference = next(line for line in lines if line.startswith("What is known is"))
    assert way in difference
    text = " ".join(lines).replace("percentage points", "points")
    assert all(figure in text for figure in figures)
    assert "the true difference" not in text


def test_what_is_not_known_stands_beside_what_is_and_widens_the_difference():
    lines = need_view(made({"E00": "yes"}), LOSS).lines
    assert "Of 100.0\u00a0% we do not know" in lines[1]
    (bounds,) = [line for line in lines if "the true difference" in line]
    assert "from no difference to 100.0 points higher" in bounds


def test_of_a_place_it_says_which_fifths_its_births_are_in_and_where_there_are_none():
    coverage = made({"E00": "yes"})
    midlands, london = coverage.place("Midlands"), coverage.place("London")
    assert midlands is not None and london is not None
    lines = need_view(coverage, LOSS, midlands).lines
    assert lines[0].startswith("In the Midlands, 100.0\u00a0%")
    assert "In the Midlands, no council is in the least deprived fifth of England’s." in lines
    assert any(
        "25.0\u00a0% are in the most deprived fifth of England and 0.0\u00a0% in the least" in t
        for t in lines
    )
    assert not any(line.startswith("What is known is") for line in lines)
    none, least, *_ = need_view(coverage, LOSS, london).lines
    assert none == "In London, no council is in the most deprived fifth of England’s."
    assert "of births in the least deprived fifth" in least and "help after a loss" in least
    html = need_html(need_view(coverage, LOSS, london), coverage.shares(LOSS, london))
    assert html.count("No council here") == 4


def test_where_there_are_no_figures_at_all_it_still_says_so():
    view = need_view(Coverage(world.directory([service()]), TODAY), LOSS)
    assert view.lines[0] == "In England, no council is in the most deprived fifth of England’s."
    assert all("no council here" in each.sentence for each in view.fifths)
    bare = Coverage(world.directory([service()]), TODAY)
    assert "nothing is more deprived" in greatest_words(bare, Level.COUNCIL, LOSS, ENGLAND)


def test_births_without_a_score_are_told():
    unscored = world.area("E09", "Unscored", births_year_to_mid_2020=1234)
    lines = need_view(Coverage(world.directory([service()], areas=(unscored,)), TODAY), LOSS).lines
    assert any(line.startswith("1,234 births are in councils without") for line in lines)


@pytest.mark.parametrize("measure", list(Measure))
def test_every_measure_of_every_place_is_said_in_finished_sentences(directory: Directory, measure):
    coverage = Coverage(directory, TODAY)
    for where in coverage.places:
        view = need_view(coverage, measure, where)
        assert all(line.endswith(".") and "{" not in line for line in view.lines)
        assert (
            view.lines[-1]
            == "This sets what is known beside need. It does not say why they differ."
        )
        assert [each.shares.measure for each in view.fifths] == [measure] * 5
        whole = coverage.shares(measure, where)
        assert sum(each.shares.births for each in view.fifths) <= whole.births
        html = need_html(view, whole)
        assert all(each.name in html for each in view.fifths)
        assert ("% we do not know" in html) <= (measure not in GRADED)
    assert need_view(coverage, measure).places


def test_the_areas_of_most_need_are_named_with_what_is_known_of_them():
    coverage = made({"E00": "yes", "E01": "no"})
    words = greatest_words(coverage, Level.COUNCIL, LOSS, ENGLAND)
    assert "these 2 have the most births: Aston and Barr." in words
    assert words.endswith("What is known of them? Yes: 1, no (published): 1.")
    women = greatest_words(coverage, Level.COUNCIL, LOSS, ENGLAND, NeedFigure.WOMEN, deprived=False)
    assert women.startswith("These 5 councils have the most women aged 15 to 44: Aston, Barr")
    london = coverage.place("London")
    assert london is not None
    assert "nothing is more deprived" in greatest_words(coverage, Level.COUNCIL, LOSS, london)
    alone = greatest_words(coverage, Level.COUNCIL, LOSS, london, deprived=False)
    assert alone == "One council is here: Esk. What is known of it? No service found: 1."


def test_one_area_above_the_middle_is_said_as_one():
    coverage = made({"E00": "yes"}, "Aston", "Barr", "Cole")
    assert greatest_words(coverage, Level.COUNCIL, LOSS, ENGLAND) == (
        "One council is more deprived than the middle of England: Aston. "
        "What is known of it? Yes: 1."
    )


def test_a_hostile_name_is_text():
    bad = world.area("E01", "<img src=x onerror=alert(1)>", icb_2026="<b>ICB", icb_2026_code="X")
    coverage = Coverage(world.directory([service()], areas=(bad,)), TODAY)
    html = need_html(need_view(coverage, LOSS), coverage.shares(LOSS))
    assert "<b>ICB" not in html and "&lt;b&gt;ICB" in html
