"""The figures of a run: a table by room, the survivors, and the mutants that change nothing.

An equivalent mutant is one that no test can kill, since the program does the same. Each stands in
`equivalents.toml` with its reason; it counts as a survivor, and the rate is given without it, too.
Not for: running mutants (`running`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Final

from tests.mutants.running import ROOMS, Mutant, Verdict

EQUIVALENTS: Final = Path(__file__).with_name("equivalents.toml")
START, END = "<!-- written by `make mutants` -->", "<!-- until here -->"

_Z: Final = 1.959964  # standard normal quantile of a two-sided interval of 95 per cent
_HEAD: Final = (
    "| room | mutants | killed | timed out | survived | of them equivalent | killed or timed out "
    "| 95 % interval | without equivalents |\n|---|---|---|---|---|---|---|---|---|"
)


@dataclass(frozen=True)
class Equivalent:
    """A mutant that changes nothing. before, after: the changed lines, as a run lists them."""

    file: str
    before: str
    after: str
    reason: str

    def is_of(self, mutant: Mutant) -> bool:
        return (self.file, self.before, self.after) == (mutant.file, mutant.before, mutant.after)


def equivalents() -> tuple[Equivalent, ...]:
    """Those that are known. Raises TypeError for an entry with another field."""
    data = tomllib.loads(EQUIVALENTS.read_text("utf-8"))
    return tuple(Equivalent(**entry) for entry in data["equivalent"])


def survivors(mutants: Iterable[Mutant]) -> list[Mutant]:
    """Those that no test noticed, or no test calls."""
    return [m for m in mutants if m.verdict in (Verdict.SURVIVED, Verdict.NO_TEST)]


def table(mutants: Sequence[Mutant], known: Sequence[Equivalent]) -> str:
    """One line for each room, and one for all of them, in Markdown."""
    lines = [_HEAD]
    for room in ROOMS:
        if of_room := [m for m in mutants if m.room == room]:
            lines.append(_line(f"`{room}`", of_room, known))
    lines.append(_line("**all**", mutants, known))
    return "\n".join(lines)


def _line(name: str, mutants: Sequence[Mutant], known: Sequence[Equivalent]) -> str:
    count = len(mutants)
    alive = survivors(mutants)
    same = sum(any(e.is_of(m) for e in known) for m in alive)
    timed_out = sum(m.verdict is Verdict.TIMED_OUT for m in mutants)
    dead = count - len(alive)
    low, high = wilson(dead, count)
    cells = (
        name,
        count,
        dead - timed_out,
        timed_out,
        len(alive),
        same,
        _percent(dead / count),
        f"{_percent(low)} to {_percent(high)}",
        _percent(dead / (count - same)) if count > same else "-",
    )
    return f"| {' | '.join(map(str, cells))} |"


def wilson(found: int, count: int) -> tuple[float, float]:
    """The 95 per cent interval of a share, by Wilson's score (J. Am. Stat. Assoc. 22, 1927)."""
    share, square = found / count, _Z * _Z / count
    middle = share + square / 2
    half = _Z * sqrt(share * (1 - share) / count + square / (4 * count))
    return (middle - half) / (1 + square), (middle + half) / (1 + square)


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def listed(mutants: Iterable[Mutant], known: Sequence[Equivalent]) -> str:
    """The survivors that are not known to be equivalent, with what was changed."""
    left = [m for m in survivors(mutants) if not any(e.is_of(m) for e in known)]
    return "\n".join(f"{_where(m)} {m.verdict}\n  - {m.before}\n  + {m.after}" for m in left)


def _where(mutant: Mutant) -> str:
    return f"{mutant.file}:{mutant.line}"


def document(
    text: str,
    mutants: Sequence[Mutant],
    known: Sequence[Equivalent],
    *,
    lines: dict[Equivalent, int],
    made_with: str,
) -> str:
    """The document with this run's table in it. made_with: its date, seed and command.

    lines: where each known equivalent stands. Raises ValueError where the marks are missing.
    """
    before, mark, rest = text.partition(START)
    _, end, after = rest.partition(END)
    if not (mark and end):
        raise ValueError(f"the document needs the lines {START} and {END}")
    rows = "\n".join(
        f"| `{e.file}:{lines.get(e, 0)}` | `{_cell(e.before)}` | `{_cell(e.after)}` | {e.reason} |"
        for e in sorted(known, key=lambda e: (e.file, lines.get(e, 0)))
    )
    return (
        f"{before}{START}\n{made_with}\n\n{table(mutants, known)}\n\n"
        "Mutants that change nothing, as far as we know them:\n\n"
        f"| line | is | becomes | why nothing changes |\n|---|---|---|---|\n{rows}\n{END}{after}"
    )


def _cell(code: str) -> str:
    return code.replace("|", "\\|")
