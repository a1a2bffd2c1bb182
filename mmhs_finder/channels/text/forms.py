"""What a browser sends: the body of a form, read within limits, or a refusal with a status.

Not for: what the fields mean (`state`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.requests import Request

from mmhs_finder.channels.shell.headers import is_same_origin

MOST_BYTES: Final = 64 * 1024
MOST_FIELDS: Final = 200
MOST_LETTERS: Final = 200
"""Of one field: as many as `Postcode.parse` reads; every other field is shorter."""

LONG_LETTERS: Final = 2000
"""Of a field of a text that somebody writes: what is too long is seen, and said."""

_TYPE: Final = "application/x-www-form-urlencoded"


class FormRefused(Exception):
    """A body that cannot be read. status: 400 unreadable, 413 too much, 415 not a form."""

    def __init__(self, status: int) -> None:
        super().__init__(f"refused with {status}")
        self.status = status


class Form:
    """The fields of a form by name; none of them holds a control character."""

    def __init__(self, fields: Iterable[tuple[str, str]] = ()) -> None:
        self._fields: dict[str, list[str]] = {}
        for name, value in fields:
            self._fields.setdefault(name, []).append(value)

    def one(self, name: str) -> str:
        """The first value without spaces around it, or ""."""
        return self._fields.get(name, [""])[0].strip()

    def several(self, name: str) -> tuple[str, ...]:
        return tuple(self._fields.get(name, ()))


async def read_form(request: Request, longest: int = MOST_LETTERS) -> Form:
    """The form that was sent. Raises `FormRefused`."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != _TYPE:
        raise FormRefused(415)
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise FormRefused(413)
    return form_of(bytes(body), longest)


def may_write(headers: Headers) -> bool:
    """Whether a form that keeps something comes from a page of this site.

    Our pages tell nobody where somebody came from, so a browser calls their origin "null", and says
    in another header whose page it is. One that is too old to say so is believed.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    return headers.get("origin") == "null" or is_same_origin(headers)


def form_of(body: bytes, longest: int = MOST_LETTERS) -> Form:
    """A form from its body. Raises `FormRefused`."""
    try:
        fields = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError as problem:  # UnicodeDecodeError is one
        raise FormRefused(400) from problem
    if not all(_is_plain(name) and _is_plain(value) for name, value in fields):
        raise FormRefused(400)
    return Form((name, value[:longest]) for name, value in fields)


def _is_plain(text: str) -> bool:
    return all(c in "\t\r\n" or unicodedata.category(c) != "Cc" for c in text)
