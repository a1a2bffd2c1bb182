"""Coverage over time as HTML: the three steps of the promise, and what changed since a day. Pure.

Not for: what is told (`views.promise`, `views.coverage_history`), or charts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from markupsafe import Markup

from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.wording import measure_words, percent_words
from mmhs_finder.render.addresses import here
from mmhs_finder.render.files.coverage_history import CSV_AT, JSON_AT
from mmhs_finder.render.html.pieces import link
from mmhs_finder.render.html.tables import TableCell, TableRow, table
from mmhs_finder.views.coverage_history import DifferenceInWords, IcbOverTime, SharePoint
from mmhs_finder.views.promise import PromiseFactView, PromiseView, SeenInIcb, UnreachedView
from mmhs_finder.words import date_words, say

_EMPTY: Final = Markup("")
_CSS: Final = "compact-table"


def promise_html(view: PromiseView) -> Markup:
    """The three steps, each with its table folded away."""
    return Markup("<section><h2>{}</h2>{}{}{}{}</section>").format(
        say("coverage_promise.heading"),
        _paragraphs([say("coverage_promise.intro")]),
        _step(
            say("coverage_promise.step_promised"),
            [view.promised_words],
            [_facts(say("coverage_promise.facts_promised"), view.promised)],
        ),
        _step(
            say("coverage_promise.step_counted"),
            [view.counted_words],
            [_facts(say("coverage_promise.facts_counted"), view.counted)],
        ),
        _step(
            say("coverage_promise.step_today"),
            view.today,
            [
                _icbs(say("coverage_promise.icbs_now"), view.icbs_now),
                _icbs(
                    say("coverage_promise.icbs_2024"),
                    view.icbs_2024,
                    say("coverage_promise.icbs_2024_note"),
                ),
            ],
        ),
    )


def unreached_html(rows: Sequence[UnreachedView], caption: str) -> Markup:
    """Councils where no running service is seen."""
    head = [
        say("coverage_promise.column_council"),
        say("coverage_promise.column_known"),
        say("coverage_promise.column_icb"),
        say("coverage_promise.column_births"),
    ]
    body = [TableRow(row.name, [row.known, row.icb, row.births]) for row in rows]
    return table(caption, head, body, "coverage-table")


def changes_html(
    heading: str, text: str, period: str, found: Sequence[DifferenceInWords], most: int
) -> Markup:
    """What changed, under its heading; nothing where nothing did. most: rows that are shown."""
    if not found:
        return _EMPTY
    head = [
        say("coverage_over_time.column_change"),
        say("coverage_over_time.column_icbs"),
        say("coverage_over_time.column_births"),
    ]
    body = [
        TableRow(
            Markup('{}<span class="sub">{}</span>').format(each.words, each.councils),
            [each.icbs, each.births],
        )
        for each in found[:most]
    ]
    more = len(found) - most
    after = _paragraphs([say("coverage_over_time.more", count=more)]) if more > 0 else _EMPTY
    return Markup("<section><h3>{}</h3>{}{}{}</section>").format(
        heading, _paragraphs([text]), table(period, head, body, "coverage-table"), after
    )


def icbs_html(measure: Measure, rows: Sequence[IcbOverTime], then: str) -> Markup:
    """A measure by ICB on an earlier day and today, folded away. then: the day, in words."""
    caption = say("coverage_over_time.by_icb", measure=measure_words(measure))
    head = [
        say("coverage_promise.column_icb"),
        say("coverage_over_time.by_icb_then", day=then),
        say("coverage_over_time.by_icb_now"),
        say("coverage_over_time.by_icb_unknown"),
        say("coverage_over_time.by_icb_changes"),
    ]
    body = [
        TableRow(
            row.name,
            [
                _yes(row.then),
                _yes(row.now),
                percent_words(row.now.unknown) if row.now else _yes(None),
                str(row.changes),
            ],
        )
        for row in rows
    ]
    return _folded(caption, table(caption, head, body, _CSS))


def shares_rows(points: Iterable[SharePoint]) -> list[tuple[str, str, str]]:
    """The cells of a table of shares, a row for each day, the newest first."""
    return [
        (
            date_words(point.day),
            percent_words(point.yes),
            percent_words(point.unknown),
        )
        for point in sorted(points, key=lambda p: p.day, reverse=True)
    ]


def files_html() -> Markup:
    """The ways to the files."""
    files = (
        (CSV_AT, say("coverage_over_time.file_csv")),
        (JSON_AT, say("coverage_over_time.file_json")),
    )
    items = _EMPTY.join(
        Markup('<li><a href="{}">{}</a></li>').format(here(at), words) for at, words in files
    )
    return Markup("<section><p>{}</p><ul>{}</ul></section>").format(
        say("coverage_over_time.files"), items
    )


def _step(heading: str, texts: Sequence[str], tables: Iterable[Markup]) -> Markup:
    return Markup("<section><h3>{}</h3>{}{}</section>").format(
        heading, _paragraphs(texts), _EMPTY.join(tables)
    )


def _paragraphs(texts: Iterable[str]) -> Markup:
    return _EMPTY.join(Markup('<p class="measure">{}</p>').format(text) for text in texts)


def _folded(summary: str, inside: Markup) -> Markup:
    return Markup('<details class="coverage-more"><summary>{}</summary>{}</details>').format(
        summary, inside
    )


def _facts(summary: str, facts: Sequence[PromiseFactView]) -> Markup:
    head = [
        say("coverage_promise.column_what"),
        say("coverage_promise.column_figure"),
        say("coverage_promise.column_counts"),
        say("coverage_promise.column_when"),
        say("coverage_promise.column_source"),
    ]
    body = [
        TableRow(
            fact.what,
            [
                fact.figure,
                fact.counts,
                fact.when,
                TableCell(Markup("<span>{}</span>").format(link(fact.url, fact.source))),
            ],
        )
        for fact in facts
    ]
    return _folded(summary, table(summary, head, body, _CSS))


def _icbs(summary: str, icbs: Sequence[SeenInIcb], note: str = "") -> Markup:
    head = [
        say("coverage_promise.column_icb"),
        say("coverage_promise.column_seen"),
        say("coverage_promise.column_births_without"),
    ]
    body = [TableRow(icb.name, [icb.seen, icb.births_without]) for icb in icbs]
    made = table(summary, head, body, _CSS)
    return _folded(summary, made + _paragraphs([note]) if note else made)


def _yes(point: SharePoint | None) -> str:
    return percent_words(point.yes) if point else say("coverage_over_time.not_counted")
