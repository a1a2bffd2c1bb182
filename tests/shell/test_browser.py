"""The number of a browser: who is given one, and what Streamlit hears of it."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from mmhs_finder.channels.shell.browser import COOKIE, HEADER, NumbersBrowsers
from tests.shell.conftest import _index, _other_html, _plain

NUMBER = "n" * 43


async def _who(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_json(socket.headers.getlist(HEADER))
    await socket.close()


@pytest.fixture
def client() -> TestClient:
    routes = [
        Route("/", _index),
        Route("/check", _index),
        Route("/text/", _other_html),
        Route("/_stcore/health", _plain),
        WebSocketRoute("/_stcore/stream", _who),
    ]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(NumbersBrowsers)]))


def told(client: TestClient, **headers: str) -> list[str]:
    with client.websocket_connect("/_stcore/stream", headers=headers) as socket:
        found: list[str] = socket.receive_json()
        return found


class TestTheCookie:
    def test_a_page_gives_one_that_no_script_can_read_and_no_other_site_sends(
        self, client: TestClient
    ) -> None:
        line = client.get("/check").headers["set-cookie"]
        assert line.startswith(f"{COOKIE}=")
        assert "; HttpOnly" in line
        assert "; SameSite=Lax" in line
        assert "Secure" not in line
        assert "Max-Age" not in line, "it goes with the browser"

    def test_behind_a_proxy_with_tls_it_is_sent_over_tls_only(self, client: TestClient) -> None:
        line = client.get("/", headers={"X-Forwarded-Proto": "https"}).headers["set-cookie"]
        assert "; Secure" in line

    def test_who_has_one_keeps_it(self, client: TestClient) -> None:
        client.cookies.set(COOKIE, NUMBER)
        assert "set-cookie" not in client.get("/").headers

    def test_what_is_no_number_of_ours_is_replaced(self, client: TestClient) -> None:
        client.cookies.set(COOKIE, "short")
        assert "set-cookie" in client.get("/").headers

    @pytest.mark.parametrize("path", ["/text/", "/_stcore/health"])
    def test_pages_without_a_visit_give_none(self, client: TestClient, path: str) -> None:
        assert "set-cookie" not in client.get(path).headers


class TestTheConnection:
    def test_it_is_told_as_the_browsers_own(self, client: TestClient) -> None:
        client.cookies.set(COOKIE, NUMBER)
        assert told(client) == [NUMBER]

    def test_nobody_says_by_a_header_that_they_are_somebody_else(self, client: TestClient) -> None:
        client.cookies.set(COOKIE, NUMBER)
        assert told(client, **{"X-MMHS-Browser": "m" * 43}) == [NUMBER]

    def test_without_a_cookie_it_is_somebody_new_each_time(self, client: TestClient) -> None:
        client.cookies.clear()
        first, second = told(client), told(client)
        assert len(first) == len(second) == 1
        assert first != second
