"""What every visitor's page shares, loaded once a process: the directory and the postcode index.

On the very first start the index does not exist yet and takes some seconds to build. That happens
in the background, and `wait_for_postcode_index` shows how far it is instead of an empty page.
"""

from __future__ import annotations

import logging
import threading
import time

import streamlit as st

from mmhs_finder.answers.finding import Finder
from mmhs_finder.directory import Directory, load_directory
from mmhs_finder.postcodes import PostcodeIndex, open_index
from mmhs_finder.postcodes.geocoders import fallback_geocoder
from mmhs_finder.words import say

_LOG = logging.getLogger(__name__)

_UNNOTICED = 0.4  # seconds: shorter waits show nothing
_REDRAW = 0.25


class _IndexJob:
    """Opens the index in a thread of its own, and knows how far it is."""

    def __init__(self) -> None:
        self.share = 0.0
        self._index: PostcodeIndex | None = None
        self._problem: Exception | None = None
        self._finished = threading.Event()
        threading.Thread(target=self._open, name="postcode-index", daemon=True).start()

    def _open(self) -> None:
        try:
            self._index = open_index(self._report)
        except Exception as problem:  # shown to the visitor in plain words, and written to the log
            self._problem = problem
            _LOG.exception("The postcode index could not be opened")
        finally:
            self._finished.set()

    def _report(self, done: int, total: int, _text: str) -> None:
        self.share = min(done / total, 1.0) if total else 0.0

    def finished_within(self, seconds: float) -> bool:
        return self._finished.wait(seconds)

    @property
    def failed(self) -> bool:
        return self._problem is not None

    def result(self) -> PostcodeIndex:
        self._finished.wait()
        if self._index is None:
            raise RuntimeError("the postcode index could not be opened") from self._problem
        return self._index


@st.cache_resource(show_spinner=False)
def directory() -> Directory:
    """The directory, checked when the app started."""
    return load_directory()


@st.cache_resource(show_spinner=False)
def _index_job() -> _IndexJob:
    return _IndexJob()


def postcode_index() -> PostcodeIndex:
    """The postcode index. Waits when it is still being built."""
    return _index_job().result()


@st.cache_resource(show_spinner=False)
def finder() -> Finder:
    """The finder over both. Waits for the index, too."""
    return Finder(directory(), postcode_index(), newer=fallback_geocoder())


def wait_for_postcode_index() -> bool:
    """Makes sure that the index is ready, with words and a bar while it is not.

    Returns False, after a message, when it cannot be opened; the next visit tries again.
    """
    job = _index_job()
    if not job.finished_within(_UNNOTICED):
        place = st.empty()
        with place.container():
            st.title(say("frame.waiting_title"), anchor=False)
            st.write(say("frame.waiting"))
            bar = st.progress(0.0)
            while not job.finished_within(_REDRAW):
                bar.progress(job.share)
            bar.progress(1.0)
            time.sleep(0.1)
        place.empty()
    if job.failed:
        _index_job.clear()
        st.warning(say("frame.failed"))
        return False
    return True
