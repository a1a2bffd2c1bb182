"""Every check of the directory: what is wrong, where, and what would be right.

The first group of checks (files, columns, types, duplicates, references) is in `reading`; those
here look at what the cells mean. Not for: asking whether a fact is still true (only its source can
say), or any network.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import phonenumbers

from mmhs_finder.directory.loading import Directory, data_folder, load_directory, read_shapes
from mmhs_finder.directory.models import LocationKind, ServiceKind, YesNo
from mmhs_finder.directory.reading import (
    FILES,
    SHAPES,
    BrokenDirectory,
    Problem,
    Row,
    Table,
    columns_of,
    in_order,
    parse_day,
    read,
)
from mmhs_finder.hours import LONDON, problem_with_hours

PostcodeKnown = Callable[[str], bool]

PHONES: Final = frozenset({"phone", "text_number"})
EMAILS: Final = frozenset({"email"})
LINKS: Final = frozenset({"website", "referral_url", "webchat_url", "finder_url"})
LINK_LISTS: Final = frozenset({"source_urls"})
HOURS: Final = frozenset({"hours_osm", "phone_hours_osm"})
POSTCODES: Final = frozenset({"postcode", "office_postcode"})
CURATORS_ONLY: Final = frozenset({"curator_notes", "notes"})

PUBLIC_TEXT: Final = frozenset(
    {
        "address",
        "alt_names",
        "area_text",
        "board_or_trust",
        "cost",
        "exclusions",
        "gestation_note",
        "hours_text",
        "languages_access",
        "location_name",
        "name",
        "organisation",
        "other_presentations",
        "partners",
        "period_note",
        "phone_hours_text",
        "provider",
        "referral_note",
        "service_name",
        "severity",
        "therapies",
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
    "min_weeks_since_event": (0, 260),
    "max_months_since_event": (1, 240),
    "max_gestation_weeks": (4, 42),
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


def check(
    folder: Path,
    *,
    today: date | None = None,
    postcode_known: PostcodeKnown | None = None,
) -> list[Problem]:
    """Everything that is wrong with the directory in a folder, in the order of the files and rows.

    Args:
        folder: where the CSV files and the shapes are.
        today: no date may be later; by default today's.
        postcode_known: says whether a well-formed postcode exists; None leaves that out.
    """
    reading = read(folder)
    problems = list(reading.problems)
    for table in reading.tables.values():
        problems += _cells(table, today or datetime.now(LONDON).date(), postcode_known)
    tables = reading.tables
    for row in tables["services.csv"].rows:
        problems += _service(row)
    for row in tables["national_support.csv"].rows:
        problems += _national(row)
    problems += _icb_names(tables["areas.csv"])
    problems += _gaps_and_services(tables)
    problems += _areas_of_services(tables)
    problems += _shapes(folder, tables["areas.csv"])
    return in_order(problems)


def load_checked_directory(folder: Path | None = None) -> Directory:
    """Reads the directory after every check but that against the postcode index: about 0.1 s more.

    For an app that must not start on a directory that is wrong. Raises as `load_directory`.
    """
    folder = data_folder() if folder is None else folder
    if problems := check(folder):
        raise BrokenDirectory(problems)
    return load_directory(folder)


def count_rows(folder: Path) -> int:
    """How many rows the CSV files of a folder hold together, without headers and blank rows."""
    return sum(len(table.rows) for table in read(folder).tables.values())


# One cell ---------------------------------------------------------------------------------------


def _cells(table: Table, today: date, postcode_known: PostcodeKnown | None) -> Iterator[Problem]:
    columns = columns_of(FILES[table.file])
    for row in table.rows:
        for name, value in row.cells.items():
            if value and name in columns:
                for message in _cell(table.file, name, value, columns[name].is_number, today):
                    yield Problem(table.file, row.number, name, value, message)
                if name in POSTCODES and (message := _postcode(value, postcode_known)):
                    yield Problem(table.file, row.number, name, value, message)


def _cell(file: str, name: str, value: str, is_number: bool, today: date) -> Iterator[str]:
    if is_number:
        yield from _out_of_range(name, value)
        return
    yield from _unsafe(name, value)
    message = ""
    if name in PHONES:
        message = _phone(value)
    elif name in EMAILS:
        message = (
            ""
            if _EMAIL.fullmatch(value)
            else "is not an e-mail address. Write one, or leave it blank."
        )
    elif name in LINKS:
        message = _link(value)
    elif name in LINK_LISTS:
        wrong = [each.strip() for each in value.split(";") if _link(each)]
        message = f"holds “{wrong[0]}”, which {_link(wrong[0])}" if wrong else ""
    elif name in HOURS:
        problem = problem_with_hours(value)
        message = f"cannot be used as hours: {problem}." if problem else ""
    elif name == "source_date":
        message = _source_date(value, today)
    elif name == "checked_on":
        message = _checked_on(value, today)
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
        return  # `reading` has said so
    if not low <= number <= high:
        yield f"cannot be right. It must be from {low:g} to {high:g}."


def _unsafe(name: str, value: str) -> Iterator[str]:
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


def _link(value: str) -> str:
    value = value.strip()
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


def _postcode(value: str, known: PostcodeKnown | None) -> str:
    if not _POSTCODE.fullmatch(value):
        return "is not a full postcode. Write it in capitals with one space, like CT1 3NG."
    if known is not None and not known(value):
        return "is not a postcode that exists. Look it up again."
    return ""


def _source_date(value: str, today: date) -> str:
    wrong = "is not a date. Write 2026, 2026-11 or 2026-11-22, as exactly as the source does."
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", value)
    if match is None:
        return wrong
    year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
    if year < 1990 or not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return wrong
    return "is in the future. Look at the date again." if date(year, month, day) > today else ""


def _checked_on(value: str, today: date) -> str:
    try:
        return "is in the future. Look at the date again." if parse_day(value) > today else ""
    except ValueError:
        return ""  # `reading` has said so


# One row ----------------------------------------------------------------------------------------


def _service(row: Row) -> Iterator[Problem]:
    file, cells = "services.csv", row.cells
    yield from _together(file, row, "phone", "phone_audience", "Write public or professional.")
    yield from _together(
        file, row, "phone", "phone_status", "Write confirmed, or check if you are not sure."
    )
    yield from _together(file, row, "email", "email_audience", "Write public or professional.")
    yield from _together(
        file, row, "website", "website_kind", "Write service_page, news or listing."
    )
    yield from _hours_need_text(file, row, "hours_osm", "hours_text")
    yield from _location(row)
    if "self" in _items(cells.get("referrers", "")) and cells.get("self_referral") == "no":
        message = "is no, but referrers holds self. One of the two is wrong."
        yield Problem(file, row.number, "self_referral", "no", message)
    if not cells.get("source_urls"):
        yield Problem(
            file, row.number, "source_urls", "", "this cell is blank. Every service needs a source."
        )


def _location(row: Row) -> Iterator[Problem]:
    """A head office never passes for a place to go to, and a place to go to has its postcode."""
    file, cells = "services.csv", row.cells
    kind, postcode = cells.get("location_kind", ""), cells.get("postcode", "")
    office = cells.get("office_postcode", "")
    if kind in (LocationKind.SERVICE_BASE, LocationKind.HOSPITAL_SITE):
        if not postcode:
            message = (
                f"this cell is blank, but location_kind is {kind}. Write the postcode where care "
                "is given."
            )
            yield Problem(file, row.number, "postcode", "", message)
    elif postcode and kind in tuple(LocationKind):
        message = (
            f"is the place where care is given, but location_kind is {kind}. Change location_kind "
            "to service_base "
            "or hospital_site, or move a head office's postcode to office_postcode."
        )
        yield Problem(file, row.number, "postcode", postcode, message)
    if kind == LocationKind.PROVIDER_OFFICE and not office:
        message = (
            "this cell is blank, but location_kind is provider_office. Write the head office's "
            "postcode."
        )
        yield Problem(file, row.number, "office_postcode", "", message)
    elif office and kind != LocationKind.PROVIDER_OFFICE and kind in tuple(LocationKind):
        message = (
            f"is a head office's, but location_kind is {kind}. Remove it or change location_kind."
        )
        yield Problem(file, row.number, "office_postcode", office, message)


def _national(row: Row) -> Iterator[Problem]:
    file, cells = "national_support.csv", row.cells
    yield from _together(
        file, row, "phone", "phone_status", "Write confirmed, or check if you are not sure."
    )
    yield from _hours_need_text(file, row, "phone_hours_osm", "phone_hours_text")
    pathways = _items(cells.get("pathways", ""))
    about_abuse = cells.get("kind") == "domestic_abuse"
    if about_abuse != ("domestic_abuse" in pathways) or (about_abuse and len(pathways) > 1):
        message = (
            "does not fit. Help with domestic abuse has the kind domestic_abuse and only the "
            "pathway domestic_abuse, "
            "so that it is never shown where a controlling partner would see it."
        )
        yield Problem(file, row.number, "pathways", cells.get("pathways", ""), message)
    if not cells.get("source_urls"):
        yield Problem(
            file, row.number, "source_urls", "", "this cell is blank. Every line needs a source."
        )


def _together(file: str, row: Row, main: str, other: str, hint: str) -> Iterator[Problem]:
    """The two cells are both filled or both blank."""
    value, with_it = row.cells.get(main, ""), row.cells.get(other, "")
    if value and not with_it:
        yield Problem(file, row.number, other, "", f"this cell is blank, but {main} is not. {hint}")
    elif with_it and not value:
        yield Problem(
            file, row.number, other, with_it, f"is about nothing: {main} is blank. Clear this cell."
        )


def _hours_need_text(file: str, row: Row, osm: str, text: str) -> Iterator[Problem]:
    if row.cells.get(osm) and not row.cells.get(text):
        message = f"this cell is blank, but {osm} is not. Write the hours as people read them."
        yield Problem(file, row.number, text, "", message)


def _items(cell: str) -> list[str]:
    return [item.strip() for item in cell.split(";") if item.strip()]


# Between rows and files -------------------------------------------------------------------------


def _icb_names(areas: Table) -> Iterator[Problem]:
    """One ICB code has one name: the name most of its rows have."""
    names: dict[str, Counter[str]] = {}
    for row in areas.rows:
        code, name = row.cells.get("icb_2026_code", ""), row.cells.get("icb_2026", "")
        names.setdefault(code, Counter())[name] += 1
    for row in areas.rows:
        code, name = row.cells.get("icb_2026_code", ""), row.cells.get("icb_2026", "")
        usual = names[code].most_common(1)[0][0]
        if code and name and name != usual:
            message = f"is called “{usual}” in other rows with the same code {code}."
            yield Problem(areas.file, row.number, "icb_2026", name, message)


def _gaps_and_services(tables: Mapping[str, Table]) -> Iterator[Problem]:
    """A council is either served by an MMHS of the directory or listed as a gap, never both or
    neither."""
    mmhs = {
        row.cells.get("id", "")
        for row in tables["services.csv"].rows
        if row.cells.get("kind") == ServiceKind.MMHS
    }
    parts = _parts(tables["areas.csv"])
    served = {
        code: row.cells.get("service_id", "")
        for row in tables["service_areas.csv"].rows
        if row.cells.get("service_id", "") in mmhs
        for named in [row.cells.get("area_code", "")]
        for code in (named, *parts.get(named, ()))
    }
    gaps = {
        code
        for row in tables["area_gaps.csv"].rows
        for named in [row.cells.get("area_code", "")]
        for code in (named, *parts.get(named, ()))
    }
    for row in tables["area_gaps.csv"].rows:
        code = row.cells.get("area_code", "")
        if code in served:
            message = (
                f"is served by {served[code]} in service_areas.csv. Remove one of the two rows."
            )
            yield Problem("area_gaps.csv", row.number, "area_code", code, message)
    if not (tables["areas.csv"].rows and mmhs and gaps):
        return  # a file has a problem of its own
    for row in tables["areas.csv"].rows:
        code = row.cells.get("code", "")
        if code and code not in parts and code not in served and code not in gaps:
            message = (
                "has no MMHS in service_areas.csv and no row in area_gaps.csv. Add one or the "
                "other."
            )
            yield Problem("areas.csv", row.number, "code", code, message)


def _areas_of_services(tables: Mapping[str, Table]) -> Iterator[Problem]:
    """Every service reaches somebody, and no row says twice what one of them says."""
    file, parts = "service_areas.csv", _parts(tables["areas.csv"])
    named = {(r.cells.get("service_id"), r.cells.get("area_code")) for r in tables[file].rows}
    for row in tables[file].rows:
        service, code = row.cells.get("service_id", ""), row.cells.get("area_code", "")
        if any((service, part) in named for part in parts.get(code, ())):
            message = (
                "names a whole council of which this service has a part, too. Name the parts, or "
                "only the council."
            )
            yield Problem(file, row.number, "area_code", code, message)
    with_areas = {service for service, _ in named}
    if not with_areas:
        return  # the file has a problem of its own
    for row in tables["services.csv"].rows:
        service, anywhere = row.cells.get("id", ""), row.cells.get("takes_from_anywhere", "")
        if service in with_areas and anywhere == YesNo.YES:
            message = "is yes, but it has areas in service_areas.csv. One of the two is wrong."
            yield Problem("services.csv", row.number, "takes_from_anywhere", anywhere, message)
        elif service and service not in with_areas and anywhere != YesNo.YES:
            message = (
                "has no area in service_areas.csv, so nobody would be shown it. Add its councils "
                "there, or write yes in takes_from_anywhere."
            )
            yield Problem("services.csv", row.number, "id", service, message)


def _parts(areas: Table) -> dict[str, tuple[str, ...]]:
    """The codes of a split council's parts by its own code."""
    parts: dict[str, tuple[str, ...]] = {}
    for row in areas.rows:
        if parent := row.cells.get("parent", ""):
            parts[parent] = (*parts.get(parent, ()), row.cells.get("code", ""))
    return parts


