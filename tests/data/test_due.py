"""The work list of any directory: nothing that keeps somebody from an MMHS is missing from it."""

from __future__ import annotations

from datetime import date

from mmhs_finder.curation.costs import DueReason
from mmhs_finder.curation.due import by_provider, due
from mmhs_finder.directory.models import Status, YesNo

TODAY = date(2026, 11, 24)


def test_every_running_mmhs_without_a_known_way_in_is_among_the_first(directory):
    found = {row.row: row for row in due(directory, TODAY) if row.file == "services.csv"}
    for service in directory.services.values():
        if service.status is Status.CLOSED:
            assert service.id not in found
        elif service.kind == "mmhs" and service.self_referral is YesNo.UNKNOWN:
            assert found[service.id].first, service.id
            assert DueReason.SELF_REFERRAL in found[service.id].reasons


def test_every_entry_has_something_to_ask_or_to_do_and_one_provider(directory):
    rows = due(directory, TODAY)
    assert all(row.questions and row.cost > 0 and row.name for row in rows)
    listed = [row for provider in by_provider(rows) for row in provider.rows]
    assert sorted(r.row for r in listed) == sorted(r.row for r in rows)
