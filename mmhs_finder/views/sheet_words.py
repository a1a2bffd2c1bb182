"""What the rows of a referral sheet, and the values in them, are called for somebody who refers.

Not for: which rows there are of a service, or what stands in them (`sheet`).
"""

from __future__ import annotations

from typing import Final

from mmhs_finder.directory.models import (
    Audience,
    Certainty,
    Confidence,
    LossKind,
    Status,
    WebsiteKind,
)
from mmhs_finder.directory.named import NEED_TERM, REFERRERS
from mmhs_finder.directory.vocabularies import (
    AreaBasis,
    ComplexNeedsOffer,
    Read,
    TerminationReasons,
)
from mmhs_finder.words import texts

_OF_A_SERVICE: Final = (Read.WHOLE, Read.PART, Read.NONE)
_ROWS: Final = (
    "how",
    "who_may_refer",
    "self_referral",
    "new_referrals",
    "status",
    "consent",
    "area",
    "area_basis",
    "wait",
    "hours",
    "disagreement",
    "consultation",
    "after_referral",
    "loss_kinds",
    "other_presentations",
    "who_for",
    "severity",
    "min_weeks",
    "max_months",
    "period",
    "pregnant",
    "gestation",
    "min_age",
    "ptsd",
    "earlier_treatment",
    "complex_needs",
    "exclusions",
    "partners",
    "therapies",
    "lived_experience",
    "delivery",
    "perinatal_priority",
    "website",
    "address",
    "silent",
    "while_waiting",
    "case_study",
    "source",
    "backing",
    "source_date",
    "checked_on",
    "confidence",
)
"""Rows that are not what a service helps with."""

_ANSWERS: Final = (
    "yes",
    "no",
    "not_listed",
    "preferred",
    "psychological_trauma",
    "signposting",
    "assessment",
    "sessions",
    "couples",
)
"""Published answers: those of `YesNo` and of other columns, without the unknown."""

_ROW: Final = texts("sheet_row.{}", _ROWS)

ANSWER: Final = texts("sheet.{}", _ANSWERS)
STATUS: Final = texts("sheet.status_{}", (Status.OPEN, Status.UNKNOWN))
REFERRER: Final = texts("sheet_referrer.{}", REFERRERS)
BASIS: Final = texts("sheet.basis_{}", AreaBasis)
PHONE: Final = texts("sheet.phone_{}", (*Audience, "parents"))
EMAIL: Final = texts("sheet.email_{}", Audience)
AREA: Final = texts("sheet.area_{}", Certainty)
LOSS: Final = texts("sheet_loss.{}", LossKind)
COMPLEX: Final = texts("sheet.complex_{}", ComplexNeedsOffer)
TERMINATION: Final = texts("sheet.termination_{}", TerminationReasons)
WEBSITE: Final = texts("sheet.website_{}", WebsiteKind)
BLANK: Final = texts("sheet.blank_{}", _OF_A_SERVICE)
READ: Final = texts("sheet.read_{}", _OF_A_SERVICE)
CONFIDENCE: Final = texts("sheet.confidence_{}", Confidence)


def row_heading(row_id: str) -> str:
    """What a row is about: one of the needs by its term, or anything else."""
    return NEED_TERM(row_id) if row_id in NEED_TERM else _ROW(row_id)
