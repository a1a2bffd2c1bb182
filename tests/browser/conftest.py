"""The running app and a real browser. A page that asks another host for anything fails its test.

Tests of a class share one window of each size, so that the browser loads the app's files once:
each opens a page in it anew, which is a new visit. One that is about the past of a window (back,
storage) takes a `tab`, and one that needs other options of the browser a `new_page`.
Nothing waits by the clock: `answered` and `settled` read what page and server say to each other.
"""

from __future__ import annotations

import os
import re
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
from typing import Any
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
from playwright.sync_api import (
    TimeoutError as NotInTime,
)

from mmhs_finder.answers.finding import Finder
from tests import tools
from tests.browser.examples import Examples
from tests.browser.runs import IS_ANSWERED, IS_SETTLED, NOTE_RUNS, STANDS_STILL

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

EXPECTED_WITHIN = 15_000  # milliseconds: three times the default, for busy machines
expect.set_options(timeout=EXPECTED_WITHIN)
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 375, "height": 812}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.path).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)
            # A wait that ran out, or a page measured while it was still drawn, is tried once more:
            # machines are crowded. What fails twice fails.
            again = ["TimeoutError", "Locator expected", "sideways"]
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=again))


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

    def forget(self) -> None:
        """Starts anew, for the next test in the same window."""
        self.requests, self.outside, self.errors, self.expected = [], [], [], None


def free_port() -> int:
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
def running_app(
    log_file: Path, script: str = "app.py", *, below: str = "", **environment: str
) -> Iterator[App]:
    """`streamlit run app.py` on a free port, as an operator would start it.

    below: the path that the site stands below ("/tools/mmhs").
    """
    port = free_port()
    running = App(f"http://localhost:{port}", log_file)
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    command += ["--server.baseUrlPath", below] if below else []
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
            while not _healthy(f"{running.url}{below}"):
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
    """CHROMIUM, one that is installed, or else Playwright's own.

    Closed before other tests of the process: while it is open, asyncio has a loop that runs.
    """
    with sync_playwright() as playwright:
        path = tools.find("chromium")
        if path is None and not Path(playwright.chromium.executable_path).exists():
            tools.missing("chromium")
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
        yield chromium
        chromium.close()


def watch(page: Page, app: App) -> Traffic:
    """Records what `page` asks for; `outside` are requests that left for another host."""
    page.add_init_script(NOTE_RUNS)
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


@pytest.fixture(scope="session")
def examples(finder: Finder) -> Examples:
    """Places of the real directory, by what they show."""
    return Examples(finder)


