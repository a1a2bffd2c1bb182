"""Several files of a directory written together: all of them or none, whatever happens meanwhile.

New files are made complete in a hidden folder inside the directory's, and looked at as a whole.
Then a journal says which files they replace; then each is put in its place in one step; then the
journal goes. Who is killed before the journal is there has changed nothing; who is killed later has
left everything that `recover` needs to finish. One at a time: a lock says who is at it.
Not for: what is written (`applying`), or one file that stands alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal

import filelock

from mmhs_finder.directory.files import Problem
from mmhs_finder.hours import LONDON

LOCK: Final = ".lock"
STAGE: Final = ".changing"
JOURNAL: Final = f"{STAGE}/journal.json"
WAIT_SECONDS: Final = 10.0
"""How long somebody waits for another who is at it; writing takes less than a second."""

_VERSION: Final = 1
Step = Callable[[str], None]
"""Told each step before and after which a process can die. For tests."""


def no_step(_: str) -> None:
    """What a step does in earnest: nothing."""


class Unsettled(Exception):
    """The directory cannot be read or written as it stands. problems: why, and what to do."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__(*problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


@dataclass(frozen=True)
class Recovered:
    """What came of an interrupted writing. files: those that were put in their place now."""

    outcome: Literal["nothing", "finished", "rolled back"] = "nothing"
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Entry:
    """A file in the journal. old, new: the SHA-256 of what it held and will hold; old is "" where
    there was no such file."""

    name: str
    old: str
    new: str


# --- who is at it --------------------------------------------------------------------------------


@contextmanager
def locked(folder: Path, what: str, *, wait: float | None = None) -> Iterator[Path]:
    """Nobody else writes to the directory meanwhile. Gives the folder without links in its path.

    what: who is at it, for the others: "data apply". wait: seconds, by default `WAIT_SECONDS`.
    Raises Unsettled when another is at it for longer, or the folder cannot be written to.
    """
    root = folder.resolve()
    path = root / LOCK
    try:
        lock = filelock.FileLock(path, timeout=WAIT_SECONDS if wait is None else wait)
        lock.acquire()
    except filelock.Timeout:
        raise Unsettled(
            _whole(f"somebody is changing it: {_holder(path)}. Try again.", root)
        ) from None
    except (OSError, NotImplementedError) as error:
        raise Unsettled(_whole(_cannot_write(error), root)) from None
    try:
        with suppress(OSError):
            since = datetime.now(LONDON).strftime("%H:%M")
            text = f"{what} (process {os.getpid()} on {socket.gethostname()}, since {since})"
            path.write_text(text, encoding="utf-8")
        yield root
    finally:
        with suppress(OSError):
            path.write_text("", encoding="utf-8")
        lock.release()


def is_locked(folder: Path) -> bool:
    """Whether somebody is writing to the directory at this moment."""
    try:
        with filelock.FileLock(folder.resolve() / LOCK, timeout=0):
            return False
    except filelock.Timeout:
        return True
    except (OSError, NotImplementedError):
        return False


def is_interrupted(folder: Path) -> bool:
    """Whether a writing has begun that is not finished: its files may be old and new."""
    return (folder / JOURNAL).exists()


def _holder(path: Path) -> str:
    with suppress(OSError, UnicodeDecodeError):
        if said := path.read_text(encoding="utf-8")[:200].strip():
            return said
    return "another command"


# --- writing -------------------------------------------------------------------------------------


