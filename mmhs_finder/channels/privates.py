"""Every inside of Streamlit, starlette and uvicorn that we use, and nothing else.

None of these is promised to stay. Each says why it is needed and what happens when it has gone.
After an upgrade `tests/contract/test_privates.py` names those that have; look there first.
Those of the web server and of its messages are in `wire`.
Not for: what they are used for, which stands beside each use.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from starlette.formparsers import MultiPartParser
from streamlit import runtime
from streamlit.errors import FragmentHandledException
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

__all__ = ["FragmentHandledException", "UploadedFile"]
# `FragmentHandledException`: how a fragment that broke tells the script to say nothing more.
# Without it the visitor would read two messages. `UploadedFile`: what `st.file_uploader` returns;
# for annotations only.


# --- the server --------------------------------------------------------------------------------


def expiry_of_visits(app: Any) -> Callable[[], object] | None:
    """What makes Streamlit let go of visits whose time is over; None when it has changed inside.

    app: the `st.App`. Needed because Streamlit looks only when the next visit breaks off, which at
    night can be hours later. Without it answers stay in memory longer than the setting says.
    """
    manager = getattr(getattr(app, "_runtime", None), "_session_mgr", None)
    kept = getattr(getattr(manager, "_session_storage", None), "_cache", None)
    return getattr(kept, "expire", None)


def _running() -> Any:
    """Streamlit's runtime; None where none runs."""
    return runtime.get_instance() if runtime.exists() else None


def visit_number() -> str:
    """The number of the visit whose page is drawn; "" outside of one, or when it cannot be known.

    Without it a file that a visit offers is let go with the visit's memory only: some time later.
    """
    return getattr(get_script_run_ctx(), "session_id", "")


def is_visit_kept(number: str) -> bool:
    """Whether the server still has a visit, connected or waiting for its page to come back.

    Where that cannot be known the answer is yes: see `visit_number`.
    """
    known = getattr(getattr(_running(), "_session_mgr", None), "get_session_info", None)
    return not number or known is None or known(number) is not None


def run_of_now() -> object | None:
    """What stands for the run of a page that this thread is in: another object for each run, which
    goes with it; None outside.

    Streamlit makes a new coordinator of fragments at the beginning of a run, before callbacks.
    Without it a page whose data are replaced while it runs may draw half of it from each.
    """
    context = get_script_run_ctx(suppress_warning=True)
    return getattr(context, "parallel_coordinator", None)


def open_visits(app: Any) -> int | None:
    """How many visits are connected; None when Streamlit has changed inside.

    app: the `st.App`. Without it the metrics do not say it.
    """
    manager = getattr(getattr(app, "_runtime", None), "_session_mgr", None)
    count = getattr(manager, "num_active_sessions", None)
    return int(count()) if count is not None else None


def forget_upload(file_id: str) -> None:
    """Lets go of an uploaded file of this visit now.

    Without it Streamlit keeps the file until the visit ends, also when its box is gone.
    """
    context = get_script_run_ctx()
    remove = getattr(getattr(context, "uploaded_file_mgr", None), "remove_file", None)
    if context is not None and remove is not None:
        remove(context.session_id, file_id)


def _run_again(session: Any) -> None:
    # As it was drawn last: without that Streamlit would draw the first page instead.
    last = getattr(session, "_client_state", None)
    if session is not None and last is not None:
        session.request_rerun(last)


def connected_visits() -> list[str]:
    """The numbers of the visits that are connected. Only from the thread of the event loop.

    Without it a page that stands open shows what was withdrawn until its next press.
    """
    manager: Any = getattr(_running(), "_session_mgr", None)
    if not hasattr(manager, "list_active_sessions"):
        return []
    return [one.session.id for one in manager.list_active_sessions()]


def draw_again(visit: str) -> bool:
    """Has the page of a visit drawn again as it stands, unless it is being drawn: then False.

    What somebody chose stays: the page is drawn with what the server knows of it, and who is in
    the middle of a run has choices in it that the server knows only at its end. Only from the
    thread of the event loop. Without it: as `connected_visits`.
    """
    running = _running()
    session = running.get_app_session(visit) if running is not None else None
    if getattr(session, "_scriptrunner", None) is not None:
        return False
    _run_again(session)
    return True


UPLOADS: Final = "/_stcore/upload_file/"
"""The address that takes files; behind it the number of a visit and that of a file. Where it has
changed nothing guards it (`shell.uploads`), and no page of ours sends to the old one."""


