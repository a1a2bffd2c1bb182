"""How many visitors at once this machine answers: real visits over the app's own line.

    python -m benchmarks.load --visits 10 50 --seconds 30

Starts the app itself, on 127.0.0.1, anew for each number of visitors; with --processes 2 it starts
two processes with nginx before them. Or it uses a server that runs here (--url). It refuses any
other host. Every visitor opens the page with all its files, searches real postcodes spread over the
whole of England, and between searches says what happened, answers questions, and takes a document
along; on half of the screens she loads the map.

Not for: the pages without a script (`load_text`), or the cost of one run (`bench_*`).
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import isnan
from typing import Final

from benchmarks.crowd import SEARCH, Level, Plan, percentile, put_on, warm_up
from benchmarks.servers import (
    CannotStart,
    Servers,
    machine,
    more_descriptors,
    started,
)
from benchmarks.visits import Broken, NotHere, Refused, only_loopback
from mmhs_finder.postcodes import open_index
from mmhs_finder.postcodes.index_file import NO_COORDINATE

MOST_SECONDS_TO_CARD: Final = 1.0
"""From Enter to the card, for 95 of 100 searches: what below the knee has to hold."""

MOST_VISITS: Final = 2000  # this is one machine: more would measure the harness
MOST_SECONDS: Final = 3600.0
_STEP: Final = 1.5  # from one number of visits to the next, when the knee is looked for
_POSTCODES: Final = 2000


def postcodes(count: int, seed: int) -> list[str]:
    """So many postcodes of England, at even distances in the index, in a shuffled order."""
    index = open_index()
    latitudes, _, councils = index.points
    english = {n for n, code in enumerate(index.header.councils) if code.startswith("E0")}
    found = []
    for step in range(count * 2):
        row = step * len(index) // (count * 2)
        if latitudes[row] != NO_COORDINATE and int(councils[row]) in english:
            found.append(str(index.postcode_at(row)))
    random.Random(seed).shuffle(found)  # noqa: S311 - a plan, no secret
    return found[:count]


# --- what it says ------------------------------------------------------------------------------

_HEAD: Final = (
    "visits",
    "searches/s",
    "answers/s",
    "to card p50",
    "p95",
    "p99",
    "whole p50",
    "p95",
    "p99",
    "errors",
    "refused",
    "memory, MB",
    "CPU of app",
    "CPU a search",
    "nginx",
    "harness",
)


def table_head() -> str:
    return f"| {' | '.join(_HEAD)} |\n|{'--:|' * len(_HEAD)}"


def table_row(level: Level) -> str:
    """One row. Times in ms; CPU in per cent of one core."""
    searches = level.of(SEARCH)
    cards, wholes = [s.card for s in searches], [s.whole for s in searches]
    cost = level.cpu_of_search
    cells = (
        str(level.visits),
        f"{level.rate(SEARCH):.2f}",
        f"{level.rate():.2f}",
        *(_ms(percentile(cards, share)) for share in (0.5, 0.95, 0.99)),
        *(_ms(percentile(wholes, share)) for share in (0.5, 0.95, 0.99)),
        str(level.error_count),
        str(level.refused),
        f"{level.app.memory / 1e6:.0f}" if level.app else "-",
        _share(level.app.cpu if level.app else None, level.seconds),
        "-" if cost is None else f"{cost * 1000:.0f} ms",
        _share(level.nginx.cpu if level.nginx else None, level.seconds),
        _share(level.own_cpu, level.seconds),
    )
    return f"| {' | '.join(cells)} |"


def kinds_table(level: Level) -> Iterator[str]:
    """What each kind of wish took, from asking to the last part, in ms."""
    yield "| wish | count | p50 | p95 | p99 |"
    yield "|---|--:|--:|--:|--:|"
    for kind in sorted({s.kind for s in level.samples}):
        wholes = [s.whole for s in level.of(kind)]
        parts = (_ms(percentile(wholes, share)) for share in (0.5, 0.95, 0.99))
        yield f"| {kind} | {len(wholes)} | {' | '.join(parts)} |"


def notes(level: Level) -> Iterator[str]:
    """What a reader has to know of a row: errors by kind, bytes, whether the harness kept up."""
    wide = level.wide / level.visits
    yield (
        f"{level.visits} visits: {level.wide} with a map ({wide:.0%}), "
        f"{level.received / 1e6:.1f} MB received; "
        f"the harness was late by {_ms(percentile(level.late, 0.95))} ms (p95) to wake a visitor."
    )
    for words, count in level.errors.most_common():
        yield f"- {count} x {words}"


def is_below_knee(level: Level) -> bool:
    """No error, and 95 of 100 searches have their card in time."""
    slow = percentile([s.card for s in level.of(SEARCH)], 0.95)
    return not level.error_count and not level.refused and slow <= MOST_SECONDS_TO_CARD


def knee(levels: Sequence[Level]) -> str:
    """The most visits that were answered as they should be, in words."""
    good = [level.visits for level in levels if is_below_knee(level)]
    over = [level.visits for level in levels if not is_below_knee(level)]
    below = f"up to {max(good)} visits" if good else "at none of these numbers of visits"
    above = f"not at {min(over)}" if over else "the knee lies above"
    return f"No error and a card within {MOST_SECONDS_TO_CARD:g} s (p95) {below}; {above}."


def _ms(seconds: float) -> str:
    return "-" if isnan(seconds) else f"{seconds * 1000:,.0f}"


def _share(cpu: float | None, seconds: float) -> str:
    return "-" if cpu is None or not seconds else f"{cpu / seconds:.0%}"


# --- what it does ------------------------------------------------------------------------------


@contextmanager
def _servers(wanted: argparse.Namespace) -> Iterator[Servers]:
    if wanted.url:
        yield Servers(only_loopback(wanted.url), tuple(wanted.pid))
        return
    with started(wanted.processes, wanted.port) as servers:
        yield servers


def measure(wanted: argparse.Namespace, visits: int, plan: Plan) -> Level:
    """One number of visits on a new server. Raises `CannotStart`, and `Broken` or `Refused` where
    not even the first visitor is answered."""
    with _servers(wanted) as servers:
        asyncio.run(warm_up(servers, plan))
        return asyncio.run(put_on(servers, visits, plan))


def _numbers(wanted: argparse.Namespace, levels: Sequence[Level]) -> Iterator[int]:
    """The numbers of visits to try; further ones for as long as all goes well, where the knee is
    looked for."""
    yield from wanted.visits
    while wanted.knee and is_below_knee(levels[-1]) and levels[-1].visits < MOST_VISITS:
        yield min(int(levels[-1].visits * _STEP), MOST_VISITS)


def parser() -> argparse.ArgumentParser:
    said = argparse.ArgumentParser(
        prog="python -m benchmarks.load",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = said.add_argument
    add("--visits", type=int, nargs="+", default=[10, 50, 100, 200], help="visitors at once")
    add("--seconds", type=float, default=30.0, help="how long each number is measured (30)")
    add("--soak", type=float, help="one long run of the last number of visits: seconds, e.g. 900")
    add("--knee", action="store_true", help="go on with more visits until it is too many")
    add(
        "--think",
        type=float,
        nargs=2,
        default=[5.0, 20.0],
        metavar=("LEAST", "MOST"),
        help="seconds that a visitor reads before she does something again (5 20)",
    )
    add("--wide", type=float, default=0.5, help="share of screens that load the map (0.5)")
    add("--only-searches", action="store_true", help="nothing but searches, to compare their cost")
    add("--processes", type=int, default=1, help="of the app; more than one behind nginx (1)")
    add("--port", type=int, default=8627, help="and those that follow, on 127.0.0.1 (8627)")
    add("--url", help="a server that runs on this machine, instead of starting one")
    add("--pid", type=int, nargs="*", default=[], help="its processes, to see what they take")
    add("--no-assets", action="store_true", help="visitors have scripts and styles from before")
    add("--patience", type=float, default=60.0, help="seconds until a wait is an error (60)")
    add("--seed", type=int, default=1, help="another number plans other visits (1)")
    return said


def checked(wanted: argparse.Namespace, said: argparse.ArgumentParser) -> argparse.Namespace:
    """Ends the program with words where something that was asked for makes no sense."""
    if wanted.soak:
        wanted.visits, wanted.seconds = wanted.visits[-1:], wanted.soak
    if not all(1 <= visits <= MOST_VISITS for visits in wanted.visits):
        said.error(f"--visits must be from 1 to {MOST_VISITS}")
    if not 0 < wanted.seconds <= MOST_SECONDS:
        said.error(f"--seconds and --soak must be at most {MOST_SECONDS:g}")
    if not 0 <= wanted.think[0] <= wanted.think[1]:
        said.error("--think needs the least, then the most")
    if not 0 <= wanted.wide <= 1:
        said.error("--wide must be from 0 to 1")
    if not 1 <= wanted.processes <= 16:
        said.error("--processes must be from 1 to 16")
    if wanted.url:
        try:
            only_loopback(wanted.url)
        except NotHere as problem:
            said.error(str(problem))
    return wanted


def main(arguments: Sequence[str] | None = None) -> int:
    """0: every visitor was answered, or told in good order that the server is full. 1: errors."""
    said = parser()
    wanted = checked(said.parse_args(arguments), said)
    more_descriptors()
    plan = Plan(
        postcodes=postcodes(_POSTCODES, wanted.seed),
        seconds=wanted.seconds,
        think=(wanted.think[0], wanted.think[1]),
        wide=wanted.wide,
        whole=not wanted.only_searches,
        assets=not wanted.no_assets,
        patience=wanted.patience,
        seed=wanted.seed,
    )
    print(f"{machine()}.")
    where = wanted.url or f"{wanted.processes} process{'es behind nginx' * (wanted.processes > 1)}"
    print(
        f"Server: {where}. {plan.seconds:g} s for each number of visits, {plan.think[0]:g} to "
        f"{plan.think[1]:g} s between two wishes. Times in ms; CPU in per cent of one core.\n"
    )
    levels: list[Level] = []
    print(table_head(), flush=True)
    try:
        for visits in _numbers(wanted, levels):
            levels.append(measure(wanted, visits, plan))
            print(table_row(levels[-1]), flush=True)
    except CannotStart as problem:
        print(problem, file=sys.stderr)
        return 1
    except (Broken, Refused) as problem:
        print(f"Not even the first visitor was answered: {problem or 'busy'}", file=sys.stderr)
        return 1
    print(f"\n{knee(levels)}\n")
    for level in levels:
        print("\n".join(notes(level)))
    print()
    print("\n".join(kinds_table(levels[-1])))
    return 1 if any(level.error_count for level in levels) else 0


if __name__ == "__main__":
    sys.exit(main())