def write_together(
    root: Path,
    files: Mapping[str, bytes],
    before: Mapping[str, bytes],
    examine: Callable[[Path], None],
    *,
    at_step: Step = no_step,
) -> None:
    """Writes files of a directory, all or none. Only while `locked`.

    Args:
        root: as `locked` gives it.
        files: what each shall hold, by name, in the order in which they are put in their place.
        before: what each held when this was worked out; none for a new file.
        examine: looks at a folder in which the new files stand beside the others; what it raises
            ends everything, and nothing was changed.

    Raises:
        Unsettled: nothing was written; or it was begun, and the next command finishes it.
    """
    stage = root / STAGE
    try:
        shutil.rmtree(stage, ignore_errors=True)
        (stage / "new").mkdir(parents=True)
        for name, raw in files.items():
            _write(_staged(root, name), raw, like=root / name)
            at_step(f"staged {name}")
        examine(beside(root, {name: _staged(root, name) for name in files}, stage / "whole"))
        at_step("examined")
        entries = [
            _Entry(name, _digest(root / name), hashlib.sha256(raw).hexdigest())
            for name, raw in files.items()
        ]
        if edited := [e.name for e in entries if e.old != _of(before.get(e.name))]:
            raise Unsettled(
                *(Problem(n, 0, "", "", "was changed by somebody just now.") for n in edited)
            )
        for entry in entries:
            if entry.old:
                (stage / "old").mkdir(exist_ok=True)
                _write(stage / "old" / entry.name, before[entry.name])
        _sync_folder(stage / "new")
        at_step("kept")
        _write_journal(root, entries, at_step)
    except BaseException as error:
        begun = is_interrupted(root)
        if not begun:
            _clear(root)
        if isinstance(error, OSError):
            message = _in_part(error) if begun else _cannot_write(error)
            raise Unsettled(_whole(message, root)) from None
        raise
    _put_in_place(root, entries, at_step)


def beside(root: Path, new: Mapping[str, Path], folder: Path) -> Path:
    """Makes a folder that looks like the directory's with some files replaced: links to both."""
    folder.mkdir(parents=True)
    for path in root.iterdir():
        if not path.name.startswith(".") and path.name not in new:
            _link(path, folder / path.name)
    for name, path in new.items():
        _link(path, folder / name)
    return folder


def _link(path: Path, link: Path) -> None:
    try:
        link.symlink_to(path.resolve())
    except (OSError, NotImplementedError):  # a system without links
        if path.is_file():
            shutil.copyfile(path, link)
        elif path.is_dir():
            shutil.copytree(path, link)


def _write_journal(root: Path, entries: Sequence[_Entry], at_step: Step) -> None:
    """From the moment that it is there, the writing will be finished."""
    said = [[entry.name, entry.old, entry.new] for entry in entries]
    text = json.dumps({"version": _VERSION, "files": said, "check": _check(said)})
    draft = root / f"{JOURNAL}.draft"
    _write(draft, text.encode())
    at_step("journal ready")
    draft.replace(root / JOURNAL)
    _sync_folder(root / STAGE)
    _sync_folder(root)
    at_step("journal")


def _put_in_place(root: Path, entries: Sequence[_Entry], at_step: Step) -> tuple[str, ...]:
    """Each staged file takes the place of the old one; then the journal goes.

    Raises Unsettled where the system does not let it: the journal stays, and says what is left.
    """
    done = []
    try:
        for entry in entries:
            staged, target = _staged(root, entry.name), (root / entry.name).resolve()
            if staged.exists():
                at_step(f"place {entry.name}")
                staged.replace(target)
                _sync_folder(target.parent)
                done.append(entry.name)
                at_step(f"placed {entry.name}")
        (root / JOURNAL).unlink()
        _sync_folder(root / STAGE)
    except OSError as error:
        raise Unsettled(_whole(_in_part(error), root)) from None
    at_step("journal gone")
    _clear(root)
    at_step("cleared")
    return tuple(done)


# --- after an interruption -----------------------------------------------------------------------


def recover(folder: Path, *, at_step: Step = no_step, wait: float | None = None) -> Recovered:
    """Finishes a writing that was interrupted, if there is one. Costs a look where there is none.

    To be called before a directory is read. Raises Unsettled when it cannot: another is at it, the
    folder cannot be written to, or somebody has edited a file meanwhile. Then nothing is changed.
    """
    if is_interrupted(folder):
        with locked(folder, "an interrupted change that is being finished", wait=wait) as root:
            return recover_locked(root, at_step=at_step)
    if (folder / STAGE).exists():  # in nobody's way: it goes where nobody is at it
        with suppress(Unsettled), locked(folder, "tidying up", wait=0) as root:
            return recover_locked(root, at_step=at_step)
    return Recovered()


