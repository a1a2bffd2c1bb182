"""A postcode, and what happened, sent into each channel: where they are found afterwards.

One journey for every channel of the network; what is kept and for how long is in docs/privacy.md.
Not for: what a page draws (`tests/text/test_private.py`), or a browser's own memory
(`tests/browser/test_journeys.py`).
"""

from __future__ import annotations

import json
import logging
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, quote_plus, urlencode

import pytest

from mmhs_finder.noted import _listeners, listen
from tests.shell.whole_site import Answer, WholeSite, ask

DOC = Path(__file__).parents[2] / "docs" / "privacy.md"
POSTCODE, HAPPENED = "CT1 3NG", "stillbirth"
PLAIN = "CT13NG"
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


class Way(NamedTuple):
    """How somebody sends it into a channel: as a form, as JSON, or typed into an address."""

    path: str
    body: bytes = b""
    kind: str = ""


def form(path: str) -> Way:
    said = {"postcode": POSTCODE, "need": "loss", "loss_kind": HAPPENED, "has_baby": "no"}
    return Way(path, urlencode(said).encode(), FORM)


def typed(path: str) -> list[Way]:
    """Where nothing may be said, it is said all the same."""
    last, sign = path.partition("?")[0].rstrip("/") + "/", "&" if "?" in path else "?"
    return [
        Way(f"{path}{sign}postcode={quote_plus(POSTCODE)}&loss_kind={HAPPENED}"),
        Way(f"{last}{quote(POSTCODE)}"),
        form(path),
    ]


ASKED = {"postcode": POSTCODE, "needs": ["loss"], "answers": {"loss_kind": HAPPENED}}
CHANNELS = {
    "Page": [way for path in ("/", "/check", "/professionals", "/bulk") for way in typed(path)],
    "Text": [form(f"/text/{p}") for p in ("", "check", "outcome", "words", "support", "link")]
    + typed("/text/area/E07000106"),
    "API": [
        Way("/api/v1/answers", json.dumps(ASKED).encode(), JSON),
        Way("/api/v1/answers", json.dumps({**ASKED, HAPPENED: 1}).encode(), JSON),
        *typed("/api/v1/services"),
    ],
    "Open Referral": typed("/openreferral/services") + typed("/openreferral/organizations"),
    "Embed": typed("/embed") + typed("/embed/form?area=E07000106"),
    "Downloads": typed("/download/mmhs-finder.zip") + typed("/download/mmhs-finder.json"),
    "Files of a visit": typed("/files/token"),
    "Feeds": typed("/changes.json") + typed("/changes.atom"),
    "For the operator": typed("/healthz") + typed("/readyz") + typed("/metrics"),
}
"""A channel that is added gets a line here, and a row of its name in docs/privacy.md."""

ROWS = {
    line.split("|")[1].strip()
    for line in DOC.read_text(encoding="utf-8")
    .split("## Each channel\n")[1]
    .split("\n## ")[0]
    .splitlines()
    if line.startswith("| ") and not line.startswith("| channel")
}


def traces(text: str) -> list[str]:
    """What of it stands in a text, however it is written."""
    compact = re.sub(r"[\s+]|%20|%2B", "", text, flags=re.IGNORECASE).upper()
    return [said for said in (PLAIN, HAPPENED.upper()) if said in compact]


@pytest.fixture
def told() -> Iterator[list[str]]:
    """What is counted, by its labels."""
    found: list[str] = []

    def hear(what: str, _seconds: float, labels: object) -> None:
        found.append(f"{what} {labels}")

    listen(hear)
    yield found
    _listeners.remove(hear)


@pytest.fixture
def asked_elsewhere(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every connection that is tried to anywhere."""
    found: list[object] = []
    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, lambda _s, *to, **_k: found.append(to))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *to, **_k: found.append(to) or [])
    return found


def headers_of(answer: Answer) -> str:
    return "\n".join(f"{name}: {value}" for name, value in answer.headers)


@pytest.mark.parametrize("channel", CHANNELS)
def test_nothing_of_what_is_sent_is_left_behind(
    site: WholeSite,
    channel: str,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    told: list[str],
    asked_elsewhere: list[object],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    caplog.set_level(logging.DEBUG)
    for way in CHANNELS[channel]:
        for accept in ("text/html", "*/*"):
            method = "POST" if way.body else "GET"
            answer = ask(site.app, way.path, method, accept, way.body, way.kind)
            assert answer.status < 500
            assert not traces(headers_of(answer)), way
            cookies = [v for n, v in answer.headers if n == "set-cookie"]
            assert all(value.startswith("mmhs_browser=") for value in cookies)
            assert channel == "Page" or not cookies
            if answer.status >= 400 or not way.body:  # what is said back is in its own answer only
                assert PLAIN not in traces(addresses(answer)), way
    out = capfd.readouterr()
    for text in (caplog.text, out.out, out.err, " ".join(told)):
        assert not traces(text)
    assert not asked_elsewhere
    assert not list(tmp_path.rglob("*"))


def addresses(answer: Answer) -> str:
    """What a page would ask for next, and its title."""
    text = answer.body.decode("utf-8", "replace")
    found = re.findall(r'(?:href|src|action|formaction)="([^"]*)"|<title>(.*?)</title>', text)
    return "\n".join("".join(each) for each in found)


def test_every_channel_has_a_row_in_the_docs() -> None:
    assert {*CHANNELS} <= ROWS


def test_a_trace_is_found_however_it_is_written() -> None:
    for text in ("ct1 3ng", "x=CT1%203NG&", "CT1+3NG", "CT13NG", "kind: StillBirth"):
        assert traces(text)
    assert not traces("CT1 3N and a birth")
