"""What comes of a form that another site's page sends: an answer, and nothing else anywhere.

Nothing is kept and no cookie counts, so there is nothing that another site could do in somebody's
name. The form that keeps something takes it from our own pages only.
"""

from __future__ import annotations

import logging

import pytest
from starlette.testclient import TestClient

from mmhs_finder.words import say
from tests.embed.conftest import CANTERBURY, HUB, SITE

POSTCODE = "CT1 3NG"
FROM_A_HUB = [
    {"Origin": HUB, "Referer": f"{HUB}/help", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "null", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document"},
    {},
]
"""With a page that tells all it can, as our code has it, and from an old browser."""


@pytest.mark.parametrize("headers", FROM_A_HUB)
@pytest.mark.parametrize("council", [{}, {"council": CANTERBURY}])
def test_a_postcode_is_answered(
    client: TestClient, caplog: pytest.LogCaptureFixture, headers: dict[str, str], council
) -> None:
    caplog.set_level(logging.DEBUG)
    reply = client.post("/text/", data={"postcode": POSTCODE, **council}, headers=headers)
    assert reply.status_code == 200
    assert f"<h1>{say('text_pages.result')}</h1>" in reply.text
    assert "set-cookie" not in reply.headers
    assert reply.headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in reply.headers["content-security-policy"]
    assert reply.headers["x-frame-options"] == "DENY"
    assert reply.headers["cross-origin-opener-policy"] == "same-origin"
    assert say("index.leave") in reply.text
    assert "CT1" not in str(reply.headers) and HUB not in f"{reply.headers}{reply.text}"
    assert "CT1" not in caplog.text and HUB not in caplog.text


def test_it_is_the_answer_that_our_own_page_gives(client: TestClient) -> None:
    sent = {"postcode": POSTCODE}
    own = client.post(
        "/text/", data=sent, headers={"Origin": SITE, "Sec-Fetch-Site": "same-origin"}
    )
    assert client.post("/text/", data=sent, headers=FROM_A_HUB[0]).text == own.text


def test_an_empty_box_is_answered_for_the_council_that_was_set(client: TestClient) -> None:
    reply = client.post("/text/", data={"council": CANTERBURY, "postcode": ""})
    assert f"<h1>{say('text_pages.result')}</h1>" in reply.text
    assert "Canterbury" in reply.text


def test_her_postcode_counts_and_not_the_council_that_was_set(client: TestClient) -> None:
    sent = {"council": CANTERBURY, "postcode": "NR1 3RU"}
    alone = client.post("/text/", data={"postcode": "NR1 3RU"})
    assert client.post("/text/", data=sent).text == alone.text
    assert "Canterbury" not in alone.text.split('id="again"')[0]


def test_a_council_that_there_is_not_any_more_is_asked_for_again(client: TestClient) -> None:
    reply = client.post("/text/", data={"council": "E99999999", "postcode": ""})
    assert reply.status_code == 200
    assert say("find.link_unknown") in reply.text


def test_what_keeps_something_is_not_taken_from_another_site(client: TestClient) -> None:
    said = {"entry": "willow", "fact": "phone", "right": "It is another one", "how": "used_it"}
    assert client.post("/text/correct", data=said, headers=FROM_A_HUB[0]).status_code == 403
