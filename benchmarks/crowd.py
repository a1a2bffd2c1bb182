"""Many visitors at once, each with time to read between two wishes, and what came of it.

Every visitor waits for her answer, reads for a while, and asks again: so a server that is slow is
asked less often (a closed model, as people behave). What a flood of newcomers who wait for nobody
would find is not measured by this.
Not for: what a visitor does (`visits`), or servers (`servers`).
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from benchmarks.servers import Servers, Taken, taken
from benchmarks.visits import Answer, Broken, Refused, Visitor

SEARCH: Final = "search"
OPEN: Final = "open"
DOWNLOAD: Final = "download"

ARRIVALS: Final = 8.0
"""Visitors a second who come at the start of a level, so that it is not the start that is
measured."""

_CHOOSES, _CHECKS, _DOWNLOADS = 0.5, 0.3, 0.5
"""Shares: of searches after which she says what happened, and of those after which she opens the
questions; of these, how many take a document along."""


@dataclass(frozen=True)
class Plan:
    """What a crowd does.

    think: least and most seconds between two wishes. wide: share of screens that show the map.
    whole: also choose, check and download, not only search. searches: of one visit, before another
    visitor takes her place. patience: seconds until a wait counts as an error.
    """

    postcodes: Sequence[str]
    seconds: float
    think: tuple[float, float] = (5.0, 20.0)
    wide: float = 0.5
    whole: bool = True
    searches: int = 5
    assets: bool = True
    patience: float = 60.0
    seed: int = 1


@dataclass(frozen=True)
class Sample:
    """One wish that was answered. began: of `time.perf_counter`, in seconds."""

    kind: str
    began: float
    card: float
    whole: float


@dataclass
class Level:
    """What came of a crowd. Latencies are of wishes that began in the measured time, also where
    the answer came after it; rates are of answers that came in it."""

    visits: int
    samples: list[Sample] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    late: list[float] = field(default_factory=list)
    """Seconds by which the harness itself was late to wake a visitor."""
    begun: float = 0.0
    seconds: float = 0.0
    received: int = 0
    wide: int = 0
    app: Taken | None = None
    """What the processes of the app took in the measured time; memory is that at its end."""
    nginx: Taken | None = None
    own_cpu: float = 0.0

    def inside(self, moment: float) -> bool:
        return self.begun <= moment <= self.begun + self.seconds

    def of(self, *kinds: str) -> list[Sample]:
        """Those that began in the measured time; without kinds: every wish but opening a page."""
        return [
            s
            for s in self.samples
            if (s.kind in kinds if kinds else s.kind not in (OPEN, DOWNLOAD))
            and self.inside(s.began)
        ]

    def rate(self, *kinds: str) -> float:
        """Answers a second that came in the measured time. kinds: as `of`."""
        came = [
            s
            for s in self.samples
            if (s.kind in kinds if kinds else s.kind not in (OPEN, DOWNLOAD))
            and self.inside(s.began + s.whole)
        ]
        return len(came) / self.seconds if self.seconds else 0.0

    @property
    def error_count(self) -> int:
        return sum(self.errors.values())

    @property
    def cpu_of_search(self) -> float | None:
        """Seconds of CPU of the app for each search that was answered, all else that was asked for
        between two searches in it."""
        searches = self.rate(SEARCH) * self.seconds
        return self.app.cpu / searches if self.app and searches else None


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share lies; not a number where there are none."""
    return float(np.percentile(values, share * 100)) if values else float("nan")


