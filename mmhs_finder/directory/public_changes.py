"""What of the directory's history may be published, and with which values. Decided here only.

A note of those who keep the directory is never published, nor a number that is or was not
confirmed; a number for professionals is marked. A number's status is that of its time: it is worked
out backwards from the row of today, and where the history and the row do not fit together, the
number is left out. So is every value of a cell that is another today than the history says: its row
is gone, or it was withdrawn. What is withdrawn wherever it stands does not stand in it either.
Not for: words (`views.changes`), or which number is whose today (`ways`).
"""

from __future__ import annotations

import re
import types
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from mmhs_finder.directory.changes import (
    AREAS_OF_SERVICES,
    FROM_SERVICE,
    Change,
    ChangeKind,
    Target,
    target_of,
)
from mmhs_finder.directory.linked import LINKS
from mmhs_finder.directory.loading import Directory
from mmhs_finder.directory.models import (
    Audience,
    Confidence,
    PhoneStatus,
    Record,
)
from mmhs_finder.directory.ways import dialled
from mmhs_finder.directory.withdrawing import cell_text, row_key

NEVER_PUBLIC: Final = frozenset({"curator_notes", "notes", "read_basis", "told_proof"})
"""Columns of those who keep the directory: no value of them is published anywhere."""

_SERVICE: Final = (
    "name alt_names kind provider partners status closed_said_by area_text area_basis "
    "pregnant_area_basis takes_from_anywhere address postcode location_name phone phone_audience "
    "phone_status referrer_phone referrer_phone_status email email_audience referrer_email website "
    "referral_url hours_text self_referral self_referral_except new_referrals "
    "wait_assessment_weeks wait_therapy_weeks availability_as_of referrers referral_note "
    "consent_required min_age who_for period_note partner_support therapies delivery "
    "perinatal_priority only_for with_a_baby after_referral lived_experience consultation "
    "disagreement told_on told_by"
)
_CRITERIA: Final = (
    "birth_trauma loss tokophobia separation separation_illness failed_fertility_treatment "
    "birth_trauma_only_if loss_only_if tokophobia_only_if separation_only_if loss_kinds "
    "termination_reasons max_child_age_months only_if_pregnant only_if_not_pregnant "
    "other_presentations severity min_weeks_since_event max_months_since_event no_time_limit "
    "limits_only_for max_months_except max_gestation_weeks gestation_note accepts_pregnant "
    "ptsd_required prior_treatment_required earlier_help multiple_events care_coordinator "
    "complex_needs_offer exclusions"
)
_LINE: Final = (
    "name kind status organisation nations who_for what_it_offers pathways for_loss_kinds "
    "with_a_baby max_age audience phone phone_status phone_hours_text text_number text_keyword "
    "email webchat_url website finder_url cost self_referral languages_access"
)
_DEVOLVED: Final = "status phone website self_referral what_it_offers with_a_baby"

PUBLIC_COLUMNS: Final[Mapping[str, frozenset[str]]] = types.MappingProxyType(
    {
        "services.csv": frozenset(_SERVICE.split()),
        "mmhs_criteria.csv": frozenset(_CRITERIA.split()),
        "service_areas.csv": frozenset({"certainty"}),
        "national_support.csv": frozenset(_LINE.split()),
        "devolved_nations.csv": frozenset(_DEVOLVED.split()),
    }
)
"""By file, the columns of which a change is told to everybody. Where a source was read, how sure
the reading is and how a number is drawn on the map are nobody's business."""

_NUMBERS: Final[Mapping[str, tuple[str, str]]] = types.MappingProxyType(
    {
        "phone": ("phone_status", "phone_audience"),
        "referrer_phone": ("referrer_phone_status", ""),
        "email": ("", "email_audience"),
        "referrer_email": ("", ""),
        "text_number": ("", ""),
    }
)
"""Columns with a number or an address, and where its status and its audience stand."""

_FOR_REFERRERS: Final = frozenset({"referrer_phone", "referrer_email"})
_IN_TEXT: Final = re.compile(r"\d[\d ()-]{5,}\d|\S@\S")
"""A number or an e-mail address inside a text: its status is not known."""