class Windows:
    """Makes windows with one page each, and keeps what their pages asked for."""

    def __init__(self, app: App, browser: Browser) -> None:
        self._app = app
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self._shared: dict[str, Page] = {}
        self.traffic: list[Traffic] = []

    def make(self, width: int = 1280, height: int = 800, **options: Any) -> Page:
        """A new window: nothing kept, no past."""
        context = self._browser.new_context(
            base_url=self._app.url,
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(30_000)
        self._contexts.append(context)
        page = context.new_page()
        self.traffic.append(watch(page, self._app))
        return page

    def tab(self, page: Page) -> Page:
        """A new tab in the window of a page: no past of its own, the files are there already."""
        tab = page.context.new_page()
        self.traffic.append(watch(tab, self._app))
        return tab

    def shared(self, name: str, **options: Any) -> Page:
        """The window of that name, as wide and empty as when it was made."""
        if name not in self._shared:
            self._shared[name] = self.make(**options)
        return self._shared[name]

    def judge(self) -> None:
        """Fails when a page asked another host, or complained; then forgets all that."""
        outside = [url for one in self.traffic for url in one.outside]
        errors = [error for one in self.traffic for error in one.errors]
        for one in self.traffic:
            one.forget()
        assert not outside, f"asked another host: {outside}"
        assert not errors, f"errors on the console: {errors}"

    def close(self) -> None:
        for context in self._contexts:
            context.close()


NewPage = Callable[..., Page]


@pytest.fixture(scope="class")
def windows_of_class(app: App, browser: Browser) -> Iterator[Windows]:
    windows = Windows(app, browser)
    yield windows
    windows.close()


@pytest.fixture
def windows(windows_of_class: Windows) -> Iterator[Windows]:
    """The windows of the class; what their pages asked for in this test is judged at its end."""
    yield windows_of_class
    windows_of_class.judge()


@pytest.fixture
def new_page(app: App, browser: Browser) -> Iterator[NewPage]:
    """Makes pages in windows of their own, `new_page(width, height, **context options)`."""
    windows = Windows(app, browser)
    yield windows.make
    windows.close()
    windows.judge()


@pytest.fixture
def page(windows: Windows) -> Page:
    """A page as wide as a laptop's screen, shared by the class."""
    return windows.shared("desktop", **DESKTOP)


@pytest.fixture
def tab(windows: Windows, page: Page) -> Iterator[Page]:
    """A tab without a past, in the window of `page`."""
    tab = windows.tab(page)
    yield tab
    tab.close()


@pytest.fixture
def phone(windows: Windows) -> Page:
    """A page as wide as a phone's screen, with touch, shared by the class."""
    return windows.shared("phone", **PHONE, is_mobile=True, has_touch=True)


@pytest.fixture
def traffic(windows: Windows) -> list[Traffic]:
    """What the shared pages have asked for in this test, one entry a window."""
    return windows.traffic


def settled(page: Page) -> Page:
    """Waits until every run that was asked for has ended and is drawn.

    What a new run draws can be in sight beside what is left of the run before: who does not wait
    may press an old button, or find two of something there is one of.
    """
    page.wait_for_function(IS_SETTLED)
    return page


@contextmanager
def answered(page: Page) -> Iterator[None]:
    """Around an action that asks the server for a run: waits until that run is drawn."""
    settled(page)
    asked = page.evaluate("window.runs.asked")
    yield
    page.wait_for_function(IS_ANSWERED, arg=asked)


FORGET = """() => { try {
  sessionStorage.clear();
  Storage.prototype.setItem = () => {};
} catch { /* about:blank keeps nothing */ } }"""
"""A tab keeps the area of the last search over a reload; a new visit is as in a new tab."""


def open_page(page: Page, path: str = "/") -> Page:
    """Opens `path` as a new visit and waits until the app has drawn it to its end, the footer."""
    page.evaluate(FORGET)
    page.goto(path)
    page.wait_for_selector(".st-key-footer", timeout=60_000)
    return settled(page)


def follow(page: Page, link: Any, address: str) -> Page:
    """Presses a link to another page of the app, whose address ends in this."""
    with answered(page):
        link.click()
    page.wait_for_url(address)
    return page


def download(page: Page, link: str) -> Download:
    """What the (first) link of that name gives, pressed when the page has settled."""
    settled(page)
    with page.expect_download() as waiting:
        page.get_by_role("link", name=link).first.click()
    return waiting.value


FITS = """() => [document.documentElement, document.querySelector('.stMain')]
  .every((box) => box.scrollWidth <= box.clientWidth)"""

STICKS_OUT = """() => {
  return [...document.querySelectorAll('.stMain *')]
    .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1)
    .map((one) => one.outerHTML.slice(0, 200));
}"""


def sticking_out(page: Page) -> list[str]:
    """What makes the page scroll sideways: the elements that reach beyond its window.

    A chart draws itself anew when its window has changed: until then it may be too wide.
    """
    try:
        settled(page).wait_for_function(FITS, timeout=5_000)
    except NotInTime:
        return list(page.evaluate(STICKS_OUT)) or ["the page is wider than its window"]
    return []


def axe(page: Page) -> list[str]:
    """Serious and critical findings of axe-core, each as "rule: what (where)".

    Looked at once, when the page has settled and nothing on it moves.
    """
    settled(page).wait_for_function(STANDS_STILL)
    return [
        f"{v['id']}: {v['help']} ({[(node['target'], node['html'][:300]) for node in v['nodes']]})"
        for v in Axe().run(page).response["violations"]
        if v["impact"] in ("serious", "critical")
    ]


def choose(page: Page, box: str, option: str) -> None:
    """Chooses in a list by its words."""
    field = page.get_by_role("combobox", name=box, exact=True)
    field.press("ArrowDown")
    with answered(page):
        page.get_by_role("option", name=option, exact=True).click()
