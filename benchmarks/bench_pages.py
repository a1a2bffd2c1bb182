"""What a run of each page costs, how soon an answer is there, and what a process takes.

    python benchmarks/bench_pages.py

Starts the app and, beside it, an app of Streamlit with nothing of ours (`bare_page.py`): for each
page, widgets of the same kinds with as many choices, and an empty folium map where ours has a map.
Both have our settings, so that the ratio is what we add ourselves. Visitors are real: they ask over
Streamlit's own line, as `load.py` does.

Costs are the time that the server's processor worked, which other work on the machine changes
little; look at the ratios. Seconds by the clock are for information. Needs Linux.
Not for: many visitors at once (`load.py`), or what a browser does (`first_page.py`).
"""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final
from urllib.parse import quote

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.servers import machine, taken
from benchmarks.visits import Visitor
from mmhs_finder.channels.privates import SEARCH_AFTER_RUNS
from mmhs_finder.words import say

RUNS: Final = 20
SEARCHES: Final = ("CT1 3NG", "TS24 7BT", "M1 1AE", "LS1 4AP", "BS1 5TR", "NE1 4ST", "PL1 2AA")
PAGES: Final = ("check", "other-support", "professionals", "services", "bulk", "coverage")
LAST_PAGES: Final = ("planning", "about")
VISITS: Final = (1, 10, 100)
MOST: Final = 1.5
"""The budget of the page with an answer, as a ratio to the bare page as Streamlit comes."""

AS_IT_COMES: Final = f"--{SEARCH_AFTER_RUNS}"
"""Streamlit's own default, which our settings turn off."""

WIDGETS: Final = (
    "text_input",
    "button",
    "button_group",
    "selectbox",
    "multiselect",
    "radio",
    "checkbox",
    "number_input",
    "date_input",
    "text_area",
    "file_uploader",
    "download_button",
    "vega_lite_chart",
    "arrow_data_frame",
)


@dataclass(frozen=True)
class Server:
    url: str
    process: int
    start: float  # seconds from its start until its first page was there
    began: float

    def cpu(self) -> float:
        found = taken([self.process])
        assert found is not None, "this needs /proc"
        return found.cpu

    def memory(self) -> float:
        """In MB."""
        found = taken([self.process])
        assert found is not None
        return found.memory / 1e6


