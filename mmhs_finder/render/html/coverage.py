"""Coverage as HTML: the shares in words and by region, and areas as a table. Pure.

Not for: the values and their order (`mmhs_finder.coverage`), the map, or an area's report.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import GRADED, VALUES, Measure
from mmhs_finder.coverage.rows import AreaRow, Shares
from mmhs_finder.coverage.values import Level, Value
from mmhs_finder.coverage.wording import measure_words, percent_words, value_words
from mmhs_finder.render.html.pieces import tag
from mmhs_finder.render.html.tables import TableRow, table
from mmhs_finder.words import date_words, join_words, number, say, texts

_EMPTY = Markup("")
_HOW: Final = ("yes", "unpublished", "none", "split", "groups", "several", "figures", "facts")
_HOW_WORDS: Final = texts("coverage.how_{}", _HOW)
_WHAT: Final = texts("coverage_what.{}", [m for m in Measure if m not in GRADED])


def how_html() -> Markup:
    """How the values are found, folded away."""
    items = _EMPTY.join(Markup("<li>{}</li>").format(_HOW_WORDS(name)) for name in _HOW)
    return Markup(
        '<details class="coverage-more measure"><summary>{}</summary><ul>{}</ul></details>'
    ).format(say("coverage.how"), items)


def share_words(shares: Shares) -> str:
    """The shares in one or two sentences; what is not known is always among them."""
    rounded = shares.rounded()
    parts = [
        f"{value_words(shares.measure, v).lower()} {percent_words(rounded[v])}"
        for v in VALUES[shares.measure]
        if v is not Value.YES and (rounded[v] or v is Value.NOT_READ)
    ]
    if shares.measure in GRADED:
        return f"{join_words(parts)}.".capitalize()
    lead = say(
        "coverage.shares_lead",
        percent=number(rounded[Value.YES], 1),
        what=_WHAT(shares.measure),
    )
    return f"{lead} {say('coverage.shares_rest', rest=join_words(parts))}"


def shares_html(coverage: Coverage, measure: Measure) -> Markup:
    """The headline for England, and the same figures for each region as a table."""
    shares = coverage.shares(measure)
    notes = [
        say(
            "coverage.shares_note",
            births=number(shares.births),
            date=date_words(coverage.date),
        )
    ]
    if shares.inferred:
        percent = number(100 * shares.inferred / shares.births, 1)
        notes.append(say("coverage.shares_inferred", percent=percent))
    return Markup(
        '<section class="coverage-shares"><h2>{}</h2><p class="measure"><strong>{}</strong></p>'
        '<p class="muted small measure">{}</p></section>'
        '<details class="coverage-more"><summary>{}</summary>{}</details>'
    ).format(
        say("coverage.shares_heading"),
        share_words(shares),
        " ".join(notes),
        say("coverage.shares_region"),
        _region_table(coverage, measure),
    )


def _region_table(coverage: Coverage, measure: Measure) -> Markup:
    values = VALUES[measure]
    rows = [
        TableRow(
            row.name,
            [number(row.births or 0), *(percent_words(row.shares.rounded()[v]) for v in values)],
        )
        for row in coverage.rows(Level.REGION, measure)
        if row.shares
    ]
    head = [
        say("coverage_level.region"),
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
        body.append(TableRow(row.name, cells))
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
