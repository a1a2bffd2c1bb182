"""What a record knows of its own links: that one did not answer when it was last asked.

That is no column and no fact: it is told with its day, and changes nothing else.
Not for: reading what came of asking (`link_status`), asking (`curation.links`), words (`views`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from pydantic import BaseModel, PrivateAttr

ADDRESSES: Final = ("website", "referral_url", "webchat_url", "finder_url", "source_urls")
"""The columns that hold web addresses, in whichever file; the last one holds several."""


class LinkState(StrEnum):
    """What came of asking a web address.

    gone: the server says that there is no such page (404, 410). soft_gone: it leads to a home page
    or to a page about a page that is not there. moved: it leads to another page for good.
    certificate: browsers warn of it. unreachable: no such host, or nobody answers there. slow: it
    took too long. refused: it answers, but not to us (403, 429, 5xx), which proves nothing.
    """

    OK = "ok"
    GONE = "gone"
    SOFT_GONE = "soft_gone"
    MOVED = "moved"
    CERTIFICATE = "certificate"
    UNREACHABLE = "unreachable"
    SLOW = "slow"
    REFUSED = "refused"


ANSWERED: Final = frozenset({LinkState.OK, LinkState.MOVED})
"""The page is there."""

NO_ANSWER: Final = frozenset(
    {LinkState.GONE, LinkState.SOFT_GONE, LinkState.CERTIFICATE, LinkState.UNREACHABLE}
)
"""What readers are told of. `slow` and `refused` may be about us, so they are told nothing."""


@dataclass(frozen=True)
class LinkStatus:
    """One address. answered_on: the last day on which its page was there; None: not yet seen.

    detail: what was met, in a few plain words for curators. moved_to: where a `moved` one leads.
    """

    url: str
    checked_on: date
    state: LinkState
    detail: str = ""
    moved_to: str = ""
    answered_on: date | None = None


@dataclass(frozen=True)
class Unanswered:
    """That a link of a row did not answer: on which day, and how."""

    on: date
    state: LinkState


class Linked(BaseModel):
    """A record that knows which of its links did not answer. That is no column, and no fact."""

    _unanswered: Mapping[str, Unanswered] = PrivateAttr(default_factory=dict)

    def unanswered(self, url: str) -> Unanswered | None:
        """What is known of one of its addresses; None where there is nothing to say."""
        return self._unanswered.get(url)

    def note_unanswered(self, statuses: Mapping[str, LinkStatus]) -> None:
        """Takes to heart what came of its links, where they were asked after somebody read it.

        For who makes the record, before anybody else has it.
        """
        self._unanswered = unanswered_of(self, statuses)


def addresses_of(row: object) -> tuple[str, ...]:
    """The web addresses of a record, each once, in the order of `ADDRESSES`."""
    found: list[str] = []
    for column in ADDRESSES:
        value = getattr(row, column, "")
        found += [value] if isinstance(value, str) else value
    return tuple(dict.fromkeys(each for each in found if each))


def unanswered_of(row: object, statuses: Mapping[str, LinkStatus]) -> Mapping[str, Unanswered]:
    """Which addresses of a record did not answer, where that is newer than its `checked_on`."""
    read_on: date | None = getattr(row, "checked_on", None)
    return {
        url: Unanswered(status.checked_on, status.state)
        for url in addresses_of(row)
        if (status := statuses.get(url)) is not None
        and status.state in NO_ANSWER
        and (read_on is None or status.checked_on > read_on)
    }
