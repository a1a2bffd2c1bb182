"""What changed in an area since an earlier day, in words: for the page, its files, and reports.

What services changed and what changed in what we know are told apart everywhere: two lists, two
counts, and sentences of their own.
Not for: what is a change (`coverage.changed`), what was promised (`promise`), or drawing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from mmhs_finder.coverage.changed import (
    AREA,
    SELF_REFERRAL,
    STATUS,
    Changed,
    ChangeStep,
    Difference,
    compared,
    newer_grounds,
)
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.history import KEPT, Snapshot, timeline
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.rows import Shares
from mmhs_finder.coverage.snapshots import KeptSnapshots
from mmhs_finder.coverage.values import UNKNOWN, Level, Value
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.coverage.wording import in_words
from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import Pathway, Status
from mmhs_finder.directory.named import HELPS_WITH, area_words
from mmhs_finder.words import date_words, join_words, number, say, texts

MOST_LINES: Final = 12
"""Of the sentences for a report."""

_MOST_COUNCILS: Final = 4

_NEW: Final = texts("coverage_change.new_{}", Status)
_RUNNING: Final = texts("coverage_change.running_{}", (ChangeStep.KNOWN, ChangeStep.UNKNOWN))
_CLOSING: Final = texts("coverage_change.{}", ("closed", "closed_newer", "back", "back_newer"))
_GIVEN: Final = ("gained", "gained_newer", "lost", "lost_newer", "known_yes", "known_no", "unknown")
_SELF: Final = texts("coverage_change.self_{}", _GIVEN)
_HELPS: Final = texts("coverage_change.helps_{}", (*_GIVEN, "known_not_listed"))
_AREA: Final = texts(
    "coverage_change.area_{}", (ChangeStep.ADDED, ChangeStep.LEFT, ChangeStep.MOVED)
)


@dataclass(frozen=True)
class SharePoint:
    """One measure on one day, in per cent of births to one decimal. rest: in part, no, not on
    their list. Together they are 100."""

    day: date
    yes: float
    unknown: float
    rest: float


@dataclass(frozen=True)
class DifferenceInWords:
    """One change. words: a finished sentence or two. icbs, councils: where it is, in words."""

    item: Difference
    words: str
    icbs: str
    councils: str
    births: str


@dataclass(frozen=True)
class IcbOverTime:
    """One ICB: a measure on the earlier day and today; None where it was not counted."""

    name: str
    then: SharePoint | None
    now: SharePoint | None
    changes: int


@dataclass(frozen=True)
class HistoryView:
    """What changed in a place since a day.

    intro: how much, in a sentence; without an earlier day, why there is nothing. lines: finished
    sentences, the most important first, at most `MOST_LINES`. since: None where there is no earlier
    day. days: every earlier day that can be compared with, the newest first. shares: by measure,
    the oldest day first; a day on which it was not counted is missing. period: from which
    day to which. unreadable: that files are left out, or "".
    """

    intro: str
    lines: tuple[str, ...]
    since: date | None
    days: tuple[date, ...]
    shares: Mapping[Measure, tuple[SharePoint, ...]]
    by_services: tuple[DifferenceInWords, ...] = ()
    in_what_we_know: tuple[DifferenceInWords, ...] = ()
    period: str = ""
    unreadable: str = ""


def history_view(
    coverage: Coverage, kept: KeptSnapshots, where: Where = ENGLAND, since: date | None = None
) -> HistoryView:
    """What changed in a place since a day, and its shares on every day that was kept.

    since: one of `HistoryView.days`; the newest of them by default, and for any other day.
    """
    line = timeline(coverage, kept.snapshots)
    *earlier, today = line
    days = tuple(snapshot.day for snapshot in reversed(earlier))
    shares = {m: points for m in KEPT if (points := _points(line, m, where))}
    unreadable = _unreadable(kept)
    if not earlier:
        is_kept = any(snapshot.day == today.day for snapshot in kept.snapshots)
        words = say("coverage_over_time.nothing_yet")
        if is_kept:
            words = say("coverage_over_time.kept_today")
        return HistoryView(words, (), None, (), shares, unreadable=unreadable)
    before = next((s for s in earlier if s.day == since), earlier[-1])
    found = changes_between(coverage.directory, before, today, where)
    of_services = _in_words(found.by_services, coverage.directory)
    of_ours = _in_words(found.in_what_we_know, coverage.directory)
    lines = tuple(
        say(
            "coverage_over_time.line",
            change=each.words,
            councils=each.councils,
            births=each.births,
        )
        for each in (*of_services, *of_ours)
    )
    period = say(
        "coverage_over_time.period", since=date_words(before.day), until=date_words(today.day)
    )
    return HistoryView(
        _intro(found, where),
        lines[:MOST_LINES],
        before.day,
        days,
        shares,
        of_services,
        of_ours,
        period,
        unreadable,
    )


def changes_between(
    directory: Directory, before: Snapshot, after: Snapshot, where: Where = ENGLAND
) -> Changed:
    """What is other between two days, on the grounds that the directory's own history gives."""
    return compared(before, after, where, newer_grounds(directory.changes, before.day))


