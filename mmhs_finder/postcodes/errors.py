"""What can go wrong with a postcode or with the postcode index, as types with words for people.

`PostcodeError.message` is for the public: plain text, short, says what to do next, blames nobody
and never repeats what was typed, so that it is safe on a page, in a terminal and in a log.
Not for: deciding which of them applies (`parsing`, `index`, `building`).
"""

from __future__ import annotations

from typing import Final, Literal, get_args

from mmhs_finder.postcodes.territories import Territory
from mmhs_finder.words import texts

Reason = Literal[
    "empty",
    "town_or_words",
    "area_only",
    "too_short",
    "unfinished",
    "too_long",
    "several",
    "not_uk_shape",
    "two_readings",
    "no_fixed_abode",
    "refuge",
    "hard_time",
    "not_known",
    "abroad",
    "territory",
]
"""Why a text is no postcode. Stable: pages and tests may compare it."""

_MESSAGE: Final = texts(
    "postcode.{}", (*get_args(Reason), "unknown", "letter_missing", "no_place", "forces")
)
_TERRITORY: Final = texts("territory.{}", Territory)


class PostcodeError(ValueError):
    """A postcode that gives no place. `message` is fit to show to anyone."""

    words = "unknown"

    @property
    def message(self) -> str:
        """In the language of the moment."""
        return _MESSAGE(self.words)

    def __str__(self) -> str:
        return self.message


class NotAPostcode(PostcodeError):
    """The text is not a postcode, nor the start of one.

    `reason` is one of `Reason`. `typed` is what was typed, cut to 20 characters and cleaned of
    everything but letters, digits, spaces, `'` and `-`: for a form field, never for a log.
    `readings` are the postcodes that may be meant by "two_readings", the likeliest first, and
    `territory` is which one of "territory".
    """

    def __init__(
        self,
        typed: str = "",
        reason: Reason = "not_uk_shape",
        readings: tuple[str, ...] = (),
        territory: Territory | None = None,
    ) -> None:
        super().__init__()
        self.typed = typed
        self.reason: Reason = reason
        self.words = reason
        self.readings = readings
        self.territory = territory

    @property
    def message(self) -> str:
        place = {"place": _TERRITORY(self.territory)} if self.territory else {}
        return _MESSAGE(self.words, **place)

    def __reduce__(self) -> tuple[type[NotAPostcode], tuple[object, ...]]:
        return type(self), (self.typed, self.reason, self.readings, self.territory)


class UnknownPostcode(PostcodeError):
    """It has the shape of a postcode, and the index knows neither it nor its sector nor its first
    part."""


class LetterMissing(UnknownPostcode):
    """In London's middle a letter follows the number: SW1A, not SW1.

    `parts` are the outward codes that begin so, or, of a full postcode, the postcodes that there
    are with such a letter.
    """

    words = "letter_missing"

    def __init__(self, parts: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.parts = parts

    def __reduce__(self) -> tuple[type[LetterMissing], tuple[object, ...]]:
        return type(self), (self.parts,)


class PostcodeWithoutPlace(UnknownPostcode):
    """A postcode that is of no place by design: GIR 0AA (Girobank), BX and XX, and those of a
    district that is an organisation's mail, such as SL95; see also `ForcesPostcode`."""

    words = "no_place"


class ForcesPostcode(PostcodeWithoutPlace):
    """A forces address: BFPO and BF."""

    words = "forces"


class IndexProblem(RuntimeError):
    """The index could not be built or opened. The message is for the operator and says what to
    do."""


class BadSource(IndexProblem):
    """The file given to `postcodes build` is not an ONS Postcode Directory that can be read."""
