"""The running app, and sockets that speak to it as browsers do, and as nobody should."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import InvalidStatus

from tests.browser.conftest import App, running_app
from tests.shell.real_visits import COOKIE, Visit, ask, cookie_of_a_new_browser, text_of

pytestmark = pytest.mark.slow

PLACES = 6
POSTCODE_AREA = "area=E07000106&need=loss"
ANSWER = "Kent"
"""What the answer for that area says, and the first page does not."""

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-", re.I)
OURS = {"Sec_Fetch_Site": "same-origin"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    folder: Path = tmp_path_factory.mktemp("sockets")
    with running_app(folder / "server.log", MMHS_MAX_VISITS=str(PLACES)) as running:
        yield running


@pytest.fixture(scope="module", autouse=True)
def half(app: App) -> Iterator[socket.socket]:
    """A request that is begun before the first test; the last one looks what has become of it."""
    place = urlsplit(app.url)
    with socket.create_connection((place.hostname, place.port), timeout=60) as half:
        half.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        yield half


@pytest.fixture
def browser(app: App) -> str:
    return cookie_of_a_new_browser(app.url)


def eventually(holds: Callable[[], bool]) -> bool:
    for _ in range(100):
        if holds():
            return True
        time.sleep(0.1)
    return False


def refused(app: App, **how: str) -> int:
    """The status with which a socket is refused."""
    with pytest.raises(InvalidStatus) as problem, Visit(app.url, **how):  # type: ignore[arg-type]
        pass
    return int(problem.value.response.status_code)


def test_a_visit_is_answered_as_before(app: App, browser: str) -> None:
    with Visit(app.url, browser) as visit:
        assert ANSWER in text_of(visit.search(POSTCODE_AREA))


def test_what_clears_the_caches_of_all_or_tells_of_files_is_left_out(
    app: App, browser: str
) -> None:
    with Visit(app.url, browser) as visit:
        visit.search()
        visit.send(clear_cache=True)
        visit.send(load_git_info=True)
        drawn = visit.search()
        assert "git_info_changed" not in {message.WhichOneof("type") for message in drawn}
    assert "clear_cache" in app.log


def test_text_garbage_and_too_much_close_the_socket_without_a_traceback(
    app: App, browser: str
) -> None:
    for said, code in (("text", 1003), (b"\xff\xff\xff", 1002), (b"\n" * 1_200_000, 1009)):
        with Visit(app.url, browser) as visit:
            visit.socket.send(said)
            assert visit.close_code() == code
    assert "Traceback" not in app.log


def test_a_flood_makes_few_runs_and_the_last_is_drawn(app: App, browser: str) -> None:
    with Visit(app.url, browser) as visit:
        visit.search()
        for _ in range(200):
            visit.send(rerun_script={"query_string": POSTCODE_AREA})
        begun = [m for m in visit.drawn() if m.WhichOneof("type") == "new_session"]
        assert len(begun) < 20


class TestWhenAllPlacesAreTaken:
    def test_newcomers_are_told_and_who_is_inside_goes_on(self, app: App, browser: str) -> None:
        with ExitStack() as others, Visit(app.url, browser) as visit:
            visit.search()
            for _ in range(PLACES - 1):
                other = others.enter_context(Visit(app.url, cookie_of_a_new_browser(app.url)))
                other.search()
            newcomer = ask(app.url, "/")
            assert newcomer.status == 503
            assert "tel:" in newcomer.text and 'href="/text/"' in newcomer.text
            assert "retry-after" in newcomer.headers
            assert refused(app) == 503
            assert ask(app.url, "/text/").status == 200

            assert visit.search()
            assert ask(app.url, "/", Cookie=browser).status == 200
            with Visit(app.url, browser) as again:
                assert again.search()
        assert eventually(lambda: ask(app.url, "/").status == 200)


class TestLeaving:
    def test_it_is_forgotten_and_nobody_goes_on_with_it(self, app: App, browser: str) -> None:
        with Visit(app.url, browser) as visit, Visit(app.url, browser) as tab:
            visit.search(POSTCODE_AREA)
            tab.search()
            answer = ask(app.url, "/leave", "POST", Cookie=browser, **OURS)
            assert answer.status == 204
            assert f"{COOKIE}=;" in answer.headers["set-cookie"]
            assert visit.close_code() == tab.close_code() == 1001
        with Visit(app.url, browser, former=visit.number) as later:
            drawn = later.search()
            assert later.number != visit.number
            assert ANSWER not in text_of(drawn)

    def test_also_when_the_page_has_closed_first(self, app: App, browser: str) -> None:
        with Visit(app.url, browser) as visit:
            visit.search(POSTCODE_AREA)
        with Visit(app.url, browser, former=visit.number) as back:
            back.search()
            assert back.number == visit.number, "until then it could go on"
        ask(app.url, "/leave", "POST", Cookie=browser, **OURS)
        with Visit(app.url, browser, former=visit.number) as later:
            later.search()
            assert later.number != visit.number

    def test_no_other_site_says_so_for_her(self, app: App, browser: str) -> None:
        with Visit(app.url, browser) as visit:
            visit.search(POSTCODE_AREA)
            hers = {"Cookie": browser, "Origin": "http://evil.example"}
            assert ask(app.url, "/leave", "POST", **hers).status == 403
            assert visit.search()


def test_a_page_on_the_visitors_own_machine_does_not_open_a_socket(app: App) -> None:
    with pytest.raises(InvalidStatus), Visit(app.url, headers={"Origin": "http://localhost:1"}):
        pass
    own = {"Origin": app.url}
    with Visit(app.url, cookie_of_a_new_browser(app.url), headers=own) as visit:
        assert visit.search()


def test_the_number_of_a_visit_is_in_no_line_of_the_log(app: App, browser: str) -> None:
    with Visit(app.url, browser) as visit:
        visit.search()
        with Visit(app.url, browser, former=visit.number) as taken_over:
            taken_over.search()
            assert taken_over.number == visit.number
        with Visit(app.url, cookie_of_a_new_browser(app.url), former=visit.number) as stranger:
            stranger.search()
            assert stranger.number != visit.number
    ask(app.url, f"/_stcore/upload_file/{visit.number}/x", "PUT")
    assert "already connected" in app.log, "Streamlit says it no longer: nothing is shown"
    assert not UUID.search(app.log)


def test_who_begins_a_request_and_does_not_go_on_is_hung_up_on(half: socket.socket) -> None:
    assert half.recv(1) == b""
