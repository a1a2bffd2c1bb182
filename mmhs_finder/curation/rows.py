"""Checks of one row: do its cells fit each other?

Not for: single cells (`cells`), or rows that must fit each other (`across`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from mmhs_finder.directory.files import CsvRow, Problem
from mmhs_finder.directory.models import LocationKind, Status
from mmhs_finder.directory.vocabularies import PartnerSupport, Referrer, SupportKind, Topic

COPIES_READ: Final = "Copies read:"
"""Before the addresses in `curator_notes` of copies that nobody should be sent to."""


def service_problems(row: CsvRow) -> Iterator[Problem]:
    """What does not fit together in a row of services.csv."""
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
    if Referrer.SELF in _items(cells.get("referrers", "")) and cells.get("self_referral") == "no":
        message = "is no, but referrers holds self. One of the two is wrong."
        yield Problem(file, row.number, "self_referral", "no", message)
    if cells.get("self_referral_except") and cells.get("self_referral") != "yes":
        message = "is filled, but self_referral is not yes. Leave this cell blank."
        value = cells["self_referral_except"]
        yield Problem(file, row.number, "self_referral_except", value, message)
    if not cells.get("source_urls") and not _kept_for_curators(cells):
        message = (
            "this cell is blank. Every service needs a source. Only one whose status is unknown "
            f"may do with an address after “{COPIES_READ}” in curator_notes."
        )
        yield Problem(file, row.number, "source_urls", "", message)
    yield from _closed(row)
    yield from _partners(row)


def _kept_for_curators(cells: Mapping[str, str]) -> bool:
    return cells.get("status") == Status.UNKNOWN and COPIES_READ in cells.get("curator_notes", "")


def _closed(row: CsvRow) -> Iterator[Problem]:
    """Who says that a service has closed, and since when that is known, stand in its row."""
    closed, said_by = row.cells.get("status") == Status.CLOSED, row.cells.get("closed_said_by", "")
    if said_by and not closed:
        message = "is about nothing: the status is not closed. Clear this cell."
        yield Problem("services.csv", row.number, "closed_said_by", said_by, message)
    for column in ("closed_said_by", "source_date") if closed else ():
        if not row.cells.get(column):
            message = "this cell is blank, but the status is closed. Write who says so, and when."
            yield Problem("services.csv", row.number, column, "", message)


def _partners(row: CsvRow) -> Iterator[Problem]:
    cell = row.cells.get("partner_support", "")
    alone = {PartnerSupport.NO.value, PartnerSupport.UNKNOWN.value} & set(_items(cell))
    if alone and len(_items(cell)) > 1:
        message = f"holds {min(alone)} and something else. One of the two is wrong."
        yield Problem("services.csv", row.number, "partner_support", cell, message)


def _location(row: CsvRow) -> Iterator[Problem]:
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


def national_problems(row: CsvRow) -> Iterator[Problem]:
    """What does not fit together in a row of national_support.csv."""
    file, cells = "national_support.csv", row.cells
    yield from _together(
        file, row, "phone", "phone_status", "Write confirmed, or check if you are not sure."
    )
    yield from _hours_need_text(file, row, "phone_hours_osm", "phone_hours_text")
    pathways = _items(cells.get("pathways", ""))
    about_abuse = cells.get("kind") == SupportKind.DOMESTIC_ABUSE
    if about_abuse != (Topic.DOMESTIC_ABUSE in pathways) or (about_abuse and len(pathways) > 1):
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


def _together(file: str, row: CsvRow, main: str, other: str, hint: str) -> Iterator[Problem]:
    """The two cells are both filled or both blank."""
    value, with_it = row.cells.get(main, ""), row.cells.get(other, "")
    if value and not with_it:
        yield Problem(file, row.number, other, "", f"this cell is blank, but {main} is not. {hint}")
    elif with_it and not value:
        yield Problem(
            file, row.number, other, with_it, f"is about nothing: {main} is blank. Clear this cell."
        )


def _hours_need_text(file: str, row: CsvRow, osm: str, text: str) -> Iterator[Problem]:
    if row.cells.get(osm) and not row.cells.get(text):
        message = f"this cell is blank, but {osm} is not. Write the hours as people read them."
        yield Problem(file, row.number, text, "", message)


def _items(cell: str) -> list[str]:
    return [item.strip() for item in cell.split(";") if item.strip()]
