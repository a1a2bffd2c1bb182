"""How long the coverage map of England takes to be painted, in a browser, with the data loaded.

    python benchmarks/bench_coverage_paint.py

Starts the app and headless Chromium (CHROMIUM, or one on the PATH, or Playwright's own), in a
window so high that the map is in sight, and measures in the browser, by its own clock:

- first map: from the moment when the map's frame is put into the page to the second picture after
  the areas are in it. Leaflet, shapes and values are in this time, the rest of the page is not.
- another measure: from the key that chooses it to the second picture after the areas were filled
  again. The way to the server and back and the server's work are in this time.

Each is the median and the slowest of some runs. No answer when no browser is there. Nothing is
written. Not for: bytes (`bench_coverage_map.py`).
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Error, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
LEVELS = {"council": 299, "icb": 36, "region": 7}
RUNS = 5
FRAME = ".st-key-coverage-map-frame iframe"

WATCH = """
  if (window === window.top) {
    var since = null, seen = null;
    window.painted = null;
    document.addEventListener("keydown", function (e) {
      if (e.key === "Enter") { since = performance.now(); window.painted = null; }
    }, true);
    requestAnimationFrame(function look() {
      requestAnimationFrame(look);
      var frame = document.querySelector("FRAME");
      if (!frame) { return; }
      if (since === null) { since = performance.now(); }
      var inside = frame.contentDocument;
      var area = inside && inside.querySelector("path.leaflet-interactive");
      var fills = area && [].map.call(inside.querySelectorAll("path.leaflet-interactive"),
        function (a) { return a.getAttribute("fill"); }).join();
      if (!area || fills === seen) { return; }
      seen = fills;
      requestAnimationFrame(function () { requestAnimationFrame(function () {
        window.painted = performance.now() - since;
      }); });
    });
  }
""".replace("FRAME", FRAME)
"""In the page before its own scripts: ms that passed until areas not seen before were painted."""


def main() -> None:
    with app() as url, sync_playwright() as playwright:
        try:
            chromium = playwright.chromium.launch(executable_path=browser_path(), args=BROWSER_ARGS)
        except Error as problem:
            print(f"No browser to measure with: {problem.message.splitlines()[0]}")
            return
        print(f"{'':12}{'':>8}{'first map, ms':>24}{'another measure, ms':>26}")
        print(f"{'':12}{'areas':>8}{'median':>14}{'slowest':>10}{'median':>16}{'slowest':>10}")
        for level, areas in LEVELS.items():
            first, again = [], []
            for number in range(RUNS + 1):
                context = chromium.new_context(viewport={"width": 1280, "height": 1600})
                context.add_init_script(WATCH)
                page = context.new_page()
                times = one_run(page, f"{url}/coverage?level={level}", areas)
                context.close()
                if number:  # the first run also fills the server's memory
                    first.append(times[0])
                    again.append(times[1])
            print(
                f"{level:12}{areas:8}{median(first):14.0f}{max(first):10.0f}"
                f"{median(again):16.0f}{max(again):10.0f}"
            )
        chromium.close()


def one_run(page: Page, url: str, areas: int) -> tuple[float, float]:
    """Milliseconds for the first map and for another measure."""
    page.goto(url)
    page.wait_for_selector(".st-key-footer", timeout=120_000)
    page.frame_locator(FRAME).locator("path.leaflet-interactive").nth(areas - 1).wait_for()
    page.wait_for_function("() => window.painted !== null")
    first = float(page.evaluate("() => window.painted"))
    time.sleep(0.5)
    page.get_by_role("combobox", name="What to show").press_sequentially("Self-referral")
    page.get_by_role("option", name="Self-referral").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_function("() => window.painted !== null")
    return first, float(page.evaluate("() => window.painted"))


# --- the app and the browser ----------------------------------------------------------------------

BROWSER_ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def browser_path() -> str | None:
    """The browser to drive; None for Playwright's own."""
    found = (shutil.which(n) for n in ("chromium", "chromium-browser", "google-chrome"))
    return os.environ.get("CHROMIUM") or next((path for path in found if path), None)


@contextmanager
def app() -> Iterator[str]:
    """The app on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://localhost:{port}"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    process = subprocess.Popen(  # noqa: S603 - our own command
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + 120
        while not healthy(url):
            if process.poll() is not None or time.monotonic() > deadline:
                sys.exit("The app did not start.")
            time.sleep(0.2)
        yield url
    finally:
        process.terminate()
        process.wait(10)


def healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


if __name__ == "__main__":
    main()
