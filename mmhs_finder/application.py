"""The one object that a process serves from: the directory that was checked, the index, the finder.

`app.py` makes it and hands it down: pages find it with `served()`, routes with
`application_of(request.scope)` (`channels.shell.handed_down`). Commands of the terminal use the
same maker.
Not for: what a visit knows (`channels.streamlit.visit`), or anything of a person.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeVar, TypeVarTuple
from weakref import WeakKeyDictionary

from mmhs_finder.answers.finding import Finder
from mmhs_finder.answers.urgent import check_strip
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.snapshots import KeptSnapshots, read_snapshots
from mmhs_finder.curation.check import load_checked_directory, settle
from mmhs_finder.directory import Directory, load_directory
from mmhs_finder.directory.loading import data_folder
from mmhs_finder.nation import Nation
from mmhs_finder.places.shapes import AreaShapes
from mmhs_finder.postcodes import IndexProblem, PostcodeIndex, open_index
from mmhs_finder.postcodes.geocoders import fallback_geocoder
from mmhs_finder.postcodes.none import NoPostcodes
from mmhs_finder.render.maps.shapes_files import ShapesFiles
from mmhs_finder.views.history import History
from mmhs_finder.views.urgent import StripView, strip_view
from mmhs_finder.words import language

_LOG = logging.getLogger(__name__)

T = TypeVar("T")
Given = TypeVarTuple("Given")
OpensIndex = Callable[[Callable[[int, int, str], None]], PostcodeIndex]


class IndexAttempt:
    """One try at opening the postcode index: how far it is, and what came of it."""

    def __init__(self) -> None:
        self.share = 0.0  # of the work that is done, 0 to 1
        self.index: PostcodeIndex | None = None
        self.problem: BaseException | None = None
        self._finished = threading.Event()

    def run(self, open_: OpensIndex, *, alone: bool) -> None:
        """Opens it in this thread. What goes wrong is kept for who asks for the result.

        alone: nobody may be waiting for the result, so it is written into the log, too.
        """
        try:
            self.index = open_(self._report)
        except BaseException as problem:  # not swallowed: `result` raises it
            self.problem = problem
            if alone:
                if isinstance(problem, IndexProblem | OSError):  # its words say what to do
                    _LOG.error("The postcode index could not be opened: %s", problem)
                else:
                    _LOG.exception("The postcode index could not be opened")
        finally:
            self._finished.set()

    def _report(self, done: int, total: int, _text: str) -> None:
        self.share = min(done / total, 1.0) if total else 0.0

    def finished_within(self, seconds: float) -> bool:
        """Whether it has come to an end, after at most that long."""
        return self._finished.wait(seconds)

    @property
    def failed(self) -> bool:
        return self.problem is not None

    def result(self) -> PostcodeIndex:
        """The index, when it is there. Raises what kept it from being opened."""
        self._finished.wait()
        if self.problem is not None:
            raise self.problem
        assert self.index is not None
        return self.index


class IndexOpening:
    """The postcode index of a process: opened once, in the background when somebody says `start`.

    On the very first start the index does not exist yet and takes some seconds to build.
    """

    def __init__(self, open_: OpensIndex = open_index) -> None:
        """open_: opens it, and is given a function to say how far it is (done, total, words)."""
        self._open = open_
        self._attempt: IndexAttempt | None = None
        self._lock = threading.Lock()

    def start(self) -> IndexAttempt:
        """The attempt under way or the one that went well; a new one when the last one failed."""
        with self._lock:
            if self._attempt is None or self._attempt.failed:
                self._attempt = IndexAttempt()
                threading.Thread(
                    target=self._attempt.run,
                    args=(self._open,),
                    kwargs={"alone": True},
                    name="postcode-index",
                    daemon=True,
                ).start()
            return self._attempt

    @property
    def attempt(self) -> IndexAttempt | None:
        """The newest attempt, as it stands; None before there was one."""
        return self._attempt

    def result(self) -> PostcodeIndex:
        """The index. Waits for it; where nobody has started, opens it here and now.

        Raises what keeps it from being opened (`IndexProblem`, `OSError`).
        """
        with self._lock:
            attempt, is_ours = self._attempt, self._attempt is None
            if attempt is None:
                attempt = self._attempt = IndexAttempt()
        if is_ours:
            attempt.run(self._open, alone=False)
        return attempt.result()


@dataclass(frozen=True, eq=False)
class Application:
    """What all visitors of a process share. Nothing in it belongs to one of them, or changes: where
    the directory has, another one takes its place (`replace_served`).

    It is held by the process itself and not by Streamlit's caches: those any visitor can clear.
    """

    directory: Directory
    index: IndexOpening = field(default_factory=IndexOpening)
    number: int = field(default_factory=count(1).__next__, init=False)
    """Another one for each of a process: who kept something of one knows by it that there is
    another now."""
    _made: dict[object, tuple[tuple[object, ...], Any]] = field(
        default_factory=dict, init=False, repr=False
    )
    _strips: dict[str, Mapping[Nation | None, StripView]] = field(
        default_factory=dict, init=False, repr=False
    )
    _making: Any = field(default_factory=threading.RLock, init=False, repr=False)

    @property
    def finder(self) -> Finder:
        """The finder over directory and index. Waits for the index."""
        return self.once(_finder)

    @property
    def finder_of_councils(self) -> Finder:
        """A finder for who names a council. Waits for nothing: without the index it knows no
        postcode, and no distance, which a council has none of either."""
        attempt = self.index.start()
        ready = attempt.finished_within(0) and not attempt.failed
        return self.finder if ready else self.once(_finder_of_councils)

    def coverage(self, today: date) -> Coverage:
        """Which help is known where. today: the day by which an entry is old or not."""
        return self.once(_coverage, today)

    @property
    def shapes_files(self) -> ShapesFiles:
        """The shapes of areas as files that browsers keep."""
        return self.once(_shapes_files)

    @property
    def history(self) -> History:
        """What was changed in the directory, by day and entry, without words."""
        return self.once(_history)

    @property
    def snapshots(self) -> KeptSnapshots:
        """What was known on earlier days, beside the files of the directory."""
        return self.once(_snapshots)

    @property
    def urgent_strips(self) -> Mapping[Nation | None, StripView]:
        """The urgent-help strip of every page, by nation; None: where somebody lives is not known.

        Made once for a language. Raises `MissingUrgentNumber`.
        """
        spoken = language()
        if spoken not in self._strips:
            rows = self.directory.national
            check_strip(rows)
            strips = {n: strip_view(rows, n) for n in (None, *Nation)}
            self._strips[spoken] = MappingProxyType(strips)
        return self._strips[spoken]

    def over(self, directory: Directory) -> Application:
        """One over another directory and the same index, with what is dear made already.

        For a thread of its own: it waits for the index, where that is on its way. Raises
        `MissingUrgentNumber`, and what keeps the rest from being made.
        """
        new = Application(directory, self.index)
        attempt = self.index.attempt
        if attempt is not None and not attempt.failed:
            _ = new.finder
        _ = new.urgent_strips, new.shapes_files, new.history
        return new

    def once(self, make: Callable[[Application, *Given], T], *given: *Given) -> T:
        """What `make(application, *given)` returns, made once for all visitors.

        Only the newest is kept: with other values it is made anew. For what is dear to make and
        nobody's own, and without words, which are those of a language:
        `application.once(coverage_of, today)`.
        """
        found = self._made.get(make)
        if found is None or found[0] != given:
            with self._making:
                found = self._made.get(make)
                if found is None or found[0] != given:
                    found = self._made[make] = (given, make(self, *given))
        value: T = found[1]
        return value


def _finder(application: Application) -> Finder:
    return Finder(application.directory, application.index.result(), newer=fallback_geocoder())


def _finder_of_councils(application: Application) -> Finder:
    return Finder(application.directory, NoPostcodes())


def _shapes_files(application: Application) -> ShapesFiles:
    directory = application.directory
    detail = AreaShapes(directory.shapes(detail=True))
    return ShapesFiles(detail, Coverage(directory, directory.newest_check))


def _history(application: Application) -> History:
    return History(application.directory)


def _snapshots(application: Application) -> KeptSnapshots:
    return read_snapshots(application.directory.folder)


def _coverage(application: Application, today: date) -> Coverage:
    return Coverage(application.directory, today)


def open_application(folder: Path | None = None, *, checked: bool = True) -> Application:
    """Makes an application over the directory in a folder.

    Args:
        folder: as `load_directory`.
        checked: True for what answers the public: every check is made, and what was checked is what
            is served, whatever happens to the files afterwards. False for a curator's commands,
            which also answer from a directory that is being worked on.

    Raises:
        BrokenDirectory: something is wrong; its text says what, in which file, row and column.
    """
    if not checked:
        settle(data_folder() if folder is None else folder)
        return Application(load_directory(folder))
    return Application(load_checked_directory(folder))


_served: Application | None = None
_of_a_run: Final[WeakKeyDictionary[object, Application]] = WeakKeyDictionary()
_run_now: Callable[[], object | None] | None = None


def serve(application: Application) -> Application:
    """Makes it the one that this process serves from. Raises RuntimeError when there is another."""
    global _served
    if _served is not None and _served is not application:
        raise RuntimeError("this process serves from another application already")
    _served = application
    return application


def replace_served(application: Application) -> None:
    """Serves from another one from now on, in one step: who has begun with the old one ends with
    it."""
    global _served
    _served = application


def keep_for_a_run(run_now: Callable[[], object | None]) -> None:
    """Has `served` give one and the same to everything within a run of a page.

    run_now: what stands for the run that this thread is in, another object for each; None outside.
    """
    global _run_now
    _run_now = run_now


def served() -> Application:
    """The one that this process serves from; in a run of a page, the one that it began with.

    Raises RuntimeError when nobody has made one.
    """
    if _served is None:
        raise RuntimeError(
            "No application is served. Start the app with `streamlit run app.py`; in a test or a "
            "script, call serve(open_application()) first."
        )
    run = _run_now() if _run_now is not None else None
    return _served if run is None else _of_a_run.setdefault(run, _served)
