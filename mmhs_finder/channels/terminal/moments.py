"""The moment for which a command answers, as somebody types it.

Not for: opening hours themselves (`mmhs_finder.hours`).
"""

from __future__ import annotations

import argparse
from datetime import date, datetime
from typing import Final

from mmhs_finder.directory.cells import parse_day
from mmhs_finder.hours import LONDON
from mmhs_finder.words import say

_YEARS: Final = range(2000, 2100)
"""For which the bank holidays are known."""


class BadMoment(ValueError):
    """The text is no moment that the finder can answer for; `str` is the one line to print."""


def add_moment(parser: argparse.ArgumentParser) -> None:
    """Adds `--at`, the text that `moment` reads."""
    parser.add_argument(
        "--at",
        metavar="TIME",
        help="the moment to answer for, by the clock there: 2026-12-25T11:00; now when left out",
    )


def moment(text: str | None) -> datetime:
    """A day and a time on the clock of London, "2026-12-25T11:00"; now for None.

    All places that the finder knows have that clock. Raises `BadMoment`.
    """
    if text is None:
        return datetime.now(LONDON)
    try:
        found = datetime.strptime(text.strip().replace(" ", "T"), "%Y-%m-%dT%H:%M")  # noqa: DTZ007
    except ValueError as problem:
        raise BadMoment(say("find_cli.at", text=text)) from problem
    if found.year not in _YEARS:
        raise BadMoment(say("find_cli.at", text=text))
    return found.replace(tzinfo=LONDON)


def day_argument(text: str) -> date:
    """A day like 2026-11-22, for `add_argument(type=...)`."""
    try:
        return parse_day(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a day like 2026-11-22.") from None
