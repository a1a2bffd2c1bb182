"""Addresses that try to get out of the site, to a file of the disk, or to break it.

Over every route that there is, also those that are added later.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.shell.whole_site import Answer, WholeSite, ask

ROOT = Path(__file__).parents[2]
ON_THE_DISK = ("root:x:0:", "[build-system]", "from __future__ import", "curator_notes")
"""What only a file of the disk has in it: of the machine, of the project, of the directory."""

TO_A_FILE = [
    "etc/passwd",
    "pyproject.toml",
    "app.py",
    "data/services.csv",
    "mmhs_finder/application.py",
    ".git/config",
    ".streamlit/config.toml",
]
UP = ["../", "..%2f", "%2e%2e/", "%2e%2e%2f", "%252e%252e%252f", "..\\", "..%5c", "..;/", "....//"]
TRICKS = [
    *(up * 6 + file for up in UP for file in TO_A_FILE[:2]),
    *(f"../{file}" for file in TO_A_FILE),
    "/evil.example/",
    "//evil.example",
    "/%2fevil.example",
    "%2f%2fevil.example/%2e%2e",
    "\\evil.example",
    "%5c%5cevil.example",
    "@evil.example",
    "https:evil.example",
    "%00",
    "%00.html",
    ";a=b",
    ".",
    "..",
    "...",
    "%20",
    "%ff%fe",
    "%c0%ae%c0%ae/",
    "%E2%80%AE%E2%80%8B",
    "\u2025/\uff0e\uff0e/",
    "%0d%0aSet-Cookie:%20a=b",
    "%0d%0a%0d%0a<script>alert(1)</script>",
    "<script>alert(1)</script>",
    "x" * 9000,
    "a/" * 2000,
    "%",
    "%zz",
    "~root",
    "{id}",
    "*",
    "?",
    "??//evil.example",
    "#//evil.example",
]
METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get", "X" * 300]


def calm(answer: Answer, path: str) -> None:
    """It is answered, with nothing of the disk, nothing run, and no way to another host."""
    text = answer.body.decode("utf-8", "replace")
    assert answer.status < 500, path
    assert not [mark for mark in ON_THE_DISK if mark in text], path
    assert "<script>alert" not in text, path
    for name, value in answer.headers:
        assert not re.search(r"[\r\n\0]", value), (path, name)
        if name in ("location", "content-location", "refresh", "link"):
            target = value.replace("\\", "/")
            assert target.startswith("/") or name == "link", path
            assert not target.startswith("//"), path
            assert not urlsplit(target).netloc, path
        assert name != "set-cookie" or value.startswith("mmhs_browser="), path


def test_every_route_is_tried(site: WholeSite) -> None:
    found = site.addresses()
    assert {"/", "/text/", "/text/correct", "/api/", "/api/v1/services", "/files/token"} <= {*found}
    assert {"/text/", "/text/outcome"} <= {*site.forms()}


@pytest.mark.parametrize("trick", TRICKS, ids=lambda t: t[:30])
def test_a_trick_behind_any_address_leads_nowhere(site: WholeSite, trick: str) -> None:
    for address in site.addresses():
        for path in {address + trick, f"{address.rstrip('/')}/{trick}"}:
            calm(ask(site.app, path), path)


@pytest.mark.parametrize("method", METHODS, ids=lambda m: m[:8])
def test_any_method_at_any_address_is_answered_calmly(site: WholeSite, method: str) -> None:
    for address in site.addresses():
        for path in (address, f"/{address}", f"{address}?//evil.example", address.upper()):
            calm(ask(site.app, path, method, "*/*"), path)


PIECES = st.sampled_from([*UP, *TRICKS[-20:-5], "/", "//", "%2f", "text", "api", "download", "\\"])


@settings(max_examples=150, deadline=None)
@given(
    data=st.data(),
    pieces=st.lists(PIECES | st.text(max_size=8), max_size=8),
    method=st.sampled_from(METHODS[:5]),
)
def test_whatever_is_put_together(
    site: WholeSite, data: st.DataObject, pieces: list[str], method: str
) -> None:
    start = data.draw(st.sampled_from(["", *site.addresses()]))
    path = start + "".join(pieces).encode("utf-8", "ignore").decode()
    calm(ask(site.app, path if path.startswith("/") else f"/{path}", method), path)