_A_DAY: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@dataclass(frozen=True)
class PublicChange:
    """A change as everybody may know it.

    file, row, column, area, kind: as of `Target`. old, new: what the cell held; None where that is
    not published, and then `withheld` is True: "a number was changed". professional: a number or
    address in it is for people who refer. source_url: a web page, or "". from_service: one of
    `FROM_SERVICE` where the service itself told it, else "".
    """

    applied_on: str
    kind: ChangeKind
    file: str
    row: str
    column: str
    area: str
    old: str | None
    new: str | None
    withheld: bool = False
    professional: bool = False
    source_url: str = ""
    from_service: str = ""


def public_changes(
    directory: Directory, changes: Sequence[Change] | None = None
) -> tuple[PublicChange, ...]:
    """Every change that may be told, in their order.

    changes: the history by default; or others that have led to this directory.
    """
    changes = directory.changes if changes is None else changes
    lines = [(c, target_of(c.file, c.row, c.column, c.old, c.new)) for c in changes]
    numbers, rows = _Numbers(directory, lines), _Rows(directory)
    last = {target: change.new for change, target in lines if target.kind is ChangeKind.CELL}
    doubted = {target for target, new in last.items() if not rows.hold(target, new)}
    return tuple(
        _less_taken_out(_public(change, target, numbers, target in doubted), directory)
        for change, target in lines
        if _is_told(target)
    )


def _less_taken_out(change: PublicChange, directory: Directory) -> PublicChange:
    """A change without the number, address or link that is taken out, also as its source."""
    if directory.has_taken_out(change.source_url):
        change = replace(change, source_url="")
    if any(value and directory.has_taken_out(value) for value in (change.old, change.new)):
        change = replace(change, old=None, new=None, withheld=True)
    return change


def may_be_published(file: str, column: str) -> bool:
    """Whether a change of this column is told to everybody; numbers in it may still be left out."""
    return column in PUBLIC_COLUMNS.get(file, ())


def _is_told(target: Target) -> bool:
    if target.kind is ChangeKind.CELL:
        return may_be_published(target.file, target.column)
    return target.file in PUBLIC_COLUMNS


def _public(change: Change, target: Target, numbers: _Numbers, in_doubt: bool) -> PublicChange:
    """in_doubt: what stands there today is not what the history says."""
    old: str | None = change.old
    new: str | None = change.new
    professional = False
    if target.kind is not ChangeKind.CELL or in_doubt:
        old, new = None, None
    elif target.column in _NUMBERS:
        old, new = numbers.shown(change, change.old), numbers.shown(change, change.new)
        if change.old and not change.new:  # taken out, and nobody knows whether it still answers
            old = None
        professional = numbers.is_for_professionals(change)
    elif any(hides_a_number(target.column, value) for value in (change.old, change.new)):
        old, new = None, None
    withheld = target.kind is ChangeKind.CELL and (old is None or new is None)
    heard = change.source_url.partition(":")[0]
    return PublicChange(
        change.applied_on,
        target.kind,
        target.file,
        target.row,
        target.column,
        target.area,
        None if withheld else old,
        None if withheld else new,
        withheld,
        professional,
        change.source_url if heard in ("http", "https") else "",
        heard if heard in FROM_SERVICE else "",
    )


def hides_a_number(column: str, value: str) -> bool:
    """Whether a text holds a number or an e-mail address, of which nobody says whose it is."""
    return (
        column not in LINKS
        and column not in _NUMBERS
        and not _A_DAY.fullmatch(value)
        and bool(_IN_TEXT.search(value))
    )


class _Rows:
    """What stands in the directory today: without what is gone, or was withdrawn."""

    def __init__(self, directory: Directory) -> None:
        self._rows: dict[tuple[str, str, str], Record] = {
            **{("services.csv", key, ""): row for key, row in directory.services.items()},
            **{("mmhs_criteria.csv", key, ""): row for key, row in directory.criteria.items()},
            **{("national_support.csv", row.id, ""): row for row in directory.national},
            **{
                (AREAS_OF_SERVICES, row.service_id, row.area_code): row
                for row in directory.service_areas
                if row.service_id in directory.services
            },
            **{("devolved_nations.csv", row_key(row), ""): row for row in directory.devolved},
        }

    def hold(self, target: Target, value: str) -> bool:
        """Whether this stands in the cell; False where there is no such row."""
        row = self._rows.get((target.file, target.row, target.area))
        return row is not None and (
            _listed(cell_text(getattr(row, target.column, None))) == _listed(value)
        )


def _listed(value: str) -> str:
    """A cell without spaces around the items of a list."""
    return ";".join(part.strip() for part in value.split(";") if part.strip())


