"""How fast the postcode index is, beside other ways to do the same, in one run on one machine.

    python benchmarks/bench_postcodes.py

Look at the ratios: they hold on other machines, the times do not. Each time is the best of several
runs, which is what least depends on what else the machine does. Nothing is written but a temporary
SQLite file. Not for: the speed of pages.
"""

from __future__ import annotations

import gc
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mmhs_finder.postcodes import Postcode, PostcodeIndex, open_index, packing

SINGLE = 20_000
BULK = 1_000_000


def best(action: Callable[[], object], repeat: int = 5) -> float:
    """The shortest time of `repeat` runs, in seconds, without garbage collection."""
    times = []
    gc.collect()
    gc.disable()
    try:
        for _ in range(repeat):
            start = time.perf_counter()
            action()
            times.append(time.perf_counter() - start)
    finally:
        gc.enable()
    return min(times)


def memory() -> dict[str, float]:
    """What the process holds, in MB: its own (anonymous), and pages of files shared with others."""
    fields = {}
    for line in Path("/proc/self/status").read_text().splitlines():
        name, _, rest = line.partition(":")
        if name in ("RssAnon", "RssFile"):
            fields[name] = int(rest.split()[0]) / 1000
    return fields


def table_of(index: PostcodeIndex) -> pd.DataFrame:
    """The index as a DataFrame: postcode, lat, lon, council."""
    codes = index.texts(0, len(index)).tolist()
    found = index.find_many(codes)
    councils = found.council_names.astype(object)[found.council]
    return pd.DataFrame(
        {"postcode": codes, "lat": found.lat, "lon": found.lon, "council": councils}
    )


def line(what: str, seconds: float, base: float) -> None:
    """One line of a table: the time, and how many times `base` it is."""
    shown = f"{seconds * 1e6:10.2f} us" if seconds < 1e-3 else f"{seconds * 1e3:10.1f} ms"
    print(f"  {what:<56}{shown}{seconds / base:12,.2f} x")


def single(index: PostcodeIndex, frame: pd.DataFrame, folder: Path) -> None:
    rng = random.Random(1)  # noqa: S311 - a sample, not a secret
    postcodes = [index.postcode_at(rng.randrange(len(index))) for _ in range(SINGLE)]
    texts = [str(postcode) for postcode in postcodes]

    def locate() -> None:
        for postcode in postcodes:
            index.locate(postcode)

    def parse_and_locate() -> None:
        for text in texts:
            postcode = Postcode.parse(text)
            assert isinstance(postcode, Postcode)
            index.locate(postcode)

    database = sqlite3.connect(folder / "postcodes.sqlite")
    database.execute(
        "CREATE TABLE p (postcode TEXT PRIMARY KEY, lat REAL, lon REAL, council TEXT) WITHOUT ROWID"
    )
    database.executemany("INSERT INTO p VALUES (?,?,?,?)", frame.itertuples(index=False, name=None))
    database.commit()
    database.execute("PRAGMA mmap_size = 1000000000")
    query = "SELECT lat, lon, council FROM p WHERE postcode = ?"

    def sqlite() -> None:
        for text in texts:
            database.execute(query, (text,)).fetchone()

    few = texts[:3]

    def scan() -> None:
        for text in few:
            frame[frame["postcode"] == text]

    by_code = frame.set_index("postcode")
    by_code.index.get_loc(texts[0])  # pandas makes its hash table at the first look-up
    some = texts[:1000]

    def indexed() -> None:
        for text in some:
            by_code.loc[text]

    ours = best(locate) / SINGLE
    print("One look-up, postcodes at random (how many times the time of `locate`)")
    for what, action, count in (
        ("locate(postcode)", locate, SINGLE),
        ("Postcode.parse(text), then locate", parse_and_locate, SINGLE),
        ("SQLite, primary key, memory-mapped", sqlite, SINGLE),
        ("pandas, .loc of a hashed index", indexed, len(some)),
        ("pandas, boolean scan of the table", scan, len(few)),
    ):
        line(what, ours if action is locate else best(action) / count, ours)
    database.close()


def bulk(index: PostcodeIndex) -> None:
    rng = np.random.default_rng(1)
    texts = [str(index.postcode_at(row)) for row in rng.integers(0, len(index), BULK).tolist()]
    rows = index.find_many(texts).row
    assert (rows >= 0).all()
    keys = index.keys[rows]
    search = best(lambda: np.searchsorted(index.keys, keys), 3)
    read = best(lambda: packing.pack(packing.as_strings(texts)), 3)
    everything = best(lambda: index.find_many(texts), 3)
    parsed = best(lambda: [Postcode.parse(text) for text in texts[:100_000]], 3) * 10
    print(f"\n{BULK:,} texts at once (how many times np.searchsorted alone)")
    for what, seconds in (
        ("np.searchsorted, keys ready made", search),
        ("reading the texts into keys (packing.pack)", read),
        ("find_many without reading the texts", everything - read),
        ("find_many, from text to coordinates and council", everything),
        ("for scale: Postcode.parse on each", parsed),
    ):
        line(what, seconds, search)


def main() -> None:
    before = memory()
    start = time.perf_counter()
    index = open_index()
    opened = time.perf_counter() - start
    after = memory()
    index.locate(index.postcode_at(0))
    print(f"{index.info.source} {index.info.version}: {len(index):,} postcodes")
    print(f"Opening (with the check of the whole file): {opened * 1e3:.0f} ms")
    print(
        f"Memory: {after['RssAnon'] - before['RssAnon']:+.1f} MB of its own, "
        f"{after['RssFile'] - before['RssFile']:+.1f} MB shared, "
        f"for a file of {index.info.bytes / 1e6:.1f} MB\n"
    )
    frame = table_of(index)
    with tempfile.TemporaryDirectory() as folder:
        single(index, frame, Path(folder))
    del frame
    bulk(index)
    used = memory()
    shared = used["RssFile"] - before["RssFile"]
    print(f"\nShared pages after all of that: {shared:+.1f} MB")


if __name__ == "__main__":
    main()
