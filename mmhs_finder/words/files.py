"""Reading the words of a language: every `*.toml` in its folder, by dotted key.

A text is a string, or a table of its plural forms (`{one = "...", other = "..."}`: the names of the
Unicode CLDR), of which one is chosen by the gap `count`.
Not for: which language is spoken (`language`), or filling gaps (`mmhs_finder.words`).
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeAlias

_HERE: Final = Path(__file__).parent
ROOM = _HERE
"""The folder that holds a folder for each language."""

ENGLISH: Final = "en"
"""The language that has every text. What another one lacks is said in it."""

PLURAL_FORMS: Final = frozenset({"zero", "one", "two", "few", "many", "other"})

Text: TypeAlias = str | MappingProxyType[str, str]


def languages(room: Path = ROOM) -> tuple[str, ...]:
    """The languages that have a folder, by its name: ("en",)."""
    return tuple(sorted(file.parent.name for file in room.glob("*/language.toml")))


@cache
def read_words(language: str, room: Path = ROOM) -> MappingProxyType[str, Text]:
    """Every text of a language by its dotted key.

    Raises ValueError for a key that is in two files, and for a table that is nearly one of plural
    forms.
    """
    found: dict[str, Text] = {}

    def gather(prefix: str, table: dict[str, Any], file: Path) -> None:
        for key, value in table.items():
            dotted = f"{prefix}{key}"
            if isinstance(value, dict) and not _is_plural(value):
                gather(f"{dotted}.", value, file)
                continue
            if dotted in found:
                raise ValueError(f"two words files have {dotted}; one is {file.name}")
            if isinstance(value, dict):
                found[dotted] = MappingProxyType({k: v.strip() for k, v in value.items()})
            else:
                found[dotted] = str(value).strip()

    for file in sorted((room / language).glob("*.toml")):
        gather("", tomllib.loads(file.read_text(encoding="utf-8")), file)
    return MappingProxyType(found)


def all_words(language: str = ENGLISH, room: Path = ROOM) -> dict[str, str]:
    """Every text one by one, plural forms too: `result.show_more_lines:one`. For tests, lists."""
    flat: dict[str, str] = {}
    for key, text in read_words(language, room).items():
        if isinstance(text, str):
            flat[key] = text
        else:
            flat |= {f"{key}:{form}": words for form, words in text.items()}
    return flat


@cache
def read_page(name: str, language: str, room: Path) -> str:
    """A page of running text (`about.md`): the language's own, else the English one."""
    own = room / language / name
    return (own if own.exists() else _HERE / ENGLISH / name).read_text(encoding="utf-8")


def _is_plural(table: dict[str, Any]) -> bool:
    return "other" in table and PLURAL_FORMS.issuperset(table)
