"""The site below a path of its host: no address of any page leads out of it."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from mmhs_finder.channels.text import addresses
from tests.made_up.standing import PATH, outside, standing_below
from tests.text.conftest import client_of
from tests.text.test_routes import HERS
from tests.text.test_valid import one_of_each_kind


@pytest.fixture
def below(application):
    """The pages below a path. Its addresses are written as at the root."""
    with standing_below():
        client = client_of(application)
        yield TestClient(client.app, f"http://testserver{PATH}", follow_redirects=False)


def test_no_page_leads_out(below, directory):
    kinds = dict(one_of_each_kind(below, directory))
    assert len(kinds) > 40
    wrong = {name: found for name, reply in kinds.items() if (found := outside(reply.text))}
    assert wrong == {}
    assert sum(reply.text.count(f'"{PATH}/text/') for reply in kinds.values()) > 400


def test_what_leads_on_stays_inside(below):
    for path in ("/text", "/text/outcome", "/text/check/"):
        assert below.get(path).headers["location"].startswith((f"{PATH}/text/",))
    assert below.post("/text/", data=HERS).status_code == 200
    policy = below.get("/text/nowhere").headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")


@pytest.mark.parametrize("said", ["https://example.org", f"https://example.org{PATH}/"])
def test_search_engines_are_told_whole_addresses(below, application, monkeypatch, said):
    monkeypatch.setenv(addresses.SETTING, said)
    robots = below.get("/robots.txt").text
    assert f"Sitemap: https://example.org{PATH}/sitemap.xml" in robots
    assert f"Disallow: {PATH}/_stcore/" in robots
    listed = below.get("/sitemap.xml").text
    pages = list(addresses.pages(application))
    assert listed.count(f"<loc>https://example.org{PATH}/text/") == len(pages)
    page = below.get("/text/about").text
    assert f'<link rel="canonical" href="https://example.org{PATH}/text/about">' in page
