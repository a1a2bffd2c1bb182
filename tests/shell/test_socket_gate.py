"""The gate before Streamlit's socket: who may open it, what passes, at which pace."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from mmhs_finder.channels import wire
from mmhs_finder.channels.shell import socket_gate
from mmhs_finder.channels.shell.limits import Limits, Places
from mmhs_finder.channels.shell.socket_gate import PASS, SocketGate

BROWSER = "n" * 43
Client = Callable[["Talk"], Awaitable[None]]


def wish(**kind: Any) -> bytes:
    return BackMsg(**kind).SerializeToString()


def run(query: str = "", *, pressed: bool = False) -> bytes:
    message = BackMsg()
    message.rerun_script.query_string = query
    if pressed:
        message.rerun_script.widget_states.widgets.add(id="go", trigger_value=True)
    return message.SerializeToString()


class Talk:
    """A client of the gate, and a stand-in for Streamlit behind it that notes what it hears."""

    def __init__(self, places: Places | None = None, *, patience: float = 5, **headers: str):
        self.places = places or Places(Limits(10, 5), lambda _browser: [])
        self.coming: asyncio.Queue[Message] = asyncio.Queue()
        self.coming.put_nowait({"type": "websocket.connect"})
        self.heard: list[Message] = []
        self.told: list[Message] = []
        self.heard_one = asyncio.Event()
        named = {"host": "finder.example", "x-mmhs-browser": BROWSER, **headers}
        self.scope: Scope = {
            "type": "websocket",
            "path": "/_stcore/stream",
            "headers": [(k.lower().encode(), v.encode()) for k, v in named.items()],
            "subprotocols": ["streamlit", "x"],
            "extensions": {"websocket.http.response": {}},
            "client": ("127.0.0.1", 1),
        }
        self.gate = SocketGate(self._streamlit, self.places, first_wish_seconds=patience)

    async def _streamlit(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        while True:
            message = await receive()
            self.heard.append(message)
            self.heard_one.set()
            if message["type"] == "websocket.disconnect":
                return

    async def _note(self, message: Message) -> None:
        self.told.append(message)

    def says(self, *data: bytes | str) -> None:
        for one in data:
            kind = "text" if isinstance(one, str) else "bytes"
            self.coming.put_nowait({"type": "websocket.receive", kind: one})

    def goes(self) -> None:
        self.coming.put_nowait({"type": "websocket.disconnect", "code": 1005})

    async def over(self) -> None:
        await asyncio.wait_for(self.gate(self.scope, self.coming.get, self._note), 20)

    @property
    def passed(self) -> list[bytes]:
        return [one["bytes"] for one in self.heard if one["type"] == "websocket.receive"]

    @property
    def codes(self) -> list[int]:
        return [one["code"] for one in self.told if one["type"] == "websocket.close"]

    @property
    def status(self) -> list[int]:
        return [m["status"] for m in self.told if m["type"] == "websocket.http.response.start"]


def talk(*data: bytes | str, ends: bool = True, **how: Any) -> Talk:
    """A whole conversation in which the client says this, and goes."""

    async def all_of_it() -> Talk:
        one = Talk(**how)
        one.says(*data)
        if ends:
            one.goes()
        await one.over()
        return one

    return asyncio.run(all_of_it())


class TestWhatPasses:
    def test_what_a_visitors_page_asks_for(self) -> None:
        files = BackMsg()
        files.file_urls_request.request_id = "1"
        said = [run(), files.SerializeToString()]
        assert talk(*said).passed == said

    @pytest.mark.parametrize(
        "kind",
        [
            "clear_cache",
            "load_git_info",
            "set_run_on_save",
            "stop_script",
            "app_heartbeat",
            "debug_shutdown_runtime",
            "debug_disconnect_websocket",
        ],
    )
    def test_what_nobody_needs_does_not(self, kind: str) -> None:
        done = talk(wish(**{kind: True}), run())
        assert done.passed == [run()]
        assert done.codes == []

    @pytest.mark.parametrize(
        "operation", ["install_skills", "dismiss_skills_nudge", "deferred_file"]
    )
    def test_nor_what_changes_the_machine_or_is_written_to_the_log(self, operation: str) -> None:
        message = BackMsg()
        getattr(message.backend_operation_request, operation).SetInParent()
        assert talk(message.SerializeToString()).passed == []

    def test_nor_a_kind_that_is_not_known_yet(self) -> None:
        assert talk(b"", b"\xfa\x3f\x01a").passed == []

    def test_every_kind_that_passes_exists(self) -> None:
        assert set(wire.kinds_of_wishes()) >= PASS

    def test_who_says_more_than_any_page_does_is_hung_up_on(self) -> None:
        files, long, boxes, kept = BackMsg(), BackMsg(), BackMsg(), BackMsg()
        files.file_urls_request.file_names.extend([""] * 400_000)
        long.file_urls_request.request_id = "x" * 900_000
        for _ in range(100_000):
            boxes.rerun_script.widget_states.widgets.add()
        kept.rerun_script.cached_message_hashes.extend([""] * 400_000)
        for message in (files, long, boxes, kept):
            done = talk(message.SerializeToString(), run(), ends=False)
            assert (done.codes, done.passed) == ([1008], [])

    def test_garbage_closes_the_socket(self) -> None:
        done = talk(b"\xff\xff\xff", run(), ends=False)
        assert (done.codes, done.passed) == ([1002], [])

    def test_text_closes_the_socket(self) -> None:
        done = talk("hello", run(), ends=False)
        assert (done.codes, done.passed) == ([1003], [])


class TestThePace:
    def test_of_a_flood_only_the_newest_is_heard(self) -> None:
        assert talk(*[run()] * 500).passed == [run()]

    def test_a_pressed_button_is_never_left_out(self) -> None:
        said = [run(), run(pressed=True), run(), run(), run(pressed=True), run(), run()]
        pressed, plain = run(pressed=True), run()
        assert talk(*said).passed == [pressed, pressed, plain]

    def test_another_page_or_address_is_never_left_out(self) -> None:
        assert talk(run("a"), run("b"), run("c")).passed == [run("a"), run("b"), run("c")]

    def test_a_flood_that_cannot_be_left_out_has_to_wait(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(socket_gate, "_AT_ONCE", 3)
        monkeypatch.setattr(socket_gate, "_EACH_SECOND", 0.01)

        async def flood() -> tuple[int, int]:
            one = Talk()
            one.says(*[run(pressed=True)] * 100)
            task = asyncio.create_task(one.over())
            while len(one.passed) < 3:
                one.heard_one.clear()
                await one.heard_one.wait()
            for _ in range(50):
                await asyncio.sleep(0)
            task.cancel()
            return len(one.passed), one.coming.qsize()

        assert asyncio.run(flood()) == (3, 95), "one waits, one is held back; the rest is not read"

    def test_what_is_left_out_has_to_wait_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(socket_gate, "_AT_ONCE", 3)
        monkeypatch.setattr(socket_gate, "_EACH_SECOND", 0.01)

        async def flood() -> int:
            one = Talk()
            one.says(*[wish(clear_cache=True)] * 100)
            task = asyncio.create_task(one.over())
            for _ in range(50):
                await asyncio.sleep(0)
            task.cancel()
            return one.coming.qsize()

        assert asyncio.run(flood()) >= 95


class TestWhoOpensIt:
    def test_nobody_does_when_every_place_is_taken(self) -> None:
        places = Places(Limits(1, 0), lambda _browser: [])
        places.take({"type": "http", "headers": []}, "other", lambda: None)
        done = talk(run(), places=places)
        assert (done.status, done.heard) == ([503], [])
        assert places.taken == 1

    def test_a_place_is_given_back(self) -> None:
        assert talk(run()).places.taken == 0


class TestTheFirstWish:
    def test_who_asks_nothing_is_hung_up_on(self) -> None:
        assert talk(ends=False, patience=0.01).codes == [1008]

    def test_other_messages_do_not_count(self) -> None:
        files = BackMsg()
        files.file_urls_request.request_id = "1"
        assert talk(files.SerializeToString(), ends=False, patience=0.01).codes == [1008]

    def test_who_has_asked_may_read_as_long_as_they_like(self) -> None:
        async def reads() -> Talk:
            one = Talk(patience=0.01)
            one.says(run())
            task = asyncio.create_task(one.over())
            await one.heard_one.wait()
            await asyncio.sleep(0.05)
            one.goes()
            await task
            return one

        assert asyncio.run(reads()).codes == []

    def test_so_may_who_goes_on_with_a_visit(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(socket_gate, "visits_of", lambda browser: ["v1"])

        async def returns() -> Talk:
            one = Talk(patience=0.01)
            one.scope["subprotocols"] = ["streamlit", "x", "v1"]
            task = asyncio.create_task(one.over())
            await asyncio.sleep(0.05)
            one.goes()
            await task
            return one

        assert asyncio.run(returns()).codes == []


class TestTheEnd:
    def test_it_can_be_ended_from_our_side(self) -> None:
        async def ended() -> Talk:
            one = Talk()
            one.says(run())
            task = asyncio.create_task(one.over())
            await one.heard_one.wait()
            one.places.end("somebody else")
            one.places.end(BROWSER)
            await task
            return one

        done = asyncio.run(ended())
        assert done.codes == [1001]
        assert done.heard[-1]["type"] == "websocket.disconnect"

    def test_a_visit_without_a_cookie_is_forgotten_with_its_socket(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        forgotten: list[str] = []
        monkeypatch.setattr(socket_gate, "visits_of", lambda browser: [f"visit of {browser}"])
        monkeypatch.setattr(socket_gate, "forget_visit", forgotten.append)
        talk(run())
        assert forgotten == [f"visit of {BROWSER}"]
        talk(run(), cookie=f"mmhs_browser={BROWSER}")
        assert len(forgotten) == 1, "who has a cookie may come back"

    def test_somebody_who_is_gone_without_a_word_is_no_error(self) -> None:
        async def gone(message: Message) -> None:
            raise OSError

        async def speaks() -> None:
            conversation = socket_gate._Conversation(asyncio.Queue[Message]().get, gone)
            await conversation.send({"type": "websocket.send", "bytes": b"x"})

        asyncio.run(speaks())