@contextmanager
def running(script: str, *options: str) -> Iterator[Server]:
    """`streamlit run` of a script, with the settings of this repository and these options."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "streamlit", "run", script]
    command += ["--server.address", "127.0.0.1", "--server.port", str(port), *options]
    began = time.perf_counter()
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)  # noqa: S603
        try:
            while not _answers(url):
                if process.poll() is not None:
                    log.seek(0)
                    sys.exit(f"{script} did not start:\n{log.read().decode()}")
                time.sleep(0.05)
            yield Server(url, process.pid, time.perf_counter() - began, began)
        finally:
            process.terminate()
            process.wait(30)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as page:  # noqa: S310 - our own address
            return bool(page.status == 200)
    except (urllib.error.URLError, OSError):
        return False


async def cost(server: Server, run: Callable[[], Awaitable[Any]], runs: int = RUNS) -> float:
    """Milliseconds of the processor for one run, after a few that are not counted."""
    for _ in range(3):
        await run()
    before = server.cpu()
    for _ in range(runs):
        await run()
    return (server.cpu() - before) / runs * 1000


def widgets_of(visitor: Visitor) -> list[tuple[str, int]]:
    """The kinds of widgets on the page, and how many choices each has."""
    return [
        (kind, len(getattr(widget, "options", ())))
        for kind in WIDGETS
        for widget in visitor.line.elements(kind)
        if not getattr(widget, "is_form_submitter", False)
    ]


async def bare_cost(bare: Server, widgets: list[tuple[str, int]], with_map: bool) -> float:
    asked = "/?widgets=" + quote(json.dumps(widgets)) + ("&map=1" if with_map else "")
    async with Visitor(bare.url, assets=False) as visitor:
        await visitor.open(asked)
        query = asked.partition("?")[2]
        return await cost(bare, lambda: visitor.line.run(query=query))


async def pages(app: Server, bare: Server, usual: Server) -> None:
    """bare: with our settings. usual: the same page as Streamlit runs it when nobody sets anything,
    with a search of all memory for garbage after each run."""
    print("\nA run of each page, in milliseconds of the processor:\n")
    print("| page | ours | bare | ratio | bare, as Streamlit comes | ratio |")
    print("|---|---|---|---|---|---|")
    async with Visitor(app.url, assets=False) as visitor:

        async def measured(name: str, run: Callable[[], Awaitable[Any]]) -> None:
            ours = await cost(app, run)
            has_map = any(True for _ in visitor.line.elements("component_instance"))
            shown = f"| {name} | {ours:.0f} "
            for other in (bare, usual):
                least = await bare_cost(other, widgets_of(visitor), has_map)
                shown += f"| {least:.0f} | {ours / least:.2f} "
            print(f"{shown}|", flush=True)

        await visitor.open()
        await measured("first page", visitor.line.run)
        turn = iter(range(10_000))

        async def search() -> None:
            await visitor.search(SEARCHES[next(turn) % len(SEARCHES)])

        await measured(f"a search (budget: {MOST})", search)
        await measured("the same answer again", visitor.line.run)
        await measured("what happened, chosen", lambda: visitor.choose(next(turn)))
        for path in (*PAGES, *LAST_PAGES):
            await visitor.turn_to(path)
            await measured(path, visitor.line.run)


async def answers(app: Server, bare: Server) -> None:
    """Enter to card, the map, and what a first visit loads."""
    async with Visitor(app.url) as visitor:
        await visitor.open()
        first = visitor.received
        await visitor.search(SEARCHES[0])
        searched = visitor.received - first
        cards, wholes = [], []
        for _ in range(4):
            for postcode in SEARCHES:
                answer = await visitor.search(postcode)
                cards.append(answer.card * 1000)
                wholes.append(answer.whole * 1000)
        (frame,) = visitor.line.elements("component_instance")
        run = await visitor.line.run(look_for=str(say("find.map_list"))[:20])
        assert run.found is not None
        share = (run.found - run.began) / (run.ended - run.began)
        print("\nAn answer, one visitor, by the clock, middle of 28:\n")
        print(
            f"- from Enter to the card: {median(cards):.0f} ms; all of it: {median(wholes):.0f} ms"
        )
        print(
            f"- the map's data: {len(frame.json_args.encode()):,} bytes, sent after the cards, when"
        )
        print(f"  {share:.0%} of the time of a run has passed")
        print(f"- a first visit loads {first / 1000:,.0f} kB;", end=" ")
        print(f"its first answer {searched / 1000:.0f} kB")
    async with Visitor(bare.url) as visitor:
        await visitor.open()
        print(f"- a first visit of the bare page loads {visitor.received / 1000:,.0f} kB")


async def first_answer(server: Server) -> float:
    async with Visitor(server.url, assets=False) as visitor:
        await visitor.open()
        await visitor.search(SEARCHES[0])
    return time.perf_counter() - server.began


async def first_run(server: Server) -> float:
    async with Visitor(server.url, assets=False) as visitor:
        await visitor.open()
    return time.perf_counter() - server.began


async def memory(app: Server) -> None:
    print("\nMemory of one process (resident, MB):\n")
    print(f"- with all shared data, and after the pages above: {app.memory():.0f}")
    visitors: list[Visitor] = []
    for count in VISITS:
        while len(visitors) < count:
            one = Visitor(app.url, assets=False)
            visitors.append(one)
            await one.open()
            await one.search(SEARCHES[len(visitors) % len(SEARCHES)])
        print(f"- {count} visits open, each with an answer: {app.memory():.0f}")
    for one in visitors:
        await one.close()


def main() -> None:
    print(f"{machine()}; Python {sys.version.split()[0]}")
    page = "benchmarks/bare_page.py"
    with running(page) as bare, running(page, AS_IT_COMES, "true") as usual:
        bare_first = asyncio.run(first_run(bare))
        bare_cpu = bare.cpu()
        with running("app.py") as app:
            answered = asyncio.run(first_answer(app))
            print("\nA cold start, in seconds by the clock, and of the processor:\n")
            print(f"- the app: first page {app.start:.1f}, first answer {answered:.1f}, ", end="")
            print(f"processor {app.cpu():.1f}")
            print(f"- Streamlit alone: first page {bare.start:.1f},", end=" ")
            print(f"first run {bare_first:.1f},", end=" ")
            print(f"processor {bare_cpu:.1f}")
            asyncio.run(pages(app, bare, usual))
            asyncio.run(answers(app, bare))
            asyncio.run(memory(app))


if __name__ == "__main__":
    main()
