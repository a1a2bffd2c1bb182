"""Coverage as HTML: the shares in words and as a table, and areas as a table. Pure.

Not for: the values and their order (`mmhs_finder.coverage`), the bar (`html.coverage_bar`), the
map, or an area's report.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import GRADED, VALUES, Measure
from mmhs_finder.coverage.rows import AreaRow, Shares
from mmhs_finder.coverage.values import Level, Value
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.coverage.wording import (
    WHAT,
    in_words,
    measure_words,
    percent_words,
    shares_words,
    value_words,
)
from mmhs_finder.directory.named import area_words
from mmhs_finder.render.html.pieces import tag
from mmhs_finder.render.html.tables import TableRow, table
from mmhs_finder.words import date_words, join_words, number, say, texts

_EMPTY = Markup("")
_HOW: Final = (
    "yes",
    "unpublished",
    "none",
    "split",
    "groups",
    "several",
    "figures",
    "facts",
    "confirmed",
)
_HOW_WORDS: Final = texts("coverage.how_{}", _HOW)


def how_html() -> Markup:
    """How the values are found, folded away."""
    items = _EMPTY.join(Markup("<li>{}</li>").format(_HOW_WORDS(name)) for name in _HOW)
    return Markup(
        '<details class="coverage-more measure"><summary>{}</summary><ul>{}</ul></details>'
    ).format(say("coverage.how"), items)


def share_sentence(shares: Shares, where: Where) -> str:
    """ "In the North West: yes 53.1 %, in part 2.3 %, not published 44.6 % of births."

    What is not known is always among them.
    """
    return say("coverage.shares_sentence", where=in_words(where), shares=shares_words(shares))


def lead_words(shares: Shares) -> str:
    """The known share in a sentence; "" where nothing is simply known or not."""
    if shares.measure in GRADED:
        return ""
    percent = number(shares.rounded()[Value.YES], 1)
    return say("coverage.shares_lead", percent=percent, what=WHAT(shares.measure))


def births_note(coverage: Coverage, shares: Shares) -> str:
    """How many births the shares are of, and how old the directory is."""
    return say("coverage.shares_note", births=number(shares.births), date=date_words(coverage.date))


def inferred_note(shares: Shares) -> str:
    """For how much of it an area is only inferred; "" for none."""
    if not shares.inferred:
        return ""
    percent = number(100 * shares.inferred / shares.births, 1)
    return say("coverage.shares_inferred", percent=percent)


def confirmed_note(coverage: Coverage, measure: Measure, where: Where) -> str:
    """How many services confirmed what we hold of them; "" for other measures."""
    confirmed, count = coverage.confirmed(where)
    if measure is not Measure.CONFIRMED or not count:
        return ""
    if not confirmed:
        return say("coverage.confirmed_none", count=count)
    return say("coverage.confirmed_count", confirmed=number(confirmed), count=count)


def shares_html(coverage: Coverage, measure: Measure, where: Where = ENGLAND) -> Markup:
    """The shares of a place in words, and the same figures as a table, without a picture."""
    shares = coverage.shares(measure, where)
    lead = lead_words(shares)
    notes = " ".join(filter(None, [births_note(coverage, shares), inferred_note(shares)]))
    confirmed = confirmed_note(coverage, measure, where)
    return Markup(
        '<section class="coverage-shares"><h2>{}</h2>{}{}<p class="measure">{}</p>'
        '<p class="muted small measure">{}</p></section>'
        '<details class="coverage-more"><summary>{}</summary>{}</details>'
    ).format(
        in_words(where),
        Markup('<p class="measure"><strong>{}</strong></p>').format(lead) if lead else _EMPTY,
        Markup('<p class="measure">{}</p>').format(confirmed) if confirmed else _EMPTY,
        share_sentence(shares, where),
        notes,
        say("coverage.shares_table"),
        shares_table(coverage, measure, where),
    )


def shares_table(coverage: Coverage, measure: Measure, where: Where) -> Markup:
    """A place and, to compare, England; or England and each of its regions."""
    values = VALUES[measure]
    regions = [p for p in coverage.places if p.level is Level.REGION]
    others = regions if where == ENGLAND else [ENGLAND]
    rows = []
    for place in (where, *others):
        shares = coverage.shares(measure, place)
        rounded = shares.rounded()
        name = place.name or say("coverage.where_england")
        cells = [number(shares.births), *(percent_words(rounded[v]) for v in values)]
        rows.append(TableRow(name, cells))
    head = [
        say("coverage.column_area"),
        say("coverage.column_births"),
        *(value_words(measure, v) for v in values),
    ]
    caption = f"{measure_words(measure)}: {say('coverage.column_known').lower()}"
    return table(caption, head, rows, "coverage-table")


def rows_html(rows: Sequence[AreaRow], level: Level, measure: Measure, caption: str) -> Markup:
    """Areas as a table: value, shares (ICBs and regions), births, services."""
    head = [say("coverage.column_area"), say("coverage.column_value")]
    if level is Level.COUNCIL:
        head.append(say("coverage.column_icb"))
    else:
        head.append(say("coverage.column_known"))
    head.append(say("coverage.column_births"))
    if level is Level.COUNCIL:
        head.append(say("coverage.column_services"))
    body = []
    for row in rows:
        cells: list[str | Markup] = [value_cell(measure, row)]
        if level is Level.COUNCIL:
            cells.append(f"{row.icb}, {row.region}")
        else:
            cells.append(_shares_cell(row))
        cells.append(_births(row))
        if level is Level.COUNCIL:
            names = join_words([s.name for s in row.services])
            gone = [say("coverage.closed", name=s.name) for s in row.closed]
            none = "" if gone else say("coverage.services_none")
            cells.append(" ".join([names or none, *gone]).strip())
        body.append(TableRow(area_words(row.name), cells))
    return table(caption, head, body, "coverage-table")


def value_cell(measure: Measure, row: AreaRow) -> Markup:
    kind = {Value.YES: "yes", Value.NO: "no", Value.NOT_READ: "unknown"}.get(row.value)
    words = value_words(measure, row.value)
    cell = tag(kind, words) if kind else Markup('<span class="tag">{}</span>').format(words)
    if row.inferred:
        note = say("coverage.inferred")
        cell += Markup('<span class="sub">{}</span>').format(note)
    return cell


def _shares_cell(row: AreaRow) -> str:
    if row.shares is None:
        return ""
    rounded = row.shares.rounded()
    return "; ".join(
        f"{value_words(row.shares.measure, v)} {percent_words(share)}"
        for v, share in rounded.items()
        if share
    )


def _births(row: AreaRow) -> str:
    return say("coverage.part_row") if row.births is None else number(row.births)
