"""Which addresses there are, and what is said of all others: a table of addresses and methods."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from mmhs_finder.application import Application
from mmhs_finder.channels import privates
from mmhs_finder.channels.shell.doors import Doors, words_of
from mmhs_finder.channels.shell.headers import REFUSED_POLICY, SecurityHeaders
from mmhs_finder.channels.shell.index_page import APP_PAGES
from mmhs_finder.channels.text.refusing import refusal_line, refused
from mmhs_finder.words import say
from tests.made_up.standing import PATH, standing_below
from tests.shell.conftest import ANY

OPENED = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
SCRIPT = next(p.name for p in (privates.static_files() / "js").glob("index.*.js"))

HAS = {
    **{path: {"GET", "HEAD"} for path in APP_PAGES},
    "/_stcore/health": {"GET", "HEAD"},
    "/_stcore/host-config": {"GET"},
    "/_stcore/upload_file/a-1/b-2": {"PUT", "DELETE"},
    "/media/0a1b.pdf": {"GET", "HEAD"},
    "/favicon.png": {"GET", "HEAD"},
    f"/static/js/{SCRIPT}": {"GET", "HEAD"},
    "/ours": {"GET", "HEAD", "POST"},
}
"""What there is, and how it may be asked for."""

HAS_NOT = [
    "/nothing",
    "/TS24 7BT",
    "/check/nothing",
    "/checks",
    "/_stcore/metrics",
    "/_stcore/script-health-check",
    "/_stcore/healthy",
    "/_stcore/health/",
    "/_stcore/upload_file/a",
    "/_stcore/upload_file/a/b/c",
    "/_stcore/agent/mcp",
    "/_stcore/",
    "/auth/login",
    "/oauth2callback",
    "/component/any/index.html",
    "/media/",
    "/media/a/b",
    "/static/",
    "/static/index.html",
    "/static/js/missing.js",
    f"/static/css/{SCRIPT}",
    "/static/js/../index.html",
    "/static/js/..",
    "/index",
    "/assets/none",
    "//evil.example",
    "/%0d%0aX: 1",
    "/manifest.json",
    "/media/\u0663",
]


async def _inside(request: Request) -> Response:
    path = request.url.path
    if path == "/media/broken.pdf":
        raise ValueError("TS24 7BT")
    if path == "/media/gone.pdf":
        return PlainTextResponse("File not found", 404)
    return PlainTextResponse("inside", headers={"Cache-Control": "no-cache"})


async def _ours(request: Request) -> Response:
    return PlainTextResponse("ours")


async def _socket(socket: WebSocket) -> None:
    await socket.accept()
    await socket.close()


class CanAnswerSockets:
    """As the web server says of itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app({**scope, "extensions": {"websocket.http.response": {}}}, receive, send)


Made = Callable[..., TestClient]


@pytest.fixture
def made(application: Application) -> Made:
    def make(base_url: str = "http://testserver", **options: object) -> TestClient:
        ours = [Route("/ours", _ours, methods=["GET", "POST"])]
        words = words_of(lambda status: refused(application, status), refusal_line, REFUSED_POLICY)
        doors = Middleware(Doors, words=words, pages=APP_PAGES, ours=ours, **options)
        app = Starlette(
            routes=[
                *ours,
                WebSocketRoute("/{rest:path}", _socket),
                Route("/{rest:path}", _inside, methods=[*ANY, "TRACE"]),
            ],
            middleware=[Middleware(SecurityHeaders), doors],
        )
        return TestClient(CanAnswerSockets(app), base_url=base_url, follow_redirects=False)

    return make


@pytest.fixture
def client(made: Made) -> TestClient:
    return made()


@pytest.mark.parametrize("path", HAS)
def test_what_there_is_is_let_through_in_its_own_ways_and_no_other(
    client: TestClient, path: str
) -> None:
    for method in (*ANY, "HEAD", "TRACE"):
        answer = client.request(method, path, headers=OPENED)
        if method in HAS[path]:
            assert answer.status_code == 200
            assert method == "HEAD" or answer.text in ("inside", "ours")
        else:
            assert answer.status_code == 405, method
            assert set(answer.headers["allow"].split(", ")) == HAS[path]


@pytest.mark.parametrize("path", HAS_NOT)
def test_what_there_is_not_is_404_in_every_way(client: TestClient, path: str) -> None:
    for method in (*ANY, "HEAD", "TRACE"):
        answer = client.request(method, f"http://testserver{path}", headers=OPENED)
        assert answer.status_code == 404, method
        assert answer.headers["cache-control"] == "no-store"
        assert "TS24" not in answer.text and "inside" not in answer.text


