"""What a visit weighs on the line: files by the browser's own count, the socket by a relay's.

The browser counts a message of the socket after it was unpacked; only what stands between it and
the server sees how many bytes came.
Not for: how long it takes (`benchmarks/first_page.py`).
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page

_FIRST = 4096


@dataclass
class Line:
    """What came down a line: url leads to the server through it. sockets: bytes of web sockets."""

    url: str
    sockets: int = 0


@contextmanager
def line_to(url: str) -> Iterator[Line]:
    """A relay to the server at `url`, on a port of its own, until the block ends."""
    target = (urlsplit(url).hostname or "localhost", urlsplit(url).port or 80)
    with socket.create_server(("127.0.0.1", 0)) as server:
        line = Line(f"http://localhost:{server.getsockname()[1]}")
        threading.Thread(target=_accept, args=(server, target, line), daemon=True).start()
        yield line


def _accept(server: socket.socket, target: tuple[str, int], line: Line) -> None:
    with contextlib.suppress(OSError):  # closed at the end
        while True:
            near, _ = server.accept()
            threading.Thread(target=_relay, args=(near, target, line), daemon=True).start()


def _relay(near: socket.socket, target: tuple[str, int], line: Line) -> None:
    with contextlib.suppress(OSError), near, socket.create_connection(target) as far:
        first = near.recv(_FIRST)
        far.sendall(first)
        counts = b"upgrade: websocket" in first.lower()
        threading.Thread(target=_pump, args=(near, far), daemon=True).start()
        while data := far.recv(65_536):
            if counts:
                line.sockets += len(data)
            near.sendall(data)


def _pump(near: socket.socket, far: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := near.recv(65_536):
            far.sendall(data)
        far.shutdown(socket.SHUT_WR)


@dataclass
class Files:
    """The files that a page has loaded: bytes on the line, heads included, by address."""

    sizes: dict[str, int] = field(default_factory=dict)

    def bytes(self) -> int:
        return sum(self.sizes.values())

    def names(self) -> list[str]:
        """Without their digests and versions, the heaviest first."""
        found = sorted(self.sizes.items(), key=lambda item: -item[1])
        return [f"{size:>8,} {urlsplit(url).path}" for url, size in found]


def count_files(page: Page) -> Files:
    """Counts from now on what a page and its frames load."""
    files = Files()
    urls: dict[str, str] = {}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")

    def answered(event: Any) -> None:
        urls[event["requestId"]] = event["response"]["url"]

    def finished(event: Any) -> None:
        url = urls.get(event["requestId"], "")
        if url.startswith("http"):
            files.sizes[url] = files.sizes.get(url, 0) + int(event["encodedDataLength"])

    session.on("Network.responseReceived", answered)
    session.on("Network.loadingFinished", finished)
    return files
