"""What may be kept and for how long; a directory that changes; the site below a path."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from mmhs_finder.application import Application
from mmhs_finder.channels.api.routes import routes
from mmhs_finder.channels.shell.handed_down import HandsDownApplication
from mmhs_finder.channels.shell.stack import middleware
from mmhs_finder.directory.linked import LinkState, LinkStatus
from mmhs_finder.directory.withdrawn import Withdrawal
from mmhs_finder.render.addresses import here
from tests.api.conftest import (
    CANTERBURY,
    OPENED,
    V1,
    application_over,
    client_of,
    often_enough,
)
from tests.made_up.records import SUNDAY_NIGHT
from tests.made_up.standing import PATH, outside, standing_below

ANSWERS = f"{V1}/answers"
LINK = "https://example.org/gone"


def test_what_is_withdrawn_is_another_mark_also_where_it_stands_in_no_row(directory, index):
    """A number that stands in the history alone is taken out of it: who kept it has to ask anew."""
    out = Withdrawal(date(2026, 11, 30), "", "", "", "01632 960555", "it rings in a shop")
    path = f"{V1}/changes"
    before = client_of(application_over(directory, index)).get(path).headers["etag"]
    after = client_of(application_over(replace(directory, withdrawn=(out,)), index)).get(path)
    assert after.headers["etag"] != before


def of_data(addresses):
    return [a for a in addresses if a.startswith(V1) and not a.endswith("/answer")]


def test_what_depends_on_the_directory_alone_has_a_mark_and_may_be_kept(client, addresses):
    for path in of_data(addresses):
        first = client.get(path)
        assert first.headers["cache-control"] == "public, max-age=60", path
        tag = first.headers["etag"]
        for said in (tag, f'"other", {tag}', tag.removeprefix("W/"), "*"):
            again = client.get(path, headers={"If-None-Match": said})
            assert (again.status_code, again.content) == (304, b""), (path, said)
            assert again.headers["etag"] == tag
            assert again.headers["cache-control"] == "public, max-age=60"
        assert client.get(path, headers={"If-None-Match": '"other"'}).content == first.content


def test_a_mark_does_not_make_something_of_what_is_not_there(client):
    for path in ("services/none", "areas/none", "services?kind=none", "services?typed=1"):
        reply = client.get(f"{V1}/{path}", headers={"If-None-Match": "*"})
        assert reply.status_code in (400, 404, 422)
        assert "etag" not in reply.headers


def test_the_hour_changes_no_record_and_no_mark(client_at, addresses):
    night, later = client_at(SUNDAY_NIGHT), client_at(SUNDAY_NIGHT + timedelta(hours=10))
    for path in of_data(addresses):
        one, other = night.get(path), later.get(path)
        assert one.content == other.content, path
        assert one.headers["etag"] == other.headers["etag"]
    next_day = client_at(SUNDAY_NIGHT + timedelta(days=1))
    assert next_day.get(f"{V1}/services").headers["etag"] != one.headers["etag"]


def test_an_answer_for_a_person_is_nobodys_to_keep(client):
    reply = client.post(ANSWERS, json={"area": CANTERBURY})
    assert reply.headers["cache-control"] == "no-store"
    assert "etag" not in reply.headers
    of_area = client.get(f"{V1}/areas/{CANTERBURY}/answer")
    assert of_area.headers["cache-control"] == "public, max-age=60"
    assert "etag" not in of_area.headers, "open now is part of it"


def changed(application: Application, **cells) -> tuple[str, Application]:
    """The application with another cell in its first service."""
    services = dict(application.directory.services)
    key = next(iter(services))
    services[key] = services[key].model_copy(update=cells)
    directory = replace(application.directory, services=MappingProxyType(services))
    return key, application.over(directory)


def test_a_changed_directory_is_served_at_once_with_another_mark(application):
    now = [application]
    ours = routes(clock=lambda: SUNDAY_NIGHT, rates=often_enough())
    around = [Middleware(HandsDownApplication, newest=lambda: now[0])]
    client = TestClient(Starlette(routes=ours, middleware=around))
    key, other = changed(application, name="Another Name")
    path = f"{V1}/services/{key}"
    before = client.get(path)
    now[0] = other
    after = client.get(path, headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert after.json()["name"] == "Another Name"
    assert after.headers["etag"] != before.headers["etag"]
    version = client.get(f"{V1}/version").json()["directory"]
    now[0] = application
    assert client.get(f"{V1}/version").json()["directory"] != version
    assert client.get(path).headers["etag"] == before.headers["etag"]


def test_a_link_that_no_longer_answers_is_told_and_is_a_change(application):
    key, other = changed(application, website="https://example.org/gone")
    status = LinkStatus(LINK, date(2027, 1, 1), LinkState.GONE)
    other.directory.services[key].note_unanswered({LINK: status})
    noted = application.over(replace(other.directory, link_status={LINK: status}))
    before, after = client_of(other), client_of(noted)
    tag = before.get(f"{V1}/services/{key}").headers["etag"]
    reply = after.get(f"{V1}/services/{key}", headers={"If-None-Match": tag})
    assert reply.status_code == 200
    (link,) = reply.json()["unanswered_links"]
    assert link == {"url": LINK, "state": LinkState.GONE.value, "tried_on": "2027-01-01"}


# --- inside the whole shell -----------------------------------------------------------------------


@pytest.fixture
def whole(application):
    """The interface behind everything that stands around the app."""

    def make() -> TestClient:
        ours = routes(clock=lambda: SUNDAY_NIGHT, rates=often_enough())
        app = Starlette(routes=ours, middleware=middleware(application, ours))
        return TestClient(app, f"http://testserver{here('/')}", follow_redirects=False)

    return make


def test_the_doors_let_it_in_and_leave_its_problems_as_they_are(whole, addresses):
    client = whole()
    for path in addresses:
        assert client.get(path.lstrip("/")).status_code == 200, path
    for method, path, status in (
        ("GET", "/api/v1/none", 404),
        ("GET", f"{V1}/areas?postcode=CT1+3NG", 400),
        ("PUT", f"{V1}/areas", 405),
        ("POST", ANSWERS, 415),
        ("GET", "/api/v1/none%0d%0a", 404),
    ):
        reply = client.request(method, path.lstrip("/"))
        assert reply.status_code == status
        assert reply.headers["content-type"] == "application/problem+json"
    assert client.post(ANSWERS.lstrip("/"), json={"area": CANTERBURY}).status_code == 200
    assert "set-cookie" not in client.get("api", headers=OPENED).headers
    assert client.options(ANSWERS.lstrip("/")).status_code == 204


def test_nothing_leads_out_of_the_path_that_the_site_stands_below(whole, addresses):
    with standing_below():
        client = whole()
        assert client.get("api/openapi.json").json()["servers"] == [{"url": f"{PATH}/api"}]
        for path in addresses:
            reply = client.get(path.lstrip("/"))
            assert reply.status_code == 200
            assert f"<{PATH}{V1}" in reply.headers.get("link", f"<{PATH}{V1}")
        assert outside(client.get("api", headers=OPENED).text) == []
        assert client.get("api/v1/none").json()["type"].startswith(f"{PATH}/api#")
        assert TestClient(client.app).get(f"{V1}/version").status_code == 404


def test_the_page_for_programs_names_every_address_and_problem_and_loads_nothing_else(client):
    page = client.get("/api", headers=OPENED)
    for path in client.get("/api/openapi.json").json()["paths"]:
        assert f"/api{path}" in page.text
    for name in ("no_area", "place", "too_often", "broken"):
        assert f'<li id="{name}">' in page.text
    assert 'class="urgent"' in page.text
    assert 'href="/embed"' in page.text
    assert "<script" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
