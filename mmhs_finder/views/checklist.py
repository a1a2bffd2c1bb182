"""The checklists that a system can be held against, in words: a line, and what may be answered.

Not for: the lines themselves (`planning.facts`), or who answers them (`channels`).
"""

from __future__ import annotations

from typing import Final

from mmhs_finder.planning.facts import Consideration, Extent
from mmhs_finder.words import say, texts

EXTENT_WORDS: Final = texts("planning_practice.{}", Extent)
"""What was answered."""


def line_words(item: Consideration) -> str:
    """A line in a file: after what is recommended, where it asks about that."""
    if not item.recommendation:
        return item.text
    return say("planning_practice.recommended", what=item.recommendation, line=item.text)
