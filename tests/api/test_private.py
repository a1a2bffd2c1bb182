"""A journey of a program without a trace: no header, log, address or memory has what was sent."""

from __future__ import annotations

import logging
from urllib.parse import quote, quote_plus

import pytest

from mmhs_finder.noted import _listeners, listen
from tests.api.conftest import OPENED, V1

POSTCODE = "CT1 3NG"
SENT = {
    "postcode": POSTCODE,
    "needs": ["loss"],
    "answers": {"loss_kind": "stillbirth", "months_since": 14, "has_baby": "no", "age": 31},
}
WRITTEN = {POSTCODE, POSTCODE.replace(" ", ""), quote(POSTCODE), quote_plus(POSTCODE)}


@pytest.fixture
def told():
    """What is counted, by its labels."""
    found: list[str] = []

    def hear(what, _seconds, labels):
        found.append(f"{what} {labels}")

    listen(hear)
    yield found
    _listeners.remove(hear)


def test_nothing_of_what_was_sent_is_in_a_header_a_log_or_a_count(client, caplog, told):
    caplog.set_level(logging.DEBUG, "mmhs_finder")
    caplog.set_level(logging.DEBUG, "uvicorn")
    caplog.set_level(logging.DEBUG, "fastapi")
    caplog.set_level(logging.DEBUG, "pyrate_limiter")
    replies = [client.post(f"{V1}/answers", json=SENT)]
    for wrong in (
        {"postcode": "CT1 3NG x"},
        {**SENT, "stillbirth": 1},
        {**SENT, "needs": ["died"]},
    ):
        replies.append(client.post(f"{V1}/answers", json=wrong))
    replies += [
        client.get(f"{V1}/services?postcode=CT1+3NG"),
        client.get(f"{V1}/areas/CT1%203NG"),
        client.get(f"{V1}/areas/CT1%203NG", headers=OPENED),
        client.get(f"{V1}/services?postcode=CT1+3NG", headers=OPENED),
    ]
    assert replies[0].status_code == 200
    for reply in replies:
        assert "set-cookie" not in reply.headers
        assert not any(w in str(reply.headers) for w in (*WRITTEN, "stillbirth"))
        assert reply.headers["cache-control"] == "no-store"
    assert told
    for text in (caplog.text, " ".join(told)):
        assert not any(w in text for w in (*WRITTEN, "stillbirth", "died"))


def test_her_answers_are_not_among_what_comes_back(client):
    """But for the place, written properly, and which of the four things were asked about."""
    found = client.post(f"{V1}/answers", json=SENT).json()
    assert found["place"]["postcode"] == POSTCODE
    assert found["needs"] == ["loss"]
    assert not {"answers", "loss_kind", "has_baby", "age", "months_since"} & {*found}
