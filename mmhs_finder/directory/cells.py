"""Cells of the directory's CSV files: what each column may hold, and the value of a cell.

The type of a record's field says what its column may hold. Not for: whether a value is plausible
(`curation.cells`), or files and rows (`files`, `reading`).
"""

from __future__ import annotations

import re
import types
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, Union, get_args, get_origin

from mmhs_finder.directory.models import Record

Cell = str | int | float | date | StrEnum | tuple[str, ...] | None


@dataclass(frozen=True)
class Column:
    """What a column may hold, from the type of the record's field."""

    name: str
    type: Any  # str, int, float, date, tuple or a StrEnum
    blank_is_none: bool
    required: bool
    words: tuple[str, ...] = ()  # the allowed words; () for any

    @property
    def is_number(self) -> bool:
        return self.type in (int, float)


@lru_cache
def columns_of(record: type[Record]) -> Mapping[str, Column]:
    """The columns of a record's file by name, in order."""
    columns = {}
    for name, info in record.model_fields.items():
        annotation, optional = info.annotation, False
        if get_origin(annotation) in (Union, types.UnionType):
            annotation = next(each for each in get_args(annotation) if each is not type(None))
            optional = True
        base: Any = annotation
        words: tuple[str, ...] = ()
        if get_origin(annotation) is tuple:
            base, item = tuple, get_args(annotation)[0]
            if issubclass(item, StrEnum):
                words = tuple(each.value for each in item)
        if isinstance(base, type) and issubclass(base, StrEnum):
            words = tuple(each.value for each in base)
        columns[name] = Column(name, base, optional, info.is_required(), words)
    return columns


def parse_cell(text: str, column: Column) -> Cell:
    """The value of a cell: lists are split at `;`, blanks are "", () or None.

    Raises ValueError with a message for people, to be read after the cell's text.
    """
    text = text.strip()
    if column.type is tuple:
        items = tuple(item.strip() for item in text.split(";") if item.strip())
        for item in items:
            if column.words and item not in column.words:
                raise ValueError(f"holds “{item}”, which is not one of: {_listed(column.words)}.")
        return items
    if not text:
        if column.required:
            raise ValueError(_blank_message(column))
        return None if column.blank_is_none else ""
    if column.words and text not in column.words:
        raise ValueError(f"is not one of: {_listed(column.words)}.")
    if column.type is int:
        return _integer(text)
    if column.type is float:
        return _decimal(text)
    if column.type is date:
        return parse_day(text)
    value: Cell = column.type(text)  # a str or an enum
    return value


def parse_day(text: str) -> date:
    """A full date, YYYY-MM-DD. Raises ValueError with a message for people."""
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("is not a date. Write year, month and day like 2026-11-22.") from None


def _integer(text: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,9}", text):
        raise ValueError(
            "is not a whole number. Write it with digits only, like 12, or leave it blank."
        )
    return int(text)


def _decimal(text: str) -> float:
    if not re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{1,9})?", text):
        raise ValueError("is not a number. Write it with digits and a point, like 51.28.")
    return float(text)


def _blank_message(column: Column) -> str:
    if column.words:
        return f"this cell is blank. Write one of: {_listed(column.words)}."
    return "this cell is blank. Every row needs it."


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(words)
