"""One visitor as the server sees her: opens the page, searches, chooses, checks, downloads.

    async with Visitor("http://127.0.0.1:8501", wide=True) as visitor:
        await visitor.open()
        answer = await visitor.search("CT1 3NG")
        answer.card, answer.whole        # seconds from Enter to the heading, and to the last part

She asks for everything that a browser asks for: the page, the scripts and styles it names, its
cookies, the line; on a wide screen the map's frame with its files. What a browser would keep is not
asked for twice. Anything that she would call an error raises `Broken`; a server that says in
good order that it is full, with the urgent numbers, `Refused`.
Not for: what a browser does after that, which costs the server nothing.
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
import re
import time
from dataclasses import dataclass
from http import HTTPStatus
from types import TracebackType
from typing import Final
from urllib.parse import urljoin, urlsplit

import aiohttp
from yarl import URL

from benchmarks.line import BUSY, Broken, Line, Refused, Run

__all__ = ["Answer", "Broken", "NotHere", "Refused", "Visitor", "only_loopback"]

CHECK: Final = "check"
"""The last part of the address of the page with questions."""

_NAMED: Final = re.compile(r'<(?:link|script)\b[^>]*?\b(?:src|href)="([^"]+)"')
_IN_FRAME: Final = re.compile(r'\bdata-(?:scripts|styles)="([^"]+)"')
_FILE: Final = re.compile(r'href="([^"]*/files/[^"]+)"')
_AT_ONCE: Final = 6  # requests that a browser makes at once to one host


class NotHere(ValueError):
    """The address is not of this machine. A load test of somebody else's service is an attack."""


def only_loopback(base: str) -> str:
    """The address without what follows the port. Raises `NotHere` unless it is this machine's."""
    parts = urlsplit(base)
    host = parts.hostname or ""
    try:
        here = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        here = False
    if parts.scheme != "http" or not here:
        raise NotHere(f"Only http://127.0.0.1 and the like, a server on this machine. Not: {base}")
    return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True)
class Answer:
    """How long an answer took, in seconds."""

    card: float
    """Until its heading was there; the same as `whole` where there is none."""
    whole: float


