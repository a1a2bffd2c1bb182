"""Asking links of a server that does everything wrong, and what is made of it."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from mmhs_finder.curation.links.asking import Asker, Patience
from mmhs_finder.curation.links.collecting import Cell, addresses
from mmhs_finder.curation.links.hosts import Turns, is_public, look_up
from mmhs_finder.curation.links.judging import Hop, Verdict, Walk, judged
from mmhs_finder.curation.links.keeping import Progress, write_link_status
from mmhs_finder.curation.links.report import report
from mmhs_finder.curation.links.round import SILENT_HOSTS, NoWayOut, Round, merged
from mmhs_finder.directory.files import CsvFile, CsvRow
from mmhs_finder.directory.link_status import FILE, read_link_status
from mmhs_finder.directory.linked import LinkState, LinkStatus
from tests.unit.curation.loopback import CERTIFICATES, Loopback, closed_port, resolve, serving

TODAY = date(2027, 3, 3)
QUICK = Patience(connect=5, answer=5, whole=10)
SHORT = Patience(connect=5, answer=0.1, whole=0.3)
OURS = "127.0.0.1"


class Time:
    """A clock that only somebody who sleeps moves on."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds
        await asyncio.sleep(0)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture(scope="module")
def kept() -> Iterator[Loopback]:
    with serving() as server:
        yield server


@pytest.fixture
def server(kept: Loopback) -> Loopback:
    for counted in (kept.asked, kept.inside, kept.at_once, kept.most_at_once):
        counted.clear()  # who is left from another test counts no more
    return kept


def asker(time: Time, limits: Patience = QUICK, *, slots: int = 6, pause: float = 1.0) -> Asker:
    turns = Turns(slots, pause, time.clock, time.sleep)

    def public(ip: str) -> bool:
        return ip == OURS or is_public(ip)

    return Asker(turns, "Looks at links (us@us.example)", limits, resolve, public)


def ask(one: Asker, url: str) -> Verdict:
    async def asked() -> Verdict:
        async with one:
            return await one.ask(url)

    return asyncio.run(asked())


# --- one address ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "state", "said"),
    [
        ("/page", LinkState.OK, ""),
        ("/404", LinkState.GONE, "(404)"),
        ("/410", LinkState.GONE, "(410)"),
        ("/401", LinkState.REFUSED, "password (401)"),
        ("/403", LinkState.REFUSED, "(403)"),
        ("/418", LinkState.REFUSED, "(418)"),
        ("/500", LinkState.REFUSED, "(500)"),
        ("/503", LinkState.REFUSED, "(503)"),
        ("/never/3600", LinkState.REFUSED, "left alone"),
        ("/never/soon", LinkState.REFUSED, "come back later (429)"),
        ("/later/5", LinkState.OK, ""),
        ("/head/405/page", LinkState.OK, ""),
        ("/head/404/page", LinkState.OK, ""),
        ("/head/501/404", LinkState.GONE, "(404)"),
        ("/head/200/404", LinkState.OK, ""),
        ("/to/302/page", LinkState.OK, ""),
        ("/to/301/page", LinkState.MOVED, "for good"),
        ("/to/308/page", LinkState.MOVED, "for good"),
        ("/to/301/to/302/page", LinkState.MOVED, "for good"),
        ("/to/302/404", LinkState.GONE, "(404)"),
        ("/to/302/", LinkState.SOFT_GONE, "home page"),
        ("/to/301/index.html", LinkState.SOFT_GONE, "home page"),
        ("/lost", LinkState.SOFT_GONE, "not found"),
        ("/head/405/to/302/", LinkState.SOFT_GONE, "home page"),
        ("/to/302/to/302/to/302/page", LinkState.OK, ""),
        ("/on/1", LinkState.REFUSED, "on and on"),
        ("/ring/1", LinkState.REFUSED, "in a circle"),
        ("/to/302/http:||a.test:PORT|loop", LinkState.OK, ""),
        ("/to/302/file:|||etc|passwd", LinkState.REFUSED, "no address of the web"),
        ("/to/302/http:||169.254.169.254|latest", LinkState.REFUSED, "public internet"),
        ("/to/302/http:||[::1]|", LinkState.REFUSED, "public internet"),
        ("/to/302/http:||inside.test|", LinkState.REFUSED, "public internet"),
        ("/to/302/http:||who:secret@a.test|", LinkState.REFUSED, "password"),
        ("/to/302/http:||[|", LinkState.REFUSED, "no address of the web"),
        ("/cut", LinkState.UNREACHABLE, "cut off"),
        ("/reset", LinkState.UNREACHABLE, "cut off"),
        ("/garbage", LinkState.REFUSED, "cannot be read"),
        ("/long", LinkState.REFUSED, "cannot be read"),
        ("/head/405/zip", LinkState.OK, ""),
        ("/head/405/endless", LinkState.OK, ""),
    ],
)
def test_what_comes_of_each_way_to_answer(server, time, path, state, said):
    found = ask(asker(time), server.url(path))
    assert found.state is state, found
    assert said in found.detail and bool(found.detail) is bool(said)
    assert bool(found.moved_to) is (state is LinkState.MOVED)


