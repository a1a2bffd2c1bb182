"""Many postcodes at once: upload a list, watch it being worked on, look at it, download it.

The work runs in a thread of its own, so that the page can show how far it is and can stop it. It
goes on, and the result stands, while somebody looks at another page of this visit. The file and the
result are in memory only, and let go: when the file is taken away, when somebody says so, half an
hour after the list was ready, and with the visit.
Not for: the work itself (`bulk_job`), reading tables (`mmhs_finder.tables`), looking up
(`mmhs_finder.bulk`), or the columns (`mmhs_finder.views.bulk_columns`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Final

import streamlit as st
from markupsafe import Markup

from mmhs_finder.application import Application, served
from mmhs_finder.bulk import Lookup
from mmhs_finder.channels.privates import UploadedFile, forget_upload, keep_uploads_in_memory
from mmhs_finder.channels.streamlit.bulk_job import KEEP_SECONDS, Job, Upload, look_into
from mmhs_finder.channels.streamlit.draw import download, render
from mmhs_finder.channels.streamlit.visit import UploadedList, Visit
from mmhs_finder.render.files.bulk import sample
from mmhs_finder.render.html import cards
from mmhs_finder.render.html.tables import TableRow, table
from mmhs_finder.tables.columns import PostcodeCells
from mmhs_finder.tables.problems import ProblemKind, TableProblem
from mmhs_finder.tables.reading import MAX_BYTES
from mmhs_finder.views import bulk_columns
from mmhs_finder.words import number, say

POLL_SECONDS: Final = 0.5
_MB: Final = 1024 * 1024
_WORKBOOKS: Final = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


def upload_limit_mb() -> int:
    """The largest file in MB: our own limit, or the server's where that is lower."""
    return int(min(MAX_BYTES // _MB, st.get_option("server.maxUploadSize")))


def _lookup(application: Application) -> Lookup:
    return Lookup(application.finder)


def show() -> None:
    """Draws the page below its title."""
    keep_uploads_in_memory((upload_limit_mb() + 1) * _MB)
    uploaded_list, minutes = Visit().bulk, KEEP_SECONDS // 60
    render(
        Markup("<p>{}</p><p>{}</p>").format(say("bulk.intro"), say("bulk.privacy", minutes=minutes))
    )
    uploaded = st.file_uploader(
        say("bulk.upload_label"),
        type=None,  # what is no list is told so in our words, with a way round it
        key=uploaded_list.file_key,
        on_change=_forget,
        max_upload_size=upload_limit_mb(),
        help=say("bulk.upload_help", size=upload_limit_mb()),
    )
    said = uploaded_list.take_said()
    job = uploaded_list.job
    if job is not None and job.expired:
        _forget()
        job, said = None, say("bulk.expired", minutes=minutes)
    if said:
        render(Markup('<p role="status">{}</p>').format(said))
    if uploaded is not None:
        _with_file(uploaded)
    elif job is not None:
        _let_go_of_upload()  # somebody was on another page: the browser has no file any more
        _show(job)
    else:
        _sample()
        _columns_text()


def _with_file(uploaded: UploadedFile) -> None:
    """The file's sheets and columns, then the way to start, or the work on it."""
    upload = _opened(uploaded)
    if upload.problem:
        render(cards.alert(say("bulk.problem_title"), upload.problem))
        return
    if len(upload.sheets) > 1:
        upload = _of_sheet(uploaded, upload)
        if upload.problem:
            render(cards.alert(say("bulk.problem_title"), upload.problem))
            return
    if not upload.choices:
        return  # first a sheet
    where = None if upload.is_ready else _where(upload)
    if where is None and not upload.is_ready:
        words = bulk_columns.problem_words(TableProblem(ProblemKind.NO_COLUMN))
        render(cards.alert(say("bulk.problem_title"), words))
        return
    key = (upload.file_id, where, upload.sheet)
    job = Visit().bulk.job
    is_same = job is not None and job.key == key
    if job is not None and is_same:
        _show(job)
    if job is None or not is_same or job.cancelled or job.problem:
        render(_paragraphs(upload.notes))
        st.button(say("bulk.start"), type="primary", on_click=_start, args=(uploaded, key))


def _of_sheet(uploaded: UploadedFile, upload: Upload) -> Upload:
    """The sheets to choose from, and what the chosen one is."""
    sheets = ("", *upload.sheets)
    if upload.sheet is None:
        render(Markup("<p>{}</p>").format(say("bulk.sheet_choose")))
    chosen = st.selectbox(
        say("bulk.sheet_label"),
        sheets,
        index=None if upload.sheet is None else sheets.index(upload.sheet),
        format_func=lambda name: name or say("bulk.sheet_all"),
        placeholder=say("bulk.sheet_placeholder"),
        key=UploadedList.sheet_key(upload.file_id),
    )
    if chosen is None or chosen == upload.sheet:
        return upload
    found = _opened(uploaded, str(chosen))
    return replace(found, sheets=upload.sheets)


def _where(upload: Upload) -> PostcodeCells | None:
    """The column that is chosen, or what was found."""
    place = st.selectbox(
        say("bulk.column_label"),
        range(len(upload.names)),
        index=upload.chosen,
        format_func=lambda number: upload.names[number],
        placeholder=say("bulk.column_placeholder"),
        key=UploadedList.column_key(upload.file_id, upload.sheet or ""),
    )
    return None if place is None else upload.choices[int(place)]


def _opened(uploaded: UploadedFile, sheet: str | None = None) -> Upload:
    """What the file is, or its sheet. It is opened once, not with every run of the page."""
    uploaded_list = Visit().bulk
    first = uploaded_list.upload
    if first is None or first.file_id != uploaded.file_id:
        with st.spinner(say("bulk.opening")):
            first = look_into(uploaded.file_id, uploaded.getvalue(), None)
        uploaded_list.upload, uploaded_list.of_sheet = first, None
    if sheet is None:
        return first
    known = uploaded_list.of_sheet
    if known is None or known.file_id != uploaded.file_id or known.sheet != sheet:
        with st.spinner(say("bulk.opening")):
            known = look_into(uploaded.file_id, uploaded.getvalue(), sheet)
        known = replace(known, sheet=sheet)
        uploaded_list.of_sheet = known
    return known


def _start(uploaded: UploadedFile, key: tuple[str, PostcodeCells | None, str | None]) -> None:
    _forget()
    lookup = served().once(_lookup)
    Visit().bulk.job = Job(uploaded.getvalue(), key[1:], lookup, key=key, name=uploaded.name)


def _forget() -> None:
    """Stops what runs and lets go of its result."""
    job = Visit().bulk.take_job()
    if job is not None:
        job.cancel()


def _delete() -> None:
    """Lets go of the result and the upload, and of the name in the upload's box."""
    _forget()
    _let_go_of_upload()
    uploaded_list = Visit().bulk
    uploaded_list.deletions += 1
    uploaded_list.said = say("bulk.deleted")


def _let_go_of_upload() -> None:
    upload = Visit().bulk.take_upload()
    if upload is not None:
        forget_upload(upload.file_id)


def _cancel() -> None:
    job = Visit().bulk.job
    if job is not None:
        job.cancel()
        job.wait(2)


def _show(job: Job) -> None:
    """How far it is, its result, or why there is none."""
    if not job.finished:
        _watch()
    elif job.problem:
        render(cards.alert(say("bulk.problem_title"), job.problem))
    elif job.cancelled:
        render(Markup('<p role="status">{}</p>').format(say("bulk.cancelled")))
    else:
        _result(job)


@st.fragment(run_every=POLL_SECONDS)
def _watch() -> None:
    """The bar, twice a second, until the job is finished."""
    job = Visit().bulk.job
    if job is None or job.finished:
        st.rerun()
    share, text = job.look()
    st.progress(share, text)
    st.button(say("bulk.cancel"), on_click=_cancel, key=UploadedList.CANCEL)


def _result(job: Job) -> None:
    counts = say(
        "bulk.done",
        rows=number(job.done),
        matched=number(job.matched),
        unmatched=number(job.done - job.matched),
        note=job.note_name,
    )
    name = PurePath(job.name)
    render(
        Markup('<div role="status"><h2>{}</h2><p>{}</p></div>').format(
            say("bulk.done_heading", name=job.name), counts
        )
    )
    with st.container(horizontal=True, key="bulk-result"):
        download(
            say("bulk.download"),
            job.taken,
            f"{name.stem}-mmhs.csv",
            "text/csv",
            key=UploadedList.DOWNLOAD,
            first=True,
        )
        st.button(say("bulk.delete"), on_click=_delete, key=UploadedList.DELETE)
    is_workbook = name.suffix.lower() in _WORKBOOKS
    csv_note = [say("bulk.csv_note")] if is_workbook else []
    render(
        Markup("<h3>{}</h3>{}").format(
            say("bulk.notes_heading"), _paragraphs((*csv_note, *job.notes))
        )
    )
    if job.missed:
        head = say("bulk.why_reason"), say("bulk.why_rows")
        why = [TableRow(reason, [rows]) for rows, reason in job.missed]
        render(table(say("bulk.why_heading"), head, why, "figures-table"))
    rows = job.preview()
    caption = say("bulk.preview", count=len(rows) - 1)
    render(preview_table(rows, caption))
    _columns_text()


def preview_table(rows: Sequence[Sequence[str]], caption: str) -> Markup:
    """A table that scrolls sideways. The first row is its head."""
    body = [TableRow(None, row) for row in rows[1:]]
    return table(caption, rows[0], body, "figures-table preview-table", scrolls=True)


def _sample() -> None:
    render(Markup("<p>{}</p>").format(say("bulk.sample_text")))
    download(say("bulk.sample"), sample, "sample-list.csv", "text/csv", key=UploadedList.SAMPLE)


def _columns_text() -> None:
    head = say("bulk.columns_name"), say("bulk.columns_what")
    rows = [TableRow(name, [what]) for name, what in bulk_columns.added_columns()]
    added = table(say("bulk.columns_caption"), head, rows, "figures-table")
    render(
        Markup("<h2>{}</h2>{}<p>{}</p>").format(
            say("bulk.columns_heading"), added, say("bulk.columns_text")
        )
    )


def _paragraphs(texts: Sequence[str]) -> Markup:
    return Markup("").join(Markup("<p>{}</p>").format(text) for text in texts)
