"""What commands that write files share: whole files only, and one plain line where it goes wrong.

Not for: what is written.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from mmhs_finder.directory import BrokenDirectory
from mmhs_finder.postcodes import IndexProblem
from mmhs_finder.tables.problems import ProblemKind, TableProblem
from mmhs_finder.views import bulk_columns
from mmhs_finder.words import say

BAD_INPUT: Final = 2


def guarded(work: Callable[[], None]) -> int:
    """Does the work. Returns 0, or 2 after one plain line on stderr for what was given, or 1 when
    the directory or the index cannot be used."""
    try:
        work()
    except TableProblem as problem:
        hint = say("terminal.which_sheet") if problem.kind is ProblemKind.WHICH_SHEET else ""
        print(f"{bulk_columns.problem_words(problem)} {hint}".strip(), file=sys.stderr)
        return BAD_INPUT
    except (BrokenDirectory, IndexProblem) as problem:
        print(problem, file=sys.stderr)
        return 1
    except BrokenPipeError:
        raise  # no failure of a file: whoever reads has seen enough (`commands.main`)
    except OSError as problem:
        print(f"{problem.filename or ''}: {problem.strerror}".strip(": "), file=sys.stderr)
        return BAD_INPUT
    return 0


@contextmanager
def target(name: str) -> Iterator[BinaryIO]:
    """A file takes its name only when it is whole, so that it may also be the one that is read."""
    if name == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(name)
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
