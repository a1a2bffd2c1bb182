"""What every visitor's page shares: the served application, and the wait until it can answer.

On the very first start the postcode index does not exist yet and takes some seconds to build. That
happens in the background, and `wait_for_postcode_index` shows how far it is, not an empty page.
Not for: making anything (`mmhs_finder.application`), or what a visit knows (`visit`).
"""

from __future__ import annotations

import time

import streamlit as st

from mmhs_finder.answers.finding import Finder
from mmhs_finder.application import served
from mmhs_finder.directory import Directory
from mmhs_finder.words import say

_UNNOTICED = 0.4  # seconds: shorter waits show nothing
_REDRAW = 0.25


def directory() -> Directory:
    """The directory, checked when the app started."""
    return served().directory


def finder() -> Finder:
    """The finder over the directory. Waits for the index."""
    return served().finder


def wait_for_postcode_index() -> bool:
    """Makes sure that the index is ready, with words and a bar while it is not.

    Returns False, after a message, when it cannot be opened; the next visit tries again.
    """
    attempt = served().index.start()
    if not attempt.finished_within(_UNNOTICED):
        place = st.empty()
        with place.container():
            st.title(say("frame.waiting_title"), anchor=False)
            st.write(say("frame.waiting"))
            bar = st.progress(0.0)
            while not attempt.finished_within(_REDRAW):
                bar.progress(attempt.share)
            bar.progress(1.0)
            time.sleep(0.1)
        place.empty()
    if attempt.failed:
        st.warning(say("frame.failed"))
        return False
    return True
