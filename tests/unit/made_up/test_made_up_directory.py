"""The made-up directory is one: `data check` accepts it, and every case that rules tell apart is
in it."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path

import pytest

from mmhs_finder.answers.finding import Finder
from mmhs_finder.answers.types import Outcome
from mmhs_finder.answers.urgent import check_strip
from mmhs_finder.curation.check import check
from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import PathwayOffer, ServiceKind, Status, YesNo
from mmhs_finder.nation import Nation
from mmhs_finder.postcodes import Postcode, PostcodeIndex

TODAY = date(2026, 11, 25)


def test_the_check_finds_nothing_wrong_and_nothing_doubtful(
    made_up_folder: Path, index: PostcodeIndex
) -> None:
    def known(text: str) -> bool:
        postcode = Postcode.parse(text)
        return isinstance(postcode, Postcode) and index.locate(postcode).lat is not None

    found = check(made_up_folder, today=TODAY, postcode_known=known)
    assert [str(p) for p in found if p.kind != "overdue"] == []


@pytest.mark.parametrize(
    ("text", "outcome", "mmhs"),
    [
        ("CT1 3NG", Outcome.ONE_SERVICE, ["harbour"]),
        ("RG12 2UT", Outcome.SEVERAL_SERVICES, ["birch", "rowan"]),
        ("FY1 1AD", Outcome.UNCONFIRMED, ["lime"]),
        ("HU3 2JZ", Outcome.CLOSED, []),
        ("ST4 1HH", Outcome.NONE_PUBLISHED, []),
        ("TS24 7BT", Outcome.NONE_PUBLISHED, []),
        ("NR32 1BX", Outcome.ONE_SERVICE, ["willow"]),
        ("IP12 1AP", Outcome.NONE_PUBLISHED, []),
        ("EH1 1YZ", Outcome.OTHER_NATION, []),
    ],
)
def test_a_place_for_every_outcome(
    made_up_finder: Finder, text: str, outcome: Outcome, mmhs: list[str]
) -> None:
    answer = made_up_finder.find(made_up_finder.place(text))
    assert answer.outcome is outcome
    assert [m.service.id for m in answer.mmhs] == mmhs


def test_every_kind_status_and_way_in_is_there(made_up_directory: Directory) -> None:
    services = made_up_directory.services.values()
    assert {s.kind for s in services} == {*ServiceKind}
    mmhs = made_up_directory.services_of(ServiceKind.MMHS)
    assert {s.status for s in mmhs} == {*Status}
    assert {s.self_referral for s in mmhs if s.status is Status.OPEN} == {*YesNo}
    offers = {c.birth_trauma for c in made_up_directory.criteria.values()}
    assert offers == {*PathwayOffer}
    numbers = {(s.phone_audience, s.phone_status) for s in services if s.phone}
    assert len(numbers) == len(list(product("ab", "ab")))


def test_every_nation_of_the_uk_has_urgent_lines_and_help(made_up_directory: Directory) -> None:
    check_strip(made_up_directory.national)
    assert {d.nation for d in made_up_directory.devolved} == {
        Nation.SCOTLAND,
        Nation.WALES,
        Nation.NORTHERN_IRELAND,
    }


def test_nobody_real_can_be_rung_but_for_the_urgent_numbers(made_up_directory: Directory) -> None:
    """Numbers kept for films and made-up addresses; the strip has the ones everybody knows."""
    kept = ("0808 157 0", "0113 496 0", "0131 496 0", "0161 496 0", "0191 498 0")
    kept += ("020 7946 0", "028 9649 6", "029 2018 0")
    rows = (*made_up_directory.services.values(), *made_up_directory.national)
    known = {"999", "111", "116 123"}
    assert not [r.id for r in rows if r.phone and r.phone not in known and r.phone[:10] not in kept]
    assert not [r.id for r in rows for u in r.source_urls if "example.org" not in u]
