"""The load harness: it sees what a visitor sees, counts what goes wrong, and touches no other host.

Not for: how fast the app is.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks import load, load_text, nginx
from benchmarks.crowd import SEARCH, Level, Plan, Sample, put_on
from benchmarks.line import Broken, Parts, Refused
from benchmarks.servers import Servers, Taken, started, taken
from benchmarks.visits import NotHere, Visitor, only_loopback
from tests import tools

SEARCHED = ("CT1 3NG", "M13 9WL", "LS1 4AP", "TS24 7BT")
QUICK = Plan(SEARCHED, seconds=5, think=(0.1, 0.3), wide=0.5, patience=60)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


# --- a real server --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    with started(1, free_port()) as running:
        yield running


@pytest.mark.slow
class TestARealServer:
    def test_a_visitor_does_all_that_a_visit_can_be(self, servers: Servers) -> None:
        async def visit() -> None:
            async with Visitor(servers.url, wide=True, source="127.65.0.1") as visitor:
                await visitor.open()
                without_map = visitor.received
                first = await visitor.search(SEARCHED[0])
                again = await visitor.search(SEARCHED[1])
                assert all(0 < one.card <= one.whole for one in (first, again))
                before = visitor.received
                await visitor.look_at_map()
                assert visitor.received - before > 50_000  # the shapes of areas
                await visitor.look_at_map()  # has them
                assert visitor.received - before < without_map
                chosen = await visitor.choose(1)
                assert chosen.whole > 0
                assert "data-search" in visitor.line.html()
                await visitor.check()
                questions = [one.id for one in visitor.line.elements("radio")]
                await visitor.say(0)
                await visitor.say(1)
                assert sum(map(visitor.line.holds, visitor.line.elements("radio"))) == 2
                assert len(questions) > 2
                assert (await visitor.download()).whole > 0
                number = visitor.line.visit
                visitor.line.cut()
                with pytest.raises(Broken, match="the line broke"):
                    await visitor.say(0)
                await visitor.go_on()
                assert visitor.line.visit == number  # the same visit, with its answers
                await visitor.turn_to("")
                await visitor.search(SEARCHED[2])

        asyncio.run(visit())

    def test_a_page_can_be_opened_by_its_address(self, servers: Servers) -> None:
        async def visit() -> bool:
            async with Visitor(servers.url, assets=False) as visitor:
                await visitor.open("/check")
                return any(one.id.endswith("safety") for one in visitor.line.elements("radio"))

        assert asyncio.run(visit())

    def test_what_finds_nothing_is_no_answer(self, servers: Servers) -> None:
        async def visit() -> None:
            async with Visitor(servers.url, assets=False) as visitor:
                await visitor.open()
                await visitor.search("nowhere at all")

        with pytest.raises(Broken, match="no heading"):
            asyncio.run(visit())

    def test_two_visitors_are_answered_and_counted(self, servers: Servers) -> None:
        level = asyncio.run(put_on(servers, 2, QUICK))
        assert level.rate(SEARCH) > 0
        assert not level.errors
        assert not level.refused
        assert level.wide == 1
        assert level.received > 100_000
        assert level.app
        assert level.app.memory > 50e6
        assert level.app.cpu > 0
        assert level.cpu_of_search

    def test_wrk_searches_without_a_script(self, servers: Servers) -> None:
        tools.need("wrk")
        found = load_text.run_wrk(servers.url, 2, 1, SEARCHED, "")
        assert found.requests > 0
        assert found.bytes / found.requests > 3_000  # an answer, no refusal
        assert not found.errors
        lost = load_text.run_wrk(servers.url, 1, 1, SEARCHED, "/text/no-such-page")
        assert lost.kinds["status"] == lost.requests > 0


@pytest.mark.slow
def test_a_server_that_dies_is_an_error() -> None:
    with started(1, free_port()) as servers:

        async def killed() -> Level:
            running = asyncio.create_task(put_on(servers, 2, QUICK))
            await asyncio.sleep(4)
            os.kill(servers.app[0], signal.SIGKILL)
            return await running

        level = asyncio.run(killed())
    assert level.error_count > 0
    assert not load.is_below_knee(level)


# --- a server that answers as it should not, and one that is full ---------------------------------

Visit = Callable[[Visitor], Coroutine[None, None, object]]
PAGE = '<a href="tel:999">999</a> <a href="/text/">simple version</a>'


@asynccontextmanager
async def answering(status: int, page: str):  # type: ignore[no-untyped-def]
    """A server that gives this answer to everything."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        body = page.encode()
        head = f"HTTP/1.1 {status} So\r\nContent-Type: text/html\r\nContent-Length: {len(body)}"
        writer.write(f"{head}\r\nConnection: close\r\n\r\n".encode() + body)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