@pytest.mark.parametrize("path", ["/silent", "/head/405/silent", "/head/405/drip"])
def test_who_takes_too_long_is_slow_and_not_gone(server, time, path):
    assert ask(asker(time, SHORT), server.url(path)).state is LinkState.SLOW


def test_a_body_without_an_end_is_left_after_some_kilobytes(server, time):
    assert ask(asker(time), server.url("/head/405/endless")).state is LinkState.OK
    assert server.sent < 16_000_000  # what fits in the buffers between us, not for ever


def test_nobody_there_no_such_name_and_a_name_that_cannot_be_looked_up_now(time):
    assert ask(asker(time), f"http://a.test:{closed_port()}/").state is LinkState.UNREACHABLE
    assert ask(asker(time), "http://nowhere.test/") == Verdict(
        LinkState.UNREACHABLE, "there is no host of that name"
    )
    assert ask(asker(time), "http://later.test/").state is LinkState.SLOW


@pytest.mark.parametrize(
    "url",
    [
        "http://10.0.0.1/",
        "http://localhost.localdomain.test@127.0.0.2/",
        "http://[::ffff:10.0.0.1]/",
        "http://0.0.0.0/",
        "ftp://a.test/",
        "https://",
        "http://a.test/" + "x" * 3000,
        "http://\udcff.test/",
    ],
)
def test_what_is_not_asked_at_all(time, url):
    found = ask(asker(time), url)
    assert found.state is LinkState.REFUSED and found.detail.startswith("not asked")
    assert time.slept == []


def test_a_host_with_one_address_inside_is_not_asked(time):
    assert "public internet" in ask(asker(time), "http://inside.test/").detail


@pytest.mark.parametrize(
    ("certificate", "trusted", "state", "said"),
    [
        ("good", True, LinkState.OK, ""),
        ("expired", True, LinkState.CERTIFICATE, "has run out"),
        ("alone", True, LinkState.CERTIFICATE, "is its own"),
        ("good", False, LinkState.REFUSED, "chain"),
    ],
)
def test_certificates(time, certificate, trusted, state, said):
    context = ssl.create_default_context()
    if trusted:
        context.load_verify_locations(CERTIFICATES / "ca.pem")
    with serving(certificate) as server:
        found = ask(replace(asker(time), verify=context), server.url("/page", "safe.test"))
        assert (found.state, said in found.detail) == (state, True)
        if state is LinkState.OK:
            other = ask(replace(asker(time), verify=context), server.url("/page", "other.test"))
            assert other == Verdict(LinkState.CERTIFICATE, "its certificate is for another name")


def test_no_cookie_no_referrer_no_password_and_who_we_are(server, time):
    assert ask(asker(time), server.url("/cookie")).state is LinkState.OK
    for request in server.asked:
        assert not {"cookie", "referer", "authorization"} & request.headers.keys()
        assert request.headers["user-agent"] == "Looks at links (us@us.example)"
        assert request.headers["accept-encoding"] == "identity"
        assert request.headers["host"] == f"a.test:{server.port}"


