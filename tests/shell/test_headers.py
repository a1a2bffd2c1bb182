from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from mmhs_finder.channels.shell.headers import TILES, content_security_policy
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