def recover_locked(root: Path, *, at_step: Step = no_step) -> Recovered:
    """As `recover`, while `locked`; what was never begun is taken away, too."""
    if not is_interrupted(root):
        if not (root / STAGE).exists():
            return Recovered()
        _clear(root)
        return Recovered("rolled back")
    entries = _read_journal(root)
    problems = [p for entry in entries for p in _in_the_way(root, entry)]
    if problems:
        raise Unsettled(*problems)
    at_step("recovering")
    return Recovered("finished", _put_in_place(root, entries, at_step))


def _in_the_way(root: Path, entry: _Entry) -> Iterator[Problem]:
    """Why a file cannot be finished. One whose staged file is gone was put in its place: what
    stands there now is that, or what somebody has made of it since."""
    staged = _staged(root, entry.name)
    if not staged.exists():
        return
    if _digest(staged) != entry.new:
        message = f"cannot be finished: {STAGE}/new/{entry.name} is damaged. {_BY_HAND}"
        yield Problem(entry.name, 0, "", "", message)
    elif _digest(root / entry.name) not in (entry.old, entry.new):
        message = (
            "was edited while a change of the directory was interrupted, so it is left as it is. "
            f"{_BY_HAND}"
        )
        yield Problem(entry.name, 0, "", "", message)


_BY_HAND: Final = (
    f"What should have been written lies in {STAGE}/new, and how the files were in {STAGE}/old. "
    f"Copy what you want to keep into the directory, delete the folder {STAGE}, and run `data "
    "check`."
)


def _read_journal(root: Path) -> tuple[_Entry, ...]:
    try:
        found: Any = json.loads((root / JOURNAL).read_text(encoding="utf-8"))
        said = found["files"]
        if found["version"] != _VERSION or found["check"] != _check(said):
            raise ValueError
        entries = tuple(_Entry(*map(str, each)) for each in said)
        if any(Path(entry.name).name != entry.name for entry in entries):
            raise ValueError
    except (OSError, ValueError, TypeError, KeyError):
        message = f"cannot be read, so an interrupted change cannot be finished. {_BY_HAND}"
        raise Unsettled(Problem(JOURNAL, 0, "", "", message)) from None
    return entries


# --- files ---------------------------------------------------------------------------------------


def _staged(root: Path, name: str) -> Path:
    """Where a new file waits: on the same disk as the one that it replaces, which may be a link."""
    target = (root / name).resolve()
    if target.parent == root:
        return root / STAGE / "new" / name
    ours = hashlib.sha256(str(root).encode()).hexdigest()[:8]
    return target.parent / f".{target.name}.{ours}{STAGE}"


def _clear(root: Path) -> None:
    """Takes away everything that was staged."""
    with suppress(OSError):
        for path in root.iterdir():
            if path.is_symlink() and not path.name.startswith("."):
                staged = _staged(root, path.name)
                if staged.parent != root / STAGE / "new":
                    staged.unlink(missing_ok=True)
    shutil.rmtree(root / STAGE, ignore_errors=True)


def _write(path: Path, raw: bytes, like: Path | None = None) -> None:
    """Writes a file and waits until the disk has it. like: a file whose owner and rights it gets,
    as far as the system allows."""
    with path.open("wb") as file:
        file.write(raw)
        file.flush()
        if like is not None and like.exists():
            stat = like.stat()
            path.chmod(stat.st_mode & 0o7777)
            with suppress(OSError, AttributeError):
                os.chown(path, stat.st_uid, stat.st_gid)
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Waits until the disk has the names in a folder; systems without that keep them themselves."""
    if os.name != "posix":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _digest(path: Path) -> str:
    """SHA-256 of what a file holds; "" where there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""


def _of(raw: bytes | None) -> str:
    return "" if raw is None else hashlib.sha256(raw).hexdigest()


def _check(said: object) -> str:
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _whole(message: str, root: Path) -> Problem:
    return Problem(f"The folder {root}", 0, "", "", message)


def _cannot_write(error: BaseException) -> str:
    why = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return f"it cannot be written to ({why}). Nothing was changed."


def _in_part(error: OSError) -> str:
    return (
        f"it is written in part ({error.strerror or error}). The rest is kept in {STAGE}; the next "
        "`data check` or `data apply` finishes it. Until then nothing new is served."
    )
