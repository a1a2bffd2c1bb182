"""Many postcodes at once: upload a list, watch it being worked on, look at it, download it.

The work runs in a thread of its own, so that the page can show how far it is and can stop it. It
goes on, and the result stands, while somebody looks at another page of this visit. The file and the
result are in memory only, and let go: when the file is taken away, when somebody says so, half an
hour after the list was ready, and with the visit.
Not for: reading tables (`mmhs_finder.tables`), looking up (`mmhs_finder.bulk`), or the columns
(`mmhs_finder.views.bulk_columns`).
"""

from __future__ import annotations

import csv
import io
import logging
import threading
import time
import weakref
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePath
from typing import Final

import streamlit as st
from markupsafe import Markup
from starlette.formparsers import MultiPartParser
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from mmhs_finder.bulk import Lookup
from mmhs_finder.channels.streamlit.resources import finder
from mmhs_finder.render.files.bulk import BulkCancelled, convert
from mmhs_finder.render.html import cards
from mmhs_finder.render.html import pieces as html
from mmhs_finder.tables.problems import ProblemKind, TableProblem
from mmhs_finder.tables.reading import MAX_BYTES, open_table
from mmhs_finder.views import bulk_columns
from mmhs_finder.words import say

_LOG = logging.getLogger(__name__)

PREVIEW_ROWS: Final = 10
POLL_SECONDS: Final = 0.5
UNWATCHED_SECONDS: Final = 120
"""After this long without a look from its page a job stops: nobody is waiting for it."""

KEEP_SECONDS: Final = 30 * 60
"""How long a result is kept: memory is shared by all who visit."""

_SLOTS = threading.BoundedSemaphore(2)
"""How many lists are worked on at a time in this process; others wait their turn."""

_MB: Final = 1024 * 1024


@dataclass(frozen=True)
class Upload:
    """What an uploaded file was found to be. `problem`: why it cannot be used, in words."""

    file_id: str
    names: tuple[str, ...] = ()
    column: int | None = None
    problem: str = ""


class Job:
    """One list being worked on in the background, and its result until `expired`."""

    def __init__(
        self, data: bytes, column: int, lookup: Lookup, *, key: tuple[str, int], name: str = ""
    ) -> None:
        self.key = key  # the upload and the column that it is for
        self.name = name  # of the file
        self.done = self.total = self.matched = 0
        self.notes: tuple[str, ...] = ()
        self.note_name = bulk_columns.ADDED[-1]
        self.result = b""
        self.problem = ""  # in words; "" when there is none
        self.cancelled = self.expired = False
        self.waiting = True
        self._data = data
        self._stop = threading.Event()
        self._finished = threading.Event()
        self._seen = self._started = time.monotonic()
        threading.Thread(target=self._run, args=(column, lookup), name="bulk", daemon=True).start()

    @property
    def finished(self) -> bool:
        return self._finished.is_set()

    def wait(self, seconds: float) -> bool:
        """Whether it is finished, after at most that long."""
        return self._finished.wait(seconds)

    def cancel(self) -> None:
        """Asks it to stop; it does so after its piece, in half a second at most. A result that
        stands already is let go."""
        self._stop.set()
        if self.finished:
            self.result = b""

    def look(self) -> tuple[float, str]:
        """How far it is, 0 to 1, and in words. Also tells it that somebody is still there."""
        self._seen = time.monotonic()
        if self.waiting:
            return 0.0, say("bulk.waiting")
        if not self.done:
            return 0.0, say("bulk.opening")
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

    def _run(self, column: int, lookup: Lookup) -> None:
        try:
            while not _SLOTS.acquire(timeout=0.2):
                if self._should_stop():
                    raise BulkCancelled
            try:
                self._convert(column, lookup)
            finally:
                _SLOTS.release()
        except BulkCancelled:
            self.cancelled = True
        except TableProblem as problem:
            self.problem = bulk_columns.problem_words(problem)
        except Exception as problem:
            # Its text may hold what is in the file, so only its kind is written down.
            _LOG.error("A list could not be finished: %s", type(problem).__name__)
            self.problem = say("bulk.broken")
        finally:
            self._data = b""
            self._finished.set()
        if self.result:
            # Only weakly held: with the visit's session the result goes at once.
            later = threading.Timer(KEEP_SECONDS, _expire, args=(weakref.ref(self),))
            later.daemon = True
            later.start()

    def _convert(self, column: int, lookup: Lookup) -> None:
        self._started = time.monotonic()
        self.waiting = False
        table = open_table(self._data, column=column)
        self.note_name = bulk_columns.added_names(table.header)[-1]
        out = io.BytesIO()
        for piece in convert(table, lookup, progress=self._progress, cancelled=self._should_stop):
            out.write(piece)
        self.matched, self.notes = (
            table.matched,
            tuple(map(bulk_columns.reading_words, table.notes)),
        )
        self.result = out.getvalue()

    def preview(self) -> list[list[str]]:
        """The header and the first rows of the result."""
        start = self.result[: 4 * _MB].decode("utf-8-sig", "ignore")
        return list(islice(csv.reader(io.StringIO(start, newline="")), PREVIEW_ROWS + 1))


