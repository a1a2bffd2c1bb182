"""What came of asking the links, in plain words for curators: what to put right, and where.

Not for: readers (`views.ways`), or asking.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from mmhs_finder.curation.links.collecting import Cell
from mmhs_finder.directory.linked import LinkState, LinkStatus

HEADINGS: Final[Mapping[LinkState, str]] = MappingProxyType(
    {
        LinkState.GONE: "The page is gone. Find where it is now, or take the link out",
        LinkState.SOFT_GONE: "The link leads to a home page or to “not found”. Look for the page",
        LinkState.UNREACHABLE: "Nobody answers there. Try it yourself, then look for a new address",
        LinkState.CERTIFICATE: "Browsers warn of it. Try it yourself; tell the service",
        LinkState.MOVED: "The page has moved for good. Read the new one, then write its address",
        LinkState.SLOW: "It took too long. Try it yourself; it may be only us",
        LinkState.REFUSED: "It does not answer a program. Try it yourself; it proves nothing",
    }
)
"""What to do about each, the most pressing first."""


def report(statuses: Mapping[str, LinkStatus], cells: Mapping[str, tuple[Cell, ...]]) -> str:
    """Every link that needs somebody, with the cells that it stands in; then the sums."""
    lines: list[str] = []
    for state, heading in HEADINGS.items():
        found = [statuses[url] for url in cells if url in statuses and statuses[url].state is state]
        if found:
            lines += [f"{heading} ({len(found)}):", *_each(found, cells), ""]
    lines.append(_sums([statuses[url] for url in cells if url in statuses], len(cells)))
    return "\n".join(lines)


def _each(found: Iterable[LinkStatus], cells: Mapping[str, tuple[Cell, ...]]) -> Iterable[str]:
    for status in found:
        yield f"  {status.url}"
        yield f"    {status.detail[:1].upper()}{status.detail[1:]}. {_when(status)}"
        yield from (f"    {cell}" for cell in cells[status.url])


def _when(status: LinkStatus) -> str:
    asked = f"Asked on {status.checked_on.isoformat()}"
    if status.answered_on is None:
        return f"{asked}."
    if status.answered_on == status.checked_on:
        return f"{asked}; its page is there."
    return f"{asked}; the page was last there on {status.answered_on.isoformat()}."


def _sums(statuses: Iterable[LinkStatus], total: int) -> str:
    counts = Counter(status.state for status in statuses)
    asked = counts.total()
    said = f"{counts[LinkState.OK]:,} of {total:,} links answer"
    rest = ", ".join(f"{counts[s]:,} {s.value.replace('_', ' ')}" for s in HEADINGS if counts[s])
    said += f"; {rest}." if rest else "."
    return said if asked == total else f"{said} {total - asked:,} have not been asked yet."
