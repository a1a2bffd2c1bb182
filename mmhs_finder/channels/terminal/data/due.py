"""`python -m mmhs_finder data due`: whom to ask what next, the costliest first.

Curators read it: numbers for professionals, and those that nobody has confirmed, stand here marked.
Not for: what is due, and in which order (`curation.due`).
"""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from mmhs_finder.channels.terminal.moments import day_argument
from mmhs_finder.curation.due import Due, DueProvider, by_provider, due
from mmhs_finder.curation.due_numbers import DueContact
from mmhs_finder.directory import BrokenDirectory, load_directory
from mmhs_finder.directory.loading import data_folder
from mmhs_finder.directory.models import ServiceKind
from mmhs_finder.hours import LONDON
from mmhs_finder.tables.cells import csv_bytes
from mmhs_finder.words import number

WIDTH: Final = 100
_FIRST: Final = 10
_COUNCILS: Final = 4
_QUESTIONS: Final = 4
"""So many of an entry's questions are printed; the table has all of them."""

COLUMNS: Final = (
    "rank",
    "first",
    "cost",
    "provider",
    "name",
    "kind",
    "file",
    "row",
    "reason",
    "column",
    "question",
    "ring",
    "write_to",
    "page",
    "councils",
    "births_year_to_mid_2020",
)


