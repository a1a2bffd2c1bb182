"""The docs name everything there is, and nothing that is not there."""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from mmhs_finder.channels.terminal.commands import build_parser

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
DOCS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md")), ROOT / "data/README.md"]
TEXTS = {path: path.read_text(encoding="utf-8") for path in DOCS}
FRONT = TEXTS[README]
EVERYTHING = "\n".join(TEXTS.values())
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")

SKIPPED = {".venv", ".git", "__pycache__", "node_modules"}
FILE = re.compile(r"[\w.-]+(?:/[\w.-]+)*\.(?:py|md|toml|css|js|csv|geojson|json|txt|in|svg|png|sh)")
FOLDER = re.compile(r"\.?\w[\w.-]*(?:/[\w.-]+)*/")
EXAMPLES = {"answers.json", "link_status.csv", "withdrawn.csv"} | {
    "closed_services.csv",
    "unanswered_links.csv",
}  # brought, or made by a command

name_of_doc = pytest.mark.parametrize("doc", DOCS, ids=lambda p: str(p.relative_to(ROOT)))


# --- what there is ------------------------------------------------------------------------------


def commands(parser: argparse.ArgumentParser, words: str = "") -> Iterator[tuple[str, set[str]]]:
    """Each command that does something, such as "data check", and its options."""
    parts = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    for part in parts:
        for name, child in part.choices.items():
            yield from commands(child, f"{words} {name}".strip())
    if not parts:
        options = {o for a in parser._actions for o in a.option_strings if o.startswith("--")}
        yield words, options - {"--help"}


COMMANDS = dict(commands(build_parser()))


def constants(tree: ast.Module) -> dict[str, str]:
    """Texts that a module gives a name to at its top."""
    found = {}
    for node in tree.body:
        if isinstance(node, ast.Assign):
            names, value = node.targets, node.value
        elif isinstance(node, ast.AnnAssign):
            names, value = [node.target], node.value
        else:
            continue
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            found |= {n.id: value.value for n in names if isinstance(n, ast.Name)}
    return found


def settings(source: str) -> set[str]:
    """The environment variables that a module reads: `os.environ.get`, `[...]`, `in`, `getenv`."""
    tree = ast.parse(source)
    named = constants(tree)
    found = set()
    for node in ast.walk(tree):
        key: ast.expr | None = None
        if isinstance(node, ast.Call) and node.args:
            called = ast.unparse(node.func)
            if called in ("os.environ.get", "environ.get", "os.getenv", "getenv"):
                key = node.args[0]
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("environ"):
            key = node.slice
        elif isinstance(node, ast.Compare) and ast.unparse(node.comparators[0]).endswith("environ"):
            key = node.left
        if key is None:
            continue
        name = named.get(key.id) if isinstance(key, ast.Name) else ast.literal_eval(key)
        assert name, f"cannot tell which variable {ast.unparse(node)} reads"
        found.add(name)
    return found


@cache
def every_setting() -> frozenset[str]:
    """The environment variables that any module reads."""
    return frozenset(n for path in code() for n in settings(path.read_text(encoding="utf-8")))


def code() -> list[Path]:
    return [
        ROOT / "app.py",
        *(ROOT / "mmhs_finder").rglob("*.py"),
        *(ROOT / "pages").glob("*.py"),
        *(p for p in (ROOT / "tests").rglob("*.py") if p != Path(__file__)),
    ]


def targets() -> set[str]:
    phony = re.search(r"^\.PHONY:(.*)$", MAKEFILE, re.M)
    assert phony
    return set(phony[1].split())


def repository() -> set[str]:
    """Every file and folder, as a path from the top; folders end in a slash."""
    found, left = set(), [ROOT]
    while left:
        for path in left.pop().iterdir():
            if path.name in SKIPPED:
                continue
            name = path.relative_to(ROOT).as_posix()
            found.add(f"{name}/" if path.is_dir() else name)
            left += [path] if path.is_dir() else []
    return found


HERE = repository()


# --- everything is in the docs ------------------------------------------------------------------


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"python -m mmhs_finder {command}" in FRONT
    for option in COMMANDS[command]:
        assert option in FRONT, f"{option} of {command}"


