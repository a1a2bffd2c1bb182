"""The work list of the curators: whom to ask what next, by what a wrong or missing cell costs.

Pure: a directory and a day in, a list out. The cost of a row is the sum of the points of what is
missing (`costs`), times the weight of its kind, times the births of the councils that it serves.
An MMHS of which nobody knows whether or how a person can turn to it goes before everything else.
Not for: asking (`questions`), what is wrong (`check`), or showing the list (`channels`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from mmhs_finder.curation.costs import (
    BIRTHS_NOT_KNOWN,
    COSTS,
    DEVOLVED_WEIGHT,
    EVERYWHERE_WEIGHT,
    KIND_WEIGHT,
    URGENT_WEIGHT,
    DueReason,
)
from mmhs_finder.curation.due_numbers import DueContact, contacts_of
from mmhs_finder.curation.due_questions import (
    DueQuestion,
    missing_of_devolved,
    missing_of_line,
    missing_of_service,
)
from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import (
    Area,
    DevolvedService,
    NationalSupport,
    Service,
    ServiceKind,
    Status,
    YesNo,
)
from mmhs_finder.directory.named import area_words
from mmhs_finder.directory.vocabularies import SupportNation

_OF_ENGLAND: Final = frozenset({SupportNation.ENGLAND, SupportNation.UK})


@dataclass(frozen=True)
class Due:
    """One row that somebody should see to, and everything that is missing from it.

    row: its id, or its key. page: the one to open, "" where none is known. councils: names of those
    that it serves; () where it takes people from anywhere, and outside England. births: in a year,
    where it serves; None where that is not known. first: goes before everything else.
    """

    file: str
    row: str
    name: str
    provider: str
    kind: str
    questions: tuple[DueQuestion, ...]
    page: str
    page_answers: bool
    contacts: tuple[DueContact, ...]
    councils: tuple[str, ...]
    births: int | None
    cost: float
    first: bool

    @property
    def reasons(self) -> frozenset[DueReason]:
        return frozenset(question.reason for question in self.questions)


@dataclass(frozen=True)
class DueProvider:
    """Everything that one provider can settle in one call."""

    name: str
    rows: tuple[Due, ...]

    @property
    def births(self) -> int | None:
        """Of its rows together, each as it stands: two services of one council count twice."""
        known = [row.births for row in self.rows if row.births is not None]
        return sum(known) if known else None


def due(directory: Directory, today: date, kind: ServiceKind | None = None) -> tuple[Due, ...]:
    """Every row that somebody should see to, what costs most first, then by name.

    kind: only services of this kind; None for those of all kinds, the national lines and what is
    known outside England. What has closed is left out.
    """
    found = [d for s in directory.services.values() if (d := _service(directory, s, today))]
    if kind is not None:
        found = [d for d in found if d.kind == kind]
    else:
        found += [d for row in directory.national if (d := _line(directory, row, today))]
        found += [d for row in directory.devolved if (d := _devolved(row, today))]
    return tuple(sorted(found, key=lambda d: (not d.first, -d.cost, d.name, d.file, d.row)))


def by_provider(rows: Iterable[Due]) -> tuple[DueProvider, ...]:
    """The rows by who runs them, so that one call settles several; a provider stands where its
    rows together would. What nobody is known to run stands alone."""
    groups: dict[str, list[Due]] = {}
    for row in rows:
        groups.setdefault(row.provider.casefold() or f"{row.file} {row.row}", []).append(row)
    found = [DueProvider(each[0].provider or each[0].name, tuple(each)) for each in groups.values()]

    def place(provider: DueProvider) -> tuple[bool, float, str]:
        rows = provider.rows
        return not any(r.first for r in rows), -sum(r.cost for r in rows), provider.name

    return tuple(sorted(found, key=place))


# --- what a row concerns --------------------------------------------------------------------------


def councils_of(directory: Directory, service: Service) -> tuple[Area, ...]:
    """The councils that a service's rows name, each once, by name; of a part, its council, which
    is where births are counted. All of England where it takes people from anywhere."""
    if service.takes_from_anywhere is YesNo.YES:
        return directory.councils()
    named = (area for area, _ in directory.areas_of(service.id))
    councils = {directory.areas[area.parent] if area.parent else area for area in named}
    return tuple(sorted(councils, key=lambda area: area.name))


def _births(areas: Iterable[Area]) -> int | None:
    """In a year, together; None where no area has them on record."""
    known = [a.births_year_to_mid_2020 for a in areas if a.births_year_to_mid_2020 is not None]
    return sum(known) if known else None


# --- services -------------------------------------------------------------------------------------


def _service(directory: Directory, service: Service, today: date) -> Due | None:
    if service.status is Status.CLOSED:
        return None
    criteria = directory.criteria.get(service.id)
    questions = tuple(missing_of_service(service, criteria, today))
    councils = councils_of(directory, service)
    everywhere = service.takes_from_anywhere is YesNo.YES
    page = service.website or next(iter(service.source_urls), "")
    mmhs = service.kind is ServiceKind.MMHS
    return _due(
        file="services.csv",
        row=service.id,
        name=service.name,
        provider=service.provider,
        kind=service.kind.value,
        questions=questions,
        page=page,
        page_answers=service.unanswered(page) is None,
        contacts=contacts_of(service),
        councils=() if everywhere else tuple(area_words(area.name) for area in councils),
        births=_births(councils),
        weight=EVERYWHERE_WEIGHT if everywhere else KIND_WEIGHT[service.kind],
        first=mmhs and any(COSTS[q.reason].first for q in questions),
    )


# --- national lines, and services outside England -------------------------------------------------


def _line(directory: Directory, row: NationalSupport, today: date) -> Due | None:
    if row.status is Status.CLOSED:
        return None
    in_england = not row.nations or not _OF_ENGLAND.isdisjoint(row.nations)
    page = row.website or row.finder_url or next(iter(row.source_urls), "")
    return _due(
        file="national_support.csv",
        row=row.id,
        name=row.name,
        provider=row.organisation,
        kind=row.kind.value,
        questions=tuple(missing_of_line(row, today)),
        page=page,
        page_answers=row.unanswered(page) is None,
        contacts=contacts_of(row),
        councils=(),
        births=_births(directory.councils()) if in_england else None,
        weight=URGENT_WEIGHT if row.urgent_strip else EVERYWHERE_WEIGHT,
    )


def _devolved(row: DevolvedService, today: date) -> Due | None:
    if row.status is Status.CLOSED or not row.names_a_service:
        return None
    page = row.website or next(iter(row.source_urls), "")
    return _due(
        file="devolved_nations.csv",
        row=f"{row.nation}/{row.board_or_trust}/{row.service_name}",
        name=row.service_name,
        provider=row.board_or_trust,
        kind=row.nation.value,
        questions=tuple(missing_of_devolved(row, today)),
        page=page,
        page_answers=row.unanswered(page) is None,
        contacts=contacts_of(row),
        councils=(),
        births=None,
        weight=DEVOLVED_WEIGHT,
    )


# --- putting it together --------------------------------------------------------------------------


def _due(
    *,
    file: str,
    row: str,
    name: str,
    provider: str,
    kind: str,
    questions: tuple[DueQuestion, ...],
    page: str,
    page_answers: bool,
    contacts: tuple[DueContact, ...],
    councils: tuple[str, ...],
    births: int | None,
    weight: float,
    first: bool = False,
) -> Due | None:
    """None where nothing is missing. The questions stand by what each costs, then as they came."""
    if not questions:
        return None
    points = sum(COSTS[q.reason].points for q in questions)
    ordered = sorted(questions, key=lambda q: (not COSTS[q.reason].first, -COSTS[q.reason].points))
    return Due(
        file=file,
        row=row,
        name=name,
        provider=provider,
        kind=kind,
        questions=tuple(ordered),
        page=page,
        page_answers=page_answers,
        contacts=contacts,
        councils=councils,
        births=births,
        cost=points * weight * (births or BIRTHS_NOT_KNOWN) / 1000,
        first=first,
    )
