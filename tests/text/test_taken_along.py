"""What she said goes along with her: what is kept from her, her nation, and her answers."""

from __future__ import annotations

import pytest

from mmhs_finder.words import say
from tests.text.pages import Page

HERS = ("", "check", "words", "support", "link", "outcome")
ONWARDS = ("/text/check", "/text/words", "/text/support")
PLACES = ({"postcode": "CT1 3NG"}, {"postcode": "junk"}, {"postcode": ""}, {"council": "E07"}, {})


def goes_along(text: str, need: str = "loss") -> Page:
    """The page, after it was seen that no way on from it forgets what happened."""
    page = Page(text)
    ways = page.to(*ONWARDS)
    assert {form.action for form in ways} >= {*ONWARDS}
    assert all(need in form.says("need") for form in ways)
    assert not [link for link in page.links if link.partition("?")[0] in ONWARDS]
    return page


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("path", HERS)
def test_no_way_on_forgets_what_happened(client, path, place):
    reply = client.post(f"/text/{path}", data={**place, "need": "loss", "loss_kind": "stillbirth"})
    assert reply.status_code == 200
    page = goes_along(reply.text)
    for form in page.to("/text/support"):
        assert form.says("loss_kind") == ["stillbirth"]


def test_answers_to_mend_forget_nothing_either(client):
    sent = {"postcode": "CT1 3NG", "need": ["loss", "tokophobia"], "pregnant_now": "yes"}
    text = client.post("/text/outcome", data={**sent, "weeks_pregnant": "many"}).text
    assert 'id="weeks_pregnant-problem"' in text
    goes_along(text)


@pytest.mark.parametrize("path", ["", "check", "words"])
def test_who_comes_without_a_place_is_asked_for_it_and_not_told_to_mend(client, path):
    reply = client.post(f"/text/{path}", data={"need": "loss"})
    assert say("find.error_title") not in reply.text
    assert '<input id="postcode"' in reply.text
    assert reply.headers["cache-control"] == "no-store"
    assert '<meta name="robots" content="noindex">' in reply.text
