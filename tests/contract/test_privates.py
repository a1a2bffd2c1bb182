"""The contract with what Streamlit and starlette do not promise.

Red after an upgrade: something inside has changed. `mmhs_finder/channels/privates.py` says what it
is used for and what happens without it.
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import re
import subprocess
import sys
import tomllib
import weakref
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit
import uvicorn
from starlette.formparsers import MultiPartParser
from streamlit import config
from streamlit.errors import FragmentHandledException
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.parallel_coordinator import ParallelFragmentCoordinator
from streamlit.runtime.scriptrunner import script_runner
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.runtime.session_manager import SessionManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.web.server.starlette import starlette_server_config
from streamlit.web.server.starlette.starlette_routes import BASE_ROUTE_UPLOAD_FILE
from uvicorn.protocols.http.h11_impl import H11Protocol

from mmhs_finder.channels import privates, wire

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "mmhs_finder"
INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
STYLED = sorted(p for p in PACKAGE.rglob("*") if p.suffix in (".css", ".js"))
FOREIGN = re.compile(r"^\s*(?:from|import) +((?:streamlit|starlette)\b[\w.]*)", re.M)
PUBLIC = {
    "streamlit",
    "streamlit.components.v1",
    "starlette.applications",
    "starlette.background",
    "starlette.concurrency",
    "starlette.datastructures",
    "starlette.exceptions",
    "starlette.middleware",
    "starlette.middleware.gzip",
    "starlette.requests",
    "starlette.responses",
    "starlette.routing",
    "starlette.staticfiles",
    "starlette.types",
}
"""Modules whose names are documented; any other is an inside."""


def test_a_run_of_a_page_stands_for_itself() -> None:
    """Made anew for each run, before callbacks, and able to be held weakly."""
    source = inspect.getsource(ScriptRunContext.reset)
    assert "self.parallel_coordinator = ParallelFragmentCoordinator(" in source
    weakref.ref(ParallelFragmentCoordinator(yield_check=lambda: None, max_workers=1))
    assert privates.run_of_now() is None, "no page is run here"


def test_open_visits_can_be_counted() -> None:
    assert callable(SessionManager.num_active_sessions)
    app = SimpleNamespace(
        _runtime=SimpleNamespace(_session_mgr=SimpleNamespace(num_active_sessions=lambda: 3))
    )
    assert privates.open_visits(app) == 3
    assert privates.open_visits(SimpleNamespace()) is None


def test_no_other_module_imports_an_inside() -> None:
    others = [
        p for p in PACKAGE.rglob("*.py") if p not in (Path(privates.__file__), Path(wire.__file__))
    ]
    found = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in (*others, ROOT / "app.py", *(ROOT / "pages").glob("*.py"))
        for name in FOREIGN.findall(path.read_text(encoding="utf-8"))
        if name not in PUBLIC
    }
    assert not found


# --- the server -----------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_visits_of_a_running_app_can_be_made_to_expire() -> None:
    """In a process of its own: Streamlit allows one runtime a process."""
    code = """
import sys
import streamlit as st
from starlette.testclient import TestClient
from mmhs_finder.channels.privates import expiry_of_visits
app = st.App("pages/about.py")
with TestClient(app):
    forget = expiry_of_visits(app)
    assert forget is not None
    forget()
"""
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, check=True, timeout=120)


@pytest.mark.slow
def test_the_server_knows_which_visits_it_still_has() -> None:
    """In a process of its own, as above."""
    code = """
import streamlit as st
from starlette.testclient import TestClient
from streamlit.runtime import Runtime
from mmhs_finder.channels.privates import is_visit_kept
app = st.App("pages/about.py")
with TestClient(app) as client:
    assert not is_visit_kept("nobody")
    with client.websocket_connect("/_stcore/stream") as socket:
        (one,) = Runtime.instance()._session_mgr.list_active_sessions()
        number = one.session.id
        assert is_visit_kept(number), "connected"
    Runtime.instance()._session_mgr.disconnect_session(number)
    assert is_visit_kept(number), "its page may come back"
    Runtime.instance()._session_mgr.close_session(number)
    assert not is_visit_kept(number)
