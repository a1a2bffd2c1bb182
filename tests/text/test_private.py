"""A whole journey without a trace: no address, title, header, cookie or line of a log."""

from __future__ import annotations

import logging
import re
from html.parser import HTMLParser
from urllib.parse import quote, quote_plus, urlsplit

import pytest

POSTCODE = "CT1 3NG"
ANSWERS = {"need": "loss", "loss_kind": "stillbirth", "has_baby": "no", "safety": "not_sure"}
WRITTEN = {POSTCODE, POSTCODE.replace(" ", ""), quote(POSTCODE), quote_plus(POSTCODE)}


class Addresses(HTMLParser):
    """The addresses that a page names, the forms that it sends, and its title."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.methods: list[str] = []
        self.title = re.findall(r"<title>(.*?)</title>", text)[0]
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.found += [
            named[a] or "" for a in ("href", "src", "action", "formaction") if a in named
        ]
        if tag == "form":
            self.methods.append(named.get("method") or "get")


@pytest.fixture
def journey(client, caplog):
    """Every page that a person comes by, with all that she says on the way."""
    caplog.set_level(logging.DEBUG)
    sent = {"postcode": POSTCODE, **ANSWERS}
    paths = ("", "check", "outcome", "words", "support", "professionals", "link")
    pages = [client.post(f"/text/{path}", data=sent) for path in paths]
    return [*pages, client.post("/text/", data={**sent, "postcode": "CT1 3N?"})], caplog.text


def test_no_address_header_title_or_log_holds_what_she_said(journey):
    pages, log = journey
    for reply in pages:
        page = Addresses(reply.text)
        for text in (*page.found, page.title, str(reply.headers), str(reply.request.url)):
            assert not any(written in text for written in WRITTEN)
        ours = [address for address in page.found if not urlsplit(address).netloc]
        assert not any("stillbirth" in text for text in (*ours, page.title, str(reply.headers)))
        assert "set-cookie" not in reply.headers
        assert set(page.methods) <= {"post"}
        asked_for = [a for a in page.found if "need=" in a]
        assert not asked_for or reply.request.url.path == "/text/link"
    assert not any(written in log for written in WRITTEN)


def test_a_page_asks_no_other_host_for_anything(journey):
    pages, _ = journey
    for reply in pages:
        loaded = re.findall(r'<(?:link|img|script|iframe)[^>]*(?:href|src)="([^"]+)"', reply.text)
        assert all(not urlsplit(url).netloc for url in loaded)
        out = re.findall(r'<a href="(https?:[^"]+)"([^>]*)>', reply.text)
        assert out
        assert all('rel="noreferrer' in rest for _, rest in out)


def test_a_link_that_says_what_happened_is_made_for_who_asks_and_holds_no_postcode(client):
    sent = {"postcode": POSTCODE, **ANSWERS}
    answer, link = client.post("/text/", data=sent).text, client.post("/text/link", data=sent).text
    assert "need=" not in answer
    made = re.findall(r'href="(/text/area/\w+\?need=loss)"', link)
    assert len(made) == 1
    opened = client.get(made[0])
    assert opened.status_code == 200
    assert opened.headers["cache-control"] == "no-store"
    assert re.search(r'name="need" value="loss"', opened.text)


def test_what_she_changes_in_the_words_is_never_sent(client):
    """The field for the words stands in no form."""
    text = client.post("/text/words", data={"postcode": POSTCODE, "need": "loss"}).text
    assert "<textarea" in text
    before = text[: text.index("<textarea")]
    assert before.count("<form") == before.count("</form>")


def test_no_browser_keeps_what_she_types_in_the_questions(client, dated):
    sent = {"council": dated, "need": ["loss", "tokophobia"], "pregnant_now": "yes"}
    text = client.post("/text/check", data=sent).text
    form = text[text.index('<form method="post" action="/text/outcome"') :]
    form = form[: form.index("</form>")]
    assert 'autocomplete="off"' in form[: form.index(">")]
    boxes = re.findall(r'<input[^>]+type="text"[^>]*>', form)
    assert {re.findall(r'name="(\w+)"', box)[0] for box in boxes} == {
        "weeks_pregnant",
        "when_number",
        "when_date",
    }
    assert all('autocomplete="off"' in box for box in boxes)
