"""A directory that has changed on the disk: checked whole, then served in place of the old one.

The folder is looked at every few seconds, which works on network disks and where a folder is
swapped by a link, and at once when the process is sent SIGHUP. What is still being written is left
until two looks find it alike. A directory with mistakes is refused: the old one goes on answering,
and the log, `/readyz` and the metrics say so. What is withdrawn is taken out of whatever is served,
at the first look: it waits for nothing, and not for the other files to be right.
Not for: which checks there are (`curation`), or new code, which takes a restart.
"""

from __future__ import annotations

import hashlib
import logging
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from mmhs_finder.answers.urgent import MissingUrgentNumber, check_strip
from mmhs_finder.application import Application, replace_served, served
from mmhs_finder.channels.shell.logs import event
from mmhs_finder.channels.shell.quiet_log import where
from mmhs_finder.coverage import snapshots
from mmhs_finder.curation.check import load_checked_directory
from mmhs_finder.curation.journal import JOURNAL, Unsettled, is_interrupted, is_locked, recover
from mmhs_finder.directory import BrokenDirectory, Directory
from mmhs_finder.directory.files import Problem
from mmhs_finder.directory.loading import data_folder
from mmhs_finder.directory.signature import Signature, signature
from mmhs_finder.directory.withdrawing import without
from mmhs_finder.directory.withdrawn import FILE as WITHDRAWN
from mmhs_finder.directory.withdrawn import Withdrawal, read_withdrawn
from mmhs_finder.memory import settle
from mmhs_finder.places.gazetteer import NAMES, gazetteer
from mmhs_finder.places.names_checking import name_problems
from mmhs_finder.planning import facts, integrate, promise
from mmhs_finder.planning.checking import fact_problems

SETTING: Final = "MMHS_RELOAD_SECONDS"
_USUAL_SECONDS: Final = 10.0
_BESIDE: Final = (NAMES.name, facts.FACTS.name, snapshots.FOLDER)
_MOST_SAID: Final = 5
"""How many mistakes the log names; `data check` says them all."""

LONGEST_WAIT: Final = 10.0
"""Seconds after which it is looked whether something was withdrawn, however seldom the directory
is looked at: a wrong number cannot wait."""

Found = Literal["same", "unsettled", "replaced", "refused"]


def seconds_between_looks() -> float:
    """From the setting `MMHS_RELOAD_SECONDS`; 0: only SIGHUP."""
    said = os.environ.get(SETTING, "").strip()
    try:
        return max(0.0, float(said)) if said else _USUAL_SECONDS
    except ValueError:
        logging.getLogger(__name__).warning("%s is not a number, so it is not used", SETTING)
        return _USUAL_SECONDS


@dataclass
class Reloads:
    """What came of the reloads of a process. Times in seconds since 1970; None: never."""

    replaced: int = 0
    refused: int = 0
    replaced_at: float | None = None
    refused_at: float | None = None
    mistakes: int = 0
    """How many there are in the directory that is refused at the moment; 0 where none is."""
    withdrawn: int = 0
    """How often something was taken out, or put back."""
    withdrawing_fails: str = ""
    """Why what `withdrawn.csv` says is not followed at the moment; "" where all is well."""

    @property
    def is_refused(self) -> bool:
        """Whether what lies on the disk is not what is served, since it has mistakes."""
        return self.mistakes > 0


