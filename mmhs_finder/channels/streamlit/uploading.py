"""What the page of a visit tells the desk for files (`shell.upload_desk`), and hears from it.

Not for: what stands on the page (`bulk`).
"""

from __future__ import annotations

import streamlit as st

from mmhs_finder.channels.list_memory import Held
from mmhs_finder.channels.privates import visit_number
from mmhs_finder.channels.shell.browser import HEADER
from mmhs_finder.channels.shell.upload_desk import DESK, Refusal
from mmhs_finder.channels.shell.uploads import SOCKET_HEADER
from mmhs_finder.tables.reading import MAX_BYTES


def largest_file() -> int:
    """Bytes: our own limit, or the server's where that is lower."""
    said: int = st.get_option("server.maxUploadSize")
    return min(MAX_BYTES, said * 1024 * 1024)


def follow(*, has_box: bool) -> None:
    """Called with every run of a page, before it is drawn. has_box: it shows a box for a file."""
    headers = st.context.headers
    socket = headers.get(SOCKET_HEADER) or ""
    if has_box:
        DESK.open(visit_number(), headers.get(HEADER) or "", socket)
    else:
        DESK.close(visit_number(), socket)


def take_refusal() -> Refusal | None:
    """Why this visit's last file was not taken; once."""
    return DESK.take_refusal(visit_number())


def held() -> Held | None:
    """The bytes of the file that this visit has sent."""
    return DESK.held(visit_number())


def let_go() -> None:
    """This visit's file goes."""
    DESK.let_go(visit_number())
