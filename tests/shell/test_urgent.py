"""The strip of urgent help: each nation's own lines, numbers that dial, text that is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from mmhs_finder.answers.urgent import MissingUrgentNumber, check_strip
from mmhs_finder.application import Application
from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import NationalSupport, PhoneStatus, UrgentStrip
from mmhs_finder.nation import UNITED_KINGDOM, Nation
from mmhs_finder.render.html.urgent import always_open_lines, urgent_section
from mmhs_finder.views.urgent import strip_view
from tests.made_up.records import line

Rows = tuple[NationalSupport, ...]
CROWN = [nation for nation in Nation if nation not in UNITED_KINGDOM]


@pytest.fixture
def rows(directory: Directory) -> Rows:
    return directory.national


PAGE = "/text/urgent"


def drawn(rows: Iterable[NationalSupport], nation: Nation | None) -> str:
    return str(urgent_section(strip_view(rows, nation), PAGE))


def strip(rows: Iterable[NationalSupport], nation: Nation | None) -> str:
    """What a screen reader says, in order."""
    return " ".join(re.sub(r"<[^>]+>", " ", drawn(rows, nation)).split())


def test_before_a_place_is_known_it_says_for_whom_each_number_is(rows: Rows) -> None:
    words = strip(rows, None)
    assert words.startswith(
        "In danger now? Call 999 in danger Need urgent mental health help? Call 111, press 2 "
        "urgent, day and night, England and Wales"
    )
    assert "In Northern Ireland, call Made Up Lifeline on 0808 157 0201 ." in words
    assert "In Scotland, call NHS 24" in words


@pytest.mark.parametrize("nation", [Nation.ENGLAND, Nation.WALES])
def test_where_111_has_an_option_it_says_which(rows: Rows, nation: Nation) -> None:
    assert "Call 111, press 2 urgent, day and night" in strip(rows, nation)
    assert "Lifeline" not in strip(rows, nation)


def test_in_belfast_it_is_lifeline_and_no_111(rows: Rows) -> None:
    assert "Call 0808 157 0201 Made Up Lifeline, day" in strip(rows, Nation.NORTHERN_IRELAND)
    assert "111" not in strip(rows, Nation.NORTHERN_IRELAND)


def test_in_scotland_nobody_is_told_to_press_2(rows: Rows) -> None:
    assert "Call 111 NHS 24 Mental Health Hub, day and night" in strip(rows, Nation.SCOTLAND)
    assert "press 2" not in strip(rows, Nation.SCOTLAND)


@pytest.mark.parametrize("nation", CROWN)
def test_the_crown_dependencies_have_999_and_no_number_of_the_nhs(
    rows: Rows, nation: Nation
) -> None:
    words = strip(rows, nation)
    assert "Call 999 in danger" in words
    for number in ("111", "116 123", "85258", "0808 157 0201"):
        assert number not in words


@pytest.mark.parametrize("nation", CROWN)
def test_a_line_of_its_own_is_called_by_its_name(rows: Rows, nation: Nation) -> None:
    own = line(
        id="own", kind="crisis", name="Island Line", nations=(), phone="01534 000000", cost=""
    ).model_copy(update={"nations": (nation.value,)})
    others = [row for row in rows if nation.value not in row.nations]
    assert "Call 01534 000000 Island Line" in strip([*others, own], nation)


def test_a_marked_line_stands_before_another_of_the_same_nation(rows: Rows) -> None:
    words = strip(rows, Nation.JERSEY)
    assert "Call 0808 157 0202 Made Up Jersey Team" in words


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
    html = drawn([*others, own], Nation.GUERNSEY)
    assert 'href="https://example.org/team"' in html
    assert "day and night" not in html.lower()


def test_where_no_row_is_known_it_is_the_emergency_number_of_the_place() -> None:
    words = strip([], Nation.JERSEY)
    assert "Call the emergency number where you are." in words
    assert not any(c.isdigit() for c in words)


@pytest.mark.parametrize("nation", [None, *Nation])
def test_no_nation_is_without_a_way(directory: Directory, nation: Nation | None) -> None:
    view = Application(directory).urgent_strips[nation]
    assert view.danger.way.link == "tel:999"


def test_numbers_dial_and_text(rows: Rows) -> None:
    html = drawn(rows, Nation.ENGLAND)
    for href in ("tel:999", "tel:111", "tel:116123", "sms:85258?body=SHOUT"):
        assert f'href="{href}"' in html


def test_it_opens_without_a_script_and_leads_to_all_urgent_help(rows: Rows) -> None:
    view = strip_view(rows, Nation.ENGLAND)
    html = str(urgent_section(view, PAGE))
    behind = html[html.index("<details><summary>More ways</summary>") :]
    assert "tel:116123" in behind and "sms:85258?body=SHOUT" in behind
    assert f'<a href="{PAGE}">All urgent help</a>' in behind
    assert "tel:999" not in behind and "tel:111" not in behind
    in_app = urgent_section(view, "/other-support", in_app=True)
    assert '<a href="/other-support" data-in-app=' in in_app


def test_lines_that_never_close_are_in_sight_while_the_app_loads(rows: Rows) -> None:
    html = always_open_lines(strip_view(rows, None))
    assert "tel:116123" in html and "sms:85258?body=SHOUT" in html
    assert always_open_lines(strip_view([], None)) == ""


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
    assert "<script>" not in drawn(hostile, Nation.ENGLAND)
