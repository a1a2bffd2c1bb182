"""The page for many postcodes, as Streamlit runs it; the upload itself is in `tests/browser`."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from starlette.formparsers import MultiPartParser
from streamlit.testing.v1 import AppTest

from mmhs_finder import bulk as tables
from mmhs_finder.bulk import BulkProblem, Lookup
from mmhs_finder.ui import bulk
from mmhs_finder.words import say

PAGE = Path(__file__).parents[2] / "pages" / "bulk.py"
LIST = b"ref,postcode\n1,CT1 3NG\n2,rubbish\n"


@pytest.fixture(scope="module")
def lookup(finder) -> Lookup:
    return Lookup(finder)


def job(data: bytes, lookup: Lookup, column: int = 1) -> bulk.Job:
    return bulk.Job(data, column, lookup, key=("file", column))


def shown(app: AppTest) -> str:
    assert not app.exception, [e.message for e in app.exception]
    return "\n".join(e.proto.body for e in app.get("html"))


def opened() -> AppTest:
    return AppTest.from_file(str(PAGE), default_timeout=60).run()


def test_the_page_says_what_happens_to_the_file():
    app = opened()
    text = shown(app)
    assert app.title[0].value == "Many postcodes at once"
    assert "It is not written to disk" in text
    assert "What we add to each row" in text


def test_a_list_from_upload_to_result():
    app = opened()
    app.file_uploader(key="bulk_file").set_value(("women.csv", LIST, "text/csv"))
    app.run()
    assert app.selectbox[0].options == ["ref", "postcode"]
    assert app.selectbox[0].value == 1
    app.button[0].click().run()
    for _ in range(50):
        if app.session_state.bulk_job.wait(0.1):
            break
    text = shown(app.run())
    assert "Your list is ready" in text
    assert "Rows: 2. Postcodes found: 1. Not found: 1." in text
    assert "<td>Canterbury</td>" in text


def test_a_bad_file_is_answered_in_plain_words():
    app = opened()
    app.file_uploader(key="bulk_file").set_value(("women.csv", b"", "text/csv"))
    text = shown(app.run())
    assert BulkProblem("empty").message in text
    assert 'role="alert"' in text


def test_without_a_postcode_column_one_can_be_chosen():
    app = opened()
    app.file_uploader(key="bulk_file").set_value(("a.csv", b"a,b\nx,y\n", "text/csv"))
    assert BulkProblem("no_column").message in shown(app.run())
    app.selectbox[0].select_index(1).run()
    assert [b.label for b in app.button] == [say("bulk.start")]


# --- the work behind it ---------------------------------------------------------------------------


def test_a_job_gives_the_file_and_its_first_rows(lookup):
    done = job(b"postcode,x\n" + b"CT1 3NG,<b>\n" * 30, lookup, 0)
    assert done.wait(30)
    assert (done.done, done.matched, done.problem) == (30, 30, "")
    assert done.result.startswith(b"\xef\xbb\xbfpostcode,x,matched")
    rows = done.preview()
    assert len(rows) == bulk.PREVIEW_ROWS + 1
    table = bulk.preview_table(rows, "First rows")
    assert "&lt;b&gt;" in table and "<b>" not in table


def test_a_job_can_be_cancelled(lookup, monkeypatch):
    monkeypatch.setattr(tables, "CHUNK", 100)
    running = job(b"ref,postcode\n" + b"1,CT1 3NG\n" * 200_000, lookup)
    running.cancel()
    assert running.wait(10)
    assert running.cancelled
    assert running.result == b""


def test_a_job_that_nobody_watches_stops(lookup, monkeypatch):
    monkeypatch.setattr(tables, "CHUNK", 100)
    monkeypatch.setattr(bulk, "UNWATCHED_SECONDS", 0.05)
    running = job(b"ref,postcode\n" + b"1,CT1 3NG\n" * 200_000, lookup)
    assert running.wait(10)
    assert running.cancelled


def test_jobs_wait_their_turn(lookup):
    assert bulk._SLOTS.acquire(timeout=5) and bulk._SLOTS.acquire(timeout=5)
    try:
        waiting = job(LIST, lookup)
        assert not waiting.wait(0.3)
        assert waiting.look() == (0.0, say("bulk.waiting"))
    finally:
        bulk._SLOTS.release()
        bulk._SLOTS.release()
    assert waiting.wait(10)
    assert waiting.matched == 1


def test_a_file_that_turns_out_bad_says_so(lookup):
    bad = job(b"ref,postcode\n" + b"1,CT1 3NG\n" * 3000 + b"\x81,CT1 3NG\n", lookup)
    assert bad.wait(10)
    assert bad.problem == BulkProblem("encoding").message


def test_what_breaks_is_said_calmly_and_the_log_has_no_content(lookup, monkeypatch, caplog):
    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("CT1 3NG")

    monkeypatch.setattr(bulk, "open_table", breaks)
    broken = job(LIST, lookup)
    assert broken.wait(10)
    assert broken.problem == say("bulk.broken")
    assert "RuntimeError" in caplog.text
    assert "CT1" not in caplog.text


def test_how_far_it_is_in_words(lookup):
    running = job(LIST, lookup)
    assert running.wait(10)
    running.done, running.total = 400_000, 1_000_000
    running._started = time.monotonic() - 4
    share, text = running.look()
    assert share == pytest.approx(0.4)
    assert text.startswith("400,000 of about 1,000,000 rows done, ")
    assert "rows a second. About 5 seconds left." in text


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "A few seconds"), (7, "About 5 seconds"), (61, "About 60 seconds"), (200, "About 3 min")],
)
def test_time_left(seconds, words):
    assert bulk.time_left_words(seconds).startswith(words)


def test_uploads_are_not_written_to_disk():
    bulk.keep_uploads_in_memory()
    assert MultiPartParser.spool_max_size > bulk.upload_limit_mb() * 1024 * 1024
