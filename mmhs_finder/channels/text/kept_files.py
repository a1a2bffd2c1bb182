"""A file that is made anew with the directory, sent so that a program need not take it twice.

Not for: what is in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final

from starlette.responses import Response

A_MINUTE: Final = "public, max-age=60"
"""A number that is withdrawn has to go as quickly from a file as it does from a page."""


def sent_once(body: bytes, kind: str, asked: Mapping[str, str]) -> Response:
    """A file that anybody may keep for a minute; 304 for who has it. asked: headers sent."""
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"Cache-Control": A_MINUTE, "ETag": tag}
    if has_it(asked.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=kind, headers=headers)


def has_it(said: str, tag: str) -> bool:
    """Whether one of those that a program has is this one (RFC 9110, compared weakly)."""
    known = {one.strip().removeprefix("W/") for one in said.split(",")}
    return tag.removeprefix("W/") in known or "*" in known
