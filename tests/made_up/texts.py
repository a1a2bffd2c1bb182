"""Every text of a view, for tests: what a reader would see or hear of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from pydantic import BaseModel


def texts_of(view: Any) -> Iterator[str]:
    """The texts in a view and in the views in it; not those of the records behind it."""
    if isinstance(view, str):
        yield view
    elif isinstance(view, BaseModel):
        return
    elif is_dataclass(view):
        for field in fields(view):
            yield from texts_of(getattr(view, field.name))
    elif isinstance(view, Mapping):
        yield from texts_of(tuple(view.values()))
    elif isinstance(view, tuple | list):
        for each in view:
            yield from texts_of(each)


def assert_told_in_full(view: Any) -> None:
    """No text has a gap that nothing was put into, a blank word, or a separator of its own."""
    for text in texts_of(view):
        assert "None" not in text, text
        assert "{" not in text and "\x1f" not in text, text
        assert "  " not in text and text == text.strip(), text
        assert not text.startswith((",", ".", ";", " ")), text
