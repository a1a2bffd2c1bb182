"""What all visitors share is not searched for garbage; what a visit leaves is."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from mmhs_finder import memory


class Shared:
    """Holds itself, so that only a search finds that nobody else does."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    gc.unfreeze()


def searched(thing: object) -> bool:
    return any(one is thing for one in gc.get_objects())


def test_what_was_there_is_in_no_later_search() -> None:
    shared = Shared()
    assert searched(shared)
    memory.settle()
    assert not searched(shared)


def test_what_visits_leave_is_given_back() -> None:
    memory.settle()
    left = weakref.ref(Shared())
    memory.tidy()
    assert left() is None


def test_what_is_replaced_is_given_back() -> None:
    shared = Shared()
    old = weakref.ref(shared)
    memory.settle()
    del shared
    memory.settle()
    assert old() is None
