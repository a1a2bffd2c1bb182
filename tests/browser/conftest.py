"""The running app and a real browser. A page that asks another host for anything fails its test."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Download,
    Page,
    expect,
    sync_playwright,
)

ROOT = Path(__file__).parents[2]
START_SECONDS = 120
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
NOTE_CHANGES = """
  window.lastChange = 0;
  new MutationObserver(() => { window.lastChange = performance.now(); })
    .observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
"""
"""Keeps the moment of the page's last change, for `settled`."""

IS_SETTLED = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  return app?.dataset.testScriptState === 'notRunning'
    && performance.now() - window.lastChange > 400;
}"""

expect.set_options(timeout=15_000)  # three times the default, for busy machines
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 375, "height": 812}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.path).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


def chromium_path() -> str | None:
    """The browser to drive: CHROMIUM, one on the PATH, or None for Playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    found = (shutil.which(n) for n in ("chromium", "chromium-browser", "google-chrome"))
    return next((path for path in found if path), None)


@dataclass
class App:
    """The app under test. `log` holds everything the server has printed."""

    url: str
    log_file: Path

    @property
    def log(self) -> str:
        return self.log_file.read_text(encoding="utf-8")


@dataclass
class Traffic:
    """What a page asked for and complained about."""

    requests: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    expected: re.Pattern[str] | None = None  # of another host, asked for by the test and stubbed


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def running_app(log_file: Path, script: str = "app.py", **environment: str) -> Iterator[App]:
    """`streamlit run app.py` on a free port, as an operator would start it."""
    port = _free_port()
    running = App(f"http://localhost:{port}", log_file)
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    with running.log_file.open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdout=log,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        )
        try:
            deadline = time.monotonic() + START_SECONDS
            while not _healthy(running.url):
                if process.poll() is not None or time.monotonic() > deadline:
                    pytest.fail(f"the app did not start:\n{running.log}")
                time.sleep(0.2)
            yield running
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app on the real directory."""
    with running_app(tmp_path_factory.mktemp("app") / "server.log") as running:
        yield running


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGS)
        yield chromium
        chromium.close()


def watch(page: Page, app: App) -> Traffic:
    """Records what `page` asks for; `outside` are requests that left for another host."""
    page.add_init_script(NOTE_CHANGES)
    traffic = Traffic()
    own = urlsplit(app.url).netloc

    def request(url: str) -> None:
        traffic.requests.append(url)
        parts = urlsplit(url)
        is_outside = parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != own
        if is_outside and not (traffic.expected and traffic.expected.fullmatch(url)):
            traffic.outside.append(url)

    page.on("request", lambda r: request(r.url))
    page.on("websocket", lambda w: request(w.url))
    page.on("pageerror", lambda e: traffic.errors.append(str(e)))

    def console(message: ConsoleMessage) -> None:
        # On an address like /about Streamlit first asks whether it lives there, and hears 404.
        if message.type == "error" and "404 (Not Found)" not in message.text:
            traffic.errors.append(message.text)

    page.on("console", console)
    return traffic


NewPage = Callable[..., Page]


@pytest.fixture
def traffic() -> list[Traffic]:
    """What the pages of this test asked for, one entry a page."""
    return []


@pytest.fixture
def new_page(app: App, browser: Browser, traffic: list[Traffic]) -> Iterator[NewPage]:
    """Makes pages, `new_page(width, height, **context options)`, and judges them at the end."""
    contexts: list[BrowserContext] = []

    def make(width: int = 1280, height: int = 800, **options: object) -> Page:
        context = browser.new_context(
            base_url=app.url, viewport={"width": width, "height": height}, **options
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        traffic.append(watch(page, app))
        return page

    yield make
    for context in contexts:
        context.close()
    outside = [url for one in traffic for url in one.outside]
    assert not outside, f"asked another host: {outside}"
    errors = [error for one in traffic for error in one.errors]
    assert not errors, f"errors on the console: {errors}"


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A page as wide as a laptop's screen."""
    return new_page(**DESKTOP)


@pytest.fixture
def phone(new_page: NewPage) -> Page:
    """A page as wide as a phone's screen, with touch."""
    return new_page(**PHONE, is_mobile=True, has_touch=True)


def settled(page: Page) -> Page:
    """Waits until the script has run and the page has stood still for 0.4 s.

    What a new run draws can be in sight beside what is left of the run before: who does not wait
    may press an old button, or find two of something there is one of.
    """
    page.wait_for_function(IS_SETTLED)
    return page


def open_page(page: Page, path: str = "/") -> Page:
    """Opens `path` and waits until the app has drawn it to its end, the footer."""
    page.goto(path)
    page.wait_for_selector(".st-key-footer", timeout=60_000)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    return page


def download(page: Page, button: str) -> Download:
    """What the (first) button of that name gives, pressed when the page has settled."""
    settled(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).first.click()
    return waiting.value


def axe(page: Page) -> list[str]:
    """Serious and critical findings of axe-core, each as "rule: what (where)".

    What stands only while the page is being drawn is none: it is looked at again half a second on.
    """
    return _axe(page) and (page.wait_for_timeout(500) or _axe(page))


def _axe(page: Page) -> list[str]:
    return [
        f"{v['id']}: {v['help']} ({[(node['target'], node['html'][:300]) for node in v['nodes']]})"
        for v in Axe().run(page).response["violations"]
        if v["impact"] in ("serious", "critical")
    ]
