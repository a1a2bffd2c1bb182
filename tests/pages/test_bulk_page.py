"""The page for many postcodes, as Streamlit runs it; the upload itself is in `tests/browser`."""

from __future__ import annotations

import gc
import io
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from mmhs_finder.bulk import Lookup
from mmhs_finder.channels import list_memory
from mmhs_finder.channels.shell.upload_desk import Refusal
from mmhs_finder.channels.streamlit import bulk, bulk_job, bulk_work, uploading
from mmhs_finder.render.files import bulk as files
from mmhs_finder.tables.columns import CellLayout, PostcodeCells
from mmhs_finder.tables.reading import open_table
from mmhs_finder.views.bulk_columns import added_columns
from mmhs_finder.words import say
from tests.pages.offered import files as offered

PAGE = Path(__file__).parents[2] / "pages" / "bulk.py"
WAIT = 30  # seconds, at most
LIST = b"ref,postcode\n1,CT1 3NG\n2,rubbish\n"


@pytest.fixture(autouse=True)
def _patient(monkeypatch) -> None:
    """A page waits until a file is open: a workbook takes a second or more on a busy machine."""
    monkeypatch.setattr(bulk, "_AT_ONCE_SECONDS", WAIT)


@pytest.fixture(scope="module")
def lookup(finder) -> Lookup:
    return Lookup(finder)


def job(data: bytes, lookup: Lookup, column: int = 1) -> bulk_job.Job:
    where = PostcodeCells(CellLayout.COLUMN, (column,))
    return bulk_job.Job(data, (where, None), lookup, key=("file", column))


@contextmanager
def all_at_work(waiting: int = bulk_work.WAITING) -> Iterator[None]:
    """Other lists have all turns. waiting: how many may wait for one."""
    line = bulk_work.Line(waiting=waiting)
    others = [object() for _ in range(bulk_work.SLOTS)]
    for other in others:
        line.enter(other)
        assert line.wait(other, 5)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bulk_work, "LINE", line)
        yield
        for other in others:
            line.leave(other)
        for thread in threading.enumerate():
            if thread.name == "bulk":
                thread.join(WAIT)


def work_has_ended() -> None:
    for thread in threading.enumerate():
        if thread.name == "bulk":
            thread.join(WAIT)


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
    app.file_uploader(key="bulk_file_0").set_value(("women.csv", LIST, "text/csv"))
    app.run()
    assert app.selectbox[0].options == ["ref", "postcode"]
    assert app.selectbox[0].value == 1
    app.button[0].click().run()
    assert app.session_state.bulk_job.wait(10)
    text = shown(app.run())
    assert "Your list is ready: women.csv" in text
    assert "Rows: 2. Postcodes found: 1. Not found: 1." in text
    assert "<td>Canterbury</td>" in text
    assert say("bulk.csv_note") not in text


def ready(name: str = "women.csv", data: bytes = LIST) -> AppTest:
    """The page with a list that is ready."""
    app = opened()
    app.file_uploader(key="bulk_file_0").set_value((name, data, "text/csv"))
    app.run().button[0].click().run()
    assert app.session_state.bulk_job.wait(10)
    return app.run()


def test_a_list_is_deleted_when_somebody_says_so():
    app = ready()
    job = app.session_state.bulk_job
    app.button(key="bulk_delete").click().run()
    assert say("bulk.deleted") in shown(app)
    assert job.result == b""
    assert "bulk_job" not in app.session_state
    assert [u.key for u in app.file_uploader] == ["bulk_file_1"], "the box is empty"
    assert say("bulk.deleted") not in shown(app.run())


def test_a_list_is_let_go_when_its_file_is_taken_away():
    app = ready()
    job = app.session_state.bulk_job
    app.file_uploader(key="bulk_file_0").set_value(None)
    assert "Your list is ready" not in shown(app.run())
    assert job.result == b""


def test_a_list_stands_after_a_look_at_another_page():
    app = ready()
    other = opened()  # the browser has no file any more, the visit still has its list
    other.session_state.bulk_job = app.session_state.bulk_job
    text = shown(other.run())
    assert "Your list is ready: women.csv" in text
    assert [b.key for b in other.button] == ["bulk_delete"]


