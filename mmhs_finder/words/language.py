"""Which language is spoken at this moment, and how it counts and writes numbers and dates.

A process speaks the language of `MMHS_LANGUAGE` (default: `en`); `with speaking("cy"):` another
one. Plural rules, names of months and signs of numbers come from the Unicode CLDR, by Babel.
Not for: the texts themselves (`files`, `mmhs_finder.words`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Final

from babel import Locale

from mmhs_finder.words import files

SETTING: Final = "MMHS_LANGUAGE"
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


class UnknownLanguage(ValueError):
    """There is no folder of words for it. The text is for the operator."""


def language() -> str:
    """The language of this moment: the name of its folder in `mmhs_finder/words/`."""
    return _spoken.get() or os.environ.get(SETTING) or files.ENGLISH


@contextmanager
def speaking(name: str) -> Iterator[None]:
    """Everything said inside is said in that language. Raises UnknownLanguage.

    Holds for this thread (or task) only, as any context variable does.
    """
    check_language(name)
    before = _spoken.set(name)
    try:
        yield
    finally:
        _spoken.reset(before)


def check_language(name: str | None = None) -> None:
    """Raises UnknownLanguage where a language, else the one of the setting, has no words."""
    name = name or language()
    known = files.languages(files.ROOM)
    if name not in known:
        raise UnknownLanguage(
            f"{SETTING}: there is no folder of words for {name!r}. There are: {', '.join(known)}."
        )


def locale() -> Locale:
    """The rules of the language of this moment."""
    return _locale(language(), files.ROOM)


@cache
def _locale(name: str, room: Path) -> Locale:
    tag = files.read_words(name, room)["language.locale"]
    return Locale.parse(str(tag), sep="-")


def html_language() -> str:
    """For the attribute `lang` of a page: "en-GB"."""
    return str(files.read_words(language(), files.ROOM)["language.locale"])
