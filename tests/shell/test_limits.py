"""How many visits there may be, whose address counts, and the page for who finds no place."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Scope

from mmhs_finder.channels.shell.browser import COOKIE
from mmhs_finder.channels.shell.busy import BusyPage
from mmhs_finder.channels.shell.headers import SecurityHeaders
from mmhs_finder.channels.shell.limits import (
    TRUSTED_PROXIES,
    VISITS,
    VISITS_PER_ADDRESS,
    BadSetting,
    Limits,
    OpenSocket,
    Places,
    address_of,
    limits,
    raise_descriptors,
)
from mmhs_finder.render.static import SAFE_PLACE
from tests.shell.conftest import STRIP, _index, _plain

PROXIES = limits(65_536, {TRUSTED_PROXIES: "127.0.0.1, 10.0.0.0/8"}).proxies


def scope(client: str = "127.0.0.1", *forwarded: str) -> Scope:
    headers = [(b"x-forwarded-for", one.encode()) for one in forwarded]
    return {"type": "websocket", "client": (client, 5), "headers": headers}


class TestSettings:
    def test_without_any_the_descriptors_decide(self) -> None:
        assert limits(1024, {}).visits == 102
        assert limits(65_536, {}).visits == 150
        assert limits(100, {}).visits == 10, "it starts, and refuses, with few as well"

    def test_an_address_has_no_fewer_than_a_hospital_needs(self) -> None:
        assert limits(65_536, {}).per_address == 200
        assert limits(65_536, {VISITS_PER_ADDRESS: "900"}).per_address == 900

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            (VISITS, "0"),
            (VISITS, "many"),
            (VISITS, "-5"),
            (VISITS, "٣"),
            (VISITS, "9" * 5000),
            (VISITS, "20000"),  # more than there are descriptors for
            (VISITS_PER_ADDRESS, "199"),
            (TRUSTED_PROXIES, "nginx"),
            (TRUSTED_PROXIES, "10.0.0.0/99"),
        ],
    )
    def test_what_cannot_be_used_is_said_by_its_name(self, name: str, value: str) -> None:
        with pytest.raises(BadSetting, match=name):
            limits(65_536, {name: value})

    def test_descriptors_are_raised_to_what_is_allowed(self) -> None:
        assert raise_descriptors() == raise_descriptors() > 0


class TestAddresses:
    def test_without_trusted_proxies_none_counts(self) -> None:
        assert address_of(scope("127.0.0.1", "203.0.113.9"), ()) == ""

    @pytest.mark.parametrize(
        ("client", "forwarded", "address"),
        [
            ("127.0.0.1", ["203.0.113.9"], "203.0.113.9"),
            ("::ffff:127.0.0.1", ["203.0.113.9"], "203.0.113.9"),
            ("127.0.0.1", ["1.1.1.1, 203.0.113.9, 10.1.2.3"], "203.0.113.9"),
            ("127.0.0.1", ["1.1.1.1", "203.0.113.9"], "203.0.113.9"),
            ("203.0.113.9", ["1.1.1.1"], "203.0.113.9"),  # not one of ours: not believed
            ("127.0.0.1", ["2001:db8:1:2:3:4:5:6"], "2001:db8:1:2::/64"),
            ("127.0.0.1", [], ""),  # the proxy says nothing: nobody is blamed for all
            ("127.0.0.1", ["unknown"], ""),
            ("127.0.0.1", [""], ""),
        ],
    )
    def test_it_is_the_last_that_no_proxy_of_ours_has(
        self, client: str, forwarded: list[str], address: str
    ) -> None:
        assert address_of(scope(client, *forwarded), PROXIES) == address


def taken(places: Places, browser: str, where: Scope | None = None) -> OpenSocket | None:
    return places.take(where or scope(), browser, lambda: None)


class TestPlaces:
    def test_newcomers_are_refused_when_all_are_taken(self) -> None:
        places = Places(Limits(2, 2), lambda _browser: [])
        assert taken(places, "a") and taken(places, "b")
        assert taken(places, "c") is None

    def test_who_is_inside_may_load_the_page_anew(self) -> None:
        kept = {"away": ["a visit"]}
        places = Places(Limits(1, 2), lambda browser: kept.get(browser, []))
        assert taken(places, "a")
        assert taken(places, "a")
        assert taken(places, "away"), "the phone was locked for a call"
        assert taken(places, "a") is None, "but not without end"

    def test_one_browser_cannot_take_them_all(self) -> None:
        places = Places(Limits(400, 45), lambda _browser: [])
        assert len([1 for _ in range(100) if taken(places, "a")]) == 30
        assert taken(places, "b")

    def test_one_address_cannot_take_them_all(self) -> None:
        places = Places(Limits(400, 45, 200, PROXIES), lambda _browser: [])
        near, far = scope("127.0.0.1", "203.0.113.9"), scope("127.0.0.1", "203.0.113.10")
        found = [taken(places, f"b{n}", near) for n in range(250)]
        assert len([1 for place in found if place]) == 200
        assert taken(places, "other", far)
        assert found[0] is not None
        places.give_back(found[0])
        assert taken(places, "new", near)

    def test_ending_is_for_one_browser(self) -> None:
        ended: list[str] = []
        places = Places(Limits(9, 9), lambda _browser: [])
        for browser in "aba":
            places.take(scope(), browser, lambda browser=browser: ended.append(browser))
        places.end("a")
        assert ended == ["a", "a"]


class TestTheBusyPage:
    @pytest.fixture
    def places(self) -> Places:
        return Places(Limits(1, 1), lambda browser: ["kept"] if browser == "k" * 43 else [])

    @pytest.fixture
    def client(self, places: Places) -> TestClient:
        middleware = [
            Middleware(SecurityHeaders),
            Middleware(BusyPage, places=places, strip=lambda: STRIP, pages=["/", "/check"]),
        ]
        routes = [Route("/healthz", _plain), Route("/{rest:path}", _index)]
        return TestClient(Starlette(routes=routes, middleware=middleware))

    @pytest.mark.parametrize("path", ["/", "/check", "/?area=E07000106&need=loss"])
    def test_newcomers_get_it_when_all_is_taken(
        self, client: TestClient, places: Places, path: str
    ) -> None:
        assert client.get(path).status_code == 200
        taken(places, "a")
        answer = client.get(path)
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) > 0
        assert answer.headers["cache-control"] == "no-store"
        assert "content-security-policy" in answer.headers
        for part in ("tel:999", 'href="/text/"', f'href="{SAFE_PLACE}"', "/text/urgent"):
            assert part in answer.text
        assert "E07000106" not in answer.text
        assert "<script" not in answer.text

    def test_who_is_inside_gets_the_app(self, client: TestClient, places: Places) -> None:
        taken(places, "a")
        client.cookies.set(COOKIE, "k" * 43)
        assert client.get("/").status_code == 200

    @pytest.mark.parametrize("path", ["/healthz", "/text/", "/assets/x.css"])
    def test_what_needs_no_place_is_answered(
        self, client: TestClient, places: Places, path: str
    ) -> None:
        taken(places, "a")
        assert client.get(path).status_code == 200
