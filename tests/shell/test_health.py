"""Whether a process is ready is said by what it can do; its numbers are for who may see them."""

from __future__ import annotations

import contextlib
import io
import json
import logging
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from mmhs_finder.application import Application, IndexOpening
from mmhs_finder.channels.shell import health, logs
from mmhs_finder.channels.shell.metrics import SETTING, Metrics
from mmhs_finder.channels.shell.reload import Reloads
from mmhs_finder.channels.shell.stopping import Stopping
from mmhs_finder.directory import Directory
from mmhs_finder.noted import at_work, work_under_way
from mmhs_finder.postcodes import IndexProblem, Postcode, PostcodeError, PostcodeIndex

TOKEN = "a-token-that-is-long-enough"


class Process:
    """The three routes over an application."""

    def __init__(self, application: Application) -> None:
        self.application, self.stopping, self.reloads = application, Stopping(), Reloads()
        self.metrics = Metrics(lambda: application, self.reloads)
        routes = health.routes(self.stopping, self.reloads, self.metrics, application)
        self.client = TestClient(Starlette(routes=routes))

    def numbers(self) -> str:
        return self.client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text


def opened(directory: Directory, index: PostcodeIndex) -> Application:
    application = Application(directory, IndexOpening(lambda _: index))
    application.index.start().result()
    return application


@pytest.fixture
def process(directory: Directory, index: PostcodeIndex) -> Process:
    return Process(opened(directory, index))


def test_alive_and_ready(process: Process) -> None:
    assert process.client.get("/healthz").text == "ok"
    ready = process.client.get("/readyz")
    assert ready.status_code == 200 and ready.json()["ready"] is True
    for path in ("/healthz", "/readyz", "/metrics"):
        answer = process.client.get(path)
        assert answer.headers["cache-control"] == "no-store"
        assert "set-cookie" not in answer.headers


def test_not_ready_before_the_index_is_there(directory: Directory) -> None:
    process = Process(Application(directory))
    answer = process.client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["reasons"][0].startswith("index: ")
    assert process.application.index.attempt is None, "who asks does not set work going"
    assert process.client.get("/healthz").status_code == 200


def test_not_ready_where_the_index_cannot_be_opened_and_no_folder_is_named(
    directory: Directory,
) -> None:
    def never(_report):  # type: ignore[no-untyped-def]
        raise IndexProblem("cannot be written to /secret/folder (No space left on device)")

    process = Process(Application(directory, IndexOpening(never)))
    assert process.application.index.start().finished_within(30)
    answer = process.client.get("/readyz")
    assert answer.status_code == 503
    assert "could not be opened" in answer.text and "secret" not in answer.text


def test_not_ready_where_no_postcode_is_found(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_self: PostcodeIndex, _postcode: Postcode) -> None:
        raise OSError("gone")

    monkeypatch.setattr(PostcodeIndex, "locate", broken)
    answer = process.client.get("/readyz")
    assert answer.status_code == 503 and "answers: " in answer.text


def test_not_ready_while_it_ends(process: Process) -> None:
    process.stopping.begun.set()
    answer = process.client.get("/readyz")
    assert answer.status_code == 503 and "stopping" in answer.text
    assert process.client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("token", "sent"),
    [
        ("", ""),
        ("", "Bearer "),
        ("short", "Bearer short"),
        (TOKEN, ""),
        (TOKEN, f"Basic {TOKEN}"),
        (TOKEN, f"Bearer {TOKEN}x"),
        (TOKEN, "Bearer é"),
    ],
)
def test_numbers_are_for_who_sends_the_token(
    process: Process, monkeypatch: pytest.MonkeyPatch, token: str, sent: str
) -> None:
    monkeypatch.setenv(SETTING, token)
    headers = {"Authorization": sent.encode("latin-1")} if sent else {}
    answer = process.client.get("/metrics", headers=headers)
    assert answer.status_code == 404 and "mmhs_" not in answer.text


def test_what_is_counted_and_that_no_place_is_named(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SETTING, TOKEN)
    monkeypatch.setattr("mmhs_finder.noted._listeners", [process.metrics])
    finder = process.application.finder
    for typed in ("CT1 3NG", "CT1 3NG", "EH1 1YZ"):
        finder.find(finder.place(typed))
    for typed in ("ZZ9 9ZZ", "my words", "ZE99 9ZZ"):
        with pytest.raises(PostcodeError):
            finder.place(typed)
    numbers = process.numbers()
    looked_up = 'mmhs_lookups_total{channel="text",nation="%s",outcome="%s"} %s'
    assert looked_up % ("england", "found", "2.0") in numbers
    assert looked_up % ("scotland", "found", "1.0") in numbers
    assert 'outcome="not_a_postcode"' in numbers
    assert "mmhs_lookup_seconds_count 6.0" in numbers
    assert "mmhs_answer_seconds_count 3.0" in numbers
    assert "mmhs_index_ready 1.0" in numbers and "mmhs_data_age_days" in numbers
    for secret in ("CT1", "3NG", "EH1", "words", "E07000106", "Canterbury", "arbour"):
        assert secret not in numbers


def test_a_label_that_is_made_up_without_end_does_not_fill_the_memory(process: Process) -> None:
    for number in range(1000):
        process.metrics("refusal", None, {"kind": str(number)})
    sets = process.metrics.registry.get_sample_value
    assert sets("mmhs_refusals_total", {"kind": "other"}) == 800


def test_work_is_counted_while_it_lasts_also_where_it_fails() -> None:
    with contextlib.suppress(ValueError), at_work("list"):
        assert work_under_way("list") == 1 == work_under_way()
        raise ValueError
    assert work_under_way() == 0


# --- the log --------------------------------------------------------------------------------------


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What is written to stderr from the next `write_events` on."""
    stream = io.StringIO()
    monkeypatch.setattr(logs, "sys", SimpleNamespace(stderr=stream))
    events = logging.getLogger("mmhs_finder.events")
    root = logging.getLogger()
    monkeypatch.setattr(events, "handlers", [])
    monkeypatch.setattr(events, "propagate", True)
    monkeypatch.setattr(root, "handlers", [])
    return stream


def test_an_event_is_one_line_of_json(
    written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(logs.SETTING, "json")
    logs.write_events()
    logs.event("data_refused", "It has mistakes\nand more", mistakes=3)
    try:
        raise ValueError("CT1 3NG was typed")
    except ValueError:
        logging.getLogger("somebody").exception("It broke")
    first, second = map(json.loads, written.getvalue().splitlines())
    assert first["event"] == "data_refused" and first["mistakes"] == 3
    assert first["level"] == "info" and first["time"].endswith("+00:00")
    assert second["error"].startswith("ValueError: test_health.py")
    assert "CT1" not in written.getvalue()


def test_an_event_is_one_line_of_words(
    written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(logs.SETTING, raising=False)
    logs.write_events()
    logs.event("ready", "Ready\nto go", index="1", nothing=None)
    line = written.getvalue()
    assert line.count("\n") == 1 and line.endswith("INFO Ready to go index=1\n")


def test_open_visits_are_asked_of_streamlit(process: Process, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv(SETTING, TOKEN)
    assert "mmhs_open_visits" not in process.numbers()
    manager = SimpleNamespace(num_active_sessions=lambda: 7)
    process.metrics.count_visits(SimpleNamespace(_runtime=SimpleNamespace(_session_mgr=manager)))
    assert "mmhs_open_visits 7.0" in process.numbers()
