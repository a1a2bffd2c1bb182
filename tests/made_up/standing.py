"""The site as it is when it stands below a path of its host."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from mmhs_finder.render.addresses import serve_below

PATH = "/tools/mmhs"

_ADDRESS = re.compile(r"""["(](/(?:[\w.~-][^"\s)]*|(?=")))""")


@contextmanager
def standing_below(path: str = PATH) -> Iterator[str]:
    """Everything inside stands below the path. Yields the path."""
    serve_below(path)
    try:
        yield path
    finally:
        serve_below("")


def outside(text: str) -> list[str]:
    """The addresses in a page that lead out of the path on the same host."""
    return [one for one in _ADDRESS.findall(text) if not f"{one}/".startswith(f"{PATH}/")]
