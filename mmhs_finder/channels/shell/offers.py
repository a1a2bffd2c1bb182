"""The files that visits offer: who may take one, for how long, and how it is made when asked for.

A page offers a file under a random address, to the browser that looks at it. The offer stands while
that page shows it and is held by the visit's own session only: with the visit it is gone. Streamlit
has a way of its own, but there a file that is made when it is asked for belongs to nobody, and is
swept away when two other visitors finish a page before it has been fetched.
Not for: addresses and answers over HTTP (`files`), or drawing the link (`channels.streamlit.draw`).
"""

from __future__ import annotations

import asyncio
import secrets
import threading
import weakref
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from mmhs_finder.channels import privates
from mmhs_finder.words import language, speaking

MOST_OF_A_VISIT: Final = 32
"""Offers that a visit holds; the largest page has eight. The one drawn longest ago goes first."""

MOST_IN_ALL: Final = 20_000
"""Offers of a process, of about 1 kB each: more than visits that it can answer."""

AT_ONCE: Final = 2
"""Files that are made at one time: making them must leave room for answers."""

MOST_WAITING: Final = 40
MOST_WAITING_OF_A_VISIT: Final = 6
"""Files that wait to be made, in all and for one visit."""

KEEP_SECONDS: Final = 60.0
"""How long a file that was made waits to be fetched. After that it is made again."""

MOST_KEPT: Final = 64
"""Files that wait to be fetched, of all visits. The oldest goes first, and is made again."""


class FileGone(Exception):
    """What the file was to be made of is no longer there."""


class TooManyAsk(Exception):
    """More files wait to be made than can be in a reasonable time."""


@dataclass(frozen=True, eq=False)
class File:
    """A file that is made when somebody asks for it.

    name: for whoever saves it. media_type: as "text/csv". make: returns its content, in a thread
    that knows nothing of Streamlit; raises FileGone where there is nothing to make it of.
    language: that of the page, which a thread does not know.
    """

    name: str
    media_type: str
    make: Callable[[], bytes | str]
    language: str = field(default_factory=language)

    def content(self) -> bytes:
        """Raises FileGone, and whatever goes wrong while it is made."""
        with speaking(self.language):
            made = self.make()
        return made.encode() if isinstance(made, str) else made


class _Made:
    """A file on its way or there: of which offer's newest file, and its content."""

    __slots__ = ("__weakref__", "content", "file")

    def __init__(self, file: File, content: asyncio.Future[bytes]) -> None:
        self.file, self.content = file, content


class OfferedFile:
    """One file, offered by one visit to one browser. Its address stays when its content changes."""

    __slots__ = ("__weakref__", "_made", "browser", "file", "token", "visit")

    def __init__(self, visit: str, browser: str, file: File) -> None:
        """visit: its number. browser: its number; "" for one without a cookie."""
        self.token = secrets.token_urlsafe(32)
        self.visit, self.browser, self.file = visit, browser, file
        self._made: _Made | None = None

    @property
    def made(self) -> _Made | None:
        """The newest file, made or being made; None when nobody has asked, or it was let go."""
        made = self._made
        return made if made is not None and made.file is self.file else None

    def renew(self, file: File) -> None:
        """Offers another file under the same address."""
        self.file, self._made = file, None

    def keep(self, made: _Made) -> None:
        self._made = made

    def let_go(self, made: _Made | None = None) -> None:
        """Forgets what was made; given one, only when it is still that."""
        if made is None or self._made is made:
            self._made = None


class Offers:
    """All offers of a process by their tokens. It holds none: each is held by its visit."""

    def __init__(
        self, is_kept: Callable[[str], bool] = privates.is_visit_kept, most: int = MOST_IN_ALL
    ) -> None:
        """is_kept: whether the server still has the visit of that number."""
        self._is_kept, self._most = is_kept, most
        self._by_token: weakref.WeakValueDictionary[str, OfferedFile] = (
            weakref.WeakValueDictionary()
        )
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._by_token)

    def show(self, offer: OfferedFile) -> None:
        """Opens its address, or says that a page still shows it."""
        with self._lock:
            self._by_token.pop(offer.token, None)
            over = len(self._by_token) + 1 - self._most
            for oldest in [*islice(self._by_token.keys(), max(over, 0))]:
                self._by_token.pop(oldest, None)
            self._by_token[offer.token] = offer

    def close(self, offer: OfferedFile) -> None:
        with self._lock:
            self._by_token.pop(offer.token, None)

    def find(self, token: str, browser: str) -> OfferedFile | None:
        """The offer behind an address, for the browser that it was made to; else None.

        Also None once the server has let the visit go, whether or not its memory is free yet.
        """
        offer = self._by_token.get(token)
        if offer is None or not secrets.compare_digest(offer.browser, browser):
            return None
        if not self._is_kept(offer.visit):
            self.close(offer)
            return None
        return offer


