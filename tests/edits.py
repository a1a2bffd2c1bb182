"""The five ordinary edits of the directory, each made on a copy: none may turn a test red.

They are what the people who keep `data/` do most often. None names a row: the first that fits is
taken, so an edit can be made whatever the directory holds by then. `python -m tests.edits FOLDER
NAME` makes one in a folder.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from mmhs_finder.hours import LONDON
from tests.breakable import BreakableCopy

_SERVICES: Final = "services.csv"
_CRITERIA: Final = "mmhs_criteria.csv"
_GAPS: Final = "area_gaps.csv"


def read_again(copy: BreakableCopy) -> None:
    """Somebody opened the pages of a row today, and all of it still holds."""
    today = datetime.now(LONDON).date().isoformat()
    row = copy.row_where(_SERVICES, kind="mmhs", status="open")
    copy.set(_SERVICES, row, "checked_on", today)


def confirmed(copy: BreakableCopy) -> None:
    """A service that nobody could confirm turns out to be running."""
    row = copy.row_where(_SERVICES, kind="mmhs", status="unknown", website="*", source_urls="*")
    copy.set(_SERVICES, row, "status", "open")


def other_number(copy: BreakableCopy) -> None:
    """A telephone number has changed."""
    row = copy.row_where(
        _SERVICES, kind="mmhs", status="open", phone_status="confirmed", phone_audience="public"
    )
    copy.set(_SERVICES, row, "phone", "020 7946 0999")


def reworded(copy: BreakableCopy) -> None:
    """A service words its page anew: the same facts in other words."""
    row = copy.row_where(
        _SERVICES, kind="mmhs", status="open", who_for="*", referral_note="*", period_note="*"
    )
    for column, text in (
        ("who_for", "Parents who went through something very hard around a birth"),
        ("referral_note", "Somebody who looks after you can write to the team."),
        ("period_note", "During pregnancy and afterwards."),
    ):
        copy.set(_SERVICES, row, column, text)
    criteria = copy.row_where(_CRITERIA, gestation_note="*")
    copy.set(_CRITERIA, criteria, "gestation_note", "The team looks at each request by itself.")


def new_service(copy: BreakableCopy) -> None:
    """A council for which no service was known has one: three files, and its gap goes."""
    gap = copy.row_where(_GAPS, kind="mmhs")
    code = copy.rows(_GAPS)[gap - 1][copy.rows(_GAPS)[0].index("area_code")]
    copy.change(_GAPS, lambda rows: rows.pop(gap - 1))
    # Also in a copy that was given one before, with a name of its own.
    number = sum("New Maternal" in cell for row in copy.rows(_SERVICES) for cell in row) + 1
    name = f"a-new-service-{number}"
    page = f"https://www.example.org/new-service-{number}"
    _add(
        copy,
        _SERVICES,
        id=name,
        kind="mmhs",
        name=f"A New Maternal Mental Health Service {number}",
        provider="A New NHS Foundation Trust",
        status="open",
        area_text="The council that had none",
        location_kind="none",
        phone="020 7946 0998",
        phone_audience="public",
        phone_status="confirmed",
        website=page,
        website_kind="service_page",
        self_referral="yes",
        referrers="self;gp",
        source_urls=page,
        read="whole",
        checked_on=datetime.now(LONDON).date().isoformat(),
        confidence="high",
    )
    offers = dict.fromkeys(("birth_trauma", "loss", "tokophobia"), "yes")
    rules = ("separation", "accepts_pregnant", "ptsd_required", "prior_treatment_required")
    _add(copy, _CRITERIA, service_id=name, **offers, **dict.fromkeys(rules, "unknown"))
    _add(copy, "service_areas.csv", service_id=name, area_code=code, certainty="stated")


EDITS: Final[Mapping[str, Callable[[BreakableCopy], None]]] = {
    "one row read again": read_again,
    "a service confirmed": confirmed,
    "one number changed": other_number,
    "a text reworded": reworded,
    "a service for a council without one": new_service,
}


def _add(copy: BreakableCopy, file: str, **cells: str) -> None:
    def add(rows: list[list[str]]) -> None:
        assert not cells.keys() - {*rows[0]}
        rows.append([cells.get(column, "") for column in rows[0]])

    copy.change(file, add)


if __name__ == "__main__":
    EDITS[sys.argv[2]](BreakableCopy(Path(sys.argv[1])))
