"""The form "Tell us if something is wrong" without a script."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from mmhs_finder.curation.suggestions import SETTING, read_suggestions
from mmhs_finder.words import say

PAGE = "/text/correct"
SAID = {
    "entry": "willow",
    "fact": "phone",
    "right": "It is <b>020 7946 0111</b>",
    "how": "used_it",
    "link": "",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(SETTING, str(tmp_path))
    return tmp_path


def test_the_form_has_the_entry_of_its_address(client: TestClient) -> None:
    page = client.get(f"{PAGE}?entry=willow")
    assert page.status_code == 200
    assert '<option value="willow" selected>' in page.text
    assert say("suggest.intro") in page.text
    assert "<script" not in page.text.split("<main")[1].split("</main")[0]


def test_it_is_sent_and_kept(client: TestClient, folder: Path) -> None:
    answer = client.post(PAGE, data=SAID)
    assert say("suggest.thanks") in answer.text
    assert answer.headers["cache-control"] == "no-store"
    (kept,) = read_suggestions(folder)
    assert kept.suggestion is not None and kept.suggestion.right == SAID["right"]


def test_what_is_to_be_mended_stands_in_the_form_again(client: TestClient, folder: Path) -> None:
    answer = client.post(PAGE, data={**SAID, "right": "<b>CT1 3NG</b> is where I live"})
    assert answer.status_code == 200
    assert "&lt;b&gt;CT1 3NG&lt;/b&gt;" in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert 'value="used_it" checked' in answer.text
    assert read_suggestions(folder) == []


def test_a_long_text_is_not_cut_without_a_word(client: TestClient, folder: Path) -> None:
    answer = client.post(PAGE, data={**SAID, "right": "word " * 150})
    assert say("suggest.long_problem", most=500) in answer.text
    assert read_suggestions(folder) == []


@pytest.mark.parametrize(
    ("headers", "kept"),
    [
        ({"sec-fetch-site": "same-origin", "origin": "null"}, 1),
        ({"origin": "null"}, 1),
        ({}, 1),
        ({"sec-fetch-site": "cross-site", "origin": "null"}, 0),
        ({"sec-fetch-site": "same-site"}, 0),
        ({"origin": "https://elsewhere.example"}, 0),
    ],
)
def test_only_a_page_of_this_site_may_send_it(
    client: TestClient, folder: Path, headers: dict[str, str], kept: int
) -> None:
    answer = client.post(PAGE, data=SAID, headers=headers)
    assert answer.status_code == (200 if kept else 403)
    assert len(read_suggestions(folder)) == kept


def test_a_service_leads_to_the_form_about_itself(client: TestClient) -> None:
    assert 'href="/text/correct?entry=willow"' in client.get("/text/service/willow").text
    assert f'href="{PAGE}"' in client.get("/text/about").text
