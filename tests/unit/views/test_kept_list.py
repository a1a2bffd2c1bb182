"""A list of services in an address: `views.kept_list`."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from urllib.parse import parse_qs

from hypothesis import given
from hypothesis import strategies as st

from mmhs_finder.directory.models import Status
from mmhs_finder.views.comparison import MOST_COMPARED
from mmhs_finder.views.kept_list import COMPARE, UNKNOWN_SERVICE, kept_list, list_link, tidied
from mmhs_finder.words import say
from tests.made_up.records import service
from tests.made_up.world import directory

IDS = tuple(f"s{n}" for n in range(MOST_COMPARED + 3))
SERVICES = tuple(
    service(id=key, name=f"Service {key}", status=Status.CLOSED if key == "s1" else Status.OPEN)
    for key in IDS
)
WHOLE = directory(SERVICES)
OUT = "s2"
SERVED = replace(
    WHOLE,
    services=MappingProxyType({k: s for k, s in WHOLE.services.items() if k != OUT}),
    whole=WHOLE,
)


def ids(value: str) -> list[str]:
    return [s.id for s in kept_list(value, SERVED).services]


@given(st.permutations([k for k in IDS if k != OUT]), st.integers(0, MOST_COMPARED))
def test_a_link_gives_back_its_services_in_its_order(order, number):
    chosen = [SERVED.services[key] for key in order[:number]]
    (value,) = parse_qs(list_link(chosen)[1:]).get(COMPARE, [""])
    found = kept_list(value, SERVED)
    assert list(found.services) == chosen
    assert tidied(value, SERVED) == value


def test_what_is_not_shown_is_said():
    found = kept_list("s0,nothing,s2", SERVED)
    assert [s.id for s in found.services] == ["s0"]
    assert found.notes == (
        say("professional_list.unknown"),
        say("professional_list.taken_out", count=1),
    )
    assert kept_list("s0", SERVED).notes == ()
    assert kept_list("s1,s0", SERVED).notes == (
        say("professional_list.closed", names="Service s1"),
    )
    more = kept_list(",".join(k for k in IDS if k not in (OUT, "s1")), SERVED)
    assert len(more.services) == MOST_COMPARED
    (note,) = more.notes
    assert note == say("professional_list.more", most=MOST_COMPARED, names="Service s7")


def test_a_service_named_twice_stands_once_and_blanks_say_nothing():
    assert ids("s3,s0,s3,,  ,s0") == ["s3", "s0"]
    assert kept_list(" ,,", SERVED).notes == ()


@given(st.text() | st.lists(st.sampled_from([*IDS, "CT1 3NG", "my baby died"])).map(",".join))
def test_nothing_that_somebody_typed_stays_in_the_address_or_is_shown(typed):
    value = tidied(typed, SERVED)
    assert {*filter(None, value.split(","))} <= {*IDS, UNKNOWN_SERVICE}
    assert tidied(value, SERVED) == value
    found = kept_list(typed, SERVED)
    assert found.services == kept_list(value, SERVED).services
    assert "CT1" not in " ".join(found.notes)
    unknown = bool({k.strip() for k in typed.split(",") if k.strip()} - {*IDS})
    assert (say("professional_list.unknown") in found.notes) == unknown
