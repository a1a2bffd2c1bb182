"""The wheel: installed into an empty environment in another folder, it answers.

Not for: the web app, which is run from the repository.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from mmhs_finder import __version__
from mmhs_finder.channels.terminal.commands import main
from mmhs_finder.directory import Directory, load_directory
from mmhs_finder.directory.models import ServiceKind

ROOT = Path(__file__).parents[2]
QUESTION = ("find", "CT1 3NG")
COUNCIL = "Canterbury"


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def shipped() -> Directory:
    """The real one, which the wheel holds."""
    return load_directory()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built with the hatchling that is locked, so that nothing is fetched."""
    out = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    (built,) = out.glob("*.whl")
    return built


class Elsewhere:
    """An empty environment in a folder of its own, and a place from which it is asked."""

    def __init__(self, folder: Path) -> None:
        self.venv = folder / "venv"
        self.away = folder / "away"
        self.away.mkdir()
        run(sys.executable, "-m", "venv", "--without-pip", self.venv, cwd=folder)
        # Nothing of ours: neither our settings nor our import path, and a cache with no index.
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(("MMHS_", "PYTHON"))}
        self.env["MMHS_CACHE_DIR"] = str(folder / "cache")

    def program(self, name: str) -> Path:
        folder = "Scripts" if os.name == "nt" else "bin"
        return self.venv / folder / name

    def install(self, wheel: Path, *options: str) -> None:
        pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
        into = ("--python", self.program("python"), "install", *options, wheel)
        run(*pip, *into, cwd=self.away)

    def site_packages(self) -> Path:
        base = str(self.venv)
        return Path(sysconfig.get_path("purelib", "venv", {"base": base, "platbase": base}))

    def python(self, code: str) -> str:
        return self.ask("python", "-c", code).strip()

    def ask(self, program: str, *words: str) -> str:
        return run(self.program(program), *words, cwd=self.away, env=self.env)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Elsewhere:
    return Elsewhere(tmp_path)


def expected(directory: Directory) -> Sequence[str]:
    """What the directory itself says: the names of the services for the council of CT1 3NG."""
    (code,) = (area.code for area in directory.areas.values() if area.name == COUNCIL)
    return [
        service.name for service, _ in directory.serving(code) if service.kind is ServiceKind.MMHS
    ]


def answers_as_the_directory_says(elsewhere: Elsewhere, directory: Directory) -> None:
    out = elsewhere.ask("mmhs-finder", *QUESTION)
    assert COUNCIL in out
    services = expected(directory)
    assert services
    assert not [name for name in services if name not in out]
    version, *where = elsewhere.python(
        "import importlib.metadata as m, mmhs_finder, mmhs_finder.directory as d;"
        "print(m.version('mmhs-finder'), mmhs_finder.__file__, d.DATA, sep='\\n')"
    ).splitlines()
    assert version == __version__
    for path in where:
        assert Path(path).is_relative_to(elsewhere.venv), "it answers from the checkout"


def test_the_wheel_answers_in_an_empty_environment_in_another_folder(
    wheel: Path, elsewhere: Elsewhere, shipped: Directory
) -> None:
    elsewhere.install(wheel, "--no-index", "--no-deps")
    # The packages that it needs are lent by the environment of the tests: they are the locked ones,
    # and a test must not ask a network. `addsitedir` reads their own .pth files, too. Our own code
    # is not among them: the repository is never installed there.
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    lines = "".join(f"import site; site.addsitedir({path!r})\n" for path in sorted(lent))
    (elsewhere.site_packages() / "lent.pth").write_text(lines, encoding="utf-8")
    answers_as_the_directory_says(elsewhere, shipped)


@pytest.mark.audit
@pytest.mark.timeout(900)  # some hundred megabytes come over the network
def test_the_wheel_brings_all_that_it_needs(
    wheel: Path, elsewhere: Elsewhere, shipped: Directory
) -> None:
    """Needs the network: the packages come from the index, in the versions it has today."""
    elsewhere.install(wheel)
    answers_as_the_directory_says(elsewhere, shipped)


def test_the_wheel_holds_every_file_of_the_package_and_of_todays_directory(wheel: Path) -> None:
    package, data = files("mmhs_finder"), files("data")
    wanted = package | {
        f"mmhs_finder/_{name}" for name in data if not name.startswith("data/history/")
    }
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert held == wanted


def test_the_command_says_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--version"])
    assert left.value.code == 0
    assert capsys.readouterr().out == f"MMHS Finder {__version__}\n"


def files(folder: str) -> set[str]:
    found = (p for p in (ROOT / folder).rglob("*") if p.is_file() and p.suffix != ".pyc")
    return {p.relative_to(ROOT).as_posix() for p in found}