def test_who_opens_it_reads_our_words_and_a_program_one_line(client: TestClient) -> None:
    page = client.get("/TS24 7BT", headers=OPENED)
    assert f"<h1>{say('text_pages.missing')}</h1>" in page.text
    assert page.text.index('class="urgent"') < page.text.index("<h1>")
    assert 'href="tel:' in page.text
    assert '<form method="post" action="/text/"' in page.text
    assert 'data-instead="/no-such-page"' in page.text
    assert page.headers["content-security-policy"] == REFUSED_POLICY
    assert '<meta name="robots" content="noindex">' in page.text
    assert client.get("/TS24 7BT").text == f"{say('text_pages.missing')}.\n"
    assert client.post("/TS24 7BT", headers=OPENED).text == f"{say('text_pages.missing')}.\n"
    assert client.head("/TS24 7BT", headers=OPENED).content == b""


def test_what_is_inside_has_only_a_status_to_say_gets_our_words(client: TestClient) -> None:
    page = client.get("/media/gone.pdf", headers=OPENED)
    assert page.status_code == 404
    assert f"<h1>{say('text_pages.missing')}</h1>" in page.text
    assert client.get("/media/gone.pdf").text == f"{say('text_pages.missing')}.\n"


def test_what_breaks_is_said_calmly_and_logged_without_its_message(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        page = client.get("/media/broken.pdf", headers=OPENED)
    assert page.status_code == 500
    assert say("frame.sorry") in page.text
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["x-content-type-options"] == "nosniff"
    assert "ValueError" in caplog.text and "TS24" not in caplog.text


def test_nothing_is_logged_of_what_there_is_not(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "mmhs_finder"):
        client.get("/nothing")
    assert not [r for r in caplog.records if r.name.startswith("mmhs_finder")]


def test_below_a_path_nothing_else_is_there(made: Made) -> None:
    with standing_below():
        client = made()
        assert client.get(f"{PATH}/check").status_code == 200
        assert client.get(f"{PATH}/nothing").status_code == 404
        for outside in ("/check", "/", "/_stcore/health", f"{PATH}s/check"):
            assert client.get(outside).status_code == 404


class TestNames:
    """A page of somebody else's can be given a name that leads to this computer."""

    @pytest.mark.parametrize(
        ("host", "status"),
        [
            ("finder.example.org", 200),
            ("FINDER.example.org:8443", 200),
            ("a.nhs.example", 200),
            ("127.0.0.1:8501", 200),
            ("10.1.2.3", 200),
            ("[::1]:8501", 200),
            ("localhost:8501", 200),
            ("evil.example", 421),
            ("finder.example.org.evil.example", 421),
            ("xnhs.example", 421),
            ("nhs.example", 421),
            ("127.0.0.1.evil.example", 421),
            ("", 421),
            ("a b", 421),
        ],
    )
    def test_only_its_own_and_numbers(self, made: Made, host: str, status: int) -> None:
        client = made(hosts=["finder.example.org", "*.nhs.example"])
        assert client.get("/", headers={"Host": host}).status_code == status

    def test_without_a_setting_any(self, client: TestClient) -> None:
        assert client.get("/", headers={"Host": "any.example"}).status_code == 200


class TestConnections:
    @pytest.mark.parametrize(
        "origin",
        [
            "http://testserver",
            "https://testserver",
            "https://known.example",
        ],
    )
    def test_a_page_of_ours_may_connect(self, made: Made, origin: str) -> None:
        client = made(origins=["https://known.example"])
        with client.websocket_connect("/_stcore/stream", headers={"Origin": origin}):
            pass

    @pytest.mark.parametrize(
        ("path", "origin"),
        [
            ("/_stcore/stream", "http://localhost"),
            ("/_stcore/stream", "http://localhost:8501"),
            ("/_stcore/stream", "http://127.0.0.1"),
            ("/_stcore/stream", "null"),
            ("/_stcore/stream", "https://evil.example"),
            ("/_stcore/stream", "http://testserver.evil.example"),
            ("/_stcore/stream", "http://["),
            ("/other", "http://testserver"),
            ("/ours", "http://testserver"),
            ("/", "http://testserver"),
        ],
    )
    def test_nobody_else_and_nowhere_else_and_the_answer_has_its_headers(
        self, client: TestClient, path: str, origin: str
    ) -> None:
        with (
            pytest.raises(WebSocketDenialResponse) as refusal,
            client.websocket_connect(path, headers={"Origin": origin}),
        ):
            pass
        answer = refusal.value
        assert answer.status_code == 403
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"

    def test_under_another_name_nobody(self, made: Made) -> None:
        client = made(base_url="http://evil.example", hosts=["finder.example.org"])
        own = {"Origin": "http://evil.example"}
        with (
            pytest.raises(WebSocketDenialResponse),
            client.websocket_connect("/_stcore/stream", headers=own),
        ):
            pass
