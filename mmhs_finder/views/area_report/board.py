"""The page for a board: what stands out, a small table, a map, and what to ask next.

Each sentence is chosen by a rule that holds for any place. Shares are of the births in the year to
mid-2020; of one council, and of a part of one, its value is told in its place.
Not for: the detail that follows (the modules beside this one), or how it fits a page (`render`).
"""

from __future__ import annotations

from collections import Counter
from typing import Final

import mmhs_finder
from mmhs_finder.coverage.closing import GapStep, first_step
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import PATHWAY_MEASURES, VALUES, Measure
from mmhs_finder.coverage.values import UNKNOWN, Level, Value
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.coverage.wording import (
    map_title,
    measure_in_sentence,
    measure_words,
    nearest_words,
    percent_words,
    value_words,
)
from mmhs_finder.views.area_report.asks import asks
from mmhs_finder.views.area_report.parts import Board, BoardMap, MapKey, ReportTable
from mmhs_finder.views.coverage_history import HistoryView
from mmhs_finder.views.scenario import offers_words
from mmhs_finder.words import join_words, number, plain_date, say, texts

_TOLD: Final = (*PATHWAY_MEASURES, Measure.SELF_REFERRAL)
_SHARED: Final = texts("area_report_board.{}", ("all_four", "self_referral"))
_NO: Final = (Value.NO, Value.NOT_LISTED)


def board(
    coverage: Coverage, where: Where, gap: Measure | None, history: HistoryView | None
) -> Board:
    """gap: as of `widest_gap`. history: what changed; None where that is not told."""
    return Board(
        dated=say(
            "area_report_board.dated",
            checked=plain_date(coverage.date.isoformat()),
            made=plain_date(coverage.today.isoformat()),
            version=mmhs_finder.__version__,
        ),
        about=say("area_report_board.about"),
        findings_heading=say("area_report_board.findings"),
        findings=(
            _births(coverage, where),
            *(_one_place(coverage, where) if _is_one(where) else _shared(coverage, where)),
            *((history.intro,) if history and history.since else ()),
            *(_lacking(coverage, where, gap) if gap else (say("area_report.gaps_all"),)),
        ),
        table=_table(coverage, where),
        map=_map(coverage, where, gap or Measure.ALL_FOUR),
        asks_heading=say("area_report_board.asks"),
        asks=asks(coverage, where),
        detail=say("area_report_board.detail"),
    )


def _is_one(where: Where) -> bool:
    """Whether it is one council or a part of one: it has a value, and no shares."""
    return where.level is Level.COUNCIL


def widest_gap(coverage: Coverage, where: Where) -> Measure | None:
    """The kind of help that is known for the fewest births; None where all are known everywhere."""
    lacking = [m for m in PATHWAY_MEASURES if coverage.row_of(m, where).value is not Value.YES]
    return min(lacking, key=lambda m: _yes(coverage, m, where), default=None)


def _yes(coverage: Coverage, measure: Measure, where: Where) -> int:
    return coverage.shares(measure, where).by_value[Value.YES]


# --- findings -------------------------------------------------------------------------------------


def _births(coverage: Coverage, where: Where) -> str:
    births = coverage.row_of(Measure.MMHS, where).births
    if births is None:
        return say("area_report_board.births_none")
    if where == ENGLAND:
        return say("area_report_board.births_england", births=number(births))
    of_all = coverage.shares(Measure.MMHS).births
    share = percent_words(100 * births / of_all if of_all else 0)
    return say("area_report_board.births", births=number(births), share=share)


def _shared(coverage: Coverage, where: Where) -> tuple[str, ...]:
    """All four kinds of help together, and self-referral, as shares of births."""
    found = []
    for key, measure in (
        ("all_four", Measure.ALL_FOUR),
        ("self_referral", Measure.SELF_REFERRAL),
    ):
        shares = coverage.shares(measure, where)
        yes, unknown = shares.rounded()[Value.YES], shares.unknown
        found.append(_SHARED(key, yes=percent_words(yes), unknown=percent_words(unknown)))
    return tuple(found)


