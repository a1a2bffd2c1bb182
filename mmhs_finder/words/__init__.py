"""The words the public reads, from `en/*.toml`, so that a content designer can edit them.

Not for: facts about services. Those come from the directory, with their sources.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

WORDS_FILES = tuple(sorted(Path(__file__).parent.glob("en/*.toml")))


@cache
def all_words() -> dict[str, str]:
    """Every text of the words files by its dotted key. A key in two files is a ValueError."""
    found: dict[str, str] = {}

    def gather(prefix: str, table: dict[str, object]) -> None:
        for key, value in table.items():
            if isinstance(value, dict):
                gather(f"{prefix}{key}.", value)
            elif f"{prefix}{key}" in found:
                raise ValueError(f"two words files have {prefix}{key}")
            else:
                found[f"{prefix}{key}"] = str(value).strip()

    for file in WORDS_FILES:
        gather("", tomllib.loads(file.read_text(encoding="utf-8")))
    return found


def say(key: str, **values: object) -> str:
    """The text for `key`, with its `{gaps}` filled. Raises KeyError when either is missing."""
    return all_words()[key].format_map(values)


def join_words(names: Sequence[str], last: str = "and") -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"
