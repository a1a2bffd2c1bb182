"""Keeping what a function has said, so that all visitors share the work of saying it once.

Not for: anything of one person. What is kept here outlives her visit, so it may be made only of
rows of the directory and the moment, never of a place that was searched for or an answer.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from mmhs_finder.words import files
from mmhs_finder.words.language import language

Given = ParamSpec("Given")
Said = TypeVar("Said")


def kept(most: int) -> Callable[[Callable[Given, Said]], Callable[Given, Said]]:
    """Keeps what a function returned for the same values, in each language by itself.

    most: how many are kept; those that were asked for longest ago go first.
    Every value given must be hashable and never change, and so must what is returned.
    """

    def decorated(make: Callable[Given, Said]) -> Callable[Given, Said]:
        @lru_cache(maxsize=most)
        def of_language(
            _language: str, _room: Path, *args: Given.args, **kwargs: Given.kwargs
        ) -> Said:
            return make(*args, **kwargs)

        @wraps(make)
        def said(*args: Given.args, **kwargs: Given.kwargs) -> Said:
            return of_language(language(), files.ROOM, *args, **kwargs)  # type: ignore[arg-type]

        return said

    return decorated
