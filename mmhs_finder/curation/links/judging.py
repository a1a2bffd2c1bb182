"""What came of asking an address, from what was met on the way. Pure.

When in doubt an address is `refused`: that proves nothing, and nobody is told.
Not for: asking (`asking`), or what a reader is told (`views.ways`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

from mmhs_finder.directory.linked import LinkState

GONE: Final = (404, 410)
FOR_GOOD: Final = (301, 308)
_HOME: Final = re.compile(r"/?(?:(?:home|index|default|welcome)(?:\.\w+)?/?)?", re.IGNORECASE)
_NOT_FOUND: Final = re.compile(
    r"(?:^|[/_-])(?:404|410|not[-_]?found|page[-_]?not[-_]?found|error[-_]?404)(?:$|[/._-])",
    re.IGNORECASE,
)
"""The path of a page that says that a page is not there."""

_REFUSALS: Final = {
    401: "asks for a password",
    403: "does not let a program look",
    429: "asks us to come back later",
}


@dataclass(frozen=True)
class Hop:
    """A redirect that was followed: its status, and the address that it leads to."""

    status: int
    to: str


@dataclass(frozen=True)
class Walk:
    """What was met from an address on.

    status: of the last answer, or None where there was none; then `state` and `detail` say why.
    """

    url: str
    hops: tuple[Hop, ...] = ()
    status: int | None = None
    state: LinkState = LinkState.REFUSED
    detail: str = ""

    @property
    def end(self) -> str:
        return self.hops[-1].to if self.hops else self.url


@dataclass(frozen=True)
class Verdict:
    """What came of it. detail: in a few words. moved_to: the new address of a page that moved."""

    state: LinkState
    detail: str = ""
    moved_to: str = ""


def judged(walk: Walk) -> Verdict:
    """What came of a walk."""
    if walk.status is None:
        return Verdict(walk.state, walk.detail)
    if walk.status in GONE:
        return Verdict(LinkState.GONE, f"there is no such page ({walk.status})")
    if not 200 <= walk.status < 300:
        said = _REFUSALS.get(walk.status, "answers, but not with its page")
        return Verdict(LinkState.REFUSED, f"{said} ({walk.status})")
    start, end = urlsplit(walk.url), urlsplit(walk.end)
    if _NOT_FOUND.search(end.path) and not _NOT_FOUND.search(start.path):
        return Verdict(LinkState.SOFT_GONE, f"leads to a page that says “not found”: {walk.end}")
    if is_home(end) and not is_home(start):
        return Verdict(LinkState.SOFT_GONE, f"leads to a home page: {walk.end}")
    if any(hop.status in FOR_GOOD for hop in walk.hops) and not _same_page(start, end):
        return Verdict(LinkState.MOVED, f"leads to another page for good: {walk.end}", walk.end)
    return Verdict(LinkState.OK)


def is_home(parts: SplitResult) -> bool:
    """Whether an address is that of a site's home page."""
    return not parts.query and bool(_HOME.fullmatch(parts.path))


def _same_page(one: SplitResult, other: SplitResult) -> bool:
    """Whether two addresses differ in nothing that matters to a reader: the scheme, "www.", the
    case of the host, a "/" at the end."""

    def plain(parts: SplitResult) -> tuple[str, str, str]:
        host = (parts.hostname or "").removeprefix("www.")
        return host, parts.path.rstrip("/"), parts.query

    return plain(one) == plain(other)
