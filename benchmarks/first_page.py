"""How soon a first visit on a slow line can do something, and what it weighs, beside a baseline.

    python benchmarks/first_page.py

Starts the app and headless Chromium as `tests/browser` does, and opens the first page on a phone
that was never here, by the browser's own emulation: 400 kbit/s each way, 400 ms for an answer, a
processor four times as slow. Seconds are from the request on, the median of some runs:

- first paint: something is in sight.
- usable: the box of our own first page takes letters.
- the app's own box: the app has taken over.

Then, on a fast line, the bytes of a first visit with one search, the map undrawn: files by the
browser's count, and the socket by a relay's. The emulation does not slow the socket.
Seconds of a machine with other work on it are to compare, not to keep; bytes are exact.
Not for: limits, which `tests/browser/test_weight.py` holds.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import tools
from tests.browser.conftest import CHROMIUM_ARGS, running_app
from tests.browser.weight import count_files, line_to

RUNS = 3
POSTCODE = "CT1 3NG"
BYTES_A_SECOND = 50_000
PHONE = {"viewport": {"width": 360, "height": 640}, "is_mobile": True, "has_touch": True}

BASELINE = "29 November 2026, before the fonts were cut and the first page put before the app"
BEFORE = {
    "first paint, s": 2.5,
    "usable, s": 2.9,
    "the app's own box, s": 20.9,
    "files, KB": 1199,
    "socket, KB": 250,
}
"""Measured on two shared cores with other work beside it. The socket held the map."""

SINCE_THE_REQUEST = "performance.now() / 1000"


def slow_visit(browser: Browser, url: str) -> dict[str, float]:
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.set_default_timeout(120_000)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 400,
            "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND,
        },
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(url, wait_until="commit")
    page.locator("#first-postcode").press_sequentially("CT1")
    usable = page.evaluate(SINCE_THE_REQUEST)
    page.wait_for_selector("#before-app", state="detached")
    own = page.evaluate(SINCE_THE_REQUEST)
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    context.close()
    return {"first paint, s": paint / 1000, "usable, s": usable, "the app's own box, s": own}


def weight(browser: Browser, url: str) -> dict[str, float]:
    with line_to(url) as line:
        context = browser.new_context(**PHONE)
        page: Page = context.new_page()
        files = count_files(page)
        page.goto(line.url)
        box = page.locator(".st-key-postcode input").first
        page.wait_for_selector(".st-key-footer", timeout=60_000)
        box.fill(POSTCODE)
        box.press("Enter")
        page.wait_for_selector("[data-search]", timeout=60_000)
        page.wait_for_load_state("networkidle")
        for name in files.names()[:12]:
            print(f"  {name}")
        context.close()
        return {"files, KB": files.bytes() / 1000, "socket, KB": line.sockets / 1000}


def main() -> None:
    log = Path(tempfile.mkdtemp()) / "server.log"
    with running_app(log) as app, sync_playwright() as playwright:
        path = tools.find("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
        print("The heaviest files:")
        now = weight(browser, app.url)
        runs = [slow_visit(browser, app.url) for _ in range(RUNS)]
        now |= {what: median(run[what] for run in runs) for what in runs[0]}
        browser.close()
    print(f"Baseline: {BASELINE}")
    for what, before in BEFORE.items():
        print(f"  {what:<22} {before:>9,.1f} -> {now[what]:>8,.1f}")


if __name__ == "__main__":
    main()
