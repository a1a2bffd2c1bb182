"""A made-up second language, and finding what is not said in it.

It is English with every letter of the words files changed for one that looks like it (a to á), and
its gaps in another order. Its rules are those of Welsh: six plural forms, and Welsh names of
months. So a plain letter in what is shown comes from the directory, or from a text that somebody
has written into the code.
"""

from __future__ import annotations

import csv
import html
import json
import re
import shutil
import string
import tomllib
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from babel import Locale

from mmhs_finder.directory import DATA
from mmhs_finder.hours.bank_holidays import holidays_of
from mmhs_finder.nation import Nation
from mmhs_finder.words import files

MADE_UP = "cy"
LOOKALIKE = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "áƀćďéƒǵĥíĵķĺɱńóƥɋŕśťúṽŵẋýźÁƁĆĎÉƑǴĤÍĴĶĹṀŃÓƤɊŔŚŤÚṼŴẊÝŹ",
)
NOT_WORDS = ("language.", "date.", "clock.")
"""Patterns and tags: what they make is words, they are not."""


# --- the language ---------------------------------------------------------------------------------


def made_up(text: str) -> str:
    """A text in the made-up language: other letters, and its gaps the other way round."""
    parts = list(string.Formatter().parse(text))
    gaps = [p[1:] for p in parts if p[1] is not None][::-1]
    out = []
    for literal, name, _, _ in parts:
        out.append(literal.translate(LOOKALIKE).replace("{", "{{").replace("}", "}}"))
        if name is not None:
            own, form, conversion = gaps.pop(0)
            out.append(f"{{{own}{'!' + conversion if conversion else ''}}}")
            assert not form, "no text says how a number is written"
    return "".join(out)


