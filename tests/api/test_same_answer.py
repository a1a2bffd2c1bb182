"""The same place, needs and moment get the same answer, whichever way somebody asks.

A few here, of the made-up directory; 200 of the real one in the audit.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mmhs_finder.channels.terminal import find
from mmhs_finder.directory.models import Pathway
from tests.api.conftest import client_of
from tests.api.same import Channels, differ, numbers_of, pressed
from tests.made_up.records import SUNDAY_NIGHT
from tests.text.conftest import client_of as pages_of
from tests.text.test_parity import MOMENTS, NOWHERE_ELSE


@pytest.fixture
def channels_at(application, monkeypatch, capsys):
    monkeypatch.setattr(find, "open_application", lambda *, checked: application)
    return lambda at: Channels(
        application.finder, at, pages_of(application, at), client_of(application, at), capsys
    )


@given(data=st.data())
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_every_channel_tells_the_same(data, channels_at, finder):
    row = data.draw(st.integers(0, len(finder.index) - 1))
    text = data.draw(st.sampled_from([str(finder.index.postcode_at(row)), *NOWHERE_ELSE]))
    needs = data.draw(st.sets(st.sampled_from([*Pathway]), max_size=2))
    at = data.draw(MOMENTS)
    in_order = tuple(p for p in Pathway if p in needs)
    assert channels_at(at).differences(text, in_order) == []


@pytest.mark.parametrize("text", ["CT1 3NG", "NR2 3TD", *NOWHERE_ELSE])
def test_and_at_night(channels_at, text):
    assert channels_at(SUNDAY_NIGHT).differences(text, (Pathway.LOSS,)) == []


def test_a_difference_is_found():
    assert [*differ("x", {"a": [1, {"b": 2}]}, {"a": [1, {"b": 3}]})] == ["x.a[1].b: 2 and 3"]
    assert [*differ("x", [1], [1, 2])]
    assert [*differ("x", {"a": 1}, {})]
    row = {"phone": "020 7946 0000", "text_number": None}
    api = {"open_now": [], "mmhs": [row], "alternatives": [], "neighbours": [], "national": []}
    assert numbers_of(api | {"urgent": [], "devolved": []}) == {"02079460000"}
    assert pressed('<a href="tel:02079460000">') == {"02079460000"}
