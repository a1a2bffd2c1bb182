"""Runs mutmut over a copy of the project, and reads what became of each mutant.

The rooms are the ones that decide what a person is told. Only fast tests take part. Whatever
survives runs once more in a process that imports the project anew: tables are made at import, and
what was made before the mutant was chosen knows nothing of it.
Not for: figures and words (`report`).
"""

from __future__ import annotations

import ast
import random
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import chdir
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from tests.mutants.plain import line_of_lambda, plain

ROOT: Final = Path(__file__).resolve().parents[2]
COPY: Final = ROOT / ".cache" / "mutants"
PACKAGE: Final = "mmhs_finder"
ROOMS: Final = {
    "answers": "answers/**/*.py",
    "eligibility": "eligibility/**/*.py",
    "signposting": "signposting/**/*.py",
    "coverage": "coverage/**/*.py",
    "views": "views/**/*.py",
    "directory/serving": "directory/serving.py",
    "directory/ways": "directory/ways.py",
}
"""What is mutated, by the name in the table: files of the package."""

TESTS: Final = (
    "tests/unit/answers",
    "tests/unit/bulk",
    "tests/unit/coverage",
    "tests/unit/directory",
    "tests/unit/eligibility",
    "tests/unit/signposting",
    "tests/unit/views",
    "tests/spec",
)
_COPIED: Final = (PACKAGE, "tests", "data", "pages", "app.py", "pyproject.toml")
_LIBRARIES: Final = (
    "geopy",
    "hypothesis",
    "numpy",
    "opening_hours",
    "pandas",
    "pydantic",
    "pyproj",
    "pytest",
    "shapely.geometry",
    "mmhs_finder.directory.models",
    "mmhs_finder.hours",
    "mmhs_finder.places.shapes",
    "mmhs_finder.postcodes",
    "mmhs_finder.words",
)
"""Imported once for all survivors: they take most of the time, and no mutant is in them."""

_TESTS_ONCE, _ANEW = "collect", "import"
"""What mutmut imports before it turns to single mutants: all the tests, or the libraries only."""

_SETTINGS: Final = """
[tool.mutmut]
source_paths = ["{package}"]
only_mutate = {files}
also_copy = {copied}
pytest_add_cli_args = ["-p", "no:cacheprovider"]
pytest_add_cli_args_test_selection = {tests}
process_isolation = "forkserver"
forkserver_warmup = "{warmup}"
preload_modules_file = "libraries.txt"
track_dependencies = false
use_git_change_detection = false
timeout_constant = 10.0
timeout_multiplier = 3.0
"""


class Verdict(StrEnum):
    KILLED = "killed"
    SURVIVED = "survived"
    NO_TEST = "no test"  # no test calls the function
    TIMED_OUT = "timed out"  # the mutant never came to an end


_SURVIVED, _NO_TEST, _TIMED_OUT = {0}, {5, 33}, {-24, 24, 36, 152, -9}  # exit codes of mutmut


@dataclass(frozen=True)
class Mutant:
    """One mistake. name: mutmut's. file: in the package. line: of the original file."""

    name: str
    room: str
    file: str
    line: int
    before: str
    after: str
    verdict: Verdict


def files_of(room: str) -> tuple[str, ...]:
    """The files of a room in the package, by name."""
    package = ROOT / PACKAGE
    return tuple(str(path.relative_to(package)) for path in sorted(package.glob(ROOMS[room])))


def line_of(file: str, code: str) -> int:
    """The first line of a file of the package that has this code; 0 where none has any more."""
    body = code.removeprefix("return ")
    source = (ROOT / PACKAGE / file).read_text("utf-8").splitlines()
    return next(
        (
            number
            for number, text in enumerate(source, start=1)
            if text.strip() == code or ("lambda" in text and body in text)
        ),
        0,
    )


def make_copy(tests: Sequence[str] = TESTS) -> None:
    """The project as mutmut can work on it, new each time."""
    shutil.rmtree(COPY, ignore_errors=True)
    COPY.mkdir(parents=True)
    for name in _COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name, COPY / name, ignore=shutil.ignore_patterns("__pycache__", "browser")
            )
        else:
            shutil.copy2(ROOT / name, COPY / name)
    files = [file for room in ROOMS for file in files_of(room)]
    for file in files:
        path = COPY / PACKAGE / file
        path.write_text(plain(path.read_text("utf-8")), "utf-8")
    settings = _SETTINGS.format(
        package=PACKAGE,
        files=[f"{PACKAGE}/{file}" for file in files],
        copied=[name for name in _COPIED if name != PACKAGE],
        tests=list(tests),
        warmup=_TESTS_ONCE,
    )
    with (COPY / "pyproject.toml").open("a", encoding="utf-8") as out:
        out.write(settings)
    (COPY / "libraries.txt").write_text("\n".join(_LIBRARIES), "utf-8")


