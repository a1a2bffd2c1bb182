"""The list of services as a table. Pure: rows in, markup out.

Not for: filtering or files (`views.listing`), or the map.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup, escape

from mmhs_finder.directory.confirming import Backing
from mmhs_finder.directory.models import ServiceKind, Status, YesNo
from mmhs_finder.directory.named import KIND
from mmhs_finder.render.html.pieces import sheet_link, tag
from mmhs_finder.render.html.tables import TableRow, table
from mmhs_finder.views.listing import ListedService, served_words
from mmhs_finder.words import plain_date, say, texts

_COLUMNS: Final = ("name", "area", "self_referral", "status")
_COLUMN: Final = texts("listing.column_{}", _COLUMNS)
SELF_REFERRAL: Final = texts("listing_self_referral.{}", YesNo)
STATUS: Final = texts("listing_status.{}", Status)


def table_html(found: Sequence[ListedService], caption: str) -> Markup:
    """Rows of the list as a table: the service's name is the heading of its row, and the way to its
    sheet."""
    head = [_COLUMN(name) for name in _COLUMNS]
    names = [*head[1:-1], say("listing.status")]
    return table(caption, head, [_row(row) for row in found], "listing-table", names=names)


def _row(row: ListedService) -> TableRow:
    words = SELF_REFERRAL(row.self_referral)
    own = tag("yes", words) if row.self_referral == YesNo.YES else words
    return TableRow(_name(row), [served_words(row), own, _status(row)])


def _name(row: ListedService) -> Markup:
    """The name, and what it is and who runs it: that tells it from others of its name."""
    kind = "" if row.kind == ServiceKind.MMHS else KIND(row.kind)
    more = [words for words in (kind, row.provider) if words]
    sub = Markup('<span class="sub"> · {}</span>').format(" · ".join(more)) if more else ""
    return Markup("{}{}").format(sheet_link(row.id, row.name), sub)


def _status(row: ListedService) -> Markup:
    words = STATUS(row.status)
    shown = escape(words) if row.status == Status.OPEN else tag("unknown", words)
    return Markup('{}<span class="sub"> · {}</span>').format(shown, _source(row))


def _source(row: ListedService) -> str:
    """The newest source, or since when it is confirmed by the service itself."""
    if row.standing == Backing.CONFIRMED:
        return say("listing.confirmed", date=plain_date(row.told_on))
    return plain_date(row.source_date) if row.source_date else say("listing.undated")