_Line = tuple[Change, Target]
_State = Mapping[str, str]
"""The cells of a row that are about its numbers, at one time."""

_ABOUT: Final = frozenset(
    {name for pair in _NUMBERS.items() for name in (pair[0], *pair[1])} - {""}
)


class _Numbers:
    """What each number of the history was while it stood: confirmed or not, and for whom."""

    def __init__(self, directory: Directory, lines: Sequence[_Line]) -> None:
        self._today = {
            ("services.csv", key): _cells(row) for key, row in directory.services.items()
        }
        self._today |= {("national_support.csv", row.id): _cells(row) for row in directory.national}
        self._unsure = _unconfirmed(self._today.values())
        self._devolved = {row_key(row): row for row in directory.devolved}
        by_row: defaultdict[tuple[str, str], list[_Line]] = defaultdict(list)
        for change, target in lines:
            if (target.file, target.row) in self._today:
                by_row[target.file, target.row].append((change, target))
        self._states = {key: _states(self._today[key], found) for key, found in by_row.items()}

    def shown(self, change: Change, value: str) -> str | None:
        """The number or address if everybody may know it; None where it is left out."""
        if not value:
            return value
        if change.file == "devolved_nations.csv":
            row = self._devolved.get(change.row)
            sure = row is not None and row.confidence is Confidence.HIGH and row.phone == value
            return value if sure else None
        if _digits(value) in self._unsure:
            return None
        stood = self._while_it_stood(change, value)
        return (
            value if stood and all(_is_sure(change.file, change.column, s) for s in stood) else None
        )

    def is_for_professionals(self, change: Change) -> bool:
        """Whether the old or the new one is, or was, for people who refer."""
        if change.file != "services.csv":
            return False
        if change.column in _FOR_REFERRERS:
            return True
        audience = _NUMBERS[change.column][1]
        states = [s for v in (change.old, change.new) for s in self._while_it_stood(change, v)]
        return any(state.get(audience) != Audience.PUBLIC for state in states)

    def _while_it_stood(self, change: Change, value: str) -> list[_State]:
        """The states of the row in which the column held the value; [] where that is not known."""
        states = self._states.get((change.file, change.row), [])
        return [s for s in states if value and _same(s.get(change.column, ""), value)]


def _states(today: _State, lines: Sequence[_Line]) -> list[_State]:
    """The row at the end of each day of changes, and before the first, back to where the history
    and the row no longer fit together. Within a day nobody can tell what was first: a column that
    was changed twice on it ends what is known."""
    states = [today]
    days: dict[str, list[_Line]] = {}
    for change, target in lines:
        days.setdefault(change.applied_on, []).append((change, target))
    now = dict(today)
    for day in sorted(days, reverse=True):
        cells = [(c, t) for c, t in days[day] if t.kind is ChangeKind.CELL and t.column in _ABOUT]
        times = Counter(target.column for _, target in cells)
        if any(n > 1 for n in times.values()):
            break
        if any(now.get(target.column, "") != change.new for change, target in cells):
            break
        if any(target.kind is ChangeKind.NEW_ROW for _, target in days[day]):
            break  # before it there was no such row
        if cells:
            now = now | {target.column: change.old for change, target in cells}
            states.append(dict(now))
    return states


def _is_sure(file: str, column: str, state: _State) -> bool:
    """Whether a number that stood in this state was confirmed, and it was said for whom."""
    status, audience = _NUMBERS[column]
    confirmed = not status or state.get(status) == PhoneStatus.CONFIRMED
    needs_audience = file == "services.csv" and bool(audience)
    return confirmed and (not needs_audience or bool(state.get(audience)))


def _unconfirmed(rows: Iterable[_State]) -> Collection[str]:
    """The digits of every number that is not confirmed anywhere in the directory today."""
    return frozenset(_unconfirmed_of(rows)) - {""}


def _unconfirmed_of(rows: Iterable[_State]) -> Iterator[str]:
    for row in rows:
        for column, (status, _) in _NUMBERS.items():
            if status and row.get(status, "") != PhoneStatus.CONFIRMED:
                yield _digits(row.get(column, ""))


def _cells(row: Record) -> _State:
    return {name: str(getattr(row, name, None) or "") for name in _ABOUT}


def _digits(value: str) -> str:
    return value.casefold() if "@" in value else dialled(value)


def _same(one: str, other: str) -> bool:
    return bool(one) and _digits(one) == _digits(other)
