"""Many postcodes at once: upload a list, watch it being worked on, look at it, download it.

The work runs in a thread of its own, so that the page can show how far it is and can stop it. The
file and the result are in memory only, in this visit's session.
Not for: reading tables or looking up (`mmhs_finder.bulk`).
"""

from __future__ import annotations

import csv
import io
import logging
import threading
import time
from itertools import islice
from pathlib import PurePath
from typing import Final

import streamlit as st
from markupsafe import Markup
from starlette.formparsers import MultiPartParser

from mmhs_finder.bulk import (
    ADDED,
    MAX_BYTES,
    BulkCancelled,
    BulkProblem,
    Lookup,
    convert,
    open_table,
)
from mmhs_finder.ui import cards, html
from mmhs_finder.ui.resources import finder
from mmhs_finder.words import say

_LOG = logging.getLogger(__name__)

PREVIEW_ROWS: Final = 10
POLL_SECONDS: Final = 0.5
UNWATCHED_SECONDS: Final = 120
"""After this long without a look from its page a job stops: nobody is waiting for it."""

_SLOTS = threading.BoundedSemaphore(2)
"""How many lists are worked on at a time in this process; others wait their turn."""

_MB: Final = 1024 * 1024


class Job:
    """One list being worked on in the background, and its result."""

    def __init__(self, data: bytes, column: int, lookup: Lookup, *, key: tuple[str, int]) -> None:
        self.key = key  # the upload and the column that it is for
        self.done = self.total = self.matched = 0
        self.notes: tuple[str, ...] = ()
        self.note_name = ADDED[-1]
        self.result = b""
        self.problem = ""  # in words; "" when there is none
        self.cancelled = False
        self.waiting = True
        self._stop = threading.Event()
        self._finished = threading.Event()
        self._seen = self._started = time.monotonic()
        threading.Thread(
            target=self._run, args=(data, column, lookup), name="bulk", daemon=True
        ).start()

    @property
    def finished(self) -> bool:
        return self._finished.is_set()

    def wait(self, seconds: float) -> bool:
        """Whether it is finished, after at most that long."""
        return self._finished.wait(seconds)

    def cancel(self) -> None:
        """Asks it to stop; it does so after its piece: about 0.2 s for CSV, 1 to 2 s for XLSX."""
        self._stop.set()

    def look(self) -> tuple[float, str]:
        """How far it is, 0 to 1, and in words. Also tells it that somebody is still there."""
        self._seen = time.monotonic()
        if self.waiting:
            return 0.0, say("bulk.waiting")
        done, total = self.done, self.total
        rate = done / max(self._seen - self._started, 0.001)
        if total <= 0 or rate <= 0:
            return 0.0, say("bulk.progress", done=f"{done:,}", rate=f"{round(rate, -2):,.0f}")
        text = say(
            "bulk.progress_total",
            done=f"{done:,}",
            total=f"{total:,}",
            rate=f"{round(rate, -2):,.0f}",
            left=time_left_words((total - done) / rate),
        )
        return min(done / total, 1.0), text

    def _should_stop(self) -> bool:
        return self._stop.is_set() or time.monotonic() - self._seen > UNWATCHED_SECONDS

    def _progress(self, done: int, total: int) -> None:
        self.done, self.total = done, total

    def _run(self, data: bytes, column: int, lookup: Lookup) -> None:
        try:
            while not _SLOTS.acquire(timeout=0.2):
                if self._should_stop():
                    raise BulkCancelled
            try:
                self._convert(data, column, lookup)
            finally:
                _SLOTS.release()
        except BulkCancelled:
            self.cancelled = True
        except BulkProblem as problem:
            self.problem = problem.message
        except Exception as problem:
            # Its text may hold what is in the file, so only its kind is written down.
            _LOG.error("A list could not be finished: %s", type(problem).__name__)
            self.problem = say("bulk.broken")
        finally:
            self._finished.set()

    def _convert(self, data: bytes, column: int, lookup: Lookup) -> None:
        self._started = time.monotonic()
        self.waiting = False
        table = open_table(data, column=column)
        self.note_name = table.added_names()[-1]
        out = io.BytesIO()
        for piece in convert(table, lookup, progress=self._progress, cancelled=self._should_stop):
            out.write(piece)
        self.matched, self.notes = table.matched, tuple(table.notes)
        self.result = out.getvalue()

    def preview(self) -> list[list[str]]:
        """The header and the first rows of the result."""
        start = self.result[: 4 * _MB].decode("utf-8-sig", "ignore")
        return list(islice(csv.reader(io.StringIO(start, newline="")), PREVIEW_ROWS + 1))


def time_left_words(seconds: float) -> str:
    """ "A few seconds", "About 20 seconds", "About 3 minutes"."""
    if seconds < 5:
        return say("bulk.left_soon")
    if seconds < 90:
        return say("bulk.left_seconds", count=round(seconds / 5) * 5)
    return say("bulk.left_minutes", count=round(seconds / 60))