def _one_place(coverage: Coverage, where: Where) -> tuple[str, ...]:
    """Which of the four kinds of help are known of one council, and which are not."""
    values = {m: coverage.row_of(m, where).value for m in PATHWAY_MEASURES}
    yes = [measure_in_sentence(m) for m in PATHWAY_MEASURES if values[m] is Value.YES]
    unknown = [measure_in_sentence(m) for m in PATHWAY_MEASURES if values[m] in UNKNOWN]
    herself = coverage.row_of(Measure.SELF_REFERRAL, where).value
    found = [
        say("area_report_board.one_yes", what=join_words(yes))
        if yes
        else say("area_report_board.one_yes_none")
    ]
    if unknown:
        found.append(say("area_report_board.one_unknown", what=join_words(unknown)))
    value = value_words(Measure.SELF_REFERRAL, herself)
    found.append(say("area_report_board.one_self_referral", value=value))
    return tuple(found)


def _lacking(coverage: Coverage, where: Where, gap: Measure) -> tuple[str, ...]:
    """What is known least, and the step of `first_step`; of a council, what is nearest."""
    what = measure_in_sentence(gap)
    row = coverage.row_of(gap, where)
    if _is_one(where):
        nearest, km = coverage.nearest(gap).get(row.parent or row.code, (None, None))
        return (say("area_report_board.nearest", what=what, nearest=nearest_words(nearest, km)),)
    shares = coverage.shares(gap, where)
    widest = say(
        "area_report_board.gap",
        what=what,
        births=number(shares.births - shares.by_value[Value.YES]),
        share=percent_words(round(100 - shares.rounded()[Value.YES], 1)),
    )
    step = first_step(coverage, gap, where)
    return (widest, _step(coverage, step)) if step else (widest,)


def _step(coverage: Coverage, step: GapStep) -> str:
    gain = {
        "births": number(step.births),
        "after": percent_words(step.after.rounded()[Value.YES]),
    }
    for each in step.assumed.services:
        name = coverage.directory.services[each.key].name
        what = offers_words(each.offers)
        return say("area_report_board.step_service", name=name, what=what, **gain)
    (added,) = step.assumed.added
    icb, what = coverage.directory.icbs[added.key], offers_words(added.offers)
    return say("area_report_board.step_added", icb=icb, what=what, **gain)


# --- table and map --------------------------------------------------------------------------------


def _table(coverage: Coverage, where: Where) -> ReportTable:
    confirmed, count = coverage.confirmed(where)
    note = say("area_report_board.confirmed", count=count, confirmed=confirmed) if count else ""
    caption = say("area_report_board.table")
    columns: tuple[str, ...] = (
        say("area_report_board.column_what"),
        say("area_report_board.column_yes"),
        say("area_report_board.column_part"),
        say("area_report_board.column_no"),
        say("area_report_board.column_unknown"),
    )
    if _is_one(where):
        columns = (say("area_report.pdf_column_what"), say("area_report.pdf_column_known"))
    else:
        note = f"{say('area_report_board.shares')} {note}".strip()
    named = tuple((measure_words(m), *_cells(coverage, m, where)) for m in _TOLD)
    note = f"{note} {say('coverage.file_sources')}".strip()
    return ReportTable(caption, columns, named, note)


def _cells(coverage: Coverage, measure: Measure, where: Where) -> tuple[str, ...]:
    """Yes, in part, no, not known: together 100 per cent of births; of one council, its value."""
    if _is_one(where):
        return (value_words(measure, coverage.row_of(measure, where).value),)
    rounded = coverage.shares(measure, where).rounded()
    return tuple(
        percent_words(sum(rounded[value] for value in values))
        for values in ((Value.YES,), (Value.PART,), _NO, UNKNOWN)
    )


def _map(coverage: Coverage, where: Where, measure: Measure) -> BoardMap | None:
    """None of one council: there is nothing to compare."""
    if _is_one(where):
        return None
    rows = [r for r in coverage.rows(Level.COUNCIL, measure, where) if not r.parent]
    count = Counter(row.value for row in rows)
    keys = tuple(
        MapKey(v, say("area_report_board.key", value=value_words(measure, v), count=count[v]))
        for v in VALUES[measure]
        if count[v]
    )
    values = join_words([key.words for key in keys])
    title = map_title(Level.COUNCIL, measure, where)
    words = say("area_report_board.map", title=title, values=values)
    return BoardMap(where, measure, map_title(Level.COUNCIL, measure), words, keys)
