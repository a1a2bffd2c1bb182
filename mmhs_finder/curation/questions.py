"""What a service is asked: one question in plain words for each fact that only it can tell.

The form that is sent, the sheet for a telephone call, the list of what to ask next and the page on
which a curator writes all ask these, in this order. The words are in `ask.toml`; what may be
answered comes from the records of the directory.
Not for: what is held already and what an answer changes (`answering`), or what is asked first.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from mmhs_finder.directory.cells import columns_of
from mmhs_finder.directory.files import FILES
from mmhs_finder.directory.models import ServiceKind
from mmhs_finder.words import texts


class FormPart(StrEnum):
    """The parts of a form, in their order."""

    RUNNING = "running"
    WAY_IN = "way_in"
    CONTACT = "contact"
    HOURS = "hours"
    HELPS_WITH = "helps_with"
    LIMITS = "limits"
    AREA = "area"
    CARE = "care"
    NOW = "now"

    @property
    def words(self) -> str:
        """Its heading."""
        return _PART(self)


class AnswerKind(StrEnum):
    """What an answer is. choice: one of the words; choices: any of them; condition: what stands
    after "only if"; hours: from when until when on each day; councils: names of councils."""

    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"
    DAY = "day"
    PHONE = "phone"
    EMAIL = "email"
    LINK = "link"
    CONDITION = "condition"
    HOURS = "hours"
    COUNCILS = "councils"


_SERVICES: Final = "services.csv"
_CRITERIA: Final = "mmhs_criteria.csv"
_AREAS: Final = "service_areas.csv"
_UNSAID: Final = frozenset({"unknown", "not_listed", "psychological_trauma"})
"""Values that are no answer: a blank is what "we do not know" looks like on a form."""

_NO_ITEMS: Final = frozenset({"self", "yes", "no"})
"""Values of lists that are no item to choose: whether she can ask herself is a question of its own,
and that there is nothing is said of the whole list."""


@dataclass(frozen=True)
class FormQuestion:
    """One question. file, column: where its answer stands; the column is the question's name.

    only_mmhs: asked of maternal mental health services alone.
    """

    part: FormPart
    file: str
    column: str
    kind: AnswerKind

    @property
    def id(self) -> str:
        return self.column

    @property
    def only_mmhs(self) -> bool:
        return self.file == _CRITERIA or self.column == "self_referral_except"

    @property
    def choices(self) -> tuple[str, ...]:
        """The values that may be chosen, as the files write them; () for another kind."""
        if self.kind not in (AnswerKind.CHOICE, AnswerKind.CHOICES):
            return ()
        words = columns_of(FILES[self.file])[self.column].words
        left_out = _UNSAID if self.kind is AnswerKind.CHOICE else _UNSAID | _NO_ITEMS
        return tuple(word for word in words if word not in left_out)

    @property
    def words(self) -> str:
        """The question: "Can parents ask you for help themselves?"."""
        return _QUESTION(self.id)

    @property
    def hint(self) -> str:
        """What helps to answer it; "" for nothing."""
        return _HINT(self.id) if self.id in _HINT else ""


def _q(part: FormPart, column: str, kind: AnswerKind, file: str = _SERVICES) -> FormQuestion:
    return FormQuestion(part, file, column, kind)


QUESTIONS: Final[tuple[FormQuestion, ...]] = (
    _q(FormPart.RUNNING, "status", AnswerKind.CHOICE),
    _q(FormPart.RUNNING, "name", AnswerKind.TEXT),
    _q(FormPart.RUNNING, "provider", AnswerKind.TEXT),
    _q(FormPart.WAY_IN, "self_referral", AnswerKind.CHOICE),
    _q(FormPart.WAY_IN, "self_referral_except", AnswerKind.CHOICES),
    _q(FormPart.WAY_IN, "referral_note", AnswerKind.TEXT),
    _q(FormPart.WAY_IN, "referral_url", AnswerKind.LINK),
    _q(FormPart.WAY_IN, "referrers", AnswerKind.CHOICES),
    _q(FormPart.WAY_IN, "consent_required", AnswerKind.CHOICE),
    _q(FormPart.CONTACT, "phone", AnswerKind.PHONE),
    _q(FormPart.CONTACT, "email", AnswerKind.EMAIL),
    _q(FormPart.CONTACT, "referrer_phone", AnswerKind.PHONE),
    _q(FormPart.CONTACT, "referrer_email", AnswerKind.EMAIL),
    _q(FormPart.CONTACT, "website", AnswerKind.LINK),
    _q(FormPart.HOURS, "hours_osm", AnswerKind.HOURS),
    _q(FormPart.HOURS, "hours_text", AnswerKind.TEXT),
    *(
        question
        for pathway in ("birth_trauma", "loss", "tokophobia", "separation")
        for question in (
            _q(FormPart.HELPS_WITH, pathway, AnswerKind.CHOICE, _CRITERIA),
            _q(FormPart.HELPS_WITH, f"{pathway}_only_if", AnswerKind.CONDITION, _CRITERIA),
        )
    ),
    _q(FormPart.LIMITS, "accepts_pregnant", AnswerKind.CHOICE, _CRITERIA),
    _q(FormPart.LIMITS, "max_gestation_weeks", AnswerKind.NUMBER, _CRITERIA),
    _q(FormPart.LIMITS, "min_weeks_since_event", AnswerKind.NUMBER, _CRITERIA),
    _q(FormPart.LIMITS, "max_months_since_event", AnswerKind.NUMBER, _CRITERIA),
    _q(FormPart.LIMITS, "no_time_limit", AnswerKind.CHOICE, _CRITERIA),
    _q(FormPart.LIMITS, "prior_treatment_required", AnswerKind.CHOICE, _CRITERIA),
    _q(FormPart.LIMITS, "ptsd_required", AnswerKind.CHOICE, _CRITERIA),
    _q(FormPart.LIMITS, "min_age", AnswerKind.NUMBER),
    _q(FormPart.LIMITS, "exclusions", AnswerKind.TEXT, _CRITERIA),
    _q(FormPart.AREA, "area_basis", AnswerKind.CHOICES),
    _q(FormPart.AREA, "area_code", AnswerKind.COUNCILS, _AREAS),
    _q(FormPart.CARE, "delivery", AnswerKind.CHOICES),
    _q(FormPart.CARE, "partner_support", AnswerKind.CHOICES),
    _q(FormPart.CARE, "after_referral", AnswerKind.TEXT),
    _q(FormPart.NOW, "new_referrals", AnswerKind.CHOICE),
    _q(FormPart.NOW, "wait_assessment_weeks", AnswerKind.NUMBER),
    _q(FormPart.NOW, "wait_therapy_weeks", AnswerKind.NUMBER),
    _q(FormPart.NOW, "availability_as_of", AnswerKind.DAY),
)
"""Every question, in the order of the form."""

_PART: Final = texts("ask_section.{}", FormPart)
_QUESTION: Final = texts("ask.{}", (q.id for q in QUESTIONS))
_HINT: Final = texts(
    "ask_hint.{}",
    (
        "status",
        "self_referral_except",
        "referral_note",
        "referral_url",
        "phone",
        "email",
        "referrer_phone",
        "referrer_email",
        "website",
        "hours_osm",
        "hours_text",
        "birth_trauma_only_if",
        "loss_only_if",
        "tokophobia_only_if",
        "separation_only_if",
        "max_gestation_weeks",
        "min_weeks_since_event",
        "max_months_since_event",
        "min_age",
        "exclusions",
        "area_code",
        "wait_assessment_weeks",
        "wait_therapy_weeks",
        "availability_as_of",
    ),
)
_CHOICE: Final = texts(
    "ask_choice.{}", dict.fromkeys(word for q in QUESTIONS for word in q.choices)
)


def choice_words(value: str) -> str:
    """What a value is called on a form: "gp" -> "A GP". Raises KeyError for one that is no
    choice."""
    return _CHOICE(value)


def questions_for(kind: ServiceKind) -> tuple[FormQuestion, ...]:
    """The questions for a service of a kind, in the order of the form."""
    return tuple(q for q in QUESTIONS if kind is ServiceKind.MMHS or not q.only_mmhs)


ASKED: Final = frozenset((q.file, q.column) for q in QUESTIONS)
"""(file, column) of every fact that a service is asked about."""
