"""Files sent past the page, as somebody would who wants to fill the memory: none is kept."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Page, Request, expect

from mmhs_finder.channels.shell.browser import COOKIE
from tests.browser.conftest import App, follow, open_page
from tests.browser.test_bulk import LIST, upload

MB = 1 << 20


def memory_of(app: App) -> int:
    """Bytes that the server has in memory."""
    port = str(urlsplit(app.url).port).encode()
    ours = Path(f"/proc/{os.getpid()}/task")
    children = [pid for task in ours.glob("*/children") for pid in task.read_text().split()]
    for pid in children:
        if port in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0"):
            (kilobytes,) = re.findall(
                r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
            )
            return int(kilobytes) * 1024
    pytest.skip("the memory of another process cannot be read here")


def megabytes(count: int) -> Iterator[bytes]:
    for _ in range(count):
        yield b"x" * MB


class Sender:
    """Sends files as the page does, with what its browser knows."""

    def __init__(self, page: Page, request: Request) -> None:
        self.url = request.url
        self.cookies = {each["name"]: each["value"] for each in page.context.cookies()}
        self.headers = {"X-Xsrftoken": request.headers["x-xsrftoken"]}

    def form(self, size: int) -> dict[str, tuple[str, bytes]]:
        return {"a.csv": ("a.csv", b"x" * size)}

    def put(self, size: int = 9, **headers: str) -> int:
        """The status; 0 where the connection was cut."""
        said = {**self.headers, **headers}
        with contextlib.suppress(httpx.TransportError):
            sent = httpx.put(
                self.url, files=self.form(size), headers=said, cookies=self.cookies, timeout=60
            )
            return sent.status_code
        return 0


@pytest.fixture
def sender(page: Page) -> Sender:
    """A page with a list in its box, and what it takes to send another one."""
    open_page(page, "/bulk")
    with page.expect_request(lambda request: request.method == "PUT") as sent:
        upload(page, "women.csv", LIST.encode())
    expect(page.get_by_role("button", name="Look up the postcodes")).to_be_visible()
    return Sender(page, sent.value)


class TestPastThePage:
    def test_only_its_own_page_sends_and_no_more_than_it_may(
        self, page: Page, app: App, sender: Sender
    ) -> None:
        assert sender.put() == 204, "what the page can do, so can this test"
        assert sender.put(Origin="https://evil.test") == 403
        assert sender.put(**{"Sec-Fetch-Site": "cross-site"}) == 403
        mine = sender.cookies.pop(COOKIE)
        assert sender.put() == 403
        sender.cookies[COOKIE] = "n" * 43
        assert sender.put() == 403
        sender.cookies[COOKIE] = mine

        before = memory_of(app)
        for number in range(8):
            assert sender.put(40 * MB) in (204, 503)
            sender.url = sender.url[:-1] + "0123456789abcdef"[number]
        assert memory_of(app) - before < 200 * MB, "each takes the place of the one before"
        assert sender.put(60 * MB) in (413, 0)
        with contextlib.suppress(httpx.TransportError):  # without a length, for ever
            endless = httpx.put(
                sender.url,
                content=megabytes(400),
                headers={**sender.headers, "Content-Type": "multipart/form-data; boundary=b"},
                cookies=sender.cookies,
                timeout=60,
            )
            assert endless.status_code in (400, 413)
        assert memory_of(app) - before < 200 * MB
        said = page.get_by_text("The file is larger than")
        expect(said).to_be_visible()

        follow(page, page.locator(".st-key-footer").get_by_role("link", name="About"), "**/about")
        expect(page.get_by_role("heading", name="About", exact=False).first).to_be_visible()
        assert sender.put() == 403
