"""What stands before the interface: bodies, methods, other sites, how often, what breaks."""

from __future__ import annotations

import json
import logging

import pytest

from mmhs_finder.channels.api import answering
from mmhs_finder.channels.api import endpoints as module
from mmhs_finder.channels.api.gate import MOST_BYTES
from mmhs_finder.channels.api.rates import Often, Rates
from mmhs_finder.channels.shell.headers import REFUSED_POLICY
from tests.api.conftest import CANTERBURY, OPENED, V1, client_of

ANSWERS = f"{V1}/answers"
JSON = {"Content-Type": "application/json"}
GOOD = json.dumps({"area": CANTERBURY})
PROBLEM = "application/problem+json"


def problem(reply, status, name):
    assert (reply.status_code, reply.headers["content-type"]) == (status, PROBLEM), reply.text
    found = reply.json()
    assert found["type"].endswith(f"#{name}")
    assert found["status"] == status
    assert found["title"] and found["detail"]
    assert reply.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("body", "headers", "status", "name"),
    [
        (GOOD, {}, 415, "media"),
        (GOOD, {"Content-Type": "text/plain"}, 415, "media"),
        (GOOD, {"Content-Type": "application/x-www-form-urlencoded"}, 415, "media"),
        (GOOD, {"Content-Type": "application/json; charset=utf-16"}, 415, "media"),
        (GOOD, {**JSON, "Content-Encoding": "gzip"}, 415, "media"),
        ("", JSON, 400, "not_json"),
        ("{", JSON, 400, "not_json"),
        ("[]", JSON, 400, "not_json"),
        ('"CT1 3NG"', JSON, 400, "not_json"),
        ("null", JSON, 400, "not_json"),
        (b'{"postcode": "\xff"}', JSON, 400, "not_json"),
        ("\ufeff" + GOOD, JSON, 400, "not_json"),
        ('{"answers": {"age": NaN}, "postcode": "x"}', JSON, 400, "not_json"),
        ('{"postcode": "CT1 3NG", "postcode": "CT1 3NG"}', JSON, 400, "not_json"),
        ('{"a":' * 20 + "1" + "}" * 20, JSON, 400, "not_json"),
        ('{"a":' + "[" * 900 + "]" * 900 + "}", JSON, 400, "not_json"),
        ('{"a":' + "[" * 4000 + "]" * 4000 + "}", JSON, 400, "not_json"),
        ('{"postcode": "' + "x" * MOST_BYTES + '"}', JSON, 413, "too_large"),
        ('{"age": ' + "9" * 5000 + "}", JSON, 400, "not_json"),
    ],
)
def test_a_body_that_is_not_ours_is_refused_before_anything_reads_it(
    client, body, headers, status, name
):
    problem(client.post(ANSWERS, content=body, headers=headers), status, name)


def test_a_body_without_a_length_ends_at_the_limit(client):
    def parts():
        for _ in range(1000):
            yield b" " * 1000

    problem(client.post(ANSWERS, content=parts(), headers=JSON), 413, "too_large")


def test_a_plain_body_is_taken(client):
    for kind in ("application/json", "Application/JSON; charset=UTF-8"):
        assert client.post(ANSWERS, content=GOOD, headers={"Content-Type": kind}).is_success


# --- addresses and methods ------------------------------------------------------------------------

NOWHERE = [
    "/api/",
    "/api/v1",
    "/api/v1/",
    "/api/v2/services",
    "/api/docs",
    "/api/redoc",
    "/api/v1/services/",
    "/api/v1/services/..%2f..%2fetc",
    "/api/v1/services/%00",
    "/api/v1/services/a%0d%0ab",
    "/api/v1/services/harbour/x",
    "/api/v1/areas/CT1%203NG",
    "/api/v1/areas/CT1%203NG/answer",
    "/api/v1/answers/CT1%203NG",
    "/api/v1/%0d%0aX:%201",
    "/api/v1/services/" + "x" * 5000,
    "/api/V1/services",
]


@pytest.mark.parametrize("path", NOWHERE)
def test_what_is_not_there_is_404_for_a_program_and_never_said_back(client, path):
    reply = client.get(path)
    assert reply.status_code == 404
    assert reply.headers["content-type"] == PROBLEM
    for typed in ("CT1", "etc", "xxxx", "X:"):
        assert typed not in reply.text


@pytest.mark.parametrize("path", [f"{V1}/areas/CT1%203NG", f"{V1}/CT1%203NG/answers"])
def test_in_a_browser_it_is_the_page_that_takes_the_address_out_of_the_bar(client, path):
    reply = client.get(path, headers=OPENED)
    assert reply.status_code == 404
    assert 'data-instead="/no-such-page"' in reply.text
    assert reply.headers["content-security-policy"] == REFUSED_POLICY
    assert path not in reply.text and "areas" not in reply.text
    assert client.head(path, headers=OPENED).content == b""


@pytest.mark.parametrize(
    "query",
    [
        "postcode=CT1+3NG",
        "kind=mmhs&postcode=CT1+3NG",
        "CT1+3NG",
        "page=1&page=2",
        "%00=1",
        "=",
        "answers=%7B%7D",
    ],
)
@pytest.mark.parametrize("path", ["services", "areas", f"areas/{CANTERBURY}/answer", "version"])
def test_an_address_that_asks_for_something_else_is_refused(client, path, query):
    reply = client.get(f"{V1}/{path}?{query}")
    problem(reply, 400, "query")
    assert "POST" in reply.json()["detail"]
    assert "CT1" not in reply.text
    opened = client.get(f"{V1}/{path}?{query}", headers=OPENED)
    assert (opened.status_code, opened.headers["location"]) == (303, f"{V1}/{path}")
    assert opened.headers["cache-control"] == "no-store"