"""
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, check=True, timeout=120)


def test_a_page_that_is_drawn_knows_its_visits_number() -> None:
    assert privates.visit_number() == "", "outside of one"
    assert "session_id" in {field.name for field in dataclasses.fields(ScriptRunContext)}


def test_an_uploaded_file_can_be_let_go() -> None:
    fields = {field.name for field in dataclasses.fields(ScriptRunContext)}
    assert {"session_id", "uploaded_file_mgr"} <= fields
    given = list(inspect.signature(MemoryUploadedFileManager.remove_file).parameters)
    assert given == ["self", "session_id", "file_id"]


def test_files_are_taken_at_the_address_that_we_guard() -> None:
    assert privates.UPLOADS.strip("/") == BASE_ROUTE_UPLOAD_FILE


def test_the_files_of_a_visit_are_seen_and_removed_and_its_page_drawn_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn: list[object] = []
    kept = MemoryUploadedFileManager("/upload")
    kept.add_file("visit", UploadedFileRec("file", "a.csv", "text/csv", b"list"))
    session = SimpleNamespace(_client_state="as it was", request_rerun=drawn.append)
    runtime = SimpleNamespace(uploaded_file_mgr=kept, get_app_session={"visit": session}.get)
    store = privates.UploadStore()
    assert store.size("visit", "file") is None, "without a server nothing is there"
    store.remove("visit")
    store.run_again("visit")
    monkeypatch.setattr(Runtime, "exists", lambda: True)
    monkeypatch.setattr(Runtime, "instance", lambda: runtime)
    assert store.size("visit", "file") == 4
    assert store.size("visit", "other") is store.size("other", "file") is None
    store.remove("visit")
    assert store.size("visit", "file") is None
    store.run_again("visit")
    store.run_again("other")
    assert drawn == ["as it was"]


def test_the_server_has_what_the_files_of_visits_are_reached_by() -> None:
    assert {"uploaded_file_mgr", "get_app_session", "exists", "instance"} <= set(dir(Runtime))
    source = inspect.getsource(AppSession)
    assert "self._client_state = ClientState()" in source
    assert "self.request_rerun(self._client_state)" in source, "as it draws a page again itself"


def test_outside_of_a_page_there_is_no_visit() -> None:
    assert privates.visit_number() == ""


def test_uploads_stay_in_memory_up_to_a_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MultiPartParser, "spool_max_size", 1)
    privates.keep_uploads_in_memory(2)
    assert MultiPartParser.spool_max_size == 2
    assert "max_size=self.spool_max_size" in inspect.getsource(MultiPartParser)


def test_the_search_for_garbage_after_every_run_can_be_turned_off_and_is() -> None:
    """A hidden option, so that nothing promises it; our own search is `mmhs_finder.memory`."""
    assert privates.SEARCH_AFTER_RUNS in config._config_options_template
    source = inspect.getsource(script_runner.ScriptRunner)
    assert re.search(
        rf'if config.get_option\("{privates.SEARCH_AFTER_RUNS}"\):\s+gc.collect', source
    )
    ours = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    room, name = privates.SEARCH_AFTER_RUNS.split(".")
    assert ours[room][name] is False


def test_types_and_errors_are_where_we_take_them_from() -> None:
    assert issubclass(privates.FragmentHandledException, Exception)
    assert privates.FragmentHandledException is FragmentHandledException
    file = privates.UploadedFile(UploadedFileRec("id", "name", "text/csv", b"x"), None)
    assert (file.file_id, file.name, file.getvalue()) == ("id", "name", b"x")


@pytest.mark.slow
def test_the_visits_of_a_browser_are_found_and_can_be_ended() -> None:
    """In a process of its own: Streamlit allows one runtime a process."""
    code = """
import streamlit as st
from starlette.testclient import TestClient
from mmhs_finder.channels.privates import forget_visit, visits_of
app = st.App("pages/about.py")
with TestClient(app) as client:
    hers = {"X-MMHS-Browser": "hers"}
    with client.websocket_connect("/_stcore/stream", headers=hers):
        (connected,) = visits_of("hers")
        assert visits_of("other") == []
    assert visits_of("hers") == [connected], "kept for her"
    client.portal.call(forget_visit, connected)
    assert visits_of("hers") == []
