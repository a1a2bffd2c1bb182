"""What she can act on comes first: of what is near, and of the lines."""

from __future__ import annotations

import pytest

from mmhs_finder.directory.models import Pathway, ServiceKind
from mmhs_finder.directory.named import area_words
from mmhs_finder.directory.ways import Reach, number_withheld, reach_of
from tests.made_up.records import SUNDAY_NIGHT, TUESDAY_NOON, service

PHONE = {"phone": "020 7946 0000", "phone_audience": "public", "phone_status": "confirmed"}
PAGE = {"website": "https://example.org/us"}


@pytest.mark.parametrize(
    ("changes", "reach"),
    [
        ({"self_referral": "yes", **PHONE}, Reach.ACTS),
        ({"self_referral": "unknown", **PHONE}, Reach.ACTS),
        ({"self_referral": "no", **PHONE}, Reach.NONE),
        ({"self_referral": "yes", "new_referrals": "no", **PHONE}, Reach.NONE),
        ({"self_referral": "yes", **PHONE, "phone_status": "check"}, Reach.NONE),
        ({"self_referral": "yes", **PAGE, "website_kind": "service_page"}, Reach.PAGE),
        ({"self_referral": "yes", **PAGE, "website_kind": "news"}, Reach.NEWS),
        ({"self_referral": "yes"}, Reach.NONE),
    ],
)
def test_how_far_she_gets_with_a_service_by_herself(changes, reach):
    assert reach_of(service(**changes)) is reach


@pytest.mark.parametrize("text", ["CT1 3NG", "TS24 7BT", "NR1 3RU"])
@pytest.mark.parametrize("at", [SUNDAY_NIGHT, TUESDAY_NOON])
def test_near_her_what_has_a_way_stands_before_what_has_none(finder, text, at):
    near = finder.find(finder.place(text), (), at).alternatives
    wards = [m.kind is ServiceKind.MOTHER_BABY_UNIT for m in near]
    assert wards == sorted(wards), "a doctor arranges those"
    assert len(near) > 1


def test_a_line_whose_number_could_not_be_confirmed_takes_no_place_in_front(finder):
    lines = finder.find(finder.place("CT1 3NG"), (Pathway.LOSS,), TUESDAY_NOON).national
    withheld = [number_withheld(o.support) for o in lines if o.support.with_a_baby is None]
    assert any(withheld)
    assert not any(withheld[:3])


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Bristol, City of", "Bristol"),
        ("Kingston upon Hull, City of", "Kingston upon Hull"),
        ("Herefordshire, County of", "Herefordshire"),
        ("Bournemouth, Christchurch and Poole", "Bournemouth, Christchurch and Poole"),
        ("City of London", "City of London"),
    ],
)
def test_a_council_is_called_as_people_call_it(name, called):
    assert area_words(name) == called
