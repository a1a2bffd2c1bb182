"""What to ask next, of whom: where an answer would change most of what is known of a place.

Not for: the curators' own list of what to ask (`curation`), or the questions themselves.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from mmhs_finder.coverage.closing import unconfirmed
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import PATHWAY_MEASURES, Measure
from mmhs_finder.coverage.values import Level, Value
from mmhs_finder.coverage.where import Where
from mmhs_finder.coverage.wording import measure_in_sentence
from mmhs_finder.directory.models import Service, Status
from mmhs_finder.directory.named import area_words
from mmhs_finder.views.wording import first_of
from mmhs_finder.words import join_words, say

_MOST_NAMES: Final = 4
_SILENT: Final = (Value.NOT_READ, Value.NOT_PUBLISHED)
_ASKED: Final = (*PATHWAY_MEASURES, Measure.SELF_REFERRAL)


def asks(coverage: Coverage, where: Where) -> tuple[str, ...]:
    """At most four sentences; one where everything is known and confirmed."""
    found = (
        _running(coverage, where),
        _offers(coverage, where),
        _none_found(coverage, where),
        _confirming(coverage, where),
    )
    return tuple(filter(None, found)) or (say("area_report_board.ask_nothing"),)


def _running(coverage: Coverage, where: Where) -> str:
    waiting = [service.name for service in unconfirmed(coverage, where)]
    if not waiting:
        return ""
    return say("area_report_board.ask_running", names=first_of(waiting, _MOST_NAMES))


def _offers(coverage: Coverage, where: Where) -> str:
    """The running services whose answer is missing, those that serve most births first."""
    births: Counter[str] = Counter()
    of_each: dict[str, Service] = {}
    about: list[Measure] = []
    for measure in _ASKED:
        for row in coverage.rows(Level.COUNCIL, measure, where):
            if row.value not in _SILENT:
                continue
            for service in row.services:
                if service.status is Status.OPEN:
                    births[service.id] += row.births or 0
                    of_each[service.id] = service
                    about.append(measure)
    if not of_each:
        return ""
    names = [of_each[id_].name for id_, _ in births.most_common()]
    what = join_words([measure_in_sentence(m) for m in dict.fromkeys(about)])
    return say("area_report_board.ask_offers", names=first_of(names, _MOST_NAMES), what=what)


def _none_found(coverage: Coverage, where: Where) -> str:
    rows = [
        row
        for row in coverage.rows(Level.COUNCIL, Measure.MMHS, where)
        if row.value is Value.NONE_FOUND and (not row.parent or row.code == where.code)
    ]
    most_first = sorted(rows, key=lambda row: -(row.births or 0))
    names = first_of([area_words(row.name) for row in most_first], _MOST_NAMES)
    return say("area_report_board.ask_none_found", areas=names) if names else ""


def _confirming(coverage: Coverage, where: Where) -> str:
    confirmed, count = coverage.confirmed(where)
    if confirmed == count:
        return ""
    return say("area_report_board.ask_confirming", count=count - confirmed)
