"""The contract with what Streamlit and starlette do not promise.

Red after an upgrade: something inside has changed. `mmhs_finder/channels/privates.py` says what it
is used for and what happens without it.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest
import streamlit
from starlette.formparsers import MultiPartParser
from streamlit import config, error_util
from streamlit.errors import FragmentHandledException
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import script_runner
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from mmhs_finder.channels import privates

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "mmhs_finder"
INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
STYLED = sorted(p for p in PACKAGE.rglob("*") if p.suffix in (".css", ".js"))
FOREIGN = re.compile(r"^\s*(?:from|import) +((?:streamlit|starlette)\b[\w.]*)", re.M)
PUBLIC = {
    "streamlit",
    "streamlit.components.v1",
    "starlette.applications",
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


def test_no_other_module_imports_an_inside() -> None:
    others = [p for p in PACKAGE.rglob("*.py") if p != Path(privates.__file__)]
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


def test_an_uploaded_file_can_be_let_go() -> None:
    fields = {field.name for field in dataclasses.fields(ScriptRunContext)}
    assert {"session_id", "uploaded_file_mgr"} <= fields
    given = list(inspect.signature(MemoryUploadedFileManager.remove_file).parameters)
    assert given == ["self", "session_id", "file_id"]


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


def test_errors_go_to_the_logger_that_we_filter() -> None:
    assert error_util._LOGGER.name == privates.ERROR_LOGGER


def test_types_and_errors_are_where_we_take_them_from() -> None:
    assert issubclass(privates.FragmentHandledException, Exception)
    assert privates.FragmentHandledException is FragmentHandledException
    file = privates.UploadedFile(UploadedFileRec("id", "name", "text/csv", b"x"), None)
    assert (file.file_id, file.name, file.getvalue()) == ("id", "name", b"x")


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
    script = (PACKAGE / "render" / "static" / "connection.js").read_text(encoding="utf-8")
    assert f'"{privates.CONNECTION_STATE}"' in script and '!== "CONNECTED"' in script


def test_an_elements_key_is_in_its_class() -> None:
    assert f"`{privates.KEY_CLASS}`+" in scripts()
    assert len(used(rf"\.{privates.KEY_CLASS}([\w-]+)")) > 10
