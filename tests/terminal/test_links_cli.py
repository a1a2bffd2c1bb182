"""`python -m mmhs_finder data links`: what a curator sees, and what an interrupted round leaves."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from mmhs_finder.channels.terminal.commands import main
from mmhs_finder.channels.terminal.data import links
from mmhs_finder.directory.link_status import FILE, read_link_status
from mmhs_finder.directory.linked import LinkState
from tests.unit.curation.loopback import Loopback, closed_port, serving


@pytest.fixture
def server() -> Iterator[Loopback]:
    with serving() as found:
        yield found


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MMHS_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


def write(folder: Path, *urls: str) -> None:
    rows = [f"s{n},{url}" for n, url in enumerate(urls, start=1)]
    (folder / "services.csv").write_text("\n".join(["id,website", *rows, ""]), encoding="utf-8")


def command(folder: Path, *more: str) -> list[str]:
    given = ("--allow-local", "--pause", "0", "--today", "2027-03-03")
    return ["data", "links", str(folder), *given, *more]


def states(folder: Path) -> dict[str, LinkState]:
    found, problems = read_link_status(folder)
    assert problems == []
    return {re.sub(r"http://127.0.0.1:\d+", "", url): s.state for url, s in found.items()}


def local(server: Loopback, path: str) -> str:
    return server.url(path, "127.0.0.1")


def test_a_round_writes_the_file_changes_no_other_and_says_what_to_do(server, folder, capsys):
    write(folder, local(server, "/page"), local(server, "/404"), local(server, "/to/301/new"))
    facts = (folder / "services.csv").read_bytes()
    assert main(command(folder)) == 0
    assert states(folder) == {
        "/page": LinkState.OK,
        "/404": LinkState.GONE,
        "/to/301/new": LinkState.MOVED,
    }
    assert (folder / "services.csv").read_bytes() == facts
    said = capsys.readouterr().out
    assert "services.csv row 3 (s2), column website" in said
    assert said.endswith("1 of 3 links answer; 1 gone, 1 moved.\n")
    found, _ = read_link_status(folder)
    assert found[local(server, "/page")].answered_on == date(2027, 3, 3)


def test_this_computer_is_not_asked_unless_somebody_says_so(server, folder, capsys):
    write(folder, local(server, "/page"))
    given = [part for part in command(folder) if part != "--allow-local"]
    assert main(given) == 0
    assert states(folder) == {"/page": LinkState.REFUSED}
    assert server.asked == []


def test_only_what_was_asked_long_ago_or_never(server, folder):
    write(folder, local(server, "/old"), local(server, "/new"), local(server, "/fresh"))
    (folder / FILE).write_text(
        "url,checked_on,state,detail,moved_to,answered_on\n"
        f"{local(server, '/old')},2027-01-01,gone,x,,2026-01-01\n"
        f"{local(server, '/new')},2027-02-20,gone,x,,\n"
        "https://not.in.the.directory.example/,2027-02-20,gone,x,,\n",
        encoding="utf-8",
    )
    assert main(command(folder, "--older-than", "30")) == 0
    assert server.paths() == ["/old", "/fresh"]
    assert states(folder) == {
        "/old": LinkState.OK,
        "/new": LinkState.GONE,
        "/fresh": LinkState.OK,
    }


def interrupted(server: Loopback, folder: Path, how: signal.Signals) -> int:
    """A round that is ended by a signal while its fourth address is being asked."""
    write(folder, *(local(server, f"/{path}") for path in ("a", "b", "404", "hang", "e")))
    done = subprocess.Popen(
        [sys.executable, "-m", "mmhs_finder", *command(folder)],
        env={**os.environ, "MMHS_CACHE_DIR": os.environ["MMHS_CACHE_DIR"]},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert server.hanging.wait(60)
        done.send_signal(how)
        return done.wait(60)
    finally:
        done.kill()
        done.wait()


@pytest.mark.parametrize(("how", "code"), [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGINT, 130)])
def test_what_was_asked_before_it_was_ended_is_not_asked_again(server, folder, how, code, capsys):
    assert interrupted(server, folder, how) == code
    kept = {"/a": LinkState.OK, "/b": LinkState.OK, "/404": LinkState.GONE}
    assert states(folder) == (kept if how is signal.SIGINT else {})
    server.release.set()
    before = len(server.asked)
    assert main(command(folder)) == 0
    assert server.paths()[before:] == ["/hang", "/e"]
    assert states(folder) == kept | {"/hang": LinkState.OK, "/e": LinkState.OK}
    assert "3 links were asked already" in capsys.readouterr().err
    before = len(server.asked)
    assert main(command(folder)) == 0  # that round is over: the next one asks everything
    assert len(server.asked) > before + 4


def test_again_begins_anew(server, folder):
    interrupted(server, folder, signal.SIGKILL)
    server.release.set()
    before = len(server.asked)
    assert main(command(folder, "--again")) == 0
    assert {"/a", "/b", "/404", "/hang", "/e"} == set(server.paths()[before:])


def test_where_nobody_answers_what_was_known_stays(folder, capsys):
    port = closed_port()
    write(folder, f"http://127.0.0.1:{port}/", f"http://127.0.0.2:{port}/")
    old = f"url,checked_on,state,detail,moved_to,answered_on\nhttp://127.0.0.1:{port}/,2026-01-01,ok,,,2026-01-01\n"
    (folder / FILE).write_text(old, encoding="utf-8")
    assert main(command(folder)) == 1
    assert (folder / FILE).read_text(encoding="utf-8") == old
    assert "no way to the internet" in capsys.readouterr().err


def test_no_folder_and_numbers_that_are_none(folder, capsys):
    assert main(["data", "links", str(folder / "none")]) == 1
    assert "There is no folder" in capsys.readouterr().err
    for wrong in (["--at-once", "0"], ["--pause", "x"], ["--older-than", "-1"], ["--pause", "nan"]):
        with pytest.raises(SystemExit):
            main(command(folder, *wrong))
        assert "is not a number" in capsys.readouterr().err


def test_who_we_say_we_are(monkeypatch):
    monkeypatch.delenv("MMHS_CONTACT_EMAIL", raising=False)
    assert re.fullmatch(r"MMHS-Finder-links/\S+ \(looks whether [a-z ]+\)", links.agent())
    monkeypatch.setenv("MMHS_CONTACT_EMAIL", "us@us.example")
    assert links.agent().endswith("; us@us.example)")
    monkeypatch.setenv("MMHS_CONTACT_EMAIL", "a\r\nCookie: x")
    assert "\n" not in links.agent() and "Cookie" not in links.agent()
