"""The setting that names who may frame the search, and the headers that follow from it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmhs_finder.channels.embed.routes import routes
from mmhs_finder.channels.shell.embedding import EMBED_HOSTS, embed_hosts
from mmhs_finder.channels.shell.headers import content_security_policy
from mmhs_finder.channels.shell.limits import BadSetting
from mmhs_finder.render.html.pages.embedding import EMBED_FORM_AT
from tests.embed.conftest import HUB, Whole

ROOT = Path(__file__).parents[2]


def read(said: str) -> tuple[str, ...]:
    return embed_hosts({EMBED_HOSTS: said})


@pytest.mark.parametrize(
    ("said", "origins"),
    [
        ("", ()),
        ("  ", ()),
        (HUB, (HUB,)),
        (f" {HUB} ", (HUB,)),
        ("https://Hub.Example.ORG", ("https://hub.example.org",)),
        (
            "https://a.example https://b.example:8443",
            ("https://a.example", "https://b.example:8443"),
        ),
        ("https://a.example,https://b.example", ("https://a.example", "https://b.example")),
        ("https://a.example, https://a.example", ("https://a.example",)),
        ("https://xn--hb-fka.example", ("https://xn--hb-fka.example",)),
        ("http://localhost:8000", ("http://localhost:8000",)),
        ("http://127.0.0.2:8000", ("http://127.0.0.2:8000",)),
    ],
)
def test_origins_are_read(said: str, origins: tuple[str, ...]) -> None:
    assert read(said) == origins


@pytest.mark.parametrize(
    "said",
    [
        "*",
        "https://*",
        "https://*.example.org",
        "'self'",
        "'none'",
        "https:",
        "data:",
        "javascript:alert(1)",
        "hub.example.org",
        "//hub.example.org",
        "http://hub.example.org",
        "http://localhost.example.org",
        "ftp://hub.example.org",
        f"{HUB}/",
        f"{HUB}/page",
        f"{HUB}?x",
        f"{HUB}#x",
        "https://user@hub.example.org",
        "https://user:word@hub.example.org",
        f"{HUB};script-src *",
        f"{HUB}; frame-ancestors *",
        f"{HUB}\nX-Injected: 1",
        f"{HUB}\r\nhttps://b.example",
        f"{HUB}\thttps://b.example",
        f"{HUB}\n",
        f"{HUB}\x00",
        "https://hub.example.org:0",
        "https://hub.example.org:65536",
        "https://hub.example.org:",
        "https://hub..example.org",
        "https://-hub.example.org",
        "https://hub_1.example.org",
        "https://hüb.example.org",
        "https://[::1]",
        "https://hub.example.org:８０",
        f"https://{'a' * 64}.example",
        f"https://{'a.' * 130}example",
        ",".join(f"https://h{n}.example" for n in range(41)),
    ],
)
def test_anything_else_is_refused_in_one_line_that_does_not_repeat_it(said: str) -> None:
    with pytest.raises(BadSetting) as refused:
        read(said)
    words = str(refused.value)
    assert words.startswith(EMBED_HOSTS)
    assert words.isprintable()
    assert "script-src" not in words and "user" not in words


@given(st.text(alphabet=st.sampled_from("https:/.ab-0*;,' \n\r\t\x00@#?")) | st.text())
def test_no_setting_breaks_out_of_its_part_of_the_policy(said: str) -> None:
    try:
        origins = read(said)
    except BadSetting:
        return
    policy = content_security_policy(EMBED_FORM_AT, "localhost", origins)
    own = content_security_policy(EMBED_FORM_AT, "localhost")
    assert policy == " ".join([own, *origins])
    assert policy.isprintable() and policy.isascii()
    assert policy.count(";") == own.count(";") and "*" not in policy


PATHS = [
    "/",
    "/about",
    "/embed",
    "/embed/",
    "/embed/other",
    "/embed/form/",
    "/embed/form/x",
    "/text/",
    "/text/about",
    "/text/nowhere",
    "/nothing",
    "/api",
    "/files/x",
    "/assets/text.css",
    "/_stcore/health",
]


@pytest.mark.parametrize("hosts", ["", HUB])
@pytest.mark.parametrize("path", PATHS)
def test_nothing_but_the_form_may_be_framed_by_another_site(
    whole: Whole, monkeypatch: pytest.MonkeyPatch, path: str, hosts: str
) -> None:
    monkeypatch.setenv(EMBED_HOSTS, hosts)
    headers = whole().get(path).headers
    policy = headers["content-security-policy"]
    (may,) = (rule for rule in policy.split("; ") if rule.startswith("frame-ancestors "))
    assert may in ("frame-ancestors 'none'", "frame-ancestors 'self'")
    assert HUB not in str(headers)
    assert headers["x-frame-options"] in ("DENY", "SAMEORIGIN")


def test_the_form_may_be_framed_by_who_is_named_and_by_nobody_else(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = whole().get(EMBED_FORM_AT).headers
    assert closed["content-security-policy"].endswith("; frame-ancestors 'self'")
    assert closed["x-frame-options"] == "SAMEORIGIN"
    monkeypatch.setenv(EMBED_HOSTS, HUB)
    opened = whole().get(EMBED_FORM_AT).headers
    assert opened["content-security-policy"].endswith(f"; frame-ancestors 'self' {HUB}")
    assert "x-frame-options" not in opened
    assert opened["referrer-policy"] == "no-referrer"


def test_a_setting_that_cannot_be_used_stops_whoever_reads_it(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(EMBED_HOSTS, "*")
    with pytest.raises(BadSetting):
        routes()
    with pytest.raises(BadSetting):
        whole()


@pytest.mark.slow
def test_the_app_does_not_start_and_says_why_in_one_line() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", "0"],
        cwd=ROOT,
        env={**os.environ, EMBED_HOSTS: f"{HUB}; script-src *"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode != 0
    (line,) = (line for line in done.stderr.splitlines() if EMBED_HOSTS in line)
    assert "Traceback" not in done.stderr and "script-src" not in line