class UploadStore:
    """The files that Streamlit keeps for visits, from outside a page.

    Needed because it takes, and keeps, more than it should (`shell.uploads`). Without it a file
    that has come in is not counted, and stays until its visit ends.
    """

    def size(self, visit: str, file: str) -> int | None:
        """Bytes; None when it is not there."""
        kept = self._manager()
        files = kept.get_files(visit, [file]) if kept is not None else []
        return len(files[0].data) if files else None

    def remove(self, visit: str) -> None:
        """Removes every file of a visit."""
        if (kept := self._manager()) is not None:
            kept.remove_session_files(visit)

    def run_again(self, visit: str) -> None:
        """Has the page of a visit drawn again. Without it a refusal is said with the next press."""
        running = _running()
        _run_again(running.get_app_session(visit) if running is not None else None)

    def _manager(self) -> Any:
        return getattr(_running(), "uploaded_file_mgr", None)


def keep_uploads_in_memory(up_to: int) -> None:
    """Uploads of at most so many bytes are not written to disk while they come in.

    A class attribute of starlette, so it holds for the whole process. Without it the web server
    writes uploads over 1 MB to a temporary file.
    """
    MultiPartParser.spool_max_size = up_to


def visits_of(browser: str) -> list[str]:
    """The numbers of the visits that a browser has in this process: those that are connected, and
    those that are kept for it.

    browser: its number, as Streamlit is told it. Without it "Leave this page" leaves the answers in
    memory for minutes, and who is inside is turned away like a newcomer when the process is full.
    """
    manager: Any = getattr(_running(), "_session_mgr", None)
    sessions = manager.list_sessions() if hasattr(manager, "list_sessions") else []
    return [
        one.session.id
        for one in sessions
        if getattr(one.session, "_user_info", {}).get("browser") == browser
    ]


def forget_visit(number: str) -> None:
    """Ends a visit at once: its run is stopped, what it knew and sent is let go of.

    Only from the thread of the event loop. Without it the visit stays until its time is over.
    """
    close = getattr(_running(), "close_session", None)
    if close is not None:
        close(number)


XSRF_COOKIE: Final = "_streamlit_xsrf"
"""Its cookie, a random number that its uploads need. Elsewhere "Leave this page" leaves it behind,
and who looks can see that a page made with Streamlit was open."""

SEARCH_AFTER_RUNS: Final = "runner.postScriptGC"
"""The hidden option by which Streamlit searches all memory for garbage after every run of a page;
`.streamlit/config.toml` turns it off. Where it has gone, every answer takes three times as long."""


# --- what it sends -----------------------------------------------------------------------------


def static_files() -> Path:
    """The folder of Streamlit's own files that it serves under `/static/`.

    Without it they go out as they are, more than a megabyte that a phone would wait for.
    """
    package = importlib.util.find_spec("streamlit")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("streamlit is not installed")
    return Path(package.origin).parent / "static" / "static"


HASHED_FILE: Final = re.compile(r"/static/((?:js|css)/[\w.-]+\.(js|css))")
"""The address of a script or style sheet whose name carries a digest of its content, so that it may
be kept for ever. Group 1: its path in `static_files()`, 2: its kind."""


def loaded_first(folder: Path) -> list[str]:
    """The scripts and style sheets that Streamlit's first page names, by their paths in `folder`.

    Without it the first visitor waits until they are compressed. folder: as `static_files`.
    """
    index = folder.parent / "index.html"
    page = index.read_text(encoding="utf-8") if index.is_file() else ""
    names = (found[1] for found in HASHED_FILE.finditer(page))
    return [name for name in names if (folder / name).is_file()]


FONT_FACES: Final = re.compile(
    rb"@font-face\{font-family:(?:Source Sans|Material Symbols Rounded);"
    rb"[^}]*font-style:normal[^}]*\}"
)
"""Where its style sheet says which files its two upright fonts are. Taken out, since we send what
is used of both (`render/static/fonts/`): where they stay, a browser loads half a megabyte more."""

NOT_PAGES: Final = ("/_stcore/", "/static/", "/media/", "/component/")
"""What Streamlit serves that is not its first page. Below these no page of ours is looked for."""

SOCKET: Final = "/_stcore/stream"
"""Where a visit's connection is. Without it no visit begins."""

STATIC_FILE: Final = re.compile(r"/static/((?:css|js|media)/[\w.-]+)", re.ASCII)
"""The address of a file in `static_files()`, by its path there. Without it nothing loads."""

