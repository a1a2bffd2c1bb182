"""Other support: a topic adds to what happened, and never undoes it."""

from __future__ import annotations

import pytest

from mmhs_finder.answers.suited import About, Situation, about_service
from mmhs_finder.directory.models import Pathway
from mmhs_finder.nation import Nation
from mmhs_finder.views.support import TOPICS, situation_for, support_view
from tests.made_up.records import SUNDAY_NIGHT

CARE = Situation(needs=frozenset({Pathway.SEPARATION}))


@pytest.mark.parametrize("topic", TOPICS)
def test_what_happened_holds_whatever_topic_is_chosen(finder, topic):
    assert situation_for(CARE, topic).shielded
    view = support_view(
        finder, topic, Nation.ENGLAND, SUNDAY_NIGHT, place=finder.place("B15 2TG"), who=CARE
    )
    assert not [s.name for s in view.near if about_service(s.service) is About.BABY]
    assert not view.baby_lines


@pytest.mark.parametrize("nation", [n for n in Nation if n is not Nation.ENGLAND])
def test_what_is_local_is_told_in_england_only(finder, nation):
    view = support_view(finder, "any", nation, SUNDAY_NIGHT, who=Situation())
    assert view.near_section is None
    assert view.routes_section is None
    assert not view.near_none
    assert view.urgent


def test_where_nothing_is_open_the_lines_of_a_crisis_stand_instead(finder):
    view = support_view(
        finder, "tokophobia", Nation.JERSEY, SUNDAY_NIGHT, who=Situation(), open_only=True
    )
    assert all(line.hours.opening.open_now for line in view.lines)