"""
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, check=True, timeout=120)


def test_its_messages_have_the_kinds_that_we_tell_apart() -> None:
    kinds = set(wire.kinds_of_wishes())
    assert {"rerun_script", "clear_cache", "backend_operation_request.deferred_file"} <= kinds
    assert wire.Wish(b"").kind == ""
    with pytest.raises(ValueError, match="message"):
        wire.Wish(b"\xff")


def test_a_boxs_value_that_is_said_once_can_be_told_from_others() -> None:
    fields = {field.name for field in WidgetState.DESCRIPTOR.oneofs_by_name["value"].fields}
    once = {n for n in fields if n.endswith("trigger_value") or n == "chat_input_value"}
    assert once == {
        "trigger_value", "string_trigger_value", "json_trigger_value", "chat_input_value"
    }  # fmt: skip


def test_its_cookie_is_called_so() -> None:
    assert starlette_server_config.XSRF_COOKIE_NAME == privates.XSRF_COOKIE


def test_the_web_server_that_is_installed_is_the_one_we_know() -> None:
    config = uvicorn.Config("app:app")
    config.load_app = lambda: None  # type: ignore[method-assign]
    config.load()
    assert config.http_protocol_class is H11Protocol


@pytest.mark.slow
def test_who_begins_a_request_and_does_not_go_on_is_hung_up_on() -> None:
    command = [sys.executable, "-m", "tests.contract.half_requests"]
    subprocess.run(command, cwd=ROOT, check=True, timeout=60)


@cache
def routes_of_streamlit() -> dict[str, set[str]]:
    """The address of each route, with "x" for what differs, and its methods."""
    code = """
import json
from unittest.mock import MagicMock
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes
routes = create_streamlit_routes(MagicMock())
print(json.dumps([[r.path, sorted(getattr(r, "methods", None) or [])] for r in routes]))
"""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    found: dict[str, set[str]] = {}
    for path, methods in json.loads(done.stdout.splitlines()[-1]):
        found.setdefault(re.sub(r"\{[^}]*\}", "x", path), set()).update(methods)
    return found


@pytest.mark.slow
def test_what_a_visit_needs_of_streamlit_is_where_it_was() -> None:
    routes = routes_of_streamlit()
    assert privates.SOCKET in routes
    for known, methods in privates.NEEDED.items():
        if known.fullmatch("/favicon.png"):
            continue
        at = [path for path in routes if known.fullmatch(path)]
        assert len(at) == 1, known.pattern
        assert set(methods) <= routes[at[0]]


def test_its_files_are_where_they_were_and_its_first_page_asks_for_no_others() -> None:
    folder = privates.static_files()
    assert (folder.parent / "favicon.png").is_file()
    files = [p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()]
    assert len(files) > 100
    assert [f for f in files if not privates.STATIC_FILE.fullmatch(f"/static/{f}")] == []


def test_the_server_still_says_so_of_strangers() -> None:
    folder = Path(inspect.getfile(uvicorn)).parent / "protocols"
    code = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    assert all(f'"{words}"' in code for words in wire.SAID_OF_STRANGERS)
    assert f'getLogger("{wire.SERVER_LOGGER}")' in code


def test_it_writes_into_local_storage_under_the_names_that_are_kept_from_it() -> None:
    """`address.js`: the theme's name holds the address of the page."""
    script = "".join(p.read_text("utf-8") for p in (privates.static_files() / "js").glob("*.js"))
    assert "`stActiveTheme-${window.location.pathname}`" in script
    assert "stActiveTheme|stSidebar|sidebar" in (PACKAGE / "render/static/address.js").read_text()


# --- what it sends --------------------------------------------------------------------------------


def test_scripts_and_style_sheets_carry_a_digest_in_their_names() -> None:
    folder = privates.static_files()
    for kind in ("js", "css"):
        files = list((folder / kind).glob(f"*.{kind}"))
        assert files
        for file in files:
            found = privates.HASHED_FILE.fullmatch(f"/static/{kind}/{file.name}")
            assert found and (folder / found[1]) == file and found[2] == kind


@pytest.mark.parametrize("part", ["INDEX_SHELL", "INDEX_LANGUAGE", "INDEX_ICON"])
def test_the_first_page_has_each_text_once(part: str) -> None:
    assert INDEX.count(getattr(privates, part)) == 1


@pytest.mark.parametrize(
    "part",
    [privates.INDEX_LICENCE, privates.INDEX_TITLE, *privates.INDEX_CUTS],
    ids=lambda p: p.pattern,
)
def test_the_first_page_has_each_part_once(part: re.Pattern[str]) -> None:
    assert len(part.findall(INDEX)) == 1


def test_the_first_page_loads_one_style_sheet_and_many_scripts() -> None:
    assert len(privates.INDEX_STYLES.findall(INDEX)) == 1
    scripts = privates.INDEX_SCRIPTS.findall(INDEX)
    assert len(scripts) > 10
    assert sum('type="module"' in one for one in scripts) == 1
    assert INDEX.count("<link") == len(scripts) - 1 + 4, "icon, font, style sheet, service"
    ahead = privates.loaded_first(privates.static_files())
    assert len(ahead) == len(scripts) + 1


