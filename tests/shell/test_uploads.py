"""Who may send a file, how large and how slowly: the guard before Streamlit's address for files."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from mmhs_finder.channels import list_memory
from mmhs_finder.channels.list_memory import ListMemory
from mmhs_finder.channels.shell import upload_desk, uploads
from mmhs_finder.channels.shell.browser import COOKIE
from mmhs_finder.channels.shell.upload_desk import Desk, Refusal
from mmhs_finder.channels.shell.uploads import SOCKET_HEADER, GuardsUploads

MINE, OTHERS = "n" * 43, "m" * 43
VISIT, FILE = "visit-1", "file-1"
ADDRESS = f"/_stcore/upload_file/{VISIT}/{FILE}"
LIMIT = 200_000
HOST = "https://finder.test"

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Store:
    """What Streamlit does with files, in short."""

    def __init__(self) -> None:
        self.files: dict[tuple[str, str], bytes] = {}
        self.drawn_again: list[str] = []

    def size(self, visit: str, file: str) -> int | None:
        data = self.files.get((visit, file))
        return None if data is None else len(data)

    def remove(self, visit: str) -> None:
        self.files = {key: data for key, data in self.files.items() if key[0] != visit}

    def run_again(self, visit: str) -> None:
        self.drawn_again.append(visit)


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def desk(store: Store) -> Desk:
    desk = Desk(ListMemory(1_000_000), store)
    desk.open(VISIT, MINE, "socket-1")
    return desk


@pytest.fixture
def app(store: Store, desk: Desk) -> Starlette:
    async def put(request: Request) -> Response:
        key = request.path_params["visit"], request.path_params["file"]
        store.files[key] = await request.body()
        return Response(status_code=204)

    async def delete(request: Request) -> Response:
        store.files.pop((request.path_params["visit"], request.path_params["file"]), None)
        return Response(status_code=204)

    async def stream(socket: WebSocket) -> None:
        await socket.accept()
        desk.open(VISIT, MINE, socket.headers[SOCKET_HEADER])
        await socket.send_json(socket.headers.getlist(SOCKET_HEADER))
        try:
            await socket.receive_bytes()
        except WebSocketDisconnect:
            return

    path = "/_stcore/upload_file/{visit}/{file}"
    routes = [
        Route(path, put, methods=["PUT"]),
        Route(path, delete, methods=["DELETE"]),
        Route("/_stcore/health", lambda _: Response(status_code=204)),
        WebSocketRoute("/_stcore/stream", stream),
    ]
    guard = Middleware(GuardsUploads, limit=lambda: LIMIT, desk=desk)
    return Starlette(routes=routes, middleware=[guard])


@pytest.fixture
def client(app: Starlette) -> Iterator[TestClient]:
    with TestClient(app, base_url=HOST, cookies={COOKIE: MINE}) as client:
        yield client


class TestWho:
    def test_the_browser_of_a_page_with_a_box_may_send(
        self, client: TestClient, store: Store, desk: Desk
    ) -> None:
        assert client.put(ADDRESS, content=b"list").status_code == 204
        assert store.files == {(VISIT, FILE): b"list"}
        assert desk.memory.size == 4

    @pytest.mark.parametrize("cookie", ["", OTHERS, "n" * 42])
    def test_no_other_browser_may(self, client: TestClient, store: Store, cookie: str) -> None:
        client.cookies.clear()
        if cookie:
            client.cookies.set(COOKIE, cookie)
        assert client.put(ADDRESS, content=b"list").status_code == 403
        assert not store.files and not store.drawn_again

    def test_a_visit_without_a_browser_may_not(self, client: TestClient, desk: Desk) -> None:
        desk.open("visit-2", "", "socket-2")
        client.cookies.clear()
        assert client.put("/_stcore/upload_file/visit-2/f", content=b"x").status_code == 403

    def test_a_page_without_a_box_may_not(
        self, client: TestClient, store: Store, desk: Desk
    ) -> None:
        desk.close(VISIT, "socket-1")
        assert client.put(ADDRESS, content=b"list").status_code == 403
        assert not store.files

    def test_nobody_may_for_a_visit_that_has_shown_none(self, client: TestClient) -> None:
        assert client.put("/_stcore/upload_file/visit-9/f", content=b"x").status_code == 403

    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "https://evil.test"},
            {"Origin": "null"},
            {"Origin": "https://finder.test.evil.test"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.test"},
        ],
    )
    @pytest.mark.parametrize("method", ["PUT", "DELETE"])
    def test_no_page_of_another_site_may(
        self, client: TestClient, store: Store, method: str, headers: dict[str, str]
    ) -> None:
        store.files[VISIT, "before"] = b"x"
        assert client.request(method, ADDRESS, headers=headers).status_code == 403
        assert store.files == {(VISIT, "before"): b"x"}

    @pytest.mark.parametrize(
        ("method", "path", "status"),
        [
            ("OPTIONS", ADDRESS, 405),
            ("POST", ADDRESS, 405),
            ("PUT", "/_stcore/upload_file/visit-1", 404),
            ("PUT", "/_stcore/upload_file/visit-1/a/b", 404),
            ("PUT", f"/_stcore/upload_file/visit-1/{'a' * 65}", 404),
            ("GET", "/_stcore/health", 204),
        ],
    )
    def test_what_else_is_asked_of_it(
        self, client: TestClient, method: str, path: str, status: int
    ) -> None:
        assert client.request(method, path).status_code == status


class TestHowMuch:
    def test_what_says_that_it_is_too_large_is_not_read(
        self, client: TestClient, store: Store, desk: Desk
    ) -> None:
        def never() -> Iterator[bytes]:
            raise AssertionError("it was read")
            yield b""

        answer = client.put(ADDRESS, content=never(), headers={"Content-Length": str(LIMIT + 1)})
        assert answer.status_code == 413
        assert answer.headers["connection"] == "close"
        assert desk.take_refusal(VISIT) is Refusal.TOO_BIG
        assert desk.take_refusal(VISIT) is None, "it is said once"
        assert store.drawn_again == [VISIT], "the page says why"

    async def test_what_says_nothing_or_lies_is_cut(
        self, app: Starlette, store: Store, desk: Desk
    ) -> None:
        for said in ({}, {"Content-Length": "10"}):
            sent = 0

            async def endless() -> AsyncIterator[bytes]:
                nonlocal sent
                while True:
                    sent += 65_536
                    yield b"x" * 65_536

            assert (await put(app, endless(), **said)).status_code == 413
            assert sent <= LIMIT + 3 * 65_536
            assert not store.files and desk.memory.size == 0

    @pytest.mark.parametrize("said", ["-1", "1e9", "ten", "1,2", "\u0661"])
    def test_a_length_that_is_no_number_is_refused(self, client: TestClient, said: str) -> None:
        headers = {"Content-Length": said.encode()}
        assert client.put(ADDRESS, content=iter([b"x"]), headers=headers).status_code == 400

    def test_where_all_memory_is_taken_it_says_when_to_come_back(
        self, client: TestClient, store: Store, desk: Desk
    ) -> None:
        desk.memory.hold("others").grow(desk.memory.limit - 3)
        answer = client.put(ADDRESS, content=b"list")
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) > 0
        assert desk.take_refusal(VISIT) is Refusal.FULL

    async def test_memory_that_fills_up_on_the_way_ends_it(
        self, app: Starlette, store: Store, desk: Desk
    ) -> None:
        desk.memory.hold("others").grow(desk.memory.limit - 100_000)

        async def growing() -> AsyncIterator[bytes]:
            for _ in range(3):
                yield b"x" * 60_000

        assert (await put(app, growing())).status_code == 503
        assert desk.memory.size == desk.memory.limit - 100_000

    def test_a_file_nobody_uses_gives_way_and_its_page_is_told(
        self, client: TestClient, store: Store, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client.put(ADDRESS, content=b"x" * 1000)
        monkeypatch.setattr(list_memory, "UNUSED_SECONDS", 0)
        desk.memory.limit = 1500
        desk.open("visit-2", MINE, "socket-2")
        path = "/_stcore/upload_file/visit-2/f"
        assert client.put(path, content=b"y" * 1000).status_code == 204
        assert list(store.files) == [("visit-2", "f")]
        assert desk.take_refusal(VISIT) is Refusal.LET_GO

    def test_a_file_that_is_worked_on_does_not_give_way(
        self, client: TestClient, store: Store, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client.put(ADDRESS, content=b"x" * 1000)
        monkeypatch.setattr(list_memory, "UNUSED_SECONDS", 0)
        desk.memory.limit = 1500
        held = desk.held(VISIT)
        assert held is not None
        held.in_use += 1
        desk.open("visit-2", MINE, "socket-2")
        path = "/_stcore/upload_file/visit-2/f"
        assert client.put(path, content=b"y" * 1000).status_code == 503
        assert list(store.files) == [(VISIT, FILE)]

    def test_a_visit_has_one_file(self, client: TestClient, store: Store, desk: Desk) -> None:
        client.put(ADDRESS, content=b"first")
        client.put(ADDRESS + "2", content=b"second")
        assert store.files == {(VISIT, FILE + "2"): b"second"}
        assert desk.memory.size == len(b"second")

    async def test_the_next_file_of_a_visit_takes_the_place_of_one_that_comes_in(
        self, app: Starlette, store: Store, desk: Desk
    ) -> None:
        begun, never = asyncio.Event(), asyncio.Event()

        async def slow() -> AsyncIterator[bytes]:
            yield b"x"
            begun.set()
            await never.wait()

        first = asyncio.create_task(put(app, slow()))
        await begun.wait()
        assert (await put(app, b"second", path=ADDRESS + "2")).status_code == 204
        assert (await first).status_code == 409
        assert store.files == {(VISIT, FILE + "2"): b"second"}
        assert desk.memory.size == len(b"second")

    async def test_only_so_many_come_in_at_a_time(
        self, app: Starlette, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(upload_desk, "AT_ONCE", 1)
        begun, go_on = asyncio.Event(), asyncio.Event()

        async def slow() -> AsyncIterator[bytes]:
            yield b"x"
            begun.set()
            await go_on.wait()

        first = asyncio.create_task(put(app, slow()))
        await begun.wait()
        desk.open("visit-2", MINE, "socket-2")
        second = "/_stcore/upload_file/visit-2/f"
        assert (await put(app, b"second", path=second)).status_code == 503
        coming = desk._visits[VISIT].coming
        assert coming is not None
        coming.began -= 60  # the first has had its time, and is slow
        assert (await put(app, b"second", path=second)).status_code == 204
        assert (await first).status_code == 409


class TestHowSlowly:
    @pytest.mark.parametrize("limit", ["SILENT_SECONDS", "WHOLE_SECONDS"])
    async def test_a_file_that_does_not_come_is_given_up(
        self, app: Starlette, desk: Desk, monkeypatch: pytest.MonkeyPatch, limit: str
    ) -> None:
        monkeypatch.setattr(uploads, limit, 0.05)

        async def silent() -> AsyncIterator[bytes]:
            yield b"x"
            await asyncio.Event().wait()

        assert (await put(app, silent())).status_code == 408
        assert desk.take_refusal(VISIT) is Refusal.TOO_SLOW
        assert desk.memory.size == 0


class TestWhatBecomesOfIt:
    def test_a_visit_may_take_its_file_away(
        self, client: TestClient, store: Store, desk: Desk
    ) -> None:
        client.put(ADDRESS, content=b"list")
        assert client.delete(ADDRESS).status_code == 204
        assert not store.files and desk.memory.size == 0

    def test_another_browser_may_not(self, client: TestClient, store: Store) -> None:
        client.put(ADDRESS, content=b"list")
        client.cookies.clear()
        client.cookies.set(COOKIE, OTHERS)
        assert client.delete(ADDRESS).status_code == 403
        assert store.files

    def test_it_goes_when_the_page_is_left(
        self, client: TestClient, store: Store, desk: Desk
    ) -> None:
        client.put(ADDRESS, content=b"list")
        desk.close(VISIT, "socket-1")
        assert not store.files and desk.memory.size == 0

    def test_it_goes_at_once_when_the_page_is_closed(
        self, client: TestClient, store: Store, desk: Desk
    ) -> None:
        gone: list[str] = []
        with client.websocket_connect("/_stcore/stream") as socket:
            (number,) = socket.receive_json()
            client.put(ADDRESS, content=b"list")
            work = desk.memory.hold(VISIT)
            work.let_go = lambda: gone.append("work")
            socket.close(1001)
        assert not store.files and desk.memory.size == 0
        assert gone == ["work"], "also what is being made of it"
        assert number not in desk._of(number)
        assert client.put(ADDRESS, content=b"list").status_code == 403

    def test_it_stays_for_a_moment_when_the_connection_breaks(
        self, client: TestClient, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(upload_desk, "AWAY_SECONDS", 3600)
        with client.websocket_connect("/_stcore/stream") as socket:
            socket.receive_json()
            client.put(ADDRESS, content=b"list")
            socket.close(1006)
        assert store.files

    async def test_and_goes_when_nobody_comes_back(
        self, store: Store, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(upload_desk, "AWAY_SECONDS", 0)
        store.files[VISIT, FILE] = store.files["visit-2", FILE] = b"list"
        desk.open("visit-2", MINE, "socket-2")
        desk.socket_ended("socket-1", 1006)
        desk.socket_ended("socket-2", 1006)
        desk.open("visit-2", MINE, "socket-3")  # this one is back
        await asyncio.sleep(0.01)
        assert list(store.files) == [("visit-2", FILE)]

    async def test_who_goes_while_sending_leaves_nothing(
        self, app: Starlette, store: Store, desk: Desk
    ) -> None:
        messages: list[dict[str, Any]] = [
            {"type": "http.request", "body": b"x" * 100, "more_body": True},
            {"type": "http.disconnect"},
        ]

        async def receive() -> dict[str, Any]:
            return messages.pop(0)

        async def send(message: Any) -> None:
            raise AssertionError("nobody is there")

        await app(scope(), receive, send)
        assert not store.files and desk.memory.size == 0

    def test_each_page_is_told_its_own_connection_by_nobody_else(self, client: TestClient) -> None:
        headers = {SOCKET_HEADER: "somebody-elses"}
        with client.websocket_connect("/_stcore/stream", headers=headers) as socket:
            (number,) = socket.receive_json()
            socket.close()
        assert number != "somebody-elses" and len(number) > 20


async def put(app: Starlette, content: Any, path: str = ADDRESS, **headers: str) -> httpx.Response:
    """A PUT through the app, its body as it comes; nothing waits for its end."""
    chunks = content if hasattr(content, "__anext__") else None
    answer: dict[str, Any] = {}
    left = [content] if chunks is None else []

    async def receive() -> dict[str, Any]:
        if chunks is None:
            return {"type": "http.request", "body": left.pop() if left else b"", "more_body": False}
        try:
            return {"type": "http.request", "body": await anext(chunks), "more_body": True}
        except StopAsyncIteration:
            return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        answer.update(message)

    await app(scope(path, **headers), receive, send)
    return httpx.Response(answer["status"], headers=answer.get("headers", []))


def scope(path: str = ADDRESS, **headers: str) -> dict[str, Any]:
    said = {"host": "finder.test", "cookie": f"{COOKIE}={MINE}", **headers}
    return {
        "type": "http",
        "method": "PUT",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "scheme": "https",
        "http_version": "1.1",
        "server": ("finder.test", 443),
        "client": ("test", 1),
        "headers": [(name.lower().encode(), value.encode()) for name, value in said.items()],
    }
