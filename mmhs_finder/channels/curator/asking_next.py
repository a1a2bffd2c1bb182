"""The list of what to ask next, for the pages: every service in the order of `curation.due`.

Not for: the order, or drawing (`work_list`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from mmhs_finder.curation.due import Due, due
from mmhs_finder.curation.trying import Opened
from mmhs_finder.directory.confirming import Backing, standing
from mmhs_finder.directory.models import Service, ServiceKind, Status
from mmhs_finder.directory.named import KIND
from mmhs_finder.views.names import plain
from mmhs_finder.words import number, say

_SERVICES = "services.csv"


@dataclass(frozen=True)
class WorkItem:
    """A service on the list. reasons: what is open, what costs most first; () for nothing.

    areas: names by which somebody may look for it.
    """

    service: Service
    reasons: tuple[str, ...]
    births: int | None
    areas: tuple[str, ...]

    @property
    def is_mmhs(self) -> bool:
        return self.service.kind is ServiceKind.MMHS

    @property
    def is_closed(self) -> bool:
        return self.service.status is Status.CLOSED

    @property
    def subtitle(self) -> str:
        kind = "" if self.is_mmhs else KIND(self.service.kind)
        births = say("curator.births", births=number(self.births)) if self.births else ""
        return " · ".join(filter(None, (self.service.provider, kind, births)))

    def answers_to(self, text: str) -> bool:
        """Whether every word that was typed begins a word of its name, provider or area."""
        names = (self.service.name, *self.service.alt_names, self.service.provider, *self.areas)
        known = plain(" ".join(names)).split()
        return all(any(word.startswith(t) for word in known) for t in plain(text).split())


@lru_cache(maxsize=1)
def work(opened: Opened, today: date) -> tuple[WorkItem, ...]:
    """Every service: those of which something is due by what it costs, then the others by name,
    those that have closed last. Without a directory that can be read: as in the file."""
    found: Mapping[str, Due] = {}
    if opened.directory is not None:
        found = {d.row: d for d in due(opened.directory, today) if d.file == _SERVICES}
    services = opened.services
    rest = [s for i, s in services.items() if i not in found]
    if opened.directory is not None:
        rest.sort(key=lambda s: (s.status is Status.CLOSED, s.name))
    ordered = (*(services[i] for i in found), *rest)
    return tuple(_item(opened, service, found.get(service.id)) for service in ordered)


def _item(opened: Opened, service: Service, row: Due | None) -> WorkItem:
    areas: tuple[str, ...] = ()
    if opened.directory is not None:
        named = [area for area, _ in opened.directory.areas_of(service.id)]
        areas = tuple(dict.fromkeys(n for a in named for n in (a.name, a.icb_2026)))
    reasons = tuple(question.words for question in row.questions) if row else ()
    return WorkItem(service, reasons, row.births if row else None, (*service.area_text, *areas))


def confirmed_of(opened: Opened) -> tuple[int, int]:
    """How many MMHS are confirmed by the service itself, and how many there are."""
    mmhs = [
        service
        for service in opened.services.values()
        if service.kind is ServiceKind.MMHS and service.status is not Status.CLOSED
    ]
    return sum(standing(service) is Backing.CONFIRMED for service in mmhs), len(mmhs)
