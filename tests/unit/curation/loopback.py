"""A server on this computer that answers as no server should: for the tests of asking links.

What it does stands in the path: `/404`, `/head/405`, `/reset`. It counts what it is asked, and how
much of it at once. Its names end in ".test" and lead nowhere else.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import socket
import ssl
import struct
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

CERTIFICATES = Path(__file__).parent / "certificates"
PIECE = b"x" * 4096


@dataclass
class Asked:
    """One request: its method, host, path, and headers by small letters."""

    method: str
    host: str
    path: str
    headers: dict[str, str]


@dataclass
class Loopback:
    """A server that runs in a thread of its own while the context lasts."""

    certificate: str = ""
    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    at_once: Counter[str] = field(default_factory=Counter)
    inside: dict[asyncio.StreamWriter, str] = field(default_factory=dict)
    most_at_once: Counter[str] = field(default_factory=Counter)
    sent: int = 0
    """Bytes of the newest body that has no end."""
    hanging: threading.Event = field(default_factory=threading.Event)
    """Set once somebody waits at `/hang`."""
    release: threading.Event = field(default_factory=threading.Event)
    """Set by the test: `/hang` answers from now on."""

    def url(self, path: str, host: str = "a.test") -> str:
        scheme = "https" if self.certificate else "http"
        return f"{scheme}://{host}:{self.port}{path}"

    def paths(self, method: str = "") -> list[str]:
        return [each.path for each in self.asked if method in ("", each.method)]

    # --- running ------------------------------------------------------------------------------

    def __enter__(self) -> Loopback:
        started = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(started,), daemon=True)
        self._thread.start()
        assert started.wait(30)
        return self

    def __exit__(self, *_: object) -> None:
        self.release.set()
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(30)

    def _run(self, started: threading.Event) -> None:
        async def serve() -> None:
            self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
            context = None
            if self.certificate:
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(CERTIFICATES / f"{self.certificate}.pem")
            server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=context)
            self.port = server.sockets[0].getsockname()[1]
            started.set()
            await self._end.wait()
            server.close()
            tasks = [t for t in asyncio.all_tasks() if t is not asyncio.current_task()]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

        asyncio.run(serve())

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, ssl.SSLError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            method, path, _ = head[0].split(" ")
            headers = {k.lower(): v for k, _, v in (h.partition(": ") for h in head[1:] if h)}
            host = headers["host"].partition(":")[0]
            self.asked.append(Asked(method, host, path, headers))
            self.inside[writer] = host
            for counted in ("", host):
                self.at_once[counted] += 1
                now, most = self.at_once[counted], self.most_at_once[counted]
                self.most_at_once[counted] = max(now, most)
            try:
                await self._answer(method, path, headers, writer)
                await writer.drain()
            finally:
                self._leave(writer)
                writer.close()

    def _leave(self, writer: asyncio.StreamWriter) -> None:
        """Counts one less, once: before the answer is sent, since who has it may come again."""
        if (host := self.inside.pop(writer, None)) is not None:
            for counted in ("", host):
                self.at_once[counted] -= 1

    # --- what it does -------------------------------------------------------------------------

    async def _answer(
        self, method: str, path: str, headers: dict[str, str], writer: asyncio.StreamWriter
    ) -> None:
        what, _, rest = path.strip("/").partition("/")
        if what == "head":  # /head/405/rest: HEAD gets that, GET what `rest` says
            status, _, then = rest.partition("/")
            if method == "HEAD":
                _say(writer, int(status))
            else:
                await self._answer(method, f"/{then}", headers, writer)
        elif what.isdigit():
            _say(writer, int(what))
        elif what == "to":  # /to/301/new: leads to /new
            status, _, target = rest.partition("/")
            _say(writer, int(status), f"Location: {self._place(target)}")
        elif what == "on":  # /on/3: leads on to /on/4, and so forth
            _say(writer, 302, f"Location: /on/{int(rest) + 1}")
        elif what == "ring":  # /ring/1 and /ring/2 lead to each other
            _say(writer, 302, f"Location: /ring/{3 - int(rest)}")
        elif what == "lost":
            _say(writer, 302, "Location: /page-not-found")
        elif what == "later":  # /later/5: come back in 5 seconds, and then it is there
            again = self.paths().count(path) > 1
            _say(writer, 200 if again else 429, f"Retry-After: {rest}")
        elif what == "never":
            _say(writer, 429, f"Retry-After: {rest}")
        elif what == "cookie":
            _say(writer, 302, "Set-Cookie: who=you; Path=/", "Location: /kept")
        elif what == "zip":
            bomb = gzip.compress(bytes(10_000_000))
            _say(writer, 200, "Content-Encoding: gzip", f"Content-Length: {len(bomb)}", body=bomb)
        elif what == "long":
            writer.write(b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"y" * 400_000 + b"\r\n\r\n")
        elif what == "garbage":
            writer.write(b"hello, who is there?\r\n\r\n\x00\x01")
        elif what == "cut":
            pass
        elif what == "reset":
            raw = writer.get_extra_info("socket")
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()
        elif what == "silent":
            await asyncio.Event().wait()
        elif what == "drip":
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\nx")
            await writer.drain()
            await asyncio.Event().wait()
        elif what == "endless":
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
            self.sent = 0
            while True:
                writer.write(PIECE)
                await writer.drain()
                self.sent += len(PIECE)
        elif what == "hold":  # long enough for others to come meanwhile, if they may
            await asyncio.sleep(0.02)
            self._leave(writer)
            _say(writer, 200)
        elif what == "hang":
            self.hanging.set()
            while not self.release.is_set():
                await asyncio.sleep(0.01)
            _say(writer, 200)
        else:
            _say(writer, 200)

    def _place(self, target: str) -> str:
        return (
            target.replace("|", "/").replace("PORT", str(self.port))
            if "|" in target
            else f"/{target}"
        )


def _say(writer: asyncio.StreamWriter, status: int, *headers: str, body: bytes = b"") -> None:
    lines = [f"HTTP/1.1 {status} Said", *headers]
    if not any(h.startswith("Content-Length") for h in headers):
        lines.append(f"Content-Length: {len(body)}")
    writer.write("\r\n".join([*lines, "", ""]).encode("latin-1") + body)


async def resolve(host: str, _port: int) -> Sequence[str]:
    """Names that end in ".test" are this computer; what is an address already is itself."""
    if host == "nowhere.test":
        raise socket.gaierror(socket.EAI_NONAME, "no such name")
    if host == "later.test":
        raise socket.gaierror(socket.EAI_AGAIN, "try again")
    if host == "inside.test":
        return ["127.0.0.1", "10.1.2.3"]
    return ["127.0.0.1"] if host.endswith(".test") else [host]


def closed_port() -> int:
    """A port at which nobody answers."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextlib.contextmanager
def serving(certificate: str = "") -> Iterator[Loopback]:
    with Loopback(certificate) as server:
        yield server
