"""What a program may ask an answer for: its fields, each with the values that the code knows.

Whatever else is sent is refused. Not for: what the answers mean (`eligibility.person_json`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Final, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    StrictBool,
    StrictInt,
    create_model,
    model_validator,
)
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from mmhs_finder.eligibility import AGES, CHOICES, PLAUSIBLE_WEEKS, UNANSWERED, Question
from mmhs_finder.eligibility.person import PLAUSIBLE_AGE, YES_NO
from mmhs_finder.eligibility.person_json import MOST
from mmhs_finder.views.questions import NEEDS

LONGEST: Final = 200
"""Letters of a postcode: as many as `Postcode.parse` reads."""


class OneOf:
    """Metadata of a field: exactly these values, which stand in the description as well."""

    def __init__(self, values: Iterable[str]) -> None:
        self._values = list(values)

    def __get_pydantic_core_schema__(
        self, _source: object, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.literal_schema(self._values)


_SETTINGS: Final = ConfigDict(extra="forbid", hide_input_in_errors=True)
_YES_OR_NO: Final[Any] = StrictBool | Annotated[str, OneOf((*YES_NO, *UNANSWERED))]

_SAID: Final[dict[Question, str]] = {
    Question.LOSS_KIND: "Which loss it was, where a loss is among `needs`.",
    Question.SEVERAL_EVENTS: "Several losses or traumas.",
    Question.HAS_BABY: (
        "A baby is with her now. After a loss or a separation nothing for a parent with a baby "
        "is in the answer unless this is yes."
    ),
    Question.PREGNANT_NOW: "Pregnant now.",
    Question.SEEN_BEFORE: "Has had help for it before.",
    Question.LIVES_IN_AREA: "Lives in the area of the service.",
    Question.GP_IN_AREA: "Has a GP in the area of the service.",
    Question.MATERNITY_BOOKED_IN_AREA: "Is booked for maternity care in the area of the service.",
    Question.WHO: "Who the help is for.",
    Question.SEVERITY: "Only from somebody who refers: their own description.",
    Question.PTSD_PRESENTATION: "Only from somebody who refers: it looks like PTSD.",
    Question.HAS_CARE_COORDINATOR: "Only from somebody who refers: there is a care coordinator.",
}


def _choice(question: Question) -> Any:
    said = Field(default=None, description=_SAID[question])
    if CHOICES[question] is YES_NO:
        return (_YES_OR_NO | None, said)
    return (Annotated[str, OneOf((*CHOICES[question], *UNANSWERED))] | None, said)


def _since(unit: str) -> Any:
    most = MOST[f"{unit}_since"]
    said = Field(default=None, ge=0, le=most, description=f"Whole {unit} since it happened.")
    return (StrictInt | None, said)


_FIELDS: Final[dict[str, Any]] = {
    **{q.value: _choice(q) for q in Question if q in _SAID},
    Question.WEEKS_PREGNANT.value: (
        StrictInt | None,
        Field(
            default=None,
            ge=PLAUSIBLE_WEEKS.least,
            le=PLAUSIBLE_WEEKS.most,
            description="Weeks of a pregnancy.",
        ),
    ),
    Question.AGE.value: (
        Annotated[StrictInt, Field(ge=PLAUSIBLE_AGE.least, le=PLAUSIBLE_AGE.most)]
        | Annotated[str, OneOf((*AGES, *UNANSWERED))]
        | None,
        Field(default=None, description="Age in years, or a range by its name."),
    ),
    "weeks_since": _since("weeks"),
    "months_since": _since("months"),
    "years_since": _since("years"),
    "event_date": (
        str | None,
        Field(
            default=None,
            pattern=r"^[0-9]{4}(-[0-9]{2}){0,2}$",
            description="When it happened: YYYY, YYYY-MM or YYYY-MM-DD. Only one of `weeks_since`, "
            "`months_since`, `years_since` and this.",
        ),
    ),
    "not_safe_now": (
        _YES_OR_NO | None,
        Field(
            default=None,
            description="Not safe now. Then the answer is urgent help and nothing else. Whoever is "
            "not sure gets urgent help first, and the rest.",
        ),
    ),
}

GivenAnswers: Final = create_model(
    "GivenAnswers",
    __config__=_SETTINGS,
    __doc__="What a person chose to say. Each may be left out; null is no answer.",
    **_FIELDS,
)


class AskedAnswer(BaseModel):
    """A place, what happened, and what a person chose to say. Nothing of it is kept or logged."""

    model_config = ConfigDict(
        **_SETTINGS,
        json_schema_extra={"oneOf": [{"required": ["postcode"]}, {"required": ["area"]}]},
    )

    postcode: Annotated[str, Field(max_length=LONGEST)] | SkipJsonSchema[None] = Field(
        default=None,
        description="A UK postcode or its first part; also the name of a council or town. Either "
        "this or `area`.",
        examples=["CT1 3NG"],
    )
    area: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{2,12}$")] | SkipJsonSchema[None] = Field(
        default=None,
        description="The code of an English council, or of a part of one, as in `/v1/areas`.",
        examples=["E07000106"],
    )
    needs: list[Annotated[str, OneOf(NEEDS)]] = Field(
        default_factory=list,
        max_length=len(NEEDS),
        description="What happened. Empty: not said. `other`: something that has no name here.",
        examples=[["loss"]],
    )
    answers: GivenAnswers | None = Field(  # type: ignore[valid-type]
        default=None,
        description="For what looks right for this person: then the answer has `assessments` and "
        "`next_steps`.",
    )

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        told = self.model_fields_set & {"postcode", "area"}
        if len(told) != 1 or (self.postcode is None and self.area is None):
            raise PydanticCustomError("one_place", "either a postcode or an area")
        return self

    def given(self) -> dict[str, Any] | None:
        """The answers as `answers_from_json` reads them; None where there are none."""
        if self.answers is None:
            return None
        said: dict[str, Any] = self.answers.model_dump(exclude_none=True)
        return {k: _yes_or_no(v) for k, v in said.items()} | {
            Question.HAPPENED.value: self._needs()
        }

    def _needs(self) -> list[str] | None:
        """None where nothing was said of it; empty for "something else"."""
        return [need for need in self.needs if need != "other"] if self.needs else None


def _yes_or_no(value: Any) -> Any:
    """True as "yes": who asks for what may be shown knows the words only."""
    return ("yes" if value else "no") if isinstance(value, bool) else value
