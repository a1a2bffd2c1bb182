"""What a second visitor needs and a first one needed too is made once; nothing of a person is."""

from __future__ import annotations

from datetime import datetime, timedelta

import jinja2
import pytest
import xyzservices

from mmhs_finder.answers.types import Offer
from mmhs_finder.hours import LONDON, minute_of, opening_at
from mmhs_finder.nation import Nation
from mmhs_finder.render.html.entries import line_entry
from mmhs_finder.render.maps.answer import result_map
from mmhs_finder.views.answer import answer_view
from mmhs_finder.views.line import line_view
from tests.made_up.fixtures import copy, directory, finder

__all__ = ["copy", "directory", "finder"]

AT = datetime(2026, 11, 24, 12, 30, 15, tzinfo=LONDON)


def test_two_visitors_of_one_minute_share_the_rows_of_lines(finder) -> None:
    codes = sorted(finder.directory.areas)[:2]
    one, other = (
        answer_view(finder.find(finder.council(code), at=at))
        for code, at in zip(codes, (AT, AT + timedelta(seconds=20)), strict=True)
    )
    shared = {line.id: line for line in one.lines}
    assert shared
    for line in other.lines:
        assert line is shared[line.id]
        assert line_entry(line) is line_entry(shared[line.id])


def test_a_minute_later_open_now_is_worked_out_anew() -> None:
    noon = AT.replace(hour=16, minute=59, second=59)
    states = [
        opening_at("Mo-Fr 09:00-17:00", Nation.ENGLAND, at).open_now
        for at in (noon, noon + timedelta(seconds=1), noon)
    ]
    assert states == [True, False, True]


def test_the_hour_that_the_clocks_repeat_is_not_one_hour(finder) -> None:
    """Python takes 1:30am before and after the change for equal."""
    before = datetime(2026, 10, 25, 1, 30, tzinfo=LONDON)
    after = before.replace(fold=1)
    assert before == after
    assert minute_of(before) != minute_of(after)
    hours = "Su 00:00-01:45"
    openings = [opening_at(hours, Nation.ENGLAND, at) for at in (before, after)]
    assert [one.until.fold for one in openings if one.until] == [0, 1]
    row = finder.directory.national[0]
    views = [line_view(Offer(row, o), a) for o, a in zip(openings, (before, after), strict=True)]
    assert views[0] is not views[1]


def test_a_map_compiles_no_template_and_knows_no_makers_of_tiles(
    finder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("this takes longer than all the rest of the map")

    monkeypatch.setattr(jinja2.Environment, "compile", never)
    monkeypatch.setattr(xyzservices.Bunch, "query_name", never)
    code = next(iter(finder.directory.areas))
    view = answer_view(finder.find(finder.council(code), at=AT))
    assert result_map(view, finder.shapes, finder.directory, "/shapes").data()["layers"]