def names_of(file: str) -> list[str]:
    """All mutants of a file of the package, by mutmut's name."""
    from mutmut.mutation.file_mutation import mutate_file_contents
    from mutmut.utils.format_utils import get_mutant_name

    path = Path(PACKAGE) / file
    with chdir(COPY):
        made = mutate_file_contents(str(path), path.read_text("utf-8")).mutant_names
    return [get_mutant_name(path, name) for name in made]


def draw(count: int | None, seed: int, rooms: Iterable[str] = ROOMS) -> dict[str, str]:
    """The mutants to run and their files: all when `count` is None, else that many.

    Every file gives its share by the number of its mutants, and at least one.
    """
    every = {file: names_of(file) for room in rooms for file in files_of(room)}
    total, chance = sum(map(len, every.values())), random.Random(seed)
    drawn: dict[str, str] = {}
    for file, names in every.items():
        share = len(names) if count is None else max(1, round(count * len(names) / total))
        drawn |= dict.fromkeys(chance.sample(names, min(share, len(names))), file)
    return drawn


def run(drawn: dict[str, str], processes: int) -> list[Mutant]:
    """What became of each, in the order of the files. Raises CalledProcessError."""
    _mutmut(drawn, processes)
    if left := [m.name for m in _read(drawn) if m.verdict is Verdict.SURVIVED]:
        settings = COPY / "pyproject.toml"
        once, anew = (f'forkserver_warmup = "{each}"' for each in (_TESTS_ONCE, _ANEW))
        settings.write_text(settings.read_text("utf-8").replace(once, anew), "utf-8")
        _mutmut(left, processes)
    return sorted(_read(drawn), key=lambda m: (list(ROOMS).index(m.room), m.file, m.line, m.name))


def _mutmut(names: Iterable[str], processes: int) -> None:
    mutmut = Path(sys.executable).with_name("mutmut")
    subprocess.run([mutmut, "run", "--max-children", str(processes), *names], cwd=COPY, check=True)


def _read(drawn: dict[str, str]) -> Iterator[Mutant]:
    from mutmut.mutation.data import SourceFileMutationData
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    room_of = {file: room for room in ROOMS for file in files_of(room)}
    with chdir(COPY):
        for file in dict.fromkeys(drawn.values()):
            path = Path(PACKAGE) / file
            data = SourceFileMutationData(path=path)
            data.load()
            starts = _starts((ROOT / path).read_text("utf-8"))
            for name in (n for n, of in drawn.items() if of == file):
                offset, before, after = _change(get_diff_for_mutant(name, path=path))
                line = _line(name, starts, offset)
                verdict = _verdict(data.exit_code_by_key[name])
                yield Mutant(name, room_of[file], file, line, before, after, verdict)


def _verdict(code: int | None) -> Verdict:
    if code is None:
        raise RuntimeError("mutmut stopped before the last mutant")
    if code in _NO_TEST:
        return Verdict.NO_TEST
    if code in _TIMED_OUT:
        return Verdict.TIMED_OUT
    return Verdict.SURVIVED if code in _SURVIVED else Verdict.KILLED


def _starts(source: str) -> dict[str, int]:
    """The line of each function's "def" by its name, with its class before it."""
    found = {}
    for node in ast.parse(source).body:
        inside = node.body if isinstance(node, ast.ClassDef) else [node]
        owner = f"{node.name}." if isinstance(node, ast.ClassDef) else ""
        for each in inside:
            if isinstance(each, ast.FunctionDef):
                found[owner + each.name] = each.lineno
    return found


def _line(name: str, starts: dict[str, int], offset: int) -> int:
    from mutmut.utils.format_utils import orig_function_and_class_names_from_key

    function, owner = orig_function_and_class_names_from_key(name)
    lambda_line = line_of_lambda(function)
    if lambda_line is not None:
        return lambda_line
    return starts[f"{owner}.{function}" if owner else function] + offset


def _change(diff: str) -> tuple[int, str, str]:
    """Of a diff of a function: the first changed line from its "def", that line, and what it is."""
    line, offset = 0, None
    before, after = [], []
    for text in diff.splitlines()[2:]:
        if text.startswith("@@"):
            line = int(text.split()[1].removeprefix("-").split(",")[0]) - 1
        elif text.startswith("-"):
            offset = line if offset is None else offset
            before.append(text[1:].strip())
            line += 1
        elif text.startswith("+"):
            offset = line if offset is None else offset
            after.append(text[1:].strip())
        else:
            line += 1
    return offset or 0, " ".join(before), " ".join(after)
