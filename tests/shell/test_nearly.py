"""Addresses that are nearly right lead to the page, and never anywhere else."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from mmhs_finder.application import Application
from mmhs_finder.channels.shell.nearly import folded, table
from mmhs_finder.channels.streamlit import site
from mmhs_finder.channels.text import addresses
from tests.made_up.standing import PATH, standing_below
from tests.shell.conftest import PAGES, app_around

OPENED = {"Accept": "text/html,application/xhtml+xml"}


def led(client: TestClient, path: str) -> str:
    """Where an address leads; "" where it stays."""
    answer = client.get(path, headers=OPENED, follow_redirects=False)
    if not answer.is_redirect:
        return ""
    assert answer.status_code == 308
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    return answer.headers["location"]


@pytest.mark.parametrize(
    ("asked", "page"),
    [
        ("/Check", "/check"),
        ("/CHECK", "/check"),
        ("/check/", "/check"),
        ("/check.html", "/check"),
        ("/Check.HTM", "/check"),
        ("/other_support", "/other-support"),
        ("/OTHER-SUPPORT/", "/other-support"),
        ("/Other%20support", "/other-support"),
        ("/Other+support", "/other-support"),
        ("/other%E2%80%93support", "/other-support"),
        ("/other-support).", "/other-support"),
        ("/services,", "/services"),
        ("/find_support", "/"),
        ("/find-support", "/"),
        ("/index.html", "/"),
        ("/Home", "/"),
        ("/directory", "/services"),
        ("/bulk_lookup", "/bulk"),
        ("/Many_postcodes", "/bulk"),
        ("/referral-routes", "/professionals"),
        ("/privacy", "/about"),
        ("/urgent", "/text/urgent"),
        ("/words", "/text/words"),
        ("/check/anything", "/check"),
        ("/service/harbour", "/text/service/harbour"),
        ("/Text/Check", "/text/check"),
        ("/text/check.html", "/text/check"),
        ("/TEXT/other_support", "/text/support"),
        ("/text/directory", "/text/services"),
        ("/text/find_support", "/text/"),
        ("/text/Area/e07000106", "/text/area/E07000106"),
        ("/text/Service/Harbour/", "/text/service/harbour"),
        ("/text/coverage/Midlands", "/text/coverage/midlands"),
        ("/text/many-postcodes", "/bulk"),
    ],
)
def test_what_is_meant_is_found(client: TestClient, asked: str, page: str) -> None:
    assert led(client, asked) == page


@pytest.mark.parametrize(
    "path",
    [
        *PAGES,
        "/nothing",
        "/text",
        "/text/nothing",
        "/_stcore/health",
        "/assets/app/leave.js",
        "/component/any/index.html",
        "/.well-known/security.txt",
        "/checks",
    ],
)
def test_what_is_right_or_nothing_of_ours_stays(client: TestClient, path: str) -> None:
    assert led(client, path) in ("", "/text/")
    assert path == "/text" or led(client, path) == ""


def test_an_address_of_several_parts_leads_to_the_page_of_its_first_or_nowhere(
    client: TestClient,
) -> None:
    assert led(client, "/about/us/here") == "/about"
    assert led(client, "/nothing/here") == ""
    script = client.get("/about/_stcore/health", follow_redirects=False)
    assert script.status_code == 404, "only what somebody opens is led on"


def test_what_a_link_asked_for_is_kept_and_nothing_else(client: TestClient) -> None:
    assert led(client, "/Find-Support?area=E07000106&need=loss&need=other") == (
        "/?area=E07000106&need=loss&need=other"
    )
    assert led(client, "/Professionals?service=harbour&name=Ann&next=//e.org") == (
        "/professionals?service=harbour"
    )
    assert led(client, "/About?postcode=CT1+3NG") == "/about"


@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(["/", "//", "\\", "check", "e.org", "@", ":", "..", "%2f", "\r\n"]),
            max_size=8,
        ).map("".join),
    )
)
def test_it_never_leads_to_another_site(path: str) -> None:
    """Where it leads comes from the table alone, whatever was asked for."""
    pages = table(PAGES)
    found = pages.get(folded(path))
    assert found is None or (found in PAGES and not urlsplit(found).netloc)


def test_below_a_path_it_leads_there(application: Application) -> None:
    with standing_below():
        client = TestClient(app_around(application))
        assert led(client, f"{PATH}/Check") == f"{PATH}/check"
        assert led(client, PATH) == f"{PATH}/"
        assert led(client, f"{PATH}/") == led(client, f"{PATH}/check") == ""
        assert led(client, f"{PATH}/no/where") == ""


def test_a_form_is_not_led_on(client: TestClient) -> None:
    assert not client.post("/Check", follow_redirects=False).is_redirect


def test_every_page_has_an_address_of_its_own(application: Application) -> None:
    pages = {*(f"/{path}" for path in site.PATHS.values()), *addresses.every_page(application)}
    assert len({folded(page) for page in pages}) == len(pages) > 100
