"""`/coverage/history.json` and `.csv`: what they are, caching, and a folder without a history."""

from __future__ import annotations

import csv
import io
import json
import shutil
from datetime import timedelta

import pytest

from mmhs_finder.application import Application, IndexOpening
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.history import snapshot_of
from mmhs_finder.coverage.snapshots import FOLDER, keep
from mmhs_finder.directory import load_directory
from mmhs_finder.render.files.coverage_history import CSV_AT, CSV_COLUMNS, JSON_AT
from tests.made_up.records import SUNDAY_NIGHT
from tests.text.conftest import client_of

BEFORE = SUNDAY_NIGHT.date() - timedelta(days=30)


@pytest.fixture(scope="module")
def with_history(made_up_folder, index, tmp_path_factory):
    """The made-up directory with what was known a month before, and a file that is none."""
    folder = shutil.copytree(made_up_folder, tmp_path_factory.mktemp("kept") / "data")
    directory = load_directory(folder)
    keep(snapshot_of(Coverage(directory, BEFORE)), folder / FOLDER)
    (folder / FOLDER / "2020-01-01.csv").write_bytes(b"\x00<script>")
    return client_of(Application(directory, IndexOpening(lambda _: index)))


def test_the_json_has_each_day_and_says_what_was_left_out(with_history):
    reply = with_history.get(JSON_AT)
    assert reply.headers["content-type"] == "application/json"
    data = reply.json()
    assert data["days"] == [BEFORE.isoformat(), SUNDAY_NIGHT.date().isoformat()]
    assert data["left_out"] == ["2020-01-01.csv"]
    assert data["changes"] == []
    assert {share["level"] for share in data["shares"]} == {"england", "region", "icb"}


def test_the_csv_is_a_table_with_the_same_shares(with_history):
    reply = with_history.get(CSV_AT)
    assert reply.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(reply.content.decode("utf-8-sig"))))
    assert list(rows[0]) == list(CSV_COLUMNS)
    assert len(rows) == len(json.loads(with_history.get(JSON_AT).content)["shares"])


@pytest.mark.parametrize("at", [JSON_AT, CSV_AT])
def test_who_has_it_is_told_so_and_nobody_is_known_by_it(with_history, at):
    reply = with_history.get(at)
    assert reply.headers["cache-control"] == "public, max-age=60"
    assert "set-cookie" not in reply.headers
    again = with_history.get(at, headers={"If-None-Match": reply.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert with_history.get(f"{at}?postcode=CT1").content == reply.content
    assert with_history.post(at).status_code == 405


def test_without_a_history_there_is_today(client):
    data = client.get(JSON_AT).json()
    assert data["days"] == [SUNDAY_NIGHT.date().isoformat()]
    assert data["changes"] == [] and data["shares"]
