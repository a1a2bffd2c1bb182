"""Makes at start what the first visitors would wait for.

Streamlit would search all memory for garbage after every run of a page, while everybody waits
(`runner.postScriptGC` in `.streamlit/config.toml` turns that off). `keeping` searches every half
minute, and only what has come since then.
Not for: what all visitors share (`mmhs_finder.application`), or when a visit is let go
(`channels.streamlit.sessions`).
"""

from __future__ import annotations

import logging
import pkgutil
from datetime import datetime
from importlib import import_module

from mmhs_finder.application import Application
from mmhs_finder.channels import streamlit as pages
from mmhs_finder.channels.shell.quiet_log import where
from mmhs_finder.hours import LONDON
from mmhs_finder.memory import settle
from mmhs_finder.render.html.answer import lines_parts
from mmhs_finder.render.maps.answer import result_map
from mmhs_finder.render.maps.shapes_files import DETAIL
from mmhs_finder.views.answer import answer_view

_LOG = logging.getLogger(__name__)
_THE_SCRIPT = "router"  # what Streamlit runs itself: the only one that draws when it is imported


def warm_up(application: Application) -> None:
    """Loads the pages' modules, makes what all visitors share, and settles memory.

    What cannot be made now is left: who needs it is told then. Waits for the postcode index.
    """
    try:
        _load_pages()
        _make(application)
    except Exception as problem:
        _LOG.warning("Not everything could be made ready at start: %s", where(problem))
    settle()


def _load_pages() -> None:
    for module in pkgutil.iter_modules(pages.__path__, f"{pages.__name__}."):
        if not module.name.endswith(f".{_THE_SCRIPT}"):
            import_module(module.name)


def _make(application: Application) -> None:
    finder = application.finder
    directory = application.directory
    shapes = application.shapes_files.url(DETAIL)
    application.coverage(datetime.now(LONDON).date())
    for council in directory.councils():
        finder.shapes.bounds([council.code])
        finder.shapes.neighbours(council.code)
        view = answer_view(finder.find(finder.council(council.code)))
        list(lines_parts(view))
        result_map(view, finder.shapes, directory, shapes).data()
        break