NEEDED: Final[Mapping[re.Pattern[str], tuple[str, ...]]] = {
    re.compile(path, re.ASCII): methods
    for path, methods in {
        r"/_stcore/health": ("GET", "HEAD"),  # asked first; gives the cookie that uploads need
        r"/_stcore/host-config": ("GET",),
        r"/_stcore/upload_file/[\w-]+/[\w-]+": ("PUT", "DELETE"),
        r"/media/[\w.-]+": ("GET", "HEAD"),
        r"/favicon\.png": ("GET", "HEAD"),  # until the app says which icon it has
    }.items()
}
"""What a browser asks of Streamlit in a visit, besides its files and its socket, and how. Recorded
from a visit to every page with a map, an upload and downloads; nothing else is let through. Without
one that is needed, the app does not start, or a list is not taken or given back."""

# Streamlit's one `index.html`, which answers every page address. What is cut from it, and why, is
# said in `shell.index_page`. Where one of these no longer fits, the page keeps what should go: an
# American language tag, a title "Streamlit", a script that the policy refuses, a font of which
# little is used; or its scripts stand before what can be used without them.
INDEX_SHELL: Final = '<div id="root"></div>'
"""Where the app is drawn. A page without it is not rewritten: no way out until the app is there."""

INDEX_LANGUAGE: Final = '<html lang="en">'
INDEX_ICON: Final = 'href="./favicon.png"'
INDEX_LICENCE: Final = re.compile(r"^\s*(<!--.*?-->)\s*(<!DOCTYPE html>)", re.S | re.I)
INDEX_TITLE: Final = re.compile(r"<title>.*?</title>", re.S)
INDEX_REMARKS: Final = re.compile(r"\s*<!--.*?-->", re.S)
INDEX_STYLES: Final = re.compile(r'\s*<link rel="stylesheet"[^>]*>')
INDEX_SCRIPTS: Final = re.compile(
    r'\s*(?:<script type="module"[^>]*></script>|<link rel="modulepreload"[^>]*>)'
)
INDEX_CUTS: Final = (
    re.compile(r'<link\s+rel="preload"[^>]*\bas="font"[^>]*>'),
    re.compile(r"<script>\s*window\.prerenderReady.*?</script>", re.S),
    re.compile(r'<link rel="service-desc"[^>]*>'),
    re.compile(r"<noscript>.*?</noscript>", re.S),
)


# --- what it draws -----------------------------------------------------------------------------

CLASSES: Final = frozenset(
    {
        "stApp",
        "stAppHeader",
        "stAppToolbar",
        "stAppViewContainer",
        "stButton",
        "stButtonGroup",
        "stCheckbox",
        "stColumn",
        "stCustomComponentV1",
        "stDateInput",
        "stDialog",
        "stElementContainer",
        "stExpander",
        "stFileUploader",
        "stForm",
        "stFormSubmitButton",
        "stHorizontalBlock",
        "stHtml",
        "stIFrame",
        "stLinkButton",
        "stMain",
        "stMainBlockContainer",
        "stMultiSelect",
        "stNumberInput",
        "stProgress",
        "stRadio",
        "stSelectbox",
        "stSlider",
        "stTextArea",
        "stTextInput",
        "stVerticalBlock",
    }
)
"""Classes of Streamlit's elements that our style sheets and scripts name. Without one, the rules
for that element are gone: it looks as Streamlit draws it, or is printed."""

TEST_IDS: Final = frozenset(
    {
        "InputInstructions",
        "stAppDeployButton",
        "stHeaderActionElements",
        "stMain",
        "stMainMenu",
        "stPageLink",
        "stSidebar",
        "stSkipToContent",
        "stStatusWidget",
        "stTextInputRootElement",
        "stToolbar",
        "stToolbarActions",
        "stWidgetLabel",
    }
)
"""Elements that have no class of their own, by their `data-testid`. As `CLASSES`."""

RUNNING: Final = '[data-test-script-state="running"]'
"""What the app's outermost element says while an answer is on its way. Without it somebody could
hear the new choice with the old answer (`field.js`)."""

CONNECTION_STATE: Final = "data-test-connection-state"
"""Says on `.stApp` whether the app reaches its server: `CONNECTED`, or another word. Without it
`connection.js` would tell everybody that the connection is lost, and `came_back.js` would not see
that a visit is gone."""

MAIN: Final = "main"
"""The element that it draws a whole page in, urgent numbers and footer included. `landmarks.js` has
a plain box made in its place. Without that the footer is a part of the main content."""

KEY_CLASS: Final = "st-key-"
"""Before the key of an element in its class. It is documented; here because nearly every rule of
our style sheet, and the focus on the postcode box, rest on it."""