def test_the_style_sheet_declares_each_upright_font_once() -> None:
    (sheet,) = (privates.static_files() / "css").glob("index.*.css")
    faces = privates.FONT_FACES.findall(sheet.read_bytes())
    assert len(faces) == 2
    assert b"SourceSansVF-Upright" in faces[0] and b"MaterialSymbols-Rounded" in faces[1]


def test_what_is_not_a_page_is_served_where_we_think() -> None:
    from streamlit.web.server.starlette import starlette_routes

    source = inspect.getsource(starlette_routes)
    for prefix in ("_stcore", "media", "component"):
        assert prefix in source


# --- what it draws --------------------------------------------------------------------------------


@cache
def scripts() -> str:
    files = (privates.static_files() / "js").glob("*.js")
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def used(pattern: str) -> set[str]:
    return {
        name for path in STYLED for name in re.findall(pattern, path.read_text(encoding="utf-8"))
    }


def test_it_makes_the_main_part_of_a_page_as_an_element_of_that_name() -> None:
    assert re.search(rf"\(`{privates.MAIN}`,\{{target:`", scripts())
    script = (PACKAGE / "render" / "static" / "landmarks.js").read_text(encoding="utf-8")
    assert f'name === "{privates.MAIN}" ? "div"' in script


def test_it_says_while_an_answer_is_on_its_way() -> None:
    name, value = re.findall(r"[\w-]+", privates.RUNNING)
    assert f'"{name}":' in scripts() and re.search(rf"[\"'`]{value}[\"'`]", scripts())
    script = (PACKAGE / "render" / "static" / "field.js").read_text(encoding="utf-8")
    assert privates.RUNNING in script


def test_every_class_and_test_id_that_we_name_is_listed() -> None:
    assert used(r"\.(st[A-Z]\w*)") == privates.CLASSES
    assert used(r'\[data-testid="(\w+)"\]') == privates.TEST_IDS


@pytest.mark.parametrize("name", sorted(privates.CLASSES | privates.TEST_IDS))
def test_streamlit_still_draws_it(name: str) -> None:
    assert re.search(rf"[\"'`]{name}[\"'`]", scripts())


def test_it_says_whether_it_reaches_its_server() -> None:
    assert re.search(rf'"{privates.CONNECTION_STATE}":', scripts())
    assert re.search(r"\bCONNECTED=`CONNECTED`", scripts())
    static = PACKAGE / "render" / "static"
    script = (static / "connection.js").read_text(encoding="utf-8")
    assert f'"{privates.CONNECTION_STATE}"' in script and '!== "CONNECTED"' in script
    script = (static / "came_back.js").read_text(encoding="utf-8")
    assert f'"{privates.CONNECTION_STATE}"' in script and '=== "CONNECTED"' in script


def test_an_elements_key_is_in_its_class() -> None:
    assert f"`{privates.KEY_CLASS}`+" in scripts()
    assert len(used(rf"\.{privates.KEY_CLASS}([\w-]+)")) > 10


def test_a_page_that_stands_open_is_drawn_again_and_one_that_is_being_drawn_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn: list[object] = []

    def visit(number: str, running: object) -> SimpleNamespace:
        return SimpleNamespace(
            id=number, _client_state=number, _scriptrunner=running, request_rerun=drawn.append
        )

    visits = {"idle": visit("idle", None), "busy": visit("busy", object())}
    listed = [SimpleNamespace(session=each) for each in visits.values()]
    runtime = SimpleNamespace(
        get_app_session=visits.get,
        _session_mgr=SimpleNamespace(list_active_sessions=lambda: listed),
    )
    assert privates.connected_visits() == [], "without a server nobody is there"
    monkeypatch.setattr(Runtime, "exists", lambda: True)
    monkeypatch.setattr(Runtime, "instance", lambda: runtime)
    assert privates.connected_visits() == ["idle", "busy"]
    assert [privates.draw_again(each) for each in ("idle", "busy", "gone")] == [True, False, True]
    assert drawn == ["idle"]


def test_the_server_has_what_pages_are_drawn_again_by() -> None:
    assert callable(SessionManager.list_active_sessions)
    source = inspect.getsource(AppSession)
    assert "self._scriptrunner = None" in source, "so it is while nothing is drawn"