def icbs_over_time(
    coverage: Coverage, kept: KeptSnapshots, measure: Measure, where: Where, since: date
) -> tuple[IcbOverTime, ...]:
    """Each ICB of a place, by name. since: one of `HistoryView.days`."""
    *earlier, today = timeline(coverage, kept.snapshots)
    before = next(snapshot for snapshot in earlier if snapshot.day == since)
    found = changes_between(coverage.directory, before, today, where)
    counted = Counter(icb for each in found.items for icb in each.icbs)
    icbs = (Where(Level.ICB, r.code, r.name) for r in coverage.rows(Level.ICB, measure, where))
    return tuple(
        IcbOverTime(
            icb.name,
            share_point(before.day, before.shares(measure, icb)),
            share_point(today.day, today.shares(measure, icb)),
            counted[icb.code],
        )
        for icb in icbs
    )


def share_point(day: date, shares: Shares | None) -> SharePoint | None:
    """Shares in three parts; None where there are none."""
    if shares is None:
        return None
    tenths = {value: round(10 * percent) for value, percent in shares.rounded().items()}
    yes, unknown = tenths[Value.YES], sum(tenths.get(value, 0) for value in UNKNOWN)
    rest = sum(tenths.values()) - yes - unknown
    return SharePoint(day, yes / 10, unknown / 10, rest / 10)


def difference_words(found: Difference, directory: Directory) -> str:
    """A change in a sentence or two; what we know is never told as what a service did."""
    service = _service(found.service, directory)
    if found.topic == STATUS:
        return _status_words(found, service)
    if found.topic == AREA:
        return _AREA(found.step, service=service, other=_service(found.other, directory))
    key = found.step.value
    if found.step is ChangeStep.KNOWN:
        key = f"known_{found.after}"
    elif found.newer:
        key = f"{key}_newer"
    if found.topic == SELF_REFERRAL:
        return _SELF(key, service=service)
    return _HELPS(key, service=service, help=HELPS_WITH(Pathway(found.topic)))


def _status_words(found: Difference, service: str) -> str:
    if found.step is ChangeStep.NEW:
        return _NEW(found.after, service=service)
    if found.step is ChangeStep.GONE:
        return say("coverage_change.gone")
    if found.step in (ChangeStep.CLOSED, ChangeStep.BACK):
        return _CLOSING(f"{found.step}_newer" if found.newer else found.step, service=service)
    return _RUNNING(found.step, service=service)


def _service(key: str, directory: Directory) -> str:
    """Its name as it is today: of one that is no more none is told, as in the list of changes."""
    known = directory.services.get(key)
    return known.name if known else say("coverage_over_time.no_longer")


def _in_words(found: Sequence[Difference], directory: Directory) -> tuple[DifferenceInWords, ...]:
    return tuple(
        DifferenceInWords(
            each,
            difference_words(each, directory),
            join_words([directory.icbs[c] for c in each.icbs if c in directory.icbs]),
            _councils(each, directory),
            number(each.births),
        )
        for each in found
    )


def _councils(found: Difference, directory: Directory) -> str:
    names = [area_words(directory.areas[c].name) for c in found.councils if c in directory.areas]
    if not names:
        return say("coverage_over_time.councils_none")
    named = join_words(names)
    if len(names) > _MOST_COUNCILS:
        named = say(
            "coverage_over_time.councils_more",
            councils=", ".join(names[: _MOST_COUNCILS - 1]),
            count=len(names) - _MOST_COUNCILS + 1,
        )
    return say("coverage_over_time.councils", councils=named)


def _intro(found: Changed, where: Where) -> str:
    services, ours = len(found.by_services), len(found.in_what_we_know)
    by_services = say("coverage_over_time.count_services", count=services)
    known = say("coverage_over_time.count_known", count=ours)
    return say(
        "coverage_over_time.intro",
        where=in_words(where),
        since=date_words(found.since),
        until=date_words(found.until),
        services=by_services if services else say("coverage_over_time.no_services"),
        known=known if ours else say("coverage_over_time.no_known"),
    )


def _points(line: Sequence[Snapshot], measure: Measure, where: Where) -> tuple[SharePoint, ...]:
    points = (share_point(snapshot.day, snapshot.shares(measure, where)) for snapshot in line)
    return tuple(point for point in points if point is not None)


def _unreadable(kept: KeptSnapshots) -> str:
    if not kept.unreadable:
        return ""
    names = join_words([name for name, _ in kept.unreadable])
    return say("coverage_over_time.unreadable", count=len(kept.unreadable), names=names)
