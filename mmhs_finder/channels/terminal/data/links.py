"""`python -m mmhs_finder data links [FOLDER]`: asks every web address of the directory.

Not for: how one is asked and judged (`curation.links`).
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

import mmhs_finder
from mmhs_finder.channels.terminal.moments import day_argument
from mmhs_finder.channels.terminal.postcodes import ProgressLine
from mmhs_finder.curation.links.asking import Asker
from mmhs_finder.curation.links.collecting import addresses
from mmhs_finder.curation.links.hosts import Turns, is_public
from mmhs_finder.curation.links.keeping import Progress, write_link_status
from mmhs_finder.curation.links.report import report
from mmhs_finder.curation.links.round import NoWayOut, Round, merged
from mmhs_finder.directory.link_status import FILE, read_link_status
from mmhs_finder.directory.linked import ANSWERED, LinkStatus
from mmhs_finder.directory.loading import data_folder
from mmhs_finder.directory.reading import read
from mmhs_finder.hours import LONDON
from mmhs_finder.views.correcting import contact

_MOST_AT_ONCE: Final = 32
_NO_WAY_OUT: Final = (
    "Nobody answers any more. It looks as if this computer has no way to the internet, or not "
    "without a proxy. What did not answer was not written down."
)


def add_action(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the action `links`."""
    parser = actions.add_parser(
        "links",
        help="ask every web address whether its page is still there",
        description=(
            "Asks every web address of the directory, gently, and writes what came of it into "
            f"{FILE} beside its files. It changes no fact. Ctrl-C leaves what was done, and the "
            "same command goes on from there."
        ),
    )
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        metavar="FOLDER",
        help="the folder of CSV files (default: the project's data/, or MMHS_DATA_DIR)",
    )
    parser.add_argument("--again", action="store_true", help="begin anew, not where it was left")
    parser.add_argument(
        "--older-than",
        type=_days,
        metavar="DAYS",
        help="ask only what was last asked more than so many days ago, or never",
    )
    parser.add_argument(
        "--at-once", type=_at_once, default=6, metavar="N", help="so many at once (default 6)"
    )
    parser.add_argument(
        "--pause",
        type=_seconds,
        default=1.0,
        metavar="SECONDS",
        help="the pause before the same host is asked again (default 1)",
    )
    parser.add_argument("--today", type=day_argument, metavar="DAY", help=argparse.SUPPRESS)
    parser.add_argument(
        "--allow-local",
        action="store_true",
        help="also ask this computer and private networks: for tests, never with others' pages",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Asks, writes `link_status.csv`, and prints what needs somebody. Returns 0 when every address
    was asked, whatever came of it; 1 where that was not possible; 130 after Ctrl-C."""
    folder: Path = args.folder or data_folder()
    if not folder.is_dir():
        print(f"There is no folder {folder}.", file=sys.stderr)
        return 1
    progress = Progress.of(folder)
    try:
        progress.path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{progress.path}.lock", timeout=0):
            return _round(args, folder, progress)
    except Timeout:
        print("Somebody is asking the links of this folder already.", file=sys.stderr)
    except OSError as problem:
        where = f" {problem.filename}" if problem.filename else ""
        print(f"It cannot be written{where}: {problem.strerror}.", file=sys.stderr)
    return 1


def _round(args: argparse.Namespace, folder: Path, progress: Progress) -> int:
    """Raises OSError where nothing can be written."""
    today: date = args.today or datetime.now(LONDON).date()
    cells = addresses(read(folder).tables)
    before, _ = read_link_status(folder)
    if args.again:
        progress.forget()
    done = {url: status for url, status in progress.read().items() if url in cells}
    asked = {**before, **done}
    wanted = [url for url in cells if url not in done and _is_due(asked.get(url), today, args)]
    if done:
        print(f"Going on: {len(done):,} links were asked already.", file=sys.stderr)
    line, code = ProgressLine(sys.stderr), 0

    def note(status: LinkStatus, count: int, total: int) -> None:
        done[status.url] = status
        progress.add(status)
        line(count, total, f"{status.state.value}: {status.url.partition('//')[2]}")

    work = Round(_asker(args), today, note, _control(asked))
    try:
        asyncio.run(work.run(wanted))
    except NoWayOut:
        code = 1
    except KeyboardInterrupt:
        code = 130
    finally:
        line.close()
        found = merged(before, done, cells)
        if done:
            write_link_status(folder, found.values())
    if code == 1:
        print(_NO_WAY_OUT, file=sys.stderr)
    elif code:
        print("Stopped. The same command goes on from here.", file=sys.stderr)
    else:
        progress.forget()
    print(report(found, cells))
    return code


def _asker(args: argparse.Namespace) -> Asker:
    turns = Turns(args.at_once, args.pause, time.monotonic, asyncio.sleep)
    return Asker(turns, agent(), public=(lambda _ip: True) if args.allow_local else is_public)


def agent() -> str:
    """How we call ourselves to those we ask: who we are, why we ask, and whom to write to."""
    said = f"MMHS-Finder-links/{mmhs_finder.__version__} (looks whether links to you still work"
    address = contact()
    plain = address.isascii() and address.isprintable() and not set(address) & set("()")
    return f"{said}; {address})" if address and plain else f"{said})"


def _is_due(known: LinkStatus | None, today: date, args: argparse.Namespace) -> bool:
    if args.older_than is None or known is None:
        return True
    return today - known.checked_on > timedelta(days=args.older_than)


def _control(asked: Mapping[str, LinkStatus]) -> str:
    """An address whose page was there when it was last asked, the newest; "" for none."""
    there = [status for status in asked.values() if status.state in ANSWERED]
    return max(there, key=lambda s: (s.checked_on, s.url)).url if there else ""


def _days(text: str) -> int:
    return int(_number(text, 0, 3650, "a number of days"))


def _at_once(text: str) -> int:
    return int(_number(text, 1, _MOST_AT_ONCE, f"a number from 1 to {_MOST_AT_ONCE}"))


def _seconds(text: str) -> float:
    return _number(text, 0, 3600, "a number of seconds")


def _number(text: str, least: float, most: float, words: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not least <= number <= most:
        raise argparse.ArgumentTypeError(f"“{text}” is not {words}.")
    return number