def test_a_query_of_a_body_is_refused_too(client):
    reply = client.post(f"{ANSWERS}?postcode=CT1+3NG", content=GOOD, headers=JSON)
    problem(reply, 400, "query")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE"])
def test_other_methods_say_which_there_are(client, method, addresses):
    for path in [*addresses[:-2], ANSWERS]:
        reply = client.request(method, path.partition("?")[0])
        problem(reply, 405, "method")
        assert reply.headers["allow"] == ("POST" if path == ANSWERS else "GET")
    problem(client.get(ANSWERS), 405, "method")
    problem(client.post(f"{V1}/areas", content=GOOD, headers=JSON), 405, "method")


def test_head_is_get_without_a_body(client, addresses):
    for path in addresses:
        full, head = client.get(path), client.head(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers.get("etag") == full.headers.get("etag")


# --- other sites ----------------------------------------------------------------------------------


def test_any_page_may_read_what_is_everybodys(client, addresses):
    for path in [*addresses[:-1], f"{V1}/nothing"]:
        reply = client.get(path, headers={"Origin": "https://council.example"})
        assert reply.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in reply.headers
        assert reply.headers["cross-origin-resource-policy"] == "cross-origin"
        assert reply.headers["x-robots-tag"] == "noindex", "search engines list pages for people"


def test_no_page_of_another_site_may_ask_for_an_answer(client):
    """What is typed there would be that site's to keep."""
    for origin in ("https://council.example", "null", "http://testserver.evil.example"):
        reply = client.post(ANSWERS, content=GOOD, headers={**JSON, "Origin": origin})
        problem(reply, 403, "origin")
        assert "access-control-allow-origin" not in reply.headers
    ours = client.post(ANSWERS, content=GOOD, headers={**JSON, "Origin": "http://testserver"})
    assert ours.is_success
    assert "access-control-allow-origin" not in ours.headers


def test_a_browser_that_asks_first_is_told_what_may_be_read(client):
    asked = {"Origin": "https://council.example", "Access-Control-Request-Method": "POST"}
    reply = client.options(ANSWERS, headers=asked)
    assert reply.status_code == 204
    assert "POST" not in reply.headers["access-control-allow-methods"]
    assert "If-None-Match" in reply.headers["access-control-allow-headers"]


# --- how often ------------------------------------------------------------------------------------


class Clock:
    def __init__(self):
        self.now = 1000

    def __call__(self):
        return self.now


def test_who_asks_too_often_is_told_when_to_come_back(application):
    clock = Clock()
    rates = Rates(Often(60, 3), Often(600, 100), clock)
    client = client_of(application, rates=rates, address=lambda _scope: "192.0.2.1")
    path = f"{V1}/version"
    assert [client.get(path).status_code for _ in range(4)] == [200, 200, 200, 429]
    reply = client.get(path)
    problem(reply, 429, "too_often")
    clock.now += int(reply.headers["retry-after"]) * 1000
    assert client.get(path).status_code == 200
    assert client.get(path).status_code == 429


def test_one_client_does_not_use_up_what_another_may(application):
    whose = ["192.0.2.1"]
    rates = Rates(Often(60, 2), Often(600, 100), Clock())
    client = client_of(application, rates=rates, address=lambda _scope: whose[0])
    path = f"{V1}/version"
    assert [client.get(path).status_code for _ in range(3)] == [200, 200, 429]
    whose[0] = "192.0.2.2"
    assert client.get(path).status_code == 200


def test_all_together_have_a_limit_and_no_address_is_kept():
    rates = Rates(Often(60, 50), Often(60, 5), Clock())
    waits = [rates.wait(f"192.0.2.{n}") for n in range(8)]
    assert waits[:5] == [0] * 5
    assert all(waits[5:])
    assert "192.0.2" not in repr(vars(rates))


def test_clients_that_have_gone_are_forgotten(monkeypatch):
    monkeypatch.setattr("mmhs_finder.channels.api.rates._MOST_CLIENTS", 3)
    rates = Rates(Often(60, 1), Often(6000, 1000), Clock())
    for n in range(10):
        assert rates.wait(f"192.0.2.{n}") == 0
    assert len(rates._clients) == 3
    assert rates.wait("192.0.2.9") > 0
    assert rates.wait("192.0.2.0") == 0


# --- what breaks ----------------------------------------------------------------------------------


def test_what_breaks_is_said_without_its_message(client, monkeypatch, caplog):
    def broken(*_given):
        raise RuntimeError("CT1 3NG my baby died")

    monkeypatch.setattr(answering, "answer_for", broken)
    with caplog.at_level(logging.DEBUG):
        reply = client.post(ANSWERS, content=GOOD, headers=JSON)
    problem(reply, 500, "broken")
    assert "CT1" not in reply.text + caplog.text
    assert "RuntimeError" in caplog.text


def test_what_is_sent_and_described_are_one(client, monkeypatch, caplog):
    """A field that nobody described is never sent: the answer breaks instead."""
    drawn = module.area_record_json
    monkeypatch.setattr(
        module, "area_record_json", lambda *given: drawn(*given) | {"curator_notes": "secret"}
    )
    reply = client.get(f"{V1}/areas/{CANTERBURY}")
    problem(reply, 500, "broken")
    assert "secret" not in reply.text + caplog.text
