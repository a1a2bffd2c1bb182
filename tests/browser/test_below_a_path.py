"""The app below a path, behind a real nginx that passes on that path and nothing else."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from mmhs_finder.words import say
from tests import tools
from tests.browser.conftest import (
    ROOT,
    App,
    NewPage,
    Windows,
    download,
    follow,
    free_port,
    open_page,
    running_app,
    settled,
)
from tests.browser.examples import Examples
from tests.browser.test_bulk import upload
from tests.browser.test_frame import BEFORE_US, WEATHER, stub_weather, went_to_weather
from tests.browser.test_journeys import drawn_map, search

__all__ = ["stub_weather"]

pytestmark = pytest.mark.slow

PATH = "/tools/mmhs"
FORWARDED = re.compile(r"```nginx\n(location = /tools/mmhs .*?)```", re.DOTALL)
"""The lines that `docs/deploying.md` gives."""

CONFIG = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        {forwarded}
        location / {{ return 404; }}
    }}
}}
"""


@contextmanager
def nginx(folder: Path, to: App) -> Iterator[str]:
    """nginx before an app, as the documentation has it. Yields its address."""
    program, port = tools.need("nginx"), free_port()
    lines = FORWARDED.search((ROOT / "docs" / "deploying.md").read_text(encoding="utf-8"))
    assert lines
    own = str(urlsplit(to.url).port)
    config = folder / "nginx.conf"
    config.write_text(
        CONFIG.format(folder=folder, port=port, forwarded=lines[1].replace("8501", own)),
        encoding="utf-8",
    )
    command = [program, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(config)]
    process = subprocess.Popen(command)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    tools.need("nginx")
    folder = tmp_path_factory.mktemp("below")
    with (
        running_app(folder / "server.log", below=PATH) as running,
        nginx(folder, running) as address,
    ):
        yield App(address, running.log_file)


@pytest.fixture
def inside(windows: Windows) -> Iterator[None]:
    """Fails where a page has asked for anything outside the path."""
    yield
    asked = [url for one in windows.traffic for url in one.requests if not WEATHER.fullmatch(url)]
    assert asked
    schemes = ("http", "https", "ws", "wss")
    parts = [urlsplit(url) for url in asked if urlsplit(url).scheme in schemes]
    assert [p.path for p in parts if not p.path.startswith(f"{PATH}/")] == []


@pytest.mark.usefixtures("inside")
class TestBelowAPath:
    def test_the_way_out_works_and_back_does_not_show_the_app(
        self, tab: Page, stub_weather
    ) -> None:
        stub_weather(tab)
        tab.goto(BEFORE_US)
        open_page(tab, f"{PATH}/")
        box = tab.locator(".leave").bounding_box()
        assert box and box["y"] < 20 and box["x"] > 800, "it has its look"
        follow(tab, tab.locator("header").get_by_role("link", name="About"), f"**{PATH}/about")
        tab.get_by_role("link", name="Leave this page").click()
        went_to_weather(tab)
        tab.go_back()
        assert tab.url == BEFORE_US

    def test_search_map_files_pages_back_and_reload(self, page: Page, examples: Examples) -> None:
        postcode = examples.with_point()
        open_page(page, f"{PATH}/")
        search(page, postcode)
        drawn_map(page)
        heading = page.locator("[data-search]")
        expect(heading).to_be_focused()
        links = page.locator("a[href^='/']").evaluate_all("all => all.map(a => a.pathname)")
        assert len(links) > 8 and all(link.startswith(f"{PATH}/") for link in links)
        footer = page.locator(".st-key-footer")
        follow(page, footer.get_by_role("link", name="All services"), f"**{PATH}/services")
        expect(page.locator(".stMain h1")).to_be_focused()
        page.go_back()
        expect(heading).to_be_visible()
        settled(page)
        page.reload()
        expect(heading).to_be_visible()
        open_page(page, f"{PATH}/?area={examples.find(postcode).place.code_to_keep}")
        expect(page).to_have_url(re.compile(f"{PATH}/$"))
        open_page(page, f"{PATH}/coverage?where=North%20West")
        page.get_by_text("Download or share this view").click()
        assert download(page, "Report (PDF)").path().read_bytes().startswith(b"%PDF")

    def test_a_list_is_taken_and_given_back(self, page: Page) -> None:
        open_page(page, f"{PATH}/bulk")
        upload(page, "list.csv", b"Postcode\nCT1 3NG\n")
        page.get_by_role("button", name="Look up the postcodes").click()
        expect(page.get_by_role("heading", name="Your list is ready: list.csv")).to_be_visible()
        assert b"CT1 3NG" in download(page, "Download the list (CSV)").path().read_bytes()

    def test_an_address_that_is_nearly_right_or_nobodys(self, page: Page) -> None:
        open_page(page, f"{PATH}/Other_Support.html")
        expect(page).to_have_url(re.compile(f"{PATH}/other-support$"))
        page.goto(f"{PATH}/TS24 7BT/here#TS24")
        expect(page.locator("h1")).to_have_text(say("text_pages.missing"))
        expect(page).to_have_url(re.compile(f"{PATH}/no-such-page$"))
        assert "TS24" not in page.evaluate("JSON.stringify({...localStorage})")


def test_without_a_script_the_first_page_leads_to_the_answer(
    new_page: NewPage, app: App, examples: Examples
) -> None:
    page = new_page(375, 812, java_script_enabled=False)
    page.goto(f"{PATH}/")
    page.get_by_label("Your postcode").fill(examples.with_service())
    page.get_by_role("button", name="Find support").click()
    expect(page).to_have_url(f"{app.url}{PATH}/text/")
    page.get_by_role("button", name="Could it be right for me?").first.click()
    expect(page).to_have_url(f"{app.url}{PATH}/text/check")
    page.get_by_role("link", name="All services").click()
    expect(page).to_have_url(f"{app.url}{PATH}/text/services")
