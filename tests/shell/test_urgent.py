"""The strip of urgent help: each nation's own lines, numbers that dial, text that is escaped."""

from __future__ import annotations

import pytest

from mmhs_finder.answers.urgent import MissingUrgentNumber, check_strip
from mmhs_finder.application import Application
from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import NationalSupport, PhoneStatus, UrgentStrip
from mmhs_finder.nation import UNITED_KINGDOM, Nation
from mmhs_finder.render.html.urgent import urgent_section, urgent_text
from mmhs_finder.views.urgent import strip_view
from tests.made_up.records import line

Rows = tuple[NationalSupport, ...]
CROWN = [nation for nation in Nation if nation not in UNITED_KINGDOM]


@pytest.fixture
def rows(directory: Directory) -> Rows:
    return directory.national


def strip(rows: Rows, nation: Nation | None) -> str:
    return urgent_text(strip_view(rows, nation)).striptags()


def test_before_a_place_is_known_it_says_for_whom_each_number_is(rows: Rows) -> None:
    words = strip(rows, None)
    assert words.startswith("In danger now? Call 999.")
    assert "In England and Wales, call 111 and press 2." in words
    assert "In Northern Ireland, call Made Up Lifeline on 0808 157 0201." in words
    assert "In Scotland, call NHS 24" in words


@pytest.mark.parametrize("nation", [Nation.ENGLAND, Nation.WALES])
def test_where_111_has_an_option_it_says_which(rows: Rows, nation: Nation) -> None:
    assert "Call 111 and press 2." in strip(rows, nation)
    assert "Lifeline" not in strip(rows, nation)


def test_in_belfast_it_is_lifeline_and_no_111(rows: Rows) -> None:
    assert "Call Made Up Lifeline on 0808 157 0201." in strip(rows, Nation.NORTHERN_IRELAND)
    assert "111" not in strip(rows, Nation.NORTHERN_IRELAND)


def test_in_scotland_nobody_is_told_to_press_2(rows: Rows) -> None:
    assert "on 111." in strip(rows, Nation.SCOTLAND)
    assert "press 2" not in strip(rows, Nation.SCOTLAND)


@pytest.mark.parametrize("nation", CROWN)
def test_the_crown_dependencies_have_999_and_no_number_of_the_nhs(
    rows: Rows, nation: Nation
) -> None:
    words = strip(rows, nation)
    assert "Call 999." in words
    for number in ("111", "116 123", "85258", "0808 157 0201"):
        assert number not in words


@pytest.mark.parametrize("nation", CROWN)
def test_a_line_of_its_own_is_called_by_its_name(rows: Rows, nation: Nation) -> None:
    own = line(
        id="own", kind="crisis", name="Island Line", nations=(), phone="01534 000000", cost=""
    ).model_copy(update={"nations": (nation.value,)})
    others = [row for row in rows if nation.value not in row.nations]
    words = urgent_text(strip_view([*others, own], nation)).striptags()
    assert "Call Island Line on 01534 000000." in words


def test_a_marked_line_stands_before_another_of_the_same_nation(rows: Rows) -> None:
    words = strip(rows, Nation.JERSEY)
    assert "Call Made Up Jersey Team on 0808 157 0202." in words


def test_a_service_of_its_own_without_a_number_is_a_page(rows: Rows) -> None:
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
    others = [row for row in rows if "Guernsey" not in row.nations]
    html = urgent_text(strip_view([*others, own], Nation.GUERNSEY))
    assert 'href="https://example.org/team"' in html
    assert "day and night" not in html.lower()


def test_where_no_row_is_known_it_is_the_emergency_number_of_the_place() -> None:
    words = urgent_text(strip_view([], Nation.JERSEY)).striptags()
    assert "Call the emergency number where you are." in words
    assert not any(c.isdigit() for c in words)


@pytest.mark.parametrize("nation", [None, *Nation])
def test_no_nation_is_without_a_way(directory: Directory, nation: Nation | None) -> None:
    assert "tel:999" in Application(directory).urgent(nation)


def test_numbers_dial_and_text(rows: Rows) -> None:
    html = urgent_section(strip_view(rows, Nation.ENGLAND))
    for href in ("tel:999", "tel:111", "tel:116123", "sms:85258?body=SHOUT"):
        assert f'href="{href}"' in html


@pytest.mark.parametrize("gap", [UrgentStrip.EMERGENCY, UrgentStrip.LISTENING_LINE])
def test_a_missing_row_is_named(rows: Rows, gap: UrgentStrip) -> None:
    with pytest.raises(MissingUrgentNumber, match=gap.value):
        check_strip(row for row in rows if row.urgent_strip is not gap)


def test_a_nation_without_a_line_of_its_own_is_named(rows: Rows) -> None:
    without = [r for r in rows if {*r.nations} != {"Northern Ireland"}]
    with pytest.raises(MissingUrgentNumber, match="Northern Ireland"):
        check_strip(without)


def test_a_number_that_is_not_confirmed_is_not_used(rows: Rows) -> None:
    unsure = [
        row.model_copy(update={"phone_status": PhoneStatus.CHECK})
        if row.urgent_strip is UrgentStrip.LISTENING_LINE
        else row
        for row in rows
    ]
    with pytest.raises(MissingUrgentNumber):
        check_strip(unsure)


def test_what_comes_from_data_is_escaped(rows: Rows) -> None:
    bad = line(id="bad", kind="crisis", urgent_strip=UrgentStrip.EMERGENCY, phone='9"><script>')
    hostile = [bad if row.urgent_strip is UrgentStrip.EMERGENCY else row for row in rows]
    assert "<script>" not in urgent_text(strip_view(hostile, Nation.ENGLAND))
