"""What she said goes along with her: what is kept from her, her nation, and her answers."""

from __future__ import annotations

from threading import Event

import pytest

from mmhs_finder.application import Application, IndexOpening
from mmhs_finder.nation import Nation
from mmhs_finder.postcodes import IndexProblem
from mmhs_finder.render.html.pages.frame import urgent_path
from mmhs_finder.words import say
from tests.text.conftest import client_of
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


def test_a_page_that_breaks_forgets_nothing_either(client, monkeypatch):
    def broken(*_args, **_named):
        raise RuntimeError

    monkeypatch.setattr("mmhs_finder.channels.text.personal.answer_view", broken)
    reply = client.post("/text/", data={"postcode": "CT1 3NG", "need": "loss"})
    assert reply.status_code == 500
    goes_along(reply.text)


@pytest.mark.parametrize("path", ["", "check", "words"])
def test_who_comes_without_a_place_is_asked_for_it_and_not_told_to_mend(client, path):
    reply = client.post(f"/text/{path}", data={"need": "loss"})
    assert say("find.error_title") not in reply.text
    assert '<input id="postcode"' in reply.text
    assert reply.headers["cache-control"] == "no-store"
    assert '<meta name="robots" content="noindex">' in reply.text


# --- her nation -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("postcode", "nation"),
    [
        ("CT1 3NG", Nation.ENGLAND),
        ("EH1 1YZ", Nation.SCOTLAND),
        ("CF10 1EP", Nation.WALES),
        ("BT1 5GS", Nation.NORTHERN_IRELAND),
        ("JE2 3QA", Nation.JERSEY),
    ],
)
@pytest.mark.parametrize("path", [*HERS, "professionals"])
def test_urgent_help_leads_to_that_of_her_nation(client, path, postcode, nation):
    page = Page(client.post(f"/text/{path}", data={"postcode": postcode, "need": "loss"}).text)
    ways = [link for link in page.links if link.startswith("/text/urgent")]
    assert ways == [urgent_path(nation)] * 3
    assert client.get(ways[0]).status_code == 200


# --- while postcodes cannot be looked up ----------------------------------------------------------


@pytest.fixture(params=["waiting", "failed"])
def without_index(request, directory, index):
    """The pages while postcodes cannot be looked up."""
    go_on = Event()

    def opening(_report):
        if request.param == "failed":
            raise IndexProblem("the disk is full")
        go_on.wait(60)
        return index

    yield client_of(Application(directory, IndexOpening(opening)))
    go_on.set()


SAID = {"postcode": "CT1 3NG", "need": "loss", "loss_kind": "stillbirth"}


@pytest.mark.parametrize(
    ("path", "to"),
    [("", ""), ("check", "check"), ("outcome", "check"), ("words", "words"), ("link", "")],
)
def test_while_postcodes_cannot_be_looked_up_a_council_leads_on_with_all_she_said(
    without_index, directory, path, to
):
    reply = without_index.post(f"/text/{path}", data=SAID)
    assert reply.status_code == 503
    form = goes_along(reply.text).to(f"/text/{to}")[0]
    assert form.says("postcode") == [""]
    assert form.says("loss_kind") == ["stillbirth"]
    chosen = [*form.fields, ("council", directory.councils()[0].code), ("by", "council")]
    sent: dict[str, list[str]] = {}
    for name, value in chosen:
        sent.setdefault(name, []).append(value)
    after = without_index.post(form.action, data=sent)
    assert after.status_code == 200
    goes_along(after.text)


def test_while_postcodes_cannot_be_looked_up_who_refers_stays_on_her_page(without_index):
    page = Page(without_index.post("/text/professionals", data=SAID).text)
    assert say("professional.search") in page.to("/text/professionals")[0].buttons


# --- not safe -------------------------------------------------------------------------------------


def unsafe_way_back(client, postcode):
    sent = {**SAID, "postcode": postcode, "safety": "unsafe"}
    reply = client.post("/text/outcome", data=sent)
    assert reply.status_code == 200
    back = Page(reply.text).with_button(say("text_pages.safe_again"))
    assert back.action == "/text/check"
    assert back.says("need") == ["loss"]
    assert back.says("loss_kind") == ["stillbirth"]
    assert not back.says("safety")
    again = client.post(back.action, data=dict(back.fields))
    assert again.status_code == 200
    return back, goes_along(again.text)


def test_who_was_not_safe_can_go_on(client):
    back, _ = unsafe_way_back(client, "CT1 3NG")
    assert back.says("postcode") == ["CT1 3NG"]


@pytest.mark.parametrize("postcode", ["junk", ""])
def test_who_was_not_safe_can_go_on_from_a_place_that_we_cannot_read(client, postcode):
    back, _ = unsafe_way_back(client, postcode)
    assert not back.says("postcode")


def test_who_was_not_safe_can_go_on_while_postcodes_cannot_be_looked_up(without_index):
    back, _ = unsafe_way_back(without_index, "CT1 3NG")
    assert not back.says("postcode")


# --- her answers ----------------------------------------------------------------------------------

ANSWERED = {
    "postcode": "CT1 3NG",
    "need": "loss",
    "has_baby": "yes",
    "pregnant_now": "yes",
    "loss_kind": "stillbirth",
    "weeks_pregnant": "12",
}


def test_another_search_holds_what_can_be_seen_in_it_and_no_answers(client):
    page = Page(client.post("/text/", data=ANSWERED).text)
    again = page.with_button(say("find.submit"))
    assert {name for name, _ in again.fields} == {"postcode", "need"}
    assert again.says("need") == ["loss"]
    assert page.to("/text/check")[0].says("has_baby") == ["yes"], "for this place they stay"


def test_who_refers_takes_no_answers_along(client):
    page = Page(client.post("/text/professionals", data=ANSWERED).text)
    again = page.with_button(say("professional.search"))
    assert {name for name, _ in again.fields} == {"postcode"}


@pytest.mark.parametrize(
    ("path", "need", "weeks"), [("check", "loss", "12"), ("outcome", "tokophobia", "many")]
)
def test_her_answers_can_be_cleared_and_what_happened_stays(client, path, need, weeks):
    """Among the questions, and where one of them is to be mended."""
    said = {**ANSWERED, "need": need, "weeks_pregnant": weeks}
    clear = Page(client.post(f"/text/{path}", data=said).text).with_button(say("text_pages.clear"))
    assert clear.action == "/text/check"
    assert clear.fields == [("postcode", "CT1 3NG"), ("need", need)]
    after = goes_along(client.post(clear.action, data=dict(clear.fields)).text, need)
    questions = after.to("/text/outcome")[0]
    assert {name for name, value in questions.fields if value} == {"postcode", "asked", "need"}


def test_nothing_is_offered_to_be_cleared_where_nothing_was_answered(client):
    text = client.post("/text/check", data={"postcode": "CT1 3NG", "need": "loss"}).text
    assert say("text_pages.clear") not in text
