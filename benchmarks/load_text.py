"""How many searches a second the pages without a script answer, by wrk, a load tool of its own.

    python -m benchmarks.load_text --seconds 10 --connections 1 10 50

Starts the app itself on 127.0.0.1 (--processes 2: behind nginx), or uses one that runs here
(--url). Each connection sends a search as soon as it has the answer before, with nobody reading
between: so it finds what the server can do at most, and the times say how long a queue of that
many takes. `--get /text/services` asks for any other page instead.

Not for: visits of the app (`load`).
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.load import postcodes
from benchmarks.servers import CannotStart, Taken, machine, more_descriptors, started, taken
from benchmarks.visits import NotHere, only_loopback

MOST_CONNECTIONS: Final = 1000
MOST_SECONDS: Final = 600

WITHOUT_WRK: Final = (
    "Left out: the load on the pages without a script needs wrk: apt-get install wrk"
)

_SCRIPT: Final = """
local postcodes = %s
local path = %s
local n = 0
request = function()
  if path then return wrk.format("GET", path, { ["Accept-Encoding"] = "gzip" }) end
  n = n %% #postcodes + 1
  return wrk.format("POST", "/text/", {
    ["Content-Type"] = "application/x-www-form-urlencoded", ["Accept-Encoding"] = "gzip",
  }, "postcode=" .. postcodes[n]:gsub(" ", "+"))
end
done = function(summary, latency, requests)
  io.write(string.format(
    '\\n{"requests": %%d, "microseconds": %%d, "bytes": %%d, "p50": %%f, "p95": %%f, "p99": %%f, '
    .. '"status": %%d, "connect": %%d, "read": %%d, "write": %%d, "timeout": %%d}\\n',
    summary.requests, summary.duration, summary.bytes, latency:percentile(50),
    latency:percentile(95), latency:percentile(99), summary.errors.status,
    summary.errors.connect, summary.errors.read, summary.errors.write, summary.errors.timeout))
end
"""
"""What wrk runs for each request, in Lua. `status` counts answers of 400 and more."""


@dataclass(frozen=True)
class Measured:
    """What one run of wrk found. Times in seconds. kinds: errors by wrk's own name."""

    requests: int
    seconds: float
    p50: float
    p95: float
    p99: float
    bytes: int
    kinds: dict[str, int]

    @property
    def errors(self) -> int:
        return sum(self.kinds.values())


def run_wrk(
    url: str, connections: int, seconds: int, searches: Sequence[str], get: str
) -> Measured:
    """One run. get: the path of a page to get instead of searching. Raises `FileNotFoundError`
    without wrk, `CannotStart` where it says nothing."""
    program = shutil.which("wrk")
    if program is None:
        raise FileNotFoundError(WITHOUT_WRK)
    listed = "{" + ", ".join(json.dumps(one) for one in searches) + "}"
    with tempfile.TemporaryDirectory(prefix="mmhs-load-") as folder:
        script = Path(folder) / "searches.lua"
        script.write_text(_SCRIPT % (listed, json.dumps(get) if get else "nil"), encoding="utf-8")
        ran = subprocess.run(  # noqa: S603 - our own command, no shell
            [
                *(program, "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s"),
                *("-s", str(script), url),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
    lines = [line for line in ran.stdout.splitlines() if line.startswith("{")]
    if not lines:
        raise CannotStart(f"wrk did not run. It said:\n{ran.stdout}{ran.stderr}")
    found = json.loads(lines[-1])
    kinds = {name: found[name] for name in ("status", "connect", "read", "write", "timeout")}
    return Measured(
        requests=found["requests"],
        seconds=found["microseconds"] / 1e6,
        p50=found["p50"] / 1e6,
        p95=found["p95"] / 1e6,
        p99=found["p99"] / 1e6,
        bytes=found["bytes"],
        kinds=kinds,
    )


def row(connections: int, measured: Measured, before: Taken | None, after: Taken | None) -> str:
    """A row of the table. Times in ms; CPU in ms of one core for each answer."""
    answers = max(measured.requests, 1)
    cpu = (after.cpu - before.cpu) / answers if before and after else None
    cells = (
        str(connections),
        f"{measured.requests / measured.seconds:.1f}",
        *(f"{one * 1000:,.0f}" for one in (measured.p50, measured.p95, measured.p99)),
        str(measured.errors),
        f"{measured.bytes / answers / 1000:.1f}",
        f"{after.memory / 1e6:.0f}" if after else "-",
        "-" if cpu is None else f"{cpu * 1000:.1f}",
    )
    return f"| {' | '.join(cells)} |"


_COLUMNS: Final = (
    "connections",
    "answers/s",
    "p50",
    "p95",
    "p99",
    "errors",
    "kB an answer",
    "memory, MB",
    "CPU an answer",
)


def table_head() -> str:
    return f"| {' | '.join(_COLUMNS)} |\n|{'--:|' * len(_COLUMNS)}"


def parser() -> argparse.ArgumentParser:
    said = argparse.ArgumentParser(
        prog="python -m benchmarks.load_text",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = said.add_argument
    add("--connections", type=int, nargs="+", default=[1, 10, 50], help="at once (1 10 50)")
    add("--seconds", type=int, default=10, help="how long each is measured (10)")
    add("--get", default="", metavar="PATH", help="a page to get, instead of searching")
    add("--processes", type=int, default=1, help="of the app; more than one behind nginx (1)")
    add("--port", type=int, default=8627, help="and those that follow, on 127.0.0.1 (8627)")
    add("--url", help="a server that runs on this machine, instead of starting one")
    add("--seed", type=int, default=1, help="another number searches in another order (1)")
    return said


def main(arguments: Sequence[str] | None = None) -> int:
    """0: every request was answered, or wrk is not installed. 1: errors."""
    said = parser()
    wanted = said.parse_args(arguments)
    if not all(1 <= one <= MOST_CONNECTIONS for one in wanted.connections):
        said.error(f"--connections must be from 1 to {MOST_CONNECTIONS}")
    if not 1 <= wanted.seconds <= MOST_SECONDS:
        said.error(f"--seconds must be from 1 to {MOST_SECONDS}")
    if wanted.get and not wanted.get.startswith("/"):
        said.error("--get needs a path, such as /text/services")
    if not 1 <= wanted.processes <= 16:
        said.error("--processes must be from 1 to 16")
    if shutil.which("wrk") is None:
        print(WITHOUT_WRK)
        return 0
    more_descriptors()
    searches = postcodes(1000, wanted.seed)
    print(f"{machine()}.\nTimes in ms; CPU in ms of one core.\n\n{table_head()}", flush=True)
    try:
        if wanted.url:
            return _measure(only_loopback(wanted.url), (), wanted, searches)
        with started(wanted.processes, wanted.port) as servers:
            return _measure(servers.url, servers.app, wanted, searches)
    except (CannotStart, NotHere) as problem:
        print(problem, file=sys.stderr)
        return 1


def _measure(
    url: str, app: Sequence[int], wanted: argparse.Namespace, searches: Sequence[str]
) -> int:
    run_wrk(url, 1, 1, searches, wanted.get)  # nobody pays for what is made once
    errors = 0
    for connections in wanted.connections:
        before = taken(app)
        measured = run_wrk(url, connections, wanted.seconds, searches, wanted.get)
        print(row(connections, measured, before, taken(app)), flush=True)
        errors += measured.errors or not measured.requests
        for name, count in measured.kinds.items():
            if count:
                print(f"{count} x {name}", file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
