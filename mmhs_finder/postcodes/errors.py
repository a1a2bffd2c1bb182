"""What can go wrong with a postcode or with the postcode index, as types with words for people.

`PostcodeError.message` is for the public: plain text, short, says what to do next, blames nobody
and never repeats what was typed, so that it is safe on a page, in a terminal and in a log.
Not for: deciding which of them applies (`parsing`, `index`, `building`).
"""

from __future__ import annotations

from typing import Final, Literal

Reason = Literal[
    "empty",
    "town_or_words",
    "area_only",
    "too_short",
    "unfinished",
    "too_long",
    "several",
    "not_uk_shape",
]
"""Why a text is no postcode. Stable: pages and tests may compare it."""

MESSAGES: Final[dict[Reason, str]] = {
    "empty": "Type a postcode, like CT1 3NG, or choose your council from the list.",
    "town_or_words": (
        "That looks like a place name. Type a postcode, like CT1 3NG, or choose your "
        "council from the list."
    ),
    "area_only": (
        "We need a bit more than the first letters. Add the number after them, like CT1 or CT1 3NG."
    ),
    "too_short": (
        "We need a bit more. Type all of the postcode, like CT1 3NG, or only its first "
        "part, like CT1."
    ),
    "unfinished": (
        "The end of the postcode seems to be missing. Type all of it, like CT1 3NG, or "
        "only its first part, like CT1."
    ),
    "too_long": "That is longer than a postcode. Type only the postcode, like CT1 3NG.",
    "several": "There is more than one postcode there. Type one at a time, like CT1 3NG.",
    "not_uk_shape": (
        "We could not read that as a UK postcode. Check the letters and numbers. It "
        "should look like CT1 3NG. You can also choose your council from the list."
    ),
}

UNKNOWN: Final = (
    "We could not find that postcode. It may be very new. Check it, try only its "
    "first part, like CT1, or choose your council from the list."
)
NO_PLACE: Final = (
    "That postcode belongs to an organisation and not to a place. Type the postcode of your home, "
    "or choose your council from the list."
)
FORCES: Final = (
    "A forces (BFPO) address has no place on our map. Choose the council where you "
    "live from the list, "
    "or type a UK home postcode."
)


class PostcodeError(ValueError):
    """A postcode that gives no place. `message` is fit to show to anyone."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotAPostcode(PostcodeError):
    """The text is not a postcode, nor the start of one.

    `reason` is one of `Reason`. `typed` is what was typed, cut to 20 characters and cleaned of
    everything but letters, digits, spaces, `'` and `-`: for a form field, never for a log.
    """

    def __init__(self, typed: str = "", reason: Reason = "not_uk_shape") -> None:
        super().__init__(MESSAGES[reason])
        self.typed = typed
        self.reason: Reason = reason

    def __reduce__(self) -> tuple[type[NotAPostcode], tuple[str, Reason]]:
        return type(self), (self.typed, self.reason)


class UnknownPostcode(PostcodeError):
    """It has the shape of a postcode, and the index knows neither it nor its sector nor its first
    part."""

    def __init__(self, message: str = UNKNOWN) -> None:
        super().__init__(message)


class PostcodeWithoutPlace(UnknownPostcode):
    """A postcode that is of no place by design: GIR 0AA (Girobank), BX and XX; see also
    `ForcesPostcode`."""

    def __init__(self, message: str = NO_PLACE) -> None:
        super().__init__(message)


class ForcesPostcode(PostcodeWithoutPlace):
    """A forces address: BFPO and BF."""

    def __init__(self, message: str = FORCES) -> None:
        super().__init__(message)


class IndexProblem(RuntimeError):
    """The index could not be built or opened. The message is for the operator and says what to
    do."""


class BadSource(IndexProblem):
    """The file given to `postcodes build` is not an ONS Postcode Directory that can be read."""
