"""What was changed in the directory, as a reader may be told it: by month and day, with its source.

Each entry has a page that says what holds today.
Not for: which changes there are (`views.history`), or what may be published of them
(`directory.public_changes`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from mmhs_finder.directory import Directory
from mmhs_finder.directory.confirming import Backing
from mmhs_finder.views.changed_words import NUMBERS, cell_label, value_words
from mmhs_finder.views.history import (
    ENGLAND,
    NATIONS,
    ChangedCell,
    ChangedEntry,
    EntryKind,
    History,
    What,
)
from mmhs_finder.views.ways import web
from mmhs_finder.views.wording import source_names
from mmhs_finder.words import date_words, say, texts

WHAT: Final = texts("changes_what.{}", What)
"""What a change is about: "How to reach it"."""

_MOST_NAMED: Final = 3


@dataclass(frozen=True)
class ChangedCellView:
    """One fact. label: what it is, or that the whole entry is new. now, before: in words; "" where
    nothing stood there, or it is not published, of which note says so."""

    what: What
    label: str
    now: str = ""
    before: str = ""
    note: str = ""


@dataclass(frozen=True)
class ChangedEntryView:
    """One entry on one day. service_id: of a local service, for its page; "" for others.

    summary: what was changed, in few words. where: the health areas it is for. told: that the
    service said so itself, or "". sources: (name of the site, address) of each page.
    """

    entry: ChangedEntry
    name: str
    service_id: str
    summary: str
    where: str
    told: str
    cells: tuple[ChangedCellView, ...]
    sources: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DayOfChanges:
    """date: in words. The entries by name."""

    date: str
    entries: tuple[ChangedEntryView, ...]


@dataclass(frozen=True)
class MonthOfChanges:
    """month: in words: "November 2026". The newest day first."""

    month: str
    days: tuple[DayOfChanges, ...]


@dataclass(frozen=True)
class AskedChanges:
    """What of the changes is asked for. place: as `History.of`. page: from 1."""

    place: str = ""
    what: What | None = None
    month: str = ""
    page: int = 1


@dataclass(frozen=True)
class ChangesView:
    """What is shown of the changes.

    counted: how many there are of what was asked for. none: what is said where there are none, or
    "". page, pages: from 1. shown: which of them these are, "" where they are all.
    """

    asked: AskedChanges
    counted: str
    none: str
    shown: str
    page: int
    pages: int
    months: tuple[MonthOfChanges, ...]


def asked_for(history: History, place: str, what: str, month: str, page: str = "") -> AskedChanges:
    """What an address asks for; what is not known is left out."""
    return AskedChanges(
        place if history.is_place(place) else "",
        What(what) if what in {*What} else None,
        month if month in history.months() else "",
        int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 1,
    )


def changes_view(
    history: History, directory: Directory, asked: AskedChanges, per_page: int
) -> ChangesView:
    """One page of what is asked for, the newest first. per_page: entries."""
    found = history.of(asked.place, asked.what, asked.month)
    pages = max(1, -(-len(found) // per_page))
    page = min(max(1, asked.page), pages)
    first, last = (page - 1) * per_page, min(len(found), page * per_page)
    words = say("changes.shown", first=first + 1, last=last, count=len(found))
    return ChangesView(
        asked,
        counted_words(found) if found else "",
        "" if found else _none(history, asked),
        words if pages > 1 else "",
        page,
        pages,
        tuple(_months(found[first:last], history, directory)),
    )


def counted_words(entries: Sequence[ChangedEntry]) -> str:
    """ "12 changes in 4 entries"."""
    return say(
        "changes.counted",
        cells=say("changes.cells", count=sum(len(entry.cells) for entry in entries)),
        entries=say("changes.entries", count=len(entries)),
    )


def place_words(history: History, place: str) -> str:
    """What a place is called: an ICB, all of England, the other nations; everywhere for ""."""
    if place == ENGLAND:
        return say("changes.england")
    if place == NATIONS:
        return say("changes.nations")
    return history.icbs.get(place) or say("changes.everywhere")


def place_choices(history: History) -> tuple[tuple[str, str], ...]:
    """Codes and names of every place that can be asked for; everywhere first."""
    codes = ("", ENGLAND, *history.icbs, NATIONS)
    return tuple((code, place_words(history, code)) for code in codes)


def what_choices() -> tuple[tuple[str, str], ...]:
    """What can be asked for; anything first."""
    return (("", say("changes.what_any")), *((what.value, WHAT(what)) for what in What))


def month_choices(history: History) -> tuple[tuple[str, str], ...]:
    """The months that have changes, the newest first; before them every month."""
    months = ((month, month_of(month)) for month in history.months())
    return (("", say("changes.month_any")), *months)


def month_of(month: str) -> str:
    """ "2026-11" as "November 2026"."""
    return date_words(date.fromisoformat(f"{month}-01"), "month")


def feed_title(history: History, place: str) -> str:
    """What the feed of a place is called; "" is all of them."""
    title = every_feed_title()
    return say("changes.feed_of", feed=title, place=place_words(history, place)) if place else title


def every_feed_title() -> str:
    """What the feed of all changes is called."""
    return say("changes.feed_title", site=say("text_pages.site"))


def feed_entries(
    history: History, directory: Directory, place: str, most: int
) -> tuple[ChangedEntryView, ...]:
    """The newest entries of a place, at most so many."""
    return tuple(entry_view(e, history, directory) for e in history.of(place)[:most])


def entry_view(entry: ChangedEntry, history: History, directory: Directory) -> ChangedEntryView:
    """An entry as it is told."""
    urls = [*dict.fromkeys(cell.source_url for cell in entry.cells if web(cell.source_url))]
    is_page = entry.kind is EntryKind.SERVICE and entry.is_listed
    return ChangedEntryView(
        entry,
        entry.name or say("changes.no_longer"),
        entry.key if is_page else "",
        "; ".join(dict.fromkeys(WHAT(cell.what) for cell in entry.cells)),
        _where(entry, history),
        _told(entry.backing),
        tuple(_cell_view(cell, directory) for cell in entry.cells),
        tuple(zip(source_names(urls), urls, strict=True)),
    )


def _months(
    entries: Sequence[ChangedEntry], history: History, directory: Directory
) -> Iterable[MonthOfChanges]:
    for month, of_month in groupby(entries, key=lambda e: e.month):
        days = tuple(
            DayOfChanges(
                date_words(day),
                tuple(entry_view(entry, history, directory) for entry in of_day),
            )
            for day, of_day in groupby(of_month, key=lambda e: e.day)
        )
        yield MonthOfChanges(month_of(month), days)


def _cell_view(cell: ChangedCell, directory: Directory) -> ChangedCellView:
    if not cell.column:
        return ChangedCellView(cell.what, WHAT(cell.what))
    label = cell_label(cell, directory)
    if cell.moved:
        return ChangedCellView(cell.what, label, note=say("changes.moved"))
    if cell.professional:  # here a parent reads along: it is never hers to ring
        return ChangedCellView(cell.what, label, note=say("changes.for_referrers"))
    if cell.old is None or cell.new is None:
        is_number = cell.column in NUMBERS
        note = say("changes.number_changed") if is_number else say("changes.not_told")
        return ChangedCellView(cell.what, label, note=note)
    before = value_words(cell.column, cell.old, directory)
    now = value_words(cell.column, cell.new, directory)
    if before and cell.column in NUMBERS:  # nobody is to ring it now
        before = say("changes.another") if now else ""
    note = "" if now else say("changes.taken_out")
    return ChangedCellView(cell.what, label, now, before, note)


def _told(backing: Backing) -> str:
    """That the service said so itself; "" of what was read on a page."""
    if backing is Backing.CONFIRMED:
        return say("changes.confirmed")
    return say("changes.told") if backing is Backing.TOLD else ""


def _where(entry: ChangedEntry, history: History) -> str:
    if ENGLAND in entry.places:
        return say("changes.for_england")
    if NATIONS in entry.places:
        return say("changes.nations")
    names = [name for code, name in history.icbs.items() if code in entry.places]
    if len(names) > _MOST_NAMED:
        return say("changes.icbs", count=len(names))
    return "; ".join(names)


def _none(history: History, asked: AskedChanges) -> str:
    if not history.entries:
        return say("changes.no_history")
    if asked.place and asked.what is None and not asked.month:
        return say("changes.none_icb", place=place_words(history, asked.place))
    return say("changes.none")
