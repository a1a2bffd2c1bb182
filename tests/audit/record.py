"""What an audit has looked at and found, kept by every process and put together into one table.

`make audit` runs the audits and then `python -m tests.audit.record`, which writes docs/audit.md.
Not for: judging, which the tests do.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".cache" / "audit"
DOC = ROOT / "docs" / "audit.md"

HEAD = """# The last audit

`make test` looks at examples; `make audit` looks at everything, on the real directory, and writes
this table. It takes some minutes, and is run before a release and after a large change of the data.
It fails when it finds something, and then writes no table.

Made on {day} by `make audit` (`tests/audit/`). Every page and main state is looked at 1280 and 360
pixels wide, in the light and the dark colour scheme.

| what | looked at | found |
|---|---:|---:|
"""


@dataclass
class Record:
    """The rows of one process: what was looked at, how often, and how much was found."""

    rows: dict[str, list[int]] = field(default_factory=dict)

    def add(self, what: str, looked_at: int, found: Collection[object]) -> None:
        row = self.rows.setdefault(what, [0, 0])
        row[0] += looked_at
        row[1] += len(found)

    def write(self, folder: Path, process: str) -> None:
        """Keeps the rows in a file of a process. Writes nothing when there are none."""
        if self.rows:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{process}.json").write_text(json.dumps(self.rows), encoding="utf-8")


def together(files: Collection[Path]) -> Record:
    """The rows of several processes as one."""
    found = Record()
    for file in sorted(files):
        for what, (looked_at, count) in json.loads(file.read_text(encoding="utf-8")).items():
            row = found.rows.setdefault(what, [0, 0])
            row[0] += looked_at
            row[1] += count
    return found


def table(record: Record, day: date) -> str:
    """The document."""
    rows = "".join(f"| {what} | {n:,} | {m:,} |\n" for what, n, m in _sorted(record))
    return HEAD.format(day=f"{day.day} {day:%B %Y}") + rows


def _sorted(record: Record) -> Iterator[tuple[str, int, int]]:
    for what in sorted(record.rows):
        looked_at, found = record.rows[what]
        yield what, looked_at, found


def main() -> None:
    files = list(FOLDER.glob("*.json"))
    if not files:
        raise SystemExit("There is nothing to write: run `make audit`.")
    DOC.write_text(table(together(files), date.today()), encoding="utf-8")  # noqa: DTZ011
    print(f"Written: {DOC.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
