"""A program that is missing is never passed over in silence; `.ci/run` installs what is wanted."""

from __future__ import annotations

import ast
import shutil
import subprocess
from pathlib import Path

import pytest

from tests import tools
from tests.open_referral.schemas import schema

ROOT = Path(__file__).parents[2]


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with no program at all."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("MMHS_HSDS_SCHEMAS", raising=False)
    return tmp_path


def program(folder: Path, name: str, script: str = "exit 0") -> Path:
    path = folder / name
    path.write_text(f"#!/bin/bash\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("command", ["chromium", "nginx", "w3m", "java"])
def test_without_a_program_its_test_is_skipped_by_name(command: str) -> None:
    with pytest.raises(pytest.skip.Exception, match=f"needs {command}: apt-get install "):
        tools.need(command)


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("said", ["true", "True"])
def test_where_everything_must_be_there_it_fails(
    said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", said)
    with pytest.raises(pytest.fail.Exception, match="needs java: apt-get install default-jre-head"):
        tools.need("java")


@pytest.mark.usefixtures("bare")
def test_for_want_of_anything_else_the_same_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(pytest.skip.Exception, match="needs the schemas of"):
        schema("service.json")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="needs the schemas of"):
        schema("service.json")


def test_any_of_its_names_will_do(bare: Path) -> None:
    path = program(bare, "google-chrome")
    assert tools.need("chromium") == str(path)


@pytest.mark.usefixtures("bare")
def test_a_browser_that_is_named_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/opt/browser")
    assert tools.need("chromium") == "/opt/browser"


@pytest.mark.usefixtures("bare")
def test_a_program_that_nobody_installs_cannot_be_asked_for() -> None:
    with pytest.raises(KeyError, match="cobol"):
        tools.need("cobol")


def test_every_program_that_a_test_asks_for_is_installed() -> None:
    asked = {
        call.args[0].value
        for path in (ROOT / "tests").rglob("*.py")
        if path != Path(__file__)
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) in ("need", "tools.need", "find")
        if call.args and isinstance(call.args[0], ast.Constant)
    }
    known = {name for names in tools.packages().values() for name in names}
    assert asked <= known


# --- .ci/run --------------------------------------------------------------------------------------


def ci(folder: Path, have: set[str], **environment: str) -> str:
    """What `.ci/run` does as root on a machine that has some programs; a line for each command."""
    log = folder / "log"
    for name in {"make", "apt-get"} | have:
        program(folder, name, f'echo "{name} $*" >> "{log}"')
    program(folder, "id", "echo 0")
    program(folder, "dirname", 'echo "${1%/*}"')
    done = subprocess.run(
        ["/bin/bash", str(ROOT / ".ci" / "run")],
        env={"PATH": str(folder), **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return log.read_text(encoding="utf-8")


def test_what_is_missing_is_installed_and_then_everything_is_checked(tmp_path: Path) -> None:
    lines = ci(tmp_path, {"w3m", "google-chrome"}).splitlines()
    installed = [line.split()[-1] for line in lines if line.startswith("apt-get install")]
    assert installed == [
        "nginx",
        "default-jre-headless",
        "systemd",
        "wrk",
        "libreoffice-calc-nogui",
    ]
    assert lines[-1] == "make test"


def test_nothing_is_installed_where_nothing_is_missing(tmp_path: Path) -> None:
    have = {names[0] for names in tools.packages().values()} - {"chromium"}
    assert ci(tmp_path, have, CHROMIUM="/opt/browser").splitlines() == ["make test"]


@pytest.mark.parametrize(
    ("beside", "said", "expected"),
    [
        (True, {}, "../shared/openreferral/schema"),
        (True, {"MMHS_HSDS_SCHEMAS": "/else/where"}, "/else/where"),
        (False, {}, ""),
    ],
)
def test_schemas_that_lie_beside_the_checkout_are_given_to_the_tests(
    tmp_path: Path, beside: bool, said: dict[str, str], expected: str
) -> None:
    checkout = tmp_path / "checkout"
    shutil.copytree(ROOT / ".ci", checkout / ".ci")
    if beside:
        (tmp_path / "shared" / "openreferral" / "schema").mkdir(parents=True)
    have = {names[0] for names in tools.packages().values()} - {"chromium"}
    for name in have:
        program(tmp_path, name)
    program(tmp_path, "id", "echo 0")
    program(tmp_path, "dirname", 'echo "${1%/*}"')
    program(tmp_path, "make", 'echo "given: ${MMHS_HSDS_SCHEMAS:-}"')
    done = subprocess.run(
        ["/bin/bash", str(checkout / ".ci" / "run")],
        env={"PATH": str(tmp_path), "CHROMIUM": "/opt/browser", **said},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.strip() == f"given: {expected}".strip(), done.stderr
