"""Whatever is applied and refused, in any order: the directory passes the check, and its history
has exactly what was applied."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from mmhs_finder.curation.changeset import Proposed, Refused
from mmhs_finder.curation.check import check
from mmhs_finder.directory.changes import row_of
from mmhs_finder.directory.files import FILES, SHAPES, ProblemLevel, read_table
from tests.made_up.changing import TODAY, apply, change, held, history
from tests.made_up.folder import lay_out

pytestmark = pytest.mark.slow

VALUES = (
    "",
    "yes",
    "no",
    "unknown",
    "open",
    "closed",
    "stated",
    "inferred",
    "12",
    "0161 496 0102",
    "public",
    "confirmed",
    "check",
    "https://example.org/a",
    'Some words, with a comma and a “quote” "like" this',
    "=1+1",
    "two\nlines",
    "2026-11-29",
    "loss;separation",
)
"""Some fit one column, most fit another, and a few fit none."""

COLUMNS = {
    "services.csv": "phone phone_audience phone_status self_referral referral_note status website "
    "told_on min_age consent_required id self_referral_except hours_text nonsense",
    "mmhs_criteria.csv": "loss separation max_months_since_event severity loss_only_if",
    "national_support.csv": "phone phone_status who_for website",
    "service_areas.csv": "certainty",
}


class AnyChanges(RuleBasedStateMachine):
    """A directory in a folder of its own, and what its history has to hold."""

    template: Path
    outcomes: ClassVar[Counter[str]] = Counter()

    @initialize()
    def begin(self) -> None:
        self.place = TemporaryDirectory()
        self.folder = Path(shutil.copytree(self.template, Path(self.place.name) / "data"))
        self.expected = history(self.folder)

    def teardown(self) -> None:
        if hasattr(self, "place"):
            self.place.cleanup()

    @rule(data=st.data(), honest=st.sampled_from([True, True, True, False]))
    def some_changes(self, data: st.DataObject, honest: bool) -> None:
        count = data.draw(st.integers(1, 3))
        self.attempt(*(self.draw_cell(data, honest) for _ in range(count)))

    @rule(data=st.data())
    def an_area_comes_or_goes(self, data: st.DataObject) -> None:
        rows = read_table(self.folder, "service_areas.csv")[0].rows
        row = data.draw(st.sampled_from(rows)).cells
        service, area = row["service_id"], row["area_code"]
        if data.draw(st.booleans()):
            gone = f"area_code ({area})"
            self.attempt(
                change("service_areas.csv", service, gone, row["certainty"], "(row removed)")
            )
        else:
            other = data.draw(st.sampled_from([r.cells["service_id"] for r in rows]))
            self.attempt(change("service_areas.csv", other, f"certainty ({area})", "", "stated"))

    @rule()
    def everything_is_taken_back(self) -> None:
        """The last line of the history, if it is one of a cell."""
        file, row, column, old, new, *_ = self.expected[-1]
        self.attempt(change(file, row, column, new, old))

    def draw_cell(self, data: st.DataObject, honest: bool) -> Proposed:
        file = data.draw(st.sampled_from(sorted(COLUMNS)))
        column = data.draw(st.sampled_from(COLUMNS[file].split()))
        cells = data.draw(st.sampled_from(read_table(self.folder, file)[0].rows)).cells
        area = cells.get("area_code", "")
        old = cells.get(column, "") if honest else data.draw(st.sampled_from(VALUES))
        new = data.draw(st.sampled_from(VALUES))
        where = f"{column} ({area})" if area else column
        return change(file, row_of(file, cells, area), where, old, new)

    def attempt(self, *changes: Proposed) -> None:
        before = held(self.folder)
        try:
            apply(self.folder, *changes)
        except Refused:
            self.outcomes["refused"] += 1
            assert held(self.folder) == before
        else:
            self.outcomes["applied"] += 1
            self.expected += [each.cells for each in changes]
            touched = {each.file for each in changes} | {"changes.csv"}
            after = held(self.folder)
            assert {name for name in after if after[name] != before[name]} == touched

    @invariant()
    def the_directory_passes_the_check_and_the_history_is_what_was_applied(self) -> None:
        if not hasattr(self, "folder"):
            return
        found = check(self.folder, today=TODAY)
        assert [str(p) for p in found if p.kind is not ProblemLevel.OVERDUE] == []
        assert history(self.folder) == self.expected
        names = {path.name for path in self.folder.iterdir()}
        assert names <= {*FILES, *SHAPES, "changes.csv", ".lock"}


def test_any_sequence_of_changes(tmp_path_factory):
    AnyChanges.outcomes.clear()
    AnyChanges.template = lay_out(tmp_path_factory.mktemp("any") / "data", small=True)
    run_state_machine_as_test(
        AnyChanges, settings=settings(max_examples=12, stateful_step_count=12, deadline=None)
    )
    assert min(AnyChanges.outcomes[each] for each in ("applied", "refused")) > 5
