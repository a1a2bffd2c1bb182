"""A small table in memory as a source of the postcode index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from mmhs_finder.postcodes.building import PostcodeRows


@dataclass(frozen=True)
class TableSource:
    """(postcode, easting, northing, council code) rows, metres or None."""

    table: Sequence[tuple[str, float | None, float | None, str]]
    version: str = "1"
    name: str = "table"
    kind: Literal["package", "onspd"] = "package"
    parts: int = 1

    def rows(self) -> Iterator[PostcodeRows]:
        yield PostcodeRows(
            self.name,
            [row[0] for row in self.table],
            np.array([row[1] for row in self.table], dtype=np.float64),
            np.array([row[2] for row in self.table], dtype=np.float64),
            [row[3] for row in self.table],
        )
