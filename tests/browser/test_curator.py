"""The curators' app in a browser, over a made-up directory that the public app serves as well."""

from __future__ import annotations

import csv
import re
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from mmhs_finder.words import say
from tests.browser.conftest import App, NewPage, answered, axe, running_app, settled, sticking_out
from tests.made_up.folder import lay_out

pytestmark = pytest.mark.slow
NUMBER = "0113 496 0777"
WITHIN = 60  # seconds in which the public app takes in what was saved; it looks every second
DESK = "mmhs_finder/channels/curator/app.py"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_out(tmp_path_factory.mktemp("directory") / "data", small=True)


@pytest.fixture(scope="module")
def app(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The curators' app, for the windows of this module."""
    log = tmp_path_factory.mktemp("desk") / "server.log"
    here = {"MMHS_DATA_DIR": str(folder), "STREAMLIT_SERVER_ADDRESS": "127.0.0.1"}
    with running_app(log, DESK, **here) as running:
        yield running


@pytest.fixture(scope="module")
def public(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app for everybody, over the same folder."""
    log = tmp_path_factory.mktemp("public") / "server.log"
    with running_app(log, MMHS_DATA_DIR=str(folder), MMHS_RELOAD_SECONDS="1") as running:
        yield running


def read(url: str) -> str:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return str(answer.read().decode())


def reads_within(url: str, words: str) -> bool:
    """Whether a page says it before long."""
    deadline = time.monotonic() + WITHIN
    while words not in read(url):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.5)
    return True


def write(page: Page, label: str, text: str) -> None:
    box = page.get_by_role("textbox", name=label, exact=True)
    box.fill(text)
    with answered(page):
        box.press("Enter")


def unfold(page: Page, part: str) -> None:
    page.get_by_text(re.compile(f"^{re.escape(part)} · ")).click()


def press(page: Page, name: str) -> None:
    with answered(page):
        page.get_by_role("button", name=name, exact=True).click()


class TestOneService:
    def test_from_the_list_to_a_card_that_parents_read(
        self, page: Page, folder: Path, public: App
    ) -> None:
        page.goto("/")
        settled(page)
        assert axe(page) == [] and sticking_out(page) == []
        page.get_by_role("button", name="Open", exact=True).first.click()
        page.wait_for_url("**/service?service=*")
        settled(page)
        service = page.url.partition("service=")[2]
        card = f"{public.url}/text/service/{service}"
        assert NUMBER not in read(card)
        with answered(page):
            page.get_by_role("radio", name="Yes").or_(
                page.get_by_role("button", name="Yes", exact=True)
            ).first.click()
        unfold(page, say("ask_section.contact"))
        write(page, say("ask.phone"), NUMBER)
        expect(page.locator(".desk-preview")).not_to_contain_text(NUMBER)  # nobody knows whose
        expect(page.locator(".st-key-desk-panel")).to_contain_text(say("curator.check_wait"))
        write(page, say("curator.told_domain"), "avon.nhs.uk")
        write(page, say("curator.told_by"), "team manager")
        expect(page.locator(".desk-preview")).to_contain_text(NUMBER)
        expect(page.locator(".st-key-desk-panel")).to_contain_text(say("curator.check_good"))
        assert axe(page) == [] and sticking_out(page) == []
        page.get_by_role("tab", name=say("curator.preview_professional")).click()
        expect(page.locator(".sheet")).to_contain_text(NUMBER)
        press(page, say("curator.save"))
        expect(page.locator(".st-key-desk-panel")).to_contain_text("Saved.")
        lines = list(csv.DictReader((folder / "changes.csv").open(encoding="utf-8", newline="")))
        assert {"self_referral", "phone"} <= {c["column"] for c in lines if c["row"] == service}
        assert reads_within(card, NUMBER), "the public app shows what was saved"
        page.get_by_role("button", name="Next:").click()
        page.wait_for_url(lambda url: service not in url)
        settled(page)
        expect(page.locator(".desk-head h2")).to_be_visible()
        expect(page.locator(".st-key-desk-panel")).to_contain_text(say("curator.changes_none"))

    def test_what_was_changed_is_on_a_page_of_its_own(self, page: Page) -> None:
        page.goto("/history")
        settled(page)
        expect(page.locator("article").first).to_contain_text(say("ask.phone"))
        assert axe(page) == [] and sticking_out(page) == []


@pytest.mark.parametrize(
    "look", [{"color_scheme": "dark"}, {"forced_colors": "active"}], ids=["dark", "forced colours"]
)
def test_it_can_be_read_on_a_smaller_screen_in_every_mode(new_page: NewPage, look: dict) -> None:
    page = new_page(1024, 768, **look)
    page.goto("/service?service=willow")
    settled(page)
    unfold(page, say("ask_section.hours"))
    unfold(page, say("ask_section.area"))
    unfold(page, say("ask_section.limits"))
    write(page, say("ask.min_age"), "abc")
    expect(page.locator(".desk-problem")).to_contain_text("abc")
    assert axe(page) == [] and sticking_out(page) == []


def test_the_keyboard_is_enough_to_answer_and_to_reach_the_button(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/service?service=willow")
    settled(page)
    reached = set()
    for _ in range(120):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.innerText || ''").strip())
        if say("curator.save") in reached:
            break
    assert say("curator.save") in reached


# --- nobody else ----------------------------------------------------------------------------------


def status(url: str, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_another_name_and_another_site_are_refused(app: App) -> None:
    assert status(app.url) == 200
    assert status(app.url, Host="evil.example") == 421
    assert status(app.url, Origin="https://evil.example") == 421
    assert status(f"{app.url}/_stcore/health", Host="evil.example") == 421


def test_it_does_not_listen_where_others_could_reach_it(app: App) -> None:
    """127.0.0.2 is this computer, too, and answers for what listens everywhere."""
    port = urlsplit(app.url).port
    with socket.socket() as probe:
        probe.settimeout(5)
        assert probe.connect_ex(("127.0.0.2", port)) != 0


@pytest.mark.parametrize("address", ["work", "service", "service?service=willow", "history"])
def test_the_public_app_has_none_of_its_addresses(public: App, address: str) -> None:
    if address == "history":  # who looks for one is shown what has changed
        with urllib.request.urlopen(f"{public.url}/{address}") as answer:
            assert answer.url == f"{public.url}/changes"
    else:
        assert status(f"{public.url}/{address}", Accept="text/html") == 404
