"""Visits to a running app as a browser makes them: a page for the cookie, then the socket."""

from __future__ import annotations

import http.client
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from mmhs_finder.channels.shell.browser import COOKIE


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    text: str


def ask(url: str, path: str, method: str = "GET", **headers: str) -> Answer:
    """One request. headers: underscores stand for strokes."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.request(method, path, headers=named)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        given: dict[str, str] = {}
        for name, value in answer.getheaders():
            given[name.lower()] = "\n".join(filter(None, [given.get(name.lower()), value]))
        return Answer(answer.status, given, text)
    finally:
        connection.close()


def cookie_of_a_new_browser(url: str) -> str:
    """The number that a page gives, as the line of a request."""
    line = ask(url, "/").headers["set-cookie"]
    return line.split(";")[0]


@dataclass
class Visit:
    """An open page. cookie: "" for a browser that keeps none. former: the visit to go on with."""

    url: str
    cookie: str = ""
    former: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    number: str = ""

    def __enter__(self) -> Visit:
        parts = ["streamlit", "x", *([self.former] if self.former else [])]
        named = {**({"Cookie": self.cookie} if self.cookie else {}), **self.headers}
        self._connecting = connect(
            self.url.replace("http", "ws") + "/_stcore/stream",
            subprotocols=parts,  # type: ignore[arg-type]
            additional_headers=named,
            max_size=None,
            open_timeout=30,
            ping_interval=None,
            close_timeout=1,
        )
        self.socket: ClientConnection = self._connecting.__enter__()
        return self

    def __exit__(self, *problem: Any) -> None:
        self._connecting.__exit__(*problem)

    def send(self, **wish: Any) -> None:
        self.socket.send(BackMsg(**wish).SerializeToString())

    def search(self, query: str = "") -> list[ForwardMsg]:
        """Asks for a run of the page, and takes all that it draws."""
        message = BackMsg()
        message.rerun_script.query_string = query
        self.socket.send(message.SerializeToString())
        return self.drawn()

    def drawn(self, seconds: float = 60) -> list[ForwardMsg]:
        """All that comes until the next run has ended."""
        found: list[ForwardMsg] = []
        while not (found and found[-1].WhichOneof("type") == "script_finished"):
            data = self.socket.recv(timeout=seconds)
            assert isinstance(data, bytes)
            found.append(ForwardMsg.FromString(data))
            if found[-1].WhichOneof("type") == "new_session":
                self.number = found[-1].new_session.initialize.session_id
        return found

    def close_code(self, seconds: float = 30) -> int:
        """With which code the server ends it."""
        try:
            while True:
                self.socket.recv(timeout=seconds)
        except ConnectionClosed as ended:
            return ended.rcvd.code if ended.rcvd else 1006


def text_of(drawn: list[ForwardMsg]) -> str:
    """Everything that a run has drawn, as one text."""
    return "\n".join(str(message) for message in drawn)


__all__ = ["COOKIE", "Answer", "Visit", "ask", "cookie_of_a_new_browser", "text_of"]
