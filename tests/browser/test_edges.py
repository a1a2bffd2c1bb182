"""What somebody types into the address, and what the site answers besides its pages, for real."""

from __future__ import annotations

import http.client
import json
import re
from urllib.parse import unquote_plus, urlsplit

import pytest
from playwright.sync_api import Page, expect

from mmhs_finder.words import say
from tests.browser.conftest import App, Windows, download, open_page, settled
from tests.browser.examples import Examples
from tests.browser.test_bulk import upload
from tests.browser.test_journeys import drawn_map, search

pytestmark = pytest.mark.slow

TYPED = "TS24 7BT"
KEPT = "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, history.state])"
LOADED = (
    "JSON.stringify(performance.getEntriesByType('resource').map(one => one.name)) + document.title"
)

PROBES = [
    "/nothing",
    "/TS24%207BT",
    "/a/b/c",
    "/_stcore/metrics",
    "/_stcore/script-health-check",
    "/_stcore/message",
    "/_stcore/x",
    "/_stcore/agent/mcp",
    "/_stcore/agent/openapi.json",
    "/auth/login",
    "/auth/logout",
    "/oauth2callback",
    "/component/x/index.html",
    "/assets/x",
    "/assets/app/x",
    "/static/x",
    "/static/js/x.js",
    "/media/x",
    "/media/x.pdf",
    "/app/static/x",
    "/favicon.ico",
    "/apple-touch-icon.png",
    "/manifest.json",
    "/.well-known/security.txt",
    "/.git/config",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/text/nothing",
]
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "NONSENSE"]


def asked(app: App, method: str, path: str, **headers: str) -> tuple[http.client.HTTPResponse, str]:
    parts = urlsplit(app.url)
    line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    line.request(method, path, headers=headers)
    answer = line.getresponse()
    body = answer.read().decode()
    line.close()
    return answer, body


class TestWhatTheSiteAnswers:
    def test_what_it_does_not_have_is_404_with_our_words_and_no_line_in_the_log(
        self, app: App
    ) -> None:
        before = app.log
        for path in PROBES:
            for method in METHODS:
                answer, body = asked(app, method, path, Accept="text/html,*/*;q=0.8")
                told = f"{method} {path}"
                known_ways = {404} if method in ("GET", "HEAD") else {404, 405}
                assert answer.status in known_ways, told
                assert answer.getheader("Cache-Control") == "no-store", told
                assert answer.getheader("Referrer-Policy") == "no-referrer", told
                assert answer.getheader("Content-Security-Policy"), told
                assert answer.getheader("X-Content-Type-Options") == "nosniff", told
                assert "Streamlit" not in body and "TS24" not in body, told
                if method == "GET":
                    assert f"<h1>{say('text_pages.missing')}</h1>" in body, told
                    assert 'href="tel:999"' in body and 'id="leave"' in body, told
                elif not path.startswith("/text/"):
                    assert len(body) < 100, told
        assert app.log == before

    def test_nobody_who_is_no_page_of_ours_connects_and_the_log_does_not_grow(
        self, app: App
    ) -> None:
        before = app.log
        upgrade = {
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        }
        for path, origin in (
            ("/_stcore/stream", "https://evil.example"),
            ("/_stcore/stream", "http://localhost:1"),
            ("/_stcore/stream", "null"),
            ("/other", app.url),
        ):
            answer, _ = asked(app, "GET", path, Origin=origin, **upgrade)
            assert answer.status == 403, (path, origin)
            assert answer.getheader("X-Content-Type-Options") == "nosniff"
            assert answer.getheader("Cache-Control") == "no-store"
        assert app.log == before

    def test_no_page_around_ours_may_steer_it(self, app: App) -> None:
        _, body = asked(app, "GET", "/_stcore/host-config")
        assert json.loads(body)["allowedOrigins"] == []