def test_head_is_enough_where_it_gives_the_page(server, time):
    ask(asker(time), server.url("/page#part"))
    assert [(r.method, r.path) for r in server.asked] == [("HEAD", "/page")]


def test_come_back_later_is_heeded_where_it_is_soon(server, time):
    ask(asker(time, pause=1), server.url("/later/5"))
    assert time.slept == [5.0]
    assert server.paths() == ["/later/5", "/later/5"]


@pytest.mark.parametrize(("seconds", "asked"), [(3600, 1), (5, 2)])
def test_who_asks_to_be_left_alone_is_left_alone(server, time, seconds, asked):
    """After a time that is too long to wait for, or when waiting once did not help."""
    found = run(
        asker(time, pause=0),
        [
            *(server.url(f"/never/{seconds}"), server.url("/page"), server.url("/other")),
            server.url("/page", "b.test"),
        ],
    )
    assert [s.state for s in found.values()].count(LinkState.REFUSED) == 3
    assert server.paths().count(f"/never/{seconds}") == asked
    assert [r.path for r in server.asked if r.host == "a.test"] == [f"/never/{seconds}"] * asked
    assert found[server.url("/page", "b.test")].state is LinkState.OK


# --- turns ----------------------------------------------------------------------------------------


def test_a_host_is_asked_once_at_a_time_with_a_pause(server, time):
    noted: list[LinkStatus] = []
    work = Round(asker(time, pause=2), TODAY, lambda s, _d, _t: noted.append(s))
    asyncio.run(work.run([server.url(f"/hold/{n}") for n in range(4)]))
    assert time.slept == [2.0, 2.0, 2.0]
    assert server.most_at_once["a.test"] == 1
    assert [s.state for s in noted] == [LinkState.OK] * 4


def test_a_few_hosts_at_once_and_no_more(server, time):
    work = Round(asker(time, slots=3, pause=0), TODAY, lambda *_: None)
    urls = [server.url(f"/hold/{n}", f"h{host}.test") for host in range(9) for n in range(3)]
    asyncio.run(work.run(urls))
    assert server.most_at_once[""] == 3
    assert max(server.most_at_once[f"h{host}.test"] for host in range(9)) == 1
    assert len(server.asked) == len(urls)


def test_where_a_redirect_leads_counts_as_asking_that_host(server, time):
    work = Round(asker(time, pause=0), TODAY, lambda *_: None)
    urls = [server.url("/to/302/http:||b.test:PORT|hold", f"h{n}.test") for n in range(6)]
    asyncio.run(work.run([*urls, server.url("/hold", "b.test")]))
    assert server.most_at_once["b.test"] == 1
    assert sum(r.host == "b.test" for r in server.asked) == 7


INSIDE = """127.0.0.1 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 0.0.0.0 100.64.0.1
224.0.0.1 255.255.255.255 198.18.0.1 ::1 :: fe80::1 fe80::1%eth0 fc00::1 ff02::1 ::ffff:127.0.0.1
::ffff:10.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: abc"""


@pytest.mark.parametrize(
    ("ip", "public"),
    [("8.8.8.8", True), ("2a00:1450::1", True), *((ip, False) for ip in INSIDE.split())],
)
def test_which_addresses_are_of_the_public_internet(ip, public):
    assert is_public(ip) is public


# --- a round --------------------------------------------------------------------------------------


def run(one: Asker, urls: list[str], control: str = "") -> dict[str, LinkStatus]:
    found: dict[str, LinkStatus] = {}

    def note(status: LinkStatus, done: int, total: int) -> None:
        found[status.url] = status
        assert done == len(found) <= total

    try:
        asyncio.run(Round(one, TODAY, note, control).run(urls))
    except NoWayOut:
        found["no way out"] = LinkStatus("", TODAY, LinkState.OK)
    return found


