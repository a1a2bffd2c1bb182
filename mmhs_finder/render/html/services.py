"""The list of services as a table. Pure: rows in, markup out.

Not for: filtering or files (`views.listing`), or the map.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from mmhs_finder.directory.models import Status, YesNo
from mmhs_finder.directory.named import KIND, NEED_TERM
from mmhs_finder.render.html.pieces import tag
from mmhs_finder.render.html.tables import TableRow, table
from mmhs_finder.views.listing import ListedService
from mmhs_finder.words import join_words, plain_date, say, texts

AREAS_SHOWN: Final = 4
_COLUMNS: Final = ("name", "kind", "area", "self_referral", "source")
_COLUMN: Final = texts("listing.column_{}", _COLUMNS)
SELF_REFERRAL: Final = texts("listing_self_referral.{}", YesNo)
STATUS: Final = texts("listing_status.{}", Status)


def table_html(found: Sequence[ListedService], caption: str) -> Markup:
    """Rows of the list as a table: the service's name is the heading of its row."""
    head = [_COLUMN(name) for name in _COLUMNS]
    return table(caption, head, [_row(row) for row in found], "listing-table")


def _row(row: ListedService) -> TableRow:
    own = tag(row.self_referral, _self_referral(row))
    return TableRow(_name(row), [_kind(row), area_words(row), own, _source(row)])


def _self_referral(row: ListedService) -> str:
    return SELF_REFERRAL(row.self_referral)


def _name(row: ListedService) -> Markup:
    """The name, what tells it from others of that name, and the way to its sheet."""
    sheet = Markup(
        '<a href="professionals?service={}" data-in-app=".sheet h2">{}'
        '<span class="sr-only">: {}</span></a>'
    )
    return Markup('{}<span class="sub">{}</span>{}<span class="sub">{}</span>').format(
        row.name,
        row.provider,
        Markup('<span class="sub">{}</span>').format(tag("unknown", STATUS(row.status)))
        if row.status != Status.OPEN
        else Markup(""),
        sheet.format(row.id, say("listing.sheet_link"), row.name),
    )


def _kind(row: ListedService) -> Markup:
    helps = join_words([NEED_TERM(p) for p in row.pathways])
    more = Markup('<span class="sub">{}</span>').format(helps) if helps else Markup("")
    return Markup("{}{}").format(KIND(row.kind), more)


def area_words(row: ListedService) -> str:
    """Where it serves, in a few words: the first areas, and how many more there are."""
    names = row.area or row.councils
    if len(names) > AREAS_SHOWN:
        rest = say("names.more", count=len(names) - AREAS_SHOWN)
        return f"{', '.join(names[:AREAS_SHOWN])} {rest}"
    return join_words(names) or say("listing.area_unknown")


def _source(row: ListedService) -> str:
    return plain_date(row.source_date) if row.source_date else say("listing.undated")
