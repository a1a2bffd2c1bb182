"""Which councils a service serves, as names on a form, and what a new answer changes for them.

An answer names all councils, with ";" between. A question mark after a name: we worked that one
out, and no source names it.
Not for: who serves an area (`directory.serving`), or other questions (`answering`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from mmhs_finder.directory.changes import NEW_ROW, ROW_REMOVED
from mmhs_finder.directory.files import CsvFile
from mmhs_finder.directory.models import Certainty, ServiceKind

UNSURE: Final = "?"
SERVICE_AREAS: Final = "service_areas.csv"
GAPS: Final = "area_gaps.csv"

Cell = tuple[str, str, str, str, str]
"""A change without its evidence: file, row, column, old, new."""


@dataclass(frozen=True)
class Councils:
    """The areas of a directory, who serves them, and which are gaps."""

    tables: Mapping[str, CsvFile]

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What an area is called, by its code."""
        rows = self.tables["areas.csv"].rows
        return {r.cells.get("code", ""): r.cells.get("name", "") for r in rows}

    @cached_property
    def _codes(self) -> Mapping[str, str]:
        return {_plain(name): code for code, name in self.names.items()}

    @cached_property
    def parts(self) -> Mapping[str, tuple[str, ...]]:
        """The codes of a split council's parts, by its own code."""
        found: dict[str, tuple[str, ...]] = {}
        for row in self.tables["areas.csv"].rows:
            if parent := row.cells.get("parent", ""):
                found[parent] = (*found.get(parent, ()), row.cells.get("code", ""))
        return found

    def of(self, service_id: str) -> dict[str, str]:
        """The certainty of each area of a service, by code, in the order of the names."""
        rows = self.tables[SERVICE_AREAS].rows
        found = {
            r.cells.get("area_code", ""): r.cells.get("certainty", "")
            for r in rows
            if r.cells.get("service_id") == service_id
        }
        return {c: found[c] for c in sorted(found, key=lambda c: (self.names.get(c, c), c))}

    def written(self, areas: Mapping[str, str]) -> str:
        """As an answer: "Canterbury; Dover?". areas: as of `of`."""
        return "; ".join(
            self.names.get(code, code) + ("" if certainty == Certainty.STATED else UNSURE)
            for code, certainty in areas.items()
        )

    def read(self, answer: str) -> tuple[dict[str, str], list[str]]:
        """The areas that an answer names, with their certainty, and the names that are no council.

        Small and large letters, "and" and "&", "Council" and the like make no difference; a code
        is a name, too.
        """
        areas: dict[str, str] = {}
        unknown: list[str] = []
        for name in filter(None, (part.strip() for part in answer.split(";"))):
            plain, sure = name.rstrip("? "), not name.endswith(UNSURE)
            code = plain.upper() if plain.upper() in self.names else self._codes.get(_plain(plain))
            if code is None:
                unknown.append(name)
            else:
                areas[code] = Certainty.STATED if sure else Certainty.INFERRED
        return areas, unknown

    def overlapping(self, areas: Mapping[str, str]) -> str:
        """The name of a whole council of which a part is named, too; "" for none."""
        whole = (c for c in areas if any(p in areas for p in self.parts.get(c, ())))
        return next((self.names[code] for code in whole), "")

    def changes(self, service_id: str, areas: Mapping[str, str], note: str) -> Iterator[Cell]:
        """What has to change so that a service serves exactly these areas.

        An MMHS leaves no area that is neither served nor a gap, and none that is both. note: for
        curators, beside a gap that comes of it.
        """
        before = self.of(service_id)
        for code, certainty in before.items():
            if code not in areas:
                column = f"area_code ({code})"
                yield SERVICE_AREAS, service_id, column, code, ROW_REMOVED
            elif certainty != areas[code]:
                column = f"certainty ({code})"
                yield SERVICE_AREAS, service_id, column, certainty, areas[code]
        for code in areas:
            if code not in before:
                yield SERVICE_AREAS, service_id, f"certainty ({code})", "", areas[code]
        if service_id in self._mmhs:
            yield from self._gaps(service_id, areas, note)

    @cached_property
    def _mmhs(self) -> frozenset[str]:
        rows = self.tables["services.csv"].rows
        return frozenset(
            r.cells.get("id", "") for r in rows if r.cells.get("kind") == ServiceKind.MMHS
        )

    def _leaves(self, code: str) -> tuple[str, ...]:
        return self.parts.get(code, (code,))

    def _gaps(self, service_id: str, areas: Mapping[str, str], note: str) -> Iterator[Cell]:
        served = {leaf for code in areas for leaf in self._leaves(code)}
        for row in self.tables[SERVICE_AREAS].rows:
            other = row.cells.get("service_id", "")
            if other in self._mmhs and other != service_id:
                served.update(self._leaves(row.cells.get("area_code", "")))
        listed: set[str] = set()
        for row in self.tables[GAPS].rows:
            code = row.cells.get("area_code", "")
            if served.isdisjoint(self._leaves(code)):
                listed.update(self._leaves(code))
            else:
                yield GAPS, code, "area_code", code, ROW_REMOVED
        concerned = {leaf for code in (*areas, *self.of(service_id)) for leaf in self._leaves(code)}
        concerned.update(leaf for parts in self.parts.values() for leaf in parts)
        for code in sorted(concerned - served - listed):
            yield GAPS, code, NEW_ROW, "", ""
            yield GAPS, code, "kind", "", ServiceKind.MMHS.value
            yield GAPS, code, "curator_notes", "", note


def _plain(name: str) -> str:
    """A council's name as it is compared: "London Borough of Barnet" -> "barnet"."""
    words = name.casefold().replace("&", " and ").replace(",", " ").replace("-", " ").split()
    text = f" {' '.join(words)} "
    for extra in _EXTRA:
        text = text.replace(f" {extra} ", " ")
    return " ".join(text.split())


_EXTRA: Final = (
    "london borough of",
    "royal borough of",
    "metropolitan borough of",
    "borough of",
    "city of",
    "county of",
    "metropolitan borough council",
    "borough council",
    "district council",
    "city council",
    "county council",
    "council",
)
