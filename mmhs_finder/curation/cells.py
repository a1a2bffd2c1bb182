"""Checks of one cell: does it hold what its column is for, written as it should be?

Not for: the type of a value (`directory.cells`), or cells that must fit each other (`rows`).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final
from urllib.parse import urlsplit

import phonenumbers

from mmhs_finder.curation.damage import (
    as_day,
    hours_damage,
    link_damage,
    phone_damage,
    rounded,
    space_damage,
    spreadsheet_damage,
    text_damage,
)
from mmhs_finder.directory.cells import columns_of, parse_cell, parse_day
from mmhs_finder.directory.files import FILES, CsvFile, Problem
from mmhs_finder.directory.linked import ADDRESSES
from mmhs_finder.hours import problem_with_hours

PostcodeKnown = Callable[[str], bool]

PHONES: Final = frozenset({"phone", "text_number", "referrer_phone"})
EMAILS: Final = frozenset({"email", "referrer_email"})
LINK_LISTS: Final = frozenset({"source_urls"})
LINKS: Final = frozenset(ADDRESSES) - LINK_LISTS
HOURS: Final = frozenset({"hours_osm", "phone_hours_osm"})
POSTCODES: Final = frozenset({"postcode", "office_postcode"})
CODES: Final = PHONES | EMAILS | HOURS
"""Columns where a space that looks like one and is none makes the cell unusable."""

COORDINATES: Final = frozenset({"lat", "lon"})
DAYS: Final = frozenset({"checked_on", "told_on", "availability_as_of"})
"""Days on which somebody did something: none is to come."""
CURATORS_ONLY: Final = frozenset({"curator_notes", "notes", "told_proof"})

PUBLIC_TEXT: Final = frozenset(
    {
        "address",
        "alt_names",
        "area_text",
        "birth_trauma_only_if",
        "board_or_trust",
        "cost",
        "exclusions",
        "gestation_note",
        "hours_text",
        "languages_access",
        "location_name",
        "loss_only_if",
        "name",
        "organisation",
        "other_presentations",
        "partners",
        "period_note",
        "phone_hours_text",
        "provider",
        "referral_note",
        "separation_only_if",
        "service_name",
        "severity",
        "therapies",
        "tokophobia_only_if",
        "told_by",
        "what_it_offers",
        "who_for",
    }
)
"""Columns that anybody may see: facts for readers, never remarks about how they were found."""

# A phrase that belongs in curator_notes. Case matters where a capital word is the sign.
_CURATOR_TALK: Final = re.compile(
    r"(?i:check (?:the )?live page|not readable|curator|unverified|\b(?:was|were) (?:not )?read\b"
    r"|\b(?:pages?|copy|copies|parts?) read\b|\bexcerpt|\w+\.csv\b)"
    r"|\b(?:DO NOT|TODO|FIXME|TBC)\b"
)

RANGES: Final[Mapping[str, tuple[float, float]]] = {
    "min_age": (10, 30),
    "max_age": (10, 99),
    "min_weeks_since_event": (0, 260),
    "max_months_since_event": (1, 240),
    "max_gestation_weeks": (4, 42),
    "wait_assessment_weeks": (0, 260),
    "wait_therapy_weeks": (0, 260),
    "births_year_to_mid_2020": (1, 30_000),
    "women_15_44_mid_2021": (100, 500_000),
    "imd_2025_average_score": (0, 100),
    "lat": (49.8, 61.0),  # degrees north, Scilly to Shetland
    "lon": (-8.7, 1.8),  # degrees east, Fermanagh to Lowestoft
    "rank": (1, 3),
}
"""The least and the most that makes sense in a number column (inclusive)."""

SHAPED: Final[Mapping[tuple[str, str], tuple[str, str]]] = {
    ("services.csv", "id"): (
        r"[a-z0-9]+(-[a-z0-9]+)*",
        "small letters, digits and hyphens, like thrive-kent",
    ),
    ("national_support.csv", "id"): (
        r"[a-z0-9]+(-[a-z0-9]+)*",
        "small letters, digits and hyphens",
    ),
    ("areas.csv", "code"): (
        r"E0[6-9]\d{6}(-[A-Z])?",
        "an English council's ONS code like E07000106",
    ),
    ("areas.csv", "icb_2026_code"): (r"E54\d{6}", "an ICB's ONS code like E54000032"),
    ("places.csv", "outward_code"): (
        r"[A-Z]{1,2}\d[A-Z\d]?",
        "the first part of a postcode like CT1",
    ),
}
"""(file, column): the pattern of the whole cell, and that pattern in words."""

_POSTCODE: Final = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}")
_EMAIL: Final = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_HOST: Final = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_CONTROL: Final = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]"
)
_HTML: Final = re.compile(r"<[A-Za-z/!?]|&(?:[a-z]+|#\d+);")
_MOJIBAKE: Final = re.compile("Ã[\u0080-\u00bf©¨¢¤¯]|â€|Â[ \u00a0£]")

# Numbers that phonenumbers does not call short numbers of Great Britain but that are rung or texted
# there.
_SHORT_CODES: Final = frozenset({"85258"})  # Shout and its partners, by text


def cell_problems(
    table: CsvFile, today: date, postcode_known: PostcodeKnown | None
) -> Iterator[Problem]:
    """What is wrong in single cells of a file. Blank cells and unknown columns are left out."""
    columns = columns_of(FILES[table.file])
    for row in table.rows:
        for name, value in row.cells.items():
            if value and name in columns:
                for message in _cell(table.file, name, value, columns[name].is_number, today):
                    yield Problem(table.file, row.number, name, value, message)
                if name in POSTCODES and (message := postcode_problem(value, postcode_known)):
                    yield Problem(table.file, row.number, name, value, message)


def value_problems(file: str, column: str, value: str, today: date) -> Iterator[str]:
    """What is wrong with a text as the value of a column: messages to be read after it.

    Raises KeyError for a column that the file does not have.
    """
    known = columns_of(FILES[file])[column]
    try:
        parse_cell(value, known)
    except ValueError as error:
        yield str(error)
        return
    if value:
        yield from _cell(file, column, value, known.is_number, today)


def _cell(file: str, name: str, value: str, is_number: bool, today: date) -> Iterator[str]:
    if is_number:
        yield from _out_of_range(name, value)
        if name in COORDINATES and (message := rounded(value)):
            yield message
        return
    if damage := spreadsheet_damage(value):
        yield damage
        return
    yield from unsafe(name, value)
    message = ""
    if name in CODES and (damage := space_damage(value)):
        message = damage
    elif name in PHONES:
        message = phone_damage(value) or _phone(value)
    elif name in EMAILS:
        message = (
            ""
            if _EMAIL.fullmatch(value)
            else "is not an e-mail address. Write one, or leave it blank."
        )
    elif name in LINKS:
        message = link_problem(value)
    elif name in LINK_LISTS:
        wrong = [each.strip() for each in value.split(";") if link_problem(each)]
        message = link_problem(value) if value in wrong else ""
        if wrong and not message:
            message = f"holds “{wrong[0]}”, which {link_problem(wrong[0])}"
    elif name in HOURS:
        problem = problem_with_hours(value)
        message = f"cannot be used as hours: {problem}." if problem else hours_damage(value)
    elif name == "source_date":
        message = source_date_problem(value, today)
    elif name in DAYS:
        message = _day_to_come(value, today)
    elif name in PUBLIC_TEXT and (damage := text_damage(value)):
        message = damage
    elif name in PUBLIC_TEXT and (talk := _CURATOR_TALK.search(value)):
        message = (
            f"holds “{talk[0]}”, which reads like a note to curators. The public sees this: move "
            "it to curator_notes."
        )
    elif (file, name) in SHAPED:
        pattern, words = SHAPED[file, name]
        message = "" if re.fullmatch(pattern, value) else f"is not written properly. Write {words}."
    if message:
        yield message


def _out_of_range(name: str, value: str) -> Iterator[str]:
    low, high = RANGES.get(name, (float("-inf"), float("inf")))
    try:
        number = float(value)
    except ValueError:
        return  # `directory.reading` has said so
    if not low <= number <= high:
        yield f"cannot be right. It must be from {low:g} to {high:g}."


def unsafe(name: str, value: str) -> Iterator[str]:
    """Text that a spreadsheet would run, a browser would obey, or nobody can see."""
    if value[0] in "=+-@":
        yield (
            f"begins with {value[0]}, which a spreadsheet takes for a formula. Begin with a "
            "letter or a digit."
        )
    if _CONTROL.search(value) or ("\n" in value and name not in CURATORS_ONLY):
        yield (
            "holds a line break or another character that cannot be seen. Type the text again "
            "without it."
        )
    if _HTML.search(value):
        yield "holds HTML. Write plain text."
    if _MOJIBAKE.search(value):
        yield (
            "holds letters that went wrong when it was saved. Type them again and save as “CSV "
            "UTF-8”."
        )


def _phone(value: str) -> str:
    """Whether it is a number that can be rung or texted from the United Kingdom: "" or a
    message."""
    message = "is not a UK phone number. Write it like 020 7946 0000, or leave it blank."
    if not re.fullmatch(r"[\d ]+( ext \d+)?", value):
        return message
    if value.replace(" ", "") in _SHORT_CODES:
        return ""
    try:
        number = phonenumbers.parse(value, "GB")
    except phonenumbers.NumberParseException:
        return message
    short = phonenumbers.is_valid_short_number_for_region(number, "GB")
    return "" if short or phonenumbers.is_valid_number(number) else message


def link_problem(value: str) -> str:
    """What is wrong with a web address, or ""."""
    value = value.strip()
    if damage := link_damage(value):
        return damage
    message = (
        "is not a web address. Write it in full, like https://www.nhs.uk/page, or leave it out."
    )
    try:
        parts = urlsplit(value)
        host = parts.hostname or ""
    except ValueError:
        return message
    if host.endswith("."):
        return f"has a full stop too many after “{host[:-1]}”. Take it out."
    clean = not re.search(r"[\s<>\"\\^`{|}…]", value)
    plain = parts.username is None and parts.password is None
    return (
        ""
        if parts.scheme in ("http", "https") and _HOST.fullmatch(host) and clean and plain
        else message
    )


def postcode_problem(value: str, known: PostcodeKnown | None) -> str:
    """What is wrong with a full postcode, or "". known: as of `check`."""
    if damage := space_damage(value):
        return damage
    if not _POSTCODE.fullmatch(value):
        return "is not a full postcode. Write it in capitals with one space, like CT1 3NG."
    if known is not None and not known(value):
        return "is not a postcode that exists. Look it up again."
    return ""


def source_date_problem(value: str, today: date) -> str:
    """What is wrong with the date of a source, which may be a year or a month, or ""."""
    wrong = "is not a date. Write 2026, 2026-11 or 2026-11-22, as exactly as the source does."
    if kept := as_day(value):
        return f"is how a spreadsheet keeps a date. Write {kept}."
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", value)
    if match is None:
        return wrong
    year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
    if year < 1990 or not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return wrong
    return "is in the future. Look at the date again." if date(year, month, day) > today else ""


def _day_to_come(value: str, today: date) -> str:
    try:
        return "is in the future. Look at the date again." if parse_day(value) > today else ""
    except ValueError:
        return ""  # `directory.reading` has said so