def opened(status: int, page: str) -> None:
    async def visit() -> None:
        async with answering(status, page) as url, Visitor(url, patience=5) as visitor:
            await visitor.open()

    asyncio.run(visit())


def test_a_busy_page_with_the_urgent_numbers_is_no_error() -> None:
    with pytest.raises(Refused):
        opened(503, PAGE)


@pytest.mark.parametrize(
    ("status", "page", "said"),
    [
        (503, "<h1>Service Unavailable</h1>", "status 503"),
        (502, PAGE, "status 502"),
        (500, PAGE, "status 500"),
        (404, "", "status 404"),
        (200, "<p>not the app</p>", "no line"),
    ],
)
def test_every_other_refusal_is_an_error(status: int, page: str, said: str) -> None:
    with pytest.raises(Broken, match=said):
        opened(status, page)


def test_a_server_that_is_not_there_is_an_error() -> None:
    async def visit() -> None:
        async with Visitor(f"http://127.0.0.1:{free_port()}", patience=5) as visitor:
            await visitor.open()

    with pytest.raises(Broken, match="no page"):
        asyncio.run(visit())


# --- what may be asked of it ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8501", "http://localhost:8501/check?a=b", "http://[::1]:8501"]
)
def test_this_machine_may_be_tested(url: str) -> None:
    assert only_loopback(url).count("/") == 2


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org",
        "https://127.0.0.1",
        "http://10.0.0.1:8501",
        "http://127.0.0.1.example.org",
        "http://localhost@example.org",
        "http://0.0.0.0:8501",
        "localhost:8501",
        "",
    ],
)
def test_no_other_host_is_ever_asked(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(NotHere):
        only_loopback(url)
    with pytest.raises(NotHere):
        Visitor(url)
    if url:
        with pytest.raises(SystemExit):
            load.main(["--url", url])
        assert "on this machine" in capsys.readouterr().err


@pytest.mark.parametrize(
    "asked",
    [
        ["--visits", "0"],
        ["--visits", "100000"],
        ["--seconds", "0"],
        ["--soak", "1e9"],
        ["--think", "20", "5"],
        ["--wide", "2"],
        ["--processes", "99"],
    ],
)
def test_it_has_bounds(asked: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        load.main(asked)
    assert asked[0] in capsys.readouterr().err


def test_without_wrk_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    assert load_text.main([]) == 0
    assert "apt-get install wrk" in capsys.readouterr().out


@pytest.mark.parametrize("ports", [[8501, 8502], [8501, 8502, 8503, 8504]], ids=len)
def test_nginx_takes_the_configuration_for_any_number_of_processes(
    tmp_path: Path, ports: list[int]
) -> None:
    program = tools.need("nginx")
    config = nginx.written(tmp_path, free_port(), ports)
    said = subprocess.run(
        [program, "-t", "-p", str(tmp_path), "-e", str(tmp_path / "log"), "-c", str(config)],
        capture_output=True,
        text=True,
    )
    assert said.returncode == 0, said.stderr
    whole = "".join(one.read_text() for one in tmp_path.rglob("*.conf"))
    assert all(f"127.0.0.1:{port}" in whole for port in ports)
    said = [line for line in whole.splitlines() if not line.lstrip().startswith("#")]
    assert not [line for line in said if "/etc/nginx" in line]
    assert "mmhs_browser" in whole  # every visitor comes back to the same process


# --- what it counts -------------------------------------------------------------------------------


def level(*, slow: float = 0.1, errors: int = 0, refused: int = 0, visits: int = 10) -> Level:
    """Measured for ten seconds from 100 on: one search before, nineteen in it, one that was slow
    to end, a page that was opened."""
    quick = [Sample(SEARCH, 100 + n / 2, 0.1, 0.2) for n in range(19)]
    others = [
        Sample(SEARCH, 99.0, 9.0, 9.0),
        Sample(SEARCH, 109.9, slow, 50.0),
        Sample("open", 101.0, 1.0, 1.0),
    ]
    return Level(
        visits,
        samples=[*quick, *others],
        errors=Counter({"the line broke: 1006": errors} if errors else {}),
        refused=refused,
        begun=100.0,
        seconds=10.0,
        app=Taken(200_000_000, 1.0),
    )


def test_a_slow_answer_counts_also_when_it_comes_after_the_end() -> None:
    found = level(slow=40.0)
    assert len(found.of(SEARCH)) == 20
    assert max(s.card for s in found.of(SEARCH)) == 40.0
    assert found.rate(SEARCH) == 2.0  # twenty came in ten seconds: one had begun before
    assert found.cpu_of_search == pytest.approx(0.05)


def test_the_knee_is_where_searches_are_slow_or_go_wrong() -> None:
    assert load.is_below_knee(level())
    assert not load.is_below_knee(level(errors=1))
    assert not load.is_below_knee(level(refused=1))
    slow = Level(50, [Sample(SEARCH, 100, 1.1, 1.2)], begun=100.0, seconds=10.0)
    assert not load.is_below_knee(slow)
    assert not load.is_below_knee(Level(50, begun=100.0, seconds=10.0))  # nobody was answered
    assert load.knee([level(), slow]) == (
        "No error and a card within 1 s (p95) up to 10 visits; not at 50."
    )


def test_a_row_says_errors_and_refusals_apart() -> None:
    head = [cell.strip() for cell in load.table_head().splitlines()[0].split("|")]
    row = [cell.strip() for cell in load.table_row(level(errors=3, refused=5)).split("|")]
    assert len(row) == len(head)
    assert (row[head.index("errors")], row[head.index("refused")]) == ("3", "5")
    assert row[head.index("CPU a search")] == "50 ms"
    assert "- 3 x the line broke: 1006" in list(load.notes(level(errors=3)))


def test_postcodes_are_of_all_england_and_the_same_for_a_seed() -> None:
    found = load.postcodes(300, seed=1)
    assert len({one.split()[0][:2] for one in found}) > 60
    assert found == load.postcodes(300, seed=1) != load.postcodes(300, seed=2)
    assert not [one for one in found if one.startswith(("EH", "CF", "BT", "G1"))]


def test_what_a_process_takes_is_read_with_its_children() -> None:
    found = taken([os.getpid()])
    assert found
    assert found.memory > 10e6
    assert taken([]) is None
    assert taken([2**30]) is None


# --- what a browser keeps -------------------------------------------------------------------------


def part(body: str) -> ForwardMsg:
    message = ForwardMsg(hash=f"digest of {body}")
    message.metadata.cacheable = True
    message.metadata.delta_path.extend([0, 1])
    message.delta.new_element.html.body = body
    return message


def named(body: str) -> ForwardMsg:
    message = ForwardMsg(ref_hash=f"digest of {body}")
    message.metadata.delta_path.extend([0, 7])
    return message


def test_a_part_that_was_sent_once_is_named_only() -> None:
    parts = Parts()
    first = part("card")
    parts.whole(first, first.SerializeToString())
    again = parts.whole(named("card"), b"")
    assert again.delta.new_element.html.body == "card"
    assert list(again.metadata.delta_path) == [0, 7]  # it may stand elsewhere now


def test_a_part_that_never_came_cannot_be_shown() -> None:
    with pytest.raises(Broken, match="never got"):
        Parts().whole(named("card"), b"")


def test_a_part_that_is_shown_no_more_is_forgotten() -> None:
    parts = Parts()
    for body in ("old", "new"):
        parts.whole(part(body), part(body).SerializeToString())
    for _ in range(3):
        parts.whole(named("new"), b"")
        parts.age(most=2)
    assert list(parts.messages) == ["digest of new"]
