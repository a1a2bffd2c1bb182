"""All pages of services and areas that need no script: valid, light, and without axe's findings."""

from __future__ import annotations

import gzip

import pytest
from starlette.testclient import TestClient

from mmhs_finder.channels.text.addresses import pages
from mmhs_finder.render.static import bundle
from tests.browser.test_text import axe
from tests.text.conftest import application, client  # noqa: F401
from tests.text.test_routes import MOST_ON_THE_WIRE
from tests.text.validator import problems

pytestmark = pytest.mark.audit


@pytest.fixture(scope="session")
def listed(application):  # noqa: F811
    """Every page of the sitemap, and the sheet and the pack of each service."""
    services = application.directory.services
    more = [f"/text/{kind}/{key}" for kind in ("sheet", "referral") for key in services]
    return [*pages(application), *more]


def test_every_page_is_valid_and_light(client: TestClient, listed, tmp_path, record):  # noqa: F811
    sheet = len(gzip.compress(bundle("text.css"), 9))
    drawn = {}
    for path in listed:
        reply = client.get(path)
        assert reply.status_code == 200, path
        assert len(gzip.compress(reply.content, 9)) + sheet <= MOST_ON_THE_WIRE, path
        drawn[path.strip("/").replace("/", "-")] = reply.text
    found = problems(drawn, tmp_path)
    record.add("pages without a script: valid HTML, and 30 KB at most", len(drawn), found)
    assert found == []


@pytest.mark.timeout(3600)
def test_axe_finds_nothing_on_any_page(new_page, listed, record):
    page = new_page(360, 640)
    found = {}
    for path in listed:
        page.goto(path)
        if problem := axe(page):
            found[path] = problem
    record.add("pages without a script with axe-core: serious or critical", len(listed), found)
    assert not found