def _expire(job: weakref.ref[Job]) -> None:
    old = job()
    if old is not None:
        old.expired, old.result = True, b""


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
    minutes = KEEP_SECONDS // 60
    html.render(
        Markup("<p>{}</p><p>{}</p>").format(say("bulk.intro"), say("bulk.privacy", minutes=minutes))
    )
    uploaded = st.file_uploader(
        say("bulk.upload_label"),
        type=["csv", "xlsx", "tsv", "txt"],
        key=f"bulk_file_{st.session_state.get('bulk_deletions', 0)}",
        on_change=_forget,
        help=say("bulk.upload_help", size=upload_limit_mb()),
    )
    said = st.session_state.pop("bulk_said", "")
    job = _job()
    if job is not None and job.expired:
        _forget()
        job, said = None, say("bulk.expired", minutes=minutes)
    if said:
        html.render(Markup('<p role="status">{}</p>').format(said))
    if uploaded is not None:
        _with_file(uploaded)
    elif job is not None:
        _let_go_of_upload()  # somebody was on another page: the browser has no file any more
        _show(job)
    else:
        _columns_text()


def _with_file(uploaded: UploadedFile) -> None:
    """The file's columns, then the way to start, or the work on it."""
    upload = _opened(uploaded)
    if upload.problem:
        html.render(cards.alert(say("bulk.problem_title"), upload.problem))
        return
    column = st.selectbox(
        say("bulk.column_label"),
        range(len(upload.names)),
        index=upload.column,
        format_func=lambda place: upload.names[place],
        placeholder=say("bulk.column_placeholder"),
        key=f"bulk_column_{upload.file_id}",
    )
    if column is None:
        words = bulk_columns.problem_words(TableProblem(ProblemKind.NO_COLUMN))
        html.render(cards.alert(say("bulk.problem_title"), words))
        return
    key = (upload.file_id, int(column))
    job = _job()
    is_same = job is not None and job.key == key
    if job is not None and is_same:
        _show(job)
    if job is None or not is_same or job.cancelled or job.problem:
        st.button(say("bulk.start"), type="primary", on_click=_start, args=(uploaded, key))


def _opened(uploaded: UploadedFile) -> Upload:
    """The file's columns. It is opened once, not with every run of the page."""
    known: Upload | None = st.session_state.get("bulk_upload")
    if known is None or known.file_id != uploaded.file_id:
        try:
            with st.spinner(say("bulk.opening")):
                table = open_table(uploaded.getvalue())
            known = Upload(uploaded.file_id, table.column_names(), table.column)
        except TableProblem as problem:
            known = Upload(uploaded.file_id, problem=bulk_columns.problem_words(problem))
        st.session_state.bulk_upload = known
    return known


def _job() -> Job | None:
    job: Job | None = st.session_state.get("bulk_job")
    return job


def _start(uploaded: UploadedFile, key: tuple[str, int]) -> None:
    _forget()
    data = uploaded.getvalue()
    st.session_state.bulk_job = Job(data, key[1], _lookup(), key=key, name=uploaded.name)


def _forget() -> None:
    """Stops what runs and lets go of its result."""
    job = st.session_state.pop("bulk_job", None)
    if job is not None:
        job.cancel()


def _delete() -> None:
    """Lets go of the result and the upload, and of the name in the upload's box."""
    _forget()
    _let_go_of_upload()
    st.session_state.bulk_deletions = st.session_state.get("bulk_deletions", 0) + 1
    st.session_state.bulk_said = say("bulk.deleted")


def _let_go_of_upload() -> None:
    """Streamlit would keep the file until the visit ends, also when its box is gone."""
    upload: Upload | None = st.session_state.pop("bulk_upload", None)
    context = get_script_run_ctx()
    remove = getattr(getattr(context, "uploaded_file_mgr", None), "remove_file", None)
    if upload is not None and context is not None and remove is not None:
        remove(context.session_id, upload.file_id)


def _cancel() -> None:
    job = _job()
    if job is not None:
        job.cancel()
        job.wait(2)


def _show(job: Job) -> None:
    """How far it is, its result, or why there is none."""
    if not job.finished:
        _watch()
    elif job.problem:
        html.render(cards.alert(say("bulk.problem_title"), job.problem))
    elif job.cancelled:
        html.render(Markup('<p role="status">{}</p>').format(say("bulk.cancelled")))
    else:
        _result(job)


@st.fragment(run_every=POLL_SECONDS)
def _watch() -> None:
    """The bar, twice a second, until the job is finished."""
    job = _job()
    if job is None or job.finished:
        st.rerun()
    share, text = job.look()
    st.progress(share, text)
    st.button(say("bulk.cancel"), on_click=_cancel, key="bulk_cancel")


def _result(job: Job) -> None:
    counts = say(
        "bulk.done",
        rows=f"{job.done:,}",
        matched=f"{job.matched:,}",
        unmatched=f"{job.done - job.matched:,}",
        note=job.note_name,
    )
    name = PurePath(job.name)
    csv_note = [say("bulk.csv_note")] if name.suffix.lower() == ".xlsx" else []
    notes = Markup("").join(Markup("<p>{}</p>").format(n) for n in (*csv_note, *job.notes))
    html.render(
        Markup('<div role="status"><h2>{}</h2><p>{}</p></div>{}').format(
            say("bulk.done_heading", name=job.name), counts, notes
        )
    )
    with st.container(horizontal=True, key="bulk-result"):
        st.download_button(
            say("bulk.download"),
            lambda: job.result,
            file_name=f"{name.stem}-mmhs.csv",
            mime="text/csv",
            on_click="ignore",
            type="primary",
            key="bulk_download",
        )
        st.button(say("bulk.delete"), on_click=_delete, key="bulk_delete")
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
        '<table class="data-table figures-table preview-table"><caption>{}</caption>'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>"
    ).format(caption, caption, head, body)


def _columns_text() -> None:
    html.render(
        Markup("<h2>{}</h2><p>{}</p>").format(say("bulk.columns_heading"), say("bulk.columns_text"))
    )
