"""A process that is told to stop ends what is nearly done, and ends."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import threading
import time

import pytest

from mmhs_finder.channels.shell import stopping
from mmhs_finder.channels.shell.stopping import DRAIN_SETTING, GRACE_SETTING, Stopping
from mmhs_finder.noted import at_work

WAIT = 30  # seconds

OWN_PROCESS = """
import asyncio, signal
from mmhs_finder.channels.shell.stopping import Stopping
from mmhs_finder.noted import at_work
async def main():
    ends = asyncio.Event()
    signal.signal(signal.SIGTERM, lambda *_: ends.set())  # as the web server does
    Stopping().take_over()
    with at_work("list"):
        print("ready", flush=True)
        await ends.wait()
    print("gently", flush=True)
asyncio.run(main())
"""


def told(monkeypatch: pytest.MonkeyPatch, *, grace: str, work: float) -> list[str]:
    """What the web server and the operating system are told, and when work ends, in order.

    work: seconds that a list is under way still.
    """
    monkeypatch.setenv(GRACE_SETTING, grace)
    monkeypatch.delenv(DRAIN_SETTING, raising=False)
    monkeypatch.setattr(stopping, "_FETCH", 0.0)
    said: list[str] = []
    monkeypatch.setattr(stopping, "end_now", lambda number: said.append("now"))
    begun = threading.Event()

    def busy() -> None:
        with at_work("list"):
            begun.set()
            time.sleep(work)
        said.append("done")

    one = Stopping()

    async def ends() -> None:
        one._server[signal.SIGTERM] = lambda *_: said.append("server")
        one._begin(signal.SIGTERM, None)
        end = time.monotonic() + WAIT
        while "server" not in said and time.monotonic() < end:
            await asyncio.sleep(0.05)

    thread = threading.Thread(target=busy)
    thread.start()
    begun.wait(WAIT)
    asyncio.run(ends())
    thread.join(WAIT)
    assert one.clock is not None
    one.clock.cancel()
    return said


def test_a_list_under_way_is_ended_first(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(monkeypatch, grace="20", work=0.5)[:2] == ["done", "server"]


def test_the_end_of_the_grace_is_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    said = told(monkeypatch, grace="0.5", work=2)
    assert said[0] == "server", "the web server ends while there is time"
    assert said[1:] == ["now", "done"], "and the process, whatever is under way"


@pytest.mark.parametrize("wrong", ["soon", ""])
def test_a_setting_that_is_no_number_is_not_used(wrong: str) -> None:
    assert stopping._seconds(GRACE_SETTING, wrong, 20.0) == 20.0


def test_a_second_signal_ends_it_there_and_then() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", OWN_PROCESS], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.terminate()
        time.sleep(0.5)
        assert process.poll() is None, "the list is still under way"
        process.terminate()
        assert process.wait(WAIT) == -signal.SIGTERM
        assert b"gently" not in process.stdout.read()
