"""The strip of urgent help: each nation's own lines, numbers that dial, text that is escaped."""

from __future__ import annotations

import pytest

from mmhs_finder.answers.urgent import MissingUrgentNumber, check_strip
from mmhs_finder.application import Application
from mmhs_finder.directory import load_directory
from mmhs_finder.directory.models import PhoneStatus, UrgentStrip
from mmhs_finder.nation import UNITED_KINGDOM, Nation
from mmhs_finder.render.html.urgent import urgent_section, urgent_text
from mmhs_finder.views.urgent import strip_view
from tests.made_up.records import line

ROWS = load_directory().national
CROWN = [nation for nation in Nation if nation not in UNITED_KINGDOM]


def strip(nation: Nation | None) -> str:
    return urgent_text(strip_view(ROWS, nation)).striptags()


def test_before_a_place_is_known_it_says_for_whom_each_number_is() -> None:
    words = strip(None)
    assert words.startswith("In danger now? Call 999.")
    assert "In England and Wales, call 111 and press 2." in words
    assert "In Northern Ireland, call Lifeline on 0808 808 8000." in words
    assert "In Scotland, call NHS 24" in words


@pytest.mark.parametrize("nation", [Nation.ENGLAND, Nation.WALES])
def test_where_111_has_an_option_it_says_which(nation: Nation) -> None:
    assert "Call 111 and press 2." in strip(nation)
    assert "Lifeline" not in strip(nation)


def test_in_belfast_it_is_lifeline_and_no_111() -> None:
    assert "Call Lifeline on 0808 808 8000." in strip(Nation.NORTHERN_IRELAND)
    assert "111" not in strip(Nation.NORTHERN_IRELAND)


def test_in_scotland_nobody_is_told_to_press_2() -> None:
    assert "on 111." in strip(Nation.SCOTLAND)
    assert "press 2" not in strip(Nation.SCOTLAND)


@pytest.mark.parametrize("nation", CROWN)
def test_the_crown_dependencies_have_999_and_no_number_of_the_nhs(nation: Nation) -> None:
    words = strip(nation)
    assert "Call 999." in words
    for number in ("111", "116 123", "85258", "0808 808 8000"):
        assert number not in words


@pytest.mark.parametrize("nation", CROWN)
def test_a_line_of_its_own_is_called_by_its_name(nation: Nation) -> None:
    own = line(
        id="own", kind="crisis", name="Island Line", nations=(), phone="01534 000000", cost=""
    ).model_copy(update={"nations": (nation.value,)})
    words = urgent_text(strip_view([*ROWS, own], nation)).striptags()
    named = [r for r in ROWS if {*r.nations} == {nation.value} and r.phone]
    assert "Call Island Line on 01534 000000." in words or named


def test_a_service_of_its_own_without_a_number_is_a_page() -> None:
    own = line(
        id="own",
        kind="crisis",
        name="Island Team",
        nations=(),
        phone="",
        phone_status=None,
        phone_hours_osm="",
        website="https://example.org/team",
    ).model_copy(update={"nations": ("Guernsey",)})
    others = [row for row in ROWS if "Guernsey" not in row.nations]
    html = urgent_text(strip_view([*others, own], Nation.GUERNSEY))
    assert 'href="https://example.org/team"' in html
    assert "day and night" not in html.lower()


def test_where_no_row_is_known_it_is_the_emergency_number_of_the_place() -> None:
    words = urgent_text(strip_view([], Nation.JERSEY)).striptags()
    assert "Call the emergency number where you are." in words
    assert not any(c.isdigit() for c in words)


@pytest.mark.parametrize("nation", [None, *Nation])
def test_no_nation_is_without_a_way(nation: Nation | None) -> None:
    assert "tel:999" in Application(load_directory()).urgent(nation)


def test_numbers_dial_and_text() -> None:
    html = urgent_section(strip_view(ROWS, Nation.ENGLAND))
    for href in ("tel:999", "tel:111", "tel:116123", "sms:85258?body=SHOUT"):
        assert f'href="{href}"' in html


@pytest.mark.parametrize("gap", [UrgentStrip.EMERGENCY, UrgentStrip.LISTENING_LINE])
def test_a_missing_row_is_named(gap: UrgentStrip) -> None:
    with pytest.raises(MissingUrgentNumber, match=gap.value):
        check_strip(row for row in ROWS if row.urgent_strip is not gap)


def test_a_nation_without_a_line_of_its_own_is_named() -> None:
    without = [r for r in ROWS if {*r.nations} != {"Northern Ireland"}]
    with pytest.raises(MissingUrgentNumber, match="Northern Ireland"):
        check_strip(without)


def test_a_number_that_is_not_confirmed_is_not_used() -> None:
    rows = [
        row.model_copy(update={"phone_status": PhoneStatus.CHECK})
        if row.urgent_strip is UrgentStrip.LISTENING_LINE
        else row
        for row in ROWS
    ]
    with pytest.raises(MissingUrgentNumber):
        check_strip(rows)


def test_what_comes_from_data_is_escaped() -> None:
    bad = line(id="bad", kind="crisis", urgent_strip=UrgentStrip.EMERGENCY, phone='9"><script>')
    rows = [bad if row.urgent_strip is UrgentStrip.EMERGENCY else row for row in ROWS]
    assert "<script>" not in urgent_text(strip_view(rows, Nation.ENGLAND))
