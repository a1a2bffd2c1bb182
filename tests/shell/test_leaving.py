"""What the server does when somebody leaves, and that no other site can say so for her."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from mmhs_finder.channels.shell import leaving
from mmhs_finder.channels.shell.browser import COOKIE
from mmhs_finder.channels.shell.leaving import ForgetsWhoLeaves
from mmhs_finder.channels.shell.limits import Limits, Places
from mmhs_finder.render.addresses import here

HER, OTHER = "h" * 43, "o" * 43
OURS = {"Sec-Fetch-Site": "same-origin"}


class World:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.visits = {HER: ["one", "two"], OTHER: ["three"]}
        self.forgotten: list[str] = []
        self.ended: list[str] = []
        monkeypatch.setattr(leaving, "visits_of", lambda browser: self.visits.get(browser, []))
        monkeypatch.setattr(leaving, "forget_visit", self.forgotten.append)
        places = Places(Limits(9, 9), lambda _browser: [])
        for browser in (HER, OTHER, HER):
            places.take(
                {"type": "websocket", "headers": []},
                browser,
                lambda browser=browser: self.ended.append(browser),
            )
        app = Starlette(middleware=[Middleware(ForgetsWhoLeaves, places=places)])
        self.client = TestClient(app, base_url="http://finder.example")
        self.client.cookies.set(COOKIE, HER)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    return World(monkeypatch)


def test_every_visit_of_that_browser_ends_and_its_number_goes(world: World) -> None:
    answer = world.client.post(here("/leave"), headers=OURS)
    assert answer.status_code == 204
    assert world.forgotten == ["one", "two"]
    assert world.ended == [HER, HER]
    gone = [line for line in answer.headers.get_list("set-cookie") if "Max-Age=0" in line]
    assert [line.split("=")[0] for line in gone] == [COOKIE, "_streamlit_xsrf"]


def test_an_old_browser_says_its_origin(world: World) -> None:
    world.client.post("/leave", headers={"Origin": "http://finder.example"})
    assert world.forgotten == ["one", "two"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://finder.example"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://localhost:3000"},
        {"Origin": "null"},
    ],
)
def test_no_other_site_ends_her_visit(world: World, headers: dict[str, str]) -> None:
    answer = world.client.post("/leave", headers=headers)
    assert answer.status_code == 403
    assert not world.forgotten and not world.ended
    assert "set-cookie" not in answer.headers


def test_nor_does_a_link(world: World) -> None:
    assert world.client.get("/leave", headers=OURS).status_code == 405
    assert not world.forgotten


def test_who_has_no_number_ends_nothing(world: World) -> None:
    world.client.cookies.clear()
    world.visits[""] = ["nobody's"]
    assert world.client.post("/leave", headers=OURS).status_code == 204
    assert not world.forgotten and not world.ended
