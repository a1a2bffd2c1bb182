"""What the checks find in a directory, and what of it they did not find in another one.

A finding is known by the name of its row and not by the row's number: a row that is added above
moves the others.
Not for: the checks (`check`), or what is refused because of them (`applying`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from mmhs_finder.directory.changes import row_of
from mmhs_finder.directory.files import FILES, CsvFile, Problem, ProblemLevel

_ROW_NUMBER: Final = re.compile(r"\brow \d+")


class Findings:
    """The findings of a directory but those of old evidence, which is work and no mistake."""

    def __init__(self, found: Iterable[Problem], tables: Mapping[str, CsvFile]) -> None:
        """tables: the files that they are about, by name."""
        self.found = [p for p in found if p.kind is not ProblemLevel.OVERDUE]
        self._names = {
            (file, row.number): row_of(file, row.cells)
            for file in {p.file for p in self.found} & FILES.keys() & tables.keys()
            for row in tables[file].rows
        }

    def name(self, problem: Problem) -> str:
        """How a change names the row that a finding is about; "" for none."""
        return self._names.get((problem.file, problem.row), "")

    def beyond(self, before: Findings) -> list[Problem]:
        """Those that were not found before."""
        left = Counter(before._known_as(problem) for problem in before.found)
        fresh = []
        for problem in self.found:
            known = self._known_as(problem)
            if left[known]:
                left[known] -= 1
            else:
                fresh.append(problem)
        return fresh

    def _known_as(self, problem: Problem) -> tuple[str, ...]:
        message = _ROW_NUMBER.sub("row", problem.message)
        return (problem.file, self.name(problem), problem.column, problem.value, message)
