from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from mmhs_finder.channels.privates import MAP_FRAME
from mmhs_finder.channels.shell.headers import TILES, content_security_policy


@pytest.mark.parametrize(
    "path", ["/", "/about", "/_stcore/health", "/assets/app/leave.js", "/nothing/here"]
)
def test_every_answer_carries_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "geolocation=()" in headers["permissions-policy"]
    assert "frame-ancestors 'self'" in headers["content-security-policy"]


def test_a_page_may_load_nothing_from_another_host_and_evaluate_nothing() -> None:
    policy = content_security_policy("/", "localhost:8501")
    assert "https:" not in policy
    assert "'unsafe-eval'" not in policy
    assert "script-src 'self';" in policy
    assert "connect-src 'self' ws://localhost:8501 wss://localhost:8501;" in policy


def test_only_the_map_may_load_street_tiles() -> None:
    policy = content_security_policy(f"{MAP_FRAME}index.html", "localhost")
    assert f"img-src 'self' data: blob: {TILES};" in policy
    assert policy.count("https:") == 1
    assert TILES not in content_security_policy("/component/other/index.html", "localhost")


def test_the_tile_servers_learn_the_site_and_never_the_page(client: TestClient) -> None:
    assert client.get(f"{MAP_FRAME}index.html").headers["referrer-policy"] == "strict-origin"


@pytest.mark.parametrize("host", ["", "a b", "x; script-src *", "evil\nhost", "a,b"])
def test_a_forged_host_does_not_get_into_the_policy(host: str) -> None:
    assert "connect-src 'self';" in content_security_policy("/", host)
