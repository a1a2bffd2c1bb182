"""Visits without a browser: Streamlit's own messages over its socket, for tests that need many.

Not for: how a page looks or what a press does, which needs a browser.
"""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from contextlib import AbstractContextManager, ExitStack
from html import unescape
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from mmhs_finder.channels.shell.browser import COOKIE

_LINK = re.compile(
    r'<a class="file-link[^>]* href="(/files/[^"]+)".*?</span><span>(.*?)</span></a>'
)
WAIT = 120


class SocketVisit(AbstractContextManager["SocketVisit"]):
    """One visit of one browser."""

    def __init__(self, url: str) -> None:
        self._url = url
        with urllib.request.urlopen(f"{url}/", timeout=WAIT) as page:
            self.cookie = page.headers["Set-Cookie"].split(";")[0]
        assert self.cookie.startswith(f"{COOKIE}=")
        self._open = ExitStack()
        self._socket = self._open.enter_context(
            connect(
                f"ws://{urlsplit(url).netloc}/_stcore/stream",
                subprotocols=["streamlit"],  # type: ignore[list-item]
                additional_headers={"Cookie": self.cookie},
                max_size=None,
                open_timeout=WAIT,
            )
        )

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()

    def run(self, page: str = "", query: str = "") -> str:
        """Has a page drawn, "services", and returns all HTML of it that we have made."""
        wish = BackMsg()
        wish.rerun_script.page_name = page
        wish.rerun_script.query_string = query
        self._socket.send(wish.SerializeToString())
        html: list[str] = []
        while True:
            said = ForwardMsg()
            said.ParseFromString(bytes(self._socket.recv(timeout=WAIT)))  # type: ignore[arg-type]
            kind = said.WhichOneof("type")
            if kind == "delta" and said.delta.WhichOneof("type") == "new_element":
                html.append(said.delta.new_element.html.body)
            if kind == "script_finished":
                return "\n".join(html)

    def files(self, page: str, query: str = "") -> dict[str, str]:
        """The addresses of the files that a page offers, by the words of their links."""
        found = _LINK.findall(self.run(page, query))
        return {unescape(words): address for address, words in found}

    def ask(self, address: str, method: str = "GET", cookie: str | None = None) -> tuple[int, Any]:
        """Status and content, asked for by this browser. cookie: of another one; "" for none."""
        sent = self.cookie if cookie is None else cookie
        request = urllib.request.Request(
            f"{self._url}{address}", method=method, headers={"Cookie": sent} if sent else {}
        )
        try:
            with urllib.request.urlopen(request, timeout=WAIT) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read()
