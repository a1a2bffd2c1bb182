"""One open page's line to a Streamlit server: what a browser keeps of it, and how it asks for more.

A page is a tree of elements, each with its place. Every run of the page sends those that there are
now; what a run has not sent again is gone when it ends. Of a part that the browser still has the
server sends only a number ("ref"), so the browser says with each wish which parts it has kept, and
forgets those that were not shown for some runs. Widgets are known by ids that the server makes.
The messages are Streamlit's own (`streamlit.proto`), as in the version that is installed.
Not for: what a visitor does (`visits`), or other parts of HTTP.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException

STREAM_AT: Final = "/_stcore/stream"
BUSY: Final = 503
"""The status of an orderly refusal: the server has as many visitors as it can answer."""

TRY_AGAIN_LATER: Final = 1013
"""The same, as the code with which a line is closed."""

Value = str | bool | Sequence[str]
"""What a widget holds: text or one choice; a tick; several choices."""


class Broken(Exception):
    """Something that a visitor would call an error. Its text is short, so that equal ones count
    as one kind."""


class Refused(Exception):
    """The server has said that it is full, as it should when it is."""


@dataclass
class Run:
    """One answer of the server. Times are of `time.perf_counter`, in seconds."""

    began: float
    found: float | None = None  # when what was looked for had come
    ended: float = 0.0


@dataclass
class _Shown:
    """An element and the run that sent it."""

    element: Any
    run: str
    fragment: str


@dataclass
class Parts:
    """The messages that a browser keeps, by their digests."""

    messages: dict[str, tuple[bytes, int]] = field(default_factory=dict)
    runs: int = 0

    def whole(self, message: ForwardMsg, raw: bytes) -> ForwardMsg:
        """The message itself, also where only its number came. Raises `Broken`."""
        if message.WhichOneof("type") != "ref_hash":
            if message.metadata.cacheable and message.hash not in self.messages:
                self.messages[message.hash] = (raw, self.runs)
            return message
        if message.ref_hash not in self.messages:
            raise Broken("a part was named that this browser never got")
        kept = self.messages[message.ref_hash][0]
        self.messages[message.ref_hash] = (kept, self.runs)
        found: ForwardMsg = ForwardMsg.FromString(kept)
        found.metadata.CopyFrom(message.metadata)
        return found

    def age(self, most: int) -> None:
        """A run has ended: what was not shown for so many is forgotten."""
        self.runs += 1
        self.messages = {
            digest: (raw, seen)
            for digest, (raw, seen) in self.messages.items()
            if self.runs - seen <= most
        }


class _Counting(ClientConnection):
    """Counts bytes as they come, compressed."""

    received: int = 0

    def data_received(self, data: bytes) -> None:
        self.received += len(data)
        super().data_received(data)


class Line:
    """A connection of one page. Use `open`; every wait ends after `patience` seconds."""

    def __init__(self, socket: _Counting, patience: float) -> None:
        self._socket = socket
        self._patience = patience
        self._parts = Parts()
        self._most_runs = 2  # until the server says how many
        self._tree: dict[tuple[int, ...], _Shown] = {}
        self._values: dict[str, Value] = {}
        self._run = ""
        self._fragments: tuple[str, ...] = ()
        self.visit = ""
        """The number of this visit, by which a page whose line broke asks for it again."""
        self.page = ""
        """Streamlit's name of the page that is shown; "" before the first run."""
        self.pages: dict[str, str] = {}
        """The names of all pages by the last part of their address; "" is the first page."""

    @classmethod
    async def open(
        cls, base: str, cookie: str, *, again: str = "", patience: float = 60.0, source: str = ""
    ) -> Line:
        """Connects as a browser does. Raises `Refused`, `Broken`.

        base: "http://127.0.0.1:8501", without a path. cookie: the header. again: the number of the
        visit to go on with. source: the address to come from.
        """
        token = re.search(r"_streamlit_xsrf=([^;]+)", cookie)
        # A quoted or odd token would break the header: a browser could not send it either.
        second = token[1] if token and re.fullmatch(r"[\w|-]+", token[1]) else "none"
        try:
            socket = await connect(
                base.replace("http", "ws", 1) + STREAM_AT,
                origin=base,  # type: ignore[arg-type]
                subprotocols=["streamlit", second, *([again] if again else [])],  # type: ignore[list-item]
                additional_headers={"Cookie": cookie} if cookie else {},
                create_connection=_Counting,
                max_size=None,
                open_timeout=patience,
                close_timeout=2,
                ping_interval=None,
                local_addr=(source, 0) if source else None,
                proxy=None,
            )
        except InvalidStatus as answer:
            if answer.response.status_code == BUSY:
                raise Refused from None
            raise Broken(f"no line: status {answer.response.status_code}") from None
        except TimeoutError:
            raise Broken(f"no line within {patience:g} s") from None
        except (OSError, WebSocketException) as problem:
            raise Broken(f"no line: {type(problem).__name__}") from None
        assert isinstance(socket, _Counting)
        return cls(socket, patience)

    async def close(self) -> None:
        await self._socket.close()

    def cut(self) -> None:
        """Breaks the line without a word, as a phone without signal does."""
        self._socket.transport.abort()

    @property
    def cookies(self) -> list[tuple[str, str]]:
        """Those that came with the line: the name and the value of each."""
        answer = self._socket.response
        lines = answer.headers.get_all("Set-Cookie") if answer else []
        pairs = [line.partition(";")[0].partition("=") for line in lines]
        return [(name.strip(), value) for name, _, value in pairs]

    @property
    def received(self) -> int:
        """Bytes that came over this line, as they were sent: compressed."""
        return self._socket.received

    # --- what stands on the page

    def elements(self, kind: str) -> Iterator[Any]:
        """The elements of a kind ("html", "button"), in the order of the page."""
        for _, shown in sorted(self._tree.items()):
            if shown.element.WhichOneof("type") == kind:
                yield getattr(shown.element, kind)

    def html(self) -> str:
        """All our own HTML on the page."""
        return "\n".join(element.body for element in self.elements("html"))

    def widget(self, kind: str, key: str) -> Any:
        """The widget of that kind with the key that the app gave it. Raises `Broken`."""
        for element in self.elements(kind):
            if element.id.endswith(f"-{key}"):
                return element
        raise Broken(f"the page has no {kind} {key}")

    # --- what a visitor does with it

    def fill(self, widget: Any, value: Value) -> None:
        """Puts a value into a widget; the server hears of it with the next run."""
        self._values[widget.id] = value

    def holds(self, widget: Any) -> bool:
        """Whether somebody has put a value into a widget."""
        return widget.id in self._values

    def take_over(self, before: Line) -> None:
        """Goes on with the page of a line that broke: what was typed, and the parts it has."""
        self._tree, self._values = before._tree, before._values
        self._parts, self.page, self.pages = before._parts, before.page, before.pages

    async def run(
        self,
        *,
        press: str = "",
        page: str | None = None,
        path: str = "",
        query: str = "",
        look_for: str = "",
        changed: Any = None,
    ) -> Run:
        """Asks for a run, and waits until it has ended. Raises `Refused`, `Broken`.

        press: the id of the button that was pressed. page: Streamlit's name of another page.
        path: that of the address, which says which page it is before the first run. query: that
        of the address. look_for: a text in our HTML; when it has come, `Run.found` is set.
        changed: the widget that was changed, where only its part of the page (its fragment) is
        to run.
        """
        message = BackMsg()
        wish = message.rerun_script
        wish.query_string = query
        wish.page_script_hash = self.page if page is None else page
        wish.page_name = "" if wish.page_script_hash else path.strip("/")
        wish.cached_message_hashes.extend(self._parts.messages)
        wish.context_info.timezone = "Europe/London"
        wish.context_info.locale = "en-GB"
        if changed is not None:
            wish.fragment_id = self._fragment_of(changed.id)
        if page is not None and page != self.page:
            self._values.clear()  # its widgets are gone
        _fill_in(wish.widget_states, self._values, press)
        run = Run(time.perf_counter())
        await self._send(message)
        try:
            async with asyncio.timeout(self._patience):
                while not await self._took_the_last(run, look_for):
                    pass
        except TimeoutError:
            raise Broken(f"no answer within {self._patience:g} s") from None
        run.ended = time.perf_counter()
        return run

    # --- inside

    async def _send(self, message: BackMsg) -> None:
        try:
            await self._socket.send(message.SerializeToString())
        except ConnectionClosed as closed:
            raise _why(closed) from None

    async def _next(self) -> ForwardMsg:
        try:
            raw = await self._socket.recv()
        except ConnectionClosed as closed:
            raise _why(closed) from None
        if isinstance(raw, str):
            raise Broken("a message that is no protobuf")
        return self._parts.whole(ForwardMsg.FromString(raw), raw)

    async def _took_the_last(self, run: Run, look_for: str) -> bool:
        """Takes the next message into the page; True when it ends the run."""
        message = await self._next()
        match message.WhichOneof("type"):
            case "new_session":
                self._begin(message)
            case "navigation":
                self.pages = {
                    "" if page.is_default else page.url_pathname: page.page_script_hash
                    for page in message.navigation.app_pages
                }
                self.page = message.navigation.page_script_hash or self.page
            case "delta":
                self._take(message)
                element = message.delta.new_element
                if look_for and run.found is None and look_for in element.html.body:
                    run.found = time.perf_counter()
            case "session_event":
                if message.session_event.HasField("script_compilation_exception"):
                    raise Broken("the page broke")
            case "script_finished":
                if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    self._end(message)
                    return True
        return False

    def _begin(self, message: ForwardMsg) -> None:
        session = message.new_session
        self.visit = session.initialize.session_id
        self.page = session.page_script_hash
        self._most_runs = session.config.max_cached_message_age
        self._run = message.metadata.run.script_run_id
        self._fragments = tuple(message.metadata.run.fragment_ids)

    def _take(self, message: ForwardMsg) -> None:
        delta, place = message.delta, tuple(message.metadata.delta_path)
        if delta.WhichOneof("type") != "new_element":
            self._tree.pop(place, None)
            return
        element = delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise Broken("the page shows an exception")
        if kind == "alert" and element.alert.format == element.alert.ERROR:
            raise Broken("the page says that something went wrong")
        self._tree[place] = _Shown(element, self._run, delta.fragment_id)
        widget: Any = getattr(element, kind) if kind else None
        if getattr(widget, "set_value", False):  # the app itself has put something in
            self._values[widget.id] = _set_by_app(kind, widget)

    def _end(self, message: ForwardMsg) -> None:
        """What this run has not sent again is gone, and what stood in it."""
        part = message.script_finished == ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY
        self._tree = {
            place: shown
            for place, shown in self._tree.items()
            if shown.run == self._run or (part and shown.fragment not in self._fragments)
        }
        there = {
            getattr(getattr(s.element, s.element.WhichOneof("type") or "html"), "id", "")
            for s in self._tree.values()
        }
        self._values = {name: value for name, value in self._values.items() if name in there}
        self._parts.age(self._most_runs)

    def _fragment_of(self, widget: str) -> str:
        for shown in self._tree.values():
            kind = shown.element.WhichOneof("type")
            if kind and getattr(getattr(shown.element, kind), "id", "") == widget:
                return shown.fragment
        return ""


def _why(closed: ConnectionClosed) -> Exception:
    code = closed.rcvd.code if closed.rcvd else None
    if code == TRY_AGAIN_LATER:
        return Refused()
    return Broken(f"the line broke: {code or 'no word'}")


def _set_by_app(kind: str | None, widget: Any) -> Value:
    if kind == "button_group":
        return list(widget.raw_values)
    if kind == "selectbox":
        return str(widget.raw_value)
    if kind in ("text_input", "text_area"):
        return str(widget.value)
    return widget.value if isinstance(widget.value, (bool, str)) else str(widget.value)


def _fill_in(states: Any, values: Mapping[str, Value], press: str) -> None:
    for name, value in values.items():
        state = states.widgets.add(id=name)
        if isinstance(value, bool):
            state.bool_value = value
        elif isinstance(value, str):
            state.string_value = value
        else:
            state.string_array_value.data[:] = value
    if press:
        states.widgets.add(id=press).trigger_value = True
