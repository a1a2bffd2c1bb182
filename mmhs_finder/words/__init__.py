"""The words the public reads: a folder a language, one file a view, so that a content designer can
edit them.

    say("find.submit")                       one text by its key, always written out
    say("result.show_more_lines", count=3)        of plural forms the one for 3
    KIND = texts("kind.{}", ServiceKind)     a text for each value of a vocabulary

Not for: facts about services. Those come from the directory, with their sources.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from babel.lists import format_list

from mmhs_finder.words import files
from mmhs_finder.words.families import Texts, texts
from mmhs_finder.words.files import all_words, read_page
from mmhs_finder.words.kept import kept
from mmhs_finder.words.language import (
    UnknownLanguage,
    check_language,
    html_language,
    language,
    speaking,
)
from mmhs_finder.words.language import locale as _locale
from mmhs_finder.words.numbers import clock, date_words, number, plain_date
from mmhs_finder.words.saying import say

__all__ = [
    "Texts",
    "UnknownLanguage",
    "all_words",
    "check_language",
    "clock",
    "date_words",
    "html_language",
    "join_words",
    "kept",
    "language",
    "number",
    "page",
    "plain_date",
    "say",
    "speaking",
    "texts",
]


def join_words(names: Sequence[str], last: Literal["and", "or"] = "and") -> str:
    """ "a", "a and b", "a, b and c", as the language of the moment joins them."""
    style: Literal["standard", "or"] = "or" if last == "or" else "standard"
    return format_list(list(names), style=style, locale=_locale())


def page(name: str) -> str:
    """A page of running text in the language of the moment, such as `about.md`."""
    return read_page(name, language(), files.ROOM)
