"""A fact that was changed, in words: what it is called, and what stood there.

Not for: which changes are told (`views.history`), or how they stand on a page (`views.changes`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import LossKind, Pathway, ServiceKind, Status
from mmhs_finder.directory.named import (
    DELIVERY,
    HELPS_WITH,
    KIND,
    LOSS,
    REFERRER,
    REFERRERS,
    area_words,
)
from mmhs_finder.directory.vocabularies import Delivery, Topic
from mmhs_finder.directory.ways import EMAILS, NUMBERS
from mmhs_finder.views.history import ABOUT, ChangedCell
from mmhs_finder.words import date_words, texts

_LABEL: Final = texts("changes_column.{}", tuple(ABOUT))
_VALUES: Final = (
    "yes",
    "no",
    "unknown",
    "not_listed",
    "varies",
    "limited",
    "running",
    "closed",
    "open",
    "preferred",
    "psychological_trauma",
    "signposting",
    "assessment",
    "sessions",
    "couples",
    "stated",
    "inferred",
    "free",
    "public",
    "professional",
    "confirmed",
    "check",
    "parent",
    "partner",
    "family",
    "young_person",
    "lives_in",
    "gp_registered",
    "maternity_booked",
    "medical",
    "any",
    "pregnant",
    "assessment_or_advice",
    "treatment",
)
_VALUE: Final = texts("changes_value.{}", _VALUES)

_TOPIC: Final = texts("changes_topic.{}", [t for t in Topic if t not in {*Pathway}])

_NAMED: Final[Mapping[str, tuple[frozenset[str], Callable[[str], str]]]] = {
    "kind": (frozenset(ServiceKind), KIND),
    "delivery": (frozenset(Delivery), DELIVERY),
    "referrers": (frozenset(REFERRERS), REFERRER),
    "loss_kinds": (frozenset(LossKind), LOSS),
    "for_loss_kinds": (frozenset(LossKind), LOSS),
    "pathways": (frozenset(Topic), lambda value: topic_words(value)),
    **dict.fromkeys(
        (
            "self_referral_except",
            "limits_only_for",
            "only_if_pregnant",
            "only_if_not_pregnant",
            "only_for",
        ),
        (frozenset(Pathway), HELPS_WITH),
    ),
}
"""Columns whose values have names already: which, and how they are named."""

_FREE: Final = frozenset(
    {
        "name",
        "alt_names",
        "provider",
        "partners",
        "organisation",
        "location_name",
        "closed_said_by",
        "address",
        "area_text",
    }
)
"""Columns of names: a service called "Open" keeps its name."""

TO_SOMEBODY: Final = frozenset((*NUMBERS, *EMAILS))
"""Columns of numbers and addresses to write to: one that held once is nobody's to use now."""

_OF_DAYS: Final = frozenset({"told_on", "availability_as_of"})


def cell_label(cell: ChangedCell, directory: Directory) -> str:
    """What is changed: "Telephone", or "Area: Canterbury" of a council's row."""
    area = directory.areas.get(cell.area)
    return f"{_LABEL(cell.column)}: {area_words(area.name)}" if area else _LABEL(cell.column)


def value_words(column: str, value: str, directory: Directory) -> str:
    """What stood in a cell as people read it; "" for a blank one."""
    value = value.strip()
    if not value:
        return ""
    if column in _FREE:
        return "; ".join(_parts(value))
    if column == "earlier_help":
        known = (directory.services.get(part) for part in _parts(value))
        return "; ".join(service.name for service in known if service is not None)
    return "; ".join(_one(column, part) for part in _parts(value))


def _parts(value: str) -> list[str]:
    return [part.strip() for part in value.split(";") if part.strip()]


def _one(column: str, value: str) -> str:
    if column == "status" and value == Status.OPEN:
        value = "running"
    named = _NAMED.get(column)
    if named is not None and value in named[0]:
        return named[1](value)
    if value in _VALUES:
        return _VALUE(value)
    return _day_words(value) if column in _OF_DAYS else value


def topic_words(value: str) -> str:
    """What a line is about, inside a sentence: "low mood or worry"."""
    return _TOPIC(value) if value in _TOPIC else HELPS_WITH(value)


def _day_words(value: str) -> str:
    """A day as people read it; what is none as it is."""
    try:
        return date_words(date.fromisoformat(value))
    except ValueError:
        return value