class Visitor:
    """One browser with one page open. Not for several tasks at once."""

    def __init__(
        self,
        base: str,
        *,
        wide: bool = False,
        assets: bool = True,
        patience: float = 60.0,
        source: str = "",
    ) -> None:
        """wide: her screen shows the map. assets: she was never here, and loads scripts and styles.
        patience: how many seconds she waits for anything. source: the address that she comes from,
        where servers count what one address does. Raises `NotHere`."""
        self.base = only_loopback(base)
        self.wide = wide
        self._assets = assets
        self._patience = patience
        self._source = source
        self._http: aiohttp.ClientSession | None = None  # made where there is a loop
        self._kept: set[str] = set()
        self._line: Line | None = None
        self._searches = 0
        self._bytes_of_lines = 0
        self._bytes_of_files = 0

    async def __aenter__(self) -> Visitor:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    @property
    def line(self) -> Line:
        """The line of the page. Raises `Broken` before `open`."""
        if self._line is None:
            raise Broken("no page is open")
        return self._line

    @property
    def received(self) -> int:
        """Bytes that came, compressed as they were: files and lines, without headers of files."""
        open_now = self._line.received if self._line else 0
        return self._bytes_of_files + self._bytes_of_lines + open_now

    # --- what she does

    async def open(self, path: str = "/") -> Answer:
        """Opens a page, until it is drawn."""
        began = time.perf_counter()
        page = await self._text(path)
        if self._assets:
            await self._files([urljoin(path, name) for name in _NAMED.findall(page)])
        await self._get("/_stcore/health")
        await self._get("/_stcore/host-config")
        self._line = await self._connected()
        address = urlsplit(path)
        run = await self.line.run(path=address.path, query=address.query)
        return Answer(run.ended - began, run.ended - began)

    async def go_on(self) -> Answer:
        """The line broke: the same page connects again and asks for its visit, as a browser does.

        The values of its widgets are sent anew, so that the page is as before where the visit is
        gone.
        """
        before, began = self.line, time.perf_counter()
        self._bytes_of_lines += before.received
        self._line = await self._connected(before.visit)
        self._line.take_over(before)
        run = await self._line.run()
        return Answer(run.ended - began, run.ended - began)

    async def search(self, postcode: str) -> Answer:
        """Types a postcode and presses Enter. Raises `Broken` where no answer comes of it."""
        self.line.fill(self.line.widget("text_input", "postcode"), postcode)
        button = next((b for b in self.line.elements("button") if b.form_id == "search"), None)
        if button is None:
            raise Broken("the page has no button to search with")
        self._searches += 1
        heading = f'data-search="{self._searches}"'
        run = await self.line.run(press=button.id, look_for=heading)
        if run.found is None:
            raise Broken("the answer has no heading")
        return _answer(run)

    async def look_at_map(self) -> None:
        """On a wide screen: the frame of each map, its scripts, and the shapes of areas."""
        if not self.wide:
            return
        for part in list(self.line.elements("component_instance")):
            if not part.url:
                continue
            if part.url not in self._kept:
                self._kept.add(part.url)
                frame = await self._text(part.url)
                named = _NAMED.findall(frame)
                later = [one for names in _IN_FRAME.findall(frame) for one in names.split()]
                await self._files([urljoin(part.url, one) for one in (*named, *later)])
            shapes = _addresses(json.loads(part.json_args))
            await self._files([urljoin(part.url, one) for one in shapes])

    async def choose(self, happened: int) -> Answer:
        """Says what happened, by the place of the choice in the list (from 0, round and round)."""
        choices = self.line.widget("button_group", "needs")
        option = choices.options[happened % len(choices.options)].content
        self.line.fill(choices, [option])
        return _answer(await self.line.run())

    async def check(self) -> Answer:
        """Opens the page with questions."""
        return await self.turn_to(CHECK)

    async def turn_to(self, path: str) -> Answer:
        """Goes to another page of the app by a link. path: "check"; "" is the first page."""
        if path not in self.line.pages:
            raise Broken("there is no such page")
        return _answer(await self.line.run(page=self.line.pages[path]))

    async def say(self, count: int) -> Answer:
        """Answers the next question on the page that has a choice, but for that about danger.

        count: which of its choices, from 0, round and round.
        """
        for radio in self.line.elements("radio"):
            if not radio.id.endswith("safety") and not self.line.holds(radio):
                self.line.fill(radio, radio.options[count % len(radio.options)])
                break
        return _answer(await self.line.run())

    async def download(self) -> Answer:
        """Gets the first document that the page offers."""
        began = time.perf_counter()
        link = _FILE.search(self.line.html())
        if link is None:
            raise Broken("the page offers no document")
        file = await self._get(urljoin("/", link[1].replace("&amp;", "&")))
        if not file:
            raise Broken("an empty file")
        took = time.perf_counter() - began
        return Answer(took, took)

    async def close(self) -> None:
        if self._line is not None:
            await self._line.close()
        if self._http is not None:
            await self._http.close()

    # --- inside

    async def _connected(self, again: str = "") -> Line:
        line = await Line.open(
            self.base, self._cookie(), again=again, patience=self._patience, source=self._source
        )
        for name, value in line.cookies:
            self._browser().cookie_jar.update_cookies({name: value}, URL(self.base))
        return line

    def _browser(self) -> aiohttp.ClientSession:
        if self._http is None:
            self._http = aiohttp.ClientSession(
                self.base,
                connector=aiohttp.TCPConnector(
                    limit=_AT_ONCE, local_addr=(self._source, 0) if self._source else None
                ),
                cookie_jar=aiohttp.CookieJar(unsafe=True, quote_cookie=False),
                headers={"Accept-Encoding": "gzip, br", "User-Agent": "mmhs-load"},
                timeout=aiohttp.ClientTimeout(total=self._patience),
                auto_decompress=False,  # that is the browser's work, not the server's
            )
        return self._http

    def _cookie(self) -> str:
        return "; ".join(f"{one.key}={one.value}" for one in self._browser().cookie_jar)

    async def _text(self, address: str) -> str:
        """A page, to be read. Raises as `_get`."""
        return (await self._get(address, read=True)).decode()

    async def _get(self, address: str, *, read: bool = False) -> bytes:
        """What is there, as it came: compressed, unless it is to be read. Raises `Refused`,
        `Broken`."""
        try:
            async with self._browser().get(
                URL(address, encoded=True), auto_decompress=read, allow_redirects=False
            ) as answer:
                body = await answer.read()
        except TimeoutError:
            raise Broken(f"no page or file within {self._patience:g} s") from None
        except (aiohttp.ClientError, OSError) as problem:
            raise Broken(f"no page or file: {type(problem).__name__}") from None
        self._bytes_of_files += answer.content_length or len(body)
        if answer.status == BUSY and _is_orderly(body):
            raise Refused
        if answer.status != HTTPStatus.OK:
            raise Broken(f"a page or file: status {answer.status}")
        return body

    async def _files(self, addresses: list[str]) -> None:
        """Those of the files that this browser does not have yet; each address has a digest in it,
        so that it may be kept."""
        wanted = [one for one in dict.fromkeys(addresses) if one not in self._kept]
        self._kept.update(wanted)
        await asyncio.gather(*map(self._get, wanted))


def _addresses(data: object) -> list[str]:
    """Every address of a file of ours in the data of a map: its shapes."""
    if isinstance(data, str):
        return [data] if re.fullmatch(r"/[\w./-]+\?v=\w+", data) else []
    if isinstance(data, dict):
        data = list(data.values())
    return [a for part in data for a in _addresses(part)] if isinstance(data, list) else []


def _is_orderly(page: bytes) -> bool:
    """Whether a page that says "busy" tells her what she needs now: whom to ring, and what still
    works. page: as it came; a compressed one is not read."""
    return b'href="tel:999"' in page and b"/text/" in page


def _answer(run: Run) -> Answer:
    return Answer((run.found or run.ended) - run.began, run.ended - run.began)
