"""What any directory holds can be asked about: as answers, it changes nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from mmhs_finder.curation.answering import Answerer, Evidence, changes_for, held
from mmhs_finder.directory.reading import read

SAID = Evidence(date(2100, 1, 1), "form:1-0123456789", told=Answerer("team manager"))
"""On a day after any that a directory may hold."""


def test_a_service_that_confirms_what_we_hold_changes_who_told_us_and_nothing_else(folder: Path):
    tables = read(folder).tables
    for row in tables["services.csv"].rows:
        service = row.cells["id"]
        changes = changes_for(tables, service, held(tables, service), SAID)
        assert not [
            change
            for change in changes
            if not change.column.startswith("told_") and change.column != "availability_as_of"
        ], service
