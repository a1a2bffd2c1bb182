"""The servers that a load is put on: processes of the app, nginx before several, what they take.

Started on 127.0.0.1 only, as an operator starts them, and stopped at the end. What they take is
read from `/proc`, so on Linux only.
Not for: visitors (`visits`).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks import nginx

ROOT: Final = Path(__file__).resolve().parent.parent
START_SECONDS: Final = 120
DESCRIPTORS: Final = 65_536

_SAME: Final = {"STREAMLIT_SERVER_COOKIE_SECRET": "the same for all"}
"""Processes behind one address must believe each other's cookies."""

_TICKS: Final = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


class CannotStart(RuntimeError):
    """A server did not start; the text says which, and what it has said itself."""


@dataclass(frozen=True)
class Taken:
    """What a group of processes has taken: memory now, in bytes; CPU since they began, in s."""

    memory: int
    cpu: float


def taken(processes: Sequence[int]) -> Taken | None:
    """Of these processes and all that they have started; None where that cannot be read.

    Memory is the resident set, summed: what several share is counted in each.
    """
    memory, cpu = 0, 0.0
    try:
        for number in _with_children(processes):
            stat = Path(f"/proc/{number}/stat").read_text(encoding="ascii", errors="replace")
            fields = stat.rpartition(")")[2].split()
            cpu += (int(fields[11]) + int(fields[12])) / _TICKS
            memory += int(fields[21]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError, ValueError):
        return None
    return Taken(memory, cpu) if processes else None


def _with_children(processes: Sequence[int]) -> list[int]:
    found = list(processes)
    for number in found:
        for task in Path(f"/proc/{number}/task").iterdir():
            text = (task / "children").read_text(encoding="ascii")
            found += [int(child) for child in text.split() if int(child) not in found]
    return found


@dataclass(frozen=True)
class Servers:
    """Where visitors come to, and the processes by their numbers; none where they are not ours."""

    url: str
    app: tuple[int, ...] = ()
    nginx: tuple[int, ...] = ()


@contextmanager
def started(processes: int, port: int) -> Iterator[Servers]:
    """The app in so many processes; more than one stand behind nginx. Raises `CannotStart`.

    port: where visitors come to. The processes behind nginx take those that follow.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mmhs-load-")))
        folder.chmod(0o755)  # nginx's workers may be another user's
        ports = [port] if processes == 1 else [port + 1 + n for n in range(processes)]
        running = [stack.enter_context(_process(_app(one), folder / f"{one}.log")) for one in ports]
        for one, process in zip(ports, running, strict=True):
            _wait_for(f"http://127.0.0.1:{one}", process, folder / f"{one}.log")
        before: tuple[int, ...] = ()
        url = f"http://127.0.0.1:{port}"
        if processes > 1:
            log = folder / "nginx.log"
            proxy = stack.enter_context(_process(_nginx(folder, port, ports), log))
            _wait_for(url, proxy, log)
            before = (proxy.pid,)
        yield Servers(url, tuple(process.pid for process in running), before)


def _app(port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "streamlit", "run", "app.py"),
        *("--server.address", "127.0.0.1", "--server.port", str(port)),
    ]


def _nginx(folder: Path, port: int, replicas: Sequence[int]) -> list[str]:
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if program is None:
        raise CannotStart("Several processes need nginx before them: apt-get install nginx")
    config = nginx.written(folder, port, replicas)
    return [program, "-p", str(folder), "-e", str(folder / "start.log"), "-c", str(config)]


@contextmanager
def _process(command: Sequence[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 - our own commands, no shell
            command,
            cwd=ROOT,
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONPATH": str(ROOT), **_SAME},
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            # The address is ours, made above.
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5):  # noqa: S310
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    said = log.read_text(encoding="utf-8", errors="replace")
    raise CannotStart(f"The server at {url} did not start. It said:\n{said}")


def more_descriptors() -> None:
    """Takes as many file descriptors as the system gives, for the servers started from here too."""
    try:
        import resource
    except ModuleNotFoundError:  # no Unix: no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, DESCRIPTORS)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def machine() -> str:
    """This machine in a line: cores, memory, how busy it was already."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = "?"
    try:
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemTotal"):
                memory = f"{int(line.split()[1]) / 1e6:.0f}"
        load = f"{os.getloadavg()[0]:.1f}"
    except OSError:
        load = "?"
    return f"{cores} cores, {memory} GB of memory, load before the start {load}"