class _Crowd:
    def __init__(self, servers: Servers, plan: Plan, level: Level) -> None:
        self.servers, self.plan, self.level = servers, plan, level
        self.over = asyncio.Event()
        self.arrived: set[int] = set()
        self.all_here = asyncio.Event()

    async def place(self, number: int) -> None:
        """One place in the crowd: visitors take it one after the other until it is over."""
        dice = random.Random(f"{self.plan.seed}-{number}")  # noqa: S311 - a plan, no secret
        wide = number < self.level.wide
        await self._wait(number / ARRIVALS)
        while not self.over.is_set():
            visitor = Visitor(
                self.servers.url,
                wide=wide,
                assets=self.plan.assets,
                patience=self.plan.patience,
                source=f"127.{64 + number // 62500}.{number // 250 % 250 + 1}.{number % 250 + 1}",
            )
            try:
                await self._timed(OPEN, visitor.open)
                self._arrive(number)
                for _ in range(self.plan.searches):
                    await self._search(visitor, dice)
            except Refused:
                self.level.refused += 1
            except Broken as problem:
                self.level.errors[str(problem)] += 1
            except _Over:
                pass
            finally:
                self._arrive(number)
                self.level.received += visitor.received
                await visitor.close()
            await self._think(dice, raises=False)

    def _arrive(self, number: int) -> None:
        """Somebody has come to this place, or was sent away from it."""
        self.arrived.add(number)
        if len(self.arrived) == self.level.visits:
            self.all_here.set()

    async def _search(self, visitor: Visitor, dice: random.Random) -> None:
        await self._think(dice)
        postcode = dice.choice(self.plan.postcodes)
        await self._timed(SEARCH, lambda: visitor.search(postcode))
        await visitor.look_at_map()
        if not self.plan.whole:
            return
        if dice.random() < _CHOOSES:
            await self._think(dice)
            choice = dice.randrange(4)
            await self._timed("choose", lambda: visitor.choose(choice))
        if dice.random() < _CHECKS:
            await self._think(dice)
            await self._timed("check", visitor.check)
            for _ in range(2):
                await self._think(dice)
                choice = dice.randrange(2)
                await self._timed("say", lambda choice=choice: visitor.say(choice))  # type: ignore[misc]
            if dice.random() < _DOWNLOADS:
                await self._think(dice)
                await self._timed(DOWNLOAD, visitor.download)
            await self._think(dice)
            await self._timed("back", lambda: visitor.turn_to(""))

    async def _timed(self, kind: str, wish: Callable[[], Awaitable[Answer]]) -> None:
        began = time.perf_counter()
        answer = await wish()
        self.level.samples.append(Sample(kind, began, answer.card, answer.whole))

    async def _think(self, dice: random.Random, *, raises: bool = True) -> None:
        """Reads. Raises `_Over` when the level ended meanwhile."""
        seconds = dice.uniform(*self.plan.think)
        until = time.perf_counter() + seconds
        await self._wait(seconds)
        if self.over.is_set():
            if raises:
                raise _Over
            return
        self.level.late.append(time.perf_counter() - until)

    async def _wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self.over.wait()
        except TimeoutError:
            pass


class _Over(Exception):
    """The level has ended while somebody was reading."""


async def put_on(servers: Servers, visits: int, plan: Plan) -> Level:
    """So many visitors at once, for the seconds of the plan, counted from when all have come."""
    level = Level(visits, wide=round(visits * plan.wide))
    crowd = _Crowd(servers, plan, level)
    async with asyncio.TaskGroup() as tasks:
        for number in range(visits):
            tasks.create_task(crowd.place(number))
        await crowd.all_here.wait()
        app, nginx, own = taken(servers.app), taken(servers.nginx), time.process_time()
        level.late.clear()
        level.begun = time.perf_counter()
        await asyncio.sleep(plan.seconds)
        level.seconds = time.perf_counter() - level.begun
        level.own_cpu = time.process_time() - own
        level.app = _since(app, taken(servers.app))
        level.nginx = _since(nginx, taken(servers.nginx))
        crowd.over.set()
    return level


def _since(before: Taken | None, after: Taken | None) -> Taken | None:
    return Taken(after.memory, after.cpu - before.cpu) if before and after else None


async def warm_up(servers: Servers, plan: Plan, visitors: int = 4) -> None:
    """A few visits, so that nobody pays for what is made once. Raises `Broken`, `Refused`."""
    for number in range(visitors):
        async with Visitor(servers.url, wide=True, patience=plan.patience) as visitor:
            await visitor.open()
            for postcode in plan.postcodes[number : number + 3]:
                await visitor.search(postcode)
            await visitor.look_at_map()
            await visitor.choose(1)
            await visitor.check()
            await visitor.download()
