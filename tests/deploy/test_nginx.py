"""A real nginx with the shipped configuration, before stand-ins that say what reached them."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.fleet import NAMES, nginx

LIST = 3_000_000
PART = 100_000


class StandIn(ThreadingHTTPServer):
    """In place of a replica: answers with what it was asked."""

    request_queue_size = 512
    daemon_threads = True

    def __init__(self, name: str) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.name = name
        self.asked = 0
        self.received = 0
        self.let_go = threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Answers(BaseHTTPRequestHandler):
    server: StandIn
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked += 1
        if self.path.startswith("/held"):
            self.server.let_go.wait(60)
        body = json.dumps({"by": self.server.name, "headers": dict(self.headers)}).encode()
        self.send_response(200)
        kept = "public, max-age=60" if self.path.startswith("/static/") else "no-store"
        self.send_header("Cache-Control", kept)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_PUT(self) -> None:
        left = int(self.headers["Content-Length"])
        while left:
            part = self.rfile.read1(min(left, 65536))
            if not part:
                return
            left -= len(part)
            self.server.received += len(part)
        self.do_GET()

    do_POST = do_PUT

    def log_message(self, *_: Any) -> None:
        """Its own log says nothing."""


@dataclass
class Front:
    """nginx and the stand-ins behind it."""

    port: int
    folder: Path
    behind: dict[str, StandIn] = field(default_factory=dict)

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> tuple[http.client.HTTPResponse, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        answer = connection.getresponse()
        return answer, answer.read().decode()

    def by(self, **cookies: str) -> str:
        """The stand-in that answers a browser with these cookies."""
        sent = "; ".join(f"{name}={value}" for name, value in cookies.items())
        return str(json.loads(self.ask("/", Cookie=sent)[1])["by"])

    def logged(self) -> str:
        time.sleep(0.1)  # nginx writes a line after the answer
        return "".join(p.read_text(encoding="utf-8") for p in self.folder.glob("*.log"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Front]:
    stand_ins = {name: StandIn(name) for name in NAMES}
    folder = tmp_path / "nginx"
    folder.mkdir()
    port = free_port()
    with nginx(folder, port, [one.server_port for one in stand_ins.values()]):
        yield Front(port, folder, stand_ins)
    for one in stand_ins.values():
        one.let_go.set()
        one.shutdown()
        one.server_close()


def gone(stand_in: StandIn) -> None:
    """Nobody listens on its port any more."""
    stand_in.shutdown()
    stand_in.server_close()


class TestWhoComesWhere:
    def test_a_browser_comes_back_to_the_same_replica_and_browsers_are_spread(
        self, front: Front
    ) -> None:
        browsers = {f"browser-{number}": front.by(mmhs_browser=str(number)) for number in range(60)}
        for number in range(60):
            assert front.by(mmhs_browser=str(number)) == browsers[f"browser-{number}"]
        shares = [list(browsers.values()).count(name) for name in NAMES]
        assert min(shares) >= 5

    def test_who_has_no_cookie_goes_by_the_address(self, front: Front) -> None:
        assert len({front.by() for _ in range(10)}) == 1

    @pytest.mark.parametrize("name", NAMES)
    def test_where_a_visit_is_counts_before_all_else(self, front: Front, name: str) -> None:
        assert front.by(mmhs_browser="x", mmhs_replica=name) == name

    def test_a_name_that_no_replica_has_leads_nowhere_else(self, front: Front) -> None:
        for forged in ("d", "127.0.0.1:22", "replica_a", "../a", ""):
            assert front.by(mmhs_browser="x", mmhs_replica=forged) == front.by(mmhs_browser="x")

    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_one_that_is_gone_costs_nobody_an_answer(self, front: Front, method: str) -> None:
        gone(front.behind["b"])
        for number in range(20):
            for cookie in (f"mmhs_browser={number}", "mmhs_replica=b"):
                sent = b"postcode=CT1+3NG" if method == "POST" else None
                answer, said = front.ask("/text/", method, sent, Cookie=cookie)
                assert answer.status == 200
                assert json.loads(said)["by"] != "b"

    def test_when_all_are_gone_a_page_says_so_with_the_numbers(self, front: Front) -> None:
        for one in front.behind.values():
            gone(one)
        for method, path in (("GET", "/"), ("GET", "/check?need=loss"), ("POST", "/text/")):
            answer, page = front.ask(
                path, method, b"postcode=CT1+3NG" if method == "POST" else None
            )
            assert answer.status == 502
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["Content-Type"] == "text/html"
            assert answer.headers["Retry-After"] == "30"
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            assert 'href="tel:999"' in page and "need=loss" not in page


class TestWhatGoesThrough:
    def test_a_list_goes_through_while_it_comes_and_is_written_to_no_disk(
        self, front: Front
    ) -> None:
        at = front.behind[front.by(mmhs_browser="x")]
        connection = http.client.HTTPConnection("127.0.0.1", front.port, timeout=30)
        connection.putrequest("PUT", "/_stcore/upload_file/a-number/another")
        connection.putheader("Content-Length", str(LIST))
        connection.putheader("Cookie", "mmhs_browser=x")
        connection.endheaders()
        connection.send(b"x" * (LIST - PART))
        deadline = time.monotonic() + 20
        while at.received < LIST // 2 and time.monotonic() < deadline:
            time.sleep(0.01)
        assert at.received >= LIST // 2, "the app has most of it before the last part is sent"
        assert [p for p in (front.folder / "client_body").rglob("*") if p.is_file()] == []
        connection.send(b"x" * PART)
        assert connection.getresponse().status == 200
        assert at.received == LIST

    def test_one_that_is_too_large_is_refused_at_once(self, front: Front) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", front.port, timeout=30)
        connection.putrequest("PUT", "/_stcore/upload_file/a-number/another")
        connection.putheader("Content-Length", str(10**9))
        connection.endheaders()
        assert connection.getresponse().status == 413
        assert sum(one.received for one in front.behind.values()) == 0

    def test_what_a_client_says_of_its_own_address_is_not_passed_on(self, front: Front) -> None:
        said = front.ask("/", X_Forwarded_For="10.1.2.3", X_Forwarded_Proto="https")[1]
        headers = json.loads(said)["headers"]
        assert headers["X-Forwarded-For"] == "127.0.0.1"
        assert headers["X-Forwarded-Proto"] == "http"
        assert headers["Host"] == f"127.0.0.1:{front.port}"

    def test_files_for_everybody_are_kept_and_asked_for_without_cookies(self, front: Front) -> None:
        first = front.ask("/static/js/a.js", Cookie="mmhs_browser=x")[1]
        assert "Cookie" not in json.loads(first)["headers"]
        assert front.ask("/static/js/a.js", Cookie="mmhs_browser=y")[1] == first
        assert sum(one.asked for one in front.behind.values()) == 1

    def test_pages_are_not_kept(self, front: Front) -> None:
        for _ in range(3):
            front.ask("/text/services")
        assert sum(one.asked for one in front.behind.values()) == 3

    @pytest.mark.parametrize("path", ["/embed/form", "/text/"])
    def test_it_says_nothing_of_its_own_about_who_may_frame_what(
        self, front: Front, path: str
    ) -> None:
        """Two that contradict each other: browsers take the stricter, and no hub has its frame."""
        answer, _ = front.ask(path)
        assert answer.status == 200
        assert not {"x-frame-options", "content-security-policy"} & {
            *map(str.lower, answer.headers)
        }


class TestLimits:
    @pytest.mark.slow
    def test_a_hospital_behind_one_address_comes_in_and_a_flood_does_not(
        self, front: Front
    ) -> None:
        sockets = []
        for _ in range(450):
            one = socket.create_connection(("127.0.0.1", front.port), timeout=30)
            one.sendall(b"GET /held HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            sockets.append(one)
        deadline = time.monotonic() + 60
        while sum(one.asked for one in front.behind.values()) < 400 and time.monotonic() < deadline:
            time.sleep(0.05)
        for one in front.behind.values():
            one.let_go.set()
        answers = []
        for waiting in sockets:
            with waiting.makefile("rb") as answer:
                answers.append(answer.read())
            waiting.close()
        starts = [answer[:12] for answer in answers]
        assert starts.count(b"HTTP/1.1 200") == 400
        assert starts.count(b"HTTP/1.1 503") == 50
        assert all(b"tel:999" in answer for answer in answers if b" 503 " in answer[:20])


class TestTheLog:
    def test_it_says_what_an_operator_needs_and_nothing_of_a_person(self, front: Front) -> None:
        secrets = ("CT13NG", "need", "loss", "a-number", "the-list", "cookie-number", "referring")
        headers = {"Cookie": "mmhs_browser=cookie-number", "Referer": "http://x/?q=referring"}
        front.ask("/check?need=loss", **headers)
        front.ask("/CT13NG", **headers)
        front.ask("/openreferral/services?search=CT13NG", **headers)
        front.ask("/embed/form?area=CT13NG", **headers)
        front.ask("/text/", "POST", b"postcode=CT13NG", **headers)
        front.ask("/_stcore/upload_file/a-number/another", "PUT", b"the-list", **headers)
        for one in front.behind.values():
            gone(one)
        front.ask("/check?need=loss", **headers)
        front.ask("/_stcore/upload_file/a-number/another", "PUT", b"the-list", **headers)
        written = front.logged()
        for secret in secrets:
            assert secret not in written
        assert "127.0.0.1" not in written, "of an address its network"
        lines = (front.folder / "finder.log").read_text(encoding="utf-8").splitlines()
        assert [line.split()[2:5] for line in lines] == [
            ["GET", "/check", "200"],
            ["GET", "other", "200"],
            ["GET", "/openreferral/", "200"],
            ["GET", "/embed/", "200"],
            ["POST", "/text/", "200"],
            ["GET", "/check", "502"],
        ]
