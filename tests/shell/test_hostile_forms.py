"""Whatever is sent to a form of the site: it is answered, and nothing of it runs or is passed on.

Over every form that there is, also those that are added later.
"""

from __future__ import annotations

import re
from urllib.parse import quote, quote_plus, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.shell.whole_site import Answer, WholeSite, ask

POSTCODE = "CT1 3NG"
WRITTEN = {POSTCODE, POSTCODE.replace(" ", ""), quote(POSTCODE), quote_plus(POSTCODE)}
URLENCODED = "application/x-www-form-urlencoded"
KINDS = [
    URLENCODED,
    f"{URLENCODED}; charset=utf-16",
    f"{URLENCODED}; charset=no-such",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "application/json",
    "text/plain",
    "\xff",
    "",
]
MARKUP = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "</textarea><script>alert(1)</script>",
    "javascript:alert(1)",
    "{{7*7}}${7*7}",
    "\r\nSet-Cookie: a=b",
    "\0",
    "\u202e\u200b",
    "=HYPERLINK(1)",
    "9" * 400,
    "x" * 5000,
]
NAMES = [
    *("postcode", "council", "need", "safety", "loss_kind", "has_baby", "age", "weeks_pregnant"),
    *("when", "when_number", "when_date", "topic", "nation", "asked", "by", "meant", "meant_text"),
    *("entry", "fact", "right", "how", "link", "words", "<script>alert(1)</script>", ""),
]
VALUES = st.sampled_from([POSTCODE, "loss", "yes", "no", "E07000106", *MARKUP]) | st.text(
    max_size=40
)
FIELDS = st.lists(st.tuples(st.sampled_from(NAMES) | st.text(max_size=10), VALUES), max_size=40)
RELAXED = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
RUNS = re.compile(r"<script>|<img src=x|(?:href|action)=\"javascript:", re.IGNORECASE)


def multipart(fields: list[tuple[str, str]]) -> bytes:
    part = '--x\r\nContent-Disposition: form-data; name="{}"; filename="../../a"\r\n\r\n{}\r\n'
    return ("".join(part.format(*each) for each in fields) + "--x--\r\n").encode("utf-8", "replace")


def calm(answer: Answer, path: str) -> None:
    assert answer.status < 500, path
    assert not RUNS.search(answer.body.decode("utf-8", "replace")), path
    for name, value in answer.headers:
        assert not any(written in value for written in WRITTEN), (path, name)
        assert "a=b" not in value, (path, name)


def send(site: WholeSite, body: bytes, kind: str) -> None:
    for form in site.forms():
        for path in (form, f"{form.rstrip('/')}/"):
            calm(ask(site.app, path, "POST", body=body, kind=kind), path)


@RELAXED
@given(body=st.binary(max_size=600), kind=st.sampled_from(KINDS))
def test_any_bytes_of_any_kind(site: WholeSite, body: bytes, kind: str) -> None:
    send(site, body, kind)


@RELAXED
@given(fields=FIELDS, coding=st.sampled_from(["utf-8", "utf-16", "latin-1", "cp1252", "utf-7"]))
def test_any_fields_repeated_and_in_any_coding(
    site: WholeSite, fields: list[tuple[str, str]], coding: str
) -> None:
    body = urlencode(fields, encoding=coding, errors="replace").encode()
    send(site, body, URLENCODED)


@RELAXED
@given(fields=FIELDS)
def test_parts_with_file_names(site: WholeSite, fields: list[tuple[str, str]]) -> None:
    send(site, multipart(fields), "multipart/form-data; boundary=x")


@pytest.mark.parametrize("value", MARKUP, ids=lambda v: ascii(v[:16]))
def test_every_field_with_each_piece_of_markup(site: WholeSite, value: str) -> None:
    every = [(name, value) for name in NAMES]
    send(site, urlencode([*every, *every]).encode(), URLENCODED)
    there = [pair for pair in every if pair[0] not in ("council", "meant", "meant_text")]
    send(site, urlencode([("postcode", POSTCODE), *there[1:]]).encode(), URLENCODED)


@pytest.mark.parametrize("size", [20_000, 3_000_000])
def test_far_too_much(site: WholeSite, size: int) -> None:
    send(site, b"postcode=" + b"A" * size, URLENCODED)
    send(site, b"a=1&" * (size // 4), URLENCODED)
