from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from mmhs_finder.channels.shell.headers import (
    TILES,
    SecurityHeaders,
    content_security_policy,
    is_same_origin,
    referrer_policy,
)
from mmhs_finder.render.maps.frame import frame_url
from mmhs_finder.render.static import MAP_FRAME_AT


@pytest.mark.parametrize(
    "path", ["/", "/about", "/_stcore/health", "/assets/app/leave.js", "/nothing/here", "/Check"]
)
def test_every_answer_carries_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path, follow_redirects=False).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "geolocation=()" in headers["permissions-policy"]
    assert "frame-ancestors 'self'" in headers["content-security-policy"] or path == "/nothing/here"
    assert "frame-ancestors" in headers["content-security-policy"]


def test_a_page_may_load_nothing_from_another_host_and_evaluate_nothing() -> None:
    policy = content_security_policy("/", "localhost:8501")
    assert "https:" not in policy
    assert "'unsafe-eval'" not in policy
    assert "script-src 'self';" in policy
    assert "connect-src 'self' ws://localhost:8501 wss://localhost:8501;" in policy


PATHS = ["/", "/about", "/text", MAP_FRAME_AT, "/assets/map/", "/component/any/index.html"]


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_evaluated_and_no_inline_script_runs_anywhere(path: str) -> None:
    policy = content_security_policy(path, "localhost")
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert "'unsafe-eval'" not in policy
    assert rules.get("script-src", rules["default-src"]) in ("'self'", "'none'")


def test_only_the_map_may_load_street_tiles_and_it_has_no_inline_style(client: TestClient) -> None:
    policy = client.get(frame_url()).headers["content-security-policy"]
    assert f"img-src 'self' {TILES};" in policy
    assert policy.count("https:") == 1
    assert "unsafe" not in policy
    for other in ("/component/other/index.html", f"{MAP_FRAME_AT}s", "/assets/shapes/detail"):
        assert TILES not in content_security_policy(other, "localhost")


def test_the_tile_servers_learn_the_site_and_never_the_page(client: TestClient) -> None:
    assert client.get(frame_url()).headers["referrer-policy"] == "strict-origin"


@pytest.mark.parametrize("host", ["", "a b", "x; script-src *", "evil\nhost", "a,b"])
def test_a_forged_host_does_not_get_into_the_policy(host: str) -> None:
    assert "connect-src 'self';" in content_security_policy("/", host)


class TestWhatIsKept:
    @pytest.mark.parametrize(
        "path",
        [
            "/",
            "/check",
            "/?postcode=x",
            "/Check?area=E07000106",
            "/nothing",
            "/_stcore/health",
            "/_stcore/metrics",
            "/assets/none",
            "/assets/shapes/none",
            "/static/js/none.js",
            "/media/none",
        ],
    )
    @pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
    def test_no_document_error_or_way_on_is_stored(
        self, client: TestClient, path: str, method: str
    ) -> None:
        answer = client.request(method, path, follow_redirects=False)
        assert answer.headers["cache-control"] == "no-store"

    @pytest.mark.parametrize("path", ["/assets/app.js?v=1", "/assets/map", "/assets/app/icon.svg"])
    def test_files_that_are_everybodys_are(self, client: TestClient, path: str) -> None:
        assert client.get(path).headers["cache-control"].startswith("public, max-age=")

    def test_what_has_not_changed_stays_as_it_was_told(self, client: TestClient) -> None:
        tag = client.get("/assets/app/icon.svg").headers["etag"]
        answer = client.get("/assets/app/icon.svg", headers={"If-None-Match": tag})
        assert answer.status_code == 304
        assert "no-store" not in answer.headers.get("cache-control", "")
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("headers", "secure"),
    [({}, False), ({"X-Forwarded-Proto": "https"}, True), ({"X-Forwarded-Proto": "http"}, False)],
)
def test_cookies_of_others_go_over_tls_only_where_there_is_tls(
    headers: dict[str, str], secure: bool
) -> None:
    async def gives_cookies(_request: Request) -> Response:
        answer = PlainTextResponse("ok")
        answer.set_cookie("_streamlit_xsrf", "x")
        answer.set_cookie("other", "y", secure=True)
        return answer

    app = Starlette(routes=[Route("/", gives_cookies)], middleware=[Middleware(SecurityHeaders)])
    lines = TestClient(app).get("/", headers=headers).headers.get_list("set-cookie")
    assert ["secure" in line.lower() for line in lines] == [secure, True]
    assert lines[1].lower().count("secure") == 1


@pytest.mark.parametrize("path", ["/", "/about", "/text/", "/static/js/x.js", "/media/x", "/none"])
def test_nobody_is_told_where_somebody_came_from(path: str) -> None:
    assert referrer_policy(path) == "no-referrer"


@pytest.mark.parametrize(
    ("host", "origin", "is_ours"),
    [
        ("finder.test", "https://finder.test", True),
        ("finder.test:443", "https://finder.test", True),  # a proxy that names the usual port
        ("localhost:8501", "http://localhost:8501", True),
        ("[::1]:8501", "http://[::1]:8501", True),
        ("localhost:8501", "http://localhost:8502", False),
        ("finder.test", "https://finder.test:8443", False),
        ("finder.test:80", "https://finder.test", False),
        ("finder.test", "https://finder.test.example", False),
        ("finder.test", "null", False),
        ("", "null", False),
        ("finder.test", "http://[", False),
    ],
)
def test_a_page_of_this_site_is_told_from_others(host: str, origin: str, is_ours: bool) -> None:
    assert is_same_origin(Headers({"host": host, "origin": origin})) is is_ours
