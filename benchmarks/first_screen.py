"""How far down the first thing to do stands: nine postcodes on a phone of 360 x 640.

    python -m benchmarks.first_screen http://localhost:8501

For each: screens of 590 px (the bar at the foot takes the rest) from the result's heading to the
first link or button that does something and to the first number to ring or to text, where the panel
"Open now" ends on the page, and how long the page is, all folds closed, the footer in it.
Not for: time or bytes.
"""

from __future__ import annotations

import argparse
from typing import Any, Final

from playwright.sync_api import Page, sync_playwright

from tests import tools

POSTCODES: Final = (
    "CT1 3NG",
    "M13 9WL",
    "TS24 7BT",
    "HU1 3RA",
    "SW17 0QT",
    "B29 6JD",
    "EH1 1YZ",
    "CF10 1EP",
    "BT1 5GS",
)
SCREEN: Final = 590  # px of 640, above "Leave this page"

_MEASURE: Final = """() => {
  const main = document.querySelector('.stMain');
  const result = document.querySelector('.st-key-result');
  const top = e => e.getBoundingClientRect().top - main.getBoundingClientRect().top
    + main.scrollTop;
  const seen = e => e.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })
    && e.getBoundingClientRect().height > 0;
  const first = found => {
    const e = [...result.querySelectorAll(found)].find(seen);
    return e ? top(e) : null;
  };
  const now = document.querySelector('.now');
  return {
    heading: top(document.querySelector('[data-search]')),
    action: first('a[href]:not([href^="?"]), button[data-copy]'),
    number: first('a[href^="tel:"], a[href^="sms:"]'),
    now: now ? top(now) + now.offsetHeight : null,
    length: main.scrollHeight,
  };
}"""


def measure(page: Page, url: str, postcode: str) -> dict[str, Any]:
    """The places of one result in px from the page's top; None for what is not there."""
    page.goto(url)
    page.wait_for_selector(".st-key-footer", timeout=120_000)
    box = page.locator(".st-key-postcode input").first
    box.fill(postcode)
    box.press("Enter")
    page.wait_for_selector("[data-search]", timeout=120_000)
    page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')")
    page.wait_for_timeout(2_000)  # what is drawn last, the map, takes its room
    return dict(page.evaluate(_MEASURE))


def _screens(found: dict[str, Any], key: str) -> str:
    if found[key] is None:
        return "none"
    return f"{(found[key] - found['heading']) / SCREEN:.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", help="the address of a running app")
    url = parser.parse_args().url
    print("| postcode | first thing to do | first number | end of open now, px | length, px |")
    print("|---|---|---|---|---|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=tools.find("chromium"), args=["--no-sandbox"]
        )
        for postcode in POSTCODES:
            context = browser.new_context(  # a new visit: a tab keeps the area of its last search
                viewport={"width": 360, "height": 640}, is_mobile=True, has_touch=True
            )
            found = measure(context.new_page(), url, postcode)
            context.close()
            now = "none" if found["now"] is None else f"{found['now']:.0f}"
            print(
                f"| {postcode} | {_screens(found, 'action')} | {_screens(found, 'number')} "
                f"| {now} | {found['length']} |",
                flush=True,
            )
        browser.close()


if __name__ == "__main__":
    main()