def translated(table: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """A words file in the made-up language; texts with plural forms get the six of Welsh."""
    own: dict[str, Any] = {}
    for key, value in table.items():
        dotted = f"{prefix}{key}"
        if isinstance(value, str):
            own[key] = value if dotted.startswith(NOT_WORDS) else made_up(value.strip())
        elif "other" in value and files.PLURAL_FORMS.issuperset(value):
            forms = dict.fromkeys(files.PLURAL_FORMS, value["other"]) | value
            own[key] = {k: f"{made_up(v)}·{k.translate(LOOKALIKE)}" for k, v in forms.items()}
        else:
            own[key] = translated(value, f"{dotted}.")
    return own


def toml(table: dict[str, Any], prefix: str = "") -> Iterator[str]:
    """A table as TOML."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from toml(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key} = {json.dumps(value, ensure_ascii=False)}"


def make_language(room: Path) -> None:
    """A folder for the made-up language in a room of words, beside the English one."""
    shutil.copytree(files.ROOM / files.ENGLISH, room / files.ENGLISH)
    folder = room / MADE_UP
    folder.mkdir()
    for file in (files.ROOM / "en").glob("*.toml"):
        table = translated(tomllib.loads(file.read_text(encoding="utf-8")))
        (folder / file.name).write_text("\n".join(toml(table)), encoding="utf-8")
    (folder / "language.toml").write_text('[language]\nlocale = "cy-GB"\n', encoding="utf-8")
    (folder / "dates.toml").write_text(
        '[date]\nday = "y MMMM d"\nmonth = "y MMMM"\nweekday = "EEEE"\nfar = "d MMMM EEEE"\n'
        '[clock]\nhour = "HH.mm"\nminutes = "HH.mm"\nmidnight = "00.00"\nmidday = "12.00"\n',
        encoding="utf-8",
    )
    about = (files.ROOM / "en" / "about.md").read_text(encoding="utf-8")
    (folder / "about.md").write_text(_markdown(about), encoding="utf-8")


def _markdown(text: str) -> str:
    """Markdown in other letters; not its addresses, gaps and comments."""
    kept = re.compile(r"(\]\([^)]*\)|\{[^}]*\}|<[^>]*>)")
    parts = kept.split(text)
    return "".join(p if kept.fullmatch(p) else p.translate(LOOKALIKE) for p in parts)


# --- what may stay in plain letters ---------------------------------------------------------------

SEPARATORS = re.compile(r"[^A-Za-z0-9'’&/@+-]+")
CLDR = Locale.parse("cy-GB", sep="-")
YEARS = (2026, date.today().year, date.today().year + 1)  # noqa: DTZ011 - as people count them
HOLIDAYS = {name for nation in Nation for y in YEARS for name in holidays_of(nation, y).values()}
OURS = {
    word
    for text in (
        *("CT1 3NG", "EH1 1YZ", "TS24 7BT", "HU3 2JZ", "RG12 2UT"),
        *HOLIDAYS,
        *(name for names in CLDR.months["format"].values() for name in names.values()),
        *(name for names in CLDR.days["format"].values() for name in names.values()),
        "a ac neu",  # how Welsh joins a list
    )
    for word in re.findall(r"[\w'’]+", text)
}
"""Postcodes that are asked for, names of bank holidays, and the words of the CLDR."""

NEVER_DATA = {"yes", "no", "open", "closed", "unknown", "today", "not known", "not published"}
"""Cells of the directory that are never shown as they are."""


def cells(folder: Path = DATA) -> Iterator[str]:
    """Every text of the directory in a folder that is no code."""
    for file in sorted(folder.rglob("*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as rows:
            for row in csv.DictReader(rows):
                shown = [v for v in row.values() if v and not re.fullmatch(r"[a-z_;]+", v)]
                yield from shown
                yield from (v.removeprefix("share ") for v in shown)  # shown as per cent
    for name in ("areas_overview.geojson",):
        data = json.loads((DATA / name).read_text(encoding="utf-8"))
        yield from (str(v) for f in data["features"] for v in f["properties"].values())


class Known:
    """The words of the directory: whole texts, and the parts of those that are lists."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts, self.parts = set(), set()
        for text in texts:
            self.texts.add(_words(text).casefold())
            for cut in (r"[;|]", r"[;,|()·:.]", r"[;,|()·:.]|/| and "):
                self.parts |= {_words(part).casefold() for part in re.split(cut, text)}
        self.parts -= NEVER_DATA
        self._all = "|" + "|".join(self.texts) + "|"

    def has(self, words: list[str]) -> bool:
        """Whether they are texts of the directory, one behind the other.

        Three words or more may be any part of a text; fewer have to be a part by themselves.
        """
        if not words:
            return True
        if _says_nothing(words[0]) and self.has(words[1:]):
            return True
        for take in range(len(words), 0, -1):
            piece = " ".join(words[:take]).casefold()
            if piece in self.parts or (take > 2 and piece in self._all):
                return self.has(words[take:])
        return False


def _says_nothing(word: str) -> bool:
    """A number, a single letter, a sign, a word that is ours."""
    return word in OURS or not re.search("[A-Za-z]{2}", word)


def _words(text: str) -> str:
    return " ".join(SEPARATORS.sub(" ", text).split())


RUN = re.compile(r"[\x20-\x7e’“”–—…·\u00a0\n£]+")
ADDRESS = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+|\b[\w-]+(?:\.[A-Za-z][\w-]*)+(?:/\S*)?")


def english(texts: Iterable[str], known: Known) -> list[str]:
    """What is said in plain letters and is nowhere in the directory."""
    found = []
    for text in texts:
        for run in RUN.findall(ADDRESS.sub(" ", text)):
            if not known.has(_words(run).split()):
                found.append(run.strip())
    return found


def visible(markup: str) -> list[str]:
    """Each run of text that HTML shows or says aloud."""
    spoken = re.findall(r'(?:aria-label|alt|title|content)="([^"]*)"', markup)
    shown = re.sub(r"<(style|script)\b.*?</\1>", "\x00", markup, flags=re.S)
    runs = re.split(r"\x00|<[^>]*>", shown)
    return [html.unescape(run) for run in (*runs, *spoken) if run.strip()]
