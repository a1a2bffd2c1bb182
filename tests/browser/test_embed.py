"""The search on the page of another site, in a real browser: a form that was pasted, and a frame.

The other site is a server of its own, under another name than the app (127.0.0.1 and localhost), so
that to a browser it is somebody else's. The code is what `/embed` gives.
"""

from __future__ import annotations

import http.server
import re
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Frame,
    Page,
    Request,
    expect,
)

from mmhs_finder.channels.shell.embedding import EMBED_HOSTS
from mmhs_finder.words import say
from tests.browser.conftest import App, running_app

POSTCODE = "CT1 3NG"
COUNCIL = "E07000106"
WEATHER = re.compile(r"https://www\.bbc\.co\.uk/weather.*")
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
PAGE = (
    '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Family hub</title></head>'
    '<body style="margin:0"><h1>Family hub</h1>{}</body></html>'
)


@dataclass
class Hub:
    """Another site: pages by their paths, and what it was asked for."""

    url: str
    pages: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)


@contextmanager
def serving() -> Iterator[Hub]:
    hub = Hub("")

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hub.asked.append(self.path)
            page = hub.pages.get(self.path)
            self.send_response(404 if page is None else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((page or "").encode())

        def log_message(self, *_: object) -> None:
            """Nothing: the test looks at `asked`."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hub.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()


def codes(app: App, query: str) -> tuple[str, str]:
    """The code of the form and of the frame."""
    with urllib.request.urlopen(f"{app.url}/embed?{query}") as answer:
        page = answer.read().decode()
    form, frame = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    return unescape(form), unescape(frame)


@pytest.fixture(scope="module")
def hub() -> Iterator[Hub]:
    """A site that the app names."""
    with serving() as one:
        yield one


@pytest.fixture(scope="module")
def stranger() -> Iterator[Hub]:
    """A site that the app does not name."""
    with serving() as one:
        yield one


@pytest.fixture(scope="module")
def app(hub: Hub, stranger: Hub, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    log = tmp_path_factory.mktemp("embed") / "server.log"
    with running_app(Path(log), **{EMBED_HOSTS: hub.url}) as running:
        for target in ("top", "new"):
            form, frame = codes(running, f"area={COUNCIL}&target={target}")
            for site in (hub, stranger):
                site.pages[f"/form-{target}"] = PAGE.format(form)
                site.pages[f"/frame-{target}"] = PAGE.format(frame)
        for name, path in OTHERS.items():
            shown = f'<iframe src="{running.url}{path}" title="x"></iframe>'
            hub.pages[f"/other-{name}"] = PAGE.format(shown)
        yield running


OTHERS = {"first": "/", "text": "/text/", "embed": "/embed", "about": "/about", "api": "/api"}


@dataclass
class Visitor:
    """Somebody with a browser of her own, and all that it asked for."""

    context: BrowserContext
    requests: list[Request] = field(default_factory=list)

    def page(self, url: str) -> Page:
        page = self.context.new_page()
        page.goto(url)
        return page


@pytest.fixture
def visitor(browser: Browser, app: App, hub: Hub, stranger: Hub) -> Iterator[Visitor]:
    """At the end: nobody else was asked, and her postcode is in no address, log, or cookie."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    context.set_default_timeout(30_000)
    context.route(
        WEATHER,
        lambda route: route.fulfill(content_type="text/html", body="<title>Weather</title>Sunny"),
    )
    one = Visitor(context)
    context.on("request", lambda request: one.requests.append(request))
    yield one
    cookies = context.cookies()
    context.close()
    urls = [request.url for request in one.requests]
    ours = (app.url, hub.url, stranger.url)
    assert [u for u in urls if not u.startswith(ours) and not WEATHER.fullmatch(u)] == []
    assert [u for u in (*urls, *hub.asked, *stranger.asked) if "CT1" in u] == []
    assert "CT1" not in app.log
    assert cookies == []


def answered(page: Page, app: App) -> None:
    """The answer is the whole page, at our address."""
    expect(page.get_by_role("heading", level=1)).to_have_text(say("text_pages.result"))
    assert page.url == f"{app.url}/text/"
    assert page.frames == [page.main_frame]


def sent(visitor: Visitor, app: App) -> dict[str, str]:
    """The headers of the one form that was sent."""
    (form,) = (one for one in visitor.requests if one.method == "POST")
    assert form.url == f"{app.url}/text/"
    return form.all_headers()


def sent_nothing_of_the_hub(visitor: Visitor, app: App) -> None:
    """The form does not say on whose page it stood."""
    headers = sent(visitor, app)
    assert "referer" not in headers
    assert headers.get("origin", "null") == "null"


def framed(page: Page, app: App) -> Frame:
    frame = page.frame(url=re.compile(rf"{re.escape(app.url)}/embed/form.*"))
    assert frame is not None
    return frame


def is_refused(page: Page, url: str, app: App) -> None:
    """The browser says that the policy of what is in the frame does not allow this page."""
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        page.goto(url)
    assert len(page.frames) == 2
    assert not page.frames[1].url.startswith(app.url)


def keys_to(page: Page, frame: Frame) -> None:
    """Goes to the box with the keyboard alone."""
    for _ in range(12):
        page.keyboard.press("Tab")
        if frame.evaluate("document.activeElement.id") == "mmhs-postcode":
            return
    pytest.fail("the keyboard does not reach the box")


def test_a_form_that_was_pasted_opens_the_answer_in_place_of_the_page(
    visitor: Visitor, app: App, hub: Hub
) -> None:
    page = visitor.page(f"{hub.url}/form-top")
    page.get_by_label(say("find.postcode_label")).fill(POSTCODE)
    page.get_by_role("button", name=say("find.submit")).click()
    answered(page, app)
    # Chromium leaves `noreferrer` of a form aside where no new tab opens, and names the site. No
    # attribute of a form can stop it. The page of it is not named.
    referer = sent(visitor, app).get("referer", f"{hub.url}/")
    assert referer == f"{hub.url}/"
    assert hub.url not in page.content() and hub.url not in app.log
    page.get_by_role("link", name=say("index.leave")).click()
    expect(page).to_have_title("Weather")


def test_a_form_that_was_pasted_opens_the_answer_in_a_new_tab(
    visitor: Visitor, app: App, hub: Hub
) -> None:
    page = visitor.page(f"{hub.url}/form-new")
    page.get_by_label(say("find.postcode_label")).fill(POSTCODE)
    with visitor.context.expect_page() as opened:
        page.get_by_label(say("find.postcode_label")).press("Enter")
    answered(opened.value, app)
    assert opened.value.evaluate("window.opener") is None
    assert opened.value.evaluate("document.referrer") == ""
    assert page.url == f"{hub.url}/form-new"
    sent_nothing_of_the_hub(visitor, app)
    opened.value.get_by_role("link", name=say("index.leave")).click()
    expect(opened.value).to_have_title("Weather")


def test_a_frame_is_left_by_its_answer_with_the_keyboard_alone(
    visitor: Visitor, app: App, hub: Hub
) -> None:
    page = visitor.page(f"{hub.url}/frame-top")
    keys_to(page, framed(page, app))
    page.keyboard.type(POSTCODE)
    page.keyboard.press("Enter")
    answered(page, app)
    sent_nothing_of_the_hub(visitor, app)
    page.get_by_role("link", name=say("index.leave")).click()
    expect(page).to_have_title("Weather")


def test_a_frame_can_open_its_answer_in_a_new_tab(visitor: Visitor, app: App, hub: Hub) -> None:
    page = visitor.page(f"{hub.url}/frame-new")
    frame = framed(page, app)
    frame.get_by_label(say("find.postcode_label")).fill(POSTCODE)
    with visitor.context.expect_page() as opened:
        frame.get_by_role("button").click()
    answered(opened.value, app)
    assert opened.value.evaluate("window.opener") is None
    assert framed(page, app).get_by_label(say("find.postcode_label")).is_visible()


@pytest.mark.parametrize("name", ["form-top", "frame-top"])
def test_the_way_back_does_not_show_an_answer_that_was_left(
    browser: Browser, app: App, hub: Hub, name: str
) -> None:
    """The browser keeps no copy: it would have to send the form again, and asks first. An answer at
    an address of its own would be there again. The link leads to the other site here: where the
    test answered for the weather page, the browser would send the form again without a word."""
    hub.pages["/weather"] = "<title>Weather</title>Sunny"
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{hub.url}/{name}")
    found = framed(page, app) if name == "frame-top" else page.main_frame
    found.get_by_label(say("find.postcode_label")).fill(POSTCODE)
    found.get_by_role("button").click()
    answered(page, app)
    leave = page.get_by_role("link", name=say("index.leave"))
    leave.evaluate("(link, to) => { link.href = to }", f"{hub.url}/weather")
    leave.click()
    expect(page).to_have_title("Weather")
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        page.go_back()
    assert page.get_by_text("Canterbury").count() == 0
    context.close()


def test_an_empty_box_is_answered_for_the_council_of_the_page(
    visitor: Visitor, app: App, hub: Hub
) -> None:
    page = visitor.page(f"{hub.url}/frame-top")
    framed(page, app).get_by_role("button").click()
    answered(page, app)
    expect(page.locator(".found")).to_contain_text("Canterbury")


def test_the_links_of_the_frame_leave_it(visitor: Visitor, app: App, hub: Hub) -> None:
    page = visitor.page(f"{hub.url}/frame-top")
    frame = framed(page, app)
    frame.get_by_text(say("urgent_strip.more"), exact=True).click()
    frame.get_by_role("link", name=say("urgent_strip.all")).click()
    page.wait_for_url(f"{app.url}/text/urgent")
    assert page.frames == [page.main_frame]


def test_in_a_frame_320_wide_all_of_it_can_be_used(visitor: Visitor, app: App, hub: Hub) -> None:
    page = visitor.context.new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{hub.url}/frame-new")
    frame = framed(page, app)
    assert not frame.evaluate(SIDEWAYS)
    for one in (frame.get_by_label(say("find.postcode_label")), frame.get_by_role("button")):
        box = one.bounding_box()
        assert box and box["height"] >= 44 and box["width"] >= 44
        assert box["x"] >= 0 and box["x"] + box["width"] <= 320


def test_a_site_that_is_not_named_may_not_frame_it(
    visitor: Visitor, app: App, stranger: Hub
) -> None:
    page = visitor.context.new_page()
    is_refused(page, f"{stranger.url}/frame-top", app)
    page.wait_for_load_state("load")  # the frame's refusal, too: it may still be on its way
    below = page.get_by_role("link", name=say("find.title"))
    assert below.get_attribute("href") == f"{app.url}/text/"
    below.press("Enter")
    page.wait_for_url(f"{app.url}/text/")


@pytest.mark.parametrize("name", OTHERS)
def test_nothing_else_of_ours_may_be_framed_by_a_site_that_is_named(
    browser: Browser, app: App, hub: Hub, name: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    is_refused(page, f"{hub.url}/other-{name}", app)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/embed", f"/embed/form?area={COUNCIL}&target=new"])
def test_both_pages_pass_axe_and_are_not_moved_sideways(
    visitor: Visitor, app: App, path: str, scheme: str
) -> None:
    page = visitor.context.new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{app.url}{path}")
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == []
    assert not page.evaluate(SIDEWAYS)


def test_the_page_shows_the_frame_and_gives_its_code_without_a_script(
    browser: Browser, app: App
) -> None:
    context = browser.new_context(base_url=app.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/embed")
    page.get_by_label(say("embed_page.council"), exact=True).select_option(COUNCIL)
    page.get_by_label(say("embed_page.target_new")).check()
    page.get_by_role("button", name=say("embed_page.show")).click()
    page.wait_for_url(f"{app.url}/embed?area={COUNCIL}&target=new")
    box = page.get_by_label(say("embed_page.code_form"))
    box.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("x")
    expect(box).to_have_value(re.compile(r'action="http://localhost:\d+/text/" target="_blank"'))
    preview = page.frame_locator("iframe")
    expect(preview.get_by_label(say("find.postcode_label"))).to_be_visible()
    expect(preview.get_by_text("Canterbury")).to_be_visible()
    context.close()
