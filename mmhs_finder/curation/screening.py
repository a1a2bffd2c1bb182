"""Personal text in what a visitor writes about an entry: found, named, and taken out.

What can be recognised for sure must go before anything is kept: a postcode, an NHS number, a mobile
number, a private e-mail address. What only sounds like somebody's story is marked for the curator.
A landline or a shared address is the fact itself, and stays.
Not for: asking her to leave it out (`views.suggesting`), or keeping it (`curation.suggestions`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Personal(StrEnum):
    """What may say who somebody is, or what happened to her. The first four are sure."""

    POSTCODE = "postcode"
    NHS_NUMBER = "nhs_number"
    MOBILE = "mobile"
    EMAIL = "email"
    BIRTH = "birth"
    NAME = "name"
    STORY = "story"


SURE: Final = (Personal.POSTCODE, Personal.NHS_NUMBER, Personal.MOBILE, Personal.EMAIL)
"""What is never kept."""

_PRIVATE_HOSTS: Final = re.compile(
    r"(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|rocketmail|icloud|me|mac|aol"
    r"|btinternet|btopenworld|sky|talktalk|virginmedia|ntlworld|blueyonder|proton|protonmail|gmx"
    r"|mail|zoho|fastmail|tiscali|tutanota|hey)\.(?:com|co\.uk|net|org|me|uk|de|ie)",
    re.IGNORECASE,
)
_BETWEEN: Final = r"[\s().\u2010-\u2015-]*"
_POSTCODE: Final = re.compile(
    r"(?<![a-z0-9])[a-z]{1,2}[0-9][a-z0-9]?[^\S\n]*[0-9][a-z]{2}(?![a-z0-9])", re.IGNORECASE
)
_MOBILE: Final = re.compile(
    rf"(?<!\d)(?:(?:\+|00)44{_BETWEEN}0?|0){_BETWEEN}7" + rf"(?:{_BETWEEN}\d){{9}}(?!\d)"
)
_TEN_DIGITS: Final = re.compile(r"(?<![\d+])[1-9]\d{2}[\s-]?\d{3}[\s-]?\d{4}(?!\d)")
_EMAIL: Final = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
_BIRTH: Final = re.compile(
    r"\b(?:born|birth|dob|due)\b[^.\n]{0,25}?\d{1,4}[/.\- ](?:\d{1,2}|[a-z]{3,9})[/.\- ]\d{2,4}"
    r"|\b(?:date of birth|my due date|was born)\b",
    re.IGNORECASE,
)
_NAME: Final = re.compile(
    r"\b(?:my name is|i am called|i'm called|signed,?)\s+\w+|\b(?:I am|I'm|Regards,?|Thanks,?)\s+"
    r"[A-Z][a-z]+\s+[A-Z][a-z]+|\b(?:Mrs|Mr|Miss|Ms|Dr)\.?\s+[A-Z][a-z]+"
)
_STORY: Final = re.compile(
    r"\b(?:my|our)\s+(?:\w+\s+)?(?:baby|babies|son|daughter|child|children|twins?|pregnancy|birth"
    r"|labour|miscarriage|loss|husband|wife|partner|mum|mother|sister|section|diagnosis|ptsd"
    r"|depression|anxiety)\b"
    r"|\b(?:I|we)\s+(?:\w+\s+)?(?:lost|miscarried|gave birth|was pregnant|am pregnant|had a"
    r"|was sectioned|tried to|want to die|was raped|was abused|have been diagnosed|suffer)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Spotted:
    """One find: what it is, and where in the text, as `text[start:end]`."""

    kind: Personal
    start: int
    end: int


def spot(text: str, *, keeps_postcode: bool = False) -> tuple[Spotted, ...]:
    """Everything personal in a text, in its order.

    keeps_postcode: where the fact itself is an address.
    """
    found = [each for each in _sure(text) if not (keeps_postcode and each.kind is _HOME)]
    for kind, pattern in (
        (Personal.BIRTH, _BIRTH),
        (Personal.NAME, _NAME),
        (Personal.STORY, _STORY),
    ):
        found += [Spotted(kind, m.start(), m.end()) for m in pattern.finditer(text)]
    return tuple(sorted(found, key=lambda each: (each.start, each.end)))


_HOME: Final = Personal.POSTCODE


def must_go(text: str, *, keeps_postcode: bool = False) -> tuple[Personal, ...]:
    """What is in a text that is never kept, each kind once."""
    found = {each.kind for each in spot(text, keeps_postcode=keeps_postcode)}
    return tuple(kind for kind in SURE if kind in found)


def may_be_personal(text: str) -> tuple[Personal, ...]:
    """What in a text sounds personal, each kind once: a person looks at it."""
    found = {each.kind for each in spot(text)}
    return tuple(kind for kind in Personal if kind in found and kind not in SURE)


def screened(text: str, words: Callable[[Personal], str], *, keeps_postcode: bool = False) -> str:
    """A text with what is sure taken out. words: what stands there instead."""
    parts, at = [], 0
    for each in spot(text, keeps_postcode=keeps_postcode):
        if each.kind in SURE and each.start >= at:
            parts += [text[at : each.start], words(each.kind)]
            at = each.end
    return "".join([*parts, text[at:]])


def _sure(text: str) -> Iterator[Spotted]:
    for match in _POSTCODE.finditer(text):
        yield Spotted(Personal.POSTCODE, match.start(), match.end())
    for match in _MOBILE.finditer(text):
        yield Spotted(Personal.MOBILE, match.start(), match.end())
    for match in _TEN_DIGITS.finditer(text):
        if _is_nhs_number(re.sub(r"\D", "", match[0])):
            yield Spotted(Personal.NHS_NUMBER, match.start(), match.end())
    for match in _EMAIL.finditer(text):
        if _PRIVATE_HOSTS.fullmatch(match[1]):
            yield Spotted(Personal.EMAIL, match.start(), match.end())


def _is_nhs_number(digits: str) -> bool:
    """By its last digit, as the NHS data dictionary has it (modulus 11)."""
    rest = 11 - sum(int(d) * (10 - place) for place, d in enumerate(digits[:9])) % 11
    return rest % 11 == int(digits[9]) and rest != 10