class TestWhatIsTyped:
    """Nothing of it stays: not in the bar, nor what the browser keeps, nor what is asked for."""

    @pytest.mark.parametrize(
        ("typed", "ends"),
        [
            ("/?postcode=TS24+7BT", "/"),
            ("/?area=TS24%207BT&need=loss", "/"),
            ("/?TS24-7BT", "/"),
            ("/#TS24 7BT", "/"),
            ("/about?q=TS24+7BT#TS24", "/about"),
            ("/coverage?where=TS24+7BT", "/coverage"),
        ],
    )
    def test_behind_the_address_of_a_page(
        self, tab: Page, windows: Windows, typed: str, ends: str
    ) -> None:
        open_page(tab, typed)
        expect(tab).to_have_url(re.compile(f"{ends}(\\?where=unknown)?$"))
        if "area" in typed or "postcode" in typed:
            expect(tab.get_by_text(say("find.link_unknown"))).to_be_visible()
        self._nothing_is_left(tab, windows, typed)

    @pytest.mark.parametrize(
        "typed", ["/TS24 7BT", "/TS24/7BT", "/text/TS24 7BT", "/check/TS24 7BT"]
    )
    def test_as_an_address(self, tab: Page, windows: Windows, typed: str) -> None:
        tab.goto(typed)
        expect(tab.locator("h1").first).to_be_visible()
        expect(tab).to_have_url(re.compile(r"/(no-such-page|check)$"))
        self._nothing_is_left(tab, windows, typed)

    def test_while_a_page_is_open(self, tab: Page) -> None:
        open_page(tab, "/about")
        tab.evaluate("location.hash = 'TS24'")
        expect(tab).to_have_url(re.compile(r"/about$"))

    def _nothing_is_left(self, tab: Page, windows: Windows, typed: str) -> None:
        kept = unquote_plus(tab.evaluate(KEPT) + tab.evaluate(LOADED) + tab.url)
        assert not re.search(r"TS24|7BT", kept)
        assert tab.evaluate("localStorage.length") == 0
        told = [unquote_plus(url) for one in windows.traffic for url in one.requests]
        holding = [url for url in told if re.search(r"TS24|7BT", url)]
        assert len(holding) <= 1, "the address itself, once"
        tab.goto("about:blank")
        tab.go_back()
        assert not re.search(r"TS24|7BT", unquote_plus(tab.url))


class TestTheWholeVisit:
    def test_all_that_a_visit_needs_is_there_and_nothing_is_told_where_it_came_from(
        self, tab: Page, app: App, examples: Examples
    ) -> None:
        """Search, map, every page, a list and downloads: the table of what is let through."""
        before, missing, told = app.log, [], []
        tab.on("response", lambda r: missing.append(r.url) if r.status >= 400 else None)
        tab.on("request", lambda r: told.append(r.headers.get("referer", "")))
        code = examples.find(examples.with_point()).place.code_to_keep
        open_page(tab, f"/?area={code}&need=loss")
        expect(tab).to_have_url(re.compile("/$"))
        search(tab, examples.with_point())
        drawn_map(tab)
        for path in ("/check", "/services", "/planning"):
            open_page(tab, path)
        open_page(tab, "/coverage?where=North%20West")
        tab.get_by_text("Download or share this view").click()
        assert download(tab, "Report (PDF)").path().read_bytes().startswith(b"%PDF")
        open_page(tab, "/bulk")
        upload(tab, "list.csv", b"Postcode\nCT1 3NG\n")
        tab.get_by_role("button", name="Look up the postcodes").click()
        expect(tab.get_by_role("heading", name="Your list is ready: list.csv")).to_be_visible()
        assert b"CT1 3NG" in download(tab, "Download the list (CSV)").path().read_bytes()
        tab.emulate_media(media="print")
        expect(settled(tab).locator(".stMain .urgent")).to_be_visible()
        asks_first = re.compile(r"/(check|services|planning|coverage|bulk)/_stcore/[\w-]+$")
        assert [url for url in missing if not asks_first.search(url)] == []
        assert set(told) <= {"", f"{app.url}/"}, "the map's frame names the site, nothing else"
        assert tab.evaluate("localStorage.length") == 0
        assert app.log == before
