"""A round: asks every address, a few at a time, and keeps what came of it as it goes.

An address that nobody answered is asked once more at the end. Where nothing at all answers any
more, that is this computer's own way to the internet, and the round stops: it must not be written
down of services.
Not for: one address (`asking`), or files (`keeping`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final
from urllib.parse import urlsplit

from mmhs_finder.curation.links.asking import Asker
from mmhs_finder.directory.linked import ANSWERED, LinkState, LinkStatus

SILENT: Final = frozenset({LinkState.UNREACHABLE, LinkState.SLOW, LinkState.CERTIFICATE})
"""What each of many hosts gives in a row where it is our own way that is broken."""

SILENT_HOSTS: Final = 12
"""After so many hosts in a row that give nothing, one is asked that answered before."""

Note = Callable[[LinkStatus, int, int], None]
"""Is told of each answer that stands: it, how many there are now, and how many there will be."""

Work = Coroutine[Any, Any, None]


class NoWayOut(Exception):
    """Nobody answers any more: it looks as if this computer has no way to the internet."""


@dataclass
class Round:
    """Asks addresses and tells `note`.

    today: the day that is written beside each answer. control: an address that answered lately, to
    tell silent hosts from a way to the internet that is broken; "" where none is known.
    """

    asker: Asker
    today: date
    note: Note
    control: str = ""
    _pending: list[LinkStatus] = field(default_factory=list)
    _silent: set[str] = field(default_factory=set)
    _making_sure: asyncio.Lock = field(default_factory=asyncio.Lock)
    _done: int = 0
    _total: int = 0

    async def run(self, urls: Iterable[str]) -> None:
        """Asks them all. Raises NoWayOut; what was noted before stands."""
        hosts: dict[str, list[str]] = {}
        for url in urls:
            hosts.setdefault(_host(url), []).append(url)
        self._total = sum(len(each) for each in hosts.values())
        again: list[str] = []
        async with self.asker:
            await _together(self._first(each, again) for each in hosts.values())
            await _together(self._again(url) for url in again)
            if len(self._silent) > 1 or (self._silent and self.control):
                await self._make_sure()
            self._let_stand()

    async def _first(self, urls: Iterable[str], again: list[str]) -> None:
        """The addresses of one host. One that nobody answers is left for the end."""
        for url in urls:
            status = await self._ask(url)
            if status.state is LinkState.UNREACHABLE:
                again.append(url)
            else:
                self._take(status)
            await self._weigh(status)

    async def _again(self, url: str) -> None:
        status = await self._ask(url)
        self._take(status)
        await self._weigh(status)

    async def _ask(self, url: str) -> LinkStatus:
        found = await self.asker.ask(url)
        return LinkStatus(url, self.today, found.state, found.detail, found.moved_to)

    def _take(self, status: LinkStatus) -> None:
        """Notes an answer; of silence, only once it is sure that somebody else still answers."""
        if status.state in SILENT:
            self._pending.append(status)
        else:
            self._noted(status)

    async def _weigh(self, status: LinkStatus) -> None:
        """Raises NoWayOut at the last of too many silent hosts, where nobody answers any more."""
        if status.state not in SILENT:
            self.control = status.url
            self._let_stand()
            return
        self._silent.add(_host(status.url))
        if len(self._silent) >= SILENT_HOSTS:
            async with self._making_sure:
                if len(self._silent) >= SILENT_HOSTS:
                    await self._make_sure()

    async def _make_sure(self) -> None:
        """Asks whom we know to answer. Raises NoWayOut where not even that one does."""
        if not self.control or (await self.asker.ask(self.control)).state in SILENT:
            raise NoWayOut
        self._let_stand()

    def _let_stand(self) -> None:
        for status in self._pending:
            self._noted(status)
        self._pending.clear()
        self._silent.clear()

    def _noted(self, status: LinkStatus) -> None:
        self._done += 1
        self.note(status, self._done, self._total)


async def _together(work: Iterable[Work]) -> None:
    """Does it all at once, each host in its turn. What one raises ends the others."""
    tasks = [asyncio.ensure_future(each) for each in work]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def merged(
    before: Mapping[str, LinkStatus], new: Mapping[str, LinkStatus], urls: Iterable[str]
) -> dict[str, LinkStatus]:
    """What is known of each address of the directory now: the new answer, or else the old one.

    The day on which a page was there last is kept where it is not there now.
    """
    found = {}
    for url in urls:
        status, old = new.get(url), before.get(url)
        if status is not None:
            seen = old.answered_on if old is not None else None
            seen = status.checked_on if status.state in ANSWERED else seen
            found[url] = replace(status, answered_on=seen)
        elif old is not None:
            found[url] = old
    return found


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
