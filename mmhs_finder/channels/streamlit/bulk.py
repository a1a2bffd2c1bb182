"""Many postcodes at once: upload a list, watch it being worked on, look at it, download it.

Opening a list and looking it up run in threads of their own, so that the page can show how far they
are and can stop them. The work goes on, and the result stands, while somebody looks at another page
of this visit. The file and the result are in memory only, and let go: when the file is taken away,
when somebody says so, half an hour after the list was ready, and with the visit.
Not for: the work itself (`bulk_job`), reading tables (`mmhs_finder.tables`), looking up
(`mmhs_finder.bulk`), or the columns (`mmhs_finder.views.bulk_columns`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Final

import streamlit as st
from markupsafe import Markup

from mmhs_finder.application import Application, served
from mmhs_finder.bulk import Lookup
from mmhs_finder.channels.privates import UploadedFile, forget_upload
from mmhs_finder.channels.shell.upload_desk import Refusal
from mmhs_finder.channels.streamlit import uploading
from mmhs_finder.channels.streamlit.bulk_job import KEEP_SECONDS, Job, ListOpening, Upload
from mmhs_finder.channels.streamlit.bulk_work import Work
from mmhs_finder.channels.streamlit.draw import download, render
from mmhs_finder.channels.streamlit.visit import UploadedList, Visit
from mmhs_finder.render.files.bulk import sample
from mmhs_finder.render.html import cards
from mmhs_finder.render.html.tables import TableRow, table
from mmhs_finder.tables.columns import PostcodeCells
from mmhs_finder.tables.problems import ProblemKind, TableProblem
from mmhs_finder.views import bulk_columns
from mmhs_finder.words import number, say

POLL_SECONDS: Final = 0.5
_AT_ONCE_SECONDS: Final = 1.0
"""A file that is opened within this time is shown without a word of waiting."""

_MB: Final = 1024 * 1024
_WORKBOOKS: Final = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


def upload_limit_mb() -> int:
    """The largest file in MB: our own limit, or the server's where that is lower."""
    return uploading.largest_file() // _MB


def _lookup(application: Application) -> Lookup:
    return Lookup(application.finder)


def show() -> None:
    """Draws the page below its title."""
    uploaded_list, minutes = Visit().bulk, KEEP_SECONDS // 60
    render(
        Markup("<p>{}</p><p>{}</p>").format(say("bulk.intro"), say("bulk.privacy", minutes=minutes))
    )
    if (refused := uploading.take_refusal()) is not None:
        uploaded_list.deletions += 1  # a new, empty box in place of the one with the refused file
        render(cards.alert(say("bulk.problem_title"), _refusal_words(refused)))
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
    if upload is None:
        return
    if upload.problem:
        render(cards.alert(say("bulk.problem_title"), upload.problem))
        return
    if len(upload.sheets) > 1:
        of_sheet = _of_sheet(uploaded, upload)
        if of_sheet is None:
            return
        upload = of_sheet
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
    if job is None or not is_same or job.ended_without_result:
        render(_paragraphs(upload.notes))
        st.button(say("bulk.start"), type="primary", on_click=_start, args=(uploaded, key))


def _refusal_words(refused: Refusal) -> str:
    match refused:
        case Refusal.TOO_BIG:
            return say("bulk.problem_too_big", size=upload_limit_mb())
        case Refusal.TOO_SLOW:
            return say("bulk.refused_slow")
        case Refusal.FULL:
            return say("bulk.refused_full")
        case Refusal.LET_GO:
            return say("bulk.refused_let_go")


def _of_sheet(uploaded: UploadedFile, upload: Upload) -> Upload | None:
    """The sheets to choose from, and what the chosen one is; None as `_opened`."""
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
    return None if found is None else replace(found, sheets=upload.sheets)


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


def _opened(uploaded: UploadedFile, sheet: str | None = None) -> Upload | None:
    """What the file is, or its sheet; None while it is being opened, and then the page says so.

    It is opened once, not with every run of the page.
    """
    uploaded_list = Visit().bulk
    known = uploaded_list.upload if sheet is None else uploaded_list.of_sheet
    is_same = known is not None and known.file_id == uploaded.file_id
    if known is not None and is_same and sheet in (None, known.sheet):
        return known
    opening = uploaded_list.opening
    if opening is None or opening.key != (uploaded.file_id, sheet):
        if opening is not None:
            opening.cancel()
        data = uploaded.getvalue()
        opening = ListOpening(uploaded.file_id, data, sheet, uploading.held())
        uploaded_list.opening = opening
    if not opening.wait(_AT_ONCE_SECONDS):
        _watch_opening()
        return None
    if opening.problem or opening.upload is None:
        if opening.problem:
            render(cards.alert(say("bulk.problem_title"), opening.problem))
        else:
            render(Markup('<p role="status">{}</p>').format(say("bulk.cancelled")))
        st.button(say("bulk.again"), on_click=_forget_opening, key=UploadedList.AGAIN)
        return None
    found = opening.upload
    uploaded_list.opening = None
    if sheet is None:
        uploaded_list.upload, uploaded_list.of_sheet = found, None
    else:
        uploaded_list.of_sheet = found = replace(found, sheet=sheet)
    return found


@st.fragment(run_every=POLL_SECONDS)
def _watch_opening() -> None:
    """Its place in the line, twice a second, until the file is open."""
    opening = Visit().bulk.opening
    if opening is None or opening.finished:
        st.rerun()
    _bar(opening, _cancel_opening)


def _cancel_opening() -> None:
    opening = Visit().bulk.opening
    if opening is not None:
        opening.cancel()
        opening.wait(2)


def _forget_opening() -> None:
    """What is being opened stops; the next run of the page tries it anew."""
    opening = Visit().bulk.take_opening()
    if opening is not None:
        opening.cancel()


def _start(uploaded: UploadedFile, key: tuple[str, PostcodeCells | None, str | None]) -> None:
    _forget()
    lookup = served().once(_lookup)
    Visit().bulk.job = Job(
        uploaded.getvalue(), key[1:], lookup, key=key, name=uploaded.name, held=uploading.held()
    )


def _forget() -> None:
    """Stops what runs and lets go of its result."""
    _forget_opening()
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
    uploading.let_go()
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
    elif not job.has_result:
        render(cards.alert(say("bulk.problem_title"), say("bulk.refused_let_go")))
    else:
        _result(job)


@st.fragment(run_every=POLL_SECONDS)
def _watch() -> None:
    """The bar, twice a second, until the job is finished."""
    job = Visit().bulk.job
    if job is None or job.finished:
        st.rerun()
    _bar(job, _cancel)


def _bar(work: Work, cancel: Callable[[], None]) -> None:
    share, text = work.look()
    st.progress(share, text)
    st.button(say("bulk.cancel"), on_click=cancel, key=UploadedList.CANCEL)


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
