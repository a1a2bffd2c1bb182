"""How much memory lists may take, and whose turn it is to be worked on."""

from __future__ import annotations

import threading

import pytest
from starlette.formparsers import MultiPartParser

from mmhs_finder.channels import list_memory
from mmhs_finder.channels.list_memory import Held, ListMemory, MemoryFull
from mmhs_finder.channels.shell.uploads import GuardsUploads
from mmhs_finder.channels.streamlit.bulk_work import Line, LineFull


@pytest.fixture(autouse=True)
def _no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_memory, "UNUSED_SECONDS", 0)


def holding(memory: ListMemory, size: int, gone: list[Held] | None = None) -> Held:
    held = memory.hold("visit")
    held.grow(size)
    if gone is not None:
        held.let_go = lambda: gone.append(held)
    return held


class TestMemory:
    def test_it_holds_no_more_than_it_may(self) -> None:
        memory = ListMemory(100)
        first = holding(memory, 60)
        with pytest.raises(MemoryFull):
            holding(memory, 41)
        assert memory.size == 60
        first.release()
        holding(memory, 100)

    def test_what_is_let_go_while_it_is_counted_does_no_harm(self) -> None:
        memory = ListMemory(100)
        others = [holding(memory, 10) for _ in range(5)]

        class LetsGo(Held):
            """Garbage is found whenever something is made, also in the middle of a sum."""

            size = property(lambda self: others.pop().release() or 0 if others else 0, lambda *_: 0)

        memory._held = {LetsGo(memory, ""), *memory._held}
        assert memory.size >= 0
        memory.forget("")

    def test_the_oldest_unused_goes_first_and_no_more_than_has_to(self) -> None:
        memory, gone = ListMemory(100), list[Held]()
        first, second = holding(memory, 50, gone), holding(memory, 50, gone)
        first.touch()
        third = holding(memory, 50, gone)
        assert gone == [second]
        assert memory.size == first.size + third.size == 100

    def test_what_is_in_use_or_may_not_go_stays(self, monkeypatch: pytest.MonkeyPatch) -> None:
        memory, gone = ListMemory(100), list[Held]()
        holding(memory, 40)
        holding(memory, 40, gone).in_use = 1
        monkeypatch.setattr(list_memory, "UNUSED_SECONDS", 60)
        holding(memory, 20, gone)  # somebody has just looked at it
        with pytest.raises(MemoryFull):
            holding(memory, 10)
        assert not gone

    def test_nothing_goes_for_what_never_fits(self) -> None:
        memory, gone = ListMemory(100), list[Held]()
        holding(memory, 50, gone)
        with pytest.raises(MemoryFull):
            memory.make_room(101)
        assert not gone

    def test_what_has_gone_cannot_grow_again(self) -> None:
        memory = ListMemory(100)
        held = holding(memory, 10)
        held.release()
        with pytest.raises(MemoryFull):
            held.grow(1)
        assert memory.size == 0

    def test_all_of_a_visit_goes_with_it(self) -> None:
        memory, gone = ListMemory(100), list[Held]()
        mine = holding(memory, 10, gone)
        other = memory.hold("other")
        other.grow(5)
        memory.forget("visit")
        assert gone == [mine] and memory.size == 5

    @pytest.mark.parametrize(
        ("said", "megabytes"), [("", 512), ("64", 64), ("0", 512), ("much", 512), ("-5", 512)]
    )
    def test_the_operator_says_how_much(
        self, monkeypatch: pytest.MonkeyPatch, said: str, megabytes: int
    ) -> None:
        monkeypatch.setenv(list_memory.SETTING, said)
        assert list_memory.said_limit() == megabytes << 20


class TestLine:
    def test_each_in_the_order_in_which_they_came(self) -> None:
        line = Line(slots=1, waiting=3)
        for place in "abcd":
            line.enter(place)
        with pytest.raises(LineFull):
            line.enter("e")
        assert not line.wait("b", 0)
        assert line.wait("a", 0)
        assert not line.wait("b", 0), "one at a time"
        assert [line.before(place) for place in "bcd"] == [0, 1, 2]
        line.leave("c")  # gave up
        line.leave("a")
        assert not line.wait("d", 0)
        assert line.wait("b", 0)

    def test_who_waits_is_told_as_soon_as_it_is_its_turn(self) -> None:
        line = Line(slots=1, waiting=1)
        line.enter("a")
        assert line.wait("a", 0)
        line.enter("b")
        turns: list[bool] = []
        waiting = threading.Thread(target=lambda: turns.append(line.wait("b", 60)))
        waiting.start()
        line.leave("a")
        waiting.join(60)
        assert turns == [True]


def test_from_the_start_no_file_is_written_to_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MultiPartParser, "spool_max_size", 1)

    async def app(*_: object) -> None: ...

    GuardsUploads(app, limit=lambda: 50)
    assert MultiPartParser.spool_max_size > 50
