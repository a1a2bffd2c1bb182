"""The insides of the web server, and of the messages that come over its sockets, that we use.

As `privates`, and named by the same contract test: none is promised to stay, and each says what
happens when it has gone.
Not for: which messages pass (`shell.socket_gate`), or what the log says (`shell.quiet_log`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any, Final
from weakref import WeakKeyDictionary

import h11
from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg
from uvicorn.protocols.http.h11_impl import H11Protocol

SERVER_LOGGER: Final = "uvicorn.error"
SAID_OF_STRANGERS: Final = frozenset(
    {
        "Invalid HTTP request received.",
        "ASGI callable returned without completing handshake.",
    }
)
"""What the web server logs of each request that is none, and of each connection that was refused
with an answer. Where it words them otherwise, anybody can fill the log with them."""


_MOST_BOXES, _MOST_KEPT_PARTS, _MOST_FILES, _LONGEST_NAME = 1000, 5000, 10, 1000
"""More than any page of ours has or sends: its boxes, the parts of a page that a browser has kept,
files that are sent at once, letters of a file's name. A megabyte has room for half a million of
each, and for most of them Streamlit makes something, one after another, while everybody waits."""


class Wish:
    """A message of a browser over the socket, read. Without it the gate could tell none apart."""

    def __init__(self, data: bytes) -> None:
        """Raises ValueError when that is no message."""
        try:
            self._message = BackMsg.FromString(data)
        except DecodeError as problem:
            raise ValueError("not a message") from problem

    @property
    def kind(self) -> str:
        """What is asked for: "rerun_script"; for one with kinds of its own "x.deferred_file".
        "" when nothing is."""
        kind = self._message.WhichOneof("type") or ""
        if kind == "backend_operation_request":
            operation = self._message.backend_operation_request
            return f"{kind}.{operation.WhichOneof('payload') or ''}"
        return kind

    @property
    def is_too_much(self) -> bool:
        """Whether it says more than any page of ours does, however short the message is."""
        asked, files = self._message.rerun_script, self._message.file_urls_request
        return (
            len(asked.widget_states.widgets) > _MOST_BOXES
            or len(asked.cached_message_hashes) > _MOST_KEPT_PARTS
            or len(files.file_names) > _MOST_FILES
            or any(len(n) > _LONGEST_NAME for n in (files.request_id, *files.file_names))
        )

    def is_part_of(self, later: Wish) -> bool:
        """Whether a later wish asks for all that this one does, so that this one can be left out.

        Each says what all boxes hold; only that a button was pressed is said once.
        """
        if self.kind != "rerun_script" or later.kind != "rerun_script":
            return False
        mine, theirs = self._message.rerun_script, later._message.rerun_script
        same = all(
            getattr(mine, name) == getattr(theirs, name)
            for name in ("fragment_id", "page_script_hash", "page_name", "query_string")
        )
        return same and not any(_is_said_once(one) for one in mine.widget_states.widgets)


def _is_said_once(state: Any) -> bool:
    value = state.WhichOneof("value") or ""
    return value.endswith("trigger_value") or value == "chat_input_value"


def kinds_of_wishes() -> Iterator[str]:
    """Every `Wish.kind` that there is: those that are let through must be among them."""
    message = BackMsg.DESCRIPTOR
    for one in message.oneofs_by_name["type"].fields:
        if one.name != "backend_operation_request":
            yield one.name
            continue
        for payload in one.message_type.oneofs_by_name["payload"].fields:
            yield f"{one.name}.{payload.name}"


def hang_up_on_half_requests(head: float, body: float) -> None:
    """Makes the web server hang up on who begins a request and does not go on with it.

    head: seconds for a request's first part, from the connection on. body: seconds without anything
    coming while the rest is waited for. It holds for the process. uvicorn has no setting for either
    (only for the pause between two requests): without this, connections that say nothing stay for
    ever and use up the descriptors. It knows one of uvicorn's two servers, the one that we install.
    """
    kept = (H11Protocol.connection_made, H11Protocol.data_received, H11Protocol.connection_lost)
    made, received, lost = kept
    timers: WeakKeyDictionary[H11Protocol, tuple[bool, asyncio.TimerHandle]] = WeakKeyDictionary()

    def watch(one: H11Protocol) -> None:
        state, is_first = one.conn.their_state, one.cycle is None
        in_head = state is h11.IDLE and (is_first or bool(one.conn.trailing_data[0]))
        in_body = state is h11.SEND_BODY
        was_in_head, timer = timers.pop(one, (False, None))
        if in_head and was_in_head and timer is not None:
            timers[one] = (True, timer)  # drop by drop is no excuse
            return
        if timer is not None:
            timer.cancel()
        if one.transport.get_protocol() is not one:
            return  # a web socket now, which may be silent for as long as somebody reads
        if in_head or in_body:
            later = one.loop.call_later(head if in_head else body, hang_up, one)
            timers[one] = (in_head, later)

    def hang_up(one: H11Protocol) -> None:
        in_head, _ = timers.pop(one, (True, None))
        if not in_head and one.flow.read_paused:
            watch(one)  # we are the slow ones
        elif not one.transport.is_closing():
            one.transport.close()

    def connection_made(self: H11Protocol, transport: asyncio.Transport) -> None:
        made(self, transport)
        watch(self)

    def data_received(self: H11Protocol, data: bytes) -> None:
        received(self, data)
        watch(self)

    def connection_lost(self: H11Protocol, problem: Exception | None) -> None:
        _, timer = timers.pop(self, (False, None))
        if timer is not None:
            timer.cancel()
        lost(self, problem)

    for ours in (connection_made, data_received, connection_lost):
        setattr(H11Protocol, ours.__name__, ours)
