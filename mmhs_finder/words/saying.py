"""Saying a text by its key in the language of the moment, with its gaps filled.

Not for: callers. They use `say`, whose keys a test can read, or a family (`families`).
"""

from __future__ import annotations

from decimal import Decimal

from mmhs_finder.words import files
from mmhs_finder.words.files import ENGLISH, Text
from mmhs_finder.words.language import language, locale


def say(key: str, **gaps: object) -> str:
    """The text for `key`. Raises KeyError when the key or a gap is missing.

    Of a text with plural forms the one that fits the gap `count`, a number. What the language
    lacks is said in English.
    """
    text = _text(key)
    if not isinstance(text, str):
        form = locale().plural_form(Decimal(str(gaps["count"])))
        text = text.get(form, text["other"])
    return text.format_map(gaps)


def _text(key: str) -> Text:
    own = files.read_words(language(), files.ROOM)
    return own[key] if key in own else files.read_words(ENGLISH)[key]
