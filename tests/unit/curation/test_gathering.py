"""Answers with different evidence are one set of changes that the directory takes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mmhs_finder.curation.answering import Answerer, Evidence, NotAnAnswer
from mmhs_finder.curation.applying import ChangeSet, apply_changes
from mmhs_finder.curation.gathering import gather
from mmhs_finder.curation.undoing import NotTakenBack, is_taken_back, taken_back
from mmhs_finder.directory.reading import read
from tests.made_up.folder import lay_out

TODAY = date(2026, 12, 1)
PAGE = Evidence(TODAY, "https://example.org/oak/page", "As it stands there")
CALL = Evidence(TODAY, "call:team manager", told=Answerer("team manager"))
PARENTS, REFERRERS = "0113 496 0201", "0113 496 0202"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return lay_out(tmp_path / "data", small=True)


def cells(folder: Path, service: str) -> dict[str, str]:
    rows = read(folder).tables["services.csv"].rows
    return dict(next(r.cells for r in rows if r.cells["id"] == service))


def made(folder: Path, *groups: tuple[dict[str, str], Evidence]) -> dict[str, str]:
    changes = gather(read(folder).tables, "oak", groups)
    apply_changes(folder, ChangeSet(changes), today=TODAY)
    return cells(folder, "oak")


@pytest.mark.parametrize("order", [1, -1])
def test_two_numbers_from_two_sources_each_find_their_column(folder, order):
    groups = [({"phone": PARENTS}, PAGE), ({"referrer_phone": REFERRERS}, CALL)][::order]
    now = made(folder, *groups)
    assert (now["phone"], now["phone_audience"]) == (PARENTS, "public")
    assert now["referrer_phone"] == REFERRERS


@pytest.mark.parametrize("order", [1, -1])
def test_what_the_service_told_stands_whatever_was_read_beside_it(folder, order):
    groups = [({"self_referral": "yes"}, CALL), ({"min_age": "18"}, PAGE)][::order]
    now = made(folder, *groups)
    assert (now["told_on"], now["told_by"]) == ("2026-12-01", "team manager")
    assert now["min_age"] == "18" and PAGE.source in now["source_urls"]


def test_each_answer_keeps_the_words_it_rests_on(folder):
    groups = [({"self_referral": "yes"}, CALL), ({"min_age": "18"}, PAGE)]
    changes = {c.column: c for c in gather(read(folder).tables, "oak", groups)}
    assert changes["min_age"].quote == PAGE.quote
    assert changes["self_referral"].source_url == CALL.source


def test_a_cell_is_changed_once_and_one_that_ends_as_it_was_not_at_all(folder):
    there_and_back = [({"self_referral": "yes"}, PAGE), ({"self_referral": "no"}, CALL)]
    changes = gather(read(folder).tables, "oak", there_and_back)
    targets = [(c.file, c.row, c.column) for c in changes]
    assert len(targets) == len(set(targets))
    assert all(change.old != change.new for change in changes)


def test_an_answer_that_cannot_be_used_is_named(folder):
    with pytest.raises(NotAnAnswer, match="not a UK phone number"):
        gather(read(folder).tables, "oak", [({"phone": "12"}, PAGE)])


# --- taking back ----------------------------------------------------------------------------------


def test_what_is_taken_back_says_again_what_it_said(folder):
    before = cells(folder, "oak")
    changes = gather(read(folder).tables, "oak", [({"phone": PARENTS}, CALL)])
    apply_changes(folder, ChangeSet(changes), today=TODAY)
    back = taken_back(changes)
    apply_changes(folder, ChangeSet(back), today=TODAY)
    assert cells(folder, "oak") == before
    assert all(is_taken_back(c.quote) for c in back)
    assert not any(is_taken_back(c.quote) for c in changes)


def test_rows_that_came_or_went_are_not_taken_back(folder):
    tables = read(folder).tables
    gap = next(r.cells["area_code"] for r in tables["area_gaps.csv"].rows)
    names = {r.cells["code"]: r.cells["name"] for r in tables["areas.csv"].rows}
    changes = gather(tables, "oak", [({"area_code": names[gap]}, CALL)])
    with pytest.raises(NotTakenBack):
        taken_back(changes)