def test_a_list_is_not_kept_for_ever(lookup, monkeypatch):
    monkeypatch.setattr(bulk_job, "KEEP_SECONDS", 0.01)
    old = job(LIST, lookup)
    work_has_ended()
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer) and thread.interval < 1:
            thread.join(WAIT)
    assert (old.expired, old.result) == (True, b"")


def test_the_page_says_when_a_list_was_kept_long_enough():
    app = ready()
    bulk_job._expire(weakref.ref(app.session_state.bulk_job))
    assert say("bulk.expired", minutes=30) in shown(app.run())
    assert "bulk_job" not in app.session_state


def test_a_result_goes_with_its_visit(lookup):
    gone = job(LIST, lookup)
    assert gone.wait(10)
    watch = weakref.ref(gone)
    work_has_ended()
    del gone
    gc.collect()
    assert watch() is None


def test_an_excel_file_comes_back_as_csv_and_is_told_so():
    book = openpyxl.Workbook()
    for row in (["ref", "postcode"], [1, "CT1 3NG"]):
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    text = shown(ready("women.xlsx", data.getvalue()))
    assert say("bulk.csv_note") in text
    assert "<td>Canterbury</td>" in text


def with_sheets(**sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


MONTHS = with_sheets(
    Notes=[["Read me first"]],
    April=[["ref", "postcode"], [1, "CT1 3NG"]],
    May=[["ref", "postcode"], [2, "M33 5EL"], [3, "M33 5EL"]],
)


def uploaded(name: str, data: bytes) -> AppTest:
    app = opened()
    app.file_uploader(key="bulk_file_0").set_value((name, data, "application/octet-stream"))
    return app.run()


def looked_up(app: AppTest) -> str:
    """What the page says when its list is ready."""
    (start,) = (b for b in app.button if b.label == say("bulk.start"))
    start.click().run()
    assert app.session_state.bulk_job.wait(WAIT)
    return shown(app.run())


def test_one_of_several_sheets_is_chosen_by_a_person():
    app = uploaded("months.xlsx", MONTHS)
    assert app.selectbox[0].options == [say("bulk.sheet_all"), "April", "May"]
    assert app.selectbox[0].value is None, "never the first by itself"
    assert say("bulk.sheet_choose") in shown(app) and not app.button
    app.selectbox[0].select_index(2).run()
    text = looked_up(app)
    assert "Rows: 2. Postcodes found: 2." in text
    assert "We read the sheet “May”. We did not read: “Notes”, “April”." in text


def test_all_sheets_come_back_as_one_list():
    app = uploaded("months.xlsx", MONTHS)
    app.selectbox[0].select_index(0).run()
    text = looked_up(app)
    assert "Rows: 3. Postcodes found: 3." in text
    assert "<td>April</td>" in text and "<td>May</td>" in text
    assert "left them out: “Notes”" in text


def test_the_only_sheet_with_postcodes_is_taken_and_can_be_changed():
    data = with_sheets(Cover=[["How to use this"]], List=[["postcode"], ["CT1 3NG"]])
    app = uploaded("one.xlsx", data)
    assert [box.value for box in app.selectbox] == ["List", 0]
    assert "We read the sheet “List”. We did not read: “Cover”." in shown(app)
    app.selectbox[0].select("Cover").run()
    assert say("bulk.problem_empty") in shown(app)


@pytest.mark.parametrize("name", ["list", "list.dat", "list.xls", "list.pdf", "List.CSV"])
def test_a_list_may_be_called_anything(name: str):
    assert "Rows: 2. Postcodes found: 1." in looked_up(uploaded(name, LIST))


def test_the_box_for_files_refuses_none_by_its_name():
    assert list(opened().file_uploader[0].proto.type) == []


def test_the_home_is_read_and_the_surgery_is_named():
    app = uploaded("two.csv", b"GP postcode,Home postcode\nCT1 3NG,M33 5EL\n")
    assert app.selectbox[0].value == 1
    assert "did not use them: “GP postcode”" in shown(app)
    text = looked_up(app)
    assert "<td>Trafford</td>" in text
    assert "We took the postcodes from the column “Home postcode”." in text


def test_a_postcode_in_two_columns_is_put_together():
    app = uploaded("split.csv", b"ref,Outward,Inward\n1,CT1,3NG\n")
    assert app.selectbox[0].options[0] == "Put together: “Outward”, “Inward”"
    assert "<td>Canterbury</td>" in looked_up(app)


def test_why_rows_have_no_answer_is_counted():
    text = looked_up(uploaded("a.csv", b"postcode\nCT1 3NG\nBFPO 801\nBFPO 801\nCT1\n"))
    assert say("bulk.why_heading") in text
    why = text[text.index(say("bulk.why_heading")) :]
    (row,) = (row for row in why.split("</tr>")[:3] if say("bulk.reason_forces") in row)
    assert row.endswith("<span>2</span></td>")
    assert "Rows in your list: 4. Rows in the result: 4." in text


def test_a_sample_can_be_taken_and_works():
    app = opened()
    assert say("bulk.sample_text") in shown(app)
    assert list(offered(app)) == [say("bulk.sample")]
    assert "Rows: 3." in looked_up(uploaded("sample-list.csv", files.sample()))


def test_each_added_column_is_explained():
    text = shown(opened())
    for name, what in added_columns():
        assert name in text and what in text


def test_a_file_is_opened_once(monkeypatch):
    opens = []
    monkeypatch.setattr(
        bulk_job, "open_table", lambda data, **how: opens.append(1) or open_table(data, **how)
    )
    app = opened()
    app.file_uploader(key="bulk_file_0").set_value(("women.csv", LIST, "text/csv"))
    app.run().run().selectbox[0].select_index(0).run()
    assert len(opens) == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", say("bulk.problem_empty")), (b"%PDF-1.7 \x00\x01", "Save the list as CSV or XLSX")],
)
def test_a_bad_file_is_answered_in_plain_words(data: bytes, words: str):
    app = opened()
    app.file_uploader(key="bulk_file_0").set_value(("women.csv", data, "text/csv"))
    text = shown(app.run())
    assert words in text
    assert 'role="alert"' in text