def test_an_address_that_nobody_answers_is_asked_again_at_the_end(server, time):
    urls = [server.url("/cut"), server.url("/page", "b.test")]
    found = run(asker(time, pause=0), urls)
    assert {u: s.state for u, s in found.items()} == {
        urls[0]: LinkState.UNREACHABLE,
        urls[1]: LinkState.OK,
    }
    assert server.paths().count("/cut") == 4  # HEAD and GET, twice
    assert found[urls[0]].checked_on == TODAY


def test_where_nobody_answers_at_all_nothing_is_written_down(time):
    port = closed_port()
    few = [f"http://h{n}.test:{port}/" for n in range(3)]
    assert set(run(asker(time, pause=0), few)) == {"no way out"}
    many = [f"http://h{n}.test:{port}/" for n in range(SILENT_HOSTS * 2)]
    assert set(run(asker(time, pause=0), many)) == {"no way out"}
    known = f"http://good.test:{port}/"
    assert set(run(asker(time, pause=0), many, known)) == {"no way out"}


def test_many_that_are_silent_stand_where_another_still_answers(server, time):
    port = closed_port()
    dead = [f"http://h{n}.test:{port}/" for n in range(SILENT_HOSTS * 2)]
    found = run(asker(time, pause=0), [*dead, server.url("/page")], server.url("/known"))
    assert all(found[url].state is LinkState.UNREACHABLE for url in dead)
    assert len(found) == len(dead) + 1


def test_the_only_link_left_may_be_silent(time):
    url = f"http://a.test:{closed_port()}/"
    assert run(asker(time), [url])[url].state is LinkState.UNREACHABLE
    assert run(asker(time), []) == {}


# --- what it means --------------------------------------------------------------------------------

OLD = "https://www.trust.example/maternal/service"


@pytest.mark.parametrize(
    ("to", "state"),
    [
        ("https://www.trust.example/maternal/service/", LinkState.OK),
        ("https://trust.example/maternal/service", LinkState.OK),
        ("http://WWW.trust.example/maternal/service", LinkState.OK),
        ("https://www.trust.example/Maternal/service", LinkState.MOVED),
        ("https://new.example/maternal/service", LinkState.MOVED),
        ("https://www.trust.example/maternal/service?id=2", LinkState.MOVED),
        ("https://www.trust.example/", LinkState.SOFT_GONE),
        ("https://www.trust.example", LinkState.SOFT_GONE),
        ("https://www.trust.example/home/", LinkState.SOFT_GONE),
        ("https://www.trust.example/?page=7", LinkState.MOVED),
        ("https://www.trust.example/404", LinkState.SOFT_GONE),
        ("https://www.trust.example/errors/page-not-found.aspx", LinkState.SOFT_GONE),
        ("https://www.trust.example/notfounded-in-1404", LinkState.MOVED),
    ],
)
def test_where_a_link_leads_for_good(to, state):
    found = judged(Walk(OLD, (Hop(301, to),), 200))
    assert found.state is state
    assert found.moved_to == (to if state is LinkState.MOVED else "")


def test_a_home_page_that_leads_to_a_home_page_is_there():
    walk = Walk("https://old.example/", (Hop(301, "https://new.example/"),), 200)
    assert judged(walk).state is LinkState.MOVED
    assert judged(Walk("https://old.example", (), 200)).state is LinkState.OK


# --- keeping --------------------------------------------------------------------------------------


def test_the_day_on_which_a_page_was_last_there_is_kept():
    before = {
        "a": LinkStatus("a", date(2026, 12, 1), LinkState.OK, answered_on=date(2026, 12, 1)),
        "b": LinkStatus("b", date(2026, 12, 1), LinkState.GONE, answered_on=date(2026, 1, 1)),
        "gone from the directory": LinkStatus("c", date(2026, 12, 1), LinkState.OK),
    }
    new = {
        "a": LinkStatus("a", TODAY, LinkState.GONE),
        "c": LinkStatus("c", TODAY, LinkState.MOVED, "", "https://x.example/"),
    }
    found = merged(before, new, ["a", "b", "c", "d"])
    assert {url: (s.state, s.answered_on) for url, s in found.items()} == {
        "a": (LinkState.GONE, date(2026, 12, 1)),
        "b": (LinkState.GONE, date(2026, 1, 1)),
        "c": (LinkState.MOVED, TODAY),
    }


