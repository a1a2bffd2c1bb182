"""The curators' app answers this computer alone, and the public app knows nothing of it."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from mmhs_finder.channels.curator.first_page import FirstPage
from mmhs_finder.channels.curator.own_computer import (
    NotOnThisComputer,
    OnlyThisComputer,
    check_address,
)
from mmhs_finder.words import say

ROOT = Path(__file__).parents[2]
INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
OWN = "http://localhost:8502"
ADDRESSES = ("/work", "/service", "/service?service=oak", "/history")


async def _page(_request):
    return HTMLResponse(INDEX)


async def _file(_request):
    return PlainTextResponse("<html> no page")


async def _socket(socket):
    await socket.accept()
    await socket.close()


def asker(base_url: str = OWN, host: str = "127.0.0.1") -> TestClient:
    """Somebody who asks. base_url: by which name and at which address; host: from where."""
    app = Starlette(
        routes=[
            Route("/", _page, methods=["GET", "POST"]),
            Route("/static/x.js", _file),
            WebSocketRoute("/_stcore/stream", _socket),
        ],
        middleware=[Middleware(OnlyThisComputer), Middleware(FirstPage)],
    )
    return TestClient(app, base_url=base_url, client=(host, 50000))


def connected(base: str, headers: dict[str, str]):
    """The connection of a visit."""
    address = f"{base.replace('http', 'ws')}/_stcore/stream"
    return asker(base).websocket_connect(address, headers=headers)


@pytest.mark.parametrize("base", [OWN, "http://127.0.0.1:8502", "http://[::1]:8502"])
def test_who_sits_at_this_computer_is_answered(base):
    assert asker(base).get("/").status_code == 200
    assert asker(base, "::1").get("/", headers={"Origin": base}).status_code == 200
    with connected(base, {"Origin": base}):
        pass


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:8502"},
        {"Host": "localhost.evil.example"},
        {"Host": "127.0.0.1.nip.io:8502"},
        {"Host": "192.168.1.20:8502"},
        {"Host": "0.0.0.0:8502"},
        {"Host": ""},
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost:9999"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"},
        {"X-Forwarded-For": "203.0.113.7"},
        {"Forwarded": "for=203.0.113.7"},
    ],
    ids=str,
)
def test_another_site_that_is_open_in_the_browser_gets_nothing(headers):
    answer = asker().post("/", headers=headers)
    assert answer.status_code == 421
    assert "for this computer only" in answer.text and say("curator.title") not in answer.text
    with pytest.raises(WebSocketDisconnect), connected(OWN, headers):
        pass


def test_two_names_at_once_are_none():
    answer = asker().get("/", headers=[("Host", "localhost:8502"), ("Host", "evil.example")])
    assert answer.status_code == 421


@pytest.mark.parametrize(("base", "host"), [(OWN, "192.168.1.20"), ("http://192.168.1.5", "::1")])
def test_who_comes_from_elsewhere_is_refused_by_whatever_name(base, host):
    answer = asker(base, host).get("/", headers={"Host": "localhost:8502"})
    assert answer.status_code == 421


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1", "127.0.0.2"])
def test_it_starts_on_this_computer(address):
    check_address(address)


@pytest.mark.parametrize(
    "address", [None, "", "0.0.0.0", "::", "192.168.1.5", "example.org", "unix:///tmp/x"]
)
def test_it_does_not_start_anywhere_else(address):
    with pytest.raises(NotOnThisComputer, match="make edit"):
        check_address(address)


@pytest.mark.slow
@pytest.mark.parametrize("address", [None, "0.0.0.0"])
def test_started_by_hand_for_everybody_it_ends_with_a_sentence(address, made_up_folder):
    command = [sys.executable, "-m", "streamlit", "run", "mmhs_finder/channels/curator/app.py"]
    command += ["--server.port", "0", *(["--server.address", address] if address else [])]
    ended = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "MMHS_DATA_DIR": str(made_up_folder)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ended.returncode == 1
    assert "make edit" in ended.stderr and "Traceback" not in ended.stderr


def test_its_first_page_says_what_it_is_and_has_no_script_inside():
    page = asker().get("/").text
    assert f"<title>{say('curator.title')}</title>" in page
    assert "<script>" not in page and 'lang="en-GB"' in page
    assert asker().get("/static/x.js").text == "<html> no page"


# --- apart from the public app --------------------------------------------------------------------


def test_the_public_app_imports_nothing_of_it():
    others = [ROOT / "app.py", *(ROOT / "pages").glob("*.py")]
    for path in (ROOT / "mmhs_finder").rglob("*.py"):
        if "curator" not in path.parent.parts:
            others.append(path)
    found = [
        path.relative_to(ROOT).as_posix()
        for path in others
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and any("channels.curator" in name for name in _names(node))
    ]
    assert not found


def _names(node: ast.Import | ast.ImportFrom) -> list[str]:
    module = getattr(node, "module", "") or ""
    return [f"{module}.{alias.name}".lstrip(".") for alias in node.names]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_public_app_has_none_of_its_addresses(client: TestClient, address: str) -> None:
    answer = client.get(address, headers={"Accept": "text/html"}, follow_redirects=False)
    # To who looks for a history, the public app shows what has changed.
    ours = answer.status_code == 404 or answer.headers["location"].endswith("/changes")
    assert ours
    assert say("curator.title") not in answer.text