def add_action(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the action `due`."""
    parser = actions.add_parser(
        "due",
        help="say whom to ask what next, the costliest first",
        description=(
            "The work list: what is missing, old or not confirmed, ranked by what that costs. It "
            "names numbers for professionals and numbers that nobody has confirmed: it is for "
            "curators, not for parents."
        ),
    )
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        metavar="FOLDER",
        help="the folder of CSV files (default: the project's data/, or MMHS_DATA_DIR)",
    )
    kinds = [kind.value for kind in ServiceKind]
    parser.add_argument("--kind", choices=kinds, metavar="KIND", help=f"only: {', '.join(kinds)}")
    parser.add_argument(
        "--by", choices=["row", "provider"], default="row", help="provider: a call settles several"
    )
    parser.add_argument("--all", action="store_true", help=f"not only the first {_FIRST}")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write all of it as a table, too")
    parser.add_argument("--today", type=day_argument, metavar="DAY", help="as of a day: 2026-11-22")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the list. Returns 0; 1 where the directory cannot be read, or the table written."""
    folder: Path = args.folder or data_folder()
    if not folder.is_dir():
        print(f"There is no folder {folder}.", file=sys.stderr)
        return 1
    try:
        directory = load_directory(folder)
    except BrokenDirectory as problem:
        print(problem, file=sys.stderr)
        return 1
    if args.csv is not None and args.csv.resolve().parent == folder.resolve():
        print(
            f"{args.csv} would lie among the directory's own files. Name another place.",
            file=sys.stderr,
        )
        return 1
    today = args.today or datetime.now(LONDON).date()
    rows = due(directory, today, ServiceKind(args.kind) if args.kind else None)
    if args.csv is not None:
        try:
            args.csv.write_bytes(csv_bytes(COLUMNS, _table(rows)))
        except OSError as problem:
            print(f"{args.csv} cannot be written: {problem.strerror}.", file=sys.stderr)
            return 1
    providers = by_provider(rows)
    shown: Sequence[Due | DueProvider] = providers if args.by == "provider" else rows
    most = len(shown) if args.all else _FIRST
    for rank, each in enumerate(shown[:most], start=1):
        print(
            "\n".join(_provider(rank, each) if isinstance(each, DueProvider) else _row(rank, each))
        )
        print()
    print(_end(len(shown) - most, rows, len(providers), args.csv))
    return 0


def _end(more: int, rows: Sequence[Due], providers: int, table: Path | None) -> str:
    if not rows:
        return "Nothing is due."
    questions = sum(len(row.questions) for row in rows)
    first = sum(row.first for row in rows)
    said = [f"{number(questions)} questions about {number(len(rows))} entries of "]
    said[0] += f"{number(providers)} providers."
    if first:
        said.append(
            f"{number(first)} entries go before all others: a maternal mental health service of "
            "which we cannot say whether, or where, somebody can turn to it."
        )
    if more > 0:
        said.append(f"{number(more)} more: --all shows them.")
    if table is not None:
        said.append(f"The whole list is in {table}.")
    return textwrap.fill(" ".join(said), WIDTH)


def _provider(rank: int, provider: DueProvider) -> Iterator[str]:
    yield from textwrap.wrap(f"{rank}. {provider.name}", WIDTH, subsequent_indent="    ")
    for row in provider.rows:
        yield from _indented(f"{row.name} · {_births(row)}")
        yield from _body(row)


def _row(rank: int, row: Due) -> Iterator[str]:
    runs = f", {row.provider}" if row.provider and row.provider != row.name else ""
    yield from textwrap.wrap(f"{rank}. {row.name}{runs}", WIDTH, subsequent_indent="    ")
    yield from _indented(f"{row.row} · {_births(row)}")
    yield from _body(row)


def _births(row: Due) -> str:
    """Where it is, in a few words, and how many births that concerns."""
    births = f"{number(row.births)} births a year" if row.births is not None else ""
    if not row.councils:
        everywhere = "anywhere in England" if row.births is not None else "births not known"
        return f"{everywhere}, {births}" if births else everywhere
    named = ", ".join(row.councils[:_COUNCILS])
    if len(row.councils) > _COUNCILS:
        named += f" and {len(row.councils) - _COUNCILS} more"
    return f"{named}: {births or 'births not known'}"


def _indented(text: str) -> Iterator[str]:
    yield from textwrap.wrap(text, WIDTH, initial_indent="    ", subsequent_indent="      ")


def _body(row: Due) -> Iterator[str]:
    asked = [question.words for question in row.questions if not question.is_ours]
    more = len(asked) - _QUESTIONS
    rest = [f"and {more} more"] if more > 0 else []
    yield from _labelled("Ask", [*asked[:_QUESTIONS], *rest])
    yield from _labelled("Do", [question.words for question in row.questions if question.is_ours])
    numbers = [_contact(contact) for contact in row.contacts if contact.is_number]
    yield from _labelled("Ring", numbers or ["no number is on record: see the page"])
    yield from _labelled("Write", [_contact(c) for c in row.contacts if not c.is_number])
    if row.page:
        tried = "" if row.page_answers else " (did not answer)"
        yield f"    Page:  {row.page}{tried}"  # whole, so that it can be copied


def _labelled(label: str, texts: Iterable[str]) -> Iterator[str]:
    for place, text in enumerate(texts):
        begin = f"    {label + ':':<7}" if place == 0 else " " * 11
        yield from textwrap.wrap(
            text, WIDTH, initial_indent=begin, subsequent_indent=" " * 11, break_long_words=False
        )


def _contact(contact: DueContact) -> str:
    marks = []
    if contact.for_professionals:
        marks.append("for people who refer, never for parents")
    if not contact.confirmed:
        marks.append("not confirmed")
    return f"{contact.value} ({'; '.join(marks)})" if marks else contact.value


def _table(rows: Iterable[Due]) -> Iterator[tuple[object, ...]]:
    """A line for each question."""
    for rank, row in enumerate(rows, start=1):
        for question in row.questions:
            yield (
                rank,
                "yes" if row.first else "no",
                round(row.cost, 1),
                row.provider,
                row.name,
                row.kind,
                row.file,
                row.row,
                question.reason.value,
                question.column,
                question.words,
                "; ".join(_contact(c) for c in row.contacts if c.is_number),
                "; ".join(_contact(c) for c in row.contacts if not c.is_number),
                row.page,
                "; ".join(row.councils),
                row.births,
            )
