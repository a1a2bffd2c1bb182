"""The words the public reads: all there, all used, in their place, none of those that hurt."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import mmhs_finder
from mmhs_finder.words import all_words, files, join_words, say
from mmhs_finder.words.families import FAMILIES

ROOT = Path(__file__).parents[2]
CODE = [
    *(ROOT / "mmhs_finder").rglob("*.py"),
    *(ROOT / "pages").glob("*.py"),
    ROOT / "app.py",
]
THE_FAMILIES = ROOT / "mmhs_finder/words/families.py"
COLD = ("eligib", "unfortunately", "rejected", "you must", "failed to", "invalid", "error")
METRIC = r"\b(km|kilomet\w+)\b"
ENGLISH = files.read_words("en")
FROM_STREAMLIT = (
    "mmhs_finder.__main__",
    "mmhs_finder.channels.curator.app",
    "mmhs_finder.channels.curator.desk",
    "mmhs_finder.channels.streamlit.router",
)
"""Modules that do something when they are imported."""


def calls(name: str) -> Iterator[tuple[Path, ast.Call]]:
    """Every call of a function of that name."""
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and name in (
                getattr(node.func, "id", ""),
                getattr(node.func, "attr", ""),
            ):
                yield path, node


def gaps(text: files.Text) -> set[str]:
    """The names of the gaps of a text, in all its plural forms."""
    forms = [text] if isinstance(text, str) else text.values()
    return {name for form in forms for _, name, _, _ in string.Formatter().parse(form) if name}


@pytest.fixture(scope="module")
def families():
    """Every family of every module."""
    for module in pkgutil.walk_packages(mmhs_finder.__path__, "mmhs_finder."):
        if module.name not in FROM_STREAMLIT:
            importlib.import_module(module.name)
    return FAMILIES


@pytest.fixture(scope="module")
def literals() -> dict[str, list[str]]:
    """Every key that is written out in a call of `say`, and where."""
    found: dict[str, list[str]] = {}
    for path, call in calls("say"):
        if path != THE_FAMILIES:
            where = f"{path.relative_to(ROOT)}:{call.lineno}"
            key = call.args[0] if call.args else None
            assert isinstance(key, ast.Constant) and isinstance(key.value, str), where
            found.setdefault(key.value, []).append(where)
    return found


def test_say_is_given_nothing_but_keys_that_are_written_out(literals):
    assert len(literals) > 400


def test_every_key_in_the_code_has_words(literals):
    assert not {key: where for key, where in literals.items() if key not in ENGLISH}


def test_every_member_of_a_family_has_words(families):
    assert len(families) > 60
    assert not {key for family in families for key in family.keys if key not in ENGLISH}


def test_no_text_is_dead(literals, families):
    reached = {*literals, *(key for family in families for key in family.keys)}
    dead = {*ENGLISH} - reached - {"language.locale"}
    assert not dead, sorted(dead)


def test_every_family_is_declared_by_name_and_asked_for_its_texts():
    """A family that nobody asks would keep its texts from being found dead."""
    declared: set[tuple[str, Path]] = set()
    loaded: dict[str, set[Path]] = {}
    for path in CODE:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        declared |= {(n.target.id, path) for n in tree.body if _declares_texts(n)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                loaded.setdefault(node.id, set()).add(path)
            elif isinstance(node, ast.Attribute):
                loaded.setdefault(node.attr, set()).add(path)
    assert len(declared) == sum(
        1
        for path, call in calls("texts")  # `index.texts(...)` gives postcodes
        if isinstance(call.func, ast.Name) and path != THE_FAMILIES
    )
    asked = {(n, p) for n, p in declared if n in loaded and (n[0] != "_" or p in loaded[n])}
    assert not declared - asked


def _declares_texts(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.AnnAssign)
        and isinstance(node.value, ast.Call)
        and getattr(node.value.func, "id", "") == "texts"
    )


def test_a_call_gives_the_gaps_that_its_text_has():
    wrong = {}
    for path, call in calls("say"):
        if path == THE_FAMILIES or any(keyword.arg is None for keyword in call.keywords):
            continue
        text = ENGLISH[call.args[0].value]
        needed = gaps(text) | (set() if isinstance(text, str) else {"count"})
        given = {keyword.arg for keyword in call.keywords}
        # A count may be given for another language, whose text has plural forms.
        if needed - given or given - needed - {"count"}:
            wrong[f"{path.relative_to(ROOT)}:{call.lineno}"] = (call.args[0].value, needed, given)
    assert not wrong


@pytest.mark.parametrize("language", [one for one in files.languages() if one != "en"])
def test_another_language_has_no_text_that_english_lacks_and_the_same_gaps(language):
    own = files.read_words(language)
    assert not {*own} - {*ENGLISH}
    assert not {k for k, text in own.items() if gaps(text) - gaps(ENGLISH[k]) - {"count"}}


SHOWN = ("views", "render", "hours", "channels/streamlit", "channels/shell", "signposting")
"""Rooms whose texts people read."""

NAMES = "mmhs_finder/hours/bank_holidays.py"
"""Holds the names of bank holidays, which stay as they are."""

FIGURES = "mmhs_finder/channels/shell/metrics.py"
"""What a process counts of itself is described for operators."""

SENTENCE = re.compile(r"\b[A-Z][a-z]+ [a-z]{2,}|[a-z]{2,} [a-z]{2,}[.?!]$")


def test_no_sentence_is_written_into_the_code():
    """Logs and errors for operators may speak for themselves; what is shown may not."""
    found = []
    for path in CODE:
        room = path.relative_to(ROOT).as_posix()
        if room in (NAMES, FIGURES) or not room.startswith(
            ("pages/", *(f"mmhs_finder/{s}/" for s in SHOWN))
        ):
            continue
        for node in _shown_constants(ast.parse(path.read_text(encoding="utf-8"))):
            text = re.sub(r"<[^>]*>|\{[^}]*\}", " ", node.value)
            if SENTENCE.search(text):
                found.append(f"{room}:{node.lineno}: {node.value[:60]!r}")
    assert not found


def _shown_constants(tree: ast.AST) -> Iterator[ast.Constant]:
    """Strings that are no docstrings, and not given to a log, an error or an assertion."""
    for node in ast.iter_child_nodes(tree):
        quiet = isinstance(node, ast.Raise | ast.Assert) or (
            isinstance(node, ast.Call)
            and re.search(r"_LOG|\bevent$", ast.unparse(node.func)) is not None
        )
        said = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if quiet or said:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node
        yield from _shown_constants(node)


SCRIPTS = [
    *(ROOT / "pages").glob("*.py"),
    ROOT / "mmhs_finder/channels/curator/desk.py",
    ROOT / "mmhs_finder/channels/streamlit/router.py",
]
"""Run anew for each visitor."""


def test_nothing_is_said_when_a_module_is_imported():
    """It would stay in the language of that moment."""
    families = {target for path in CODE for target in _names_of_families(path)}
    early = []
    for path in CODE:
        if path in SCRIPTS:
            continue
        for call in _calls_at_import(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            if name in {"say", *families}:
                early.append(f"{path.relative_to(ROOT)}:{call.lineno}")
    assert not early


def _names_of_families(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.target.id for node in tree.body if _declares_texts(node)}


def _calls_at_import(tree: ast.AST) -> Iterator[ast.Call]:
    """Calls outside the bodies of functions; defaults of parameters are evaluated at import."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            for early in (*node.args.defaults, *filter(None, node.args.kw_defaults)):
                yield from (n for n in ast.walk(early) if isinstance(n, ast.Call))
        else:
            if isinstance(node, ast.Call):
                yield node
            yield from _calls_at_import(node)


def test_every_file_says_first_what_it_words():
    for file in (files.ROOM / "en").glob("*.toml"):
        assert file.read_text(encoding="utf-8").startswith("# "), file.name


@pytest.mark.parametrize("key", sorted(all_words()))
def test_no_cold_words(key):
    text = all_words()[key].lower()
    for cold in COLD:
        assert cold not in text, f"{key}: {cold}"


def test_the_about_page_has_no_cold_words():
    about = files.read_page("about.md", "en", files.ROOM).lower()
    for cold in ("eligib", "unfortunately", "rejected", "invalid"):
        assert cold not in about


def test_a_missing_gap_is_an_error():
    with pytest.raises(KeyError):
        say("notice.corrected")


@pytest.mark.parametrize(
    ("names", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_join_words(names, text):
    assert join_words(names) == text


def test_lengths_are_in_miles_for_a_person_and_in_kilometres_for_planners():
    """One unit a page: what a parent reads beside a planner's figures would be compared with it."""
    metric = {key.split(".")[0] for key, t in all_words().items() if re.search(METRIC, t)}
    miles = {key.split(".")[0] for key, t in all_words().items() if re.search(r"\bmiles?\b", t)}
    assert metric == {"bulk", "coverage"}
    assert miles == {"names"}
