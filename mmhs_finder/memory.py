"""How a process keeps its memory tidy without making anybody wait for it.

Python finds objects that hold each other, and that nobody else holds, by going through every object
there is. Ours are hundreds of thousands that stay for good (directory, words, shapes), so that one
search takes as long as an answer. `settle` takes what is there out of every later search.
Not for: when visits are let go (`channels.streamlit.sessions`).
"""

from __future__ import annotations

import gc


def settle() -> None:
    """Takes every object there is now out of later searches. Call it when what all share is loaded,
    and again when a part of it has been replaced: what nobody holds any more is given back first.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def tidy() -> None:
    """Gives back what visits have left that holds each other: a search through what has come since
    `settle`, which takes a few thousandths of a second."""
    gc.collect()