@dataclass
class DataWatch:
    """Looks whether the directory on the disk has changed, and has it served.

    Make it before the directory is read that is served first: what changes meanwhile is seen.
    """

    folder: Path = field(default_factory=data_folder)
    newest: Callable[[], Application] = served
    replace: Callable[[Application], None] = replace_served
    reloads: Reloads = field(default_factory=Reloads)
    _seen: Signature = ()  # at the last look
    _settled: Signature = ()  # of what was served or refused last
    _digest: str = ""  # of what was served or refused last
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __post_init__(self) -> None:
        self._seen = self._settled = _signature(self.folder)
        self._digest = _digest(self.folder, self._settled)

    def look(self, *, at_once: bool = False) -> Found:
        """Looks once. For a thread of its own: reading and checking takes about a second.

        at_once: somebody says that the folder is as it should be: nothing is waited for, and also
        what was refused is read again.
        """
        with self._lock:
            if is_interrupted(self.folder) and self._is_being_written():
                return "unsettled"
            withdrawn = self._withdraw()
            now = _signature(self.folder)
            before, self._seen = self._seen, now
            if now == self._settled and not at_once:
                return withdrawn
            if now != before and not at_once:
                return "unsettled"
            digest = _digest(self.folder, now)
            if digest == self._digest and not (at_once and self.reloads.is_refused):
                self._settled = now
                return withdrawn
            return self._take(now, digest)

    def _is_being_written(self) -> bool:
        """Whether a change of several files is under way. One that was interrupted is finished."""
        if is_locked(self.folder):
            return True
        with suppress(Unsettled):  # reading the directory says why
            recover(self.folder, wait=0)
        return False

    def withdraw(self) -> Found:
        """Looks only whether something was taken out or put back, and has it served so.

        Returns "replaced" where it was, and "refused" where the file cannot be followed: then
        what was out before stays out. For a thread of its own, as `look`.
        """
        with self._lock:
            return self._withdraw()

    def _withdraw(self) -> Found:
        directory = self.newest().directory
        known = directory.withdrawn
        try:
            found = read_withdrawn(self.folder)
            if found is None and any(each.is_out for each in known):
                return self._hold(f"{WITHDRAWN} is gone: put it back")
            if (found or ()) == known:
                self.reloads.withdrawing_fails = ""
                return "same"
            new = without(directory, found or ())
            check_strip(new.national)
        except BrokenDirectory as problem:
            return self._hold(str(problem.problems[0]))
        except MissingUrgentNumber as problem:
            return self._hold(f"{WITHDRAWN}: {problem}")
        except Exception as problem:  # whatever it is, what was out stays out
            return self._hold(f"{WITHDRAWN} cannot be read ({where(problem)})")
        self.replace(self._over(new))
        self.reloads.withdrawing_fails = ""
        self.reloads.withdrawn += 1
        out = sum(each.is_out for each in new.withdrawn)
        event("withdrawn", "What is withdrawn is followed: it is out of every answer", out=out)
        return "replaced"

    def _over(self, directory: Directory) -> Application:
        try:
            return self.newest().over(directory)
        except Exception:  # what is dear is then made when it is asked for: it cannot wait
            return Application(directory, self.newest().index)

    def _hold(self, why: str) -> Found:
        """Leaves what is out as it is, and says so once."""
        if why != self.reloads.withdrawing_fails:
            self.reloads.withdrawing_fails = why
            event(
                "withdrawing_fails",
                "What is withdrawn cannot be followed; what was out before stays out",
                level=logging.ERROR,
                why=why,
            )
        return "refused"

    def _take(self, now: Signature, digest: str) -> Found:
        mistakes: tuple[str, ...] = ()
        count = 1
        try:
            directory = without(_checked(self.folder), self._known())
            if _signature(self.folder) != now:  # written while it was read
                return "unsettled"
            if self.folder.resolve() == NAMES.parent:  # no other folder's are read
                _read_beside_anew()
            new = self.newest().over(directory)
        except BrokenDirectory as problem:
            mistakes = tuple(str(one) for one in problem.problems)
            count = len(mistakes)
        except MissingUrgentNumber as problem:
            mistakes = (str(problem),)
        except Exception as problem:  # whatever it is, the old directory goes on answering
            mistakes = (f"it cannot be read ({where(problem)})",)
        if _signature(self.folder) != now:
            return "unsettled"
        self._settled, self._digest = now, digest
        if mistakes:
            self._refuse(mistakes, count)
            return "refused"
        self.replace(new)
        self.reloads.replaced += 1
        self.reloads.replaced_at = time.time()
        self.reloads.mistakes = 0
        settle()
        event(
            "data_replaced",
            "The changed directory passed every check and is served now",
            services=len(directory.services),
            newest_check=directory.newest_check.isoformat(),
        )
        return "replaced"

    def _known(self) -> tuple[Withdrawal, ...]:
        """What is taken out of what is served, which was looked at just before."""
        return self.newest().directory.withdrawn

    def _refuse(self, mistakes: tuple[str, ...], count: int) -> None:
        self.reloads.refused += 1
        self.reloads.refused_at = time.time()
        self.reloads.mistakes = count
        event(
            "data_refused",
            "The changed directory has mistakes and is NOT served; the one before goes on "
            "answering. To see every mistake: python -m mmhs_finder data check",
            level=logging.ERROR,
            mistakes=count,
            first=" | ".join(mistakes[:_MOST_SAID]),
        )


def _checked(folder: Path) -> Directory:
    """The directory of a folder as it is whole, after every check that needs no index, with the
    names and facts beside it. Raises `BrokenDirectory`."""
    directory = load_checked_directory(folder, less_what_is_out=False)
    problems: list[Problem] = [*name_problems(folder, directory.areas), *fact_problems(folder)]
    if problems:
        raise BrokenDirectory(problems)
    return directory


def _read_beside_anew() -> None:
    """Names and facts, which are read once a process, are read again."""
    gazetteer.cache_clear()
    gazetteer()
    integrate.read_anew()
    promise.read_anew()


def _signature(folder: Path) -> Signature:
    """The files of a directory as they stand, those beside it, and whether a change of them was
    interrupted: without that one they are another directory. What is withdrawn has a way of its
    own."""
    journal: Signature = ()
    with suppress(OSError):
        stat = (folder / JOURNAL).stat()
        journal = ((JOURNAL, stat.st_size, stat.st_mtime_ns, stat.st_ino),)
    return signature(folder, _BESIDE, {WITHDRAWN}) + journal


def _digest(folder: Path, files: Signature) -> str:
    """Of what the files hold."""
    whole = hashlib.sha256()
    for name, *_ in files:
        whole.update(f"{name}\0".encode())
        try:
            whole.update((folder / name).read_bytes())
        except OSError:
            whole.update(b"?")
        whole.update(b"\0")
    return whole.hexdigest()
