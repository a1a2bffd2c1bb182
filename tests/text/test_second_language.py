"""The pages without a script in the made-up language: nothing is in English but the directory."""

from __future__ import annotations

import html
import re

import pytest

from mmhs_finder.words import html_language
from tests.made_up.language import english, visible

pytestmark = pytest.mark.usefixtures("second_language")

SENT = {"postcode": "CT1 3NG", "need": "loss", "pregnant_now": "no", "severity": "moderate"}
PAGES = (
    "",
    "area/E07000106",
    "check",
    "words",
    "support",
    "urgent",
    "urgent/scotland",
    "councils",
    "services",
    "service/harbour",
    "professionals",
    "sheet/harbour",
    "coverage",
    "about",
    "changes",
    "no-such-page",
)
FORMS = ("", "check", "outcome", "words", "support", "professionals", "link")


def still_english(page: str, known) -> list[str]:
    assert f'<html lang="{html_language()}"' in page
    body = page[page.index("<body") :]
    texts = [*visible(body), *map(html.unescape, re.findall(r"<title>(.*?)</title>", page))]
    assert len(texts) > 10
    return english([text for text in texts if not text.startswith("/text/")], known)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_in_the_language(client, known, path):
    assert not still_english(client.get(f"/text/{path}").text, known)


@pytest.mark.parametrize("path", FORMS)
def test_what_follows_a_form_is_in_the_language(client, known, path):
    assert not still_english(client.post(f"/text/{path}", data=SENT).text, known)


def test_a_slip_is_told_in_the_language(client, known):
    assert not still_english(client.post("/text/", data={"postcode": "CT1 3N?"}).text, known)