def test_without_a_postcode_column_one_can_be_chosen():
    app = opened()
    app.file_uploader(key="bulk_file_0").set_value(("a.csv", b"a,b\nx,y\n", "text/csv"))
    assert say("bulk.problem_no_column") in shown(app.run())
    app.selectbox[0].select_index(1).run()
    assert [b.label for b in app.button] == [say("bulk.start")]


# --- the work behind it ---------------------------------------------------------------------------


def test_a_job_gives_the_file_and_its_first_rows(lookup):
    done = job(b"postcode,x\n" + b"CT1 3NG,<b>\n" * 30, lookup, 0)
    assert done.wait(30)
    assert (done.done, done.matched, done.problem) == (30, 30, "")
    assert done.result.startswith(b"\xef\xbb\xbfpostcode,x,matched")
    rows = done.preview()
    assert len(rows) == bulk_job.PREVIEW_ROWS + 1
    table = bulk.preview_table(rows, "First rows")
    assert "&lt;b&gt;" in table and "<b>" not in table


def test_a_job_can_be_cancelled(lookup, monkeypatch):
    monkeypatch.setattr(files, "CHUNK", 100)
    running = job(b"ref,postcode\n" + b"1,CT1 3NG\n" * 200_000, lookup)
    running.cancel()
    assert running.wait(10)
    assert running.cancelled
    assert running.result == b""


def test_a_job_that_nobody_watches_stops(lookup, monkeypatch):
    monkeypatch.setattr(files, "CHUNK", 100)
    monkeypatch.setattr(bulk_work, "UNWATCHED_SECONDS", 0.05)
    running = job(b"ref,postcode\n" + b"1,CT1 3NG\n" * 200_000, lookup)
    assert running.wait(10)
    assert running.cancelled


def test_jobs_wait_their_turn(lookup):
    with all_at_work():
        waiting, second = job(LIST, lookup), job(LIST, lookup)
        assert not waiting.wait(0.3)
        assert waiting.look() == (0.0, say("bulk.waiting"))
        assert second.look()[1].endswith("1 is before yours.")
    assert waiting.wait(10) and second.wait(10)
    assert waiting.matched == second.matched == 1


def test_a_job_that_waits_can_be_cancelled_and_gives_up_its_place(lookup):
    with all_at_work():
        waiting = job(LIST, lookup)
        waiting.cancel()
        assert waiting.wait(10) and waiting.cancelled
        after = job(LIST, lookup)
        assert after.look()[1] == say("bulk.waiting")
    assert after.wait(10)


