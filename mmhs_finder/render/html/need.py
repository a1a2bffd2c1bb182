"""Need and help as HTML: the finding in words, a bar for each fifth, and areas as a table. Pure.

Not for: the words (`views.need_and_help`), or the picture of single areas.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from mmhs_finder.coverage.concentration import Fifth
from mmhs_finder.coverage.measures import VALUES, Measure
from mmhs_finder.coverage.need_points import NeedPoint
from mmhs_finder.coverage.rows import Shares
from mmhs_finder.coverage.values import Level, Value
from mmhs_finder.coverage.wording import measure_words, percent_words, value_words
from mmhs_finder.directory.named import area_words
from mmhs_finder.render.html.coverage import value_cell
from mmhs_finder.render.html.coverage_bar import share_bar, values_key
from mmhs_finder.render.html.tables import TableRow, table
from mmhs_finder.views.need_and_help import FifthView, NeedView, fifth_words
from mmhs_finder.words import number, say

_EMPTY = Markup("")


def need_html(view: NeedView, shares: Shares) -> Markup:
    """The finding, the bars with their key, and the same as a table. shares: of the whole place."""
    first, *others = view.lines
    return Markup(
        '<section class="coverage-shares"><h2>{}</h2><p class="measure"><strong>{}</strong></p>{}'
        '<div class="coverage-regions"><h3>{}</h3><ul role="list">{}</ul></div>{}'
        '<p class="muted small measure">{}</p></section>{}'
    ).format(
        view.heading,
        first,
        _EMPTY.join(Markup('<p class="measure">{}</p>').format(line) for line in others),
        say("coverage_need.bars"),
        _EMPTY.join(
            Markup("<li><span>{}</span>{}</li>").format(each.name, _bar(each))
            for each in view.fifths
        ),
        values_key(shares, figures=False),
        view.note,
        Markup('<details class="coverage-more"><summary>{}</summary>{}{}</details>').format(
            say("coverage_need.table_summary"),
            fifths_table(view, shares.measure),
            places_table(view, shares.measure) if view.places else _EMPTY,
        ),
    )


def _bar(each: FifthView) -> Markup:
    if not each.shares.births:
        return Markup('<span class="muted">{}</span>').format(say("coverage_need.none_here"))
    return share_bar(each.shares, each.sentence, small=True)


def need_text_html(view: NeedView, measure: Measure) -> Markup:
    """The finding and the fifths as a table, without a picture."""
    return Markup('<h2>{}</h2>{}{}<p class="muted small">{}</p>').format(
        view.heading,
        _EMPTY.join(Markup("<p>{}</p>").format(line) for line in view.lines),
        fifths_table(view, measure),
        view.note,
    )


def fifths_table(view: NeedView, measure: Measure) -> Markup:
    """Every fifth with its councils, births and the share of each value."""
    caption = say("coverage_need.table_caption", measure=measure_words(measure))
    return _table(caption, say("coverage_need.column_fifth"), view.fifths, measure)


def places_table(view: NeedView, measure: Measure) -> Markup:
    """The most deprived fifth in each region and ICB that lies in the place."""
    caption = say("coverage_need.places_caption", measure=measure_words(measure))
    return _table(caption, say("coverage.column_area"), view.places, measure)


def _table(caption: str, first: str, each_of: Sequence[FifthView], measure: Measure) -> Markup:
    """Columns for the values that there are; yes, and what we do not know, are always there."""
    always = (Value.YES, Value.NOT_READ)
    values = [
        v for v in VALUES[measure] if v in always or any(e.shares.by_value[v] for e in each_of)
    ]
    head = [
        first,
        say("coverage_need.column_councils"),
        say("coverage.column_births"),
        *(value_words(measure, v) for v in values),
    ]
    rows = []
    for each in each_of:
        rounded, counted = each.shares.rounded(), (each.shares.councils, each.shares.births)
        shown = [percent_words(rounded[v]) if each.shares.births else "–" for v in values]
        rows.append(TableRow(each.name, [*map(number, counted), *shown]))
    return table(caption, head, rows, "coverage-table")


def points_html(
    points: Sequence[NeedPoint],
    level: Level,
    measure: Measure,
    fifths: Mapping[str, Fifth],
    caption: str,
) -> Markup:
    """Areas with their value and their figures of need, each with its year in the heading.

    fifths: of councils, by code; areas of another level lie in none.
    """
    head = [
        say("coverage.column_area"),
        say("coverage.column_value"),
        say("coverage.column_births"),
        say("coverage.column_women"),
        say("coverage.column_imd"),
    ]
    if level is Level.COUNCIL:
        head.append(say("coverage_need.column_fifth"))
    body = []
    for point in points:
        fifth = fifths.get(point.row.code)
        known = point.deprivation
        cells: list[str | Markup] = [
            value_cell(measure, point.row),
            number(point.births),
            number(point.women),
            say("coverage_need.not_scored") if known is None else number(known, 1),
        ]
        if level is Level.COUNCIL:
            named = fifth_words(fifth) if fifth else say("coverage_need.not_scored")
            cells.append(named)
        body.append(TableRow(area_words(point.row.name), cells))
    return table(caption, head, body, "coverage-table")