class OffersOfVisit:
    """What one visit offers: the files of the page that it looks at, by the names of their links.

    It lives in the visit's session: "Start again", and the end of the visit, let go of all at once.
    """

    def __init__(self, offers: Offers | None = None, most: int = MOST_OF_A_VISIT) -> None:
        self._offers, self._most = OFFERS if offers is None else offers, most
        self._by_key: dict[str, OfferedFile] = {}
        self._drawn: set[str] = set()

    def begin(self) -> None:
        """A run of the whole page begins."""
        self._drawn.clear()

    def offer(self, key: str, visit: str, browser: str, file: File) -> str:
        """Offers a file under the name of its link, and returns its token.

        A link that is drawn again keeps its token, and offers what is newest.
        """
        offer = self._by_key.pop(key, None)
        if offer is not None and (offer.visit, offer.browser) == (visit, browser):
            offer.renew(file)
        else:
            offer = OfferedFile(visit, browser, file)
        self._by_key[key] = offer
        self._drawn.add(key)
        self._offers.show(offer)
        while len(self._by_key) > self._most:
            self._withdraw(next(iter(self._by_key)))
        return offer.token

    def end(self) -> None:
        """The whole page is drawn: what it does not show is no longer offered."""
        for key in self._by_key.keys() - self._drawn:
            self._withdraw(key)

    def _withdraw(self, key: str) -> None:
        self._offers.close(self._by_key.pop(key))


class Making:
    """Makes files, few at a time, each once for whoever asks while it is there."""

    def __init__(
        self,
        pool: Executor | None = None,
        *,
        waiting: int = MOST_WAITING,
        waiting_of_a_visit: int = MOST_WAITING_OF_A_VISIT,
        keep_seconds: float = KEEP_SECONDS,
        kept: int = MOST_KEPT,
    ) -> None:
        self._pool = pool or ThreadPoolExecutor(AT_ONCE, thread_name_prefix="files")
        self._most, self._most_of_a_visit = waiting, waiting_of_a_visit
        self._keep_seconds = keep_seconds
        self._waiting: dict[str, int] = {}
        self._kept: deque[weakref.ref[OfferedFile]] = deque()
        self._most_kept = kept

    async def content(self, offer: OfferedFile) -> bytes:
        """The newest content. Call it in the server's loop only.

        Raises FileGone, TooManyAsk, and whatever goes wrong while it is made.
        """
        made = offer.made or self._begin(offer)
        # Shielded: one who goes away does not stop it for another who waits for the same file.
        return await asyncio.shield(made.content)

    def _begin(self, offer: OfferedFile) -> _Made:
        of_visit = self._waiting.get(offer.visit, 0)
        if sum(self._waiting.values()) >= self._most or of_visit >= self._most_of_a_visit:
            raise TooManyAsk
        self._waiting[offer.visit] = of_visit + 1
        loop = asyncio.get_running_loop()
        file = offer.file
        made = _Made(file, loop.run_in_executor(self._pool, file.content))
        offer.keep(made)
        held, visit = weakref.ref(offer), offer.visit
        made.content.add_done_callback(lambda content: self._done(held, visit, content, loop))
        return made

    def _done(
        self,
        held: weakref.ref[OfferedFile],
        visit: str,
        content: asyncio.Future[bytes],
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        left = self._waiting.get(visit, 1) - 1
        if left:
            self._waiting[visit] = left
        else:
            self._waiting.pop(visit, None)
        is_broken = content.cancelled() or content.exception() is not None
        offer = held()
        made = offer.made if offer is not None else None
        if offer is None or (made is not None and made.content is not content):
            return
        if made is None or is_broken:  # there is a newer file by now, or the next press tries again
            offer.let_go()
            return
        loop.call_later(self._keep_seconds, _let_go, held, weakref.ref(made))
        self._kept.append(held)
        while len(self._kept) > self._most_kept:
            oldest = self._kept.popleft()()
            if oldest is not None and oldest is not offer:
                oldest.let_go()


def _let_go(held: weakref.ref[OfferedFile], of: weakref.ref[_Made]) -> None:
    offer, made = held(), of()
    if offer is not None and made is not None:
        offer.let_go(made)


OFFERS: Final = Offers()
"""Those of this process."""
