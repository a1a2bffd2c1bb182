"""The history of the directory by day and entry: what was changed where, without words.

An entry is a local service with all that other files say of it, a line, or a service outside
England. It concerns the health areas (ICBs) of 2026 that its councils belong to; what is there for
the whole country stands under `ENGLAND`, what is outside of it under `NATIONS`.
Not for: what may be published (`directory.public_changes`), or words (`views.changes`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from mmhs_finder.answers.national import HIDDEN_UNLESS_CHOSEN
from mmhs_finder.directory import Directory
from mmhs_finder.directory.changes import AREAS_OF_SERVICES, ChangeKind
from mmhs_finder.directory.confirming import Backing, standing
from mmhs_finder.directory.models import Area, YesNo
from mmhs_finder.directory.public_changes import PublicChange, public_changes
from mmhs_finder.directory.said import holds_in
from mmhs_finder.directory.withdrawing import row_key
from mmhs_finder.nation import Nation

ENGLAND: Final = "england"
"""Stands for all of England, where others name an ICB."""

NATIONS: Final = "nations"
"""Stands for what is outside England only."""


class EntryKind(StrEnum):
    SERVICE = "service"
    LINE = "line"
    NATION = "nation"


class What(StrEnum):
    """What a change is about, in the order in which a reader chooses."""

    NEW = "new"
    GONE = "gone"
    STATUS = "status"
    TOLD = "told"
    REFERRAL = "referral"
    CONTACT = "contact"
    HOURS = "hours"
    WAITS = "waits"
    HELPS = "helps"
    WHO = "who"
    WHERE = "where"
    NAME = "name"


_COLUMNS: Final[Mapping[What, str]] = {
    What.STATUS: "status closed_said_by",
    What.TOLD: "told_on told_by",
    What.REFERRAL: "self_referral self_referral_except new_referrals referral_note referral_url "
    "referrers consent_required after_referral consultation disagreement",
    What.CONTACT: "phone phone_audience phone_status text_number text_keyword email email_audience "
    "referrer_phone referrer_phone_status referrer_email website webchat_url finder_url cost "
    "languages_access",
    What.HOURS: "phone_hours_text hours_text",
    What.WAITS: "wait_assessment_weeks wait_therapy_weeks availability_as_of",
    What.HELPS: "birth_trauma loss tokophobia separation birth_trauma_only_if loss_only_if "
    "tokophobia_only_if separation_only_if separation_illness failed_fertility_treatment "
    "loss_kinds for_loss_kinds termination_reasons other_presentations kind therapies delivery "
    "what_it_offers partner_support pathways complex_needs_offer lived_experience",
    What.WHO: "who_for min_age max_age audience severity exclusions gestation_note period_note "
    "min_weeks_since_event max_months_since_event limits_only_for max_months_except no_time_limit "
    "max_gestation_weeks max_child_age_months accepts_pregnant only_if_pregnant "
    "only_if_not_pregnant only_for perinatal_priority ptsd_required prior_treatment_required "
    "earlier_help multiple_events care_coordinator with_a_baby",
    What.WHERE: "area_text area_basis pregnant_area_basis certainty address postcode location_name "
    "nations takes_from_anywhere",
    What.NAME: "name alt_names provider partners organisation",
}
ABOUT: Final[Mapping[str, What]] = {
    column: what for what, columns in _COLUMNS.items() for column in columns.split()
}
"""What a column is about."""

_KINDS: Final[Mapping[str, EntryKind]] = {
    "services.csv": EntryKind.SERVICE,
    "mmhs_criteria.csv": EntryKind.SERVICE,
    AREAS_OF_SERVICES: EntryKind.SERVICE,
    "national_support.csv": EntryKind.LINE,
    "devolved_nations.csv": EntryKind.NATION,
}
_OWN_FILES: Final = frozenset({"services.csv", "national_support.csv", "devolved_nations.csv"})
"""Where an entry has a row of its own: with it the entry comes and goes."""


@dataclass(frozen=True)
class ChangedCell:
    """One thing that was changed. column: as in its file; "" for a whole row.

    area: the code of the council that a row is about, or "". old, new: as they stood; None where
    they are not published, and of a whole row. moved: the council went to another service.
    professional: a number in it is for people who refer. source_url: the page that says so, or "".
    """

    what: What
    column: str
    area: str = ""
    old: str | None = None
    new: str | None = None
    moved: bool = False
    professional: bool = False
    source_url: str = ""


@dataclass(frozen=True)
class ChangedEntry:
    """One entry on one day. key: its id, or of one outside England its nation, board and name.

    name: as it is today; "" of one that was taken out. places: codes of the ICBs that it concerns,
    `ENGLAND` or `NATIONS`. backing: who stands behind the changes of the day.
    """

    day: date
    kind: EntryKind
    key: str
    name: str
    is_listed: bool
    places: frozenset[str]
    backing: Backing
    cells: tuple[ChangedCell, ...]

    @property
    def month(self) -> str:
        """ "2026-11"."""
        return f"{self.day:%Y-%m}"


class History:
    """Every change that may be told, the newest day first, entries of a day by name."""

    def __init__(self, directory: Directory) -> None:
        self.entries: tuple[ChangedEntry, ...] = tuple(_entries(directory))
        self.icbs: Mapping[str, str] = directory.icbs
        """The ICBs of 2026, names by code, in the order of their names."""

    @property
    def newest(self) -> date | None:
        """The newest day of any change; None before there was one."""
        return self.entries[0].day if self.entries else None

    def is_place(self, code: str) -> bool:
        """Whether changes can be asked for by it."""
        return code in self.icbs or code in (ENGLAND, NATIONS)

    def months(self) -> tuple[str, ...]:
        """The months that have a change, as "2026-11", the newest first."""
        return tuple(dict.fromkeys(entry.month for entry in self.entries))

    def of(
        self, place: str = "", what: What | None = None, month: str = ""
    ) -> tuple[ChangedEntry, ...]:
        """The entries that concern a place, with what is about one thing, in one month.

        place: an ICB's code, `ENGLAND` or `NATIONS`. "" and None leave nothing out.
        """
        found = (
            entry
            for entry in self.entries
            if (not place or place in entry.places) and (not month or entry.month == month)
        )
        return tuple(found) if what is None else tuple(_about(found, what))


def _about(entries: Iterable[ChangedEntry], what: What) -> Iterable[ChangedEntry]:
    for entry in entries:
        cells = tuple(cell for cell in entry.cells if cell.what is what)
        if cells:
            yield replace(entry, cells=cells)


# --- from lines of the file to entries ------------------------------------------------------------


def _entries(directory: Directory) -> list[ChangedEntry]:
    known = _Known(directory)
    told: defaultdict[tuple[date, EntryKind, str], list[PublicChange]] = defaultdict(list)
    for change in public_changes(directory):
        day, kind = _day(change.applied_on), _KINDS.get(change.file)
        if kind is EntryKind.LINE and known.hides(change.row):
            continue
        # Of a row that was taken out only that is told; one that is out of sight stays so.
        if day and kind and (known.lists(kind, change.row) or _comes_or_goes(change)):
            told[day, kind, change.row].append(change)
    found = []
    for (day, kind, key), changes in told.items():
        if cells := tuple(_cells(changes, is_listed=known.lists(kind, key))):
            found.append(known.entry(day, kind, key, changes, cells))
    found.sort(key=lambda e: (-e.day.toordinal(), e.name.casefold(), e.kind, e.key))
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2026-11-25") else None
    except ValueError:
        return None


def _comes_or_goes(change: PublicChange) -> bool:
    """Whether the whole entry was added or taken out."""
    whole = change.kind in (ChangeKind.NEW_ROW, ChangeKind.REMOVED)
    return whole and change.file in _OWN_FILES


def _cells(changes: Sequence[PublicChange], *, is_listed: bool) -> Iterable[ChangedCell]:
    """What was changed, once for each cell, in the order of the file. Of an entry that is new, or
    was taken out, only that: its page says the rest."""
    whole = [change for change in changes if _comes_or_goes(change)]
    if whole:
        last = whole[-1]
        is_new = last.kind is ChangeKind.NEW_ROW
        if is_listed or not is_new:
            what = What.NEW if is_new else What.GONE
            yield ChangedCell(what, "", source_url=last.source_url)
        return
    found: dict[tuple[str, str, str], ChangedCell] = {}
    for change in changes:
        cell = _cell(change)
        if cell is None:
            continue
        place = (change.file, cell.column, cell.area)
        if before := found.get(place):  # twice on a day: what stood there first, and at last
            withheld = before.old is None or cell.new is None
            cell = replace(
                cell,
                old=None if withheld else before.old,
                new=None if withheld else cell.new,
                professional=before.professional or cell.professional,
            )
        found[place] = cell
    yield from (cell for cell in found.values() if cell.old is None or cell.old != cell.new)


def _cell(change: PublicChange) -> ChangedCell | None:
    if change.kind is ChangeKind.CELL:
        if change.column not in ABOUT:
            return None
        return ChangedCell(
            ABOUT[change.column],
            change.column,
            change.area,
            change.old,
            change.new,
            professional=change.professional,
            source_url=change.source_url,
        )
    if change.file != AREAS_OF_SERVICES or not change.area:
        return None
    return ChangedCell(
        What.WHERE,
        "certainty",
        change.area,
        moved=change.kind is ChangeKind.MOVED,
        old="" if change.kind is ChangeKind.NEW_ROW else None,
        new="" if change.kind is ChangeKind.REMOVED else None,
        source_url=change.source_url,
    )


class _Known:
    """The rows of the directory, by what a line of the history names them."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._lines = {row.id: row for row in directory.national}
        self._nations = {row_key(row): row for row in directory.devolved}
        self._codes = {name: code for code, name in directory.icbs.items()}

    def hides(self, line: str) -> bool:
        """Whether it is help with domestic abuse, which nobody is shown who did not ask for it:
        somebody may see the screen."""
        return line in self._lines and self._lines[line].kind == HIDDEN_UNLESS_CHOSEN

    def lists(self, kind: EntryKind, key: str) -> bool:
        """Whether there is such an entry today."""
        if kind is EntryKind.SERVICE:
            return key in self._directory.services
        return key in (self._lines if kind is EntryKind.LINE else self._nations)

    def entry(
        self,
        day: date,
        kind: EntryKind,
        key: str,
        changes: Sequence[PublicChange],
        cells: tuple[ChangedCell, ...],
    ) -> ChangedEntry:
        return ChangedEntry(
            day,
            kind,
            key,
            self._name(kind, key),
            self.lists(kind, key),
            self._places(kind, key, cells),
            self._backing(day, kind, key, changes),
            cells,
        )

    def _name(self, kind: EntryKind, key: str) -> str:
        if not self.lists(kind, key):
            return ""
        if kind is EntryKind.SERVICE:
            return self._directory.services[key].name
        if kind is EntryKind.LINE:
            return self._lines[key].name
        row = self._nations[key]
        return row.service_name if row.names_a_service else row.board_or_trust

    def _places(self, kind: EntryKind, key: str, cells: Iterable[ChangedCell]) -> frozenset[str]:
        if kind is EntryKind.NATION:
            return frozenset({NATIONS})
        if kind is EntryKind.LINE:
            row = self._lines.get(key)
            return frozenset({ENGLAND if row is None or holds_in(row, Nation.ENGLAND) else NATIONS})
        service = self._directory.services.get(key)
        if service is not None and service.takes_from_anywhere is YesNo.YES:
            return frozenset({ENGLAND})
        areas = {area.code: area for area, _ in self._directory.areas_of(key)}
        named = (self._directory.areas.get(cell.area) for cell in cells)
        areas |= {area.code: area for area in named if area is not None}
        return frozenset(code for area in areas.values() for code in self._icbs(area))

    def _icbs(self, area: Area) -> Iterable[str]:
        if area.icb_2026_code:
            yield area.icb_2026_code
        yield from (self._codes[name] for name in area.icb_2026_others if name in self._codes)

    def _backing(
        self, day: date, kind: EntryKind, key: str, changes: Sequence[PublicChange]
    ) -> Backing:
        """Confirmed only where today's confirmation is that of this day or older: of an answer
        before it nobody knows any more how it was known."""
        if not any(change.from_service for change in changes):
            return Backing.READ
        service = self._directory.services.get(key) if kind is EntryKind.SERVICE else None
        is_it = service is not None and service.told_on is not None and service.told_on <= day
        return standing(service) if service is not None and is_it else Backing.TOLD
