"""What we hold, and how sure we are of it, is told with the fact in every channel."""

from __future__ import annotations

import json

import pytest

from mmhs_finder.answers.types import Outcome
from mmhs_finder.directory.models import Confidence, DevolvedService, Read, Status, YesNo
from mmhs_finder.nation import Nation
from mmhs_finder.render.registry import RENDERERS
from mmhs_finder.views.answer import answer_view
from mmhs_finder.views.sources import read_words
from tests.made_up.records import READ_ON, answer, place


def unit(status: Status) -> DevolvedService:
    return DevolvedService(
        nation=Nation.WALES,
        board_or_trust="Made Up Health Board",
        service_name="Made Up Unit",
        status=status,
        self_referral=YesNo.UNKNOWN,
        checked_on=READ_ON,
        confidence=Confidence.LOW,
    )


@pytest.mark.parametrize("name", RENDERERS)
@pytest.mark.parametrize("status", [Status.OPEN, Status.UNKNOWN])
def test_a_unit_in_wales_that_may_be_closed_says_so_everywhere(name: str, status: Status) -> None:
    there = place(nation=Nation.WALES, areas=(), council="", council_code="")
    found = answer(place=there, outcome=Outcome.OTHER_NATION, devolved=(unit(status),))
    drawn = RENDERERS[name](answer_view(found))
    assert "Made Up Unit" in drawn
    if name == "json":
        assert json.loads(drawn)["devolved"][0]["status"] == status.value
    else:
        assert ("not confirmed" in drawn.lower()) == (status is Status.UNKNOWN)


@pytest.mark.parametrize("read", list(Read))
def test_a_copy_of_unknown_age_is_never_told_as_if_it_were_live(read: Read) -> None:
    undated = read_words(read, READ_ON, "")
    assert "22 November 2026" in undated
    if read is Read.SECOND_HAND:
        assert "directories" in undated
    else:
        assert "copy" in undated
        assert "do not know how old" in undated
        assert "copy" in read_words(read, READ_ON, "2024-03")
