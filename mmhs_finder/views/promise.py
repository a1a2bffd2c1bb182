"""Promised, counted, seen: what was announced of these services, what others counted, what we see.

Three steps that are never mixed in one number: each figure says what it counts and where it stands.
Not for: the figures (`planning.promise`), values of areas (`coverage`), or drawing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.rows import AreaRow
from mmhs_finder.coverage.values import Level, Value, together
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.coverage.wording import in_words
from mmhs_finder.directory.models import Service
from mmhs_finder.directory.named import area_words
from mmhs_finder.planning.facts import figures
from mmhs_finder.planning.promise import PromiseFact, PromiseStep, promise_facts
from mmhs_finder.words import date_words, join_words, number, plain_date, say, texts

_NOW: Final = "now"
_IN_2024: Final = "2024"
_OF_ICBS: Final = texts("coverage_promise.today_{}", (_NOW, _IN_2024))
_SEEN: Final = texts("coverage_promise.seen_{}", ("every", "some", "none"))


@dataclass(frozen=True)
class PromiseFactView:
    """One figure of a text. url: of the text, or ""."""

    when: str
    what: str
    figure: str
    counts: str
    source: str
    url: str


@dataclass(frozen=True)
class SeenInIcb:
    """An ICB, and in how much of it a running service is seen. births_without: in councils where
    none is seen in every part, in words."""

    name: str
    seen: str
    births_without: str


@dataclass(frozen=True)
class UnreachedView:
    """A council where no running service is seen in every part, and what is known of it."""

    name: str
    icb: str
    known: str
    births: str


@dataclass(frozen=True)
class PromiseView:
    """The three steps for one place. promised, counted: the same for every place.

    today: sentences. unreached_words: how many councils, or that there is none.
    """

    promised_words: str
    promised: tuple[PromiseFactView, ...]
    counted_words: str
    counted: tuple[PromiseFactView, ...]
    today: tuple[str, ...]
    icbs_now: tuple[SeenInIcb, ...]
    icbs_2024: tuple[SeenInIcb, ...]
    unreached_words: str
    unreached: tuple[UnreachedView, ...]


def promise_view(coverage: Coverage, where: Where = ENGLAND) -> PromiseView:
    """What was promised, what was counted, and what is seen in a place today."""
    councils = [r for r in coverage.rows(Level.COUNCIL, Measure.MMHS, where) if not r.parent]
    now, then = _by_icb(councils), _by_icb_of_2024(coverage, councils)
    figure = {key: number(each.value) for key, each in figures().items()}
    shares = coverage.shares(Measure.MMHS, where)
    unreached = sorted(
        (r for r in councils if r.value is not Value.YES), key=lambda r: (-(r.births or 0), r.name)
    )
    promised = {key: number(each.value) for key, each in promise_facts().items()}
    return PromiseView(
        say(
            "coverage_promise.step_promised_text",
            hubs=promised["hubs_announced"],
            fewer=promised["women_6000"],
            more=promised["women_66000"],
        ),
        _facts(PromiseStep.PROMISED),
        say(
            "coverage_promise.step_counted_text",
            found=figure["mmhs_identified"],
            answered=figure["mmhs_responded"],
            closed=figure["mmhs_closed"],
        ),
        _facts(PromiseStep.COUNTED),
        (
            say("coverage_promise.step_today_text", date=date_words(coverage.date)),
            say(
                "coverage_promise.today_births",
                where=in_words(where),
                percent=number(shares.rounded()[Value.YES], 1),
            ),
            _of_icbs(_NOW, now),
            *([_of_icbs(_IN_2024, then)] if len(then) > 1 else []),
        ),
        _seen(now),
        _seen(then),
        _unreached_words(where, unreached),
        tuple(_unreached(row) for row in unreached),
    )


# --- what texts say -------------------------------------------------------------------------------


def _facts(step: PromiseStep) -> tuple[PromiseFactView, ...]:
    return tuple(_fact(fact) for fact in promise_facts().values() if fact.step is step)


def _fact(fact: PromiseFact) -> PromiseFactView:
    source = fact.source
    if fact.where:
        source = say("coverage_promise.source_where", source=fact.source, where=fact.where)
    return PromiseFactView(
        plain_date(fact.date) if fact.date else say("coverage_promise.undated"),
        fact.what,
        say("coverage_promise.figure", value=number(fact.value), unit=fact.unit),
        fact.counts,
        source,
        fact.url,
    )


# --- what is seen ---------------------------------------------------------------------------------


def _by_icb(councils: Iterable[AreaRow]) -> dict[str, list[AreaRow]]:
    found: dict[str, list[AreaRow]] = {}
    for row in councils:
        found.setdefault(row.icb, []).append(row)
    return dict(sorted(found.items()))


def _by_icb_of_2024(coverage: Coverage, councils: Iterable[AreaRow]) -> dict[str, list[AreaRow]]:
    """A council that two of them shared stands with both."""
    found: dict[str, list[AreaRow]] = {}
    for row in councils:
        for icb in coverage.directory.areas[row.code].icb_2024:
            found.setdefault(icb, []).append(row)
    return dict(sorted(found.items()))


def _how_much(rows: Sequence[AreaRow]) -> str:
    value = together([row.value for row in rows])
    if value is Value.YES:
        return "every"
    return "some" if value is Value.PART else "none"


def _of_icbs(key: str, icbs: Mapping[str, Sequence[AreaRow]]) -> str:
    """In how many of several ICBs how much is seen; of one alone, how much. key: of `_OF_ICBS`."""
    if len(icbs) == 1:
        [(name, rows)] = icbs.items()
        return say("coverage_promise.today_alone", icb=name, seen=_SEEN(_how_much(rows)))
    found = Counter(map(_how_much, icbs.values()))
    return _OF_ICBS(
        key, count=len(icbs), every=found["every"], some=found["some"], none=found["none"]
    )


def _seen(icbs: Mapping[str, Sequence[AreaRow]]) -> tuple[SeenInIcb, ...]:
    return tuple(
        SeenInIcb(
            name,
            _SEEN(_how_much(rows)),
            number(sum(r.births or 0 for r in rows if r.value is not Value.YES)),
        )
        for name, rows in icbs.items()
    )


def _unreached_words(where: Where, rows: Sequence[AreaRow]) -> str:
    if not rows:
        return say("coverage_promise.unreached_none", where=in_words(where))
    births = number(sum(row.births or 0 for row in rows))
    return say(
        "coverage_promise.unreached_count", where=in_words(where), count=len(rows), births=births
    )


def _unreached(row: AreaRow) -> UnreachedView:
    births = number(row.births) if row.births is not None else ""
    return UnreachedView(area_words(row.name), row.icb, _known(row), births)


def _known(row: AreaRow) -> str:
    if row.value is Value.PART:
        return say("coverage_promise.part")
    if row.services:
        return say("coverage_promise.unconfirmed", services=_named(row.services))
    if row.closed:
        return say("coverage_promise.closed", services=_named(row.closed))
    return say("coverage_promise.none_found")


def _named(services: Iterable[Service]) -> str:
    return join_words([service.name for service in services])