def test_a_list_too_many_is_told_so_and_may_be_tried_again(monkeypatch):
    app = opened()
    app.file_uploader(key="bulk_file_0").set_value(("women.csv", LIST, "text/csv"))
    with all_at_work(waiting=0):
        assert say("bulk.refused_full") in shown(app.run())
        assert [b.label for b in app.button] == [say("bulk.again")]
        assert say("bulk.refused_full") in shown(app.button[0].click().run())
    shown(app.button[0].click().run())
    assert [b.label for b in app.button] == [say("bulk.start")]


def test_a_file_that_opens_slowly_shows_its_place_in_the_line(monkeypatch):
    monkeypatch.setattr(bulk, "_AT_ONCE_SECONDS", 0)
    app = opened()
    app.file_uploader(key="bulk_file_0").set_value(("women.csv", LIST, "text/csv"))
    with all_at_work():
        shown(app.run())
        assert app.get("progress")[0].proto.text == say("bulk.waiting")
        assert [b.label for b in app.button] == [say("bulk.cancel")]
    assert app.session_state.bulk_opening.wait(WAIT)
    shown(app.run())
    assert [b.label for b in app.button] == [say("bulk.start")]


def test_a_list_that_takes_too_long_stops_with_words(lookup, monkeypatch):
    monkeypatch.setattr(bulk_job.Job, "SECONDS", 0.0)
    slow = job(LIST, lookup)
    assert slow.wait(10)
    assert slow.problem == say("bulk.problem_too_long")
    assert slow.result == b""


def test_a_file_that_takes_too_long_to_open_stops_with_words(monkeypatch):
    monkeypatch.setattr(bulk_job.ListOpening, "SECONDS", 0.0)
    assert say("bulk.problem_too_long") in shown(uploaded("women.csv", LIST))


def test_a_result_for_which_there_is_no_room_is_refused(lookup, monkeypatch):
    monkeypatch.setattr(bulk_work, "LISTS", list_memory.ListMemory(10))
    full = job(LIST, lookup)
    assert full.wait(10)
    assert full.problem == say("bulk.refused_full") and full.is_busy
    assert full.held.size == 0


def test_the_oldest_result_that_nobody_looks_at_makes_room(lookup, monkeypatch):
    monkeypatch.setattr(list_memory, "UNUSED_SECONDS", 0)
    memory = list_memory.ListMemory(10_000)
    monkeypatch.setattr(bulk_work, "LISTS", memory)
    app = ready()
    old = app.session_state.bulk_job
    memory.limit = memory.size + 10
    new = job(LIST, lookup)
    assert new.wait(10)
    assert new.result and not old.result
    assert say("bulk.refused_let_go") in shown(app.run())


def test_a_result_is_counted_while_it_is_there_and_no_longer(lookup, monkeypatch):
    memory = list_memory.ListMemory(10_000)
    monkeypatch.setattr(bulk_work, "LISTS", memory)
    done = job(LIST, lookup)
    assert done.wait(10)
    assert memory.size == done.held.size > 0
    work_has_ended()
    del done
    gc.collect()
    assert memory.size == 0


def test_why_a_file_was_not_taken_is_said_once_beside_an_empty_box(monkeypatch):
    refusals = [Refusal.TOO_SLOW]
    monkeypatch.setattr(uploading, "take_refusal", lambda: refusals.pop() if refusals else None)
    app = opened()
    assert say("bulk.refused_slow") in shown(app)
    assert [u.key for u in app.file_uploader] == ["bulk_file_1"]
    assert say("bulk.refused_slow") not in shown(app.run())


@pytest.mark.parametrize("why", Refusal)
def test_every_refusal_has_words(why: Refusal):
    assert bulk._refusal_words(why)


def test_a_file_that_turns_out_bad_says_so(lookup):
    bad = job(b"ref,postcode\n" + b"1,CT1 3NG\n" * 3000 + b"\x81,CT1 3NG\n", lookup)
    assert bad.wait(10)
    assert bad.problem == say("bulk.problem_encoding")


def test_what_breaks_is_said_calmly_and_the_log_has_no_content(lookup, monkeypatch, caplog):
    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("CT1 3NG")

    monkeypatch.setattr(bulk_job, "open_table", breaks)
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
    assert bulk_job.time_left_words(seconds).startswith(words)