def upload_limit_mb() -> int:
    """The largest file in MB: our own limit, or the server's where that is lower."""
    return int(min(MAX_BYTES // _MB, st.get_option("server.maxUploadSize")))


def keep_uploads_in_memory() -> None:
    """Without this, the web server writes uploads over 1 MB to a temporary file while they come
    in."""
    MultiPartParser.spool_max_size = (upload_limit_mb() + 1) * _MB


@st.cache_resource(show_spinner=False)
def _lookup() -> Lookup:
    return Lookup(finder())


def show() -> None:
    """Draws the page below its title."""
    keep_uploads_in_memory()
    html.render(Markup("<p>{}</p><p>{}</p>").format(say("bulk.intro"), say("bulk.privacy")))
    uploaded = st.file_uploader(
        say("bulk.upload_label"),
        type=["csv", "xlsx", "tsv", "txt"],
        key="bulk_file",
        help=say("bulk.upload_help", size=upload_limit_mb()),
    )
    if uploaded is None:
        _forget()
        _columns_text()
        return
    try:
        table = open_table(uploaded.getvalue())
    except BulkProblem as problem:
        _forget()
        html.render(cards.alert(say("bulk.problem_title"), problem.message))
        return
    names = table.column_names()
    column = st.selectbox(
        say("bulk.column_label"),
        range(len(names)),
        index=table.column,
        format_func=lambda place: names[place],
        placeholder=say("bulk.column_placeholder"),
        key=f"bulk_column_{uploaded.file_id}",
    )
    if column is None:
        html.render(cards.alert(say("bulk.problem_title"), BulkProblem("no_column").message))
        return
    key = (uploaded.file_id, int(column))
    job = _job()
    if job is None or job.key != key or job.cancelled or job.problem:
        if job is not None and job.key == key:
            _outcome(job)
        st.button(
            say("bulk.start"), type="primary", on_click=_start, args=(uploaded.getvalue(), key)
        )
    elif not job.finished:
        _watch()
    else:
        _result(job, PurePath(uploaded.name).stem)


def _job() -> Job | None:
    job: Job | None = st.session_state.get("bulk_job")
    return job


def _start(data: bytes, key: tuple[str, int]) -> None:
    _forget()
    st.session_state.bulk_job = Job(data, key[1], _lookup(), key=key)


def _forget() -> None:
    """Stops what runs and lets go of its result."""
    job = st.session_state.pop("bulk_job", None)
    if job is not None:
        job.cancel()


def _cancel() -> None:
    job = _job()
    if job is not None:
        job.cancel()
        job.wait(2)


@st.fragment(run_every=POLL_SECONDS)
def _watch() -> None:
    """The bar, twice a second, until the job is finished."""
    job = _job()
    if job is None or job.finished:
        st.rerun()
    share, text = job.look()
    st.progress(share, text)
    st.button(say("bulk.cancel"), on_click=_cancel, key="bulk_cancel")


def _outcome(job: Job) -> None:
    if job.problem:
        html.render(cards.alert(say("bulk.problem_title"), job.problem))
    elif job.cancelled:
        html.render(Markup('<p role="status">{}</p>').format(say("bulk.cancelled")))


def _result(job: Job, stem: str) -> None:
    counts = say(
        "bulk.done",
        rows=f"{job.done:,}",
        matched=f"{job.matched:,}",
        unmatched=f"{job.done - job.matched:,}",
        note=job.note_name,
    )
    notes = Markup("").join(Markup("<p>{}</p>").format(note) for note in job.notes)
    html.render(
        Markup('<div role="status"><h2>{}</h2><p>{}</p></div>{}').format(
            say("bulk.done_heading"), counts, notes
        )
    )
    st.download_button(
        say("bulk.download"),
        lambda: job.result,
        file_name=f"{stem}-mmhs.csv",
        mime="text/csv",
        on_click="ignore",
        type="primary",
        key="bulk_download",
    )
    rows = job.preview()
    caption = say("bulk.preview", count=len(rows) - 1)
    html.render(preview_table(rows, caption))
    _columns_text()


def preview_table(rows: list[list[str]], caption: str) -> Markup:
    """A table that scrolls sideways, also with the keyboard. The first row is its head."""
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(c) for c in rows[0])
    body = Markup("").join(
        Markup("<tr>{}</tr>").format(
            Markup("").join(Markup("<td>{}</td>").format(cell) for cell in row)
        )
        for row in rows[1:]
    )
    return Markup(
        '<div role="region" tabindex="0" aria-label="{}" style="overflow-x:auto">'
        '<table style="white-space:nowrap"><caption style="text-align:left">{}</caption>'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>"
    ).format(caption, caption, head, body)


def _columns_text() -> None:
    html.render(
        Markup("<h2>{}</h2><p>{}</p>").format(say("bulk.columns_heading"), say("bulk.columns_text"))
    )
