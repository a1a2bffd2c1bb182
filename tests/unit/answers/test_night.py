"""At night a list begins with who answers now; by day it stays as it came."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mmhs_finder.answers.night import at_night, open_first
from mmhs_finder.hours import LONDON
from mmhs_finder.views.support import open_only_by_default
from tests.made_up.records import SUNDAY_NIGHT, TUESDAY_NOON, line, offer


@pytest.mark.parametrize(
    ("hour", "minute", "night"),
    [(19, 59, False), (20, 0, True), (0, 0, True), (7, 59, True), (8, 0, False), (12, 0, False)],
)
def test_night_is_from_eight_to_eight_in_london(hour, minute, night):
    for day in (datetime(2026, 1, 15, tzinfo=LONDON), datetime(2026, 7, 15, tzinfo=LONDON)):
        at = day.replace(hour=hour, minute=minute)
        assert at_night(at) is at_night(at.astimezone(UTC)) is night
        assert open_only_by_default(at) is night


def test_by_day_the_order_stays_and_at_night_the_open_ones_go_first_in_their_order():
    hours = ("Mo-Fr 09:00-17:00", "24/7", "", "24/7")
    rows = [line(id=str(n), phone_hours_osm=h, phone_hours_text=h) for n, h in enumerate(hours)]
    for at, order in ((TUESDAY_NOON, "0123"), (SUNDAY_NIGHT, "1302")):
        offers = [offer(row, at) for row in rows]
        assert "".join(o.support.id for o in open_first(offers, at)) == order