def test_what_is_written_is_read_again_as_it_was(tmp_path):
    statuses = [
        LinkStatus("https://b.example/é", TODAY, LinkState.MOVED, "a, “b”", "https://c.example/"),
        LinkStatus("https://a.example/", TODAY, LinkState.OK, answered_on=TODAY),
    ]
    write_link_status(tmp_path, statuses)
    raw = (tmp_path / FILE).read_bytes()
    assert raw.startswith(b"url,checked_on,state,detail,moved_to,answered_on\r\nhttps://a.")
    assert raw.count(b"\r\n") == raw.count(b"\n") == 3
    found, problems = read_link_status(tmp_path)
    assert (list(found.values()), problems) == ([statuses[1], statuses[0]], [])
    assert [p.name for p in tmp_path.iterdir()] == [FILE]


def test_a_round_that_was_cut_off_is_read_without_its_last_half_line(tmp_path, monkeypatch):
    monkeypatch.setenv("MMHS_CACHE_DIR", str(tmp_path / "cache"))
    progress = Progress.of(tmp_path)
    assert progress.read() == {}
    one = LinkStatus("https://a.example/", TODAY, LinkState.OK)
    progress.add(one)
    with progress.path.open("a", encoding="utf-8") as file:
        file.write('[]\n{"url": 3}\n{"url": "https://b.example/", "checked_')
    assert progress.read() == {one.url: one}
    assert Progress.of(tmp_path / "other").path != progress.path
    progress.forget()
    progress.forget()
    assert progress.read() == {}


# --- which, and the report ------------------------------------------------------------------------


def test_every_address_with_the_cells_it_stands_in():
    row = CsvRow(
        7,
        {
            "id": "x",
            "website": "https://a.example/",
            "source_urls": "https://a.example/; https://b.example/;",
        },
    )
    other = CsvRow(2, {"id": "y", "website": "see notes", "finder_url": "HTTPS://c.example/"})
    tables = {"services.csv": CsvFile("services.csv", (), (row, other))}
    assert addresses(tables) == {
        "https://a.example/": (
            Cell("services.csv", 7, "x", "website"),
            Cell("services.csv", 7, "x", "source_urls"),
        ),
        "https://b.example/": (Cell("services.csv", 7, "x", "source_urls"),),
        "HTTPS://c.example/": (Cell("services.csv", 2, "y", "finder_url"),),
    }


def test_the_report_names_what_to_put_right_first_and_where():
    cells = {url: (Cell("services.csv", n, "x", "website"),) for n, url in enumerate("abcd", 2)}
    statuses = {
        "a": LinkStatus("a", TODAY, LinkState.REFUSED, "asks for a password (401)"),
        "b": LinkStatus("b", TODAY, LinkState.GONE, "no page", answered_on=date(2026, 1, 2)),
        "c": LinkStatus("c", TODAY, LinkState.OK, answered_on=TODAY),
    }
    assert report(statuses, cells).splitlines() == [
        "The page is gone. Find where it is now, or take the link out (1):",
        "  b",
        "    No page. Asked on 2027-03-03; the page was last there on 2026-01-02.",
        "    services.csv row 3 (x), column website",
        "",
        "It does not answer a program. Try it yourself; it proves nothing (1):",
        "  a",
        "    Asks for a password (401). Asked on 2027-03-03.",
        "    services.csv row 2 (x), column website",
        "",
        "1 of 4 links answer; 1 gone, 1 refused. 1 have not been asked yet.",
    ]


def test_this_computer_looks_names_up_with_both_families():
    found = asyncio.run(look_up("localhost", 80))
    assert OURS in found and len(set(found)) == len(found)
