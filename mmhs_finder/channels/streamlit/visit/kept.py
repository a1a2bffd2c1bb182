"""How a value of a visit is kept under one name, with its type: all use of Streamlit's session.

Not for: which values there are (`parts`, and `Visit` itself).
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any, Generic, TypeVar, overload

import streamlit as st

T = TypeVar("T")


class Kept(Generic[T]):
    """One value of a visit: the name it is kept under, and what it is until somebody has said."""

    def __init__(self, key: str, first: T) -> None:
        self.key = key
        self.first = first

    @overload
    def __get__(self, part: None, owner: type) -> Kept[T]: ...
    @overload
    def __get__(self, part: PartOfVisit, owner: type) -> T: ...
    def __get__(self, part: PartOfVisit | None, owner: type) -> Kept[T] | T:
        if part is None:
            return self
        value: T = part.session.get(self.key, self.first)
        return value

    def __set__(self, part: PartOfVisit, value: T) -> None:
        part.session[self.key] = value


class PartOfVisit:
    """A part of what a visit knows; all parts look into the same session."""

    def __init__(self, session: MutableMapping[Any, Any] | None = None) -> None:
        """session: where it is kept; that of the visit whose page is run, when left out."""
        self.session = st.session_state if session is None else session

    def knows(self, key: str) -> bool:
        """Whether anything has been said under that name."""
        return key in self.session

    def forget(self, key: str) -> Any:
        """Takes it out of the session, and returns it; None when there was nothing."""
        return self.session.pop(key, None)

    def keys_of(self, prefix: str) -> list[str]:
        return [str(key) for key in self.session if str(key).startswith(prefix)]
