"""Where our pages and files are, when the site does not stand at the root of its host.

In the code an address is written as if it did: "/text/", "/assets/app.js". `here` puts the path
before it that the site stands below ("/tools/mmhs", Streamlit's `server.baseUrlPath`), wherever an
address is sent to somebody or becomes a route; `inside` takes it away from what is asked for.
Not for: which address is which page (`channels`), or which files there are (`render.static`).
"""

from __future__ import annotations

import re
from typing import Final

_PATH: Final = re.compile(r"(/[A-Za-z0-9._~-]+)+")

_below = ""
"""The path that the site stands below, for the whole process: it is settled when the app starts."""


def serve_below(path: str) -> None:
    """Says what the site stands below: "tools/mmhs"; strokes at its ends count for nothing. "" is
    the root of the host.

    Call it before any address is made. Raises ValueError for what is no path of plain letters.
    """
    global _below
    stripped = path.strip("/ ")
    below = f"/{stripped}" if stripped else ""
    if below and not _PATH.fullmatch(below):
        raise ValueError(f"server.baseUrlPath: {path!r} is not like tools/finder")
    _below = below


def below() -> str:
    """What the site stands below: "/tools/mmhs"; "" for the root of the host."""
    return _below


def here(address: str) -> str:
    """The address as a browser asks for it. One that does not begin with a stroke, such as "#main"
    or that of another site, stays as it is."""
    return f"{_below}{address}" if address.startswith("/") else address


def inside(path: str) -> str:
    """The path within the site of one that was asked for. One outside stays as it is."""
    if path == _below:
        return "/"
    return path[len(_below) :] if path.startswith(f"{_below}/") else path