def _shapes(folder: Path, areas: Table) -> Iterator[Problem]:
    """Each map file has a shape for every council or its parts, and for nothing else."""
    split = {row.cells.get("parent", "") for row in areas.rows}
    names = {row.cells.get("code", ""): row.cells.get("name", "") for row in areas.rows}
    for file in SHAPES:
        try:
            features = read_shapes(folder, file)["features"]
        except BrokenDirectory as error:
            yield from error.problems
            continue
        yield from _shape_ids(file, features, names, split)


def _shape_ids(
    file: str, features: list[Any], names: Mapping[str, str], split: set[str]
) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, feature in enumerate(features, start=1):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        code = str(properties.get("id", "")) if isinstance(properties, dict) else ""
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        if not code or kind not in ("Polygon", "MultiPolygon"):
            yield Problem(file, 0, "", code, f"shape {number} has no id or is not an area.")
        elif code in seen:
            yield Problem(file, 0, "", code, "has two shapes. Keep one.")
        elif names and (code not in names or code in split):
            yield Problem(
                file, 0, "", code, "has a shape but is no council, or part of one, in areas.csv."
            )
        seen.add(code)
    for code, name in names.items():
        if code and code not in seen and code not in split:
            yield Problem(file, 0, "", code, f"({name}) has no shape in this file.")
