"""What an address may ask a page for. All else is taken out, by an answer that nobody keeps."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from mmhs_finder.application import Application
from mmhs_finder.channels.shell.asked import asked
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.values import Level
from mmhs_finder.directory import Directory
from tests.made_up.standing import PATH, standing_below
from tests.shell.conftest import app_around

LOSS = "area=E07000106&need=loss"


@pytest.mark.parametrize(
    "address",
    [
        "/",
        f"/?{LOSS}",
        "/?area=unknown",
        "/?area=E07000106&need=loss&need=birth_trauma",
        "/professionals?service=harbour",
        "/coverage?level=council&measure=mmhs&view=map&where=North%20West",
        "/coverage?where=E54000008&area=E07000106",
        "/coverage?view=what_if&scenario=harbour.loss.self_referral~_E54000032.loss",
        "/coverage?scenario=unknown",
        "/changes?icb=E54000032&what=contact&month=2026-11",
        "/changes?icb=england",
        "/about",
    ],
)
def test_what_links_of_ours_ask_for_stays(client: TestClient, address: str) -> None:
    assert client.get(address, follow_redirects=False).status_code == 200


@pytest.mark.parametrize(
    ("typed", "to"),
    [
        ("/?postcode=TS24+7BT", "/?area=unknown"),
        ("/?Postcode=TS247BT&need=loss", "/?area=unknown"),
        ("/?area=TS24%207BT", "/?area=unknown"),
        ("/?area=TS24%207BT&need=loss", "/?area=unknown"),
        ("/?area=E07000106&postcode=TS24+7BT", "/?area=E07000106"),
        ("/?area=E07000106&need=my+baby+died", "/?area=E07000106"),
        ("/?TS24+7BT", "/"),
        ("/?=TS24+7BT", "/"),
        ("/?area=E07000106&TS247BT", "/?area=E07000106"),
        ("/?need=loss", "/"),
        ("/?embed=true", "/"),
        ("/?utm_source=letter", "/"),
        (f"/about?{LOSS}", "/about"),
        (f"/check?{LOSS}", "/check"),
        ("/professionals?service=TS24", "/professionals"),
        ("/coverage?where=TS24+7BT", "/coverage?where=unknown"),
        ("/coverage?view=TS24&level=x", "/coverage"),
        ("/coverage?scenario=TS24+7BT", "/coverage?scenario=unknown"),
        ("/coverage?scenario=ts24-7bt.loss", "/coverage?scenario=unknown"),
        (
            "/coverage?scenario=harbour.loss~TS24-7BT.loss&view=what_if",
            "/coverage?scenario=harbour.loss~unknown&view=what_if",
        ),
        ("/about?scenario=harbour.loss", "/about"),
        ("/changes?icb=TS24+7BT&month=2026-13&what=x", "/changes"),
        ("/changes?icb=E54000099&page=2", "/changes"),
        ("/text/changes?icb=&what=&month=2026-11", "/text/changes?month=2026-11"),
        ("/text/changes?page=TS24", "/text/changes"),
        ("/text/?postcode=TS24+7BT", "/text/"),
        (f"/?{'a=1&' * 60}", "/"),
        (f"/?area={'x' * 3000}", "/"),
        ("/?%00=%ff&area=E07000106", "/?area=E07000106"),
    ],
)
def test_anything_else_goes_and_nobody_keeps_the_answer(
    client: TestClient, typed: str, to: str
) -> None:
    answer = client.get(typed, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == to
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "TS24" not in answer.text
    assert not client.get(to, follow_redirects=False).is_redirect


def test_every_place_and_service_that_a_link_can_name_stays(directory: Directory) -> None:
    coverage = Coverage(directory, directory.newest_check)
    rows = [r for level in Level for r in coverage.rows(level, Measure.MMHS)]
    links = [("/", "area", code) for code in directory.areas]
    links += [("/coverage", "where", w.code) for w in coverage.places if w.code]
    links += [("/coverage", "area", str(row.code)) for row in rows]
    links += [("/changes", "icb", code) for code in directory.icbs]
    links += [("/professionals", "service", one) for one in directory.services]
    assert len(links) > 500
    for page, name, value in links:
        assert asked(page, urlencode({name: value}), directory) == f"{name}={quote(value)}"


def test_a_list_without_a_script_is_turned_by_its_address(directory: Directory) -> None:
    query = "icb=nations&month=2026-11&page=2"
    assert asked("/text/changes", query, directory) == query
    assert asked("/changes", query, directory) == "icb=nations&month=2026-11"


def test_below_a_path_it_stays_there(application: Application) -> None:
    with standing_below():
        client = TestClient(app_around(application))
        answer = client.get(f"{PATH}/check?postcode=TS24", follow_redirects=False)
        assert answer.headers["location"] == f"{PATH}/check"


def test_a_form_that_is_sent_stays_as_it_is(client: TestClient) -> None:
    assert client.post("/text/?postcode=x", follow_redirects=False).status_code != 303


@given(
    page=st.sampled_from(
        ["/", "/about", "/coverage", "/changes", "/text/changes", "/text/area/E07000106"]
    ),
    query=st.text(),
)
def test_whatever_is_typed_only_known_values_stay(
    made_up_directory: Directory, page: str, query: str
) -> None:
    kept = asked(page, query, made_up_directory)
    assert asked(page, kept, made_up_directory) == kept
    names = {
        "area",
        "need",
        "where",
        "level",
        "measure",
        "view",
        "scenario",
        "icb",
        "what",
        "month",
        "page",
    }
    assert {name for name, _ in parse_qsl(kept)} <= names