def test_every_environment_setting_is_in_the_readme() -> None:
    names = every_setting()
    assert {"MMHS_DATA_DIR", "MMHS_CACHE_DIR", "CHROMIUM"} <= names, "the search is broken"
    assert not {name for name in names if f"| `{name}` |" not in FRONT}


def test_every_variable_of_the_makefile_is_in_the_readme() -> None:
    names = re.findall(r"^([A-Z]+)\s*\?=", MAKEFILE, re.M)
    assert names
    assert not [name for name in names if f"| `{name}` |" not in FRONT]


def test_every_target_of_the_makefile_is_in_the_readme() -> None:
    assert not {t for t in targets() if not re.search(rf"\bmake {t}(?![\w-])", FRONT)}


def test_every_page_is_in_the_readme() -> None:
    pages = {f"pages/{path.name}" for path in (ROOT / "pages").glob("*.py")}
    assert pages
    assert not {page for page in pages if f"`{page}`" not in FRONT}


def test_every_document_is_linked_from_the_readme() -> None:
    linked = {urlsplit(target).path for _, target in links(FRONT)}
    documents = {p.relative_to(ROOT).as_posix() for p in DOCS} | {"LICENSE", "NOTICE"}
    assert not documents - {"README.md"} - linked


# --- nothing in the docs is missing -------------------------------------------------------------


def links(text: str) -> list[tuple[str, str]]:
    """(words, target) of each Markdown link and image."""
    return re.findall(r"\[([^\]]*)\]\(([^)\s]+)\)", text)


def spans(text: str) -> Iterator[str]:
    """Each piece of text in backticks, outside blocks of code."""
    for piece in re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.S)):
        yield piece.strip()


def blocks(text: str) -> Iterator[str]:
    """Each line of the blocks of code and each span, without its remark."""
    for block in re.findall(r"```\w*\n(.*?)```", text, re.S):
        yield from (line.partition(" #")[0] for line in block.splitlines())
    yield from (line.strip() for line in re.findall(r"^ {4}\S.*$", text, re.M))
    yield from spans(text)


def mentioned(text: str) -> set[str]:
    """Files and folders of the repository that a text in backticks names."""
    return {
        piece for piece in spans(text) if FILE.fullmatch(piece) or FOLDER.fullmatch(piece)
    } - EXAMPLES


def is_here(name: str) -> bool:
    return name in HERE or any(path.endswith(f"/{name}") for path in HERE)


@name_of_doc
def test_links_and_images_lead_somewhere(doc: Path) -> None:
    for words, target in links(TEXTS[doc]):
        parts = urlsplit(target)
        if parts.scheme in ("http", "https", "mailto") or not parts.path:
            continue
        assert (doc.parent / parts.path).exists(), f"[{words}]({target})"


@name_of_doc
def test_files_that_are_named_exist(doc: Path) -> None:
    assert not {name for name in mentioned(TEXTS[doc]) if not is_here(name)}


@name_of_doc
def test_commands_that_are_named_exist(doc: Path) -> None:
    for line in blocks(TEXTS[doc]):
        found = re.search(r"python -m mmhs_finder (.+)", line)
        if found:
            words = found[1].split()
            assert any(words[: len(c.split())] == c.split() for c in COMMANDS), line
        for target in re.findall(r"(?:^|\s)make ([a-z][a-z-]*)", line):
            assert target in targets(), line


@name_of_doc
def test_settings_that_are_named_exist(doc: Path) -> None:
    names = every_setting()
    assert set(re.findall(r"\bMMHS_[A-Z_]+", TEXTS[doc])) <= names


# --- the tests above find what they look for ------------------------------------------------------


def test_a_setting_is_found_however_it_is_read() -> None:
    source = (
        'import os\nNAME: str = "A"\nos.environ.get(NAME)\nos.environ["B"]\nos.getenv("C", "")\n'
        '"D" in os.environ\n'
    )
    assert settings(source) == {"A", "B", "C", "D"}


def test_a_missing_file_is_found() -> None:
    assert not is_here("mmhs_finder/no_such.py")
    text = "`finding.py`, `pages/`, `docs/gone.md`, `docs/gone/`, `st.App`\n```\n`x/y.py`\n```"
    assert {n for n in mentioned(text) if not is_here(n)} == {"docs/gone.md", "docs/gone/"}
